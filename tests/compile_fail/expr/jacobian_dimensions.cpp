// SPDX-License-Identifier: BSL-1.0
// error: a Jacobian has the dimensions of f and those of x
// error: \b2\b.*\b3\b
// error: "a"
// error: "b"
// error: Use reshape
#include <ramp/ramp.hpp>

using namespace ramp;

constexpr auto a = variable<"a", 3, 4>;
#ifdef TWIN
constexpr auto b = variable<"b", 2, 3>;
#else
constexpr auto b = variable<"b", 2, 3, 4>;
#endif
constexpr auto j = jacobian(sin(a), wrt(b));
