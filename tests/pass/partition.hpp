// SPDX-License-Identifier: BSL-1.0
#pragma once

// A partition into kernels that tests continue by hand, node by node.

#include <ramp/pass/fuse.hpp>

#include "backend/planned.hpp"

namespace planned {

/// The leaves of a program are placed; of the other nodes those that a test places.
class partition {
  program p;
  pass::draft planned_for;
  pass::detail::sample_flow samples;
  pass::detail::lane_preference lanes;

  static pass::draft draft_of(program const& given) {
    pass::draft d;
    d.roots = given.roots;
    d.arguments = given.g.arguments;
    pass::detail::place_arguments(d, {});
    return d;
  }

 public:
  pass::detail::kernel_partition k;

  explicit partition(program const& given)
      : p(given),
        planned_for(draft_of(p)),
        samples(pass::detail::follow_samples(p.g)),
        lanes(p.g, planned_for, samples),
        k(p.g, samples, lanes, pass::draft(planned_for)) {
    for (int i = 0; i < p.g.size(); ++i) {
      ramp::ir::node const& n = p.g[i];
      if (!op::is_leaf(n.operation)) continue;
      pass::storage& s = k.place(k.append(i, n)).at;
      if (n.is(ramp::ir::code<op::argument>)) s = planned_for.argument_storage[n.attribute[0]];
      else s = {.where = pass::memory::literal};
    }
  }
  partition(partition const&) = delete;  // the parts refer to one another
  partition& operator=(partition const&) = delete;

  /// The node of a value with its operands numbered as in the draft.
  [[nodiscard]] ramp::ir::node numbered(value const& v) const {
    ramp::ir::node n = p.g[v.index];
    k.renumber_operands(n);
    return n;
  }
  [[nodiscard]] int made(value const& v) const { return k.made_of[v.index]; }
  [[nodiscard]] pass::placement const& place(value const& v) const { return k.place(made(v)); }
  [[nodiscard]] int kernels() const { return static_cast<int>(k.d.kernels.size()); }
  [[nodiscard]] pass::kernel const& last_kernel() const { return k.d.kernels.back(); }
};

}  // namespace planned
