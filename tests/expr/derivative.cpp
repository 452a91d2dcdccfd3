// SPDX-License-Identifier: BSL-1.0
#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

#include <ramp/expr/constant.hpp>
#include <ramp/expr/derivative.hpp>
#include <ramp/expr/functions.hpp>
#include <ramp/expr/kinked.hpp>
#include <ramp/expr/layout.hpp>
#include <ramp/expr/linear_algebra.hpp>
#include <ramp/expr/reduction.hpp>
#include <ramp/expr/slice.hpp>

#include "expr/evaluate.hpp"

using namespace ramp;
using namespace ramp::literals;

namespace {

using numbers = std::vector<double>;

constexpr auto s = variable<"s">;
constexpr auto t = variable<"t">;
constexpr auto v = variable<"v", 3>;
constexpr auto a = variable<"a", 2, 3>;

numbers value(auto const& f, kink_policy policy = standard.value) {
  return test::elements(
      f, {{"s", 0.5}, {"t", 2.0}, {"v", {1, 2, 3}}, {"a", {1, 0, 2, -1, 3, 1}}}, policy);
}

}  // namespace

TEST_CASE("derivatives nest to any order", "[expr]") {
  constexpr auto f = sin(s) * exp(-s * s);
  constexpr auto d1 = derivative(f, wrt(s));
  constexpr auto d2 = derivative(d1, wrt(s));
  constexpr auto d3 = derivative(d2, wrt(s));
  double const x = 0.5;
  double const e = std::exp(-x * x);
  double const si = std::sin(x);
  double const co = std::cos(x);
  CHECK(value(d1)[0] == Approx(e * (co - 2 * x * si)).epsilon(1e-14));
  CHECK(value(d2)[0] == Approx(e * (-3 * si - 4 * x * co + 4 * x * x * si)).epsilon(1e-14));
  // d/dx of the line above
  double const slope = -3 * co - 4 * co + 4 * x * si + 8 * x * si + 4 * x * x * co -
                       2 * x * (-3 * si - 4 * x * co + 4 * x * x * si);
  CHECK(value(d3)[0] == Approx(e * slope).epsilon(1e-13));
}

TEST_CASE("a gradient by several names is a tuple of expressions", "[expr]") {
  auto const [by_s, by_v] = gradient(s * dot(v, v), wrt(s, v));
  CHECK(value(by_s) == numbers{14});
  CHECK(value(by_v) == numbers{1, 2, 3});
  CHECK(value(gradient(s * dot(v, v), wrt(s, v))[1_c]) == numbers{1, 2, 3});
  CHECK(value(gradient(s * t, wrt(v))) == numbers{0, 0, 0});
}

TEST_CASE("a gradient inside an expression is differentiated through", "[expr]") {
  constexpr auto f = s * dot(v, hadamard(v, v));
  constexpr auto g = gradient(f, wrt(v));  // 3 s v^2
  CHECK(value(gradient(dot(g, g), wrt(v))) == numbers{9, 72, 243});  // 36 s^2 v^3
  auto const hv = gradient(dot(g, stop_gradient(v)), wrt(v));  // H v = 6 s v * v
  CHECK(value(hv) == numbers{3, 12, 27});
  CHECK(value(jvp(g, wrt(v), v)) == numbers{3, 12, 27});
}

TEST_CASE("products with the Jacobian, and the Jacobian", "[expr]") {
  constexpr auto f = a * hadamard(v, v);
  CHECK(value(jvp(f, wrt(v), v)) == numbers{2 * (1.0 + 18), 2 * (-1 + 12 + 9.0)});
  CHECK(value(vjp(f, wrt(v), f)) == numbers{2 * 19 - 2 * 20.0, 4 * 3 * 20.0, 6 * (2 * 19 + 20.0)});
  CHECK(value(jacobian(f, wrt(v))) == numbers{2, 0, 12, -2, 12, 6});
  CHECK(value(jacobian(hadamard(v, v), wrt(v))) == numbers{2, 0, 0, 0, 4, 0, 0, 0, 6});
  CHECK(value(jacobian(s * v, wrt(s))) == numbers{1, 2, 3});
  CHECK(value(jacobian(s * t, wrt(s))) == numbers{2});
  CHECK(value(derivative(s * v, wrt(s))) == numbers{1, 2, 3});
  // more results than variables: forward mode, and the axes in the right order
  constexpr auto wide = outer(hadamard(v, v), concatenate(s * v, v));
  numbers const columns = value(jacobian(wide, wrt(v)));
  REQUIRE(columns.size() == 54);
  CHECK(columns[0] == 1.5);              // d(v0^2 s v0)/dv0 = 3 s v0^2
  CHECK(columns[(1 * 6 + 5) * 3 + 1] == 12);  // d(v1^2 v2)/dv1 = 2 v1 v2
  CHECK(columns[(1 * 6 + 5) * 3 + 2] == 4);   // d(v1^2 v2)/dv2 = v1^2
  CHECK(columns[(1 * 6 + 5) * 3 + 0] == 0);
}

TEST_CASE("the Hessian is symmetric and right", "[expr]") {
  constexpr auto f = s * dot(v, v) * sum(v);
  // 2 s (sum(v) I + v 1' + 1 v') by hand
  CHECK(value(hessian(f, wrt(v))) == numbers{8, 3, 4, 3, 10, 5, 4, 5, 12});
  CHECK(value(hessian(sin(s), wrt(s)))[0] == Approx(-std::sin(0.5)).epsilon(1e-15));
}

TEST_CASE("a Hessian costs the compiler one derivative, whatever its size", "[expr]") {
  constexpr auto x = variable<"x", 12>;
  constexpr auto low = slice<0, 0, 11>(x);
  constexpr auto rise = slice<0, 1, 11>(x) - low * low;
  constexpr auto f = sum(100_c * (rise * rise) + (1_c - low) * (1_c - low));  // Rosenbrock
  constexpr auto h = hessian(f, wrt(x));
  numbers point;
  for (int i = 0; i < 12; ++i) point.push_back(0.25 * i - 1);
  numbers const at = test::elements(h, {{"x", point}});
  REQUIRE(at.size() == 144);
  auto const entry = [&](int i, int j) { return at[static_cast<std::size_t>(12 * i + j)]; };
  CHECK(entry(0, 0) == 1200 * point[0] * point[0] - 400 * point[1] + 2);
  CHECK(entry(5, 5) == Approx(1200 * point[5] * point[5] - 400 * point[6] + 202));
  CHECK(entry(11, 11) == 200.0);
  CHECK(entry(5, 6) == -400 * point[5]);
  CHECK(entry(6, 5) == -400 * point[5]);
  CHECK(entry(5, 7) == 0.0);
  lowerer l(standard.value);
  l.add_constant(h);
  CHECK(l.finish().graph.size() < 150);
}

TEST_CASE("third derivatives of a vector", "[expr]") {
  constexpr auto cubic = s * dot(v, hadamard(v, v));
  numbers const third = value(jacobian(hessian(cubic, wrt(v)), wrt(v)));
  REQUIRE(third.size() == 27);
  for (std::size_t i = 0; i < 27; ++i) CHECK(third[i] == (i % 13 == 0 ? 3.0 : 0.0));
}

TEST_CASE("the nearest policy decides at a kink", "[expr]") {
  constexpr auto zero = s - 0.5_c;
  auto const slope = [](auto const& f, auto... policy) { return gradient(f, wrt(s), policy...); };
  CHECK(value(slope(relu(zero))) == numbers{0});
  CHECK(value(slope(relu(zero)), at_zero<0.25>.value) == numbers{0.25});
  CHECK(value(slope(relu(zero), symmetric), at_zero<0.25>.value) == numbers{0.5});
  CHECK(value(slope(relu(zero, at_zero<1.0>), symmetric), at_zero<0.25>.value) == numbers{1});
  CHECK(value(slope(abs(zero), at_zero<1.0>)) == numbers{1});
  CHECK(value(slope(max(zero, 2 * zero))) == numbers{1.5});
  // one expression under two policies
  constexpr auto f = relu(zero);
  CHECK(value(slope(f, at_zero<0.25>) + slope(f, at_zero<0.5>)) == numbers{0.75});
  // an inner gradient inherits from the outer one
  CHECK(value(slope(t * slope(relu(zero)) * s, at_zero<0.25>)) == numbers{0.5});
}

TEST_CASE("rewrites apply before differentiation", "[expr]") {
  constexpr auto zero = s - 0.5_c;
  CHECK(value(gradient(relu(zero) - relu(-zero), wrt(s))) == numbers{1});
  CHECK(value(gradient(max(zero, 0.0), wrt(s)), at_zero<0.25>.value) == numbers{0.25});
  CHECK(value(gradient(sqrt(zero * zero), wrt(s))) == numbers{0});
}

TEST_CASE("a branch not taken has no say", "[expr]") {
  constexpr auto zero = s - 0.5_c;
  CHECK(value(gradient(where(zero > 0, sqrt(zero), 0.0), wrt(s))) == numbers{0});
  CHECK(value(gradient(where(zero > 0, log(zero), s), wrt(s))) == numbers{1});
}
