// SPDX-License-Identifier: BSL-1.0
// The compile error that README.md shows.
// error: the last extent of a must equal the first extent of b
// error: "image".*784.*"weight".*128, 784
// error: 784.*\b128\b
// error: Use transpose\(a\)
#include <ramp/ramp.hpp>

using namespace ramp;

// [code]
constexpr auto image = input<"image", 784>;
constexpr auto weight = parameter<"weight", 128, 784>;
// [/code]
#ifdef TWIN
constexpr auto hidden = image * transpose(weight);
static_assert(hidden.shape_of == shape(128));
#else
// [code]
constexpr auto hidden = image * weight;
// [/code]
#endif
