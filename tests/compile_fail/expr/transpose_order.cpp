// SPDX-License-Identifier: BSL-1.0
// error: names every axis of a once
// error: -1
// error: "a"
#include <ramp/ramp.hpp>

using namespace ramp;

constexpr auto a = variable<"a", 3, 4>;
#ifdef TWIN
constexpr auto turned = transpose<1, 0>(a);
#else
constexpr auto turned = transpose<0, -1>(a);
#endif
