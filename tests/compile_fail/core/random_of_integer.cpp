// SPDX-License-Identifier: BSL-1.0
// error: uniform<T>\(generator\) takes T = float or double
#include <ramp/core/random.hpp>

#ifdef TWIN
using number = double;
#else
using number = int;
#endif

constexpr number draw(ramp::xoshiro256 generator) { return ramp::uniform<number>(generator); }
static_assert(draw(ramp::xoshiro256(1)) < 1);
