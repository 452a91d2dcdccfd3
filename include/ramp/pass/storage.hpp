// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <ramp/core/shape.hpp>

namespace ramp::pass {

/// Bytes that one panel of a packed tensor has along its lane dimension: a cache line.
inline constexpr int panel_bytes = 64;

enum class memory : std::uint8_t {
  none,      // lives in registers only
  arena,     // workspace of the function
  state,     // parameters and optimizer memory of a model
  argument,  // a pointer handed in by the caller, row-major
  literal    // not in memory: a constant or an index
};

/// Where the elements of a tensor are. One dimension, the lane dimension, is contiguous in panels:
///   offset(i) = base + (i[lane] / panel) * panel_stride + i[lane] % panel
///             + sum of i[d] * stride[d] over the other dimensions
/// Row-major memory is the case of one panel.
struct storage {
  memory where = memory::none;
  int base = 0;  // elements from the start of the arena or state; argument: its index
  int lane = -1;
  int panel = 1;
  int panel_stride = 0;
  std::array<int, max_dimensions> stride{};  // stride[lane] is not used
  int elements = 1;                          // to reserve, padding included

  [[nodiscard]] constexpr int offset_along(int dimension, int i) const {
    if (dimension == lane) return i / panel * panel_stride + i % panel;
    return i * stride[static_cast<std::size_t>(dimension)];
  }
  /// Offset of element `i`, counted in row-major order, of a tensor of shape `s`.
  [[nodiscard]] constexpr int offset_of(shape const& s, int i) const {
    int offset = base;
    for (int d = s.rank - 1; d >= 0; --d) {
      offset += offset_along(d, i % s[d]);
      i /= s[d];
    }
    return offset;
  }
  /// Whether a full panel may be read and written past the last element.
  [[nodiscard]] constexpr bool padded() const { return where != memory::argument; }

  friend constexpr bool operator==(storage const&, storage const&) = default;
};

/// The layout of memory that a user hands over.
constexpr storage row_major(shape const& s, memory where, int base) {
  storage r{.where = where, .base = base};
  r.elements = s.elements();
  if (s.rank == 0) return r;
  r.lane = s.rank - 1;
  r.panel = s[r.lane];
  r.stride = row_major_strides(s);
  return r;
}

/// Panels of `width` lanes: [lane / width][other dimensions, row-major][width]. What a matrix
/// product reads for consecutive summands then lies in consecutive cache lines.
constexpr storage packed(shape const& s, int lane, int width, memory where) {
  storage r{.where = where};
  if (s.rank == 0) return r;
  r.lane = lane;
  r.panel = width;
  int step = width;
  for (int d = s.rank - 1; d >= 0; --d) {
    if (d == lane) continue;
    r.stride[static_cast<std::size_t>(d)] = step;
    step *= s[d];
  }
  r.panel_stride = step;
  r.elements = (s[lane] + width - 1) / width * step;
  return r;
}

/// Work per useful lane, in percent: 100 where `extent` fills half panels.
constexpr int padding_cost(int extent, int width) {
  int const half = width / 2;
  return (extent + half - 1) / half * half * 100 / extent;
}

/// The dimension of least cost, of equals the last; `cost(e)` is that of dimension e. Precondition:
/// there is one.
template <class Cost>
constexpr int cheapest_dimension(int rank, Cost const& cost) {
  int best = rank - 1;
  int least = cost(best);
  for (int e = rank - 2; e >= 0; --e)
    if (int const c = cost(e); c < least) {
      best = e;
      least = c;
    }
  return best;
}

/// The lane dimension of a tensor stored by itself, a function of its shape and element type alone,
/// so that two programs can share a model: the last dimension unless it would waste more than a
/// quarter and another one wastes less.
constexpr int natural_lane(shape const& s, int width) {
  int const last = s.rank - 1;
  if (s.rank == 0 || padding_cost(s[last], width) <= 125) return last;
  return cheapest_dimension(s.rank, [&](int d) { return padding_cost(s[d], width); });
}

}  // namespace ramp::pass
