// SPDX-License-Identifier: BSL-1.0
// lines: 8
// error: an expression has no truth value
// error: Write where\(condition, a, b\)
#include <ramp/ramp.hpp>

inline constexpr auto f = ramp::trace<"x">([](auto x) {
#ifdef TWIN
  return where(x > 0, x, -x);
#else
  if (x > 0) return x;
  return -x;
#endif
});
inline constexpr auto g = ramp::compile(f);
