// SPDX-License-Identifier: BSL-1.0
// lines: 8
// error: a traced function computes with its own arguments and numbers
// error: "scale"
// error: hand this expression in as an argument
#include <ramp/ramp.hpp>

using namespace ramp;

constexpr auto scale = variable<"scale">;
#ifdef TWIN
constexpr auto f = trace<"x", "scale">([](auto x, auto s) { return sin(x) * s; });
#else
constexpr auto f = trace<"x">([](auto x) { return sin(x) * scale; });
#endif
