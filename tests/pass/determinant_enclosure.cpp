// SPDX-License-Identifier: BSL-1.0
// Bounds of determinants and cofactors, called directly; that they hold what is exact, however
// badly conditioned the matrices are, is in tests/laws/interval.cpp.
#include <ramp/pass/determinant_enclosure.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "ends.hpp"

using namespace ends;
namespace ir = ramp::ir;

namespace {

constexpr auto operations =
    only<op::outward, op::add_toward, op::mul_toward, op::div_toward, op::abs, op::neg, op::add,
         op::sub, op::mul, op::min, op::max, op::less, op::less_equal, op::equal, op::where,
         op::exp, op::log, op::sum, op::contract, op::view, op::iota, op::slice, op::reshape,
         op::concatenate, op::reduce_max, op::inverse, op::determinant, op::log_determinant,
         op::log_abs_determinant, op::cofactors, op::cofactors_along>;

/// A node of a matrix operation whose operands are intervals.
struct context : ramp::pass::determinant_enclosure {
  graph g;
  node n;

  template <class Op>
  void look_at(shape const& s) {
    owner = &g;
    at = &n;
    bounds const first = two_ends(g, s);
    bounds second;
    if constexpr (Op::arity == 2) second = two_ends(g, s);
    n = g[ir::matrix_operation<Op>(first.lower, second.lower).index];
    for (std::size_t k = 0; k < n.arity; ++k) {
      bounds const& b = k == 0 ? first : second;
      x[k] = {value{&g, b.lower.index, n.map[k], n.iteration},
              value{&g, b.upper.index, n.map[k], n.iteration}};
    }
  }
  /// Says of operand k that it is a number: its upper end is not looked at.
  void know(std::size_t k) { x[k].upper = x[k].lower; }

  [[nodiscard]] std::vector<interval> found(bounds b, point const& arguments) const {
    b.lower.space = b.upper.space = n.result_shape();
    int const lower = ramp::ir::full(b.lower);
    b.upper.index = ramp::ir::full(b.upper);
    b.lower.index = lower;
    return elements<operations>(b, arguments);
  }
};

using numbers = std::vector<double>;

constexpr interval everything{-infinity, infinity};

/// Diagonal matrices with small numbers beside the diagonal.
numbers nearly_diagonal(int n, numbers const& diagonal, double beside) {
  auto const size = static_cast<std::size_t>(n);
  numbers m(size * size, beside);
  for (std::size_t i = 0; i < size; ++i) m[i * size + i] = diagonal[i];
  return m;
}
numbers moved(numbers x, double by) {
  for (double& e : x) e += by;
  return x;
}

void check_close(interval const& found, double exact, double radius) {
  INFO(found << " for " << exact);
  CHECK(found.lower <= exact);
  CHECK(found.upper >= exact);
  CHECK(found.lower >= exact - radius);
  CHECK(found.upper <= exact + radius);
}

/// The bounds of an operation on one matrix: `Bounds` names the member that gives them.
template <class Op, auto Bounds>
std::vector<interval> bounds_of(int n, numbers const& low, numbers const& high) {
  context c;
  c.look_at<Op>(shape(n, n));
  if (low == high) c.know(0);
  return c.found((c.*Bounds)(), {low, high});
}
using ramp::pass::determinant_enclosure;
constexpr auto determinant = bounds_of<op::determinant, &determinant_enclosure::determinant>;
constexpr auto log_determinant =
    bounds_of<op::log_determinant, &determinant_enclosure::log_determinant>;
constexpr auto log_abs_determinant =
    bounds_of<op::log_abs_determinant, &determinant_enclosure::log_abs_determinant>;
constexpr auto cofactors = bounds_of<op::cofactors, &determinant_enclosure::cofactors>;

std::vector<interval> cofactors_along(int n, numbers const& a, numbers const& low,
                                      numbers const& high) {
  context c;
  c.look_at<op::cofactors_along>(shape(n, n));
  c.know(0);
  if (low == high) c.know(1);
  return c.found(c.cofactors_along(), {a, a, low, high});
}

}  // namespace

TEST_CASE("determinants of every size: of numbers, and of what is near them", "[interval]") {
  numbers const diagonal{2, 4, -1, 3, 0.5};
  double exact = 1.0;
  double largest = 1.0;
  for (int n = 1; n <= 5; ++n) {
    INFO(n << " rows");
    exact *= diagonal[static_cast<std::size_t>(n - 1)];
    largest = std::fmax(largest, std::fabs(exact));
    numbers const m = nearly_diagonal(n, diagonal, 0.0);
    check_close(determinant(n, m, m)[0], exact, 1e-9);
    double const r = 1e-7;
    auto const near = determinant(n, moved(m, -r), moved(m, r))[0];
    check_close(near, exact, 4e4 * r);
    // the diagonal moves it by at least this
    double others = 0.0;
    for (int i = 0; i < n; ++i) others += std::fabs(exact / diagonal[static_cast<std::size_t>(i)]);
    CHECK(near.lower <= exact - 0.99 * r * others);
    CHECK(near.upper >= exact + 0.99 * r * others);
  }
}

TEST_CASE("up to three rows singular matrices have bounds, from four on they have none",
          "[interval]") {
  for (int n = 1; n <= 5; ++n) {
    INFO(n << " rows");
    auto const count = static_cast<std::size_t>(n) * static_cast<std::size_t>(n);
    numbers const zero(count, 0.0);
    numbers const ones(count, n == 1 ? 0.0 : 1.0);
    for (numbers const& m : {zero, ones}) {
      auto const d = determinant(n, m, m)[0];
      auto const c = cofactors(n, m, m);
      if (n <= 3) {
        check_close(d, 0.0, 1e-13);
        for (auto const& i : c) check_close(i, n == 1 ? 1.0 : n == 2 ? i.lower : 0.0, 1e-13);
      } else {
        CHECK(d == everything);
        for (auto const& i : c) CHECK(i == everything);
      }
      CHECK(log_abs_determinant(n, m, m)[0].lower == -infinity);
    }
  }
  // what may be singular, and what is not known to be regular
  CHECK(determinant(4, numbers(16, -1.0), numbers(16, 1.0))[0] == everything);
  check_close(determinant(2, numbers(4, -1.0), numbers(4, 1.0))[0], 0.0, 8.1);
  // that all are regular does not say how large the determinant is
  numbers const one = nearly_diagonal(4, numbers(4, 1.0), 0.0);
  CHECK(determinant(4, moved(one, -0.15), moved(one, 0.15))[0] == everything);
  CHECK(log_determinant(4, moved(one, -0.15), moved(one, 0.15))[0] == everything);
  check_close(determinant(4, moved(one, -0.01), moved(one, 0.01))[0], 1.0, 0.5);
}

TEST_CASE("a matrix without bounds has a determinant without bounds", "[interval]") {
  for (int n = 1; n <= 4; ++n) {
    INFO(n << " rows");
    numbers low = nearly_diagonal(n, numbers(5, 1.0), 0.0);
    numbers high = low;
    low[0] = -infinity;
    for (double const top : {1.0, infinity}) {
      high[0] = top;
      CHECK(determinant(n, low, high)[0] == everything);
      CHECK(log_abs_determinant(n, low, high)[0] == everything);
      numbers const one = nearly_diagonal(n, numbers(5, 1.0), 0.0);
      if (n < 3) continue;
      for (interval const& i : cofactors(n, low, high)) CHECK(i == everything);
      for (interval const& i : cofactors_along(n, one, low, high)) CHECK(i == everything);
    }
  }
}

TEST_CASE("the sign of a large determinant is that of all within", "[interval]") {
  numbers const m = nearly_diagonal(4, {1, 1, 1, 1}, 0.0);
  numbers exchanged = m;
  std::swap_ranges(exchanged.begin(), exchanged.begin() + 4, exchanged.begin() + 4);
  check_close(determinant(4, m, m)[0], 1.0, 1e-11);
  check_close(determinant(4, exchanged, exchanged)[0], -1.0, 1e-11);
  auto const near = determinant(4, moved(exchanged, -1e-3), moved(exchanged, 1e-3))[0];
  CHECK(near.upper < -0.9);
  CHECK(near.lower > -1.1);
  // none where it underflows: then 0 is between
  numbers const tiny = nearly_diagonal(4, {1e-100, 1e-100, 1e-100, 1e-100}, 0.0);
  auto const small = determinant(4, tiny, tiny)[0];
  CHECK(small.lower <= 0.0);
  CHECK(small.upper >= 0.0);
  CHECK(small.upper < 1e-300);
}

TEST_CASE("logarithms do not overflow where the determinant does", "[interval]") {
  for (int n = 1; n <= 5; ++n) {
    INFO(n << " rows");
    numbers const m = nearly_diagonal(n, numbers(5, 3.0), 0.0);
    check_close(log_determinant(n, m, m)[0], n * std::log(3.0), 1e-11);
    numbers negative = m;
    for (std::size_t j = 0; j < static_cast<std::size_t>(n); ++j) negative[j] = -negative[j];
    check_close(log_abs_determinant(n, negative, negative)[0], n * std::log(3.0), 1e-11);
    auto const near = log_abs_determinant(n, moved(m, -1e-6), moved(m, 1e-6))[0];
    check_close(near, n * std::log(3.0), 1e-4);
    CHECK(near.lower <= n * std::log(3.0 - 1e-6));
    CHECK(near.upper >= n * std::log(3.0 + 1e-6));
  }
  numbers const large = nearly_diagonal(4, numbers(4, 1e200), 0.0);
  check_close(log_determinant(4, large, large)[0], 800 * std::log(10.0), 1e-9);
  CHECK(determinant(4, large, large)[0].upper == infinity);
  // one that may be 0 has a logarithm without a lower bound
  auto const open = log_determinant(2, {1, 0, 0, -0.5}, {1, 0, 0, 2})[0];
  CHECK(open.lower == -infinity);
  CHECK(open.upper >= std::log(2.0));
  auto const of_either_sign = log_abs_determinant(2, {1, 0, 0, -3}, {1, 0, 0, 2})[0];
  CHECK(of_either_sign.lower == -infinity);
  CHECK(of_either_sign.upper >= std::log(3.0));
}

TEST_CASE("cofactors of every size", "[interval]") {
  CHECK(cofactors(1, {5}, {7}) == std::vector<interval>{{1, 1}});
  // of two rows the elements themselves
  CHECK(cofactors(2, {1, 2, 3, 4}, {5, 6, 7, 8}) ==
        std::vector<interval>{{4, 8}, {-7, -3}, {-6, -2}, {1, 5}});
  numbers const diagonal{2, 4, -1, 3, 0.5};
  for (int n = 3; n <= 5; ++n) {
    INFO(n << " rows");
    double product = 1.0;
    for (int i = 0; i < n; ++i) product *= diagonal[static_cast<std::size_t>(i)];
    numbers const m = nearly_diagonal(n, diagonal, 0.0);
    auto const known = cofactors(n, m, m);
    auto const near = cofactors(n, moved(m, -1e-7), moved(m, 1e-7));
    for (int i = 0; i < n * n; ++i) {
      bool const on_diagonal = i % (n + 1) == 0;
      double const exact = on_diagonal ? product / diagonal[static_cast<std::size_t>(i / n)] : 0.0;
      check_close(known[static_cast<std::size_t>(i)], exact, 1e-9);
      interval const wide = near[static_cast<std::size_t>(i)];
      check_close(wide, exact, 1e-2);
      CHECK(wide.upper - wide.lower > 1e-7);
    }
  }
  // the place of a cofactor is that of its element
  auto const turned = cofactors(3, {1, 1, 0, 0, 1, 0, 0, 0, 1}, {1, 1, 0, 0, 1, 0, 0, 0, 1});
  check_close(turned[1], 0.0, 1e-13);
  check_close(turned[3], -1.0, 1e-13);
  numbers large = nearly_diagonal(4, {1, 1, 1, 1}, 0.0);
  large[1] = 1.0;
  check_close(cofactors(4, large, large)[1], 0.0, 1e-10);
  check_close(cofactors(4, large, large)[4], -1.0, 1e-10);
}

TEST_CASE("cofactors along a matrix", "[interval]") {
  CHECK(cofactors_along(1, {5}, {1}, {2}) == std::vector<interval>{{0, 0}});
  CHECK(cofactors_along(2, {9, 9, 9, 9}, {1, 2, 3, 4}, {5, 6, 7, 8}) ==
        std::vector<interval>{{4, 8}, {-7, -3}, {-6, -2}, {1, 5}});
  for (int n = 3; n <= 5; ++n) {
    INFO(n << " rows");
    // of the unit matrix along a diagonal one: the sum of the other elements
    numbers const one = nearly_diagonal(n, numbers(5, 1.0), 0.0);
    numbers const along = nearly_diagonal(n, {1, 2, 3, 4, 5}, 0.0);
    auto const known = cofactors_along(n, one, along, along);
    auto const near = cofactors_along(n, one, moved(along, -1e-7), moved(along, 1e-7));
    for (int i = 0; i < n * n; ++i) {
      double const exact = i % (n + 1) == 0 ? n * (n + 1) / 2 - (i / n + 1) : 0;
      check_close(known[static_cast<std::size_t>(i)], exact, 1e-9);
      interval const wide = near[static_cast<std::size_t>(i)];
      check_close(wide, exact, 1e-4);
      double const least = i % (n + 1) == 0 ? (n - 1) * 1e-7 : 0.99e-7;
      CHECK(wide.lower <= exact - 0.99 * least);
      CHECK(wide.upper >= exact + 0.99 * least);
    }
  }
  numbers const singular(16, 1.0);
  for (auto const& i : cofactors_along(4, singular, singular, singular)) CHECK(i == everything);
}
