// SPDX-License-Identifier: BSL-1.0
#include <ramp/pass/sample_flow.hpp>

#include <catch2/catch.hpp>

#include "backend/planned.hpp"

using namespace planned;
using pass::detail::follow_samples;
using pass::detail::sample_flow;
using pass::plan_fault;

namespace {

/// The sum over the first dimension of a matrix.
value column_sums(value const& v) {
  return ramp::ir::reduce_to<op::sum>(v, dimensions({1}), 1);
}
value row_sums(value const& v) { return ramp::ir::reduce_to<op::sum>(v, dimensions({0}), 1); }

int axis_of(sample_flow const& flow, value const& v) { return flow.axis[v.index]; }
bool is_over(sample_flow const& flow, value const& v) { return flow.over[v.index] != 0; }
bool is_after(sample_flow const& flow, value const& v) { return flow.after[v.index] != 0; }

}  // namespace

TEST_CASE("the sample axis runs from the inputs through products to the sums over it", "[pass]") {
  program p;
  value const x = p.input("x", shape(8, 3));
  value const w = p.parameter("w", shape(3, 5));
  value const z = product(x, w);            // [samples, 5]
  value const each = row_sums(z);           // one for each sample
  value const all = column_sums(z);         // over the samples
  value const moved = w - spread(all, w.space, {1});
  value const turned = product(w, x, true, true);  // [5, samples]
  sample_flow const flow = follow_samples(p.g);
  CHECK(flow.fault == plan_fault::none);
  CHECK(axis_of(flow, x) == 0);
  CHECK(axis_of(flow, w) == -1);
  CHECK(axis_of(flow, z) == 0);
  CHECK(axis_of(flow, each) == 0);
  CHECK(axis_of(flow, turned) == 1);
  for (value const& v : {x, w, z, each, turned}) {
    CHECK(!is_over(flow, v));
    CHECK(!is_after(flow, v));
  }
  CHECK(is_over(flow, all));
  CHECK(is_after(flow, all));
  CHECK(!is_over(flow, moved));
  CHECK(is_after(flow, moved));
  CHECK(axis_of(flow, moved) == -1);
}

TEST_CASE("the gradient of a weight is a product that folds the samples", "[pass]") {
  program p;
  value const x = p.input("x", shape(8, 3));
  value const g = p.input("g", shape(8, 5));
  value const gradient = product(x, g, true);  // x^T g
  sample_flow const flow = follow_samples(p.g);
  CHECK(flow.fault == plan_fault::none);
  CHECK(axis_of(flow, gradient) == 2);
  CHECK(is_over(flow, gradient));
  CHECK(is_after(flow, gradient));
}

TEST_CASE("what goes back from a sum over the samples to a sample is a fault", "[pass]") {
  program p;
  value const x = p.input("x", shape(8, 3));
  value const sum = column_sums(x);
  CHECK(follow_samples(p.g).fault == plan_fault::none);
  p.output(x - spread(sum, x.space, {1}));
  CHECK(follow_samples(p.g).fault == plan_fault::feedback);
}

TEST_CASE("a maximum may run over elements but not over samples", "[pass]") {
  program p;
  value const x = p.input("x", shape(8, 3));
  p.output(ramp::ir::reduce_to<op::reduce_max>(x, dimensions({0}), 1));
  CHECK(follow_samples(p.g).fault == plan_fault::none);
  p.output(ramp::ir::reduce_to<op::reduce_max>(x, dimensions({1}), 1));
  CHECK(follow_samples(p.g).fault == plan_fault::extremum_over_samples);
}
