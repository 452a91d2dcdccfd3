// SPDX-License-Identifier: BSL-1.0
// error: takes a decimal number of at most 15 digits
// error: write constant<0x1p-40>
#include <ramp/ramp.hpp>

using namespace ramp::literals;
#ifdef TWIN
inline constexpr auto third = 0.333333333333333_c;
#else
inline constexpr auto third = 0.33333333333333333333_c;
#endif
