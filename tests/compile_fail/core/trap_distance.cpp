// SPDX-License-Identifier: BSL-1.0
// error: trap_within<d> takes a distance of at least 0
#include <ramp/core/subgradient.hpp>

#ifdef TWIN
inline constexpr double distance = ramp::trap_within<1e-6>.value.s;
#else
inline constexpr double distance = ramp::trap_within<-1e-6>.value.s;
#endif
