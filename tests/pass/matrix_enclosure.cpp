// SPDX-License-Identifier: BSL-1.0
// Bounds of small matrices, called directly; that they hold what is exact, however badly
// conditioned the matrices are, is in tests/laws/interval.cpp.
#include <ramp/pass/matrix_enclosure.hpp>

#include <catch2/catch.hpp>

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
         op::sum, op::contract, op::view, op::iota, op::reduce_max, op::inverse, op::solve,
         op::triangular_solve, op::cholesky>;

/// A node of a matrix operation whose operands are intervals.
struct context : ramp::pass::matrix_enclosure {
  graph g;
  node n;

  template <class Op>
  void look_at(shape const& a, shape const& b = {}, bool upper = false) {
    owner = &g;
    at = &n;
    bounds const first = two_ends(g, a);
    bounds const second = b.rank > 0 ? two_ends(g, b) : bounds{};
    n = g[ir::matrix_operation<Op>(first.lower, second.lower, upper).index];
    for (std::size_t k = 0; k < n.arity; ++k) {
      bounds const& ends_of = k == 0 ? first : second;
      x[k] = {value{&g, ends_of.lower.index, n.map[k], n.iteration},
              value{&g, ends_of.upper.index, n.map[k], n.iteration}};
    }
  }
  /// Says of operand k that it is a number: its upper end is not looked at.
  void know(std::size_t k) { x[k].upper = x[k].lower; }

  using ramp::pass::matrix_enclosure::above;
  using ramp::pass::matrix_enclosure::ball_of;

  [[nodiscard]] std::vector<interval> found(bounds b, point const& arguments) const {
    b.lower.index = materialized(b.lower);
    b.upper.index = materialized(b.upper);
    return elements<operations>(b, arguments);
  }
};

using numbers = std::vector<double>;

numbers moved(numbers x, double by) {
  for (double& e : x) e += by;
  return x;
}

void check_close(std::vector<interval> const& found, numbers const& exact, double radius) {
  REQUIRE(found.size() == exact.size());
  for (std::size_t i = 0; i < exact.size(); ++i) {
    INFO("element " << i << ": " << found[i] << " for " << exact[i]);
    CHECK(found[i].lower <= exact[i]);
    CHECK(found[i].upper >= exact[i]);
    CHECK(found[i].lower >= exact[i] - radius);
    CHECK(found[i].upper <= exact[i] + radius);
  }
}

// a matrix with an inverse that is exact in a few digits
numbers const a{2, 1, 1, 1};
numbers const inverse_of_a{1, -1, -1, 2};
constexpr double unit = 0x1p-52;

}  // namespace

TEST_CASE("the middle of an interval, and how far both ends are from it", "[interval]") {
  context c;
  c.look_at<op::inverse>(shape(1, 1));
  auto const ball = c.ball_of(c.matrices(0));
  auto const of = [&](value const& v, double low, double high) {
    return c.found({v, v}, {{low}, {high}})[0].upper;
  };
  CHECK(of(ball.middle, 1, 3) == 2.0);
  CHECK(of(ball.radius, 1, 3) == 1.0);
  // the middle of neighbours is the upper one, or the lower one
  for (double const low : {1.0, 1.0 + unit}) {
    double const middle = of(ball.middle, low, low + unit);
    CHECK(of(ball.radius, low, low + unit) >= middle - low);
    CHECK(of(ball.radius, low, low + unit) >= low + unit - middle);
  }
  c.know(0);
  CHECK(c.ball_of(c.matrices(0)).radius.absent());
}

TEST_CASE("what sums of n terms were rounded to is less than their bound", "[interval]") {
  context c;
  c.look_at<op::inverse>(shape(1, 1));
  value const v = c.x[0].lower;
  bounds const above{c.above(v, 3), c.above(v, 3)};
  CHECK(c.found(above, {{1}, {0}})[0].upper >= 1 + 4 * unit);
  CHECK(c.found(above, {{1}, {0}})[0].upper <= 1 + 8 * unit);
  CHECK(c.found(above, {{0}, {0}})[0].upper > 0.0);
}

TEST_CASE("the inverse of a number, and of what is near it", "[interval]") {
  context c;
  c.look_at<op::inverse>(shape(2, 2));
  bounds const near = c.inverted();
  c.know(0);
  bounds const known = c.inverted();
  check_close(c.found(known, {a, a}), inverse_of_a, 64 * unit);
  double const r = 1e-6;
  auto const found = c.found(near, {moved(a, -r), moved(a, r)});
  // |inv(A)| r |inv(A)| and little more
  check_close(found, inverse_of_a, 9.1 * r);
  // the extremes within: A with its elements at the ends
  for (int corner = 0; corner < 16; ++corner) {
    numbers m = a;
    for (std::size_t i = 0; i < 4; ++i) m[i] += (corner >> i & 1) != 0 ? r : -r;
    double const d = m[0] * m[3] - m[1] * m[2];
    numbers const exact{m[3] / d, -m[1] / d, -m[2] / d, m[0] / d};
    check_close(found, exact, 1.0);
  }
  CHECK(found[3].upper - found[3].lower >= 2 * 4 * r);  // not less than the slope by one element
}

TEST_CASE("bounds are infinite where a matrix within may be singular", "[interval]") {
  context c;
  c.look_at<op::inverse>(shape(2, 2));
  bounds const inverse = c.inverted();
  interval const everything{-infinity, infinity};
  for (auto const& i : c.found(inverse, {moved(a, -0.5), moved(a, 0.5)})) CHECK(i == everything);
  for (auto const& i : c.found(inverse, {{1, 2, 2, 4}, {1, 2, 2, 4}})) CHECK(i == everything);
}

TEST_CASE("of a batch each matrix has bounds of its own", "[interval]") {
  context c;
  c.look_at<op::inverse>(shape(2, 2, 2));
  c.know(0);
  numbers const both{2, 1, 1, 1, 1, 2, 2, 4};
  auto const found = c.found(c.inverted(), {both, both});
  check_close({found.begin(), found.begin() + 4}, inverse_of_a, 64 * unit);
  CHECK(found[4] == interval{-infinity, infinity});
}

TEST_CASE("solutions for matrices and vectors, one and several", "[interval]") {
  numbers const b{3, 2};  // A (1, 1)
  for (bool const is_vector : {true, false}) {
    context c;
    c.look_at<op::solve>(shape(2, 2), is_vector ? shape(2) : shape(2, 2));
    numbers const right = is_vector ? b : numbers{3, 5, 2, 3};
    numbers const exact = is_vector ? numbers{1, 1} : numbers{1, 2, 1, 1};
    bounds const all = c.solved();
    c.know(0);
    bounds const of_right = c.solved();
    c.know(1);
    bounds const known = c.solved();
    check_close(c.found(known, {a, a, right, right}), exact, 128 * unit);
    // by the right side: |inv(A)| r
    double const r = 1e-6;
    auto const right_only = c.found(of_right, {a, a, moved(right, -r), moved(right, r)});
    check_close(right_only, exact, 3.1 * r);
    CHECK(right_only[0].upper - right_only[0].lower >= 2 * 2 * r);
    auto const both =
        c.found(all, {moved(a, -r), moved(a, r), moved(right, -r), moved(right, r)});
    check_close(both, exact, 13 * r);
    // those of all corners within
    std::size_t const columns = exact.size() / 2;
    for (unsigned corner = 0; corner < 64; ++corner) {
      auto const side = [&](unsigned bit) { return (corner >> bit & 1u) != 0 ? r : -r; };
      double const m[] = {2 + side(0), 1 + side(1), 1 + side(2), 1 + side(3)};
      double const d = m[0] * m[3] - m[1] * m[2];
      for (std::size_t j = 0; j < columns; ++j) {
        double const first = right[j] + side(4), second = right[columns + j] + side(5);
        double const slack = 1e-14;
        double const x[] = {(m[3] * first - m[1] * second) / d, (m[0] * second - m[2] * first) / d};
        for (std::size_t i = 0; i < 2; ++i) {
          CHECK(both[i * columns + j].lower <= x[i] + slack);
          CHECK(both[i * columns + j].upper >= x[i] - slack);
        }
      }
    }
  }
}

TEST_CASE("solutions for a triangle look at nothing beyond it", "[interval]") {
  for (bool const upper : {false, true}) {
    context c;
    c.look_at<op::triangular_solve>(shape(2, 2), shape(2), upper);
    c.know(0);
    c.know(1);
    bounds const solution = c.solved_triangle(upper);
    numbers const beyond = upper ? numbers{2, 1, 1e300, 4} : numbers{2, 1e300, 1, 4};
    numbers const b{4, 8};
    check_close(c.found(solution, {beyond, beyond, b, b}),
                upper ? numbers{1, 2} : numbers{2, 1.5}, 64 * unit);
  }
}

TEST_CASE("the Cholesky factor, of the lower triangle", "[interval]") {
  context c;
  c.look_at<op::cholesky>(shape(2, 2));
  bounds const near = c.factorized();
  c.know(0);
  bounds const known = c.factorized();
  numbers const matrix{4, 1e300, 2, 10};
  numbers const factor{2, 0, 1, 3};
  check_close(c.found(known, {matrix, matrix}), factor, 1e-14);
  double const r = 1e-6;
  numbers low{4 - r, 0, 2 - r, 10 - r}, high{4 + r, 0, 2 + r, 10 + r};
  auto const found = c.found(near, {low, high});
  check_close(found, factor, 4 * r);
  CHECK(found[1] == interval{0, 0});
  // by the first element, sqrt(4) moves by r / 4
  CHECK(found[0].lower <= std::sqrt(4 - r));
  CHECK(found[0].upper >= std::sqrt(4 + r));
  struct row {
    numbers low, high;
  };
  for (auto const& m : {row{{1, 0, 1, 1}, {1, 0, 1, 1}}, row{{-1, 0, 0, 1}, {-1, 0, 0, 1}},
                        row{{3, 0, 1, 9}, {5, 0, 3, 11}}}) {
    auto const none = c.found(near, {m.low, m.high});
    CHECK(none[0] == interval{-infinity, infinity});
    CHECK(none[1] == interval{0, 0});
    CHECK(none[3] == interval{-infinity, infinity});
  }
}

TEST_CASE("an operand that a batch shares is seen in all of it", "[interval]") {
  context c;
  c.owner = &c.g;
  c.at = &c.n;
  value const shared = argument(c.g, shape(2, 2));
  value const right = argument(c.g, shape(3, 2));
  value const repeated = ir::remapped(shared, axis_map{0x21}, shape(3, 2, 2));
  c.n = c.g[ir::matrix_operation<op::solve>(repeated, right).index];
  for (std::size_t k = 0; k < 2; ++k) {
    value const seen{&c.g, k == 0 ? shared.index : right.index, c.n.map[k], c.n.iteration};
    c.x[k] = {seen, seen};
  }
  CHECK(c.matrices(0).lower.space == shape(3, 2, 2));
  CHECK(c.matrices(1).lower.space == shape(3, 2));
  check_close(c.found(c.solved(), {a, {3, 2, 2, 1, 0, 1}}), {1, 1, 1, 0, -1, 2}, 1e-13);
}
