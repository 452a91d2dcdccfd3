// SPDX-License-Identifier: BSL-1.0
#include <ramp/backend/text/formula_of_tensors.hpp>

#include <catch2/catch.hpp>

#include <vector>

#include "written.hpp"

using namespace written;
using ramp::ir::matrix_operation;
using ramp::ir::transposed;

namespace {

struct tensors {
  graph g;
  value x = argument(g, "x");
  value v = argument(g, "v", shape(5));
  value w = argument(g, "w", shape(7));
  value a = argument(g, "A", shape(5, 7));
  value b = argument(g, "B", shape(7, 5));
  value c = argument(g, "C", shape(5, 7));
  value t = argument(g, "T", shape(2, 3, 4));

  /// Labels of all nodes, of which one has a number.
  [[nodiscard]] std::vector<backend::label> naming(value const& named) const {
    std::vector<backend::label> labels(g.nodes.size());
    labels[static_cast<std::size_t>(named.index)].number = 1;
    return labels;
  }
};

/// A vector times a matrix, and a product of matrices or of a matrix and a vector.
value row_product(value const& v, value const& a) {
  shape const space(a.space[1], a.space[0]);
  return fold<op::sum>(spread(v, space, {1}) * spread(a, space, {1, 0}), {0});
}
value product(value const& a, value const& b) { return ramp::ir::matrix_product(a, b); }

value concatenated(value const& a, value const& b, int axis) {
  shape result = a.space;
  result[axis] += b.space[axis];
  return moved(code<op::concatenate>, result, {axis, a.space[axis], 0}, a, b);
}
value reshaped(value const& v, shape const& s) { return moved(code<op::reshape>, s, {}, v); }

/// What nested maxima become.
value stacked(value const& v) {
  shape one(1);
  for (int d = 0; d < v.space.rank; ++d) one = one.appended(v.space[d]);
  return reshaped(v, one);
}

}  // namespace

TEST_CASE("products of vectors and matrices are the user's", "[text]") {
  tensors s;
  auto const& [g, x, v, w, a, b, c, t] = s;
  CHECK(formula(row_product(v, a)) == "v * A");
  CHECK(formula(product(a, w)) == "A * w");
  CHECK(formula(product(a, b)) == "A * B");
  CHECK(formula(row_product(row_product(v, a), b)) == "v * A * B");
  CHECK(formula(product(a, product(b, a))) == "A * (B * A)");
  CHECK(formula(product(product(a, b), a)) == "A * B * A");
  CHECK(formula(product(transposed(a), transposed(b))) == "transpose(A) * transpose(B)");
  CHECK(formula(row_product(row_product(v, a) + w, b)) == "(v * A + w) * B");
  CHECK(formula(of<op::exp>(product(a, w))) == "exp(A * w)");
  // a vector on either side: the matrix is as it was
  CHECK(formula(row_product(w, transposed(a))) == "A * w");
  CHECK(formula(product(transposed(a), v)) == "v * A");
  // the factors in any order in the node: the first dimension of the result is that of the left one
  shape const space(5, 5, 7);
  value const exchanged =
      fold<op::sum>(spread(b, space, {2, 1}) * spread(a, space, {0, 2}), {0, 1});
  CHECK(formula(exchanged) == "A * B");
  CHECK(formula(transposed(product(a, b))) == "transpose(A * B)");
}

TEST_CASE("a sum of products of two vectors is their dot product", "[text]") {
  tensors s;
  auto const& [g, x, v, w, a, b, c, t] = s;
  value const other = argument(s.g, "u", shape(5));
  value const products = v * other;
  CHECK(formula(fold<op::sum>(products)) == "dot(v, u)");
  CHECK(formula(fold<op::sum>(v * product(a, w))) == "dot(v, A * w)");
  CHECK(formula(fold<op::sum>(products), s.naming(products)) == "sum(t1)");
  CHECK(formula(fold<op::sum>(v * v)) == "sum(v * v)");
  CHECK(formula(fold<op::sum>(v * x)) == "sum(v * x)");
  CHECK(formula(fold<op::sum>(a * c)) == "sum(hadamard(A, C))");
  CHECK(formula(fold<op::reduce_max>(products)) == "max(v * u)");
}

TEST_CASE("outer products", "[text]") {
  tensors s;
  auto const& [g, x, v, w, a, b, c, t] = s;
  value const made = spread(v, shape(5, 7), {0}) * spread(w, shape(5, 7), {1});
  CHECK(formula(made) == "outer(v, w)");
  CHECK(formula(spread(made, shape(7, 5), {1, 0})) == "outer(w, v)");
  CHECK(formula(made + a) == "outer(v, w) + A");
  CHECK(formula(spread(w, shape(7, 5), {0}) * spread(v, shape(7, 5), {1})) == "outer(w, v)");
  // of a matrix and a vector
  shape const space(5, 7, 5);
  CHECK(formula(spread(a, space, {0, 1}) * spread(v, space, {2})) == "outer(A, v)");
  CHECK(formula(spread(of<op::exp>(v), shape(5, 7), {0}) * spread(w, shape(5, 7), {1})) ==
        "outer(exp(v), w)");
  // dimensions between each other
  shape const mixed(5, 5, 7);
  CHECK(formula(spread(a, mixed, {0, 2}) * spread(v, mixed, {1})) ==
        "hadamard(broadcast<5, 5, 7>(reshape<5, 1, 7>(A)), broadcast<5, 5, 7>(reshape<5, 1>(v)))");
  // one that has a name is what it is, turned
  CHECK(formula(spread(made, shape(7, 5), {1, 0}) + b, s.naming(made)) == "transpose(t1) + B");
}

TEST_CASE("a product that is no matrix product is written by index", "[text]") {
  graph g;
  shape const space(3, 4, 5);
  value const matrix = argument(g, "M", space);
  value const u = argument(g, "u", shape(3, 5));
  // every sample's matrix times every sample's vector
  value const each = fold<op::sum>(matrix * spread(u, space, {0, 2}), {0, 1});
  CHECK(formula(each) == "[i,j] sum_k M[i,j,k] * u[i,k]");
  CHECK(formula(each - each * 2.0) == "([i,j] sum_k M[i,j,k] * u[i,k]) - "
                                      "2 * ([i,j] sum_k M[i,j,k] * u[i,k])");
  // several dimensions are summed
  CHECK(formula(fold<op::sum>(spread(u, space, {0, 2}) * matrix, {1})) ==
        "[i] sum_kn u[k,n] * M[k,i,n]");
  // sums in it are in parentheses
  value const shifted = u + 1.0;
  CHECK(formula(fold<op::sum>(matrix * spread(shifted, space, {0, 2}), {0, 1})) ==
        "[i,j] sum_k M[i,j,k] * (u + 1)[i,k]");
}

TEST_CASE("reductions name the axes of their operand", "[text]") {
  tensors s;
  auto const& [g, x, v, w, a, b, c, t] = s;
  CHECK(formula(fold<op::sum>(a)) == "sum(A)");
  CHECK(formula(fold<op::sum>(a, {0})) == "sum(A, axis<1>)");
  CHECK(formula(fold<op::sum>(transposed(a), {0})) == "sum(A, axis<0>)");
  CHECK(formula(fold<op::reduce_max>(a, {1})) == "max(A, axis<0>)");
  CHECK(formula(fold<op::reduce_min>(v)) == "min(v)");
  CHECK(formula(fold<op::reduce_product>(t, {1})) == "product(T, axis<0, 2>)");
  CHECK(formula(fold<op::reduce_norm>(t, {0, 2})) == "norm2(T, axis<1>)");
  // what is kept is in another order
  CHECK(formula(fold<op::sum>(t, {2, 0})) == "transpose(sum(T, axis<1>))");
  CHECK(formula(fold<op::sum>(a - c, {0})) == "sum(A - C, axis<1>)");
}

TEST_CASE("nested maxima are one", "[text]") {
  tensors s;
  auto const& [g, x, v, w, a, b, c, t] = s;
  value const other = argument(s.g, "u", shape(5));
  value const first = concatenated(stacked(v), stacked(other), 0);
  value const three = concatenated(first, stacked(v * other), 0);
  CHECK(formula(fold<op::reduce_max>(three, {1})) == "max(v, u, v * u)");
  CHECK(formula(fold<op::reduce_min>(first, {1})) == "min(v, u)");
  // along the other axis it is none
  CHECK(formula(fold<op::reduce_max>(first, {0})) ==
        "max(concatenate(reshape<1, 5>(v), reshape<1, 5>(u)), axis<1>)");
  // nor where the parts have more rows, or the whole has a name
  value const rows = concatenated(a, c, 0);
  CHECK(formula(fold<op::reduce_max>(rows, {1})) == "max(concatenate(A, C), axis<0>)");
  CHECK(formula(fold<op::reduce_max>(first, {1}), s.naming(first)) == "max(t1, axis<0>)");
}

TEST_CASE("what is repeated or turned says so", "[text]") {
  tensors s;
  auto const& [g, x, v, w, a, b, c, t] = s;
  CHECK(formula(spread(v, shape(3, 5), {1})) == "broadcast<3, 5>(v)");
  CHECK(formula(spread(v, shape(5, 3), {0})) == "broadcast<5, 3>(reshape<5, 1>(v))");
  CHECK(formula(spread(x, shape(5, 7), {})) == "broadcast<5, 7>(x)");
  CHECK(formula(spread(a, shape(7, 5), {1, 0})) == "transpose(A)");
  CHECK(formula(spread(t, shape(4, 2, 3), {1, 2, 0})) == "transpose<2, 0, 1>(T)");
  CHECK(formula(spread(t, shape(4, 3, 2), {2, 1, 0})) == "transpose(T)");
  CHECK(formula(spread(a, shape(7, 2, 5), {2, 0})) ==
        "broadcast<7, 2, 5>(reshape<7, 1, 5>(transpose(A)))");
  CHECK(formula(a + spread(v, a.space, {0})) == "A + broadcast<5, 7>(reshape<5, 1>(v))");
  CHECK(formula(of<op::exp>(v + x)) == "exp(v + x)");  // a number goes with anything
  // in a plan what repeats goes unmentioned, what turns does not
  CHECK(formula_in_plan(a + spread(v, a.space, {0})) == "A + v");
  CHECK(formula_in_plan(a + spread(b, a.space, {1, 0})) == "A + transpose(B)");
  CHECK(formula_in_plan(spread(v + x, shape(3, 5), {1}) * 2.0) == "2 * (v + x)");
}

TEST_CASE("operations that move elements", "[text]") {
  tensors s;
  auto const& [g, x, v, w, a, b, c, t] = s;
  auto const slice = [](value const& from, shape const& result, int axis, int first, int step) {
    return moved(code<op::slice>, result, {axis, first, step}, from);
  };
  auto const pad = [](value const& from, shape const& result, int axis, int first, int step) {
    return moved(code<op::pad>, result, {axis, first, step}, from);
  };
  CHECK(formula(slice(v, shape(2), 0, 1, 1)) == "slice<0, 1, 2>(v)");
  CHECK(formula(slice(v, shape(3), 0, 4, -2)) == "slice<0, 4, 3, -2>(v)");
  CHECK(formula(slice(v, shape(3), 0, 4, -1)) == "slice<0, 4, 3, -1>(v)");
  CHECK(formula(slice(slice(a, a.space, 0, 4, -1), a.space, 1, 6, -1)) ==
        "flip(flip(A, axis<0>), axis<1>)");
  CHECK(formula(pad(a, shape(5, 12), 1, 2, 1)) == "pad<1, 2, 3>(A)");
  CHECK(formula(pad(ramp::ir::widened(x.number(1.0), shape(2)), shape(5), 0, 1, 1)) ==
        "pad<0, 1, 2>(broadcast<2>(1))");
  CHECK(formula(pad(v, shape(9), 0, 0, 2)) == "spread<0, 0, 9, 2>(v)");
  CHECK(formula(pad(v, shape(5), 0, 4, -1)) == "spread<0, 4, 5, -1>(v)");
  CHECK(formula(reshaped(a, shape(7, 5))) == "reshape<7, 5>(A)");
  CHECK(formula(reshaped(a - c, shape(35))) == "reshape<35>(A - C)");
  CHECK(formula(moved(code<op::cumulative_sum>, a.space, {1, 0, 1}, a)) ==
        "cumulative_sum(A, axis<1>)");
  CHECK(formula(moved(code<op::cumulative_sum>, v.space, {0, 0, -1}, v)) ==
        "cumulative_sum<-1>(v, axis<0>)");
}

TEST_CASE("concatenations along one axis are one", "[text]") {
  tensors s;
  auto const& [g, x, v, w, a, b, c, t] = s;
  value const two = concatenated(v, w, 0);
  CHECK(formula(concatenated(two, v, 0)) == "concatenate(v, w, v)");
  CHECK(formula(concatenated(v, two, 0)) == "concatenate(v, concatenate(v, w))");
  CHECK(formula(concatenated(a, c, 1)) == "concatenate(axis<1>, A, C)");
  value const rows = concatenated(a, c, 0);
  CHECK(formula(concatenated(rows, rows, 1)) ==
        "concatenate(axis<1>, concatenate(A, C), concatenate(A, C))");
  CHECK(formula(concatenated(rows, a, 0), s.naming(rows)) == "concatenate(t1, A)");
}

TEST_CASE("functions of matrices", "[text]") {
  graph g;
  value const m = argument(g, "S", shape(5, 5));
  value const v = argument(g, "v", shape(5));
  value const a = argument(g, "A", shape(5, 7));
  value const many = argument(g, "many", shape(3, 5, 5));
  value const rows = argument(g, "r", shape(3, 5));
  CHECK(formula(matrix_operation<op::inverse>(transposed(m))) == "inverse(transpose(S))");
  CHECK(formula(matrix_operation<op::solve>(m, v)) == "solve(S, v)");
  CHECK(formula(matrix_operation<op::solve>(transposed(m), a)) == "solve(transpose(S), A)");
  CHECK(formula(matrix_operation<op::triangular_solve>(matrix_operation<op::cholesky>(m), v)) ==
        "solve_lower(cholesky(S), v)");
  CHECK(formula(matrix_operation<op::triangular_solve>(transposed(m), v, true)) ==
        "solve_upper(transpose(S), v)");
  CHECK(formula(matrix_operation<op::log_determinant>(m) * 2.0 + 1.0) ==
        "2 * log_determinant(S) + 1");
  CHECK(formula(matrix_operation<op::determinant>(many)) == "determinant(many)");
  CHECK(formula(matrix_operation<op::cofactors_along>(m, m * m)) ==
        "cofactors_along(S, hadamard(S, S))");
  // what all of a batch share goes unmentioned in a plan
  value const shared = matrix_operation<op::solve>(spread(m, many.space, {1, 2}), rows);
  CHECK(formula(shared) == "solve(broadcast<3, 5, 5>(S), r)");
  CHECK(formula_in_plan(shared) == "solve(S, r)");
}
