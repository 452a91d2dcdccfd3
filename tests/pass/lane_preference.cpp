// SPDX-License-Identifier: BSL-1.0
#include <ramp/pass/lane_preference.hpp>

#include <catch2/catch.hpp>

#include <ramp/pass/fuse.hpp>

#include "backend/planned.hpp"

using namespace planned;
using pass::detail::lane_preference;

namespace {

lane_preference preference_of(program const& p) {
  pass::draft d;
  d.roots = p.roots;
  d.arguments = p.g.arguments;
  pass::detail::place_arguments(d, {});
  return {p.g, d, pass::detail::follow_samples(p.g)};
}

value exponential(value const& v) { return v.combine<op::exp>(0.0); }

}  // namespace

TEST_CASE("a dimension that is summed is better walked", "[pass]") {
  program p;
  value const m = p.variable("m", shape(6, 10));
  value const e = exponential(m);
  value const row_sums = ramp::ir::reduce_to<op::sum>(e, dimensions({0}), 1);
  p.output(row_sums);
  auto const lanes = preference_of(p);
  CHECK(lanes.cost(e.index, 0) == 0);
  CHECK(lanes.cost(e.index, 1) == 80);
  CHECK(lanes.cost(m.index, 1) == 80);  // through the exponential
  CHECK(lanes.cost(row_sums.index, 0) == 0);
}

TEST_CASE("a sum over the samples weighs less", "[pass]") {
  program p;
  value const x = p.input("x", shape(6, 10));
  value const sums = ramp::ir::reduce_to<op::sum>(exponential(x), dimensions({1}), 1);
  p.output(sums);
  auto const lanes = preference_of(p);
  CHECK(lanes.cost(x.index, 0) == 40);
  CHECK(lanes.cost(x.index, 1) == 0);
}

TEST_CASE("a transposed reader prefers in its own terms", "[pass]") {
  program p;
  value const m = p.variable("m", shape(6, 10));
  value const turned = exponential(spread(m, shape(10, 6), {1, 0}));
  p.output(ramp::ir::reduce_to<op::sum>(turned, dimensions({0}), 1));
  auto const lanes = preference_of(p);
  CHECK(lanes.cost(turned.index, 1) == 80);
  CHECK(lanes.cost(m.index, 0) == 80);
  CHECK(lanes.cost(m.index, 1) == 0);
}

TEST_CASE("what leads to an update is wanted in the layout of its target", "[pass]") {
  program p;
  value const w = p.parameter("w", shape(32, 3));  // packs along 32: 3 would waste most lanes
  value const g = p.variable("g", shape(32, 3));
  value const step = exponential(g);
  value const turned = exponential(p.variable("h", shape(3, 32)));
  p.update(w, w - (step + spread(turned, shape(32, 3), {1, 0})));
  auto const lanes = preference_of(p);
  CHECK(lanes.wanted(p.roots[0].node) == 0);
  CHECK(lanes.wanted(step.index) == 0);
  CHECK(lanes.cost(step.index, 0) == 0);
  CHECK(lanes.cost(step.index, 1) == 100);
  CHECK(lanes.wanted(turned.index) == -1);  // is read transposed
  CHECK(lanes.cost(turned.index, 0) == 0);
}
