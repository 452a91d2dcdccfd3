// SPDX-License-Identifier: BSL-1.0
// error: the last extent of a must equal the first extent of b
// error: \b784\b.*\b128\b
// error: "image"
// error: "weight"
// error: Use transpose\(a\)
#include <ramp/ramp.hpp>

inline constexpr auto image = ramp::input<"image", 784>;
inline constexpr auto weight = ramp::parameter<"weight", 128, 784>;
#ifdef TWIN
inline constexpr auto hidden = image * transpose(weight);
#else
inline constexpr auto hidden = image * weight;
#endif
