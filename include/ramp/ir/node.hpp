// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

#include <ramp/core/shape.hpp>
#include <ramp/core/small_array.hpp>
#include <ramp/core/subgradient.hpp>
#include <ramp/op/table.hpp>

namespace ramp::ir {

using op::code;
using op::opcode;

/// Most operands of one node.
inline constexpr int max_operands = 3;

/// For each dimension of an operand, the iteration dimension of the node that walks along it.
/// A dimension of the node that no operand dimension names is a broadcast; a map that is not
/// increasing is a transpose. Four bits a dimension, so that passes compare and copy one integer.
struct axis_map {
  std::uint32_t packed = 0;

  [[nodiscard]] constexpr int operator[](int dimension) const {
    return static_cast<int>((packed >> (4 * dimension)) & 15u);
  }
  constexpr void set(int dimension, int iteration) {
    packed &= ~(15u << (4 * dimension));
    packed |= static_cast<std::uint32_t>(iteration) << (4 * dimension);
  }
  static constexpr axis_map identity(int rank) {
    return {rank == 0 ? 0u : 0x76543210u & (0xFFFFFFFFu >> (32 - 4 * rank))};
  }
  /// The map into a space that has one more dimension in front.
  [[nodiscard]] constexpr axis_map shifted(int rank) const {
    axis_map result;
    for (int d = 0; d < rank; ++d) result.set(d, (*this)[d] + 1);
    return result;
  }
  /// The map of an operand's operand: first `inner`, of `rank` dimensions, then this.
  [[nodiscard]] constexpr axis_map after(axis_map inner, int rank) const {
    axis_map result;
    for (int d = 0; d < rank; ++d)
      result.packed |= (packed >> (4 * ((inner.packed >> (4 * d)) & 15u)) & 15u) << (4 * d);
    return result;
  }
  friend constexpr bool operator==(axis_map, axis_map) = default;
};

/// One operation of a graph. Its iteration space is the output dimensions followed by the reduced
/// ones; every operand maps its own dimensions into that space.
struct node {
  opcode operation{};
  std::uint8_t arity = 0;
  int rank = 0;     // output dimensions: the first `rank` of `iteration`
  shape iteration;  // output extents, then reduced extents
  small_array<int, max_operands> operand{{-1, -1, -1}};
  small_array<axis_map, max_operands> map{};
  small_array<int, 3> attribute{};  // argument: index; slice, pad, concatenate and
                                    // triangular_solve: as in op/
  double value = 0.0;              // constant: the number; gates: the tie weight
  kink_policy policy{};            // of this use only; `inherit` unless the user said otherwise

  [[nodiscard]] constexpr int reduced() const { return iteration.rank - rank; }
  [[nodiscard]] constexpr bool is(opcode c) const { return operation == c; }
  [[nodiscard]] constexpr int extent(int dimension) const { return iteration[dimension]; }

  /// Extents of the result.
  [[nodiscard]] constexpr shape result_shape() const {
    shape s = iteration;
    s.rank = rank;
    for (int d = rank; d < iteration.rank; ++d) s[d] = 0;
    return s;
  }

  friend constexpr bool operator==(node const& a, node const& b) {
    // bits, not values: -0.0 and 0.0 are different constants, and NaN equals itself
    return a.operation == b.operation && a.operand.at[0] == b.operand.at[0] &&
           a.operand.at[1] == b.operand.at[1] && a.operand.at[2] == b.operand.at[2] &&
           a.map.at[0].packed == b.map.at[0].packed && a.map.at[1].packed == b.map.at[1].packed &&
           a.map.at[2].packed == b.map.at[2].packed && a.rank == b.rank &&
           a.attribute.at[0] == b.attribute.at[0] && a.attribute.at[1] == b.attribute.at[1] &&
           a.attribute.at[2] == b.attribute.at[2] &&
           std::bit_cast<std::uint64_t>(a.value) == std::bit_cast<std::uint64_t>(b.value) &&
           a.policy == b.policy && a.iteration == b.iteration;
  }

  [[nodiscard]] constexpr std::uint64_t hash() const {
    // one expression: constant evaluation counts statements
    constexpr std::uint64_t m = 0x9E3779B97F4A7C15ull;
    std::uint64_t const h =
        (((((static_cast<std::uint64_t>(operation) * 64 + static_cast<unsigned>(rank) * 8 +
             static_cast<unsigned>(iteration.rank)) * m +
            static_cast<std::uint64_t>(operand.at[0] + 1)) * m +
           static_cast<std::uint64_t>(operand.at[1] + 1)) * m +
          static_cast<std::uint64_t>(operand.at[2] + 1)) * m +
         (std::uint64_t{map.at[0].packed} << 32 | map.at[1].packed)) * m +
        (((static_cast<std::uint64_t>(attribute.at[0] + 16 * attribute.at[1]) ^
          static_cast<std::uint64_t>(attribute.at[2]) << 32) * m +
          std::bit_cast<std::uint64_t>(value)) * m +
         static_cast<std::uint64_t>(iteration.extent.at[0] + 4096 * iteration.extent.at[1])) * m;
    return h ^ (h >> 32);
  }
};

/// A node that reads node `source` through `map`, in an output space.
constexpr node view_of(int source, axis_map map, shape const& space) {
  node n;
  n.operation = code<op::view>;
  n.arity = 1;
  n.rank = space.rank;
  n.iteration = space;
  n.operand[0] = source;
  n.map[0] = map;
  return n;
}

/// What the value of an argument stands for; decides who provides it and how batching treats it.
enum class argument_kind : std::uint8_t {
  variable,   // bound by the caller, the same for all samples
  input,      // one per sample
  label,      // one class index per sample, an integer in [0, classes)
  parameter,  // learned; part of the model's state
  state,      // memory of an update rule; part of the model's state
  number      // a run-time scalar: a literal of an expression value, a hyperparameter
};

/// A named thing that a graph is evaluated with.
struct argument {
  std::string_view name;
  argument_kind kind = argument_kind::variable;
  shape extents;
  int classes = 0;  // labels only

  friend constexpr bool operator==(argument const&, argument const&) = default;
};

}  // namespace ramp::ir
