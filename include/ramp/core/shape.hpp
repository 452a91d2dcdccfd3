// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <limits>

#include <ramp/core/small_array.hpp>

namespace ramp {

/// Highest rank of a tensor that a user can write.
inline constexpr int max_rank = 4;

/// Most elements of a tensor, which are counted by int.
inline constexpr int max_elements = std::numeric_limits<int>::max();

/// Highest number of iteration dimensions of one graph node: the outputs (rank 4 and the sample
/// axis) and the dimensions that are summed over.
inline constexpr int max_dimensions = 8;

/// Extents of a dense row-major tensor; rank 0 is a scalar. A structural type, so it can be a
/// template argument and two equal shapes are the same type.
struct shape {
  int rank = 0;
  small_array<int, max_dimensions> extent{};

  constexpr shape() = default;

  template <class... Extents>
  explicit constexpr shape(int first, Extents... rest)
      : rank(1 + static_cast<int>(sizeof...(rest))), extent{{first, static_cast<int>(rest)...}} {}

  [[nodiscard]] constexpr int operator[](int axis) const {
    return extent.at[axis];
  }
  [[nodiscard]] constexpr int& operator[](int axis) {
    return extent.at[axis];
  }

  /// Number of elements; 1 for a scalar.
  [[nodiscard]] constexpr int elements() const {
    int count = 1;
    for (int d = 0; d < rank; ++d) count *= extent.at[d];
    return count;
  }

  /// This shape with one more axis at the end.
  [[nodiscard]] constexpr shape appended(int size) const {
    shape result = *this;
    result[result.rank++] = size;
    return result;
  }

  /// This shape without one axis.
  [[nodiscard]] constexpr shape without(int axis) const {
    shape result;
    for (int d = 0; d < rank; ++d)
      if (d != axis) result[result.rank++] = (*this)[d];
    return result;
  }

  friend constexpr bool operator==(shape const& a, shape const& b) {
    if (a.rank != b.rank) return false;
    for (int d = 0; d < a.rank; ++d)
      if (a.extent.at[d] != b.extent.at[d]) return false;
    return true;
  }
};

/// Distance in elements between neighbours along each axis, row-major.
constexpr std::array<int, max_dimensions> row_major_strides(shape const& s) {
  std::array<int, max_dimensions> stride{};
  int step = 1;
  for (int d = s.rank - 1; d >= 0; --d) {
    stride[static_cast<std::size_t>(d)] = step;
    step *= s[d];
  }
  return stride;
}

/// An axis as a bit of a set; what is no axis of any tensor is no bit.
constexpr unsigned axis_bit(int axis) {
  return 0 <= axis && axis < max_rank ? 1u << axis : 0u;
}

}  // namespace ramp
