// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <utility>

#include <ramp/core/math/scalar.hpp>
#include <ramp/core/math/sqrt.hpp>

// One SIMD register as a value, on the vector extensions of GCC and Clang: no intrinsics header,
// which would take longer to parse than all of ramp. The builtins that remain are there because
// the generic form was measured to be slower. Long, because the builtins of all register widths
// stand side by side in each operation: what one width lacks shows where the others have it.

namespace ramp::backend {

inline namespace RAMP_ISA {

/// An element of a pack: a real number, or the integer of its encoding.
template <typename T>
concept Lane = std::same_as<T, float> || std::same_as<T, double> ||
               std::same_as<T, std::uint32_t> || std::same_as<T, std::uint64_t>;

namespace pack_detail {

// A template of its own: GCC drops a dependent vector_size from any other type it cannot defer.
template <typename T, int N>
struct vector_of {
  typedef T type __attribute__((vector_size(N * sizeof(T))));
  typedef T unaligned __attribute__((vector_size(N * sizeof(T)), aligned(alignof(T))));
};
template <typename T, int N>
using vector = typename vector_of<T, N>::type;

template <typename T>
using word_of = std::conditional_t<sizeof(T) == 4, int, long long>;
template <typename T>
using real_of = std::conditional_t<sizeof(T) == 4, float, double>;

}  // namespace pack_detail

/// The outcome of comparing packs: one truth value for each lane.
template <typename T, int N>
struct pack_mask {
  using vector = decltype(pack_detail::vector<T, N>{} < pack_detail::vector<T, N>{});
  vector v;

  RAMP_ALWAYS_INLINE bool operator[](int i) const { return v[i] != 0; }

  RAMP_ALWAYS_INLINE friend pack_mask operator&(pack_mask a, pack_mask b) { return {a.v & b.v}; }
  RAMP_ALWAYS_INLINE friend pack_mask operator|(pack_mask a, pack_mask b) { return {a.v | b.v}; }
  RAMP_ALWAYS_INLINE friend pack_mask operator^(pack_mask a, pack_mask b) { return {a.v ^ b.v}; }
  RAMP_ALWAYS_INLINE friend pack_mask operator!(pack_mask a) { return {~a.v}; }
};

/// N values of type T in one register. Arithmetic works lane by lane, a scalar broadcasts.
/// Preconditions: N is a power of two, at least 2, and the pack is no wider than RAMP_PACK_BYTES.
template <Lane T, int N>
struct pack {
  static_assert(N >= 2 && (N & (N - 1)) == 0, "pack<T, N>: N must be a power of two, at least 2");
  static_assert(N * sizeof(T) <= RAMP_PACK_BYTES, "pack<T, N>: wider than the target's registers");

  using lane_type = T;
  using mask_type = pack_mask<pack_detail::real_of<T>, N>;
  static constexpr int size = N;
  using vector = pack_detail::vector<T, N>;
  using unaligned_vector = typename pack_detail::vector_of<T, N>::unaligned;

  vector v;

  pack() = default;
  RAMP_ALWAYS_INLINE pack(T x) : v(x - vector{}) {}  // x - 0 is x, signed zero and NaN included
  RAMP_ALWAYS_INLINE explicit pack(vector x) : v(x) {}

  /// The N values from p on; no alignment beyond that of T is needed.
  RAMP_ALWAYS_INLINE static pack load(T const* p) {
    return pack(*reinterpret_cast<unaligned_vector const*>(p));
  }
  RAMP_ALWAYS_INLINE void store(T* p) const { *reinterpret_cast<unaligned_vector*>(p) = v; }

  /// The first n values from p on, zero in the other lanes. 0 <= n <= N. Touches only p[0, n).
  RAMP_ALWAYS_INLINE static pack load(T const* p, int n);
  /// Stores the first n lanes. 0 <= n <= N. Touches only p[0, n).
  RAMP_ALWAYS_INLINE void store(T* p, int n) const;

  /// 0, 1, 2, ... N - 1
  RAMP_ALWAYS_INLINE static pack iota() {
    return []<int... I>(std::integer_sequence<int, I...>) RAMP_LAMBDA_INLINE {
      return pack(vector{static_cast<T>(I)...});
    }(std::make_integer_sequence<int, N>{});
  }

  RAMP_ALWAYS_INLINE T operator[](int i) const { return v[i]; }
  RAMP_ALWAYS_INLINE void set(int i, T x) { v[i] = x; }

  RAMP_ALWAYS_INLINE friend pack operator+(pack a, pack b) { return pack(a.v + b.v); }
  RAMP_ALWAYS_INLINE friend pack operator-(pack a, pack b) { return pack(a.v - b.v); }
  RAMP_ALWAYS_INLINE friend pack operator*(pack a, pack b) { return pack(a.v * b.v); }
  RAMP_ALWAYS_INLINE friend pack operator/(pack a, pack b) { return pack(a.v / b.v); }
  RAMP_ALWAYS_INLINE friend pack operator-(pack a) { return pack(-a.v); }
  RAMP_ALWAYS_INLINE friend pack& operator+=(pack& a, pack b) { return a = a + b; }
  RAMP_ALWAYS_INLINE friend pack& operator-=(pack& a, pack b) { return a = a - b; }
  RAMP_ALWAYS_INLINE friend pack& operator*=(pack& a, pack b) { return a = a * b; }
  RAMP_ALWAYS_INLINE friend pack& operator/=(pack& a, pack b) { return a = a / b; }

  RAMP_ALWAYS_INLINE friend mask_type operator<(pack a, pack b) { return {a.v < b.v}; }
  RAMP_ALWAYS_INLINE friend mask_type operator<=(pack a, pack b) { return {a.v <= b.v}; }
  RAMP_ALWAYS_INLINE friend mask_type operator>(pack a, pack b) { return {a.v > b.v}; }
  RAMP_ALWAYS_INLINE friend mask_type operator>=(pack a, pack b) { return {a.v >= b.v}; }
  RAMP_ALWAYS_INLINE friend mask_type operator==(pack a, pack b) { return {a.v == b.v}; }
  RAMP_ALWAYS_INLINE friend mask_type operator!=(pack a, pack b) { return {a.v != b.v}; }

  // Of encodings, that is of unsigned lanes, only.
  RAMP_ALWAYS_INLINE friend pack operator&(pack a, pack b) { return pack(a.v & b.v); }
  RAMP_ALWAYS_INLINE friend pack operator|(pack a, pack b) { return pack(a.v | b.v); }
  RAMP_ALWAYS_INLINE friend pack operator^(pack a, pack b) { return pack(a.v ^ b.v); }
  RAMP_ALWAYS_INLINE friend pack operator~(pack a) { return pack(~a.v); }
  RAMP_ALWAYS_INLINE friend pack operator<<(pack a, int n) {
    return pack(a.v << static_cast<T>(n));
  }
  RAMP_ALWAYS_INLINE friend pack operator>>(pack a, int n) {
    return pack(a.v >> static_cast<T>(n));
  }
};

/// The pack that fills a register of the target: 8 floats or 4 doubles from AVX on, else half.
template <Lane T>
using native_pack = pack<T, static_cast<int>(RAMP_PACK_BYTES / sizeof(T))>;

namespace pack_detail {

// All ones in the first n lanes.
template <typename T, int N>
RAMP_ALWAYS_INLINE auto first_lanes(int n) {
  using word = word_of<T>;
  return []<int... I>(word count, std::integer_sequence<int, I...>) RAMP_LAMBDA_INLINE {
    using words = vector<word, N>;  // of comparisons between long long, GCC gives long
    return reinterpret_cast<words>((count - words{}) > words{I...});
  }(n, std::make_integer_sequence<int, N>{});
}

template <typename T, int N, typename Index, int... I>
RAMP_ALWAYS_INLINE pack<T, N> shuffle(pack<T, N> a, [[maybe_unused]] pack<T, N> b, Index,
                                      std::integer_sequence<int, I...>) {
  return pack<T, N>(__builtin_shufflevector(a.v, b.v, Index{}(I)...));
}

// Lane i of the result is lane index(i) of a and b laid end to end.
template <typename T, int N, typename Index>
RAMP_ALWAYS_INLINE pack<T, N> shuffle(pack<T, N> a, pack<T, N> b, Index index) {
  return shuffle(a, b, index, std::make_integer_sequence<int, N>{});
}

}  // namespace pack_detail

template <Lane T, int N>
RAMP_ALWAYS_INLINE pack<T, N> pack<T, N>::load(T const* p, int n) {
  using native = pack_detail::vector<pack_detail::real_of<T>, N>;
  pack x;
  if constexpr (RAMP_X86 && sizeof(vector) == 32 && sizeof(T) == 4) {
    x.v = reinterpret_cast<vector>(__builtin_ia32_maskloadps256(reinterpret_cast<native const*>(p),
                                                                pack_detail::first_lanes<T, N>(n)));
  } else if constexpr (RAMP_X86 && sizeof(vector) == 32) {
    x.v = reinterpret_cast<vector>(__builtin_ia32_maskloadpd256(reinterpret_cast<native const*>(p),
                                                                pack_detail::first_lanes<T, N>(n)));
  } else {
    x.v = vector{};
    for (int i = 0; i < n; ++i) x.v[i] = p[i];
  }
  return x;
}

template <Lane T, int N>
RAMP_ALWAYS_INLINE void pack<T, N>::store(T* p, int n) const {
  using native = pack_detail::vector<pack_detail::real_of<T>, N>;
  if constexpr (RAMP_X86 && sizeof(vector) == 32 && sizeof(T) == 4) {
    __builtin_ia32_maskstoreps256(reinterpret_cast<native*>(p), pack_detail::first_lanes<T, N>(n),
                                  reinterpret_cast<native>(v));
  } else if constexpr (RAMP_X86 && sizeof(vector) == 32) {
    __builtin_ia32_maskstorepd256(reinterpret_cast<native*>(p), pack_detail::first_lanes<T, N>(n),
                                  reinterpret_cast<native>(v));
  } else {
    for (int i = 0; i < n; ++i) p[i] = v[i];
  }
}

/// `mask ? a : b` in each lane; a value not taken has no say, NaN or not.
template <typename T, int N>
RAMP_ALWAYS_INLINE pack<T, N> select(pack_mask<T, N> mask, std::type_identity_t<pack<T, N>> a,
                                     std::type_identity_t<pack<T, N>> b) {
  return pack<T, N>(mask.v ? a.v : b.v);
}

/// Whether some lane is true.
template <typename T, int N>
RAMP_ALWAYS_INLINE bool any(pack_mask<T, N> mask) {
  using floats = pack_detail::vector<float, N* static_cast<int>(sizeof(T)) / 4>;
  if constexpr (RAMP_X86 && sizeof(mask.v) == 32) {
    return __builtin_ia32_movmskps256(reinterpret_cast<floats>(mask.v)) != 0;
  } else if constexpr (RAMP_X86 && sizeof(mask.v) == 16) {
    return __builtin_ia32_movmskps(reinterpret_cast<floats>(mask.v)) != 0;
  } else {
    bool found = false;
    for (int i = 0; i < N; ++i) found |= mask[i];
    return found;
  }
}

/// Whether every lane is true.
template <typename T, int N>
RAMP_ALWAYS_INLINE bool all(pack_mask<T, N> mask) {
  return !any(!mask);
}

/// `a * b + c`: one instruction and one rounding where the target has it, else two.
template <typename T, int N>
RAMP_ALWAYS_INLINE pack<T, N> fma(pack<T, N> a, std::type_identity_t<pack<T, N>> b,
                                  std::type_identity_t<pack<T, N>> c) {
#ifdef __clang__
  if constexpr (RAMP_HAS_FMA) {
    return pack<T, N>(__builtin_elementwise_fma(a.v, b.v, c.v));
  } else
#else  // left to contraction, GCC forms none where the product has another use
  if constexpr (RAMP_X86 && RAMP_HAS_FMA && sizeof(a) == 32 && sizeof(T) == 4) {
    return pack<T, N>(__builtin_ia32_vfmaddps256(a.v, b.v, c.v));
  } else if constexpr (RAMP_X86 && RAMP_HAS_FMA && sizeof(a) == 32) {
    return pack<T, N>(__builtin_ia32_vfmaddpd256(a.v, b.v, c.v));
  } else if constexpr (RAMP_X86 && RAMP_HAS_FMA && sizeof(a) == 16 && sizeof(T) == 4) {
    return pack<T, N>(__builtin_ia32_vfmaddps(a.v, b.v, c.v));
  } else if constexpr (RAMP_X86 && RAMP_HAS_FMA && sizeof(a) == 16) {
    return pack<T, N>(__builtin_ia32_vfmaddpd(a.v, b.v, c.v));
  } else
#endif
  {
    return pack<T, N>(a.v * b.v + c.v);
  }
}

/// `x`, with its rounding done: the compiler may not contract a product into a following sum.
template <typename T, int N>
RAMP_ALWAYS_INLINE pack<T, N> rounded(pack<T, N> x) {
#ifndef __clang__
  // of __builtin_assoc_barrier on a vector GCC 12 makes element-by-element code
#if RAMP_X86
  asm("" : "+v"(x.v));
#elif defined(__aarch64__)
  asm("" : "+w"(x.v));
#else
  x.v = __builtin_assoc_barrier(x.v);
#endif
#endif
  return x;
}

/// The larger value. With a NaN, or of two zeros: the second argument, as the x86 instruction.
template <typename T, int N>
RAMP_ALWAYS_INLINE pack<T, N> max(pack<T, N> a, std::type_identity_t<pack<T, N>> b) {
#ifndef __clang__  // g++ makes two instructions of max(0, x) otherwise
  if constexpr (RAMP_X86 && sizeof(a) == 32 && std::is_same_v<T, float>) {
    return pack<T, N>(__builtin_ia32_maxps256(a.v, b.v));
  } else if constexpr (RAMP_X86 && sizeof(a) == 32 && std::is_same_v<T, double>) {
    return pack<T, N>(__builtin_ia32_maxpd256(a.v, b.v));
  } else if constexpr (RAMP_X86 && sizeof(a) == 16 && std::is_same_v<T, float>) {
    return pack<T, N>(__builtin_ia32_maxps(a.v, b.v));
  } else if constexpr (RAMP_X86 && sizeof(a) == 16 && std::is_same_v<T, double>) {
    return pack<T, N>(__builtin_ia32_maxpd(a.v, b.v));
  } else
#endif
  {
    return pack<T, N>(a.v > b.v ? a.v : b.v);
  }
}

/// The smaller value. With a NaN, or of two zeros: the second argument, as the x86 instruction.
template <typename T, int N>
RAMP_ALWAYS_INLINE pack<T, N> min(pack<T, N> a, std::type_identity_t<pack<T, N>> b) {
#ifndef __clang__
  if constexpr (RAMP_X86 && sizeof(a) == 32 && std::is_same_v<T, float>) {
    return pack<T, N>(__builtin_ia32_minps256(a.v, b.v));
  } else if constexpr (RAMP_X86 && sizeof(a) == 32 && std::is_same_v<T, double>) {
    return pack<T, N>(__builtin_ia32_minpd256(a.v, b.v));
  } else if constexpr (RAMP_X86 && sizeof(a) == 16 && std::is_same_v<T, float>) {
    return pack<T, N>(__builtin_ia32_minps(a.v, b.v));
  } else if constexpr (RAMP_X86 && sizeof(a) == 16 && std::is_same_v<T, double>) {
    return pack<T, N>(__builtin_ia32_minpd(a.v, b.v));
  } else
#endif
  {
    return pack<T, N>(a.v < b.v ? a.v : b.v);
  }
}

/// The square root, correctly rounded; NaN below zero, -0 of -0.
template <typename T, int N>
RAMP_ALWAYS_INLINE pack<T, N> sqrt(pack<T, N> x) {
#ifdef __clang__
  return pack<T, N>(__builtin_elementwise_sqrt(x.v));
#else
  if constexpr (RAMP_X86 && sizeof(x) == 32 && std::is_same_v<T, float>) {
    return pack<T, N>(__builtin_ia32_sqrtps256(x.v));
  } else if constexpr (RAMP_X86 && sizeof(x) == 32) {
    return pack<T, N>(__builtin_ia32_sqrtpd256(x.v));
  } else if constexpr (RAMP_X86 && sizeof(x) == 16 && std::is_same_v<T, float>) {
    return pack<T, N>(__builtin_ia32_sqrtps(x.v));
  } else if constexpr (RAMP_X86 && sizeof(x) == 16) {
    return pack<T, N>(__builtin_ia32_sqrtpd(x.v));
  } else {
    for (int i = 0; i < N; ++i) {
      x.v[i] = static_cast<T>(sizeof(T) == 4 ? __builtin_sqrtf(static_cast<float>(x.v[i]))
                                             : __builtin_sqrt(x.v[i]));
    }
    return x;
  }
#endif
}

/// `x * 2^n` for whole numbers n, rounded once; only where one instruction does it.
template <typename T, int N>
  requires(RAMP_HAS_AVX512 != 0 && N * sizeof(T) == 32)
RAMP_ALWAYS_INLINE pack<T, N> times_power_of_two(pack<T, N> x,
                                                 std::type_identity_t<pack<T, N>> n) {
  if constexpr (std::is_same_v<T, float>)
    return pack<T, N>(__builtin_ia32_scalefps256_mask(x.v, n.v, x.v, 0xff));
  else return pack<T, N>(__builtin_ia32_scalefpd256_mask(x.v, n.v, x.v, 0xf));
}

/// The IEEE 754 encodings as unsigned integers of the same width.
template <typename T, int N>
RAMP_ALWAYS_INLINE auto to_bits(pack<T, N> x) {
  using bits = pack<typename math::format<T>::bits, N>;
  return bits(reinterpret_cast<typename bits::vector>(x.v));
}

template <int N>
RAMP_ALWAYS_INLINE pack<float, N> from_bits(pack<std::uint32_t, N> b) {
  return pack<float, N>(reinterpret_cast<typename pack<float, N>::vector>(b.v));
}
template <int N>
RAMP_ALWAYS_INLINE pack<double, N> from_bits(pack<std::uint64_t, N> b) {
  return pack<double, N>(reinterpret_cast<typename pack<double, N>::vector>(b.v));
}

/// The same N values as another lane type, rounded to nearest where they do not fit.
template <Lane To, typename T, int N>
RAMP_ALWAYS_INLINE pack<To, N> convert(pack<T, N> x) {
  return pack<To, N>(__builtin_convertvector(x.v, typename pack<To, N>::vector));
}

/// One lane, and a pack with one lane replaced: what an algorithm does for a rare lane by itself.
template <typename T, int N>
RAMP_ALWAYS_INLINE T get_lane(pack<T, N> x, int i) {
  return x[i];
}
template <typename T, int N>
RAMP_ALWAYS_INLINE pack<T, N> with_lane(pack<T, N> x, int i, T value) {
  x.set(i, value);
  return x;
}

/// The sum of all lanes: lane i and lane i + N/2 first, then the same for the N/2 sums, and so on.
template <typename T, int N>
RAMP_ALWAYS_INLINE T reduce_sum(pack<T, N> x) {
  if constexpr (N == 8) x += pack_detail::shuffle(x, x, [](int i) { return (i + 4) % 8; });
  if constexpr (N >= 4) x += pack_detail::shuffle(x, x, [](int i) { return (i + 2) % N; });
  return x[0] + x[1];
}

/// The largest lane, in the order of reduce_sum. Unspecified if a lane is NaN.
template <typename T, int N>
RAMP_ALWAYS_INLINE T reduce_max(pack<T, N> x) {
  if constexpr (N == 8) x = max(x, pack_detail::shuffle(x, x, [](int i) { return (i + 4) % 8; }));
  if constexpr (N >= 4) x = max(x, pack_detail::shuffle(x, x, [](int i) { return (i + 2) % N; }));
  return math::max(x[0], x[1]);
}

/// The smallest lane, in the order of reduce_sum. Unspecified if a lane is NaN.
template <typename T, int N>
RAMP_ALWAYS_INLINE T reduce_min(pack<T, N> x) {
  if constexpr (N == 8) x = min(x, pack_detail::shuffle(x, x, [](int i) { return (i + 4) % 8; }));
  if constexpr (N >= 4) x = min(x, pack_detail::shuffle(x, x, [](int i) { return (i + 2) % N; }));
  return math::min(x[0], x[1]);
}

namespace pack_detail {

// Interleaves groups of G lanes inside each 128-bit block, of the lower or the upper half.
template <int G, bool Upper, typename T, int N>
RAMP_ALWAYS_INLINE pack<T, N> unpack(pack<T, N> a, pack<T, N> b) {
  return shuffle(a, b, [](int i) {
    constexpr int block = static_cast<int>(16 / sizeof(T));
    int const group = i % block / G;
    int const from = group / 2 * G + (Upper ? block / 2 : 0);
    return i / block * block + from + i % G + (group % 2 == 0 ? 0 : N);
  });
}

template <int G, typename T, int N>
RAMP_ALWAYS_INLINE void exchange(pack<T, N>& a, pack<T, N>& b) {
  pack<T, N> const lower = unpack<G, false>(a, b);
  b = unpack<G, true>(a, b);
  a = lower;
}

// The 128-bit block at p and, in a pack of two blocks, the one at p + second.
template <typename T, int N>
RAMP_ALWAYS_INLINE pack<T, N> load_blocks(T const* p, int second) {
  constexpr int block = static_cast<int>(16 / sizeof(T));
  if constexpr (N == block) {
    return pack<T, N>::load(p);
  } else {
    using half = pack<T, block>;
    half const a = half::load(p);
    half const b = half::load(p + second);
#ifndef __clang__  // g++ shuffles registers otherwise, where reading the second block places it
    if constexpr (RAMP_X86 && std::is_same_v<T, float>) {
      return pack<T, N>(
          __builtin_ia32_vinsertf128_ps256(__builtin_ia32_ps256_ps(a.v), b.v, 1));
    } else if constexpr (RAMP_X86 && std::is_same_v<T, double>) {
      return pack<T, N>(
          __builtin_ia32_vinsertf128_pd256(__builtin_ia32_pd256_pd(a.v), b.v, 1));
    } else
#endif
    {
      return [&]<int... I>(std::integer_sequence<int, I...>) RAMP_LAMBDA_INLINE {
        return pack<T, N>(__builtin_shufflevector(a.v, b.v, I...));
      }(std::make_integer_sequence<int, N>{});
    }
  }
}

// Transposes the squares that the 128-bit blocks of 16 / sizeof(T) rows make.
template <typename T, int N, int Block>
RAMP_ALWAYS_INLINE void transpose_blocks(pack<T, N> (&rows)[Block]) {
  exchange<1>(rows[0], rows[1]);
  if constexpr (Block == 4) {
    exchange<1>(rows[2], rows[3]);
    // Rows 0 and 1 now hold columns 0, 1 and 2, 3 of the first two rows.
    exchange<2>(rows[0], rows[2]);
    exchange<2>(rows[1], rows[3]);
    pack<T, N> const column_1 = rows[2];
    rows[2] = rows[1];
    rows[1] = column_1;
  }
}

}  // namespace pack_detail

/// Rows of a tile: 8 for float, 4 for double, on every target.
template <typename T>
inline constexpr int tile_rows = sizeof(T) == 4 ? 8 : 4;

/// Writes the transpose of a square tile of tile_rows<T>; strides count elements, row to row.
/// Cost: where a register has two 128-bit blocks, each is filled from another row as it is read,
/// so that no shuffle has to cross them: 16 shuffles for a tile of floats, not 24.
template <typename T>
RAMP_ALWAYS_INLINE void transpose_tile(T const* src, int src_stride, T* dst, int dst_stride) {
  using row = native_pack<T>;
  constexpr int block = static_cast<int>(16 / sizeof(T));
  constexpr int tile = tile_rows<T>;
  for (int r = 0; r < tile; r += row::size) {
    RAMP_UNROLL(2)
    for (int c = 0; c < tile; c += block) {
      row rows[block];
      RAMP_UNROLL(4)
      for (int i = 0; i < block; ++i)
        rows[i] = pack_detail::load_blocks<T, row::size>(src + (r + i) * src_stride + c,
                                                         block * src_stride);
      pack_detail::transpose_blocks(rows);
      RAMP_UNROLL(4)
      for (int i = 0; i < block; ++i) rows[i].store(dst + (c + i) * dst_stride + r);
    }
  }
}

}  // namespace RAMP_ISA
}  // namespace ramp::backend

// The same names for packs and scalars, so that a kernel is written once.
namespace ramp::math {
using backend::all, backend::any, backend::fma, backend::from_bits, backend::get_lane;
using backend::max, backend::min, backend::rounded, backend::select, backend::sqrt;
using backend::to_bits, backend::with_lane;
}  // namespace ramp::math
