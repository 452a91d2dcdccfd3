// SPDX-License-Identifier: BSL-1.0
// error: elementwise operands need the same shape
// error: \b3\b.*\b4\b
// error: "left"
// error: "right"
#include <ramp/ramp.hpp>

using namespace ramp;

constexpr auto left = variable<"left", 3>;
#ifdef TWIN
constexpr auto right = variable<"right", 3>;
#else
constexpr auto right = variable<"right", 4>;
#endif
constexpr auto f = compile<float>([] { return exp(sin(left) + cos(right)); });
