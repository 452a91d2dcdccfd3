// SPDX-License-Identifier: BSL-1.0
// error: only gradients pass through mean_over_batch
// error: directional or interval gradient belongs inside of it
#include <ramp/ramp.hpp>

inline constexpr auto x = ramp::input<"x">;
inline constexpr auto w = ramp::parameter<"w">;
inline constexpr auto along = ramp::directional(1.0);
#ifdef TWIN
inline constexpr auto rule = [](auto p, auto) {
  return p <<= p - mean_over_batch(gradient(relu(w * x), wrt(w), along));
};
#else
inline constexpr auto rule = [](auto p, auto) {
  return p <<= p - gradient(mean_over_batch(relu(w * x)), wrt(w), along);
};
#endif
inline constexpr auto step =
    ramp::training_step<float>([] { return mean_over_batch(relu(w * x)); }, rule);
