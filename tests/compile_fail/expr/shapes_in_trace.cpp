// SPDX-License-Identifier: BSL-1.0
// error: two values in a traced function do not fit together
// error: \b3\b.*\b4\b
#include <ramp/ramp.hpp>

#ifdef TWIN
constexpr int size = 3;
#else
constexpr int size = 4;
#endif
inline constexpr auto f =
    ramp::trace<"x", "y">([](auto x, auto y) { return x + y; }, ramp::shaped<3>,
                          ramp::shaped<size>);
inline constexpr auto g = ramp::compile(f);
