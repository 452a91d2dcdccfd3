// SPDX-License-Identifier: BSL-1.0
#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <vector>

#include <ramp/expr/constant.hpp>
#include <ramp/expr/directional.hpp>
#include <ramp/expr/functions.hpp>
#include <ramp/expr/interval.hpp>
#include <ramp/expr/kinked.hpp>
#include <ramp/expr/layout.hpp>
#include <ramp/expr/linear_algebra.hpp>
#include <ramp/expr/matrix.hpp>
#include <ramp/expr/norm.hpp>
#include <ramp/expr/own_operation.hpp>
#include <ramp/expr/reduction.hpp>
#include <ramp/expr/softmax.hpp>

#include "expr/evaluate.hpp"

using namespace ramp;
using namespace ramp::literals;

namespace {

using numbers = std::vector<double>;

constexpr double inf = std::numeric_limits<double>::infinity();

constexpr auto x = variable<"x">;
constexpr auto y = variable<"y">;
constexpr auto v = variable<"v", 3>;
constexpr auto m = variable<"m", 3, 2>;

struct point {
  double x = 0.0, y = 0.0;
  numbers v = {1, 1, 1};
};

numbers value(auto const& f, point const& at = {}, kink_policy policy = standard.value) {
  return test::elements(
      f, {{"x", at.x}, {"y", at.y}, {"v", at.v}, {"m", {1, 2, 3, -4, -2, 1}}}, policy);
}

/// Lower and upper bounds, one after the other.
template <class Lower, class Upper>
numbers both(expressions<Lower, Upper> const& found, point const& at = {}) {
  numbers all = value(get<0>(found), at);
  for (double u : value(get<1>(found), at)) all.push_back(u);
  return all;
}
numbers slopes(auto const& f, double at = 0.0) {
  return both(gradient(f, wrt(x), interval), {.x = at});
}

/// The width of what is as good as one number.
bool is_close(numbers const& b, double expected, double units = 64) {
  double const width = units * 0x1p-52 * std::fmax(1.0, std::fabs(expected));
  return b[0] <= expected && expected <= b[1] && b[1] - b[0] <= width;
}

struct cube : own_operation<1> {
  static constexpr std::string_view name = "cube";
  static constexpr auto define(auto const& r) { return r.x[0] * r.x[0] * r.x[0]; }
  static constexpr auto chain(auto const& r) { return r.g * (3.0 * r.x[0] * r.x[0]); }
};
/// max(a, b / 2), by a condition.
struct chosen : own_operation<2> {
  static constexpr std::string_view name = "chosen";
  static constexpr auto define(auto const& r) {
    return r.template apply<op::max>(r.x[0], 0.5 * r.x[1]);
  }
  static constexpr auto chain(auto const& r) {
    auto const first = r.template apply<op::less>(0.5 * r.x[1], r.x[0]);
    auto const one = r.constant(r.k == 0 ? 1.0 : 0.0);
    auto const other = r.constant(r.k == 0 ? 0.0 : 0.5);
    return r.g * r.template apply<op::where>(first, one, other);
  }
};

}  // namespace

TEST_CASE("at a kink the bounds are the slopes on both sides", "[expr][interval]") {
  CHECK(slopes(relu(x)) == numbers{0, 1});
  CHECK(slopes(abs(x)) == numbers{-1, 1});
  CHECK(slopes(max(x, 2_c * x)) == numbers{1, 2});
  CHECK(slopes(min(x, 2.0 * x)) == numbers{1, 2});
  CHECK(slopes(max(x, 0.5)) == numbers{0, 0});
  CHECK(slopes(max(x, 0.5), 0.5) == numbers{0, 1});
  CHECK(slopes(detail::call<op::leaky_relu>(x, 0.25_c)) == numbers{0.25, 1});
  CHECK(slopes(3_c * relu(x) - x) == numbers{-1, 2});
  CHECK(slopes(x * abs(x)) == numbers{0, 0});
  CHECK(slopes(detail::call<op::clamp>(x, 0_c, 1_c)) == numbers{0, 1});
  CHECK(slopes(detail::call<op::clamp>(x, -1_c, y), 0.0) == numbers{0, 1});
  CHECK(slopes(detail::call<op::relu6>(x)) == numbers{0, 1});
  CHECK(slopes(detail::call<op::hard_tanh>(x), -1.0) == numbers{0, 1});
  numbers const swish = slopes(detail::call<op::hard_swish>(x), 3.0);
  CHECK(is_close({swish[0], 1}, 1));
  CHECK(is_close({1.5, swish[1]}, 1.5));
  CHECK(both(gradient(norm2(v), wrt(v), interval), {.v = {0, 0, 0}}) ==
        numbers{-1, -1, -1, 1, 1, 1});
  CHECK(slopes(hypot(x, y)) == numbers{-1, 1});
  CHECK(both(gradient(max(v), wrt(v), interval)) == numbers{0, 0, 0, 1, 1, 1});
  CHECK(both(gradient(min(v), wrt(v), interval), {.v = {2, 1, 3}}) == numbers{0, 1, 0, 0, 1, 0});
  CHECK(both(gradient(max(v), wrt(v), interval), {.v = {2, 1, 2}}) == numbers{0, 0, 0, 1, 0, 1});
}

TEST_CASE("away from kinks they are one number, but for rounding", "[expr][interval]") {
  for (double at : {-1.5, -0.25, 0.3, 1.0}) {
    CHECK(slopes(relu(x), at) == numbers(2, at > 0 ? 1.0 : 0.0));
    CHECK(is_close(slopes(sin(x) * exp(x), at), (std::sin(at) + std::cos(at)) * std::exp(at)));
    CHECK(is_close(slopes(relu(x) * x + abs(x) / 4, at), at > 0 ? 2 * at + 0.25 : -0.25));
    CHECK(is_close(slopes(log(1 + pow(x, 2_c)) / 2, at), at / (1 + at * at)));
    CHECK(is_close(slopes(atan2(x, 2_c), at), 2 / (at * at + 4)));
    CHECK(is_close(slopes(pow(x, 3_c), at), 3 * at * at));
    CHECK(is_close(slopes(pow(x + 3, y + 1.5), at), 1.5 * std::sqrt(at + 3)));
    CHECK(is_close(slopes(tan(x) - tanh(x), at),
                   1 + std::pow(std::tan(at), 2) - 1 + std::pow(std::tanh(at), 2)));
  }
  numbers const soft = both(gradient(logsumexp(v), wrt(v), interval));
  for (std::size_t i = 0; i < 3; ++i) CHECK(is_close({soft[i], soft[3 + i]}, 1.0 / 3));
}

TEST_CASE("a kink that rounding may hide counts", "[expr][interval]") {
  // 0.1 + 0.2 - 0.3 is not 0 in double, and may be in truth
  CHECK(slopes(relu(x + 0.2 - 0.3), 0.1) == numbers{0, 1});
  CHECK(slopes(relu(x + 0.2 - 0.3), 0.1 + 1e-15) == numbers{1, 1});
  CHECK(slopes(max(x * 3, x + 0.2), 0.1) == numbers{1, 3});
}

TEST_CASE("several names have a pair each", "[expr][interval]") {
  auto const [dx, dy] = gradient(max(x, y) + relu(y) * 2_c, wrt(x, y), interval);
  CHECK(both(dx) == numbers{0, 1});
  CHECK(both(dy) == numbers{0, 3});
  auto const [dv, dm] = gradient(sum(relu(v * m)), wrt(v, m), interval);
  // v * m is (2, -1)
  numbers const by_v = both(dv);
  for (std::size_t i = 0; i < 3; ++i)
    CHECK(is_close({by_v[i], by_v[3 + i]}, numbers{1, 3, -2}[i]));
  CHECK(both(dm).size() == 12);
  // and with raw numbers of their own
  auto const mixed = gradient(3.0 * relu(x) + 5.0 * relu(y), wrt(x, y), interval);
  CHECK(both(mixed[1_c]) == numbers{0, 5});
}

TEST_CASE("where: both branches count next to the border, conditions of other names are certain",
          "[expr][interval]") {
  auto const f = where(x > 0, 3 * x, x);
  CHECK(slopes(f) == numbers{1, 3});
  CHECK(slopes(f, 1.0) == numbers{3, 3});
  CHECK(slopes(f, -1.0) == numbers{1, 1});
  CHECK(slopes(where(y > 0, abs(x), x)) == numbers{1, 1});
  CHECK(slopes(where(y == 0, abs(x), x)) == numbers{-1, 1});
  CHECK(slopes(where(x > 0 && x < 1, x * 2, x), 1.0) == numbers{1, 2});
  CHECK(slopes(where(!(x > 0), x, sqrt(x)), -1.0) == numbers{1, 1});
}

TEST_CASE("poles and the ends of domains are unbounded", "[expr][interval]") {
  CHECK(slopes(sqrt(x)) == numbers{-inf, inf});
  CHECK(slopes(1 / x) == numbers{-inf, 0});
  CHECK(slopes(sqrt(x), 4.0)[1] < inf);
  CHECK(std::isnan(slopes(relu(log(x)), -1.0)[0]));
}

TEST_CASE("products, and what is computed from them", "[expr][interval]") {
  numbers const by_v = both(gradient(log(product(v)), wrt(v), interval), {.v = {2, 4, 0.5}});
  numbers const expected{0.5, 0.25, 2};
  for (std::size_t i = 0; i < 3; ++i) CHECK(is_close({by_v[i], by_v[3 + i]}, expected[i]));
  CHECK(both(gradient(relu(product(v)), wrt(v), interval), {.v = {2, 0, 3}}) ==
        numbers{0, 0, 0, 0, 6, 0});
}

TEST_CASE("the gamma family, unbounded at the poles", "[expr][interval]") {
  CHECK(is_close(slopes(exp(lgamma(x)), 5.0), 24 * 1.5061176684318004));
  CHECK(is_close(slopes(lgamma(x), -1.5), 0.7031566406452432));
  CHECK(is_close(slopes(lgamma(x * x - 2), 0.5), -2.3226916286143606));
  CHECK(is_close(slopes(digamma(x), 1.0), 1.6449340668482264));
  CHECK(slopes(lgamma(x), -2.0) == numbers{-inf, inf});
  CHECK(slopes(lgamma(x + 0.2 - 0.3), 0.1) == numbers{-inf, inf});
}

TEST_CASE("operations of the user's own follow their rule, on both sides of a condition in it",
          "[expr][interval]") {
  auto const f = exp(apply<cube>(x));
  CHECK(is_close(slopes(f, 0.5), 0.75 * std::exp(0.125)));
  CHECK(slopes(relu(apply<cube>(x) - 1), 1.0)[0] == 0);
  CHECK(slopes(apply<chosen>(x, 2_c * y)) == numbers{0, 1});
  CHECK(slopes(apply<chosen>(2_c * x, x), 1.0) == numbers{2, 2});
  CHECK(slopes(apply<chosen>(x, 6_c * x)) == numbers{0, 4});
}

TEST_CASE("solutions of linear systems, unbounded if the matrix may be singular",
          "[expr][interval]") {
  constexpr auto a = stack(stack(x, 1_c), stack(2_c, y));
  constexpr auto solution = solve(a, stack(x, 1_c));  // (x y - 1, -x) / (x y - 2)
  auto const slope = [](auto const& f, double at_x, double at_y) {
    return both(gradient(f, wrt(x), interval), {.x = at_x, .y = at_y});
  };
  CHECK(is_close(slope(sum(relu(solution)), 2, 3), -3.0 / 16, 256));
  numbers const kink = slope(sum(relu(solution)), 0, 4);
  CHECK(is_close({kink[0], -1}, -1, 256));
  CHECK(is_close({-0.5, kink[1]}, -0.5, 256));
  CHECK(slope(sum(solution), 0.5, 4) == numbers{-inf, inf});
  CHECK(is_close(slope(sum(relu(inverse(a))), 2, 3), -11.0 / 16, 256));
}

TEST_CASE("determinants and factors of matrices", "[expr][interval]") {
  constexpr auto a = stack(stack(x, 1_c), stack(2_c, y));
  constexpr auto definite = stack(stack(x, 1_c), stack(1_c, y));
  auto const slope = [](auto const& f, double at_x, double at_y) {
    return both(gradient(f, wrt(x), interval), {.x = at_x, .y = at_y});
  };
  numbers const singular = slope(relu(determinant(a)), 0.5, 4);
  CHECK(singular[0] == 0);
  CHECK(is_close({4, singular[1]}, 4));
  CHECK(is_close(slope(log(determinant(a)), 2, 3), 0.75));
  CHECK(is_close(slope(log_abs_determinant(a) * 2_c, 2, 0.5), -1, 256));
  // sqrt(x), 1 / sqrt(x) and sqrt(y - 1 / x)
  CHECK(is_close(slope(relu(sum(cholesky(definite))), 4, 1.25), 7.0 / 32, 256));
  CHECK_FALSE(std::isfinite(slope(relu(sum(cholesky(definite))), 0.5, 2)[0]));
}

TEST_CASE("rewrites come before bounds", "[expr][interval]") {
  CHECK(slopes(relu(x) - relu(-x)) == numbers{1, 1});
  CHECK(slopes(max(x, 0_c) + min(x, 0_c)) == numbers{1, 1});
  CHECK(slopes(relu(x) + relu(-x) - abs(x)) == numbers{0, 0});
  CHECK(slopes(relu(-relu(x))) == numbers{0, 0});
  CHECK(slopes(relu(relu(x))) == numbers{0, 1});
  CHECK(slopes(sqrt(x * x)) == numbers{-1, 1});
}

TEST_CASE("the nearest policy wins over interval, and interval over those around it",
          "[expr][interval]") {
  CHECK(slopes(relu(x, at_zero<0.25>)) == numbers{0.25, 0.25});
  CHECK(slopes(relu(x, standard) + abs(x)) == numbers{-1, 1});
  auto const smoothed = slopes(abs(x, smooth<0.5>) + relu(x));
  CHECK(is_close({smoothed[0], 0}, 0));
  CHECK(is_close({1, smoothed[1]}, 1));
  auto const [lower, upper] = gradient(relu(x) * 2_c, wrt(x), interval);
  for (kink_policy policy : {at_zero<1.0>.value, smooth<0.5>.value}) {
    CHECK(value(lower, {}, policy) == numbers{0});
    CHECK(value(upper, {}, policy) == numbers{2});
  }
  CHECK(value(gradient(upper * relu(x), wrt(x), at_zero<0.5>)) == numbers{1});
}
