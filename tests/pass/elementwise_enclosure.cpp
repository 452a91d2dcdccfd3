// SPDX-License-Identifier: BSL-1.0
// What makes intervals of intervals, called directly; what each operation makes of it is in
// tests/laws/interval.cpp.
#include <ramp/pass/elementwise_enclosure.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "ends.hpp"

using namespace ends;

namespace {

constexpr auto operations =
    only<op::outward, op::add_toward, op::mul_toward, op::exp, op::sin, op::pow, op::sqrt, op::abs,
         op::floor, op::neg, op::add, op::sub, op::mul, op::min, op::max, op::less, op::less_equal,
         op::equal, op::logical_and, op::logical_or, op::logical_not, op::where, op::fork,
         op::slice, op::reshape>;

/// The context of a node of two operands, intervals or numbers.
struct context : ramp::pass::elementwise_enclosure {
  graph g;
  node n;

  explicit context(double attribute = 0.0) {
    n.operation = code<op::fork>;
    n.value = attribute;
    owner = &g;
    at = &n;
  }
  context(context const&) = delete;
  context& operator=(context const&) = delete;

  /// Makes `b` operand k.
  void operand(std::size_t k, bounds const& b, bool may_vary) {
    x[k] = b;
    varies[k] = may_vary;
    n.operand[k] = b.lower.index;
    n.map[k] = b.lower.map;
  }
  using ramp::pass::elementwise_enclosure::multiplied_along;
};

interval at(bounds const& b, std::initializer_list<double> arguments) {
  return ends::at<operations>(b, arguments);
}

constexpr interval open{0.0, 1.0}, certain{1.0, 1.0}, refuted{0.0, 0.0};

}  // namespace

TEST_CASE("numbers, and the number of the node", "[interval]") {
  context c;
  CHECK(c.number(2.5).is(2.5));
  CHECK(at(c.between(-1.0, 2.0), {}) == interval{-1.0, 2.0});
  CHECK(at(c.everything(), {}) == interval{-infinity, infinity});
  CHECK(!c.is_any());
  CHECK(context(ramp::any_weight).is_any());
  CHECK(!context(not_a_number).is_any());
  c.operand(0, c.number(4.0), false);
  CHECK(c.number_of(0) == 4.0);
}

TEST_CASE("an end moves by the error and one unit more, to its side", "[interval]") {
  context c;
  value const v = argument(c.g);
  value const size = argument(c.g);
  bounds const moved{c.outward(v, size, -2.0), c.outward(v, size, 2.0)};
  double const unit = 0x1p-52;
  CHECK(at(moved, {1.0, 1.0}) == interval{1.0 - 3.0 * unit, 1.0 + 3.0 * unit});
  CHECK(at(moved, {0.0, 8.0}) == interval{-24.0 * unit, 24.0 * unit});
  // where units in the last place are no numbers any more, by the smallest numbers
  interval const tiny = at(moved, {0.0, 0.0});
  CHECK(tiny.lower < 0.0);
  CHECK(tiny.lower > -1e-322);
  CHECK(tiny.upper == -tiny.lower);
}

TEST_CASE("ends of functions that rise, and of those that fall", "[interval]") {
  context c;
  bounds const v = two_ends(c.g);
  interval const rises = at(c.increasing<op::exp>(v), {-1.0, 2.0});
  CHECK(rises.lower < std::exp(-1.0));
  CHECK(rises.lower == Approx(std::exp(-1.0)).epsilon(2e-15));
  CHECK(rises.upper > std::exp(2.0));
  CHECK(rises.upper == Approx(std::exp(2.0)).epsilon(2e-15));
  interval const falls = at(c.decreasing<op::exp>(v), {-1.0, 2.0});
  CHECK(falls.lower == Approx(std::exp(2.0)));
  CHECK(falls.upper == Approx(std::exp(-1.0)));
  // what is exact stays where it is
  static_assert(op::neg::max_ulp == 0);
  CHECK(at(c.decreasing<op::neg>(v), {-1.0, 2.0}) == interval{-2.0, 1.0});
  CHECK(at(c.increasing<op::exp>(v), {-infinity, 0.0}).upper >= 1.0);
}

TEST_CASE("the extremes are at any two of the four corners", "[interval]") {
  context c;
  bounds const a = two_ends(c.g);
  bounds const b = two_ends(c.g);
  bounds const power = c.at_corners<op::pow>(a, b);
  auto const near = [](interval const& i, double lower, double upper) {
    CHECK(i.lower <= lower);
    CHECK(i.upper >= upper);
    CHECK(i.lower == Approx(lower).epsilon(1e-14));
    CHECK(i.upper == Approx(upper).epsilon(1e-14));
  };
  near(at(power, {2.0, 4.0, 1.0, 3.0}), 2.0, 64.0);
  near(at(power, {2.0, 4.0, -1.0, 3.0}), 0.25, 64.0);
  near(at(power, {0.25, 0.5, -1.0, 2.0}), 0.0625, 4.0);
  near(at(power, {0.5, 2.0, -3.0, -1.0}), 0.125, 8.0);
}

TEST_CASE("functions with slopes between -1 and 1: the middle, and as far as the operand",
          "[interval]") {
  context c;
  bounds const v = two_ends(c.g);
  interval const wide = at(c.contracting<op::sin>(v), {0.25, 0.75});
  CHECK(wide.lower == Approx(std::sin(0.5) - 0.25));
  CHECK(wide.upper == Approx(std::sin(0.5) + 0.25));
  CHECK(wide.lower < std::sin(0.5) - 0.25);
  CHECK(wide.upper > std::sin(0.5) + 0.25);
  // the middle of two neighbours is one of them
  double const next = std::nextafter(0.5, 1.0);
  interval const thin = at(c.contracting<op::sin>(v), {0.5, next});
  CHECK(thin.lower < std::sin(0.5));
  CHECK(thin.upper > std::sin(next));
  CHECK(thin.upper - thin.lower < 1e-15);
  bounds const number{v.lower, v.lower};
  interval const known = at(c.contracting<op::sin>(number), {0.5, 0.0});
  CHECK(known.upper - known.lower < 1e-15);
  CHECK(c.contracting<op::sin>(number).lower.index == c.increasing<op::sin>(number).lower.index);
}

TEST_CASE("their operand may have no bounds, or a middle that overflows", "[interval]") {
  context c;
  bounds const v = two_ends(c.g);
  bounds const sine = c.contracting<op::sin>(v);
  CHECK(at(sine, {-infinity, infinity}) == interval{-infinity, infinity});
  CHECK(at(sine, {-infinity, 3.0}) == interval{-infinity, infinity});
  CHECK(at(sine, {3.0, infinity}) == interval{-infinity, infinity});
  interval const large = at(sine, {1e308, 1.5e308});
  CHECK(large.lower < -1.0);
  CHECK(large.upper > 1.0);
  CHECK(at(sine, {not_a_number, not_a_number}) == interval{not_a_number, not_a_number});
}

TEST_CASE("the largest absolute value", "[interval]") {
  context c;
  bounds const a = two_ends(c.g);
  value const size = c.size_of(a.lower, a.upper, c.constant(-2.0));
  CHECK(at({size, size}, {-3.0, 1.0}).upper == 3.0);
  CHECK(at({size, size}, {-1.0, 1.5}).upper == 2.0);
  CHECK(at({size, size}, {0.0, 5.0}).upper == 5.0);
}

TEST_CASE("what leaves a domain by rounding is cut, what is outside is not", "[interval]") {
  context c;
  bounds const v = two_ends(c.g);
  bounds const positive = c.clipped(v, 0.0);
  CHECK(at(positive, {-1e-17, 2.0}) == interval{0.0, 2.0});
  CHECK(at(positive, {0.5, 2.0}) == interval{0.5, 2.0});
  CHECK(at(positive, {-3.0, -2.0}) == interval{-2.0, -2.0});
  CHECK(!std::signbit(at(positive, {-0.0, 2.0}).lower));
  bounds const unit = c.clipped(v, -1.0, 1.0);
  CHECK(at(unit, {-1.0000001, 0.5}) == interval{-1.0, 0.5});
  CHECK(at(unit, {0.5, 1.0000001}) == interval{0.5, 1.0});
  CHECK(at(unit, {-2.0, 2.0}) == interval{-1.0, 1.0});
  CHECK(at(unit, {1.5, 2.0}) == interval{1.5, 1.5});
  bounds const within = c.within(v, 0.0, 1.0);
  CHECK(at(within, {-2.0, 2.0}) == interval{0.0, 1.0});
  CHECK(at(within, {0.25, 0.5}) == interval{0.25, 0.5});
}

TEST_CASE("a comparison is certain, refuted or open; on the border it is open if operands vary",
          "[interval]") {
  for (bool const may_vary : {false, true}) {
    context c;
    c.operand(0, two_ends(c.g), false);
    c.operand(1, two_ends(c.g), may_vary);
    bounds const less = c.less(0, 1, false);
    bounds const less_equal = c.less(0, 1, true);
    bounds const equal = c.equal(0, 1);
    INFO("varies: " << may_vary);
    for (bounds const& b : {less, less_equal}) {
      CHECK(at(b, {1, 2, 3, 4}) == certain);
      CHECK(at(b, {3, 4, 1, 2}) == refuted);
      CHECK(at(b, {1, 3, 2, 4}) == open);
      CHECK(at(b, {1, 4, 2, 3}) == open);
    }
    // touching
    CHECK(at(less, {1, 2, 2, 3}) == open);
    CHECK(at(less_equal, {1, 2, 2, 3}) == (may_vary ? open : certain));
    CHECK(at(less, {2, 3, 1, 2}) == (may_vary ? open : refuted));
    CHECK(at(less_equal, {2, 3, 1, 2}) == open);
    // numbers
    CHECK(at(less, {2, 2, 2, 2}) == (may_vary ? open : refuted));
    CHECK(at(less_equal, {2, 2, 2, 2}) == (may_vary ? open : certain));
    CHECK(at(equal, {2, 2, 2, 2}) == (may_vary ? open : certain));
    CHECK(at(equal, {1, 2, 2, 3}) == open);
    CHECK(at(equal, {1, 2, 3, 4}) == refuted);
    CHECK(at(equal, {3, 4, 1, 2}) == refuted);
  }
}

TEST_CASE("a value equals itself, however wide, unless it is NaN or read in another way",
          "[interval]") {
  context c;
  bounds const v = two_ends(c.g);
  c.operand(0, v, true);
  c.operand(1, v, true);
  CHECK(at(c.equal(0, 1), {1, 3}) == certain);
  CHECK(at(c.equal(0, 1), {not_a_number, not_a_number}) == refuted);
  context m;
  bounds w = two_ends(m.g, shape(2, 2));
  w.lower.map = w.upper.map = axis_map::identity(2);
  m.operand(0, w, false);
  w.lower.map = w.upper.map = axis_map{0x01};  // transposed
  m.operand(1, w, false);
  auto const same = elements<operations>(m.equal(0, 1), {{1, 2, 2.5, 4}, {1, 3, 3.5, 4}});
  CHECK(same == std::vector<interval>{certain, open, open, certain});
}

TEST_CASE("signs, and where zero and the poles of gamma are not", "[interval]") {
  context c;
  bounds const v = two_ends(c.g);
  CHECK(at(c.positive(v), {0.5, 1.0}) == certain);
  CHECK(at(c.positive(v), {0.0, 1.0}) == refuted);  // not for sure
  CHECK(at(c.sign_of(v), {0.5, 1.0}) == certain);
  CHECK(at(c.sign_of(v), {0.0, 1.0}) == open);
  CHECK(at(c.sign_of(v), {-1.0, 0.0}) == refuted);
  CHECK(at(c.without_zero(v), {-2.0, -1.0}) == certain);
  CHECK(at(c.without_zero(v), {1.0, 2.0}) == certain);
  CHECK(at(c.without_zero(v), {-1.0, 0.0}) == refuted);
  CHECK(at(c.without_zero(v), {0.0, 1.0}) == refuted);
  bounds const regular = c.without_poles_of_gamma(v);
  CHECK(at(regular, {0.5, 7.0}) == certain);
  CHECK(at(regular, {-0.75, -0.25}) == certain);
  CHECK(at(regular, {-2.75, -2.5}) == certain);
  CHECK(at(regular, {-2.75, -1.5}) == refuted);
  CHECK(at(regular, {-2.0, -1.5}) == refuted);
  CHECK(at(regular, {-2.5, -2.0}) == refuted);
  CHECK(at(regular, {-0.5, 0.5}) == refuted);
  CHECK(at(regular, {0.0, 0.5}) == refuted);
}

TEST_CASE("the negation of a condition", "[interval]") {
  context c;
  bounds const v = two_ends(c.g);
  CHECK(at(c.negated(v), {0.0, 1.0}) == open);
  CHECK(at(c.negated(v), {1.0, 1.0}) == refuted);
  CHECK(at(c.negated(v), {0.0, 0.0}) == certain);
  CHECK(c.negated({v.lower, v.lower}).is_number());
}

TEST_CASE("an operand as a condition: what may be 0 next to it is open", "[interval]") {
  context c;
  c.operand(0, two_ends(c.g), false);
  c.operand(1, two_ends(c.g), true);
  auto const known = [&](double low, double high) { return at(c.truth(0), {low, high, 0, 0}); };
  auto const varying = [&](double low, double high) { return at(c.truth(1), {0, 0, low, high}); };
  CHECK(known(1.0, 2.0) == certain);
  CHECK(known(-1.0, 2.0) == open);
  CHECK(known(0.0, 0.0) == refuted);
  CHECK(varying(1.0, 2.0) == certain);
  CHECK(varying(-2.0, -1.0) == certain);
  CHECK(varying(0.0, 0.0) == open);
  // a number is its own condition, and so is a condition
  bounds const number{c.x[0].lower, c.x[0].lower};
  c.operand(0, number, false);
  CHECK(c.truth(0).lower.index == number.lower.index);
  value const less = c.apply<op::less>(c.x[1].lower, c.x[1].upper);
  bounds const condition{less, c.apply<op::logical_not>(less)};
  c.operand(1, condition, true);
  CHECK(c.truth(1).lower.index == condition.lower.index);
  CHECK(c.truth(1).upper.index == condition.upper.index);
}

TEST_CASE("what a condition chooses: one, or both where it is open", "[interval]") {
  context c;
  bounds const condition = two_ends(c.g);
  bounds const a = two_ends(c.g);
  bounds const b = two_ends(c.g);
  bounds const chosen = c.chosen(condition, a, b);
  CHECK(at(chosen, {1, 1, 2, 3, 5, 8}) == interval{2, 3});
  CHECK(at(chosen, {0, 0, 2, 3, 5, 8}) == interval{5, 8});
  CHECK(at(chosen, {0, 1, 2, 3, 5, 8}) == interval{2, 8});
  CHECK(at(chosen, {0, 1, 5, 8, 2, 3}) == interval{2, 8});
  bounds const sure = c.chosen({condition.lower, condition.lower}, a, b);
  CHECK(at(sure, {1, 0, 2, 3, 5, 8}) == interval{2, 3});
  CHECK(at(sure, {0, 0, 2, 3, 5, 8}) == interval{5, 8});
}

TEST_CASE("branches of a kink", "[interval]") {
  for (double const weight : {0.25, ramp::any_weight}) {
    context c(weight);
    bounds const a = two_ends(c.g);
    bounds const b = two_ends(c.g);
    bounds const s = two_ends(c.g);
    bounds const forked = c.forked(a, b, s);
    CHECK(at(forked, {2, 3, 5, 8, 1, 4}) == interval{2, 3});
    CHECK(at(forked, {2, 3, 5, 8, -4, -1}) == interval{5, 8});
    CHECK(at(forked, {2, 3, 5, 8, -4, 1}) == interval{2, 8});
    CHECK(at(forked, {2, 3, 5, 8, 0, 1}) == interval{2, 8});
    CHECK(at(forked, {2, 3, 5, 8, -1, 0}) == interval{2, 8});
    CHECK(at(forked, {5, 8, 2, 3, 0, 1}) == interval{2, 8});
    CHECK(at(forked, {5, 8, 2, 3, -1, 0}) == interval{2, 8});
    // at 0 for sure, what the weight gives, if it is one
    bounds const known = c.forked(a, b, {s.lower, s.lower});
    CHECK(at(known, {2, 3, 5, 8, 1, 0}) == interval{2, 3});
    CHECK(at(known, {2, 3, 5, 8, -1, 0}) == interval{5, 8});
    CHECK(at(known, {2, 3, 5, 8, 0, 0}) ==
          (weight == 0.25 ? interval{4.25, 6.75} : interval{2, 8}));
  }
}

TEST_CASE("the product along the last axis, of any number of factors", "[interval]") {
  for (int count : {1, 2, 3, 5, 7, 8}) {
    context c;
    bounds const v = two_ends(c.g, shape(2, count));
    bounds const product = c.multiplied_along(v);
    CHECK(product.lower.space == shape(2));
    point ends_of_v(2);
    interval expected[] = {{1, 1}, {1, 1}};
    for (int i = 0; i < 2 * count; ++i) {
      double const low = i < count ? 1.0 + i : -2.0;
      double const high = i < count ? 2.0 + i : 1.0;
      ends_of_v[0].push_back(low);
      ends_of_v[1].push_back(high);
      interval& e = expected[i / count];
      double const corners[] = {e.lower * low, e.lower * high, e.upper * low, e.upper * high};
      e = {*std::min_element(corners, corners + 4), *std::max_element(corners, corners + 4)};
    }
    auto const found = elements<operations>(product, ends_of_v);
    CHECK(found[0] == expected[0]);
    CHECK(found[1] == expected[1]);
  }
}
