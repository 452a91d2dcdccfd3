// SPDX-License-Identifier: BSL-1.0
// Checks derivatives by differences, for the tests of your own formulas.

#include <array>
#include <cstdio>
#include <ramp/ramp.hpp>

#include <ramp/check.hpp>

using namespace ramp;

// [check]
constexpr auto x = variable<"x", 3>;
constexpr auto w = variable<"w", 3, 2>;
constexpr auto regular = sum(tanh(x * w)) + exp(-dot(x, x));

// On a kink any number between the slopes on the left and on the right is a derivative.
constexpr auto kinked = sum(relu(x)) + sum(abs(x * w));

// Wrong on purpose: what is inside stop_gradient counts as a constant.
constexpr auto wrong = sum(x * stop_gradient(x));

// [/check]

int main() {
  // [check]
  std::array<double, 6> const weights{0.5, -1.0, 2.0, 0.25, -0.75, 1.5};
  auto const point = check::at(x = {0.3, -0.2, 0.9}, w = weights);
  auto const a = check::check_gradient(regular, point);
  std::printf("%s\n\n", check::text(a).c_str());

  auto const b = check::check_gradient(kinked, check::at(x = {0.0, 1.0, 2.0}, w = weights));
  std::printf("%s\n\n", check::text(b).c_str());

  auto const c = check::check_gradient(wrong, check::at(x = {0.3, -0.2, 0.9}));
  std::printf("%s\n", check::text(c).c_str());
  // [/check]
  // [more]
  // Second derivatives, in every mode there is, and symmetry.
  auto const d = check::check_hessian(regular, point);
  std::printf("\n%s\n", check::text(d).c_str());

  // One random direction: for large models, because the number of elements costs nothing.
  auto const e = check::check_directional_derivative(regular, point);
  std::printf("\n%s\n", check::text(e).c_str());
  // [/more]
  bool const right = a.passed() && b.passed() && b.on_kinks == 1 && d.passed() && e.passed();
  return right && !c.passed() && c.different == 3 ? 0 : 1;
}
