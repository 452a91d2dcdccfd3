// SPDX-License-Identifier: BSL-1.0
// The laws of ties and of NaN: one weight in every mode, to the last bit, and no NaN is lost that
// the operation does not say it loses.
#include <ramp/check/modes.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <string>

#include "cases.hpp"

using namespace laws;
using ramp::check::check_forward_reverse;
using ramp::check::forward_derivative;
using ramp::check::point;
using ramp::check::reverse_derivative;
using ramp::check::text;
namespace op = ramp::op;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double special[] = {0.0,    -0.0,   1.0,    -1.0,     0.5,       -2.5,        1e300,
                              -1e300, 5e-324, 1e-300, infinity, -infinity, not_a_number};

constexpr ramp::kink_policy policies[] = {ramp::standard.value, ramp::at_zero<0.0>.value,
                                          ramp::at_zero<0.25>.value, ramp::at_zero<1.0>.value,
                                          ramp::symmetric.value};

template <class Op>
bool absorbs(double const* x) {
  if constexpr (requires { Op::absorbs_nan(x); })
    return Op::absorbs_nan(x);
  else
    return false;
}

template <class Op>
void check_nan_of() {
  INFO(Op::name);
  std::array<double, 3> x{};
  auto visit = [&](auto&& self, std::size_t k) -> void {
    if (k < static_cast<std::size_t>(Op::arity)) {
      for (double s : special) {
        x[k] = s;
        self(self, k + 1);
      }
      return;
    }
    bool any = false;
    for (std::size_t i = 0; i < k; ++i) any = any || std::isnan(x[i]);
    if (!any) return;
    double const y = ramp::ir::apply_elementwise(code<Op>, x, 0.25);
    if (std::isnan(y) == absorbs<Op>(x.data()))
      FAIL_CHECK(Op::name << "(" << x[0] << ", " << x[1] << ", " << x[2] << ") is " << y);
  };
  visit(visit, 0);
  SUCCEED();
}

/// A scalar operation on scalar arguments.
one_case scalar_case(ramp::ir::opcode operation, int arity) {
  one_case c;
  node n;
  n.operation = operation;
  n.arity = static_cast<std::uint8_t>(arity);
  for (int k = 0; k < arity; ++k) n.operand[static_cast<std::size_t>(k)] = argument(c.g, "x").index;
  c.root = c.g.insert(n);
  return c;
}

/// The whole gradient at a point, in reverse.
std::vector<double> gradient(one_case const& c, point const& at, ramp::kink_policy policy) {
  std::vector<double> all;
  for (auto const& values : reverse_derivative(c.g, c.root, c.wrt(), at, {1.0}, policy))
    all.insert(all.end(), values.begin(), values.end());
  return all;
}

}  // namespace

TEST_CASE("every elementwise operation: NaN in gives NaN out unless it says otherwise", "[laws]") {
  []<class... Ops>(op::operation_list<Ops...>) {
    auto one = []<class Op>(std::type_identity<Op>) {
      if constexpr (op::elementwise<Op>) check_nan_of<Op>();
    };
    (one(std::type_identity<Ops>{}), ...);
  }(op::table{});
}

TEST_CASE("operations that are not elementwise: NaN in gives NaN out", "[laws]") {
  for (auto const& subject : operations()) {
    auto const c = subject.make(0.25);
    if (op::is_elementwise(c.g[c.root].operation)) continue;
    ramp::xoshiro256 random(5);
    for (std::size_t a = 0; a < c.g.arguments.size(); ++a)
      for (std::size_t i = 0; i < static_cast<std::size_t>(c.g.arguments[a].extents.elements());
           ++i) {
        auto at = subject.regular(random);
        at[a][i] = not_a_number;
        auto const e = ramp::check::evaluate_at(c.g, at);
        int found = 0;
        for (int r = 0; r < c.g[c.root].result_shape().elements(); ++r)
          found += std::isnan(e[c.root][r]);
        INFO(subject.name << ", argument " << a << ", element " << i);
        // a slice may leave the element out: this one reads rows 1 and 3 of four
        bool left_out = subject.name == op::slice::name && i / 2 % 2 == 0;
        // and two operations one triangle only
        if (subject.name == op::cholesky::name || subject.name == op::triangular_solve::name) {
          auto const [row, column] = place_in_matrix(c, static_cast<int>(i));
          if (a == 0) left_out = subject.name == op::cholesky::name ? row < column : row > column;
        }
        CHECK((found > 0) == !left_out);
      }
  }
}

TEST_CASE("every kinked operation: ties weigh the same in both modes, bit for bit", "[laws]") {
  ramp::xoshiro256 random(99);
  int kinks = 0;
  for (auto const& subject : operations())
    for (double weight : {0.0, 0.25, 0.5, 1.0})
      for (auto policy : policies) {
        auto const c = subject.make(weight);
        auto const operation = c.g[c.root].operation;
        if (!op::facts_of(operation).kinked) continue;
        INFO(subject.name);
        point at;
        ramp::check::pieces here;
        do {
          at.clear();
          for (auto const& a : c.g.arguments) {
            auto& values = at.emplace_back();
            for (int i = 0; i < a.extents.elements(); ++i)
              values.push_back(static_cast<double>(ramp::uniform_below(3, random)) - 1.0);
          }
          here = ramp::check::active_pieces(c.g, ramp::check::evaluate_at(c.g, at));
        } while (!here.in_domain);
        kinks += here.on_kink;
        auto const r =
            check_forward_reverse(c.g, c.root, c.wrt(), at, {.policy = policy, .tolerance = 0.0});
        INFO(text(r));
        CHECK(r.passed());
      }
  CHECK(kinks > 100);
}

TEST_CASE("ties have the documented weights", "[laws]") {
  struct row {
    ramp::ir::opcode operation;
    int arity;
    std::vector<std::vector<double>> expected;  // a gradient for each policy
  };
  row const table[] = {
      {code<op::relu>, 1, {{0}, {0}, {0.25}, {1}, {0.5}}},
      {code<op::abs>, 1, {{0}, {-1}, {-0.5}, {1}, {0}}},
      {code<op::max>, 2, {{0.5, 0.5}, {0, 1}, {0.25, 0.75}, {1, 0}, {0.5, 0.5}}},
      {code<op::min>, 2, {{0.5, 0.5}, {1, 0}, {0.75, 0.25}, {0, 1}, {0.5, 0.5}}},
  };
  for (auto const& r : table)
    for (double zero : {0.0, -0.0})
      for (std::size_t p = 0; p < std::size(policies); ++p) {
        INFO(op::facts_of(r.operation).name << " under policy " << p);
        auto const c = scalar_case(r.operation, r.arity);
        point const at(static_cast<std::size_t>(r.arity), {zero});
        CHECK(gradient(c, at, policies[p]) == r.expected[p]);
        if (r.arity == 2) {  // -0 and 0 tie
          point mixed = at;
          mixed[1][0] = -zero;
          CHECK(gradient(c, mixed, policies[p]) == r.expected[p]);
        }
      }
}

TEST_CASE("against a constant, max and min have the tie of relu, on either side", "[laws]") {
  std::vector<double> const weights{0, 0, 0.25, 1, 0.5};
  for (double c : {3.0, 0.0, -1.0})
    for (std::size_t p = 0; p < std::size(policies); ++p) {
      one_case one;
      value const x = argument(one.g, "x");
      value const k = x.number(c);
      for (value const& v : {x.combine<op::max>(0.0, k), k.combine<op::max>(0.0, x),
                             x.combine<op::min>(0.0, k), k.combine<op::min>(0.0, x)}) {
        one.root = v.index;
        CHECK(gradient(one, {{c}}, policies[p]) == std::vector<double>{weights[p]});
      }
    }
}

TEST_CASE("k elements that tie in a reduction share evenly under every policy", "[laws]") {
  for (auto operation : {code<op::reduce_max>, code<op::reduce_min>})
    for (auto policy : policies) {
      one_case c;
      node n;
      n.operation = operation;
      n.arity = 1;
      n.iteration = shape(6);
      n.operand[0] = argument(c.g, "x", shape(6)).index;
      n.map[0] = map_of(0);
      c.root = c.g.insert(n);
      double const s = operation == code<op::reduce_max> ? 1.0 : -1.0;
      CHECK(gradient(c, {{s, -s, s, 0, s, s}}, policy) ==
            std::vector<double>{0.25, 0, 0.25, 0, 0.25, 0.25});
      CHECK(gradient(c, {{s, -s, s, 0, 0, -s}}, policy) ==
            std::vector<double>{0.5, 0, 0.5, 0, 0, 0});
    }
}

TEST_CASE("kinks have the conventions of other systems", "[laws]") {
  constexpr double unknown = 12345.0;
  struct row {
    ramp::ir::opcode operation;
    point at;
    std::size_t by;                   // which operand
    std::array<double, 6> expected;  // standard, at_zero<0.25>, symmetric, PyTorch, JAX, TensorFlow
  };
  row const table[] = {
      {code<op::relu>, {{0}}, 0, {0, 0.25, 0.5, 0, 0, 0}},
      {code<op::abs>, {{0}}, 0, {0, -0.5, 0, 0, 1, 0}},
      {code<op::max>, {{2}, {2}}, 0, {0.5, 0.25, 0.5, 0.5, 0.5, 1}},
      {code<op::max>, {{2}, {2}}, 1, {0.5, 0.75, 0.5, 0.5, 0.5, 0}},
      {code<op::min>, {{2}, {2}}, 0, {0.5, 0.75, 0.5, 0.5, 0.5, 1}},
      {code<op::min>, {{2}, {2}}, 1, {0.5, 0.25, 0.5, 0.5, 0.5, 0}},
      {code<op::leaky_relu>, {{0}, {0.5}}, 0, {0.5, 0.625, 0.75, 0.5, 1, 0.5}},
      {code<op::relu6>, {{0}}, 0, {0, 0.25, 0.5, 0, 0, 0}},
      {code<op::relu6>, {{6}}, 0, {0, 0.75, 0.5, 0, 0, 0}},
      {code<op::hard_tanh>, {{-1}}, 0, {0, 0.25, 0.5, 0, 1, unknown}},
      {code<op::hard_tanh>, {{1}}, 0, {0, 0.75, 0.5, 0, 1, unknown}},
      {code<op::clamp>, {{-3}, {-3}, {2}}, 0, {0, 0.25, 0.5, 1, 0.5, unknown}},
      {code<op::clamp>, {{2}, {-3}, {2}}, 0, {0, 0.75, 0.5, 1, 0.5, unknown}},
      {code<op::hard_swish>, {{-3}}, 0, {0, -0.125, -0.25, -0.5, 0, unknown}},
      {code<op::hard_swish>, {{3}}, 0, {1, 1.375, 1.25, 1.5, 1, unknown}},
      {code<op::hypot>, {{0}, {0}}, 0, {0, 0, 0, 0, 0.5, unknown}},
  };
  std::array<ramp::kink_policy, 6> const all{ramp::standard.value, ramp::at_zero<0.25>.value,
                                             ramp::symmetric.value, ramp::pytorch.value,
                                             ramp::jax.value, ramp::tensorflow.value};
  for (auto const& r : table)
    for (std::size_t p = 0; p < all.size(); ++p) {
      INFO(op::facts_of(r.operation).name << " under policy " << p);
      CHECK(op::is_unstated(r.operation, all[p]) == (r.expected[p] == unknown));
      if (r.expected[p] == unknown) continue;
      auto const c = scalar_case(r.operation, static_cast<int>(r.at.size()));
      CHECK(gradient(c, r.at, all[p])[r.by] == r.expected[p]);
    }
}

TEST_CASE("the nearest policy wins", "[laws]") {
  auto c = scalar_case(code<op::relu>, 1);
  node n = c.g[c.root];
  n.policy = ramp::at_zero<0.75>.value;
  c.root = c.g.insert(n);
  for (auto outer : policies) CHECK(gradient(c, {{0.0}}, outer) == std::vector<double>{0.75});
}

TEST_CASE("a NaN operand of a kinked operation makes its derivative NaN", "[laws]") {
  for (auto policy : policies) {
    for (auto operation : {code<op::relu>, code<op::abs>}) {
      auto const c = scalar_case(operation, 1);
      CHECK(std::isnan(gradient(c, {{not_a_number}}, policy)[0]));
      CHECK(std::isnan(forward_derivative(c.g, c.root, {0}, {{not_a_number}}, {{1.0}}, policy)[0]));
    }
    for (auto operation : {code<op::max>, code<op::min>}) {
      auto const c = scalar_case(operation, 2);
      for (point const& at : {point{{not_a_number}, {1.0}}, point{{1.0}, {not_a_number}}})
        for (double d : gradient(c, at, policy)) CHECK(std::isnan(d));
    }
  }
}
