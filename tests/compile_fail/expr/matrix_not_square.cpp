// SPDX-License-Identifier: BSL-1.0
// error: this function is one of square matrices
// error: \b3\b.*\b4\b
// error: "a"
// error: a \* transpose\(a\)
#include <ramp/ramp.hpp>

inline constexpr auto a = ramp::variable<"a", 3, 4>;
#ifdef TWIN
inline constexpr auto inverse = ramp::inverse(a * transpose(a));
#else
inline constexpr auto inverse = ramp::inverse(a);
#endif
