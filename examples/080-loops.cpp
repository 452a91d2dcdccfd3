// SPDX-License-Identifier: BSL-1.0
// Code with a loop, differentiated as a whole: where a planet is on its ellipse.

#include <cmath>
#include <cstdio>
#include <ramp/ramp.hpp>

using namespace ramp;

// [trace]
/// Kepler's equation E - e sin E = M, solved for the angle E by eight steps of Newton's method.
constexpr auto solve_kepler = [](auto mean_anomaly, auto eccentricity) {
  auto angle = mean_anomaly + eccentricity * sin(mean_anomaly);
  for (int i = 0; i < 8; ++i)
    angle = angle -
            (angle - eccentricity * sin(angle) - mean_anomaly) / (1.0 - eccentricity * cos(angle));
  return angle;
};

// The lambda runs once, while the program is compiled, and leaves a graph of what it did.
constexpr auto m = variable<"M">;
constexpr auto e = variable<"e">;
constexpr auto angle = trace<"M", "e">(solve_kepler);
// [/trace]
constexpr auto solution_and_slopes = compile<double>(
    [] { return outputs(angle, derivative(angle, wrt(m)), derivative(angle, wrt(e))); });

int main() {
  bool right = true;
  for (double const mean_anomaly : {0.5, 1.5, 3.0, 5.0}) {
    double const eccentricity = 0.6;
    auto const [angle_now, by_m, by_e] = solution_and_slopes(m = mean_anomaly, e = eccentricity);

    // the implicit function theorem gives the same slopes without a loop
    double const denominator = 1.0 - eccentricity * std::cos(angle_now);
    double const implicit_by_m = 1.0 / denominator;
    double const implicit_by_e = std::sin(angle_now) / denominator;
    std::printf("M = %.1f   E = %.9f   dE/dM = %.9f (%.9f)   dE/de = %+.9f (%+.9f)\n", mean_anomaly,
                angle_now, by_m, implicit_by_m, by_e, implicit_by_e);
    right =
        right && std::fabs(by_m - implicit_by_m) < 1e-12 && std::fabs(by_e - implicit_by_e) < 1e-12;
  }
  return right ? 0 : 1;
}
