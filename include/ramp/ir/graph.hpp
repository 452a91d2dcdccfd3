// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

#include <ramp/core/list.hpp>
#include <ramp/ir/node.hpp>

namespace ramp::pass {
struct rule;
}

namespace ramp::ir {

struct value;

/// The derivative rule of an operation that a user defined (op/defined.hpp).
using own_rule = value (*)(pass::rule const&);

/// A flat array of nodes in topological order: operands come before their users. An ordinary
/// value that works the same at compile time and at run time. Memory: the vectors below, which
/// exist during compilation and in tests only; no compiled function owns a graph.
struct graph {
  list<node> nodes;
  list<argument> arguments;
  list<own_rule> rules;        // that nodes of op::defined name by number
  list<std::uint64_t> hashes;  // of `nodes`, once one has been looked for
  list<int> buckets;  // open-addressing hash table over `nodes`

  [[nodiscard]] constexpr int size() const { return static_cast<int>(nodes.size()); }
  [[nodiscard]] constexpr node const& operator[](int i) const {
    return nodes[static_cast<std::size_t>(i)];
  }

  /// The index of a node equal to `n`, inserted if there is none (hash-consing: a common
  /// subexpression cannot exist twice). Expected cost O(1).
  constexpr int intern(node const& n) {
    if (hashes.size() < nodes.size() || nodes.size() * 2 >= buckets.size()) rehash();
    std::uint64_t const hash = n.hash();
    std::size_t const mask = buckets.size() - 1;
    int* const bucket = buckets.data();
    std::size_t b = hash & mask;
    for (; bucket[b] >= 0; b = (b + 1) & mask)
      if (hashes[static_cast<std::size_t>(bucket[b])] == hash && (*this)[bucket[b]] == n)
        return bucket[b];
    bucket[b] = size();
    nodes.push_back(n);
    hashes.push_back(hash);
    return bucket[b];
  }

  /// Adds a node of which it is known that the graph has no equal one, without a look for it.
  constexpr int append(node const& n) {
    nodes.push_back(n);
    return size() - 1;
  }

  /// Inserts a node in canonical form: the operands are never views, because the map of a view is
  /// folded into the map of its reader; arithmetic on constants is done; x + 0, x - 0, x * 1, x /
  /// 1, -(-x), pow(x, 0) and pow(x, 1) are simplified (exact but for the sign of a zero: -0 + 0 is
  /// 0); signs move out of sums and products, which meet then: x + x is 2 * x; pow(x, 2) is x * x,
  /// and factors whose product is exact are one (both round no worse); a sum of a product becomes a
  /// contraction, a sum of a sum one sum, a reshape of a reshape one reshape, and likewise slices
  /// and pads along one axis. 0 * x stays: x may be infinite or NaN.
  constexpr int insert(node n);

  /// A number, of any shape by broadcast.
  constexpr int constant(double value) {
    node n;
    n.operation = code<op::constant>;
    n.value = value;
    return intern(n);
  }

  constexpr int argument_node(int index) {
    node n;
    n.operation = code<op::argument>;
    n.attribute[0] = index;
    n.iteration = arguments[static_cast<std::size_t>(index)].extents;
    n.rank = n.iteration.rank;
    return intern(n);
  }

  constexpr int iota(int count) {
    node n;
    n.operation = code<op::iota>;
    n.rank = 1;
    n.iteration = shape(count);
    return intern(n);
  }

  /// The index of the argument with this name, added if it is new.
  constexpr int find_or_add(argument const& a) {
    for (std::size_t i = 0; i < arguments.size(); ++i)
      if (arguments[i].name == a.name && arguments[i].kind == a.kind) return static_cast<int>(i);
    arguments.push_back(a);
    return static_cast<int>(arguments.size()) - 1;
  }

  [[nodiscard]] constexpr bool is_constant(int i) const {
    return (*this)[i].is(code<op::constant>);
  }
  [[nodiscard]] constexpr bool is_constant(int i, double v) const {
    return is_constant(i) && std::bit_cast<std::uint64_t>((*this)[i].value) ==
                                 std::bit_cast<std::uint64_t>(v);
  }

  /// `source` read through `map` in an output space: the source itself where that changes nothing.
  constexpr int viewed(int source, axis_map map, shape const& space) {
    node const& s = (*this)[source];
    if (s.is(code<op::constant>)) return source;
    if (s.rank == space.rank && map == axis_map::identity(s.rank)) return source;
    return insert(view_of(source, map, space));
  }

 private:
  constexpr void rehash() {
    std::size_t count = 64;
    while (count <= nodes.size() * 4) count *= 2;
    hashes.reserve(count / 2);
    while (hashes.size() < nodes.size()) hashes.push_back(nodes[hashes.size()].hash());
    buckets = list<int>(count, -1);
    int* const bucket = buckets.data();
    for (int i = 0; i < size(); ++i) {
      std::size_t b = hashes[static_cast<std::size_t>(i)] & (count - 1);
      while (bucket[b] >= 0) b = (b + 1) & (count - 1);
      bucket[b] = i;
    }
  }
  constexpr int insert_elementwise(node& n);
  constexpr double multiple(node& n) const;
  constexpr int negative_of(node& n);
  constexpr int insert_sum(node& n);
  constexpr int insert_layout(node& n);
};

}  // namespace ramp::ir

#include <ramp/ir/canonical.hpp>
#include <ramp/ir/canonical_layout.hpp>
