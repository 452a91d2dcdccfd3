// SPDX-License-Identifier: BSL-1.0
// error: a tensor is indexed with one number for each of its dimensions
#include <ramp/ramp.hpp>

constexpr ramp::tensor<double, 2, 3> m{};

#ifdef TWIN
inline constexpr double element = m(1, 2);
#else
inline constexpr double element = m(1);
#endif
