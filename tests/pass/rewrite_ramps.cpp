// SPDX-License-Identifier: BSL-1.0
// What ramps are and where their rules stop; what each spelling becomes is in rewrite_rules.cpp.
#include <ramp/pass/rewrite_ramps.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

#include <ramp/ir/verify.hpp>

#include "spellings.hpp"

using namespace laws;
using ramp::kink_policy;
using rewrites::ramp_of;

namespace {

constexpr kink_policy own = ramp::at_zero<0.25>.value;
constexpr kink_policy other = ramp::at_zero<1.0>.value;
constexpr double infinity = std::numeric_limits<double>::infinity();

value relu_under(kink_policy policy, value x) { return x.combine_under<op::relu>(policy, 0.0); }
value abs_under(kink_policy policy, value x) { return x.combine_under<op::abs>(policy, 0.0); }

/// `v`, a square matrix, read transposed.
value turned(value v) {
  v.map = map_of(1, 0);
  return v;
}

struct slopes {
  double right, left;
  bool kinked;
  friend bool operator==(slopes const&, slopes const&) = default;
};
slopes slopes_of(rewrites::ramp const& r) { return {r.right, r.left, r.kinked}; }

/// What x is where it is a ramp in `a`: `right` times it, `left` times it, with a kink or without.
bool is_ramp(value const& x, value const& a, slopes const& expected) {
  auto const r = ramp_of(x);
  return rewrites::same(r.a, a) && slopes_of(r) == expected;
}

}  // namespace

TEST_CASE("two slopes say which ramp a value is", "[rewrite]") {
  graph g;
  value const x = argument(g, "x");
  CHECK(is_ramp(x, x, {1, 1, false}));
  CHECK(is_ramp(-x, x, {-1, -1, false}));
  CHECK(is_ramp(x * 3.0, x, {3, 3, false}));
  CHECK(is_ramp(relu(x), x, {1, 0, true}));
  CHECK(is_ramp(relu(-x), x, {0, -1, true}));
  CHECK(is_ramp(abs(x), x, {1, -1, true}));
  CHECK(is_ramp(-relu(-x), x, {-0.0, 1, true}));
  CHECK(is_ramp(relu(x) * -2.0, x, {-2, -0.0, true}));
  CHECK(is_ramp(relu(abs(x) * -2.0), x, {0, 0, true}));
  CHECK(is_ramp(abs(relu(x) * -0.5), x, {0.5, 0, true}));
  CHECK(is_ramp(exp(x), exp(x), {1, 1, false}));
  CHECK(is_ramp(relu(exp(x)), exp(x), {1, 0, true}));
  auto const zero = ramp_of(x.number(-0.0));
  CHECK(zero.a.absent());
  CHECK(slopes_of(zero) == slopes{0, 0, false});
}

TEST_CASE("a ramp ends where a slope would round, a policy differs or the depth does",
          "[rewrite]") {
  graph g;
  value const x = argument(g, "x");
  value const tenth = relu(x * 0.1);
  CHECK(is_ramp(tenth * 0.5, x, {0.05, 0, true}));
  CHECK(is_ramp(tenth * 0.3, tenth * 0.3, {1, 1, false}));
  value const falling = relu(x * -0.1) * 0.3;
  CHECK(is_ramp(falling, falling, {1, 1, false}));
  value const inner = relu_under(own, x);
  CHECK(ramp_of(inner).policy == own);
  CHECK(is_ramp(abs_under(own, inner), x, {1, 0, true}));
  CHECK(is_ramp(abs_under(other, inner), inner, {1, -1, true}));
  CHECK(ramp_of(abs_under(other, inner)).policy == other);
  value const deep = relu(abs(relu(x) * 2.0) * 0.5);
  CHECK(ramp_of(deep, 5).a.index == x.index);
  CHECK(rewrites::is<op::abs>(ramp_of(deep, 2).a));
  CHECK(ramp_of(relu(x), 0).a.index == relu(x).index);
}

TEST_CASE("a slope times a number is exact where nothing is lost", "[rewrite]") {
  CHECK(rewrites::is_exact_slope(0.1, 0.5));
  CHECK(rewrites::is_exact_slope(-3.0, 5.0));
  CHECK_FALSE(rewrites::is_exact_slope(0.1, 0.3));
  CHECK(rewrites::is_exact_slope(0.0, 0.3));
  CHECK_FALSE(rewrites::is_exact_slope(0.0, infinity));
  CHECK_FALSE(rewrites::is_exact_slope(0.0, std::nan("")));
  CHECK_FALSE(rewrites::is_exact_slope(1e-300, 1e-300));
  CHECK_FALSE(rewrites::is_exact_slope(1e300, 1e300));
}

TEST_CASE("relu clips both slopes and abs folds them up", "[rewrite]") {
  auto const after = [](auto fold, double right, double left) {
    rewrites::ramp r{{}, right, left};
    fold(r);
    return slopes_of(r);
  };
  using rewrites::clip, rewrites::fold_up;
  CHECK(after(clip, 2, 3) == slopes{2, 0, false});
  CHECK(after(clip, -2, -3) == slopes{0, -3, false});
  CHECK(after(clip, 2, -3) == slopes{2, -3, false});
  CHECK(after(clip, -2, 3) == slopes{0, 0, false});
  CHECK(after(fold_up, 2, 3) == slopes{2, -3, false});
  CHECK(after(fold_up, -2, -3) == slopes{2, -3, false});
  CHECK(after(fold_up, -2, 3) == slopes{2, -3, false});
}

TEST_CASE("two ramps are aligned by their argument, its opposite, or the number 0", "[rewrite]") {
  graph g;
  value const x = argument(g, "x", shape(3, 3));
  value const y = argument(g, "y", shape(3, 3));
  auto const aligned = [](value const& a, value const& b, slopes const& second) {
    auto first = ramp_of(a);
    auto r = ramp_of(b);
    return rewrites::align(first, r) && rewrites::same(first.a, r.a) && slopes_of(r) == second;
  };
  CHECK(aligned(x, relu(x), {1, 0, true}));
  CHECK(aligned(x - y, relu(y - x), {-0.0, -1, true}));
  CHECK(aligned(abs(x - y), (y - x) * 2.0, {-2, -2, false}));
  CHECK(aligned(relu(x), x.number(0.0), {0, 0, false}));
  CHECK(aligned(x.number(0.0), relu(x), {1, 0, true}));
  CHECK_FALSE(aligned(x.number(0.0), x.number(0.0), {0, 0, false}));
  CHECK_FALSE(aligned(relu(x), y, {1, 1, false}));
  CHECK_FALSE(aligned(relu(x), turned(x), {1, 1, false}));
  CHECK_FALSE(aligned(relu(x), relu_under(own, x), {1, 0, true}));
  CHECK(aligned(relu_under(own, x), abs_under(own, x), {1, -1, true}));
  CHECK(aligned(x, relu_under(own, x), {1, 0, true}));
}

TEST_CASE("a ramp is written as one term, if there is one", "[rewrite]") {
  graph g;
  value const x = argument(g, "x");
  auto const emitted = [&](double right, double left) {
    return rewrites::emit({x, right, left, true, own}).index;
  };
  CHECK(emitted(1, 1) == x.index);
  CHECK(emitted(-3, -3) == (x * -3.0).index);
  CHECK(emitted(2, 0) == (relu_under(own, x) * 2.0).index);
  CHECK(emitted(0, -1) == relu_under(own, -x).index);
  CHECK(emitted(0, 2) == (relu_under(own, -x) * -2.0).index);
  CHECK(emitted(-1, 1) == (-abs_under(own, x)).index);
  CHECK(emitted(0, 0) == zero_unless_nan(x).index);
  CHECK(rewrites::emit({x, 1, 0.5, true, own}).absent());
  CHECK(rewrites::emit({x, 1, -2, true, own}).absent());
}

TEST_CASE("relu and abs of what has no kink of their policy are left alone", "[rewrite]") {
  graph g;
  value const x = argument(g, "x");
  value const y = argument(g, "y");
  CHECK(rewrites::relu_of_ramp(relu(x)).absent());
  CHECK(rewrites::relu_of_ramp(relu(x * 3.0)).absent());
  CHECK(rewrites::relu_of_ramp(relu(exp(relu(x)))).absent());
  CHECK(rewrites::relu_of_ramp(relu(relu_under(own, x))).absent());
  CHECK(rewrites::relu_of_ramp(relu_under(own, relu(x))).absent());
  CHECK(rewrites::same(rewrites::relu_of_ramp(relu_under(own, relu_under(own, x))),
                       relu_under(own, x)));
  CHECK(rewrites::abs_of_ramp(abs(x)).absent());
  CHECK(rewrites::abs_of_ramp(abs(abs_under(own, x))).absent());
  // the sign inside has no kink: the policy is that of the abs
  CHECK(rewrites::same(rewrites::abs_of_ramp(abs_under(own, -x)), abs_under(own, x)));
  for (value const& v : {x, x * y, x + exp(x), -exp(x), log(x), erf(x)})
    CHECK(rewrites::kink_of_positive(relu(v)).absent());
}

TEST_CASE("a maximum is a ramp of its own policy or none", "[rewrite]") {
  graph g;
  value const x = argument(g, "x");
  auto const max_under = [](kink_policy p, value a, value b) {
    return a.combine_under<op::max>(p, 0.0, b);
  };
  auto const rewritten = [](value const& v) { return rewrites::extreme_of_ramps(v); };
  CHECK(rewritten(max_under(own, x, -x)).index == abs_under(own, x).index);
  CHECK(rewritten(max_under(own, x, relu(x))).absent());
  CHECK(rewritten(max(x, relu_under(own, x))).absent());
  CHECK(rewritten(max(relu_under(own, x), x)).absent());
  CHECK(rewritten(max(x, x)).index == x.index);
  CHECK(rewritten(max_under(own, x, relu_under(own, x))).index == relu_under(own, x).index);
  CHECK(rewritten(max(x, 1.0)).absent());
  CHECK(rewritten(max(x, exp(x))).absent());
  // a leaky ramp has a slope between 0 and 1, of an argument without a kink
  CHECK(rewrites::is<op::leaky_relu>(rewritten(max(x, x * 0.5))));
  CHECK(rewrites::policy_of(rewritten(max_under(own, x, x * 0.5))) == own);
  CHECK(rewritten(max(x, x * -0.5)).absent());
  CHECK(rewritten(max(x * 2.0, x * 0.5)).absent());
  CHECK(rewritten(min(x, x * 0.5)).absent());
  CHECK(rewritten(max(x, x * 2.0)).absent());
  CHECK(rewritten(min(x * 3.0, x * 3.0)).index == (x * 3.0).index);
}

TEST_CASE("a sum of ramps is one where slopes are exact and something is left", "[rewrite]") {
  graph g;
  value const x = argument(g, "x");
  auto const sum = [](value const& v) { return rewrites::sum_of_ramps(v); };
  CHECK(sum(relu(x) - x).index == relu(-x).index);
  CHECK(sum(relu_under(own, x) + relu_under(own, -x)).index == abs_under(own, x).index);
  CHECK(sum(relu_under(own, x) + relu(-x)).absent());
  CHECK(sum(relu(x) + exp(x)).absent());
  CHECK(sum(x + x * x).absent());
  CHECK(sum(relu(x) * 3.0 + x).absent());         // slopes 4 and 1 are none of the terms
  CHECK(sum(relu(x) * 0.1 + relu(x) * 0.2).absent());
  CHECK(sum(relu(x) * 1e16 + relu(x)).absent());  // 1e16 + 1 rounds
  // relu(a) - relu(a), as no canonical form would leave it
  node n;
  n.operation = code<op::sub>;
  n.arity = 2;
  n.operand = {relu(x).index, relu(x).index, -1};
  CHECK(sum(ramp::ir::value_of(g, g.intern(n))).absent());
}

TEST_CASE("a maximum is found in a relu of a difference, with its policy", "[rewrite]") {
  graph g;
  value const x = argument(g, "x", shape(3, 3));
  value const y = argument(g, "y", shape(3, 3));
  auto const found = [](value const& v) { return rewrites::sum_with_relu_of_difference(v); };
  value const largest = found(x + relu_under(own, y - x));
  CHECK(largest.index == y.combine_under<op::max>(own, 0.0, x).index);
  CHECK(found(x - relu_under(own, x - y)).index ==
        x.combine_under<op::min>(own, 0.0, y).index);
  CHECK(found(x + relu(x - y)).absent());
  CHECK(found(x - relu(y - x)).absent());
  CHECK(found(x + relu(y - turned(x))).absent());
  CHECK(found(x + relu(y)).absent());
  CHECK(found(x + y).absent());

  auto const half = [](value const& v) { return rewrites::half_of_sum_and_distance(v); };
  value const d = abs_under(own, x - y);
  CHECK(half((x + y + d) * 0.5).index == x.combine_under<op::max>(own, 0.0, y).index);
  CHECK(half((x + y - d) * 0.5).index == x.combine_under<op::min>(own, 0.0, y).index);
  CHECK(half((x + y + d) * 0.25).absent());
  CHECK(half((x + x * y + d) * 0.5).absent());
  CHECK(half((x - y + d) * 0.5).absent());
  CHECK(half((d - (x + y)) * 0.5).absent());
  CHECK(half((x + turned(y) + d) * 0.5).absent());
}

TEST_CASE("a maximum and a minimum make a sum where they are of one pair and policy",
          "[rewrite]") {
  graph g;
  value const x = argument(g, "x", shape(3, 3));
  value const y = argument(g, "y", shape(3, 3));
  value const marked = x.combine_under<op::min>(own, 0.0, y);
  CHECK(rewrites::max_and_min(max(x, y) + min(y, x)).index == (x + y).index);
  CHECK(rewrites::max_and_min(max(x, y) + marked).absent());
  CHECK(rewrites::max_and_min(max(x, y) + min(x, x)).absent());
  CHECK(rewrites::max_and_min(max(x, y) + min(x, turned(y))).absent());
  CHECK(rewrites::max_and_min(max(x, y) + max(y, x)).absent());
}

TEST_CASE("a kink of a multiple of a kink becomes one, or stays where slopes would round",
          "[rewrite]") {
  graph g;
  value const x = argument(g, "x");
  auto rewritten = [&](value v) {
    ramp::list<int> roots{v.index};
    auto const r = ramp::pass::rewrite(g, roots);
    REQUIRE(ramp::ir::verify(r) == "");
    ramp::list<int> again = roots;
    CHECK(ramp::pass::rewrite(r, again).nodes == r.nodes);
    int kinks = 0;
    for (node const& n : r.nodes) kinks += n.is(code<op::relu>) || n.is(code<op::abs>);
    return kinks;
  };
  CHECK(rewritten(relu(relu(x) * 0.3)) == 1);
  CHECK(rewritten(abs(relu(x) * -0.5)) == 1);
  CHECK(rewritten(relu(relu(x * 0.1) * 0.3)) == 2);          // so is 0.1 * 0.3
  CHECK(rewritten(abs(abs(x * 0.1) * 0.3)) == 2);
  CHECK(rewritten(max(relu(x * 0.1) * 0.3, 0.0)) == 2);
  // deeper than slopes are followed
  value deep = x;
  for (int i = 0; i < 12; ++i) deep = -(relu(deep) * 0.7) * 0.3;
  CHECK(rewritten(relu(deep)) <= 13);
}
