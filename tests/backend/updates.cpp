// SPDX-License-Identifier: BSL-1.0
// Updates in place: every kernel reads the state of before the step.
#include "planned.hpp"

#include <ramp/pass/eliminate_dead_code.hpp>
#include <ramp/pass/reverse.hpp>

using namespace planned;
using ramp::ir::reduce_to;

namespace {

struct swapped {
  static constexpr program build(int) {
    program p;
    value const a = p.parameter("a", shape(5, 3));
    value const b = p.parameter("b", shape(5, 3));
    p.update(a, b);
    p.update(b, a * 2.0);
    return p;
  }
};

/// The new value needs elements of the old one at other places.
struct entangled {
  static constexpr program build(int) {
    program p;
    value const a = p.parameter("a", shape(9, 9));
    value const v = p.parameter("v", shape(9));
    p.update(a, a + spread(a, a.space, {1, 0}));
    p.update(v, v / spread(reduce_to<op::sum>(v, {}, 0), v.space, {}));
    return p;
  }
};

/// Two targets get one value, another gets a number.
struct shared {
  static constexpr program build(int) {
    program p;
    value const a = p.parameter("a", shape(6));
    value const b = p.parameter("b", shape(6));
    value const c = p.parameter("c", shape());
    value const mean = (a + b) * 0.5;
    p.update(a, mean);
    p.update(b, mean);
    p.update(c, c * c + c.number(1.0));
    return p;
  }
};

/// A kernel with two phases that updates in the first what the second would like to read again.
struct phases {
  static constexpr program build(int) {
    program p;
    value const w = p.parameter("w", shape(6, 9));
    value const half = w * 0.5;
    value const next = w - half * half;
    value const low = reduce_to<op::reduce_min>(next, dimensions({1}), 1);
    p.update(w, next);
    p.output(half - spread(low, w.space, {1}));
    return p;
  }
};

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
    value const largest = reduce_to<op::reduce_max>(z, dimensions({0}), 1)
                              .combine<op::stop_gradient>(0.0);
    value const centred = z - spread(largest, z.space, {0});
    value const total = reduce_to<op::sum>(centred.combine<op::exp>(0.0), dimensions({0}), 1);
    value const index = spread(ramp::ir::value_of(p.g, p.g.iota(Classes)), z.space, {1});
    value const hit = index.combine<op::equal>(0.0, spread(label, z.space, {0}));
    value const picked = reduce_to<op::sum>(hit.combine<op::where>(0.0, centred, z.number(0.0)),
                                            dimensions({0}), 1);
    value const loss = reduce_to<op::sum>(total.combine<op::log>(0.0) - picked, {}, 0);
    std::vector<int> const wrt{w.index, b.index, v.index};
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
    std::vector<int> live;
    for (auto const& r : p.roots) live.push_back(r.node);
    p.g = ramp::pass::eliminate_dead_code(p.g, live);
    for (std::size_t r = 0; r < live.size(); ++r) p.roots[r].node = live[r];
    return p;
  }
};

}  // namespace

TEST_CASE("updates that read each other's target", "[backend]") {
  check_all<swapped>();
  check_all<entangled>();
  check_all<shared>();
  check_all<phases>();
}

TEST_CASE("a training step", "[backend]") {
  check<training<4, 5, 3>, float, 7>(512);
  check<training<4, 5, 3>, double, 7>(512);
  check<training<9, 16, 10>, float, 16>(512);
}

TEST_CASE("a training step in several tiles", "[backend]") {
  check<training<4, 5, 3>, float, 7, 3>(512);
  check<training<4, 5, 3>, double, 4, 2>(512);
}
