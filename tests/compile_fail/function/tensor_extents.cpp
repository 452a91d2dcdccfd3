// SPDX-License-Identifier: BSL-1.0
// error: a tensor has up to 4 extents, each at least 1
#include <ramp/ramp.hpp>

#ifdef TWIN
inline constexpr ramp::tensor<double, 2, 1, 1, 3> m{};
#else
inline constexpr ramp::tensor<double, 2, 0> m{};
#endif
