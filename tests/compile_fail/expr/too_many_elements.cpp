// SPDX-License-Identifier: BSL-1.0
// error: a tensor has at most 2147483647 elements
// error: \b100000, 100000\b
// error: "a"
#include <ramp/ramp.hpp>

using namespace ramp;

#ifdef TWIN
constexpr auto a = variable<"a", 1000, 1000>;
#else
constexpr auto a = variable<"a", 100000, 100000>;
#endif
constexpr auto b = a + 1.0;
