// SPDX-License-Identifier: BSL-1.0
// Any rank, and the operations that only move elements.
#include "planned.hpp"

using namespace planned;
using ramp::ir::reduce_to;

namespace {

/// Elementwise operations, sums and contractions of rank 3 and 4.
struct higher_ranks {
  static constexpr program build(int samples) {
    program p;
    value const x = p.input("x", shape(samples, 3, 5));
    value const b = p.variable("b", shape(5));
    value const y = x * spread(b, x.space, {2});
    p.output(y);
    p.output(reduce_to<op::sum>(y, dimensions({0, 2}), 2));
    p.output(reduce_to<op::reduce_max>(y, dimensions({0}), 1));
    value const k = p.variable("k", shape(2, 3, 4, 5));
    p.output(k.combine<op::sqrt>(0.0));
    p.output(reduce_to<op::sum>(k, dimensions({1, 3}), 2));
    shape const space(samples, 4, 2, 5);  // samples and a dimension of k stay, two are summed
    auto const left = spread(reduce_to<op::sum>(x, dimensions({0, 2}), 2), space, {0, 3});
    auto const right = spread(reduce_to<op::sum>(k, dimensions({0, 2, 3}), 3), space, {2, 1, 3});
    p.output(reduce_to<op::sum>(left * right, dimensions({0, 1}), 2));
    p.output(reduce_to<op::sum>(y, dimensions({1, 2}), 2));  // over the samples
    return p;
  }
};

constexpr value moved(program& p, ramp::ir::opcode operation, shape const& result,
                      ramp::small_array<int, 3> const& attribute, value const& x) {
  ramp::ir::node n;
  n.operation = operation;
  n.arity = 1;
  n.rank = result.rank;
  n.iteration = result;
  n.operand[0] = ramp::ir::full(x);
  n.attribute = attribute;
  return ramp::ir::value_of(p.g, p.g.insert(n));
}

struct movements {
  static constexpr program build(int) {
    program p;
    value const x = p.variable("x", shape(4, 6));
    value const y = p.variable("y", shape(4, 3));
    value const square = x * x;
    p.output(moved(p, op::code<op::slice>, shape(4, 2), {1, 3, 1}, square));
    p.output(moved(p, op::code<op::slice>, shape(3, 6), {0, 1, 1}, x));
    p.output(moved(p, op::code<op::slice>, shape(4, 3), {1, 5, -2}, square));
    p.output(moved(p, op::code<op::pad>, shape(7, 6), {0, 2, 1}, square));
    p.output(moved(p, op::code<op::pad>, shape(4, 13), {1, 11, -2}, x));
    p.output(moved(p, op::code<op::reshape>, shape(3, 8), {}, square) * 2.0);
    ramp::ir::node n;
    n.operation = op::code<op::concatenate>;
    n.arity = 2;
    n.rank = 2;
    n.iteration = shape(4, 9);
    n.operand = {ramp::ir::full(square), ramp::ir::full(y), -1};
    n.attribute = {1, 6};
    p.output(ramp::ir::value_of(p.g, p.g.insert(n)));
    return p;
  }
};

/// Results that are nothing but an argument, a constant or a transposed argument.
struct leaves {
  static constexpr program build(int) {
    program p;
    value const x = p.variable("x", shape(3, 9));
    p.output(x);
    value turned = spread(x, shape(9, 3), {1, 0});
    p.output(turned);
    p.output(p.variable("s", shape()));
    p.output(x.number(2.5));
    return p;
  }
};

}  // namespace

TEST_CASE("tensors of rank 3 and 4", "[backend]") {
  check_all<higher_ranks>();
  check<higher_ranks, float, 3, 3>();
  CHECK(kernels_of<higher_ranks>(kernel_kind::generic) > 3);
}

TEST_CASE("slice, pad, reshape and concatenate", "[backend]") { check_all<movements>(); }

TEST_CASE("results that are computed by nothing", "[backend]") { check_all<leaves>(); }
