// SPDX-License-Identifier: BSL-1.0
#include <ramp/pass/bounds.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include "ends.hpp"

using namespace ends;

namespace {

constexpr auto arithmetic =
    only<op::add_toward, op::mul_toward, op::div_toward, op::neg, op::min, op::max, op::abs,
         op::less, op::logical_or, op::where>;

interval at(bounds const& b, std::initializer_list<double> arguments) {
  return ends::at<arithmetic>(b, arguments);
}

constexpr interval everything{-infinity, infinity};

/// All intervals between these numbers. Their sums, products and quotients are exact.
std::vector<interval> all_intervals() {
  double const numbers[] = {-infinity, -4.0, -1.0, -0.5, 0.0, 0.5, 2.0, infinity};
  std::vector<interval> all;
  for (double a : numbers)
    for (double b : numbers)
      if (a <= b && !(a == b && std::isinf(a))) all.push_back({a, b});
  return all;
}

/// The hull of what an operation gives for the ends; 0 times infinity is 0.
template <class F>
interval hull_of(interval const& a, interval const& b, F f) {
  double const corners[] = {f(a.lower, b.lower), f(a.lower, b.upper), f(a.upper, b.lower),
                            f(a.upper, b.upper)};
  return {*std::min_element(corners, corners + 4), *std::max_element(corners, corners + 4)};
}
/// But for the smallest numbers, by which an end moves that may have underflowed.
bool is_nearly(interval const& a, interval const& b) {
  auto const near = [](double x, double y) { return x == y || std::fabs(x - y) < 1e-322; };
  return near(a.lower, b.lower) && near(a.upper, b.upper);
}
double product(double a, double b) { return a == 0.0 || b == 0.0 ? 0.0 : a * b; }
double quotient(double a, double b) {
  return a == 0.0 || (std::isinf(b) && !std::isinf(a)) ? 0.0 : a / b;
}

}  // namespace

TEST_CASE("a number has one node, a constant one that is known", "[interval]") {
  graph g;
  CHECK(!two_ends(g).is_number());
  bounds const x = known(g);
  CHECK(x.is_number());
  CHECK(!x.is_constant());
  CHECK(!x.is(0.0));
  bounds const two = constant(g, 2.0);
  CHECK(two.is_constant());
  CHECK(two.is(2.0));
  CHECK(!two.is(1.0));
  CHECK(!bounds{two.lower, constant(g, 3.0).lower}.is_constant());
}

TEST_CASE("sums, products and quotients are those of the ends", "[interval]") {
  graph g;
  bounds const a = two_ends(g);
  bounds const b = two_ends(g);
  bounds const sum = a + b, difference = a - b, times = a * b, over = a / b;
  bool ran_into_zero = false;
  for (interval const& i : all_intervals())
    for (interval const& j : all_intervals()) {
      INFO(i << " and " << j);
      auto const of = [&](bounds const& r) {
        return at(r, {i.lower, i.upper, j.lower, j.upper});
      };
      CHECK(of(sum) == interval{i.lower + j.lower, i.upper + j.upper});
      CHECK(of(difference) == interval{i.lower - j.upper, i.upper - j.lower});
      CHECK(of(times) == hull_of(i, j, product));
      bool const has_zero = j.lower <= 0.0 && j.upper >= 0.0;
      ran_into_zero = ran_into_zero || has_zero;
      bool const is_sure = !(std::isinf(i.lower) || std::isinf(i.upper)) ||
                           !(std::isinf(j.lower) || std::isinf(j.upper));
      if (has_zero) CHECK(of(over) == everything);
      else if (is_sure) CHECK(is_nearly(of(over), hull_of(i, j, quotient)));
    }
  CHECK(ran_into_zero);
}

TEST_CASE("a number times or over an interval, and numbers with each other", "[interval]") {
  graph g;
  bounds const x = known(g);
  bounds const b = two_ends(g);
  bounds const y = known(g);
  CHECK((-x).is_number());
  bounds const left = x * b, right = b * x, over = x / b, by = b / x, of_numbers = x / y;
  for (double number : {-2.0, -0.5, 0.0, 1.0, 4.0})
    for (interval const& i : all_intervals()) {
      INFO(number << " and " << i);
      auto const of = [&](bounds const& r) { return at(r, {number, i.lower, i.upper, 2.0}); };
      interval const n{number, number};
      CHECK(of(left) == hull_of(n, i, product));
      CHECK(of(right) == hull_of(n, i, product));
      bool const has_zero = i.lower <= 0.0 && i.upper >= 0.0;
      CHECK(is_nearly(of(over), has_zero ? everything : hull_of(n, i, quotient)));
      CHECK(of(by) == (number == 0.0 ? everything : hull_of(i, n, quotient)));
      CHECK(of(of_numbers) == interval{number / 2.0, number / 2.0});
    }
  CHECK(at(of_numbers, {1.0, 0.0, 0.0, -0.0}) == everything);
}

TEST_CASE("constants: no node for what changes nothing, no comparison for a sign that is known",
          "[interval]") {
  graph g;
  bounds const b = two_ends(g);
  int const before = g.size();
  CHECK((b + constant(g, 0.0)).lower.index == b.lower.index);
  CHECK((constant(g, 0.0) + b).upper.index == b.upper.index);
  CHECK((b * constant(g, 1.0)).lower.index == b.lower.index);
  CHECK(g.size() == before + 2);  // the constants
  bounds const turned = b * constant(g, -1.0);
  CHECK(g[turned.lower.index].is(code<op::neg>));
  CHECK(at(turned, {-1.0, 3.0}) == interval{-3.0, 1.0});

  for (double c : {-2.0, 0.0, 0.5}) {
    bounds const left = constant(g, c) * b;
    bounds const right = b * constant(g, c);
    CHECK(left.lower.index == right.lower.index);
    CHECK(g[left.lower.index].is(code<op::mul_toward>));
    interval const expected = hull_of({c, c}, {-1.0, 3.0}, product);
    CHECK(at(left, {-1.0, 3.0}) == expected);
  }
  CHECK(at(constant(g, 0.0) * b, {-infinity, infinity}) == interval{0.0, 0.0});
  CHECK(at(b / constant(g, -2.0), {-1.0, 3.0}) == interval{-1.5, 0.5});
  CHECK(at(b / constant(g, 0.0), {1.0, 3.0}) == everything);
  CHECK(at(b / constant(g, -0.0), {1.0, 3.0}) == everything);
}

TEST_CASE("numbers spare nodes", "[interval]") {
  graph g;
  bounds const a = two_ends(g);
  bounds const b = two_ends(g);
  bounds const x = known(g);
  bounds const y = known(g);
  auto const made = [&](auto make) {
    int const before = g.size();
    make();
    return g.size() - before;
  };
  CHECK(made([&] { return x * y; }) == 2);
  CHECK(made([&] { return x * b; }) == 6);  // both ends for each, and which is smaller and larger
  CHECK(made([&] { return a * x; }) == 6);
  CHECK(made([&] { return x * a; }) == 0);  // the same
  CHECK(made([&] { return a * b; }) == 14);
  CHECK(made([&] { return -x; }) == 1);
}

TEST_CASE("the square of an interval is not negative", "[interval]") {
  graph g;
  bounds const b = two_ends(g);
  bounds const square = b * b;
  CHECK(at(square, {-1.0, 2.0}) == interval{0.0, 4.0});
  CHECK(at(square, {-4.0, 2.0}) == interval{0.0, 16.0});
  CHECK(at(square, {-4.0, -2.0}) == interval{4.0, 16.0});
  CHECK(at(square, {0.5, 2.0}) == interval{0.25, 4.0});
  bounds const x = known(g);
  CHECK(at(x * x, {0.0, 0.0, -3.0}) == interval{9.0, 9.0});

  // read transposed it is another matrix
  bounds m = two_ends(g, shape(2, 2));
  axis_map exchanged;
  exchanged.set(0, 1);
  exchanged.set(1, 0);
  bounds turned = m;
  turned.lower.map = turned.upper.map = exchanged;
  point const ends_of_m{{0}, {0}, {0}, {-1, -1, 2, -1}, {2, 1, 3, 2}};
  auto const all = elements<arithmetic>(m * turned, ends_of_m);
  CHECK(all[0] == interval{-2.0, 4.0});
  CHECK(all[1] == interval{-3.0, 3.0});
}

TEST_CASE("ends are rounded outward where they are rounded, and not where they are exact",
          "[interval]") {
  graph g;
  bounds const a = known(g);
  bounds const b = known(g);
  auto const exact_sum = [](double x, double y) { return static_cast<__float128>(x) + y; };
  auto const exact_product = [](double x, double y) { return static_cast<__float128>(x) * y; };
  auto const contains = [](interval const& i, __float128 exact) {
    return i.lower <= exact && exact <= i.upper;
  };
  interval const sum = at(a + b, {0.1, 0.7});
  CHECK(contains(sum, exact_sum(0.1, 0.7)));
  CHECK(sum.lower < sum.upper);
  CHECK(sum.upper - sum.lower < 1e-15);
  interval const times = at(a * b, {0.1, 0.7});
  CHECK(contains(times, exact_product(0.1, 0.7)));
  CHECK(times.lower < times.upper);
  interval const over = at(a / b, {1.0, 3.0});
  CHECK(over.lower * static_cast<__float128>(3.0) < 1);
  CHECK(over.upper * static_cast<__float128>(3.0) > 1);
  CHECK(at(a + b, {0.25, 3.0}) == interval{3.25, 3.25});
  CHECK(at(a * b, {0.25, 3.0}) == interval{0.75, 0.75});
  CHECK(at(a / b, {3.0, 4.0}) == interval{0.75, 0.75});
}

TEST_CASE("NaN stays", "[interval]") {
  graph g;
  bounds const a = two_ends(g);
  bounds const b = two_ends(g);
  for (bounds const& r : {a + b, a * b, -a, a * constant(g, 2.0)})
    CHECK(at(r, {not_a_number, not_a_number, 1.0, 2.0}) == interval{not_a_number, not_a_number});
  CHECK(at(a * a, {not_a_number, not_a_number, 1.0, 2.0}) ==
        interval{not_a_number, not_a_number});
  CHECK(at(a / b, {not_a_number, not_a_number, 1.0, 2.0}) ==
        interval{not_a_number, not_a_number});
}

TEST_CASE("absolute values and hulls", "[interval]") {
  graph g;
  bounds const a = two_ends(g);
  bounds const b = two_ends(g);
  bounds const size = ramp::pass::detail::magnitude(a);
  CHECK(at(size, {-1.0, 3.0, 0.0, 0.0}) == interval{0.0, 3.0});
  CHECK(at(size, {-3.0, 1.0, 0.0, 0.0}) == interval{0.0, 3.0});
  CHECK(at(size, {-3.0, -1.0, 0.0, 0.0}) == interval{1.0, 3.0});
  CHECK(at(size, {1.0, 3.0, 0.0, 0.0}) == interval{1.0, 3.0});
  CHECK(at(size, {-infinity, 1.0, 0.0, 0.0}) == interval{0.0, infinity});
  bounds const of_number = ramp::pass::detail::magnitude({a.lower, a.lower});
  CHECK(of_number.is_number());
  CHECK(at(of_number, {-2.0, 0.0, 0.0, 0.0}) == interval{2.0, 2.0});
  bounds const hull = ramp::pass::detail::hull(a, b);
  CHECK(at(hull, {-1.0, 2.0, 1.0, 5.0}) == interval{-1.0, 5.0});
  CHECK(at(hull, {4.0, 6.0, 1.0, 5.0}) == interval{1.0, 6.0});
}

TEST_CASE("kinks of interval arithmetic are nobody's", "[interval]") {
  graph g;
  bounds const a = two_ends(g);
  value const least = ramp::pass::detail::smaller(a.lower, a.upper);
  CHECK(g[least.index].policy == ramp::standard_policy::value);
  value const size = ramp::pass::detail::internal<op::abs>(0.0, a.lower);
  CHECK(g[size.index].policy == ramp::standard_policy::value);
  // what has no kink has no policy
  value const sum = ramp::pass::detail::up<op::add_toward>(a.lower, a.upper);
  CHECK(g[sum.index].policy == ramp::kink_policy{});
  CHECK(g[sum.index].value == 1.0);
}
