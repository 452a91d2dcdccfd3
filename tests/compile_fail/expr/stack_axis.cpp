// SPDX-License-Identifier: BSL-1.0
// error: makes a new axis d
// error: \b2\b.*\b1\b
// error: "v"
#include <ramp/ramp.hpp>

inline constexpr auto v = ramp::variable<"v", 3>;
#ifdef TWIN
inline constexpr auto both = stack(ramp::axis<1>, v, v);
#else
inline constexpr auto both = stack(ramp::axis<2>, v, v);
#endif
