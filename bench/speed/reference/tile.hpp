// SPDX-License-Identifier: BSL-1.0
//
// The register tile: up to 6 rows of 16 columns, held in 12 of the 16 vector registers of AVX2.
// Every product of a training step is the one kernel `accumulate` below, called with other strides.
#pragma once

#include "simd.hpp"

#include <type_traits>
#include <utility>

namespace reference {

/// The width of a tile, of a panel of weights and of a panel of activations.
inline constexpr int panel = 16;

/// Calls f(0), ..., f(Count - 1) with each argument a constant: arrays of registers indexed so stay
/// in registers.
template <int Count, class F>
[[gnu::always_inline]] inline void unroll(F&& f) {
  [&]<int... I>(std::integer_sequence<int, I...>) __attribute__((always_inline)) {
    (f(std::integral_constant<int, I>{}), ...);
  }(std::make_integer_sequence<int, Count>{});
}

/// Splits `Count` rows into the fewest parts of at most `Most`, as equal as possible (32 rows: 6 6
/// 5 5 5 5, for a part of 2 would leave the pipeline idle), and calls f(first, rows), `rows` being
/// a constant.
template <int Count, int Most, class F>
[[gnu::always_inline]] inline void for_each_part(F&& f) {
  constexpr int parts = (Count + Most - 1) / Most;
  constexpr int rows = Count / parts;
  constexpr int larger = Count % parts;
  int first = 0;
  if constexpr (larger > 0)
    for (; first < larger * (rows + 1); first += rows + 1)
      f(first, std::integral_constant<int, rows + 1>{});
  for (; first < Count; first += rows) f(first, std::integral_constant<int, rows>{});
}

template <int Rows>
struct tile {
  float8 left[Rows] = {};
  float8 right[Rows] = {};
};

/// sum[row][lane] += scalars[row * RowStride + step * StepStride] * vectors[step * VectorStride +
/// lane] over `Steps` steps and the 16 lanes of a tile.
template <int Steps, int RowStride, int StepStride, int VectorStride, int Rows>
[[gnu::always_inline]] inline void accumulate(tile<Rows>& result, float const* scalars,
                                              float const* vectors) {
  tile<Rows> sum = result;
  // clang schedules the loop 10 % worse unrolled twice; g++ does not mind.
#pragma GCC unroll 4
  for (int step = 0; step < Steps; ++step) {
    float8 const left = load(vectors + step * VectorStride);
    float8 const right = load(vectors + step * VectorStride + lanes);
    unroll<Rows>([&](auto row) __attribute__((always_inline)) {
      float8 const scalar = broadcast(scalars[row * RowStride + step * StepStride]);
      sum.left[row] += scalar * left;
      sum.right[row] += scalar * right;
    });
  }
  result = sum;
}

}  // namespace reference
