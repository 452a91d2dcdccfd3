// SPDX-License-Identifier: BSL-1.0
// error: an axis is named twice
// error: "a"
// error: \b1\b.*\b1\b
// error: Leave one of them out
#include <ramp/ramp.hpp>

using namespace ramp;

constexpr auto a = variable<"a", 3, 4>;
#ifdef TWIN
constexpr auto total = sum(a, axis<0, 1>);
#else
constexpr auto total = sum(a, axis<1, 1>);
#endif
