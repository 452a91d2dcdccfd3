// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstdint>
#include <type_traits>

#include <ramp/config.hpp>

// The primitives the elementary functions are written in, for float and double. Every function is
// written once against these names; backend/pack.hpp supplies the same names for packs, found by
// argument-dependent lookup. The first argument decides the type, the others convert to it.

namespace ramp::math {
inline namespace RAMP_ISA {

/// What is known of an IEEE 754 format at compile time.
template <typename Lane>
struct format;

template <>
struct format<float> {
  using bits = std::uint32_t;
  static constexpr int mantissa_bits = 23;
  static constexpr int exponent_bias = 127;
  static constexpr float epsilon = 0x1p-23f;
  static constexpr bits sign_bit = 0x80000000u;
  static constexpr bits mantissa_mask = 0x007fffffu;
  static constexpr bits one_bits = 0x3f800000u;
  static constexpr float infinity = __builtin_huge_valf();
  static constexpr float nan = __builtin_nanf("");
  static constexpr float min_normal = 0x1p-126f;
  static constexpr float max = 0x1.fffffep127f;
};

template <>
struct format<double> {
  using bits = std::uint64_t;
  static constexpr int mantissa_bits = 52;
  static constexpr int exponent_bias = 1023;
  static constexpr double epsilon = 0x1p-52;
  static constexpr bits sign_bit = 0x8000000000000000u;
  static constexpr bits mantissa_mask = 0x000fffffffffffffu;
  static constexpr bits one_bits = 0x3ff0000000000000u;
  static constexpr double infinity = __builtin_huge_val();
  static constexpr double nan = __builtin_nan("");
  static constexpr double min_normal = 0x1p-1022;
  static constexpr double max = 0x1.fffffffffffffp1023;
};

namespace detail {

template <typename T>
struct lane_of {};
template <typename T>
  requires requires { typename T::lane_type; }
struct lane_of<T> {
  using type = typename T::lane_type;
};
template <std::floating_point T>
struct lane_of<T> {
  using type = T;
};

}  // namespace detail

/// The element type of a pack, a scalar itself.
template <typename T>
using lane_t = typename detail::lane_of<T>::type;

/// float, double, or a pack of either.
template <typename T>
concept Real = requires { typename detail::lane_of<T>::type; } &&
               (std::same_as<lane_t<T>, float> || std::same_as<lane_t<T>, double>);

template <typename T>
concept ScalarReal = std::same_as<T, float> || std::same_as<T, double>;

/// `mask ? a : b`; a value not taken has no say, NaN or not.
template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr T select(bool mask, T a, std::type_identity_t<T> b) {
  return mask ? a : b;
}

RAMP_ALWAYS_INLINE constexpr bool any(bool mask) { return mask; }
RAMP_ALWAYS_INLINE constexpr bool all(bool mask) { return mask; }

/// `a * b + c`: one instruction and one rounding where the target has it, two roundings elsewhere
/// and in constant evaluation.
template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr T fma(T a, std::type_identity_t<T> b, std::type_identity_t<T> c) {
  if constexpr (RAMP_HAS_FMA) {
    if (!__builtin_is_constant_evaluated()) {
      if constexpr (sizeof(T) == 4) {
        return __builtin_fmaf(a, b, c);
      } else {
        return __builtin_fma(a, b, c);
      }
    }
  }
  return a * b + c;
}

/// `x`, with its rounding done: the compiler may not contract a product into a following sum.
template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr T rounded(T x) {
#ifdef __clang__
  return x;  // contracts only inside one expression of the source
#else
  return __builtin_assoc_barrier(x);
#endif
}

/// The larger value. With a NaN, or of two zeros: the second argument, as the x86 instruction.
template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr T max(T a, std::type_identity_t<T> b) {
  return a > b ? a : b;
}

/// The smaller value. With a NaN, or of two zeros: the second argument, as the x86 instruction.
template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr T min(T a, std::type_identity_t<T> b) {
  return a < b ? a : b;
}

/// The IEEE 754 encoding as an unsigned integer of the same width.
template <ScalarReal T>
RAMP_ALWAYS_INLINE constexpr typename format<T>::bits to_bits(T x) {
  return __builtin_bit_cast(typename format<T>::bits, x);
}

RAMP_ALWAYS_INLINE constexpr float from_bits(std::uint32_t b) {
  return __builtin_bit_cast(float, b);
}
RAMP_ALWAYS_INLINE constexpr double from_bits(std::uint64_t b) {
  return __builtin_bit_cast(double, b);
}

/// A scalar has one lane.
template <typename T>
  requires std::is_arithmetic_v<T>
RAMP_ALWAYS_INLINE constexpr T get_lane(T x, int) {
  return x;
}
template <typename T>
  requires std::is_arithmetic_v<T>
RAMP_ALWAYS_INLINE constexpr T with_lane(T, int, T value) {
  return value;
}

template <typename T>
inline constexpr int lane_count = static_cast<int>(sizeof(T) / sizeof(lane_t<T>));

}  // namespace RAMP_ISA
}  // namespace ramp::math
