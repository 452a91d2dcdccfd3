// SPDX-License-Identifier: BSL-1.0
// error: a function compiled with trap counts in memory of the caller
// error: f\(traps, x = 0.3\)
#include <ramp/ramp.hpp>

inline constexpr auto x = ramp::variable<"x">;
inline constexpr auto f = ramp::compile(relu(x), ramp::trap);

#ifdef TWIN
inline double value() {
  decltype(f)::traps traps;
  return f(traps, x = 0.3);
}
#else
inline double value() { return f(x = 0.3); }
#endif
