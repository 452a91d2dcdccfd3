// SPDX-License-Identifier: BSL-1.0
#include <ramp/check/sensitivity.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <string>

#include <ramp/ramp.hpp>

#include "laws/graph_laws.hpp"

using namespace ramp;
using namespace ramp::literals;
using check::at;
using check::policy_sensitivity;
using check::text;

namespace {

constexpr auto x = variable<"x">;
constexpr auto y = variable<"y">;
constexpr auto v = variable<"v", 3>;
constexpr auto w = variable<"w", 3>;
constexpr auto logits = input<"logits", 4>;
constexpr auto label = class_label<"label", 4>;

}  // namespace

TEST_CASE("one kink: the smallest and the largest derivative, and who gives them", "[check]") {
  auto const s = policy_sensitivity(3_c * abs(x) + x * y, at(x = 0.0, y = 0.5));
  REQUIRE(s.kinks.size() == 1);
  CHECK(s.kinks[0].place == "abs(x)");
  CHECK(s.kinks[0].elements == 1);
  CHECK(s.kinks[0].uses == 1);
  REQUIRE(s.elements.size() == 2);
  CHECK(s.dependent() == 1);
  auto const& m = s.most();
  CHECK(m.argument == "x");
  CHECK(m.index == 0);
  CHECK(m.smallest == -2.5);
  CHECK(m.smallest_under == "at_zero<0.0>");
  CHECK(m.largest == 3.5);
  CHECK(m.largest_under == "at_zero<1.0>");
  CHECK(m.lower == Approx(-2.5).epsilon(1e-14));
  CHECK(m.upper == Approx(3.5).epsilon(1e-14));
  CHECK(s.elements[1].argument == "y");
  CHECK(s.elements[1].spread() == 0.0);
  CHECK(s.elements[1].smallest == 0.0);
  CHECK(s.policies.size() == 7);
  CHECK(s.unstated.empty());
  CHECK(text(s) ==
        "1 of 2 derivatives depends on the policy; 1 operation is on a kink:\n"
        "  abs(x) in 1 element\n"
        "Most: \"x\"[0] is -2.5 under at_zero<0.0>, 3.5 under at_zero<1.0>.\n"
        "Beside the point \"x\"[0] is within -2.5 and 3.5.");
}

TEST_CASE("off every kink there is one gradient, and one sentence", "[check]") {
  auto const s = policy_sensitivity(sum(relu(v)) + max(v), at(v = std::array{1.0, -2.0, 0.5}));
  CHECK(s.kinks.empty());
  CHECK(s.dependent() == 0);
  CHECK(s.elements[0].smallest == 2.0);
  CHECK(text(s) ==
        "No operation is on a kink where a policy decides: the gradient does not depend on it.");
}

TEST_CASE("elements of tensors, reductions and raw numbers", "[check]") {
  auto const s = policy_sensitivity(sum(hadamard(relu(v - 0.5), w)) + max(w) * min(w),
                                    at(v = std::array{0.5, 2.0, 0.5}, w = std::array{4., 4., 4.}));
  CHECK(text(s) ==
        "2 of 6 derivatives depend on the policy; 3 operations are on a kink:\n"
        "  relu(v - 0.5) in 2 elements\n"
        "  max(w) in 1 element\n"
        "  min(w) in 1 element\n"
        "Most: \"v\"[0] is 0 under standard, 4 under at_zero<1.0>.\n"
        "Beside the point \"v\"[0] is within 0 and 4.");
  // ties of a reduction are shared evenly by all of them, but need not be
  CHECK(s.elements[3].spread() == 0.0);
  CHECK(s.elements[3].lower == Approx(0).margin(1e-14));
  CHECK(s.elements[3].upper == Approx(8).epsilon(1e-14));
}

TEST_CASE("an operation that is used several times is one place", "[check]") {
  auto const f = relu(x);
  auto const s = policy_sensitivity(f * exp(f) - f * y, at(x = 0.0, y = 3.0));
  REQUIRE(s.kinks.size() == 1);
  CHECK(s.kinks[0].uses == 3);
  CHECK(text(s).find("relu(x) in 1 element, used 3 times\n") != std::string::npos);
}

TEST_CASE("bounds show where a policy is wrong", "[check]") {
  // twice the sum of x and 1, spelled so that nothing is rewritten
  auto const s = policy_sensitivity(2_c * max(x, 1_c) + 2_c * min(x, 1_c), at(x = 1.0));
  CHECK(text(s) ==
        "1 of 1 derivative depends on the policy; 2 operations are on a kink:\n"
        "  max(x, 1) in 1 element\n"
        "  min(x, 1) in 1 element\n"
        "Most: \"x\"[0] is 0 under standard, 4 under at_zero<1.0>.\n"
        "Beside the point \"x\"[0] is within 2 and 2.\n"
        "Outside of that, and wrong, under some policy: 1 derivative.");
  CHECK(s.most().is_out_of_bounds());
}

TEST_CASE("large and infinite bounds", "[check]") {
  check::derivative_range e{
      .argument = "x", .smallest = -3e9, .largest = 1, .lower = 1, .upper = 1};
  CHECK(e.is_out_of_bounds());
  e.lower = -3e9 * (1 - 0x1p-50);  // as near as rounding
  CHECK(!e.is_out_of_bounds());
  e = {.argument = "x", .smallest = 3, .largest = 3, .lower = 2};
  CHECK(!e.is_out_of_bounds());
  check::sensitivity s;
  s.kinks = {{"relu(x)", 1, 1}};
  s.elements = {e};
  CHECK(text(s).ends_with("\nBeside the point \"x\"[0] is within 2 and inf."));
  s.elements[0].lower = 1e-16;
  s.elements[0].upper = 3;
  CHECK(text(s).ends_with("\nBeside the point \"x\"[0] is within 0 and 3."));
}

TEST_CASE("what all constant policies agree in, other choices need not", "[check]") {
  // two kinks with one weight cancel
  auto const s = policy_sensitivity(relu(x + y) - relu(x - y), at(x = 0.0, y = 0.0));
  CHECK(s.elements[0].spread() == 0.0);
  CHECK(s.elements[1].largest == 2.0);
  CHECK(s.elements[0].lower == Approx(-1));
  CHECK(s.elements[0].upper == Approx(1));
  auto const none = policy_sensitivity(relu(x) * y - relu(2_c * x), at(x = 0.0, y = 2.0));
  CHECK(none.dependent() == 0);
  CHECK(text(none) ==
        "0 of 2 derivatives depend on the policy; 2 operations are on a kink:\n"
        "  relu(x) in 1 element\n"
        "  relu(2 * x) in 1 element\n"
        "Beside the point \"x\"[0] is within -2 and 2.");
}

TEST_CASE("a use with a policy of its own has been decided", "[check]") {
  auto const own = policy_sensitivity(relu(x, at_zero<0.25>), at(x = 0.0));
  CHECK(own.kinks.empty());
  CHECK(own.elements[0].smallest == 0.25);
  CHECK(own.elements[0].largest == 0.25);
  auto const branch = policy_sensitivity(where(y > 0_c, x, relu(x)), at(x = 0.0, y = 1.0));
  CHECK(branch.kinks.empty());  // not taken
  CHECK(branch.dependent() == 0);
}

TEST_CASE("the policy of derivatives that the expression has inside counts", "[check]") {
  auto const s = policy_sensitivity(x * gradient(relu(y), wrt(y)), at(x = 3.0, y = 0.0));
  REQUIRE(s.kinks.size() == 1);
  CHECK(s.kinks[0].place == "relu(y)");
  CHECK(s.elements[0].smallest == 0.0);
  CHECK(s.elements[0].largest == 1.0);
  CHECK(s.unbounded != "");  // a derivative jumps
  CHECK(text(s).find("\nNo bounds beside the point: ") != std::string::npos);
}

TEST_CASE("systems without a convention for an operation are left out and named", "[check]") {
  auto const s = policy_sensitivity(hypot(x, y), at(x = 0.0, y = 0.0));
  CHECK(s.policies.size() == 6);
  REQUIRE(s.unstated.size() == 1);
  CHECK(s.unstated[0] == "tensorflow");
  CHECK(s.elements[0].largest == 0.5);
  CHECK(s.elements[0].largest_under == "jax");
  CHECK(text(s).ends_with("\nNot compared: tensorflow, which lacks one of the operations."));
}

TEST_CASE("a NaN under some policies is the largest difference", "[check]") {
  // under some policies the difference of two infinities passes a kink
  auto const f = relu(x);
  auto const s = policy_sensitivity(sqrt(f) - sqrt(2_c * f) + 4_c * abs(y), at(x = 0.0, y = 0.0));
  auto const& m = s.most();
  CHECK(m.argument == "x");
  CHECK(m.smallest == 0.0);
  CHECK(m.smallest_under == "standard");
  CHECK(std::isnan(m.largest));
  CHECK(m.largest_under == "at_zero<1.0>");
  CHECK(m.spread() == std::numeric_limits<double>::infinity());
  auto const always = policy_sensitivity(x * y, at(x = std::nan(""), y = 1.0));
  CHECK(always.dependent() == 0);
}

TEST_CASE("class labels have no derivative", "[check]") {
  auto const s =
      policy_sensitivity(cross_entropy(relu(logits), label),
                         at(logits = std::array{0.0, -1.0, 2.0, 0.0}, label = 2));
  CHECK(s.elements.size() == 4);
  CHECK(s.kinks[0].elements == 2);
  CHECK(s.dependent() == 2);
}

TEST_CASE("random functions: bounds hold slopes nearby; off kinks all policies are one",
          "[check]") {
  int on_kinks = 0, dependent = 0, wrong = 0;
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    INFO("seed " << seed);
    auto c = laws::kink_generator(seed)(10, seed % 2 == 0);
    xoshiro256 random(seed);
    auto direction = c.at;
    for (auto& values : direction)
      for (double& number : values) number = uniform<double>(random) - 0.5;
    CHECK(laws::fault_of_bounds(c, direction) == "");
    auto const s = laws::sensitivity_of(c);
    on_kinks += s.kinks.empty() ? 0 : 1;
    dependent += s.dependent() > 0 ? 1 : 0;
    for (auto const& e : s.elements) wrong += e.is_out_of_bounds() ? 1 : 0;
    c.at = laws::moved(c.at, direction, 1.0);
    CHECK(laws::fault_of_bounds(c, direction) == "");
  }
  CHECK(on_kinks > 100);
  CHECK(dependent > 50);
  CHECK(wrong < 10);
}
