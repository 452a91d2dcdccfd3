// SPDX-License-Identifier: BSL-1.0
#pragma once

// A training step as a graph, which has every kind of kernel but the generic one.

#include "planned.hpp"

#include <ramp/pass/eliminate_dead_code.hpp>
#include <ramp/pass/reverse.hpp>

namespace planned {

/// Inputs -> relu -> softmax, cross-entropy, gradient descent with momentum, by hand as in a book.
template <int Inputs, int Hidden, int Classes>
struct training {
  static constexpr program build(int samples) {
    program p;
    value const x = p.input("x", shape(samples, Inputs));
    value const label = p.argument("label", argument_kind::label, shape(samples), Classes);
    value const w = p.parameter("w", shape(Inputs, Hidden));
    value const b = p.parameter("b", shape(Hidden));
    value const v = p.parameter("v", shape(Hidden, Classes));
    value const rate = p.argument("rate", argument_kind::number, shape());
    value h = product(x, w);
    h = (h - spread(b, h.space, {1})).combine<op::relu>(0.0);
    value const z = product(h, v) * 0.125;
    value const largest = ramp::ir::reduce_to<op::reduce_max>(z, dimensions({0}), 1)
                              .combine<op::stop_gradient>(0.0);
    value const centred = z - spread(largest, z.space, {0});
    value const total =
        ramp::ir::reduce_to<op::sum>(centred.combine<op::exp>(0.0), dimensions({0}), 1);
    value const index = spread(ramp::ir::value_of(p.g, p.g.iota(Classes)), z.space, {1});
    value const hit = index.combine<op::equal>(0.0, spread(label, z.space, {0}));
    value const picked = ramp::ir::reduce_to<op::sum>(
        hit.combine<op::where>(0.0, centred, z.number(0.0)), dimensions({0}), 1);
    value const loss = ramp::ir::reduce_to<op::sum>(total.combine<op::log>(0.0) - picked, {}, 0);
    ramp::list<int> const wrt{w.index, b.index, v.index};
    auto const gradients = ramp::pass::reverse(p.g, {loss.index}, {p.g.constant(1.0)}, wrt,
                                               ramp::standard_policy::value);
    p.loss(loss);
    auto descend = [&](value const& target, int gradient, std::string_view memory) {
      value const speed = p.argument(memory, argument_kind::state, target.space);
      value const faster = speed * 0.5 + ramp::ir::value_of(p.g, gradient);
      p.update(speed, faster);
      p.update(target, target - faster * spread(rate, target.space, {}));
    };
    descend(w, gradients[0], "w speed");
    descend(b, gradients[1], "b speed");
    descend(v, gradients[2], "v speed");
    ramp::list<int> live;
    for (auto const& r : p.roots) live.push_back(r.node);
    p.g = ramp::pass::eliminate_dead_code(p.g, live);
    for (std::size_t r = 0; r < live.size(); ++r) p.roots[r].node = live[r];
    return p;
  }
};

}  // namespace planned
