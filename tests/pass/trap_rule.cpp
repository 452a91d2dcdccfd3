// SPDX-License-Identifier: BSL-1.0
// What the rules of traps are written with; what they say of each operation is in trap.cpp.
#include <ramp/pass/trap_rule.hpp>

#include <catch2/catch.hpp>

#include <limits>
#include <vector>

#include <ramp/ir/verify.hpp>

#include "laws/graphs.hpp"

using namespace laws;
using ramp::kink_policy;
using ramp::pass::trap_rule;
namespace op = ramp::op;

namespace {

using numbers = std::vector<double>;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr kink_policy exactly = ramp::trap.value;
constexpr kink_policy within = ramp::trap_within<0.5>.value;

numbers elements(value const& v, ramp::check::point const& at) {
  graph& g = *v.owner;
  int const n = ramp::ir::full(v);
  CHECK(ramp::ir::verify(g) == "");
  auto const e = ramp::check::evaluate_at(g, at);
  return {e[n], e[n] + v.space.elements()};
}

/// A rule of an operation of two vectors of six.
struct of_two {
  graph g;
  value x = argument(g, "x", shape(6));
  value y = argument(g, "y", shape(6));
  int made = x.combine<op::hypot>(0.0, y).index;
  node n = g[made];
  trap_rule r;

  explicit of_two(kink_policy policy = exactly) : r(g, n, made, policy) {}
};

}  // namespace

TEST_CASE("near 0 is 0 itself, or as far from it as the policy says", "[trap]") {
  ramp::check::point const at{{0, -0.0, 0.5, -0.5, 0.5000001, not_a_number}, numbers(6)};
  of_two exact;
  CHECK(elements(exact.r.near(exact.r.x[0]), at) == numbers{1, 1, 0, 0, 0, 0});
  of_two wide(within);
  CHECK(elements(wide.r.near(wide.r.x[0]), at) == numbers{1, 1, 1, 1, 0, 0});
}

TEST_CASE("near one another are equals, infinities among them, or as far as the policy says",
          "[trap]") {
  ramp::check::point const at{{1, 2, infinity, -infinity, 3, not_a_number},
                              {1, 2.5, infinity, infinity, 2, not_a_number}};
  of_two exact;
  CHECK(elements(exact.r.near(exact.r.x[0], exact.r.x[1]), at) == numbers{1, 0, 1, 0, 0, 0});
  of_two wide(within);
  CHECK(elements(wide.r.near(wide.r.x[0], wide.r.x[1]), at) == numbers{1, 1, 1, 0, 0, 0});
}

TEST_CASE("conditions on one value hold of no NaN", "[trap]") {
  of_two t;
  trap_rule const& r = t.r;
  value const& x = r.x[0];
  ramp::check::point const at{{2, -0.0, 1.5, infinity, -3, not_a_number}, numbers(6)};
  CHECK(elements(r.is(x, 0.0), at) == numbers{0, 1, 0, 0, 0, 0});
  CHECK(elements(r.below(x, 1.5), at) == numbers{0, 1, 0, 0, 1, 0});
  CHECK(elements(r.at_most(x, 1.5), at) == numbers{0, 1, 1, 0, 1, 0});
  CHECK(elements(r.at_least(x, 1.5), at) == numbers{1, 0, 1, 1, 0, 0});
  CHECK(elements(r.is_whole(x), at) == numbers{1, 1, 0, 1, 1, 0});
}

TEST_CASE("conditions are joined, and one that never holds costs nothing", "[trap]") {
  of_two t;
  trap_rule const& r = t.r;
  value const p = r.below(r.x[0], 1.0);
  value const q = r.below(r.x[1], 1.0);
  value const never = r.constant(0.0);
  ramp::check::point const at{{0, 0, 2, 2, 0, 2}, {0, 2, 0, 2, 2, 0}};
  CHECK(elements(r.either(p, q), at) == numbers{1, 1, 1, 0, 1, 1});
  CHECK(elements(r.both(p, q), at) == numbers{1, 0, 0, 0, 0, 0});
  int const before = t.g.size();
  CHECK(r.either(never, q).index == q.index);
  CHECK(r.either(p, never).index == p.index);
  CHECK(r.both(never, q).index == never.index);
  CHECK(r.both(p, never).index == never.index);
  CHECK(t.g.size() == before);
}

TEST_CASE("several of a reduction are two or more in one result", "[trap]") {
  graph g;
  value const m = argument(g, "m", shape(4, 3));
  value const largest = ramp::ir::reduce_to<op::reduce_max>(m, map_of(0), 1);
  node const n = g[largest.index];
  trap_rule const r(g, n, largest.index, exactly);
  value const hit = r.several(r.near(r.x[0], r.y));
  CHECK(hit.space == shape(4));
  numbers const rows{1, 3, 2, 3, 1, 3, 5, 5, 5, not_a_number, 2, 2};
  CHECK(elements(hit, {rows}) == numbers{0, 1, 1, 0});
  // a condition of the results stays in their space
  CHECK(r.at_most(r.per_result(r.y), 3.0).space == shape(4));
  CHECK(elements(r.at_most(r.per_result(r.y), 3.0), {rows}) == numbers{1, 1, 0, 0});
}

TEST_CASE("an operand is an integer if it is a number and a whole one", "[trap]") {
  graph g;
  value const x = argument(g, "x");
  auto const second_is_integer = [&](value const& exponent) {
    int const made = x.combine<op::pow>(0.0, exponent).index;
    node const n = g[made];
    return trap_rule(g, n, made, exactly).is_integer(1);
  };
  CHECK(second_is_integer(x.number(3.0)));
  CHECK(second_is_integer(x.number(-2.0)));
  CHECK_FALSE(second_is_integer(x.number(0.5)));
  CHECK_FALSE(second_is_integer(x));
}

TEST_CASE("a matrix without an inverse is undefined, one that is not finite came so", "[trap]") {
  graph g;
  value const batch = argument(g, "batch", shape(4, 2, 2));
  ramp::check::point const at{{1, 2, 3, 4,           // regular
                               1, 2, 2, 4,           // singular
                               infinity, 0, 0, 1,    // not finite
                               1e200, 0, 0, 1e200}};  // whose determinant overflows
  auto const undefined = [&](value const& result) {
    node const n = g[result.index];
    value const hit = trap_rule(g, n, result.index, exactly).undefined();
    CHECK(hit.space == shape(4));
    return elements(hit, at);
  };
  CHECK(undefined(ramp::ir::matrix_operation<op::inverse>(batch)) == numbers{0, 1, 0, 0});
  CHECK(undefined(ramp::ir::matrix_operation<op::determinant>(batch)) == numbers{0, 0, 0, 1});
  CHECK(undefined(ramp::ir::matrix_operation<op::log_determinant>(batch)) ==
        numbers{1, 1, 0, 0});
}

TEST_CASE("a rule of a kink or a domain is there for operations that have one", "[trap]") {
  using namespace ramp::pass::detail;
  constexpr auto kinks = make_trap_rules<kink_rule_of>(op::table{});
  constexpr auto domains = make_trap_rules<domain_rule_of>(op::table{});
  of_two t;
  auto const has = [&](auto const& rules, ramp::op::opcode c) {
    return !rules[static_cast<int>(c)](t.r).absent();
  };
  CHECK(has(kinks, code<op::abs>));
  CHECK_FALSE(has(domains, code<op::abs>));
  CHECK(has(domains, code<op::log>));
  CHECK_FALSE(has(kinks, code<op::log>));
  CHECK_FALSE(has(kinks, code<op::add>));
  CHECK_FALSE(has(domains, code<op::add>));
}
