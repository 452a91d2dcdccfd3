// SPDX-License-Identifier: BSL-1.0
// error: huber<delta>\(error\) takes delta > 0
#include <ramp/ramp.hpp>
using namespace ramp;

#ifdef TWIN
constexpr double width = 0.5;
#else
constexpr double width = -0.5;
#endif
constexpr auto f = huber<width>(variable<"x">);
static_assert(f.shape_of.rank == 0);
