// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include <ramp/pass/batch.hpp>
#include <ramp/pass/plan.hpp>

namespace ramp::pass::detail {

/// How the sample axis runs through a batched graph; each list has one entry for each node.
struct sample_flow {
  list<int> axis;    // the iteration dimension that runs over the samples; -1: none
  list<char> over;   // folds the sample axis
  list<char> after;  // does so or depends on a node that does: final in the last tile only
  plan_fault fault = plan_fault::none;
};

/// Follows the sample axis from the arguments to their readers. Cost: linear in nodes.
constexpr sample_flow follow_samples(graph const& g) {
  sample_flow flow;
  flow.axis.assign(g.nodes.size(), -1);
  flow.over.assign(g.nodes.size(), 0);
  flow.after.assign(g.nodes.size(), 0);
  for (int i = 0; i < g.size(); ++i) {
    node const& n = g[i];
    int axis = -1;
    bool after = false;
    if (n.is(code<op::argument>) && is_per_sample(g.arguments[n.attribute[0]])) axis = 0;
    bool const moves = op::reads_whole(n.operation);
    for (std::size_t k = 0; k < n.arity; ++k) {
      int const o = n.operand[k];
      if (flow.axis[o] >= 0 && flow.axis[o] < g[o].rank)
        axis = moves ? flow.axis[o] : n.map[k][flow.axis[o]];
      after = after || flow.after[o] != 0;
    }
    bool const folds = axis >= n.rank;
    if (folds && op::is_reduction(n.operation) && !n.is(code<op::sum>))
      flow.fault = plan_fault::extremum_over_samples;
    if (axis >= 0 && after) flow.fault = plan_fault::feedback;
    flow.axis[i] = axis;
    flow.over[i] = folds ? 1 : 0;
    flow.after[i] = after || folds ? 1 : 0;
  }
  return flow;
}

}  // namespace ramp::pass::detail
