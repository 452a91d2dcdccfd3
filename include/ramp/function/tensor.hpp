// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>

#include <ramp/core/shape.hpp>

namespace ramp {

/// A dense row-major tensor that owns its elements, without a heap: what compiled functions return,
/// and one of the things that they take. `tensor<double, 2, 2>{1.0, 2.0, 3.0, 4.0}`.
template <class T, int... Extents>
struct tensor {
  static_assert(sizeof...(Extents) <= max_rank && ((Extents > 0) && ...),
                "ramp: a tensor has up to 4 extents, each at least 1");

  using value_type = T;
  static constexpr int rank = static_cast<int>(sizeof...(Extents));
  static constexpr std::size_t count = (std::size_t{1} * ... * static_cast<std::size_t>(Extents));

  std::array<T, count> elements;

  /// Element (i, j, ...). Precondition: every index is inside its extent.
  template <class... Indices>
  [[nodiscard]] constexpr T const& operator()(Indices... indices) const {
    return elements[offset(indices...)];
  }
  template <class... Indices>
  [[nodiscard]] constexpr T& operator()(Indices... indices) {
    return elements[offset(indices...)];
  }
  /// Element i in row-major order.
  [[nodiscard]] constexpr T const& operator[](std::size_t i) const { return elements[i]; }
  [[nodiscard]] constexpr T& operator[](std::size_t i) { return elements[i]; }

  [[nodiscard]] constexpr T const* data() const { return elements.data(); }
  [[nodiscard]] constexpr T* data() { return elements.data(); }
  [[nodiscard]] static constexpr std::size_t size() { return count; }
  [[nodiscard]] constexpr auto begin() const { return elements.begin(); }
  [[nodiscard]] constexpr auto end() const { return elements.end(); }
  [[nodiscard]] constexpr auto begin() { return elements.begin(); }
  [[nodiscard]] constexpr auto end() { return elements.end(); }

  friend constexpr bool operator==(tensor const&, tensor const&) = default;

 private:
  template <class... Indices>
  static constexpr std::size_t offset(Indices... indices) {
    static_assert(sizeof...(Indices) == sizeof...(Extents),
                  "ramp: a tensor is indexed with one number for each of its dimensions");
    std::size_t at = 0;
    ((at = at * static_cast<std::size_t>(Extents) + static_cast<std::size_t>(indices)), ...);
    return at;
  }
};

}  // namespace ramp
