// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/large_angle.hpp>
#include <ramp/core/math/polynomial.hpp>
#include <ramp/core/math/round.hpp>

namespace ramp::math {
inline namespace RAMP_ISA {
namespace detail {

// pi / 2 in four parts; the first three are so short that n times one of them is exact up to
// `bound`. Beyond, each lane goes through large_angle by itself.
// sine: (sin(r) - r) / r^3, cosine: (cos(r) - 1 + r^2 / 2) / r^4 in powers of r^2 on
// [0, pi / 4]; relative errors 2^-33 and 2^-33 of the results, 2^-58 and 2^-64 in double.
template <typename Lane>
struct angle_data;

template <>
struct angle_data<float> {
  static constexpr float two_over_pi = 0x1.45f306p-1f, bound = 1e4f;
  static constexpr float part_1 = 0x1.92p0f, part_2 = 0x1.fb4p-12f, part_3 = 0x1.444p-24f,
                         part_4 = 0x1.68c234p-39f;
  static constexpr float sine[] = {-0x1.555556p-3f, 0x1.111164p-7f, -0x1.a0485cp-13f,
                                   0x1.77dd08p-19f};
  static constexpr float cosine[] = {0x1.55554ap-5f, -0x1.6c0c28p-10f, 0x1.99e818p-16f};
};

template <>
struct angle_data<double> {
  static constexpr double two_over_pi = 0x1.45f306dc9c883p-1, bound = 1e6;
  static constexpr double part_1 = 0x1.921fb544p0, part_2 = 0x1.0b4611a6p-34,
                          part_3 = 0x1.3198a2ep-69, part_4 = 0x1.b839a252049c1p-104;
  static constexpr double sine[] = {-0x1.5555555555548p-3,  0x1.111111110f74cp-7,
                                    -0x1.a01a019beebd7p-13, 0x1.71de355b4ef37p-19,
                                    -0x1.ae5e5114a021p-26,  0x1.5d8d1fe5b9255p-33};
  static constexpr double cosine[] = {0x1.555555555554bp-5,  -0x1.6c16c16c15009p-10,
                                      0x1.a01a019c8d111p-16, -0x1.27e4f7ef88f7bp-22,
                                      0x1.1ee9da20008d8p-29, -0x1.8fa582fd0cddp-37};
};

template <typename T>
struct reduced_angle {
  T high, low;         // the rest, at most pi / 4 in magnitude
  bits_t<T> quadrant;  // of which the last two bits count
};

template <Real T>
RAMP_NOINLINE constexpr reduced_angle<T> reduce_large_lanes(T const& a, reduced_angle<T> r) {
  for (int i = 0; i < lane_count<T>; ++i) {
    lane_t<T> const x = get_lane(a, i);
    if (!(x > angle_data<lane_t<T>>::bound)) continue;
    large_angle const l = reduce_large_angle(static_cast<double>(x));
    auto const high = static_cast<lane_t<T>>(l.high);
    auto const low = static_cast<lane_t<T>>((l.high - static_cast<double>(high)) + l.low);
    r.high = with_lane(r.high, i, high);
    r.low = with_lane(r.low, i, low);
    r.quadrant =
        with_lane(r.quadrant, i, static_cast<typename format<lane_t<T>>::bits>(l.quadrant));
  }
  return r;
}

// a = quadrant * pi / 2 + high + low, for a >= 0.
template <Real T>
RAMP_ALWAYS_INLINE constexpr reduced_angle<T> reduce_angle(T a) {
  using lane = lane_t<T>;
  using data = angle_data<lane>;
  T const magic = T(lane(1.5) / format<lane>::epsilon);
  T const z = fma(min(T(data::bound), a), data::two_over_pi, magic);
  T const n = z - magic;
  // After the second part the difference is exact or large; the third is the first to round.
  T const first = fma(n, -data::part_1, a);
  T const second = rounded(n * data::part_2);
  T const r = first - second;
  T const rest = fma(n, -data::part_3, (first - r) - second);
  T const high = r + rest;
  T const low = fma(n, -data::part_4, (r - high) + rest);
  reduced_angle<T> angle{high, low, to_bits(z)};
  if (any(a > T(data::bound))) [[unlikely]]
    angle = reduce_large_lanes(a, angle);
  return angle;
}

template <typename T>
struct sine_and_cosine {
  double_word<T> sine, cosine;
};

// The sine and the cosine of high + low.
template <Real T>
RAMP_ALWAYS_INLINE constexpr sine_and_cosine<T> expand_angle(T high, T low) {
  using data = angle_data<lane_t<T>>;
  T const half = T(lane_t<T>(0.5));
  T const z = high * high;
  T const half_z = rounded(half * z);
  T const one_less = T(1) - half_z;
  T const sine_tail = fma(high * z, polynomial(z, data::sine), low * one_less);
  T const tail = fma(z * z, polynomial(z, data::cosine), -(high * low));
  return {{high, sine_tail}, {one_less, ((T(1) - one_less) - half_z) + tail}};
}

// sin(quadrant * pi / 2 + high + low)
template <Real T>
RAMP_ALWAYS_INLINE constexpr T sine_of(reduced_angle<T> angle) {
  auto const [sine, cosine] = expand_angle(angle.high, angle.low);
  using bits = bits_t<T>;
  T const value =
      select((angle.quadrant & bits(1)) == bits(0), sine.high + sine.low, cosine.high + cosine.low);
  bits const sign = (angle.quadrant & bits(2)) << (static_cast<int>(sizeof(lane_t<T>)) * 8 - 2);
  return from_bits(to_bits(value) ^ sign);
}

}  // namespace detail

/// The sine, of radians. sin(-0) = -0, sin(+-inf) = NaN.
/// Within 0.85 ulp in float, 0.85 in double.
/// Costs a lane by lane reduction beyond 1e4 in float, 1e6 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T sin(T x) {
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated() && !isfinite(x)) return format<T>::nan;
  }
  T const value = detail::sine_of(detail::reduce_angle(abs(x)));
  return from_bits(to_bits(value) ^ (to_bits(x) & bits_t<T>(format<lane_t<T>>::sign_bit)));
}

/// The cosine, of radians. cos(0) = 1, cos(+-inf) = NaN.
/// Within 0.85 ulp in float, 0.85 in double.
/// Costs a lane by lane reduction beyond 1e4 in float, 1e6 in double.
template <Real T>
RAMP_ALWAYS_INLINE constexpr T cos(T x) {
  if constexpr (ScalarReal<T>) {
    if (__builtin_is_constant_evaluated() && !isfinite(x)) return format<T>::nan;
  }
  auto angle = detail::reduce_angle(abs(x));
  angle.quadrant = angle.quadrant + bits_t<T>(1);
  return detail::sine_of(angle);
}

}  // namespace RAMP_ISA
}  // namespace ramp::math
