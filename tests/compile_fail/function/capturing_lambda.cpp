// SPDX-License-Identifier: BSL-1.0
// error: the lambda must not capture anything
// error: static constexpr
#include <ramp/ramp.hpp>

inline auto scaled([[maybe_unused]] double factor) {
#ifdef TWIN
  return ramp::compile([] { return 2.0 * ramp::variable<"x">; });
#else
  return ramp::compile([factor] { return factor * ramp::variable<"x">; });
#endif
}
