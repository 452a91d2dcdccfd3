// SPDX-License-Identifier: BSL-1.0
// error: output is bound to memory that can be changed, with elements of the type
// error: double(; T =|,) float
#include <ramp/ramp.hpp>

#include <array>

inline constexpr auto x = ramp::variable<"x", 2>;
inline constexpr auto f = ramp::compile<float>([] { return 3 * x; });

#ifdef TWIN
using element = float;
#else
using element = double;
#endif

void use(std::array<element, 2>& result) {
  f(x = std::array{1.0, 2.0}, ramp::output = result);
}
