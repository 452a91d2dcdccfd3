// SPDX-License-Identifier: BSL-1.0
#include <ramp/ramp.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <tuple>

using namespace ramp;

namespace {

constexpr auto x = variable<"x", 4>;
constexpr auto slope = variable<"slope">;
constexpr std::array<double, 4> points{-2.0, -0.5, 0.0, 1.5};

template <class F, class Exact>
void check_function(F const& f, Exact exact) {
  auto const y = f(x = points);
  for (std::size_t i = 0; i < points.size(); ++i) CHECK(y[i] == Approx(exact(points[i])));
}

double sigmoid_of(double a) { return 1 / (1 + std::exp(-a)); }

}  // namespace

TEST_CASE("activation functions are what they are known as", "[nn]") {
  check_function(compile(leaky_relu<0.1>(x)), [](double a) { return a > 0 ? a : 0.1 * a; });
  auto const clamped = [](double a, double low, double high) {
    return std::fmin(std::fmax(a, low), high);
  };
  check_function(compile(relu6(6.0 * x)), [&](double a) { return clamped(6 * a, 0, 6); });
  check_function(compile(hard_tanh(x)), [&](double a) { return clamped(a, -1, 1); });
  check_function(compile(hard_sigmoid(2.0 * x)),
                 [&](double a) { return clamped(2 * a + 3, 0, 6) / 6; });
  check_function(compile(hard_swish(2.0 * x)),
                 [&](double a) { return 2 * a * clamped(2 * a + 3, 0, 6) / 6; });
  check_function(compile(elu<2.0>(x)), [](double a) { return a > 0 ? a : 2 * std::expm1(a); });
  check_function(compile(selu(x)), [](double a) {
    return 1.0507009873554805 * (a > 0 ? a : 1.6732632423543773 * std::expm1(a));
  });
  check_function(compile(softsign(x)), [](double a) { return a / (1 + std::fabs(a)); });
  check_function(compile(clamp(x, -1.0, 0.5)), [&](double a) { return clamped(a, -1, 0.5); });
  check_function(compile(sign(x)), [](double a) { return a > 0 ? 1.0 : a < 0 ? -1.0 : 0.0; });
  check_function(compile(silu(x)), [](double a) { return a * sigmoid_of(a); });
  check_function(compile(gelu(x)),
                 [](double a) { return a / 2 * (1 + std::erf(a / std::sqrt(2))); });
  check_function(compile(gelu_tanh(x)), [](double a) {
    return a / 2 * (1 + std::tanh(std::sqrt(2 / std::acos(-1.0)) * (a + 0.044715 * a * a * a)));
  });
  check_function(compile(mish(x)), [](double a) { return a * std::tanh(std::log1p(std::exp(a))); });
  check_function(compile(log_sigmoid(x)), [](double a) { return std::log(sigmoid_of(a)); });
  check_function(compile(celu<2.0>(x)), [](double a) { return a > 0 ? a : 2 * std::expm1(a / 2); });
  check_function(compile(threshold<0.25, -1.0>(x)), [](double a) { return a > 0.25 ? a : -1.0; });
}

TEST_CASE("the slope of parametric relu can be learned", "[nn]") {
  constexpr auto f = compile(sum(parametric_relu(x, slope)),
                             derivative(sum(parametric_relu(x, slope)), wrt(slope)));
  auto const [value, by_slope] = f(x = points, slope = 0.25);
  CHECK(value == 0.25 * -2.5 + 1.5);
  CHECK(by_slope == -2.5);
}

TEST_CASE("activation functions with a kink take a policy", "[nn]") {
  constexpr auto s = variable<"s">;
  constexpr auto f = compile(derivative(leaky_relu<0.25>(s), wrt(s)),
                             derivative(leaky_relu<0.25>(s, symmetric), wrt(s)),
                             derivative(parametric_relu(s, slope, at_zero<1.0>), wrt(s)));
  CHECK(f(s = 0.0, slope = 0.5) == std::tuple(0.25, 0.625, 1.0));
  // or follow that of the program
  CHECK(compile(derivative(leaky_relu<0.25>(s), wrt(s)), symmetric)(s = 0.0) == 0.625);
  CHECK(compile(derivative(leaky_relu<0.25>(s), wrt(s)), at_zero<1.0>)(s = 0.0) == 1.0);
}

TEST_CASE("functions with two kinks take a policy", "[nn]") {
  constexpr auto s = variable<"s">;
  auto slope_at = [&](auto f, double at) { return compile(derivative(f, wrt(s)))(s = at); };
  CHECK(slope_at(relu6(s, symmetric), 6.0) == 0.5);
  CHECK(slope_at(hard_tanh(s, jax), 1.0) == 1.0);
  CHECK(slope_at(hard_sigmoid(s, symmetric), -3.0) == 0.5 / 6);
  CHECK(slope_at(hard_swish(s, pytorch), 3.0) == 1.5);
  CHECK(slope_at(elu<2.0>(s, at_zero<1.0>), 0.0) == 1.0);
  CHECK(slope_at(selu(s, at_zero<1.0>), 0.0) == Approx(1.0507009873554805));
  CHECK(slope_at(clamp(s, -1.0, 1.0, jax), 1.0) == 0.5);
  CHECK(slope_at(clamp(s, -1.0, 1.0, pytorch), 1.0) == 1.0);
}

TEST_CASE("activation objects are the functions", "[nn]") {
  auto same = [](auto const& object, auto const& function) {
    constexpr auto a = compile(decltype(object(x)){});
    constexpr auto b = compile(decltype(function(x)){});
    CHECK(a(x = points) == b(x = points));
  };
  same(activation::relu, [](auto v) { return relu(v); });
  same(activation::leaky_relu, [](auto v) { return leaky_relu(v); });
  same(activation::relu6, [](auto v) { return relu6(v); });
  same(activation::hard_tanh, [](auto v) { return hard_tanh(v); });
  same(activation::hard_sigmoid, [](auto v) { return hard_sigmoid(v); });
  same(activation::hard_swish, [](auto v) { return hard_swish(v); });
  same(activation::elu, [](auto v) { return elu(v); });
  same(activation::selu, [](auto v) { return selu(v); });
  same(activation::softsign, [](auto v) { return softsign(v); });
  same(activation::sigmoid, [](auto v) { return sigmoid(v); });
  same(activation::log_sigmoid, [](auto v) { return log_sigmoid(v); });
  same(activation::tanh, [](auto v) { return tanh(v); });
  same(activation::softplus, [](auto v) { return softplus(v); });
  same(activation::silu, [](auto v) { return silu(v); });
  same(activation::gelu, [](auto v) { return gelu(v); });
  same(activation::gelu_tanh, [](auto v) { return gelu_tanh(v); });
  same(activation::mish, [](auto v) { return mish(v); });
  same(activation::celu, [](auto v) { return celu(v); });
  same(activation::softmax, [](auto v) { return softmax(v); });
  same(activation::log_softmax, [](auto v) { return log_softmax(v); });
}
