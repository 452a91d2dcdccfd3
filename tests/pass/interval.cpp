// SPDX-License-Identifier: BSL-1.0
// What the bounds of a gradient are made of; that they hold is in tests/laws/interval.cpp.
#include <ramp/pass/interval.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

#include <ramp/ir/verify.hpp>

#include "ends.hpp"

using namespace ends;
using ramp::ir::reduce_to;

namespace {

constexpr auto operations =
    only<op::outward, op::add_toward, op::mul_toward, op::div_toward, op::abs, op::neg, op::add,
         op::sub, op::mul, op::div, op::min, op::max, op::less, op::less_equal, op::equal,
         op::logical_and, op::logical_or, op::logical_not, op::where, op::relu, op::fork, op::gate,
         op::share, op::sign, op::exp, op::slice, op::pad, op::reshape, op::iota, op::view,
         op::sum, op::contract, op::reduce_max, op::determinant, op::cofactors, op::concatenate>;

value relu(value const& v) { return v.combine<op::relu>(0.0); }

/// The bounds by each of `wrt`; nodes that were there stay as they were.
ramp::list<bounds> bounds_of(value const& root, std::initializer_list<value> wrt,
                             int expected_fault = -1) {
  graph& g = *root.owner;
  ramp::list<int> nodes;
  for (value const& v : wrt) nodes.push_back(v.index);
  auto const before = g.nodes;
  int fault = -1;
  auto const found = ramp::pass::gradient_bounds(g, root.index, nodes, fault);
  CHECK(fault == expected_fault);
  CHECK(found.size() == wrt.size());
  REQUIRE(g.nodes.size() >= before.size());
  CHECK(std::equal(before.begin(), before.end(), g.nodes.begin()));
  CHECK(ramp::ir::verify(g) == "");
  return found;
}
interval bound_of(value const& root, value const& wrt, std::initializer_list<double> arguments) {
  return at<operations>(bounds_of(root, {wrt})[0], arguments);
}

void check_near(interval const& found, double lower, double upper) {
  INFO(found);
  CHECK(found.lower <= lower);
  CHECK(found.upper >= upper);
  CHECK(found.lower == Approx(lower).epsilon(1e-12).margin(1e-14));
  CHECK(found.upper == Approx(upper).epsilon(1e-12).margin(1e-14));
}

}  // namespace

TEST_CASE("both slopes at a kink, one beside it", "[interval]") {
  graph g;
  value const x = argument(g);
  value const rectified = relu(x);
  value const size = x.combine<op::abs>(0.0);
  check_near(bound_of(rectified, x, {0.0}), 0, 1);
  check_near(bound_of(rectified, x, {-0.0}), 0, 1);
  check_near(bound_of(rectified, x, {1e-300}), 1, 1);
  check_near(bound_of(rectified, x, {-1e-300}), 0, 0);
  check_near(bound_of(size, x, {0.0}), -1, 1);
  check_near(bound_of(size, x, {-2.0}), -1, -1);
}

TEST_CASE("a kink that rounding may hide counts", "[interval]") {
  graph g;
  value const x = argument(g);
  value const f = relu(x * 0.1 - x.number(0.03));  // 0.3 * 0.1 is not 0.03
  check_near(bound_of(f, x, {0.3}), 0, 0.1);
  check_near(bound_of(f, x, {0.3 + 1e-12}), 0.1, 0.1);
  check_near(bound_of(f, x, {0.3 - 1e-12}), 0, 0);
}

TEST_CASE("reverse mode adds up before it multiplies", "[interval]") {
  graph g;
  value const x = argument(g);
  value const u = relu(x);
  // forward mode alone gives [-2, 3]
  check_near(bound_of(u * 3.0 - u * 2.0, x, {0.0}), 0, 1);
}

TEST_CASE("forward mode knows that one operand of a maximum counts; it bounds few elements",
          "[interval]") {
  for (int count : {1, 8, 9}) {
    graph g;
    value const v = argument(g, shape(count));
    value const f = reduce_to<op::sum>((v * 2.0).combine<op::max>(0.0, v * 3.0), {}, 0);
    auto const found = elements<operations>(
        bounds_of(f, {v})[0], {std::vector<double>(static_cast<std::size_t>(count), 0.0)});
    REQUIRE(found.size() == static_cast<std::size_t>(count));
    for (interval const& i : found)  // reverse mode alone gives [0, 5]
      check_near(i, count > ramp::pass::most_bounded_forward ? 0 : 2,
                 count > ramp::pass::most_bounded_forward ? 5 : 3);
  }
}

TEST_CASE("of functions of matrices forward mode bounds fewer elements", "[interval]") {
  for (int const count : {2, 3}) {
    graph g;
    value const v = argument(g, shape(count));
    value const a = argument(g, shape(2, 2));
    value const total = reduce_to<op::sum>(v, {}, 0);
    value const d = ramp::ir::matrix_operation<op::determinant>(a * total);
    value const kinked = reduce_to<op::sum>((v * 2.0).combine<op::max>(0.0, v * 3.0), {}, 0);
    auto const found =
        elements<operations>(bounds_of(kinked + d, {v})[0],
                             {std::vector<double>(static_cast<std::size_t>(count), 0.0),
                              {1, 2, 3, 4}});
    for (interval const& i : found) check_near(i, count == 2 ? 2 : 0, count == 2 ? 3 : 5);
  }
}

TEST_CASE("each name has bounds, what the root does not depend on has none", "[interval]") {
  graph g;
  value const x = argument(g);
  value const y = argument(g);
  value const z = argument(g);
  auto const found = bounds_of(relu(x) * y, {x, z, y});
  check_near(at<operations>(found[0], {0.0, 5.0, 1.0}), 0, 5);
  CHECK(found[1].lower.absent());
  CHECK(found[1].upper.absent());
  check_near(at<operations>(found[2], {2.0, 5.0, 1.0}), 2, 2);
}

TEST_CASE("a branch that an argument nearby may take counts", "[interval]") {
  graph g;
  value const x = argument(g);
  value const f = x.combine<op::less>(0.0, x.number(1.0)).combine<op::where>(0.0, x * 3.0, x + x);
  check_near(bound_of(f, x, {0.5}), 3, 3);
  check_near(bound_of(f, x, {1.5}), 2, 2);
  check_near(bound_of(f, x, {1.0}), 2, 3);
}

TEST_CASE("a slope that stands for all slopes is an interval", "[interval]") {
  graph g;
  value const x = argument(g);
  check_near(bound_of(x * x.number(ramp::any_weight), x, {2.0}), 0, 1);
  check_near(bound_of(x * x.number(0.25), x, {2.0}), 0.25, 0.25);
}

TEST_CASE("bounds move with their elements", "[interval]") {
  graph g;
  value const v = argument(g, shape(4));
  node slice;
  slice.operation = code<op::slice>;
  slice.arity = 1;
  slice.rank = 1;
  slice.iteration = shape(2);
  slice.operand[0] = relu(v).index;
  slice.attribute = {0, 3, -2};  // elements 3 and 1
  value const part = value_of(g, g.insert(slice));
  value const weighted = part * value_of(g, g.iota(2)) + part;  // once 3, twice 1
  auto const found = elements<operations>(
      bounds_of(reduce_to<op::sum>(weighted, {}, 0), {v})[0], {{0.0, 0.0, 1.0, -1.0}});
  check_near(found[0], 0, 0);
  check_near(found[1], 0, 2);
  check_near(found[2], 0, 0);
  check_near(found[3], 0, 0);
}

TEST_CASE("operations that jump, or do not state bounds, are named", "[interval]") {
  graph g;
  value const x = argument(g);
  bounds_of(x.combine<op::sign>(0.0) * x, {x}, static_cast<int>(code<op::sign>));
  bounds_of(x.combine<op::fmod>(0.0, x.number(2.0)), {x}, static_cast<int>(code<op::fmod>));
  // one that has no bounds, wherever it stands
  value const other = argument(g);
  bounds_of(x * other.combine<op::floor>(0.0), {x}, static_cast<int>(code<op::floor>));
  // where they do not depend on it they are numbers
  CHECK(bounds_of(other.combine<op::sign>(0.0), {x})[0].lower.absent());
  graph beside;
  value const u = argument(beside);
  value const y = argument(beside);
  check_near(bound_of(y.combine<op::sign>(0.0) * relu(u), u, {0.0, -2.0}), -1, 0);
}
