// SPDX-License-Identifier: BSL-1.0
// lines: 8
// error: the last extent of a must equal the first extent of b
// error: \b3\b.*\b4\b
// error: "x"
// error: "weight"
#include <ramp/ramp.hpp>

using namespace ramp;

constexpr auto layer(auto x, auto weight) { return tanh(x * weight); }
constexpr auto network(auto x, auto first, auto second) { return layer(layer(x, first), second); }

#ifdef TWIN
constexpr auto second = parameter<"weight", 3, 2>;
#else
constexpr auto second = parameter<"weight", 4, 2>;
#endif
constexpr auto f = network(input<"x", 5>, parameter<"first", 5, 3>, second);
