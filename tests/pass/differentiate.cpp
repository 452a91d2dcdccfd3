// SPDX-License-Identifier: BSL-1.0
#include <ramp/pass/differentiate.hpp>

#include <catch2/catch.hpp>

#include <vector>

#include <ramp/ir/verify.hpp>

#include "laws/graphs.hpp"

using namespace laws;
using ramp::pass::rule;
namespace detail = ramp::pass::detail;
namespace op = ramp::op;

namespace {

using numbers = std::vector<double>;

constexpr auto policy = ramp::standard.value;

numbers elements(value const& v, ramp::check::point const& at) {
  graph& g = *v.owner;
  int const n = ramp::ir::full(v);
  CHECK(ramp::ir::verify(g) == "");
  auto const e = ramp::check::evaluate_at(g, at);
  return {e[n], e[n] + v.space.elements()};
}

/// A node of an operation that is never evaluated here.
template <class Op>
value node_of(value const& x, shape const& s) {
  node n;
  n.operation = code<Op>;
  n.arity = 1;
  n.rank = s.rank;
  n.iteration = s;
  n.operand[0] = x.index;
  n.map[0] = axis_map::identity(x.space.rank);
  n.attribute = {0, 1, 1};
  return ramp::ir::value_of(*x.owner, x.owner->insert(n));
}

}  // namespace

TEST_CASE("an adjoint goes through the rule of its operation, or is absent", "[differentiate]") {
  graph g;
  value const x = argument(g, "x", shape(3));
  value const y = argument(g, "y", shape(3));
  auto const adjoint = [&](value const& result, int k) {
    node const n = g[result.index];
    rule r(g, n, result.index, policy);
    r.k = k;
    r.g = ramp::ir::value_of(g, y.index);
    r.g.space = n.iteration;
    return detail::apply_rule(r);
  };
  ramp::check::point const at{{1, 2, 3}, {5, 7, 11}};
  CHECK(elements(adjoint(x * x, 0), at) == numbers{5, 14, 33});
  CHECK(elements(adjoint(x.combine<op::hypot>(0.0, x.number(0.0)), 0), at) == numbers{5, 7, 11});
  CHECK(adjoint(x.combine<op::less>(0.0, y), 0).absent());
  CHECK(adjoint(x.combine<op::floor>(0.0), 0).absent());
  // of elements that move: back to where they came from
  value const tail = node_of<op::slice>(x, shape(2));
  node const n = g[tail.index];
  rule r(g, n, tail.index, policy);
  r.g = tail;
  CHECK(elements(detail::apply_rule(r), at) == numbers{0, 2, 3});
}

TEST_CASE("operations that move elements and those on matrices are known", "[differentiate]") {
  CHECK(detail::moves_elements(code<op::slice>));
  CHECK(detail::moves_elements(code<op::pad>));
  CHECK(detail::moves_elements(code<op::concatenate>));
  CHECK(detail::moves_elements(code<op::reshape>));
  CHECK_FALSE(detail::moves_elements(code<op::exp>));
  CHECK_FALSE(detail::moves_elements(code<op::sum>));
  CHECK_FALSE(detail::moves_elements(code<op::inverse>));  // though its adjoint is pulled back
  CHECK(detail::has_matrix_rules(code<op::inverse>));
  CHECK(detail::has_matrix_rules(code<op::solve>));
  CHECK_FALSE(detail::has_matrix_rules(code<op::contract>));
  CHECK_FALSE(detail::has_matrix_rules(code<op::slice>));
}

TEST_CASE("a rule of matrices sees each operand with the whole batch", "[differentiate]") {
  graph g;
  value const batch = argument(g, "batch", shape(2, 3, 3));
  value const right = argument(g, "right", shape(2, 3));
  value const turned = ramp::ir::transposed(batch);
  value const solved = ramp::ir::matrix_operation<op::solve>(turned, right);
  node const n = g[solved.index];
  rule const r = detail::matrix_rule(g, n, solved.index, policy);
  CHECK(r.x[0].index == batch.index);
  CHECK(r.x[0].map == turned.map);
  CHECK(r.x[0].space == shape(2, 3, 3));
  CHECK(r.x[1].space == shape(2, 3));
  CHECK(r.y.index == solved.index);
  CHECK(r.y.space == shape(2, 3));
  CHECK(r.policy == policy);
}

TEST_CASE("the result of a matrix operation moves with its operand", "[differentiate]") {
  graph g;
  value const m = argument(g, "m", shape(2, 2));
  value const t = argument(g, "t", shape(2, 2));
  value const number = argument(g, "number");
  value const inverse = ramp::ir::matrix_operation<op::inverse>(m);
  node const n = g[inverse.index];
  rule r = detail::matrix_rule(g, n, inverse.index, policy);
  r.k = 0;
  ramp::check::point const at{{2, 0, 0, 4}, {1, 8, 0, 16}, {8}};
  // -m^-1 t m^-1
  CHECK(elements(detail::pushed(r, t.index), at) == numbers{-0.25, -1, 0, -1});
  // one number for all elements
  CHECK(elements(detail::pushed(r, g.constant(8.0)), at) == numbers{-2, -1, -1, -0.5});
  CHECK(elements(detail::pushed(r, number.index), at) == numbers{-2, -1, -1, -0.5});
  // seen through the operand's map
  value const other = ramp::ir::matrix_operation<op::inverse>(ramp::ir::transposed(m));
  node const of_turned = g[other.index];
  rule q = detail::matrix_rule(g, of_turned, other.index, policy);
  q.k = 0;
  CHECK(elements(detail::pushed(q, t.index), at) == numbers{-0.25, 0, -1, -1});
}

TEST_CASE("what depends on an argument does so by any way but stop_gradient", "[differentiate]") {
  graph g;
  value const x = argument(g, "x");
  value const y = argument(g, "y");
  value const f = x.combine<op::exp>(0.0);
  value const stopped = f.combine<op::stop_gradient>(0.0);
  value const both = stopped * y;
  value const around = both + x;
  auto const depends = detail::depends_on(g, {x.index});
  CHECK(depends.size() == g.nodes.size());
  for (value const& v : {x, f, around}) CHECK(depends[v.index] != 0);
  for (value const& v : {y, stopped, both}) CHECK(depends[v.index] == 0);
  auto const of_two = detail::depends_on(g, {y.index, f.index});
  for (value const& v : {y, f, both, around}) CHECK(of_two[v.index] != 0);
  CHECK(of_two[x.index] == 0);
  for (char d : detail::depends_on(g, {})) CHECK(d == 0);
}
