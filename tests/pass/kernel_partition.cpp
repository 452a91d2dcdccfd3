// SPDX-License-Identifier: BSL-1.0
#include <ramp/pass/kernel_partition.hpp>

#include <catch2/catch.hpp>

#include <ramp/pass/fuse.hpp>

#include "backend/planned.hpp"

using namespace planned;
using pass::detail::kernel_partition;
using ramp::ir::node;

namespace {

/// A square matrix and a vector that are computed in one kernel of rows, lanes.
struct begun {
  program p;
  value matrix = exponential(p.variable("m", shape(5, 5)));
  value vector = exponential(p.variable("v", shape(5)));
  pass::detail::sample_flow samples = pass::detail::follow_samples(p.g);
  pass::detail::lane_preference lanes{p.g, pass::draft{}, samples};
  kernel_partition partition{p.g, samples, lanes, pass::draft{}};
  int kernel = -1;

  begun() {
    for (int i = 0; i < p.g.size(); ++i) {
      node n = p.g[i];
      partition.renumber_operands(n);
      partition.append(i, n);
    }
    kernel = partition.new_kernel(pass::kernel_kind::rows, made(matrix));
    partition.join(made(matrix), kernel, pass::role::element, axis_map::identity(2));
    partition.join(made(vector), kernel, pass::role::lane, axis_map::identity(1).shifted(1));
  }

  static value exponential(value const& v) { return v.combine<op::exp>(0.0); }
  [[nodiscard]] int made(value const& v) const { return partition.made_of[v.index]; }
  /// A sum of two values that are read through maps into the space of the matrix.
  [[nodiscard]] node sum(value const& a, axis_map of_a, value const& b, axis_map of_b) const {
    node n;
    n.operation = ramp::ir::code<op::add>;
    n.arity = 2;
    n.rank = 2;
    n.iteration = shape(5, 5);
    n.operand = {made(a), made(b), -1};
    n.map = {of_a, of_b, {}};
    return n;
  }
};

axis_map const straight = axis_map::identity(2);
axis_map const turned = dimensions({1, 0});
axis_map const along_rows = axis_map::identity(1);
axis_map const along_lanes = axis_map::identity(1).shifted(1);

}  // namespace

TEST_CASE("a node runs along the dimensions of its operands in the kernel", "[pass]") {
  begun b;
  axis_map dims;
  REQUIRE(b.partition.inherit_dimensions(b.sum(b.matrix, straight, b.vector, along_lanes),
                                         b.kernel, dims));
  CHECK((dims[0] == 0 && dims[1] == 1));
  REQUIRE(b.partition.inherit_dimensions(b.sum(b.matrix, turned, b.vector, along_rows), b.kernel,
                                         dims));
  CHECK((dims[0] == 1 && dims[1] == 0));
}

TEST_CASE("no loops have a node that reads an operand along two dimensions", "[pass]") {
  begun b;
  axis_map dims;
  CHECK_FALSE(b.partition.inherit_dimensions(b.sum(b.matrix, straight, b.matrix, turned),
                                             b.kernel, dims));
  CHECK_FALSE(b.partition.inherit_dimensions(b.sum(b.vector, along_rows, b.vector, along_lanes),
                                             b.kernel, dims));
  CHECK_FALSE(b.partition.inherit_dimensions(b.sum(b.matrix, straight, b.vector, along_rows),
                                             b.kernel, dims));
}

TEST_CASE("of what other kernels computed a node inherits nothing", "[pass]") {
  begun b;
  axis_map dims;
  int const other = b.partition.new_kernel(pass::kernel_kind::rows, b.made(b.vector));
  REQUIRE(b.partition.inherit_dimensions(b.sum(b.matrix, straight, b.matrix, turned), other, dims));
  CHECK((dims[0] == pass::detail::free_dimension && dims[1] == pass::detail::free_dimension));
}
