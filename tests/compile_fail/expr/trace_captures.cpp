// SPDX-License-Identifier: BSL-1.0
// error: the lambda must not capture anything
#include <ramp/ramp.hpp>

inline constexpr auto expression_for(int n) {
#ifdef TWIN
  return ramp::trace<"x">([](auto x) { return x + 1; }) + n;
#else
  return ramp::trace<"x">([n](auto x) { return x + n; });
#endif
}
inline constexpr auto f = expression_for(1);
