// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/double_word.hpp>
#include <ramp/core/math/erf.hpp>
#include <ramp/core/math/exp.hpp>
#include <ramp/core/math/log.hpp>

// Logarithms of probabilities, and what is computed with them.

namespace ramp::math {
inline namespace RAMP_ISA {

namespace detail {

// From `far` on the asymptotic series of the normal tail in powers of 1 / a^2 is as good as the
// precision of a^2 / 2; a^2 / 2 overflows beyond `limit`.
template <typename Lane>
struct normal_tail_data;

template <>
struct normal_tail_data<float> {
  static constexpr float far = 14.5f, limit = 0x1.6a09e4p64f, large = 0x1p60f;
  static constexpr float c[] = {1.0f, -1.0f, 3.0f, -15.0f};
};

template <>
struct normal_tail_data<double> {
  static constexpr double far = 38.0, limit = 0x1.6a09e667f3bccp512, large = 0x1p500;
  static constexpr double c[] = {1.0, -1.0, 3.0, -15.0, 105.0, -945.0};
};

// The normal distribution function at -a times e^(a^2 / 2), for a >= 3/4.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T scaled_normal_tail(T a) {
  using lane = lane_t<T>;
  using data = normal_tail_data<lane>;
  auto const far = a > T(data::far);
  T const z = min(T(data::far), a) * T(lane(0x1.6a09e667f3bcdp-1));
  T const q = T(1) / select(far, a, z + T(3));
  T const near_series = T(lane(0.5)) * polynomial((z - T(3)) * q, erf_data<lane>::far);
  T const far_series = T(lane(0x1.9884533d43651p-2)) * polynomial(q * q, data::c);
  return select(far, far_series, near_series) * q;
}

}  // namespace detail

/// ln(x / (1 - x)), the inverse of the sigmoid, without cancellation at 1/2 and at both ends.
/// logit(0) = -inf, logit(1/2) = 0, logit(1) = inf; outside [0, 1] NaN.
/// Within 1.1 ulp in float, 1.1 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T logit(T x) {
  using lane = lane_t<T>;
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated() && !(x >= 0 && x <= 1)) return format<lane>::nan;
  }
  // logit(x) = -logit(1 - x); ln((1 - y) / y) for y <= 1/2, where (1 - y) / y = 1 + (1 - 2 y) / y.
  T const half = T(lane(0.5));
  T const y = select(x > half, T(1) - x, x);
  constexpr lane smallest = format<lane>::min_normal / format<lane>::epsilon;
  auto const tiny = y < T(smallest);  // where the quotient may overflow and 1 - y is 1
  T const d = select(tiny, half, y);
  T const twice = d + d;
  T const n = T(1) - twice;
  T const n_low = (T(1) - n) - twice;
  T r = detail::log1p_of_quotient<T>({n, n_low}, {d, T(0)});
  if (any(tiny)) [[unlikely]]
    r = select(tiny, -log(y), r);
  return select(x < half, -r, r);
}

/// The logarithm of the normal distribution function, also where that underflows or rounds to 1.
/// log_normal_cdf(-inf) = -inf, log_normal_cdf(inf) = -0.
/// Within 7.5 ulp in float, 8 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T log_normal_cdf(T x) {
  using lane = lane_t<T>;
  using data = detail::normal_tail_data<lane>;
  T const half = T(lane(0.5));
  T const a = abs(x);
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated()) {
      if (x != x) return x;
      if (x > data::large) return -T(0);
      if (x < -data::large) return x < -data::limit ? -format<lane>::infinity : half * x * a;
    }
  }
  // Above zero ln(1 - p), below ln p, further below ln(p e^(a^2 / 2)) - a^2 / 2: one logarithm.
  T const p = normal_cdf(-a);
  auto const below = x < T(0);
  auto const far = below & (a >= T(lane(0.75)));
  T const b = max(T(lane(0.75)), a);
  T const u = select(below, select(far, detail::scaled_normal_tail(b), p), T(1) - p);
  auto const [k, m] = detail::reduce_log(u);
  // As in log1p: where 1 - p needs no scaling, -p itself serves, elsewhere what it lost is added.
  auto const scaled = below | (k != T(0));
  T const lost = select(scaled, (T(1) - u) - p, T(0)) / u;
  T const r = detail::log_kernel(k, select(scaled, m - T(1), -p), select(below, T(0), lost));
  auto const square = detail::two_product(half * b, b);
  T const low = select(b < T(data::large), square.low, T(0));
  return -abs(select(far, (r - low) - square.high, r));
}

/// The inverse Mills ratio, the density over the distribution function of the normal distribution:
/// the derivative of log_normal_cdf. Close to -x far below 0, where both underflow.
/// inverse_mills(-inf) = inf, inverse_mills(inf) = 0.
/// Within 6 ulp in float, 7.5 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T inverse_mills(T x) {
  using lane = lane_t<T>;
  using data = detail::normal_tail_data<lane>;
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated()) {
      if (x != x) return x;
      if (x < -data::large) return -x;
    }
  }
  T const turn = T(lane(0.75));
  T const a = max(turn, -x);
  T const far = T(lane(0x1.9884533d43651p-2)) / detail::scaled_normal_tail(min(T(data::large), a));
  T const near = normal_pdf(x) / normal_cdf(max(-turn, x));
  return select(x < -turn, select(a > T(data::large), a, far), near);
}

/// ln(e^a + e^b) without overflow. Infinite arguments of one sign give that infinity.
/// Within 1.6 ulp in float, 1.6 in double, if the larger argument is not negative; below zero,
/// where digits may cancel, within 2.5 ulp of it or of the result, whichever is larger in
/// magnitude.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T logaddexp(T a, std::type_identity_t<T> b) {
  using lane = lane_t<T>;
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated()) {
      if (a != a || b != b) return format<lane>::nan;
      if (isinf(a) || isinf(b)) return max(a, b) + T(0);
      // The difference may overflow.
      if (abs(a * lane(0.5) - b * lane(0.5)) > 1000) return max(a, b) + T(0);
    }
  }
  T const high = max(a, b);
  auto const [difference, lost] = detail::two_sum(select(a > b, b, a), -high);  // NaN stays
  // What the difference lost makes a relative error in the exponential. There is no such thing
  // where it is infinite.
  auto const near = difference > T(detail::exp_data<lane>::underflow);
  T const e = detail::exp_product(T(1), select(a == b, T(0), difference), select(near, lost, T(0)));
  return high + log1p(e);
}

/// x ln y, and 0 where x = 0 unless y is NaN. Negative y gives NaN elsewhere.
/// Within 2.4 ulp in float, 2.4 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T xlogy(T x, std::type_identity_t<T> y) {
  using lane = lane_t<T>;
  T const l = log(y);
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated()) {
      if (y != y) return y;
      if (x == 0) return 0;
      if (x != x || l != l || (l == 0 && !isfinite(x))) return format<lane>::nan;
      if (abs(l) > 1 && abs(x) > format<lane>::max / abs(l)) {
        return copysign(format<lane>::infinity, (x > 0) == (l > 0) ? lane(1) : lane(-1));
      }
    }
  }
  return select((x == T(0)) & (y == y), T(0), x * l);
}

}  // namespace RAMP_ISA
}  // namespace ramp::math
