// SPDX-License-Identifier: BSL-1.0
#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

#include <ramp/expr/derivative.hpp>
#include <ramp/expr/functions.hpp>
#include <ramp/expr/kinked.hpp>
#include <ramp/nn/activation.hpp>
#include <ramp/nn/layer.hpp>

#include "expr/evaluate.hpp"

using namespace ramp;

namespace {

using numbers = std::vector<double>;
constexpr auto features = input<"features", 2>;
constexpr auto u = variable<"u">;

std::vector<test::bound> const values{{"features", {1, -2}},
                                      {"hidden.weight", {1, 2, 3, 4, 5, 6}},
                                      {"hidden.bias", {10, 0, 1}}};

double at(auto const& f, double x, kink_policy policy = standard.value) {
  return test::evaluate(f, {{"u", x}}, policy);
}

}  // namespace

TEST_CASE("a dense layer is a product and a bias", "[nn]") {
  CHECK(test::elements(dense<"hidden", 3>(features), values) == numbers{3, -8, -8});
}

TEST_CASE("activations", "[nn]") {
  CHECK(at(leaky_relu(u), 2) == 2.0);
  CHECK(at(leaky_relu<0.25>(u), -2) == -0.5);
  CHECK(at(silu(u), 1.5) == Approx(1.5 / (1 + std::exp(-1.5))).epsilon(1e-15));
  CHECK(at(gelu(u), 1.5) == Approx(0.75 * std::erfc(-1.5 / std::sqrt(2.0))).epsilon(1e-15));
}

TEST_CASE("leaky relu at 0 follows the policy", "[nn]") {
  constexpr auto slope = derivative(leaky_relu<0.25>(u), wrt(u));
  CHECK(at(slope, 0) == 0.25);
  CHECK(at(slope, 0, symmetric.value) == 0.625);
  CHECK(at(slope, 0, at_zero<1.0>.value) == 1.0);
}
