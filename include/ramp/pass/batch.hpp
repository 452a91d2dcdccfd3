// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include <ramp/core/list.hpp>
#include <ramp/ir/value.hpp>

namespace ramp::pass {

using ir::axis_map;
using ir::code;
using ir::graph;
using ir::node;

/// Whether an argument has one value per sample.
constexpr bool is_per_sample(ir::argument const& a) {
  return a.kind == ir::argument_kind::input || a.kind == ir::argument_kind::label;
}

/// Name of the input that weighs a sample in a mean over the batch. No user can write it.
inline constexpr std::string_view sample_weight_name = "sample weight";

/// Name of an argument that stands for a sum over the batch until batching.
inline constexpr std::string_view batch_sum_name = "batch sum";

/// Where the samples of a batch come together: the rest of the graph reads the sum over all samples
/// of node `node` as argument `argument`.
struct batch_sum {
  int node = -1;
  int argument = -1;
  friend constexpr bool operator==(batch_sum const&, batch_sum const&) = default;
};

/// Gives every node that depends on a per-sample argument a new leading axis of `samples`. Because
/// operands are read through maps, this is a shift of every dimension by one: a vector-matrix
/// product becomes a matrix product without a rule for it. The arguments of `sums` become sums over
/// the new axis. `roots` are renumbered; per_sample[i] tells whether root i has the new axis.
/// Preserves the value of every sample. Cost: linear in nodes.
constexpr graph batch(graph const& g, list<int>& roots, list<char>& per_sample,
                      int samples, list<batch_sum> const& sums = {}) {
  graph result;
  result.arguments = g.arguments;
  result.rules = g.rules;
  result.nodes.reserve(g.nodes.size());
  for (ir::argument& a : result.arguments) {
    if (!is_per_sample(a)) continue;
    shape extended(samples);
    for (int d = 0; d < a.extents.rank; ++d) extended = extended.appended(a.extents[d]);
    a.extents = extended;
  }
  list<int> renumbered(g.nodes.size(), -1);
  list<char> depends(g.nodes.size(), 0);
  for (int i = 0; i < g.size(); ++i) {
    node n = g[i];
    auto const at = static_cast<std::size_t>(i);
    int summed = -1;
    if (n.is(code<op::argument>))
      for (batch_sum const& b : sums)
        if (b.argument == n.attribute[0]) summed = b.node;
    if (summed >= 0) {
      auto const from = static_cast<std::size_t>(summed);
      ir::value v = ir::value_of(result, renumbered[from]);
      int const rank = n.rank;
      axis_map kept;
      if (depends[from] == 0) {  // the same for every sample, a number or of the full shape
        v.map = result[v.index].rank == 0 ? axis_map{} : v.map.shifted(rank);
        v.space = shape(samples);
        for (int d = 0; d < rank; ++d) v.space = v.space.appended(n.extent(d));
      }
      for (int d = 0; d < rank; ++d) kept.set(d, d + 1);
      ir::value const total = ir::reduce_to<op::sum>(v, kept, rank);
      renumbered[at] = ir::materialized(total);
      continue;
    }
    if (n.is(code<op::argument>) &&
        is_per_sample(g.arguments[static_cast<std::size_t>(n.attribute[0])]))
      depends[at] = 1;
    for (std::size_t k = 0; k < n.arity; ++k)
      if (depends[static_cast<std::size_t>(n.operand[k])] != 0) depends[at] = 1;
    bool const moves = op::reads_whole(n.operation);
    if (depends[at] != 0) {
      for (int d = max_dimensions - 1; d > 0; --d) n.iteration[d] = n.iteration[d - 1];
      n.iteration[0] = samples;
      ++n.iteration.rank;
      ++n.rank;
      if (op::is_along_axis(n.operation)) ++n.attribute[0];
    }
    for (std::size_t k = 0; k < n.arity; ++k) {
      auto const o = static_cast<std::size_t>(n.operand[k]);
      n.operand[k] = renumbered[o];
      if (depends[at] == 0) continue;
      int const rank = g[static_cast<int>(o)].rank;
      axis_map shifted;  // the sample axis of the operand, if it has one, is the node's
      int const skip = depends[o] != 0 ? 1 : 0;
      for (int d = 0; d < rank; ++d) shifted.set(d + skip, n.map[k][d] + 1);
      if (moves && skip == 0) {  // what moves elements reads all of them: repeat for each sample
        ir::value v{&result, n.operand[k], {}, {}};
        v.space = shape(samples);
        for (int d = 0; d < rank; ++d) {
          v.space = v.space.appended(g[static_cast<int>(o)].extent(d));
          v.map.set(d, d + 1);
        }
        n.operand[k] = ir::full(v);
      }
      n.map[k] = moves ? axis_map{} : shifted;
    }
    renumbered[at] = result.insert(n);
  }
  per_sample.clear();
  for (int& r : roots) {
    per_sample.push_back(depends[static_cast<std::size_t>(r)]);
    r = renumbered[static_cast<std::size_t>(r)];
  }
  return result;
}

}  // namespace ramp::pass
