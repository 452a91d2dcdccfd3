// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/double_word.hpp>
#include <ramp/core/math/log.hpp>
#include <ramp/core/math/sqrt.hpp>

namespace ramp::math {
inline namespace RAMP_ISA {
namespace detail {

// inverse: m^(-1/3) on [sqrt(1/2), sqrt(2)] within 2^-17.4.
// lift makes every subnormal normal, and lift_root is the cube root of 1 / lift.
// Squares of what lies between `small` and `large` neither overflow nor underflow; what is outside
// goes there by `grow` and `shrink`.
template <typename Lane>
struct root_data;

template <>
struct root_data<float> {
  static constexpr float inverse[] = {0x1.ffca16p0f,  -0x1.3e33bp1f,  0x1.656936p1f,
                                      -0x1.e5efe2p0f, 0x1.66cadap-1f, -0x1.baa6c6p-4f};
  static constexpr float lift = 0x1p24f, lift_root = 0x1p-8f;
  static constexpr float small = 0x1p-50f, large = 0x1p60f, grow = 0x1p90f, shrink = 0x1p-90f;
};

template <>
struct root_data<double> {
  static constexpr double inverse[] = {0x1.ffca16p0,  -0x1.3e33bp1,  0x1.656936p1,
                                       -0x1.e5efe2p0, 0x1.66cadap-1, -0x1.baa6c6p-4};
  static constexpr double lift = 0x1p54, lift_root = 0x1p-18;
  static constexpr double small = 0x1p-450, large = 0x1p500, grow = 0x1p600, shrink = 0x1p-600;
};

// Precondition: a is positive, normal and finite (other values give some number).
template <Real T>
RAMP_ALWAYS_INLINE constexpr T cbrt_of_normal(T a) {
  using lane = lane_t<T>;
  // a = 2^(3 q) c with c = 2^j m and j = -1, 0 or 1; the low bits of z hold q and the bias.
  auto const [k, m] = reduce_log(a);
  T const magic =
      T(lane(1.5) / format<lane>::epsilon + static_cast<lane>(format<lane>::exponent_bias));
  T const z = fma(k, T(lane(1.0 / 3)), magic);
  T const j = k - (z - magic) * T(3);
  auto const above = j > T(0);
  auto const below = j < T(0);
  T const c = m * select(above, T(2), select(below, T(lane(0.5)), T(1)));
  // Without a division: y = c^(-1/3), then the root c y^2, whose residual is taken exactly.
  T y = polynomial(m, root_data<lane>::inverse) *
        select(above, T(lane(0x1.965feap-1)), select(below, T(lane(0x1.428a3p0)), T(1)));
  T const third = T(lane(1.0 / 3));
  if constexpr (sizeof(lane) == 8) y = y * fma(fma(-c * y, y * y, T(1)), third, T(1));
  T const square = y * y;
  T const t = rounded(c * square);
  auto const tt = two_product(t, t);
  auto const cube = two_product(tt.high, t);
  T const residual = ((c - cube.high) - cube.low) - tt.low * t;
  T const root = fma(residual, square * third, t);
  return root * from_bits(to_bits(z) << format<lane>::mantissa_bits);
}

}  // namespace detail

/// The cube root, with the sign of x. cbrt(-0) = -0, cbrt(+-inf) = +-inf.
/// Within 0.55 ulp in float, 0.55 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T cbrt(T x) {
  using lane = lane_t<T>;
  using data = detail::root_data<lane>;
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated() && (x == 0 || !isfinite(x))) return x;
  }
  T const a = abs(x);
  constexpr auto smallest = to_bits(format<lane>::min_normal);
  constexpr auto range = to_bits(format<lane>::infinity) - smallest;
  bool const rare = any(to_bits(a) - bits_t<T>(smallest) >= bits_t<T>(range));
  T normal = a;
  T scale = T(1);
  if (rare) [[unlikely]] {
    auto const subnormal = a < T(format<lane>::min_normal);
    normal = select(subnormal, a * T(data::lift), a);
    scale = select(subnormal, T(data::lift_root), T(1));
  }
  T r = detail::cbrt_of_normal(normal);
  if (rare) [[unlikely]]
    r = select((a > T(0)) & (a < T(format<lane>::infinity)), r * scale, a + a);
  return copysign(r, x);
}

/// 1 / sqrt(x). rsqrt(+-0) = +-inf, rsqrt(x < 0) = NaN, rsqrt(inf) = 0.
/// Within 1.5 ulp in float, 1.5 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T rsqrt(T x) {
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated()) {
      if (x == 0) return copysign(format<T>::infinity, x);
      if (!(x > 0)) return format<T>::nan;
    }
  }
  return T(1) / sqrt(x);
}

/// sqrt(a^2 + b^2) where neither square may overflow or underflow. Infinite if a or b is, even
/// where the other is NaN.
/// Within 1.3 ulp in float, 1.3 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T hypot(T a, std::type_identity_t<T> b) {
  using lane = lane_t<T>;
  using data = detail::root_data<lane>;
  T const infinity = T(format<lane>::infinity);
  T const p = abs(a);
  T const q = abs(b);
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated()) {
      if (p == infinity || q == infinity) return infinity;
      if (p != p || q != q) return format<lane>::nan;
    }
  }
  T const high = max(p, q);
  auto const large = high > T(data::large);
  auto const small = high < T(data::small);
  T const scale = select(large, T(data::shrink), select(small, T(data::grow), T(1)));
  T const back = select(large, T(data::grow), select(small, T(data::shrink), T(1)));
  T const x = p * scale;
  T const y = q * scale;
  T const root = sqrt(fma(x, x, y * y));
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated() && large && root > format<lane>::max * data::shrink) {
      return infinity;
    }
  }
  return select((p == infinity) | (q == infinity), infinity, root * back);
}

}  // namespace RAMP_ISA
}  // namespace ramp::math
