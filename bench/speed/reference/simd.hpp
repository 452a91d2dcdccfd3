// SPDX-License-Identifier: BSL-1.0
//
// The few vector operations the hand-written training steps are made of. They use the compilers'
// vector extensions, so they read as arithmetic and run on any instruction set; the register tiles
// in tile.hpp are sized for AVX2 with FMA. `a * b + c` is one fused instruction wherever the target
// has one.
#pragma once

#include <bit>

namespace reference {

using float4 [[gnu::vector_size(16)]] = float;
using float8 [[gnu::vector_size(32)]] = float;
using int8 [[gnu::vector_size(32)]] = int;

inline constexpr int lanes = 8;

/// A mask or an integer for each lane of V.
template <class V>
using int_lanes = decltype(V{} < V{});

/// From any address: memcpy is one vector move, and safe where a cast of the pointer would not be.
template <class V = float8, class T>
[[gnu::always_inline]] inline V load(T const* p) {
  V v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}

[[gnu::always_inline]] inline void store(float* p, float8 v) { __builtin_memcpy(p, &v, sizeof v); }

[[gnu::always_inline]] inline float8 broadcast(float x) { return float8{x, x, x, x, x, x, x, x}; }

template <class V>
[[gnu::always_inline]] inline V max(V a, V b) {
  return a > b ? a : b;
}

template <class V>
[[gnu::always_inline]] inline V min(V a, V b) {
  return a < b ? a : b;
}

/// `v` where the mask is set, else 0.
template <class V>
[[gnu::always_inline]] inline V keep_where(int_lanes<V> mask, V v) {
  return std::bit_cast<V>(mask & std::bit_cast<int_lanes<V>>(v));
}

[[gnu::always_inline]] inline float sum(float4 v) {
  v += __builtin_shufflevector(v, v, 2, 3, 0, 1);
  return v[0] + v[1];
}

[[gnu::always_inline]] inline float sum(float8 v) {
  return sum(__builtin_shufflevector(v, v, 0, 1, 2, 3) + __builtin_shufflevector(v, v, 4, 5, 6, 7));
}

/// e^x to about 1 ulp, arguments clamped to the range of normal results. Cody-Waite reduction by ln
/// 2 in two parts and the polynomial of Cephes' expf.
template <class V>
[[gnu::always_inline]] inline V exp(V x) {
  x = min(max(x, V{} - 87.3f), V{} + 88.3f);
  // Adding 1.5 * 2^23 leaves the nearest integer in the low bits of the mantissa.
  V const shifted = x * 1.44269504088896341f + 12582912.0f;
  V const n = shifted - 12582912.0f;
  x -= n * 0.693359375f;
  x -= n * -2.12194440e-4f;

  V p = x * 1.9875691500e-4f + 1.3981999507e-3f;
  p = p * x + 8.3334519073e-3f;
  p = p * x + 4.1665795894e-2f;
  p = p * x + 1.6666665459e-1f;
  p = p * x + 5.0000001201e-1f;
  p = p * (x * x) + (x + 1.0f);
  // Adding n to the exponent field multiplies by 2^n.
  return std::bit_cast<V>(std::bit_cast<int_lanes<V>>(p) +
                          (std::bit_cast<int_lanes<V>>(shifted) << 23));
}

/// The natural logarithm of a positive normal x to about 1 ulp, with the polynomial of Cephes' logf
/// on [sqrt(1/2), sqrt(2)).
template <class V>
[[gnu::always_inline]] inline V log(V x) {
  using I = int_lanes<V>;
  // Subtracting the bits of sqrt(1/2) puts the wanted exponent, rounded down, in the exponent
  // field.
  constexpr int sqrt_half = 0x3f3504f3;
  I const offset = std::bit_cast<I>(x) - sqrt_half;
  I const exponent = offset >> 23;
  V const m = std::bit_cast<V>((offset & 0x007fffff) + sqrt_half) - 1.0f;
  V const e = __builtin_convertvector(exponent, V);

  V p = m * 7.0376836292e-2f + -1.1514610310e-1f;
  p = p * m + 1.1676998740e-1f;
  p = p * m + -1.2420140846e-1f;
  p = p * m + 1.4249322787e-1f;
  p = p * m + -1.6668057665e-1f;
  p = p * m + 2.0000714765e-1f;
  p = p * m + -2.4999993993e-1f;
  p = p * m + 3.3333331174e-1f;
  V const square = m * m;
  V const correction = square * (p * m) + (e * -2.12194440e-4f - square * 0.5f);
  return e * 0.693359375f + (m + correction);
}

/// The hyperbolic tangent with an absolute (not relative) error of about 1e-7: enough for a
/// training step.
template <class V>
[[gnu::always_inline]] inline V tanh(V x) {
  V const e = exp(x + x);
  return (e - 1.0f) / (e + 1.0f);
}

/// Transposes eight rows of eight floats; consecutive rows are `FromStride` and `ToStride` floats
/// apart.
template <int FromStride, int ToStride>
[[gnu::always_inline]] inline void transpose(float const* from, float* to) {
  float8 r[8], s[8];
  for (int i = 0; i < 8; ++i) r[i] = load(from + i * FromStride);
  for (int i = 0; i < 8; i += 2) {
    s[i] = __builtin_shufflevector(r[i], r[i + 1], 0, 8, 1, 9, 4, 12, 5, 13);
    s[i + 1] = __builtin_shufflevector(r[i], r[i + 1], 2, 10, 3, 11, 6, 14, 7, 15);
  }
  for (int i = 0; i < 8; i += 4) {
    r[i] = __builtin_shufflevector(s[i], s[i + 2], 0, 1, 8, 9, 4, 5, 12, 13);
    r[i + 1] = __builtin_shufflevector(s[i], s[i + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    r[i + 2] = __builtin_shufflevector(s[i + 1], s[i + 3], 0, 1, 8, 9, 4, 5, 12, 13);
    r[i + 3] = __builtin_shufflevector(s[i + 1], s[i + 3], 2, 3, 10, 11, 6, 7, 14, 15);
  }
  for (int i = 0; i < 4; ++i) {
    store(to + i * ToStride, __builtin_shufflevector(r[i], r[i + 4], 0, 1, 2, 3, 8, 9, 10, 11));
    store(to + (i + 4) * ToStride,
          __builtin_shufflevector(r[i], r[i + 4], 4, 5, 6, 7, 12, 13, 14, 15));
  }
}

}  // namespace reference
