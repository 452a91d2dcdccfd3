// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/scalar.hpp>

namespace ramp::math {
inline namespace RAMP_ISA {

/// c[0] + c[1] x + ... + c[N-1] x^(N-1). Even and odd powers run as two chains, which halves the
/// latency of Horner's rule for one more multiplication.
template <Real T, int N>
RAMP_ALWAYS_INLINE constexpr T polynomial(T x, lane_t<T> const (&c)[N]) {
  if constexpr (N == 1) {
    return T(c[0]);
  } else if constexpr (N <= 3) {
    T p = T(c[N - 1]);
    for (int i = N - 2; i >= 0; --i) p = fma(p, x, c[i]);
    return p;
  } else {
    T const xx = x * x;
    T p = T(c[N - 1]);
    T q = T(c[N - 2]);
    RAMP_UNROLL(16)
    for (int i = N - 3; i >= 1; i -= 2) {
      p = fma(p, xx, c[i]);
      q = fma(q, xx, c[i - 1]);
    }
    // q ends with c[0] if N is even, p if it is odd.
    if constexpr (N % 2 == 0) return fma(p, x, q);
    p = fma(p, xx, c[0]);
    return fma(q, x, p);
  }
}

}  // namespace RAMP_ISA
}  // namespace ramp::math
