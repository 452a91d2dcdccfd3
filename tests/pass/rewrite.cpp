// SPDX-License-Identifier: BSL-1.0
#include <ramp/pass/rewrite.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include <ramp/check/modes.hpp>
#include <ramp/ir/verify.hpp>

#include "laws/graphs.hpp"

using namespace laws;
using ramp::check::check_forward_reverse;
using ramp::check::forward_derivative;
using ramp::check::point;
using ramp::check::reverse_gradient;
using ramp::pass::difference;
using ramp::pass::insert_rewritten;
namespace op = ramp::op;
namespace rewrites = ramp::pass::rewrites;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

constexpr value relu(value x) { return x.combine<op::relu>(0.0); }
constexpr value abs(value x) { return x.combine<op::abs>(0.0); }
constexpr value exp(value x) { return x.combine<op::exp>(0.0); }
constexpr value log(value x) { return x.combine<op::log>(0.0); }
constexpr value sqrt(value x) { return x.combine<op::sqrt>(0.0); }
constexpr value max(value a, value b) { return a.combine<op::max>(0.0, b); }
constexpr value min(value a, value b) { return a.combine<op::min>(0.0, b); }
constexpr value max(value a, double b) { return max(a, a.number(b)); }
constexpr value max(double a, value b) { return max(b.number(a), b); }
constexpr value min(value a, double b) { return min(a, a.number(b)); }
constexpr value min(double a, value b) { return min(b.number(a), b); }
constexpr value pow(value a, double b) { return a.combine<op::pow>(0.0, a.number(b)); }
constexpr value operator/(value a, double b) { return a / a.number(b); }
constexpr value operator/(double a, value b) { return b.number(a) / b; }
constexpr value operator+(double a, value b) { return b.number(a) + b; }
constexpr value operator+(value a, double b) { return a + a.number(b); }

constexpr value zero_unless_nan(value x) {
  return x.combine<op::equal>(0.0, x).combine<op::where>(0.0, x.number(0.0), x);
}

/// Three scalars as a vector.
constexpr value vector_of(value a, value b, value c) {
  value const ab = rewrites::concatenated(rewrites::stacked(a), rewrites::stacked(b));
  return rewrites::concatenated(ab, rewrites::stacked(c));
}
/// The second element of a vector of three.
constexpr value second(value v) {
  node n;
  n.operation = code<op::slice>;
  n.arity = 1;
  n.rank = 1;
  n.iteration = shape(1);
  n.operand[0] = v.index;
  n.attribute = {0, 1, 1};
  return ramp::ir::value_of(*v.owner, v.owner->insert(n));
}
constexpr value shifted(value x) {
  value const largest = ramp::ir::reduce_to<op::reduce_max>(x, {}, 0);
  return x - largest.combine<op::stop_gradient>(0.0);
}
constexpr value softmax(value a) { return exp(a) / ramp::ir::reduce_to<op::sum>(exp(a), {}, 0); }
constexpr value log_softmax(value a) {
  return a - log(ramp::ir::reduce_to<op::sum>(exp(a), {}, 0));
}

/// Of the matrix [x, y; z, x].
template <class Op>
value of_matrix(value x, value y, value z) {
  value const all = rewrites::concatenated(vector_of(x, y, z), rewrites::stacked(x));
  node n;
  n.operation = code<op::reshape>;
  n.arity = 1;
  n.operand[0] = all.index;
  n.iteration = shape(2, 2);
  n.rank = 2;
  return ramp::ir::matrix_operation<Op>(
      ramp::ir::value_of(*x.owner, x.owner->insert(n)));
}

/// The largest or the smallest of three scalars, as the rule spells it.
template <class Reduce>
constexpr value stacked(value a, value b, value c) {
  return ramp::ir::reduce_to<Reduce>(vector_of(a, b, c), {}, 0);
}

using builder = value (*)(value x, value y, value z);

struct rule_case {
  std::string_view rule;  // the text of the rule in rewrites::all
  builder from;
  builder to;
  // how the rewritten expression moves with x at the kink x = y = z = 0, under standard,
  // at_zero<0.25> and at_zero<1>
  std::vector<double> slopes{};
};

rule_case const cases[] = {
    {"max(x, 0) -> relu(x)",
     [](value x, value, value) { return max(x, 0.0); },
     [](value x, value, value) { return relu(x); },
     {0, 0.25, 1}},
    {"max(x, 0) -> relu(x)",
     [](value x, value, value) { return max(0.0, x); },
     [](value x, value, value) { return relu(x); },
     {0, 0.25, 1}},
    {"max(x, 0) -> relu(x)",
     [](value x, value, value) { return max(x, -0.0); },
     [](value x, value, value) { return relu(x); },
     {0, 0.25, 1}},
    {"min(x, 0) -> -relu(-x)",
     [](value x, value, value) { return min(x, 0.0); },
     [](value x, value, value) { return -relu(-x); },
     {0, 0.25, 1}},
    {"min(x, 0) -> -relu(-x)",
     [](value x, value, value) { return min(0.0, x); },
     [](value x, value, value) { return -relu(-x); },
     {0, 0.25, 1}},
    {"max(a, -a) -> abs(a)",
     [](value x, value, value) { return max(x, -x); },
     [](value x, value, value) { return abs(x); },
     {0, -0.5, 1}},
    {"max(a, -a) -> abs(a)",
     [](value x, value, value) { return max(-x, x); },
     [](value x, value, value) { return abs(x); },
     {0, -0.5, 1}},
    {"max(a, -a) -> abs(a)",
     [](value x, value y, value) { return max(x - y, y - x); },
     [](value x, value y, value) { return abs(x - y); },
     {0, -0.5, 1}},
    {"min(a, -a) -> -abs(a)",
     [](value x, value, value) { return min(x, -x); },
     [](value x, value, value) { return -abs(x); },
     {0, 0.5, -1}},
    {"max(max(a, b), c) -> max over a stack",
     [](value x, value y, value z) { return max(max(x, y), z); },
     stacked<op::reduce_max>,
     {1.0 / 3, 1.0 / 3, 1.0 / 3}},
    {"max(max(a, b), c) -> max over a stack",
     [](value x, value y, value z) { return max(y, max(x, z)); },
     [](value x, value y, value z) {
       value const xz = rewrites::concatenated(rewrites::stacked(x), rewrites::stacked(z));
       return ramp::ir::reduce_to<op::reduce_max>(rewrites::concatenated(rewrites::stacked(y), xz),
                                                  {}, 0);
     },
     {1.0 / 3, 1.0 / 3, 1.0 / 3}},
    {"min(min(a, b), c) -> min over a stack",
     [](value x, value y, value z) { return min(min(x, y), z); },
     stacked<op::reduce_min>,
     {1.0 / 3, 1.0 / 3, 1.0 / 3}},
    {"relu(relu(a)) -> relu(a)",
     [](value x, value, value) { return relu(relu(x)); },
     [](value x, value, value) { return relu(x); },
     {0, 0.25, 1}},
    {"relu(-relu(a)) -> 0",
     [](value x, value, value) { return relu(-relu(x)); },
     [](value x, value, value) { return zero_unless_nan(x); },
     {0, 0, 0}},
    {"abs(-a) -> abs(a)",
     [](value x, value, value) { return abs(-x); },
     [](value x, value, value) { return abs(x); },
     {0, -0.5, 1}},
    {"abs(abs(a)) -> abs(a)",
     [](value x, value, value) { return abs(abs(x)); },
     [](value x, value, value) { return abs(x); },
     {0, -0.5, 1}},
    {"relu(a) - relu(-a) -> a",
     [](value x, value, value) { return relu(x) - relu(-x); },
     [](value x, value, value) { return x; },
     {1, 1, 1}},
    {"relu(a) - relu(-a) -> a",
     [](value x, value y, value) { return relu(x - y) - relu(y - x); },
     [](value x, value y, value) { return x - y; },
     {1, 1, 1}},
    {"-relu(a) + relu(-a) -> -a",
     [](value x, value, value) { return -relu(x) + relu(-x); },
     [](value x, value, value) { return -x; },
     {-1, -1, -1}},
    {"relu(a) + relu(-a) -> abs(a)",
     [](value x, value, value) { return relu(x) + relu(-x); },
     [](value x, value, value) { return abs(x); },
     {0, -0.5, 1}},
    {"max(a, b) + min(a, b) -> a + b",
     [](value x, value y, value) { return max(x, y) + min(x, y); },
     [](value x, value y, value) { return x + y; },
     {1, 1, 1}},
    {"max(a, b) + min(a, b) -> a + b",
     [](value x, value y, value) { return min(y, x) + max(x, y); },
     [](value x, value y, value) { return x + y; },
     {1, 1, 1}},
    {"max(a, b) + min(a, b) -> a + b",
     [](value x, value, value) { return max(x, 3.0) + min(3.0, x); },
     [](value x, value, value) { return x + 3.0; },
     {1, 1, 1}},
    {"0.5 * (a + abs(a)) -> relu(a)",
     [](value x, value, value) { return 0.5 * (x + abs(x)); },
     [](value x, value, value) { return relu(x); },
     {0, 0.25, 1}},
    {"0.5 * (a + abs(a)) -> relu(a)",
     [](value x, value, value) { return (abs(x) - x) * 0.5; },
     [](value x, value, value) { return relu(-x); },
     {0, -0.25, -1}},
    {"(a + abs(a)) / 2 -> relu(a)",
     [](value x, value, value) { return (abs(x) + x) / 2.0; },
     [](value x, value, value) { return relu(x); },
     {0, 0.25, 1}},
    {"sqrt(a * a) -> abs(a)",
     [](value x, value, value) { return sqrt(x * x); },
     [](value x, value, value) { return abs(x); },
     {0, -0.5, 1}},
    {"sqrt(a * a) -> abs(a)",
     [](value x, value, value) { return sqrt(pow(x, 2.0)); },
     [](value x, value, value) { return abs(x); },
     {0, -0.5, 1}},
    {"log(1 + exp(a)) -> softplus(a)",
     [](value x, value, value) { return log(1.0 + exp(x)); },
     [](value x, value, value) { return x.combine<op::softplus>(0.0); },
     {0.5, 0.5, 0.5}},
    {"log(1 + exp(a)) -> softplus(a)",
     [](value x, value, value) { return log(exp(x) + 1.0); },
     [](value x, value, value) { return x.combine<op::softplus>(0.0); },
     {0.5, 0.5, 0.5}},
    {"log(softmax(a)) -> a - log(sum(exp(a)))",
     [](value x, value y, value z) { return second(log(softmax(shifted(vector_of(y, x, z))))); },
     [](value x, value y, value z) { return second(log_softmax(shifted(vector_of(y, x, z)))); },
     {2.0 / 3, 2.0 / 3, 2.0 / 3}},
    {"log(determinant(a)) -> log_determinant(a), also of abs",
     [](value x, value y, value z) { return log(of_matrix<op::determinant>(x, y, z)); },
     of_matrix<op::log_determinant>},
    {"log(determinant(a)) -> log_determinant(a), also of abs",
     [](value x, value y, value z) { return log(abs(of_matrix<op::determinant>(x, y, z))); },
     of_matrix<op::log_abs_determinant>},
    {"pow(x, n) -> 1, x, x*x, 1/x for n = 0, 1, 2, -1",
     [](value x, value, value) { return pow(x, 0.0); },
     [](value x, value, value) { return x.number(1.0); },
     {0, 0, 0}},
    {"pow(x, n) -> 1, x, x*x, 1/x for n = 0, 1, 2, -1",
     [](value x, value, value) { return pow(x, 1.0); },
     [](value x, value, value) { return x; },
     {1, 1, 1}},
    {"pow(x, n) -> 1, x, x*x, 1/x for n = 0, 1, 2, -1",
     [](value x, value, value) { return pow(x, 2.0); },
     [](value x, value, value) { return x * x; },
     {0, 0, 0}},
    {"pow(x, n) -> 1, x, x*x, 1/x for n = 0, 1, 2, -1",
     [](value x, value, value) { return pow(x, -1.0); },
     [](value x, value, value) { return 1.0 / x; }},
};

/// `from` built node by node through insert_rewritten, in a graph that has `to` in it.
struct rewritten_pair {
  graph plain;
  int from = -1;
  graph better;
  int result = -1;
  int expected = -1;
};

rewritten_pair build(rule_case const& c) {
  rewritten_pair p;
  value const x = argument(p.plain, "x");
  value const y = argument(p.plain, "y");
  value const z = argument(p.plain, "z");
  p.from = c.from(x, y, z).index;
  std::vector<int> roots{p.from};
  p.better = ramp::pass::rewrite(p.plain, roots);
  p.result = roots[0];
  auto again = [&](int i) { return ramp::ir::value_of(p.better, p.better.argument_node(i)); };
  p.expected = c.to(again(0), again(1), again(2)).index;
  return p;
}

/// How two numbers differ; `none` where they do not.
difference compare(double before, double after) {
  if (std::isnan(before) && std::isnan(after)) return difference::none;
  if (std::isnan(before)) return difference::infinity;
  if (before == after)
    return std::signbit(before) == std::signbit(after) ? difference::none : difference::zero_sign;
  bool const near = std::fabs(after - before) <= 1e-15 * std::fabs(after);
  return near ? difference::rounding : difference::range;
}

constexpr double special[] = {0.0,    -0.0,     1.0,       -1.0,     0.5,         -0.75,
                              3.0,    1e-20,    -1e-20,    1e-200,   -1e-200,     1e200,
                              -1e200, 1.7e308,  -40.0,     40.0,     700.0,       -1000.0,
                              1000.0, infinity, -infinity, -1.7e308, not_a_number};

constexpr ramp::kink_policy policies[] = {ramp::standard.value, ramp::at_zero<0.25>.value,
                                          ramp::at_zero<1.0>.value};

}  // namespace

TEST_CASE("every rewrite rule gives the promised graph and has a case here", "[rewrite]") {
  for (auto const& rule : rewrites::all) {
    INFO(rule.text);
    CHECK(std::any_of(std::begin(cases), std::end(cases),
                      [&](rule_case const& c) { return c.rule == rule.text; }));
  }
  for (auto const& c : cases) {
    INFO(c.rule);
    auto const p = build(c);
    CHECK(p.result == p.expected);
    CHECK(ramp::ir::verify(p.better) == "");
    CHECK(p.better[p.result].rank == p.plain[p.from].rank);
  }
}

TEST_CASE("rewrite rules differ where they say and nowhere else", "[rewrite]") {
  for (auto const& rule : rewrites::all) {
    INFO(rule.text);
    auto seen = difference::none;
    for (auto const& c : cases) {
      if (c.rule != rule.text) continue;
      auto const p = build(c);
      for (double x : special)
        for (double y : special)
          for (double z : {0.0, -0.0, 2.0, -infinity, not_a_number}) {
            point const at{{x}, {y}, {z}};
            double const before = ramp::check::evaluate_at(p.plain, at)[p.from][0];
            double const after = ramp::check::evaluate_at(p.better, at)[p.result][0];
            auto const d = compare(before, after);
            if (d != difference::none && !includes(rule.differs, d))
              FAIL_CHECK("at " << x << ", " << y << ", " << z << ": " << before << " became "
                               << after);
            seen = seen | d;
          }
    }
    // a difference that never shows is no difference; rounding may happen to agree
    CHECK((seen | difference::rounding) == (rule.differs | difference::rounding));
  }
}

TEST_CASE("rewrite rules give the promised derivative at the kink", "[rewrite]") {
  for (auto const& c : cases) {
    auto const p = build(c);
    for (std::size_t k = 0; k < c.slopes.size(); ++k) {
      INFO(c.rule << " under policy " << k);
      point const origin{{0.0}, {0.0}, {0.0}};
      double const reverse = reverse_gradient(p.better, p.result, {0}, origin, policies[k])[0][0];
      double const forward =
          forward_derivative(p.better, p.result, {0}, origin, {{1.0}}, policies[k])[0];
      CHECK(forward == reverse);
      CHECK(reverse == Approx(c.slopes[k]).epsilon(1e-15));
    }
  }
}

TEST_CASE("a policy on one use blocks every rule that would take it away", "[rewrite]") {
  for (auto const& c : cases) {
    INFO(c.rule);
    graph plain;
    value const x = argument(plain, "x");
    value const y = argument(plain, "y");
    value const z = argument(plain, "z");
    int const from = c.from(x, y, z).index;
    std::vector<int> kinked;
    for (int i = 0; i <= from; ++i)
      if (op::facts_of(plain[i].operation).kinked && plain[i].arity <= 2 &&
          !op::is_reduction(plain[i].operation))
        kinked.push_back(i);
    if (kinked.size() < 2) continue;
    // the first of two or more kinks has a policy of its own, so the pattern is not the rule's
    graph marked;
    marked.arguments = plain.arguments;
    std::vector<int> renumbered;
    for (int i = 0; i < plain.size(); ++i) {
      node n = plain[i];
      for (std::size_t k = 0; k < n.arity; ++k)
        n.operand[k] = renumbered[static_cast<std::size_t>(n.operand[k])];
      if (i == kinked.front()) n.policy = ramp::at_zero<0.75>.value;
      renumbered.push_back(insert_rewritten(marked, n));
    }
    std::vector<int> roots{renumbered[static_cast<std::size_t>(from)]};
    auto const live = ramp::pass::eliminate_dead_code(marked, roots);
    auto count = [&](auto predicate) {
      return std::count_if(live.nodes.begin(), live.nodes.end(), predicate);
    };
    CHECK(count([](node const& n) { return n.policy == ramp::at_zero<0.75>.value; }) == 1);
    CHECK(count([](node const& n) {
            return op::facts_of(n.operation).kinked && n.arity <= 2 &&
                   !op::is_reduction(n.operation);
          }) == static_cast<std::ptrdiff_t>(kinked.size()));
  }
}

TEST_CASE("rules fire only where maps agree", "[rewrite]") {
  graph g;
  value const m = argument(g, "m", shape(3, 3));
  value const flipped{&g, m.index, map_of(1, 0), m.space};
  auto rewritten = [&](value v) {
    std::vector<int> roots{v.index};
    auto const r = ramp::pass::rewrite(g, roots);
    return r[roots[0]].operation;
  };
  CHECK(rewritten(relu(m) - relu(-m)) == code<op::argument>);
  CHECK(rewritten(relu(m) - relu(-flipped)) == code<op::sub>);
  CHECK(rewritten(max(m, -flipped)) == code<op::max>);
  CHECK(rewritten(sqrt(m * flipped)) == code<op::sqrt>);
  CHECK(rewritten(max(m, flipped) + min(m, flipped)) == code<op::add>);

  // the pattern as a whole may be seen through any map
  value const r = relu(m);
  value const n = relu(-m);
  value const both_flipped =
      value{&g, r.index, map_of(1, 0), m.space} - value{&g, n.index, map_of(1, 0), m.space};
  CHECK(rewritten(both_flipped) == code<op::view>);
  value const one_flipped = value{&g, r.index, map_of(1, 0), m.space} - n;
  CHECK(rewritten(one_flipped) == code<op::sub>);
}

TEST_CASE("a nested maximum shares ties evenly, of any rank and through broadcasts", "[rewrite]") {
  graph g;
  value const m = argument(g, "m", shape(2, 3));
  value const row = argument(g, "row", shape(3));
  value const s = argument(g, "s");
  value const wide_row{&g, row.index, map_of(1), m.space};
  value const all = max(max(m, wide_row), max(s, m * 2.0));
  std::vector<int> roots{all.index};
  auto const flat = ramp::pass::rewrite(g, roots);
  REQUIRE(ramp::ir::verify(flat) == "");
  CHECK(flat[roots[0]].operation == code<op::reduce_max>);
  point const at{{0, 1, -1, 2, 0, -3}, {0, 1, 4}, {0}};
  auto const before = ramp::check::evaluate_at(g, at);
  auto const after = ramp::check::evaluate_at(flat, at);
  for (int i = 0; i < 6; ++i) CHECK(before[all.index][i] == after[roots[0]][i]);
  CHECK(check_forward_reverse(flat, roots[0], {0, 1, 2}, at, {.tolerance = 0.0}).passed());
  // element 0 is a tie of all four: m and row and s one quarter each, and 2m two of the quarters
  std::vector<double> const first{1, 0, 0, 0, 0, 0};
  auto const shares =
      ramp::check::reverse_derivative(flat, roots[0], {0, 1, 2}, at, first, ramp::standard.value);
  CHECK(shares[0][0] == 0.75);
  CHECK(shares[1][0] == 0.25);
  CHECK(shares[2][0] == 0.25);
}

TEST_CASE("a maximum against a constant is not flattened", "[rewrite]") {
  graph g;
  value const x = argument(g, "x");
  value const y = argument(g, "y");
  for (value const& v : {max(max(x, 1.0), y), max(max(x, y), 1.0), max(max(x, -1.0), 2.0)}) {
    std::vector<int> roots{v.index};
    auto const r = ramp::pass::rewrite(g, roots);
    CHECK(r[roots[0]].operation == code<op::max>);
  }
}

TEST_CASE("strip_policies makes equal nodes of nodes that differ in policy alone", "[rewrite]") {
  graph g;
  value const x = argument(g, "x");
  node n;
  n.operation = code<op::relu>;
  n.arity = 1;
  n.operand[0] = x.index;
  int const plain = g.insert(n);
  n.policy = ramp::at_zero<1.0>.value;
  int const marked = g.insert(n);
  REQUIRE(plain != marked);
  std::vector<int> roots{plain, marked};
  auto const stripped = ramp::pass::strip_policies(g, roots);
  CHECK(roots[0] == roots[1]);
  CHECK(stripped.size() == 2);
  CHECK(stripped[roots[0]].policy == ramp::kink_policy{});
}

namespace {

constexpr int nodes_after_rewriting() {
  graph g;
  value const x = argument(g, "x");
  std::vector<int> roots{(relu(x) - relu(-x)).index};
  return ramp::pass::rewrite(g, roots).size();
}
static_assert(nodes_after_rewriting() == 1, "rewriting is usable in constant expressions");

}  // namespace
