// SPDX-License-Identifier: BSL-1.0
// error: a name is not empty, as in variable<"x">
#include <ramp/ramp.hpp>

using namespace ramp;

#ifdef TWIN
constexpr auto x = variable<"x">;
#else
constexpr auto x = variable<"">;
#endif
constexpr auto y = x + 1.0;
