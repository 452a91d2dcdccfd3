// SPDX-License-Identifier: BSL-1.0
// error: output is bound to memory that can be changed, with elements of the type
// error: const double|double const
#include <ramp/ramp.hpp>

#include <array>

inline constexpr auto x = ramp::variable<"x", 2>;
inline constexpr auto f = ramp::compile(3 * x);

#ifdef TWIN
using memory = std::array<double, 2>;
#else
using memory = std::array<double, 2> const;
#endif

void use(memory& result) {
  f(x = std::array{1.0, 2.0}, ramp::output = result);
}
