// SPDX-License-Identifier: BSL-1.0
// error: there is no such axis
// error: -1\b
// error: "a"
#include <ramp/ramp.hpp>

using namespace ramp;

constexpr auto a = variable<"a", 3, 4>;
#ifdef TWIN
constexpr auto total = sum(a, axis<1>);
#else
constexpr auto total = sum(a, axis<-1>);
#endif
