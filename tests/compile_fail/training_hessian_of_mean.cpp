// SPDX-License-Identifier: BSL-1.0
// error: only gradients pass through mean_over_batch
// error: belongs inside of it, as in mean_over_batch\(sum\(hessian\(f, wrt\(w\)\)\)\)
#include <ramp/ramp.hpp>

using namespace ramp;

inline constexpr auto x = input<"x", 3>;
inline constexpr auto w = parameter<"w", 3>;
inline constexpr auto cubes = dot(x, w) * dot(x, w) * dot(x, w);

#ifdef TWIN
inline constexpr auto curvature = [] { return mean_over_batch(sum(hessian(cubes, wrt(w)))); };
#else
inline constexpr auto curvature = [] { return sum(hessian(mean_over_batch(cubes), wrt(w))); };
#endif
inline constexpr auto step = ((void)training_step<float>(curvature, sgd{0.1}), 0);
