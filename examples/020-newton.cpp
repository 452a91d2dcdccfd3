// SPDX-License-Identifier: BSL-1.0
// Second derivatives: Newton's method for a minimum, in a constant expression too.

#include <array>
#include <cstdio>
#include <ramp/ramp.hpp>

using namespace ramp;

// Rosenbrock's banana valley, with its minimum at (1, 1).
constexpr auto p = variable<"p", 2>;
constexpr auto x = slice<0, 0, 1>(p);
constexpr auto y = slice<0, 1, 1>(p);
constexpr auto valley = sum(100 * (y - x * x) * (y - x * x) + (1 - x) * (1 - x));

constexpr auto value_gradient_hessian =
    compile(valley, gradient(valley, wrt(p)), hessian(valley, wrt(p)));

namespace {

struct descent {
  std::array<double, 2> point{};
  double value = 0.0;
  int steps = 0;
};

/// Solves hessian * step = gradient and goes there, until the gradient is gone.
constexpr descent newton(std::array<double, 2> point, void (*report)(descent const&) = nullptr) {
  for (int steps = 0;; ++steps) {
    auto const [value, g, h] = value_gradient_hessian(p = point);
    descent const now{point, value, steps};
    if (report != nullptr) report(now);
    if (g[0] * g[0] + g[1] * g[1] < 1e-20 || steps == 20) return now;
    double const determinant = h(0, 0) * h(1, 1) - h(0, 1) * h(1, 0);
    point[0] -= (h(1, 1) * g[0] - h(0, 1) * g[1]) / determinant;
    point[1] -= (h(0, 0) * g[1] - h(1, 0) * g[0]) / determinant;
  }
}

}  // namespace

// The compiler can do it as well.
constexpr descent found = newton({-1.2, 1.0});
static_assert(found.steps < 10 && found.value < 1e-20);

int main() {
  descent const again = newton({-1.2, 1.0}, [](descent const& d) {
    std::printf("step %d   f(%9.6f, %9.6f) = %g\n", d.steps, d.point[0], d.point[1], d.value);
  });
  std::printf("the compiler arrived at (%g, %g) after %d steps\n", found.point[0], found.point[1],
              found.steps);
  return again.value < 1e-20 && again.steps == found.steps ? 0 : 1;
}
