// SPDX-License-Identifier: BSL-1.0
// error: not known what the system that the policy names returns at the kink
// error: hinge
#include <ramp/ramp.hpp>
using namespace ramp;

constexpr auto x = variable<"x">;
#ifdef TWIN
constexpr auto policy = jax;
#else
constexpr auto policy = tensorflow;
#endif
constexpr auto slope = compile(derivative(hinge(x), wrt(x)), policy);
static_assert(slope(x = 0.0) == -1.0);
