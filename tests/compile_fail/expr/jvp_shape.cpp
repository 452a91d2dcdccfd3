// SPDX-License-Identifier: BSL-1.0
// error: the direction of jvp has the shape of x
// error: \b4\b.*\b5\b
// error: "A"
// error: "B"
// error: Use reshape
#include <ramp/ramp.hpp>

using namespace ramp;

constexpr auto a = variable<"A", 3, 4>;
#ifdef TWIN
constexpr auto b = variable<"B", 3, 4>;
#else
constexpr auto b = variable<"B", 3, 5>;
#endif
constexpr auto f = jvp(sin(a), wrt(a), b);
