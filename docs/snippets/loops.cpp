// SPDX-License-Identifier: BSL-1.0
#include <cmath>
#include <ramp/ramp.hpp>

using namespace ramp;
using namespace ramp::literals;

// [loops]
constexpr auto x = variable<"x">;
constexpr auto root = iterate<5>([](auto y) { return 0.5_c * (y + x / y); }, x);  // of x, by Heron

constexpr auto signal = variable<"signal", 4, 2>;  // four moments, two numbers at each
constexpr auto U = variable<"U", 2, 3>;
constexpr auto W = variable<"W", 3, 3>;
constexpr auto memory = fold(split<4>(signal), broadcast<3>(0_c), [](auto state, auto now) {
  return tanh(state * W + reshape<2>(now) * U);
});
// [/loops]

int main() {
  static_assert(decltype(memory)::shape_of == shape(3));
  if (std::fabs(compile(root)(x = 2.0) - std::sqrt(2.0)) > 1e-12) return 1;
  auto const last = compile(memory)(signal = {0, 0, 0, 0, 0, 0, 1, 2}, U = {1, 0, 0, 0, 1, 0},
                                    W = {0, 0, 0, 0, 0, 0, 0, 0, 0});
  return std::fabs(last[1] - std::tanh(2.0)) < 1e-12 && last[2] == 0.0 ? 0 : 1;
}
