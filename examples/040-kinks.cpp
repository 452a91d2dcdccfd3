// SPDX-License-Identifier: BSL-1.0
// What relu, abs and max give where they have no derivative, and how to choose it.

#include <cstdio>
#include <ramp/ramp.hpp>

using namespace ramp;
using namespace ramp::literals;

constexpr auto x = variable<"x">;
constexpr auto y = variable<"y">;

// A policy is part of the program, so it holds for forward, reverse and higher derivatives alike.
constexpr auto slope_at_zero = [](auto f, auto... policy) {
  return compile(derivative(f, wrt(x)), policy...)(x = 0.0);
};

namespace {

int wrong = 0;

void show(char const* text, double value, double expected) {
  std::printf("  %-44s %g\n", text, value);
  if (value != expected) ++wrong;
}

}  // namespace

int main() {
  std::printf("derivatives at 0 by the policy of the program\n");
  show("relu(x)", slope_at_zero(relu(x)), 0.0);
  show("relu(x), at_zero<1.0>", slope_at_zero(relu(x), at_zero<1.0>), 1.0);
  show("relu(x), symmetric", slope_at_zero(relu(x), symmetric), 0.5);
  show("abs(x)", slope_at_zero(abs(x)), 0.0);
  show("abs(x), at_zero<1.0>", slope_at_zero(abs(x), at_zero<1.0>), 1.0);

  std::printf("the nearest policy wins: a use, then a gradient, then the program\n");
  show("relu(x, at_zero<1.0>), symmetric", slope_at_zero(relu(x, at_zero<1.0>), symmetric), 1.0);
  show("derivative(relu(x), ..., symmetric)",
       compile(derivative(relu(x), wrt(x), symmetric), at_zero<1.0>)(x = 0.0), 0.5);

  std::printf("a tie of two arguments\n");
  auto const shares = [](auto... policy) {
    auto const by = gradient(max(x, y), wrt(x, y));
    return compile(by, policy...)(x = 2.0, y = 2.0);
  };
  auto const [even_x, even_y] = shares();
  auto const [first_x, first_y] = shares(at_zero<1.0>);
  show("max(x, y), share of x", even_x, 0.5);
  show("max(x, y), share of y", even_y, 0.5);
  show("max(x, y), at_zero<1.0>, share of x", first_x, 1.0);
  show("max(x, y), at_zero<1.0>, share of y", first_y, 0.0);

  std::printf("spellings of one function have one derivative\n");
  show("max(x, 0_c)", slope_at_zero(max(x, 0_c)), 0.0);
  show("max(0_c, x)", slope_at_zero(max(0_c, x)), 0.0);
  show("relu(x) - relu(-x), which is x", slope_at_zero(relu(x) - relu(-x)), 1.0);
  show("max(x, 0_c) + min(x, 0_c), which is x", slope_at_zero(max(x, 0_c) + min(x, 0_c)), 1.0);

  std::printf("a branch that is not taken has no say\n");
  show("where(x > 0, sqrt(x), 0)", slope_at_zero(where(x > 0, sqrt(x), 0)), 0.0);
  return wrong == 0 ? 0 : 1;
}
