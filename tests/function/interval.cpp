// SPDX-License-Identifier: BSL-1.0
// Bounds of gradients as compiled functions: they hold the gradients of compiled functions, in
// float and double, and are bounds in constant expressions too.
#include <ramp/ramp.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstddef>

using namespace ramp;
using namespace ramp::literals;

namespace {

constexpr auto x = variable<"x", 8>;
constexpr auto w = variable<"w", 8, 12>;
constexpr auto b = variable<"b", 12>;
constexpr auto out = variable<"out", 12>;
constexpr auto hidden = relu(x * w + b);
constexpr auto loss = softplus(dot(hidden, out)) + max(hidden) + 0.125_c * sum(abs(w));

template <class T, std::size_t Count>
constexpr std::array<T, Count> numbers(int seed, bool integers) {
  std::array<T, Count> all{};
  xoshiro256 random(static_cast<std::uint64_t>(seed));
  for (T& n : all)
    n = integers ? static_cast<T>(uniform_below(3, random)) - T(1)
                 : static_cast<T>(uniform_below(2001, random)) / T(1000) - T(0.9997);
  return all;
}

/// By w: more elements than forward mode bounds.
template <class T>
constexpr auto bounds = compile<T>([] { return gradient(loss, wrt(w, x), interval); });
template <class T, class Policy>
constexpr auto slopes = compile<T>([] { return gradient(loss, wrt(w, x)); }, Policy{});

template <class T, class Policy>
void check(bool integers) {
  double const rounding = sizeof(T) == 4 ? 1e-5 : 1e-13;
  int wide = 0;
  for (int seed = 0; seed < 20; ++seed) {
    auto const xs = numbers<T, 8>(seed, integers);
    auto const ws = numbers<T, 96>(seed + 100, integers);
    auto const bs = numbers<T, 12>(seed + 200, integers);
    auto const outs = numbers<T, 12>(seed + 300, integers);
    auto const [wl, wu, xl, xu] = bounds<T>(x = xs, w = ws, b = bs, out = outs);
    auto const [dw, dx] = slopes<T, Policy>(x = xs, w = ws, b = bs, out = outs);
    for (std::size_t i = 0; i < 96; ++i) {
      REQUIRE(static_cast<double>(wl[i]) <= static_cast<double>(dw[i]) + rounding);
      REQUIRE(static_cast<double>(wu[i]) >= static_cast<double>(dw[i]) - rounding);
      wide += wu[i] - wl[i] > T(1e-3);
    }
    for (std::size_t i = 0; i < 8; ++i) {
      REQUIRE(static_cast<double>(xl[i]) <= static_cast<double>(dx[i]) + rounding);
      REQUIRE(static_cast<double>(xu[i]) >= static_cast<double>(dx[i]) - rounding);
    }
  }
  CHECK((wide > 0) == integers);
}

constexpr auto y = variable<"y">;
constexpr auto of_one = compile([] { return gradient(abs(y) + exp(relu(y)), wrt(y), interval); });
constexpr auto at_kink = of_one(y = 0.0);
static_assert(std::get<0>(at_kink) <= -1.0 && std::get<0>(at_kink) > -1.0 - 1e-15);
static_assert(std::get<1>(at_kink) >= 2.0 && std::get<1>(at_kink) < 2.0 + 1e-15);

// what takes most nodes
constexpr auto a = variable<"a", 3, 3>;
constexpr auto factors = sum(relu(cholesky(a))) + log(determinant(a));
constexpr auto bounds_of_factors = compile([] { return gradient(factors, wrt(a), interval); });
constexpr auto slopes_of_factors = compile([] { return gradient(factors, wrt(a)); });

}  // namespace

TEST_CASE("compiled bounds of what is computed from whole matrices", "[function][interval]") {
  for (int seed = 0; seed < 20; ++seed) {
    auto matrix = numbers<double, 9>(seed, false);
    for (std::size_t i = 0; i < 9; i += 4) matrix[i] += 3.0;
    auto const [lower, upper] = bounds_of_factors(a = matrix);
    auto const slopes = slopes_of_factors(a = matrix);
    for (std::size_t i = 0; i < 9; ++i) {
      CHECK(lower[i] <= slopes[i]);
      CHECK(upper[i] >= slopes[i]);
      CHECK(upper[i] - lower[i] < 1e-12);
    }
  }
}

TEMPLATE_TEST_CASE("compiled bounds hold compiled gradients", "[function][interval]", float,
                   double) {
  check<TestType, standard_policy>(true);
  check<TestType, at_zero_policy<1.0>>(true);
  check<TestType, standard_policy>(false);
}
