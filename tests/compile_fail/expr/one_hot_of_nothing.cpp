// SPDX-License-Identifier: BSL-1.0
// error: has at least one element
#include <ramp/ramp.hpp>

#ifdef TWIN
inline constexpr auto b = ramp::one_hot<3>(ramp::class_label<"c", 3>);
#else
inline constexpr auto b = ramp::one_hot<0>(ramp::class_label<"c", 3>);
#endif
