// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <utility>

#include <ramp/backend/pack.hpp>
#include <ramp/pass/plan.hpp>

namespace ramp::backend {
inline namespace RAMP_ISA {

using ir::axis_map;
using ir::node;
using pass::kernel;
using pass::memory;
using pass::placement;
using pass::role;
using pass::storage;

/// What a kernel is run with. Passed by value: a pointer that is reached through a reference would
/// have to be read again after every store.
template <class T>
struct context {
  T* RAMP_RESTRICT arena = nullptr;
  T* RAMP_RESTRICT state = nullptr;
  T const* const* arguments = nullptr;
  bool first = true;  // tile of the call
  bool last = true;
};

/// A program is a type with a short name and the static members `value_type` and `plan`.
template <class P>
using value_type = typename P::value_type;

template <class P>
using pack_type = native_pack<value_type<P>>;

/// Calls f.operator()<0>(), ..., f.operator()<N - 1>().
template <int N, class F>
RAMP_ALWAYS_INLINE void unroll(F&& f) {
  [&]<int... I>(std::integer_sequence<int, I...>) RAMP_LAMBDA_INLINE {
    (f.template operator()<I>(), ...);
  }(std::make_integer_sequence<int, N>{});
}

/// A place along the lanes of a kernel, in two parts: `within` stays in the panel that `first` is
/// in, and is usually a constant, so that the addresses of a register tile differ by constants.
struct lane_place {
  int first, within;

  constexpr lane_place(int lane, int more = 0) : first(lane), within(more) {}
  constexpr operator int() const { return first + within; }
};

/// How a kernel reaches the elements of a stored tensor along its own dimensions.
struct reach {
  storage at;
  int row = -1;    // dimension of the tensor along the kernel's rows; -1: none
  int lane = -1;   // along its lanes
  int depth = -1;  // along what it sums
  int lane_extent = 1;

  constexpr reach(storage const& s, node const& n, axis_map dims) : at(s) {
    for (int d = 0; d < n.rank; ++d) {
      if (dims[d] == 0) row = d;
      if (dims[d] == 1) {
        lane = d;
        lane_extent = n.extent(d);
      }
      if (dims[d] == 2) depth = d;
    }
  }

  [[nodiscard]] constexpr int offset(int dimension, int i) const {
    return dimension < 0 ? 0 : at.offset_along(dimension, i);
  }
  /// A pack past the end of memory without padding is at its beginning: it may be read.
  [[nodiscard]] constexpr int lane_offset(lane_place i) const {
    if (lane < 0 || !contiguous() || !at.padded()) return offset(lane, i);
    return at.offset_along(lane, i.first) + i.within;
  }
  [[nodiscard]] constexpr bool contiguous() const { return lane == at.lane; }
  /// Whether packs of `size` may be read and written whole.
  [[nodiscard]] constexpr bool whole_packs(int size) const {
    return at.padded() || lane_extent % size == 0;
  }
};

template <class P>
constexpr node const& node_of(int i) {
  return P::plan.nodes[static_cast<std::size_t>(i)];
}
template <class P>
constexpr placement const& place_of(int i) {
  return P::plan.placements[static_cast<std::size_t>(i)];
}
template <class P>
constexpr kernel const& kernel_of(int k) {
  return P::plan.kernels[static_cast<std::size_t>(k)];
}
template <class P>
constexpr int operand_of(int i, int k) {
  return node_of<P>(i).operand[static_cast<std::size_t>(k)];
}

/// Reach of operand `k` of a member, or of the member itself (k = -1).
template <class P>
constexpr reach reach_of(int member, int k) {
  placement const& p = place_of<P>(member);
  if (k < 0) return {p.at, node_of<P>(member), p.place};
  node const& source = node_of<P>(operand_of<P>(member, k));
  axis_map const map = node_of<P>(member).map[static_cast<std::size_t>(k)];
  return {place_of<P>(operand_of<P>(member, k)).at, source, p.place.after(map, source.rank)};
}

template <class P, memory Where>
RAMP_ALWAYS_INLINE auto base(context<value_type<P>> const& c, int base_offset) {
  if constexpr (Where == memory::arena) return c.arena + base_offset;
  else if constexpr (Where == memory::state) return c.state + base_offset;
  else return c.arguments[base_offset];
}

template <class V, class T>
RAMP_ALWAYS_INLINE V read_lanes(T const* p, int lane, int extent, int stride) {
  V v(T(0));
  for (int i = 0; i < V::size; ++i)
    if (lane + i < extent) v.set(i, p[i * stride]);
  return v;
}

/// Operand `K` of member `N`, or its own value (K = -1), from the memory that `origin` starts.
template <class P, int N, int K, class V>
RAMP_ALWAYS_INLINE V load_from(value_type<P> const* origin, [[maybe_unused]] int row,
                               [[maybe_unused]] lane_place lane) {
  constexpr reach r = reach_of<P>(N, K);
  auto const* p = origin + r.offset(r.row, row) + r.lane_offset(lane);
  if constexpr (std::is_same_v<V, value_type<P>> || r.lane < 0) {
    return V(*p);
  } else if constexpr (!r.contiguous()) {
    return read_lanes<V>(p, lane, r.lane_extent, r.at.stride[static_cast<std::size_t>(r.lane)]);
  } else if constexpr (r.whole_packs(V::size)) {
    return V::load(p);
  } else {
    return lane + V::size <= r.lane_extent ? V::load(p) : V::load(p, r.lane_extent - lane);
  }
}

/// Operand `K` of member `N` at a row and a lane of the kernel. V is the element type (then `lane`
/// must be 0 or the tensor has no lanes) or a pack of lanes.
template <class P, int N, int K, class V>
RAMP_ALWAYS_INLINE V load(context<value_type<P>> const& c, [[maybe_unused]] int row,
                          [[maybe_unused]] lane_place lane) {
  using T = value_type<P>;
  constexpr int source = operand_of<P>(N, K);
  constexpr auto operation = node_of<P>(source).operation;
  if constexpr (operation == ir::code<op::constant>) {
    return V(static_cast<T>(node_of<P>(source).value));
  } else if constexpr (operation == ir::code<op::iota>) {
    constexpr bool along_lanes = reach_of<P>(N, K).lane >= 0;
    auto const first = static_cast<T>(along_lanes ? int{lane} : row);
    if constexpr (along_lanes && !std::is_same_v<V, T>) return V(first) + V::iota();
    else return V(first);
  } else {
    constexpr storage at = place_of<P>(source).at;
    return load_from<P, N, K, V>(base<P, at.where>(c, at.base), row, lane);
  }
}

/// Writes a value of member `N` into the memory that `origin` starts.
template <class P, int N, class V>
RAMP_ALWAYS_INLINE void store_to(value_type<P>* origin, V v, [[maybe_unused]] int row,
                                 [[maybe_unused]] lane_place lane) {
  constexpr reach r = reach_of<P>(N, -1);
  auto* p = origin + r.offset(r.row, row) + r.lane_offset(lane);
  if constexpr (std::is_same_v<V, value_type<P>>) {
    *p = v;
  } else if constexpr (r.contiguous()) {
    v.store(p);
  } else {
    for (int i = 0; i < V::size; ++i)
      if (lane + i < r.lane_extent) p[i * r.at.stride[static_cast<std::size_t>(r.lane)]] = v[i];
  }
}

/// Writes a member where the plan wants it; nothing if it only lives in registers.
template <class P, int N, class V>
RAMP_ALWAYS_INLINE void store(context<value_type<P>> const& c, V v, int row, lane_place lane) {
  constexpr storage at = place_of<P>(N).at;
  // a model changes at the end of a call; what follows sums over samples is not computed before
  if constexpr (at.where == memory::state &&
                (place_of<P>(N).over_samples || !place_of<P>(N).after_samples))
    if (!c.last) return;
  if constexpr (at.where == memory::state && !std::is_same_v<V, value_type<P>>) {
    // the padding of a model stays zero, whatever was computed there: equal models are equal bytes
    constexpr int extent = reach_of<P>(N, -1).lane_extent;
    if constexpr (extent % V::size != 0)
      if (lane + V::size > extent)
        v = select(V::iota() < V(static_cast<value_type<P>>(extent - lane)), v, V(0));
  }
  if constexpr (at.where == memory::arena || at.where == memory::state)
    store_to<P, N>(base<P, at.where>(c, at.base), v, row, lane);
}

/// A sum over samples goes on from tile to tile: adds what the earlier ones gave, and keeps the
/// result for the later ones.
template <class P, int N, class V>
RAMP_ALWAYS_INLINE void carry(context<value_type<P>> const& c, V& sum, int row, lane_place lane) {
  constexpr int accumulator = place_of<P>(N).accumulator;
  if constexpr (accumulator >= 0) {
    auto* const earlier = c.arena + accumulator;
    if (!c.first) sum = sum + load_from<P, N, -1, V>(earlier, row, lane);
    if (!c.last) store_to<P, N>(earlier, sum, row, lane);
  }
}

/// The elementwise operation of member `N`; `operands.template get<N, O>()` is its operand O.
template <class P, int N, class V, class Operands>
RAMP_ALWAYS_INLINE V compute(Operands const& operands) {
  using Op = op::operation_at<node_of<P>(N).operation>;
  return [&]<int... O>(std::integer_sequence<int, O...>) RAMP_LAMBDA_INLINE {
    if constexpr (op::attributed<Op>) {
      constexpr auto attribute = static_cast<value_type<P>>(node_of<P>(N).value);
      return Op::value(operands.template get<N, O>()..., V(attribute));
    } else {
      return Op::value(operands.template get<N, O>()...);
    }
  }(std::make_integer_sequence<int, Op::arity>{});
}

}  // namespace RAMP_ISA
}  // namespace ramp::backend
