// SPDX-License-Identifier: BSL-1.0
#include <ramp/check/modes.hpp>

#include <catch2/catch.hpp>

#include <cmath>

#include "laws/graphs.hpp"

using namespace laws;
using ramp::check::check_dot_product;
using ramp::check::check_forward_reverse;
using ramp::check::forward_derivative;
using ramp::check::point;
using ramp::check::reverse_derivative;
namespace op = ramp::op;

namespace {

/// A vector root: A x with A [2, 3] and x [3].
struct product_example {
  graph g;
  int root;
  point at{{1, 2, 3, 4, 5, 6}, {-1, 0.5, 2}};

  product_example() {
    value const a = argument(g, "A", shape(2, 3));
    value const x = argument(g, "x", shape(3));
    value product = a * value{&g, x.index, map_of(1), a.space};
    root = ramp::ir::reduce_to<op::sum>(product, map_of(0), 1).index;
  }
};

}  // namespace

TEST_CASE("forward and reverse derivatives are the Jacobian's columns and rows", "[check]") {
  product_example const e;
  CHECK(e.g[e.root].operation == code<op::contract>);
  auto const policy = ramp::standard.value;
  CHECK(forward_derivative(e.g, e.root, {1}, e.at, {{0, 1, 0}}, policy) ==
        std::vector<double>{2, 5});
  CHECK(forward_derivative(e.g, e.root, {0}, e.at, {{0, 0, 0, 0, 0, 1}}, policy) ==
        std::vector<double>{0, 2});
  auto const row = reverse_derivative(e.g, e.root, {0, 1}, e.at, {0, 1}, policy);
  CHECK(row[0] == std::vector<double>{0, 0, 0, -1, 0.5, 2});
  CHECK(row[1] == std::vector<double>{4, 5, 6});
}

TEST_CASE("the modes agree where they should", "[check]") {
  product_example const e;
  auto const r = check_forward_reverse(e.g, e.root, {0, 1}, e.at, {.tolerance = 0.0});
  CHECK(r.passed());
  CHECK(r.compared == 2 * (6 + 3));
  CHECK(check_dot_product(e.g, e.root, {1}, e.at, {{1, -1, 0.25}}, {2, -3}).passed());
}

TEST_CASE("modes that differ are told apart", "[check]") {
  // output_gate of a negative number, which no result of relu is, is not linear in its first
  // operand
  graph g;
  value const x = argument(g, "x", shape(2));
  int const root = x.combine<op::output_gate>(0.0, x - 3.0).index;
  CHECK(check_forward_reverse(g, root, {0}, {{4.0, 5.0}}).passed());
  auto const r = check_forward_reverse(g, root, {0}, {{1.0, 5.0}});
  CHECK(!r.passed());
  CHECK(r.different == 2);  // the first and the second element leak into each other
  CHECK(r.worst.analytic != r.worst.lower);
  CHECK(!check_dot_product(g, root, {0}, {{1.0, 5.0}}, {{1.0, 1.0}}, {2.0, 1.0}).passed());
}

TEST_CASE("a NaN in one mode only is a difference", "[check]") {
  graph g;
  value const x = argument(g, "x");
  int const both = (x.combine<op::sqrt>(0.0) * 0.0).index;
  auto const r = check_forward_reverse(g, both, {0}, {{0.0}});  // 0 * infinity in both
  CHECK(std::isnan(forward_derivative(g, both, {0}, {{0.0}}, {{1.0}}, ramp::standard.value)[0]));
  CHECK(r.passed());
}
