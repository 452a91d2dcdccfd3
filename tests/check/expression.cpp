// SPDX-License-Identifier: BSL-1.0
#include <ramp/check/expression.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <type_traits>

#include <ramp/ramp.hpp>

using namespace ramp;
using check::at;
using check::check_directional_derivative;
using check::check_dot_product;
using check::check_forward_reverse;
using check::check_gradient;
using check::check_hessian;
using check::text;

namespace {

constexpr auto x = variable<"x">;
constexpr auto v = variable<"v", 3>;
constexpr auto logits = input<"logits", 4>;
constexpr auto label = class_label<"label", 4>;

}  // namespace

TEST_CASE("check_gradient takes an expression and named values", "[check]") {
  auto const f = sum(sin(x * v)) * 0.5 + exp(-x);
  auto const r = check_gradient(f, at(x = 0.3, v = std::array{1.0, -2.0, 0.5}));
  INFO(text(r));
  CHECK(r.passed());
  CHECK(r.compared == 4);
  CHECK((r.worst.argument == "x" || r.worst.argument == "v"));
}

TEST_CASE("a point has the names of the expression, of the same shape and kind", "[check]") {
  using source = ramp::detail::expression_source<std::remove_const_t<decltype(x * v)>>;
  auto const fits = []<class Other>(Other const&) {
    return check::detail::binds_every_name<source, decltype(x = 0.5), Other>();
  };
  CHECK(fits(v = {1, 2, 3}));
  CHECK_FALSE(fits(variable<"v", 2> = {1, 2}));
  CHECK_FALSE(fits(input<"v", 3> = {1, 2, 3}));
  CHECK_FALSE(fits(x = 0.5));
}

TEST_CASE("check_gradient honours the policy at a kink", "[check]") {
  auto const f = relu(x) * 3.0;
  for (auto policy : {standard.value, at_zero<1.0>.value, symmetric.value}) {
    auto const r = check_gradient(f, at(x = 0.0), {.policy = policy});
    CHECK(r.passed());
    CHECK(r.on_kinks == 1);
  }
  auto const nearest = check_gradient(relu(x, at_zero<0.25>) + x, at(x = 0.0));
  CHECK(nearest.passed());
  CHECK(nearest.worst.lower == Approx(1.0));
}

TEST_CASE("check_gradient leaves class labels alone", "[check]") {
  auto const r = check_gradient(cross_entropy(logits, label),
                                at(logits = std::array{0.5, -1.0, 2.0, 0.0}, label = 2));
  INFO(text(r));
  CHECK(r.passed());
  CHECK(r.compared == 4);
}

TEST_CASE("a planted wrong derivative is rejected", "[check]") {
  // stop_gradient hides a factor: the derivative is that of another function
  auto const r = check_gradient(x * stop_gradient(x), at(x = 2.0));
  CHECK(!r.passed());
  CHECK(r.worst.argument == "x");
  CHECK(r.worst.analytic == 2.0);
  CHECK(r.worst.lower == Approx(4.0));
}

TEST_CASE("the modes are checked for expressions of any shape", "[check]") {
  auto const f = softmax(v * 2.0);
  auto const point = at(v = std::array{0.25, -1.0, 0.5});
  CHECK(check_forward_reverse(f, point).passed());
  CHECK(check_dot_product(f, point, 7).passed());
}

TEST_CASE("a gradient is checked along one direction, whatever its size", "[check]") {
  auto const point = at(x = 0.3, v = std::array{1.0, -2.0, 0.5});
  auto const f = sum(sin(x * v)) * 0.5 + exp(-x);
  for (std::uint64_t seed = 1; seed < 10; ++seed) {
    auto const r = check_directional_derivative(f, point, seed);
    INFO(text(r));
    CHECK(r.passed());
    CHECK(r.compared == 1);
  }
  CHECK(!check_directional_derivative(x * stop_gradient(x), at(x = 2.0)).passed());
  CHECK(check_directional_derivative(relu(x), at(x = 0.0)).skipped_near_kink == 1);
}

TEST_CASE("a tensor is checked along one direction with random weights", "[check]") {
  auto const point = at(v = std::array{0.25, -1.0, 0.5});
  CHECK(check_directional_derivative(softmax(v * 2.0), point).passed());
  CHECK(!check_directional_derivative(v * stop_gradient(v), point).passed());
  // second derivatives, as the derivative of a gradient
  CHECK(check_directional_derivative(gradient(sum(exp(v)) * dot(v, v), wrt(v)), point).passed());
}

TEST_CASE("check_hessian takes an expression and named values", "[check]") {
  auto const r =
      check_hessian(sum(exp(x * v)) + dot(v, v), at(x = 0.5, v = std::array{1.0, -2.0, 0.5}));
  INFO(text(r));
  CHECK(r.passed());
  CHECK(r.numerical.compared == 16);
  CHECK(r.symmetry.compared == 6);
  CHECK(check_hessian(cross_entropy(logits, label),
                      at(logits = std::array{0.5, -1.0, 2.0, 0.0}, label = 2))
            .passed());
  CHECK(!check_hessian(x * x * stop_gradient(x), at(x = 2.0)).passed());
}
