// SPDX-License-Identifier: BSL-1.0
// A program whose global variables are called like local ones of the library gets no warning, and
// warnings are errors here.
#include <ramp/ramp.hpp>

#include <catch2/catch.hpp>

#include <array>

constexpr auto x = ramp::variable<"x">;
constexpr auto y = ramp::variable<"y">;
constexpr auto image = ramp::input<"image", 8>;
constexpr auto label = ramp::class_label<"label", 4>;
constexpr auto h = ramp::relu(ramp::dense<"h", 16>(image));
constexpr auto logits = ramp::dense<"o", 4>(h);
constexpr auto f = sin(x) * y * exp(x) + pow(x, y) * tanh(y) * where(x < y, x, y);
[[maybe_unused]] constexpr int a = 0, b = 0, c = 0, d = 0, e = 0, g = 0, i = 0, j = 0, k = 0, l = 0,
                               m = 0, n = 0, o = 0, p = 0, q = 0, r = 0, s = 0, t = 0, u = 0, v = 0,
                               w = 0, z = 0, at = 0, all = 0, count = 0, data = 0, first = 0,
                               from = 0, index = 0, kind = 0, last = 0, lane = 0, result = 0,
                               row = 0, seed = 0, size = 0, state = 0, to = 0, total = 0, value = 0;

TEST_CASE("global variables with the names of local ones", "[function]") {
  constexpr auto both = ramp::compile(f, derivative(f, wrt(x)));
  constexpr auto second = ramp::compile(hessian(f, wrt(x)));
  auto const [here, slope] = both(x = 1.0, y = 2.0);
  double const above = std::get<0>(both(x = 1.0 + 1e-6, y = 2.0));
  CHECK((above - here) / 1e-6 == Approx(slope).epsilon(1e-4));
  double const steeper = std::get<1>(both(x = 1.0 + 1e-6, y = 2.0));
  CHECK((steeper - slope) / 1e-6 == Approx(second(x = 1.0, y = 2.0)).epsilon(1e-4));
  CHECK(ramp::text(x * y).view() == "x * y");

  constexpr auto step = ramp::training_step<float>(
      [] { return mean_over_batch(cross_entropy(logits, label)); }, ramp::momentum{0.1});
  constexpr auto predict = ramp::compile<float>([] { return softmax(logits); });
  auto model = step.initial_state(ramp::he_normal{}, 1);
  std::array<float, 16> const pixels{1, 2, 3, 4, 5, 6, 7, 8, 8, 7, 6, 5, 4, 3, 2, 1};
  std::array<int, 2> const labels{1, 3};
  auto const before = step(model, image = pixels, label = labels);
  auto const after = step(model, image = pixels, label = labels);
  REQUIRE((before && after));
  CHECK(after.value() < before.value());
  std::array<float, 8> probabilities{};
  REQUIRE(predict(model, image = pixels, ramp::output = probabilities));
  CHECK(probabilities[0] + probabilities[1] + probabilities[2] + probabilities[3] == Approx(1.0));
}
