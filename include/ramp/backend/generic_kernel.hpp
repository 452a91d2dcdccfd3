// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include <ramp/backend/access.hpp>

namespace ramp::backend {
inline namespace RAMP_ISA {

/// One node of any operation and rank, by its definition: a loop for each dimension. What the
/// faster kernels cannot take runs here. Cost: the iteration space, one element at a time.
template <class P, int K>
struct generic_kernel {
  using T = value_type<P>;
  static constexpr int main = kernel_of<P>(K).main;
  static constexpr node const& n = node_of<P>(main);
  using Op = op::operation_at<n.operation>;
  using position = std::array<int, max_dimensions>;

  RAMP_ALWAYS_INLINE static void run(context<T> const& c) {
    position at{};
    if constexpr (Op::kind == op::category::scan) {
      outputs<0>(at, [&] { scan(c, at); });
    } else if constexpr (place_of<P>(main).accumulator >= 0) {
      outputs<0>(at, [&] {
        T* const p = c.arena + place_of<P>(main).accumulator + offset(place_of<P>(main).at, at);
        T sum = value(c, at);
        if (!c.first) sum += *p;
        if (!c.last) *p = sum;
        write(c, at, sum);
      });
    } else {
      outputs<0>(at, [&] { write(c, at, value(c, at)); });
    }
  }

  /// Operand `O` where the iteration `at` reads it.
  template <int O>
  RAMP_ALWAYS_INLINE static T operand(context<T> const& c, position const& at) {
    return operands{c, at}.template get<main, O>();
  }

  /// Stores element `at` of the result.
  RAMP_ALWAYS_INLINE static void write(context<T> const& c, position const& at, T x) {
    constexpr storage s = place_of<P>(main).at;
    if constexpr (s.where == memory::state)
      if (!c.last) return;  // a model changes at the end of a call
    if constexpr (s.where == memory::arena || s.where == memory::state)
      base<P, s.where>(c, s.base)[offset(s, at)] = x;
  }

 private:
  template <int D, class F>
  RAMP_ALWAYS_INLINE static void outputs(position& at, F&& f) {
    if constexpr (D == n.rank) {
      f();
    } else if constexpr (Op::kind == op::category::scan && D == n.attribute[0]) {
      outputs<D + 1>(at, f);
    } else {
      for (at[D] = 0; at[D] < n.extent(D); ++at[D]) outputs<D + 1>(at, f);
    }
  }
  template <int D, class F>
  RAMP_ALWAYS_INLINE static void folded(position& at, F&& f) {
    if constexpr (D == n.iteration.rank) {
      f();
    } else {
      for (at[D] = 0; at[D] < n.extent(D); ++at[D]) folded<D + 1>(at, f);
    }
  }

  RAMP_ALWAYS_INLINE static int offset(storage const& s, position const& at) {
    int sum = 0;
    for (int d = 0; d < n.rank; ++d) sum += s.offset_along(d, at[static_cast<std::size_t>(d)]);
    return sum;
  }

  /// The operands at the places that the node's maps give.
  struct operands {
    context<T> const& c;
    position const& at;

    template <int N, int O>
    RAMP_ALWAYS_INLINE T get() const {
      constexpr node const& source = node_of<P>(operand_of<P>(N, O));
      constexpr axis_map map = n.map[O];
      position where{};
      for (int d = 0; d < source.rank; ++d)
        where[static_cast<std::size_t>(d)] = at[static_cast<std::size_t>(map[d])];
      return element<O>(c, where);
    }
  };

  /// Operand `O` at a place of its own.
  template <int O>
  RAMP_ALWAYS_INLINE static T element(context<T> const& c, position const& where) {
    constexpr int source = operand_of<P>(main, O);
    constexpr node const& s = node_of<P>(source);
    if constexpr (s.operation == ir::code<op::constant>) {
      return static_cast<T>(s.value);
    } else if constexpr (s.operation == ir::code<op::iota>) {
      return static_cast<T>(where[0]);
    } else {
      constexpr storage st = place_of<P>(source).at;
      int sum = 0;
      for (int d = 0; d < s.rank; ++d)
        sum += st.offset_along(d, where[static_cast<std::size_t>(d)]);
      return base<P, st.where>(c, st.base)[sum];
    }
  }

  RAMP_ALWAYS_INLINE static T value(context<T> const& c, position& at) {
    if constexpr (op::elementwise<Op>) {
      return compute<P, main, T>(operands{c, at});
    } else if constexpr (Op::kind == op::category::reduction) {
      T sum = Op::template identity<T>;
      folded<n.rank>(at, [&] { sum = Op::fold(sum, operand<0>(c, at)); });
      return sum;
    } else if constexpr (Op::kind == op::category::contraction) {
      T sum = T(0);
      folded<n.rank>(at, [&] { sum += operand<0>(c, at) * operand<1>(c, at); });
      return sum;
    } else if constexpr (std::is_same_v<Op, op::view>) {
      return operand<0>(c, at);
    } else {
      return moved(c, at);
    }
  }

  /// One walk along the axis.
  RAMP_ALWAYS_INLINE static void scan(context<T> const& c, position& at) {
    constexpr auto axis = static_cast<std::size_t>(n.attribute[0]);
    constexpr int count = n.extent(static_cast<int>(axis));
    T accumulated{};
    for (int i = 0; i < count; ++i) {
      at[axis] = n.attribute[2] > 0 ? i : count - 1 - i;
      T const next = element<0>(c, at);
      accumulated = i == 0 ? next : Op::fold(accumulated, next);
      write(c, at, accumulated);
    }
  }

  /// Reshape, slice, pad and concatenate.
  RAMP_ALWAYS_INLINE static T moved(context<T> const& c, position const& at) {
    constexpr auto axis = static_cast<std::size_t>(n.attribute[0]);
    position where = at;
    if constexpr (std::is_same_v<Op, op::reshape>) {
      int flat = 0;
      for (int d = 0; d < n.rank; ++d) flat = flat * n.extent(d) + at[static_cast<std::size_t>(d)];
      constexpr node const& s = node_of<P>(operand_of<P>(main, 0));
      for (int d = s.rank - 1; d >= 0; --d) {
        where[static_cast<std::size_t>(d)] = flat % s.extent(d);
        flat /= s.extent(d);
      }
      return element<0>(c, where);
    } else if constexpr (std::is_same_v<Op, op::slice>) {
      where[axis] = n.attribute[1] + where[axis] * n.attribute[2];
      return element<0>(c, where);
    } else if constexpr (std::is_same_v<Op, op::pad>) {
      constexpr int extent = node_of<P>(operand_of<P>(main, 0)).extent(static_cast<int>(axis));
      constexpr int step = n.attribute[2];
      int const distance = at[axis] - n.attribute[1];
      where[axis] = distance / step;
      bool const is_zero = distance % step != 0 || where[axis] < 0 || where[axis] >= extent;
      return is_zero ? T(0) : element<0>(c, where);
    } else {
      static_assert(std::is_same_v<Op, op::concatenate>);
      if (where[axis] < n.attribute[1]) return element<0>(c, where);
      where[axis] -= n.attribute[1];
      return element<1>(c, where);
    }
  }
};

/// A matrix whose lanes run the other way, in square tiles transposed in registers.
/// Cost: one load and one store for each pack, and the shuffles.
template <class P, int K>
struct copy_kernel {
  using T = value_type<P>;
  static constexpr int main = kernel_of<P>(K).main;
  static constexpr node const& n = node_of<P>(main);
  static constexpr storage to = place_of<P>(main).at;
  static constexpr storage from = place_of<P>(operand_of<P>(main, 0)).at;
  static constexpr int tile = tile_rows<T>;
  static constexpr int along = to.lane;     // contiguous in the copy
  static constexpr int across = 1 - along;  // contiguous in the source

  RAMP_ALWAYS_INLINE static void run(context<T> const& c) {
    if constexpr (to.where == memory::state)
      if (!c.last) return;  // a model changes at the end of a call
    constexpr int rows = n.extent(across);
    constexpr int lanes = n.extent(along);
    if constexpr (from.lane == across && rows % tile == 0 && lanes % tile == 0) {
      T const* const source = base<P, from.where>(c, from.base);
      T* const target = base<P, to.where>(c, to.base);
      // by whole panels where there are no others, so that addresses are linear in the counters
      constexpr int row_step = rows % from.panel == 0 ? from.panel : tile;
      constexpr int lane_step = lanes % to.panel == 0 ? to.panel : tile;
      for (int p = 0; p < rows / row_step; ++p)
        for (int q = 0; q < lanes / lane_step; ++q)
          for (int r = 0; r < row_step; r += tile)
            for (int l = 0; l < lane_step; l += tile)
              transpose_tile(source + from.offset_along(across, p * row_step) + r +
                                 from.offset_along(along, q * lane_step + l),
                             from.stride[along],
                             target + to.offset_along(across, p * row_step + r) +
                                 to.offset_along(along, q * lane_step) + l,
                             to.stride[across]);
    } else {
      generic_kernel<P, K>::run(c);
    }
  }
};

}  // namespace RAMP_ISA
}  // namespace ramp::backend
