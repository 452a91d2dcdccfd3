// SPDX-License-Identifier: BSL-1.0
// error: take up to 4 extents, each at least 1
// error: "v"
// error: \b0, 3\b
#include <ramp/ramp.hpp>

using namespace ramp;

constexpr auto v = variable<"v", 3>;
#ifdef TWIN
constexpr auto many = broadcast<2, 3>(v);
#else
constexpr auto many = broadcast<0, 3>(v);
#endif
