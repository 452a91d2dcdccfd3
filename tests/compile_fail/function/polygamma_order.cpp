// SPDX-License-Identifier: BSL-1.0
// error: polygamma<n>\(x\) takes n from 1 to 20
#include <ramp/ramp.hpp>
using namespace ramp;

#ifdef TWIN
constexpr int order = 1;
#else
constexpr int order = 0;
#endif
constexpr auto f = polygamma<order>(variable<"x">);
static_assert(f.shape_of.rank == 0);
