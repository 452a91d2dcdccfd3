// SPDX-License-Identifier: BSL-1.0
#include <ramp/pass/trap.hpp>

#include <ramp/check/gradient.hpp>
#include <ramp/ir/verify.hpp>
#include <ramp/pass/rewrite.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

#include "../laws/graphs.hpp"

using namespace laws;
using ramp::kink_policy;
using ramp::trap_kind;
using ramp::check::evaluate_at;
using ramp::check::point;
using ramp::pass::find_traps;
using ramp::pass::trap_rule;
using ramp::pass::trap_site;
namespace ir = ramp::ir;
namespace op = ramp::op;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double special[] = {0.0, -0.0, 1.0,     -1.0,     2.0,      -2.0,    0.5,
                              -1.5, 3.0, 1e300, -1e300, infinity, -infinity,
                              std::numeric_limits<double>::quiet_NaN()};
constexpr kink_policy trap = ramp::trap.value;

template <class Op>
concept has_kink_rule = requires(trap_rule const& r) { Op::kink(r); };
template <class Op>
concept has_domain_rule = requires(trap_rule const& r) { Op::outside(r); };
template <class Op>
concept has_domain = requires(double const* x) { Op::in_domain(x); };
template <class Op>
concept has_conventions = requires { Op::kinks; };

/// What a rule says of scalar operands; a reduction is given its result as operand 1.
template <class Op>
struct asked {
  graph g;
  int kink = -1, outside = -1;

  explicit asked(kink_policy policy = trap) {
    node n;
    n.operation = code<Op>;
    n.arity = Op::arity;
    constexpr bool folds = Op::kind == op::category::reduction;
    for (std::size_t k = 0; k < Op::arity + (folds ? 1u : 0u); ++k)
      n.operand[k] = argument(g, "x").index;
    trap_rule r(g, n, folds ? n.operand[1] : n.operand[0], policy);
    if constexpr (has_kink_rule<Op>) kink = Op::kink(r).index;
    if constexpr (has_domain_rule<Op>) outside = Op::outside(r).index;
  }
  [[nodiscard]] bool at(int root, std::array<double, 3> const& x) const {
    point p;
    for (std::size_t k = 0; k < g.arguments.size(); ++k) p.push_back({x[k]});
    return evaluate_at(g, p)[root][0] != 0.0;
  }
};

template <class Op>
void check_rules_of() {
  INFO(Op::name);
  CHECK((!has_conventions<Op> || has_kink_rule<Op>));
  if constexpr (Op::kind == op::category::reduction) return;  // asked with tensors, below
  // not operations of the user; equal bounds have derivatives, if not those of max and min
  if constexpr (!std::is_same_v<Op, op::output_gate> && !std::is_same_v<Op, op::div_toward> &&
                !std::is_same_v<Op, op::clamp>)
    CHECK(has_domain<Op> == has_domain_rule<Op>);
  asked<Op> const rules;
  std::size_t const operands = rules.g.arguments.size();
  std::array<double, 3> x{};
  auto visit = [&](auto&& self, std::size_t k) -> void {
    if (k < operands) {
      for (double s : special) {
        x[k] = s;
        self(self, k + 1);
      }
      return;
    }
    bool any_nan = false;
    for (std::size_t i = 0; i < k; ++i) any_nan = any_nan || std::isnan(x[i]);
    INFO(x[0] << ", " << x[1] << ", " << x[2]);
    if constexpr (has_kink_rule<Op>)
      if (rules.at(rules.kink, x) != (Op::branch(x.data()) == 0)) FAIL_CHECK("kink");
    if constexpr (has_domain_rule<Op>) {
      bool const outside = rules.at(rules.outside, x);
      bool expected = !Op::in_domain(x.data());
      // in_domain leaves the base 0 out for its neighbours
      if (std::is_same_v<Op, op::pow> && x[0] == 0 && x[1] >= 1) expected = false;
      if (any_nan) expected = expected && outside && k > 1;  // the other operand may decide
      if (outside != expected) FAIL_CHECK("domain");
    }
  };
  if (rules.kink >= 0 || rules.outside >= 0) visit(visit, 0);
}

/// How often each site of a graph is hit at a point.
std::vector<double> counts(graph const& g, ramp::list<trap_site> const& sites, point const& at) {
  auto const e = evaluate_at(g, at);
  std::vector<double> result;
  for (trap_site const& s : sites) result.push_back(e[s.count][0]);
  return result;
}

value where(value const& c, value const& a, value const& b) {
  return c.combine<op::where>(0.0, a, b);
}
value less(value const& a, value const& b) { return a.combine<op::less>(0.0, b); }
template <class Op>
value unary(value const& a, kink_policy policy = {}) {
  node n;
  n.operation = code<Op>;
  n.arity = 1;
  n.operand[0] = a.index;
  n.map[0] = a.map;
  n.iteration = a.space;
  n.rank = a.space.rank;
  n.policy = policy;
  return ramp::ir::value_of(*a.owner, a.owner->insert(n));
}
template <class Op>
value total(value const& a) {
  return ramp::ir::reduce_to<Op>(a, {}, 0);
}

}  // namespace

TEST_CASE("every operation: kink and outside say what branch and in_domain say", "[pass]") {
  []<class... Ops>(op::operation_list<Ops...>) {
    auto one = []<class Op>(std::type_identity<Op>) {
      if constexpr (Op::kind != op::category::leaf && Op::kind != op::category::layout &&
                    Op::kind != op::category::contraction && Op::kind != op::category::matrix)
        check_rules_of<Op>();
    };
    (one(std::type_identity<Ops>{}), ...);
  }(op::table{});
}

TEST_CASE("a neighbourhood counts as the kink", "[pass]") {
  constexpr kink_policy within = ramp::trap_within<0.25>.value;
  asked<op::relu> const relu(within);
  CHECK(relu.at(relu.kink, {0.25}));
  CHECK(relu.at(relu.kink, {-0.25}));
  CHECK(!relu.at(relu.kink, {0.26}));
  asked<op::max> const max(within);
  CHECK(max.at(max.kink, {3.0, 3.25}));
  CHECK(max.at(max.kink, {infinity, infinity}));
  CHECK(!max.at(max.kink, {3.0, 3.5}));
  CHECK(!max.at(max.kink, {infinity, -infinity}));
  asked<op::hard_tanh> const bounded(within);
  CHECK(bounded.at(bounded.kink, {-1.125}));
  CHECK(!bounded.at(bounded.kink, {0.5}));
  asked<op::log> const log(within);  // a domain has no neighbourhood
  CHECK(!log.at(log.outside, {0.125}));
}

TEST_CASE("the domain of a power with a constant exponent", "[pass]") {
  auto outside = [](double exponent, double base) {
    graph g;
    value const x = argument(g, "x");
    node n;
    n.operation = code<op::pow>;
    n.arity = 2;
    n.operand = {x.index, g.constant(exponent), -1};
    trap_rule const r(g, n, x.index, trap);
    int const root = op::pow::outside(r).index;
    return evaluate_at(g, {{base}})[root][0] != 0.0;
  };
  CHECK(!outside(3.0, -2.0));
  CHECK(!outside(3.0, 0.0));
  CHECK(outside(-3.0, 0.0));
  CHECK(!outside(-3.0, -1.0));
  CHECK(outside(0.5, 0.0));
  CHECK(outside(1.5, -1.0));
  CHECK(!outside(1.5, 0.0));
}

TEST_CASE("what is hit is counted, element by element", "[pass]") {
  graph g;
  value const x = argument(g, "x", shape(4));
  value const ramp = unary<op::relu>(x);
  value const f = ramp + unary<op::abs>(x - 1.0);
  auto const sites = find_traps(g, {{f.index, trap}});
  REQUIRE(ramp::ir::verify(g) == "");
  REQUIRE(sites.size() == 2);  // in the order in which they were written
  CHECK(sites[0].place == ramp.index);
  CHECK(g[sites[1].place].is(code<op::abs>));
  CHECK(sites[0].kind == trap_kind::kink);
  CHECK(!sites[0].stops);
  CHECK(counts(g, sites, {{0, 1, -0.0, 5}}) == std::vector<double>{2, 1});
  CHECK(counts(g, sites, {{1, 1, 1, 1}}) == std::vector<double>{0, 4});
}

TEST_CASE("a shared operation is one place with several uses", "[pass]") {
  graph g;
  value const r = unary<op::relu>(argument(g, "x"));
  value const f = r * r + r;
  auto const sites = find_traps(g, {{f.index, trap}});
  REQUIRE(sites.size() == 1);
  CHECK(sites[0].uses == 3);
}

TEST_CASE("the nearest policy decides what is a trap", "[pass]") {
  graph g;
  value const x = argument(g, "x");
  value const stop = unary<op::relu>(x, ramp::trap_and_stop.value);
  value const none = unary<op::abs>(x, ramp::symmetric.value);
  value const f = stop + none;
  auto const sites = find_traps(g, {{f.index, trap}});
  REQUIRE(sites.size() == 1);
  CHECK(sites[0].place == stop.index);
  CHECK(sites[0].stops);

  // of the same place under two policies, each is a site of its own; under one, one
  graph h;
  value const y = unary<op::relu>(argument(h, "x"));
  CHECK(find_traps(h, {{y.index, trap}, {y.index, ramp::trap_within<0.5>.value}}).size() == 2);
  CHECK(find_traps(h, {{y.index, trap}, {y.index, trap}}).size() == 1);
  CHECK(find_traps(h, {{y.index, ramp::standard.value}}).empty());
}

TEST_CASE("ties of an extremum: one hit for each result that several elements share", "[pass]") {
  graph g;
  value const x = argument(g, "x", shape(3, 2));
  value const rows = ramp::ir::reduce_to<op::reduce_max>(x, map_of(0), 1);
  auto const sites = find_traps(g, {{rows.index, trap}});
  REQUIRE(sites.size() == 1);
  CHECK(counts(g, sites, {{1, 1, 2, 3, -4, -4}}) == std::vector<double>{2});
  CHECK(counts(g, sites, {{1, 2, 2, 3, -4, -5}}) == std::vector<double>{0});
}

TEST_CASE("kinks of reductions within a neighbourhood, and of lengths", "[pass]") {
  graph g;
  value const x = argument(g, "x", shape(3, 2));
  auto const sites = [&](auto reduced, kink_policy policy) {
    return find_traps(g, {{reduced.index, policy}});
  };
  auto const least = sites(ramp::ir::reduce_to<op::reduce_min>(x, map_of(0), 1),
                           ramp::trap_within<0.25>.value);
  REQUIRE(least.size() == 1);
  CHECK(counts(g, least, {{1, 1.25, 2, 3, -4, -4}}) == std::vector<double>{2});
  auto const rows = sites(ramp::ir::reduce_to<op::reduce_norm>(x, map_of(0), 1), trap);
  REQUIRE(rows.size() == 1);
  CHECK(counts(g, rows, {{0, 0, 1, 0, -0.0, 0}}) == std::vector<double>{2});
  auto const all = sites(total<op::reduce_norm>(x), ramp::trap_within<0.5>.value);
  REQUIRE(all.size() == 1);
  CHECK(counts(g, all, {{0, 0, 0, 0.25, -0.25, 0}}) == std::vector<double>{1});
  CHECK(counts(g, all, {{0, 0, 0, 0.5, -0.25, 0}}) == std::vector<double>{0});
}

TEST_CASE("a kink without a derivative is none: conditions and stop_gradient", "[pass]") {
  graph g;
  value const x = argument(g, "x", shape(2));
  value const condition = less(unary<op::abs>(x), x.number(1.0));
  value const stopped = unary<op::stop_gradient>(unary<op::relu>(x));
  value const f = where(condition, x, stopped * x);
  CHECK(find_traps(g, {{f.index, trap}}).empty());
  // the value of a logarithm matters there all the same
  value const h = where(less(unary<op::log>(x), x), x, x * x);
  CHECK(find_traps(g, {{h.index, trap}}).size() == 1);
}

TEST_CASE("a branch that is not taken hits nothing", "[pass]") {
  graph g;
  value const x = argument(g, "x", shape(3));
  value const positive = less(x.number(0.0), x);
  value const zero = x.number(0.0);
  value const inner = total<op::sum>(where(positive, unary<op::log>(x), zero));
  auto const guarded = find_traps(g, {{inner.index, trap}});
  REQUIRE(guarded.size() == 1);
  CHECK(guarded[0].kind == trap_kind::domain);
  CHECK(counts(g, guarded, {{-1, 0, 2}}) == std::vector<double>{0});

  // behind a reduction, a broadcast, a reshape, and another where
  value const scalar = argument(g, "s");
  value const wanted = less(scalar.number(0.0), scalar);
  value const sum = total<op::sum>(unary<op::abs>(x));
  value const outer = where(wanted, sum * 2.0, scalar);
  auto const behind = find_traps(g, {{outer.index, trap}});
  REQUIRE(behind.size() == 1);
  CHECK(counts(g, behind, {{0, 0, 1}, {1}}) == std::vector<double>{2});
  CHECK(counts(g, behind, {{0, 0, 1}, {-1}}) == std::vector<double>{0});

  node flat;
  flat.operation = code<op::reshape>;
  flat.arity = 1;
  flat.rank = flat.iteration.rank = 2;
  flat.iteration[0] = 3;
  flat.iteration[1] = 1;
  flat.operand[0] = unary<op::abs>(x).index;
  value const column = ramp::ir::value_of(g, g.insert(flat));
  value const mask = argument(g, "m", shape(3, 1));
  value const chosen = where(mask, column, column.number(0.0));
  auto const moved = find_traps(g, {{chosen.index, trap}});
  REQUIRE(ramp::ir::verify(g) == "");
  REQUIRE(moved.size() == 1);
  CHECK(counts(g, moved, {{0, 0, 1}, {0}, {1, 0, 1}}) == std::vector<double>{1});

  // one use is enough to be live
  value const both = total<op::sum>(chosen) + sum;
  auto const twice = find_traps(g, {{both.index, trap}});
  REQUIRE(twice.size() == 1);
  CHECK(counts(g, twice, {{0, 0, 1}, {0}, {0, 0, 0}}) == std::vector<double>{2});
}

TEST_CASE("the domains of operations on matrices: one hit for each matrix", "[pass]") {
  graph g;
  value const a = argument(g, "a", shape(3, 2, 2));
  value const b = argument(g, "b", shape(3, 2));
  ramp::list<ramp::pass::trapped_function> functions;
  for (value const& v :
       {ir::matrix_operation<op::inverse>(a), ir::matrix_operation<op::cholesky>(a),
        ir::matrix_operation<op::log_determinant>(a),
        ir::matrix_operation<op::log_abs_determinant>(a),
        ir::matrix_operation<op::solve>(a, b), ir::matrix_operation<op::triangular_solve>(a, b),
        ir::matrix_operation<op::determinant>(a)})
    functions.push_back({v.index, trap});
  auto const sites = find_traps(g, functions);
  REQUIRE(sites.size() == 6);
  CHECK(ramp::ir::verify(g) == "");
  for (trap_site const& s : sites) CHECK(s.kind == trap_kind::domain);
  std::vector<double> const ones(6, 1.0);
  double const nan = std::numeric_limits<double>::quiet_NaN();
  // regular and positive definite, of negative determinant, singular
  CHECK(counts(g, sites, {{2, 0, 0, 2, 0, 1, 1, 0, 1, 1, 1, 1}, ones}) ==
        std::vector<double>{1, 2, 2, 1, 1, 1});
  // a NaN or an infinity comes from elsewhere
  CHECK(counts(g, sites, {{nan, 0, 0, 0, infinity, 1, 1, 0, 2, nan, nan, 2}, ones}) ==
        std::vector<double>(6, 0.0));
  CHECK(counts(g, sites, {{1, 1, 1, 1, 1, 1, 1, 1, 2, 0, 0, 2}, {nan, 1, 1, infinity, 1, 1}}) ==
        std::vector<double>{2, 2, 2, 2, 0, 0});
  // large results are results
  std::vector<double> const small{1e-300, 0, 0, 1e-300, 1e-300, 0, 0, 1e-300, 1e-300, 0, 0, 1e-300};
  CHECK(counts(g, sites, {small, ones}) ==
        std::vector<double>(6, 0.0));
}

TEST_CASE("what matrices are made of is live where an element of the result is", "[pass]") {
  graph g;
  value const x = argument(g, "x", shape(2, 2, 2));
  value const mask = argument(g, "mask", shape(2, 2, 2));
  value const root = where(mask, ir::matrix_operation<op::inverse>(unary<op::log>(x)), x);
  auto const sites = find_traps(g, {{root.index, trap}});
  REQUIRE(sites.size() == 2);  // the logarithm, the inverse
  // all elements of the logarithm are negative numbers' but in matrices that nobody looks at
  point const at{{-1, -1, -1, -1, -1, -1, -1, -1}, {0, 0, 0, 1, 0, 0, 0, 0}};
  CHECK(counts(g, sites, at) == std::vector<double>{4, 0});
  CHECK(counts(g, sites, {{1, 1, 1, 1, 1, 1, 1, 1}, {0, 1, 0, 0, 0, 0, 0, 0}}) ==
        std::vector<double>{0, 1});
  CHECK(counts(g, sites, {{1, 1, 1, 1, 1, 1, 1, 1}, std::vector<double>(8, 0.0)}) ==
        std::vector<double>{0, 0});
}

TEST_CASE("derivatives are no places: what they are made from is", "[pass]") {
  graph g;
  value const x = argument(g, "x");
  value const log = unary<op::log>(x);
  value const f = log * unary<op::abs>(x);
  auto const first = static_cast<std::size_t>(g.size());
  int const slope =
      ramp::pass::reverse(g, {f.index}, {g.constant(1.0)}, {x.index}, ramp::standard.value)[0];
  ramp::list<char> derived(static_cast<std::size_t>(g.size()), 0);
  for (std::size_t i = first; i < derived.size(); ++i) derived[i] = 1;
  value const user = unary<op::relu>(ramp::ir::value_of(g, slope));
  auto const sites = find_traps(g, {{user.index, trap}, {f.index, trap}}, derived);
  std::vector<std::string> names;
  for (auto const& s : sites) names.emplace_back(op::facts_of(g[s.place].operation).name);
  CHECK(names == std::vector<std::string>{"log", "abs", "relu"});  // but not 1 / x
}

TEST_CASE("a mean over the batch is looked through", "[pass]") {
  graph g;
  value const x = argument(g, "x");
  value const each = unary<op::abs>(x);
  value const sum = argument(g, "batch sum");
  value const loss = sum * sum;
  auto const sites = find_traps(g, {{loss.index, trap}}, {}, {{each.index, 1}});
  REQUIRE(sites.size() == 1);
  CHECK(sites[0].place == each.index);
  CHECK(sites[0].uses == 1);
}

TEST_CASE("the search works in a constant expression", "[pass]") {
  constexpr auto found = [] {
    graph g;
    value const x = argument(g, "x", shape(2));
    node n;
    n.operation = code<op::relu>;
    n.arity = 1;
    n.operand[0] = x.index;
    n.map[0] = x.map;
    n.iteration = x.space;
    n.rank = 1;
    int const root = g.insert(n);
    return find_traps(g, {{root, trap}}).size();
  }();
  static_assert(found == 1);
}
