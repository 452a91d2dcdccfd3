// SPDX-License-Identifier: BSL-1.0
// Operations on matrices at points where the answer is exact, and at those where there is none.
#include <ramp/check/modes.hpp>
#include <ramp/ir/matrix_value.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "laws/graphs.hpp"

using namespace laws;
using ramp::check::evaluate_at;
using ramp::check::point;
namespace ir = ramp::ir;
namespace op = ramp::op;

namespace {

using numbers = std::vector<double>;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// The operation on one matrix, and on a second operand of `columns` columns or, for 0, a vector.
template <class Op>
struct subject {
  graph g;
  value result;

  explicit subject(int n, int columns = 0, bool upper = false) {
    value const a = argument(g, "a", shape(n, n));
    value b;
    if constexpr (Op::form == op::matrix_form::columns)
      b = argument(g, "b", columns == 0 ? shape(n) : shape(n, columns));
    else if constexpr (Op::arity == 2) b = argument(g, "b", shape(n, n));
    result = ir::matrix_operation<Op>(a, b, upper);
  }

  numbers operator()(point const& at) {
    auto const e = evaluate_at(g, at);
    return {e[result.index], e[result.index] + result.space.elements()};
  }

  /// The derivative of the sum of the elements by a.
  numbers slope(point const& at) {
    graph all = g;
    value r = result;
    r.owner = &all;
    int const root = ir::reduce_to<op::sum>(r, {}, 0).index;
    return ramp::check::reverse_gradient(all, root, {0}, at, ramp::standard.value)[0];
  }
};

template <class Op>
numbers apply(numbers const& a) {
  return subject<Op>(static_cast<int>(std::lround(std::sqrt(a.size()))))({a});
}

bool all_nan(numbers const& x) {
  return std::all_of(x.begin(), x.end(), [](double e) { return std::isnan(e); });
}

/// The k-th derivative of the determinant along E, divided by nothing: the gradient's product with
/// E, and so on.
double along(numbers const& a, numbers const& e, int k) {
  int const n = static_cast<int>(std::lround(std::sqrt(a.size())));
  subject<op::determinant> s(n);
  value const direction = argument(s.g, "e", shape(n, n));
  int root = s.result.index;
  for (; k > 0; --k) {
    auto const moved =
        ramp::pass::reverse(s.g, {root}, {s.g.constant(1.0)}, {0}, ramp::standard.value);
    if (moved[0] < 0) return 0.0;
    value product = ir::value_of(s.g, moved[0]) * direction;
    product.space = direction.space;
    root = ir::reduce_to<op::sum>(product, {}, 0).index;
  }
  return evaluate_at(s.g, {a, e})[root][0];
}

}  // namespace

TEST_CASE("matrices of one element", "[op]") {
  CHECK(apply<op::inverse>({4}) == numbers{0.25});
  CHECK(apply<op::cholesky>({4}) == numbers{2});
  CHECK(apply<op::determinant>({-4}) == numbers{-4});
  CHECK(apply<op::log_determinant>({1}) == numbers{0});
  CHECK(apply<op::log_abs_determinant>({-1}) == numbers{0});
  CHECK(apply<op::cofactors>({-4}) == numbers{1});
  CHECK(subject<op::solve>(1)({{4}, {2}}) == numbers{0.5});
  CHECK(subject<op::triangular_solve>(1)({{4}, {2}}) == numbers{0.5});
  CHECK(subject<op::cofactors_along>(1)({{4}, {2}}) == numbers{0});
}

TEST_CASE("values by hand", "[op]") {
  CHECK(apply<op::inverse>({0, 2, 4, 0}) == numbers{0, 0.25, 0.5, 0});
  CHECK(apply<op::inverse>({4, 2, 2, 2}) == numbers{0.5, -0.5, -0.5, 1});
  CHECK(apply<op::cholesky>({4, not_a_number, 2, 5}) == numbers{2, 0, 1, 2});
  CHECK(apply<op::cholesky>({4, 0, 0, -2, 2, 0, 6, -5, 22}) ==
        numbers{2, 0, 0, -1, 1, 0, 3, -2, 3});
  CHECK(apply<op::determinant>({0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0}) == numbers{-1});
  CHECK(apply<op::log_determinant>({0, 1, -1, 0}) == numbers{0});
  CHECK(apply<op::log_abs_determinant>({0, 1, 1, 0}) == numbers{0});
  // the rows have to be exchanged
  CHECK(subject<op::solve>(2)({{0, 2, 4, 8}, {6, 4}}) == numbers{-5, 3});
  CHECK(subject<op::solve>(2, 2)({{0, 2, 4, 8}, {6, 2, 4, 8}}) == numbers{-5, 0, 3, 1});
  // the other triangle is not read
  CHECK(subject<op::triangular_solve>(2)({{2, not_a_number, 1, 4}, {2, 9}}) == numbers{1, 2});
  CHECK(subject<op::triangular_solve>(2, 0, true)({{2, 1, not_a_number, 4}, {4, 8}}) ==
        numbers{1, 2});
}

TEST_CASE("singular matrices have no inverse and no solution", "[op]") {
  for (numbers const& a : {numbers{0}, numbers{1, 2, 2, 4}, numbers{0, 1, 0, 1},
                           numbers{1, 1, 1, 2, 2, 2, 0, 0, 5}, numbers(16, 0.0)}) {
    int const n = static_cast<int>(std::lround(std::sqrt(a.size())));
    CHECK(all_nan(apply<op::inverse>(a)));
    CHECK(all_nan(subject<op::solve>(n)({a, numbers(static_cast<std::size_t>(n), 1.0)})));
    CHECK(apply<op::determinant>(a) == numbers{0});
    CHECK(apply<op::log_determinant>(a) == numbers{-infinity});
    CHECK(apply<op::log_abs_determinant>(a) == numbers{-infinity});
    CHECK(all_nan(subject<op::log_determinant>(n).slope({a})));
    CHECK(all_nan(subject<op::inverse>(n).slope({a})));
  }
  CHECK(all_nan(subject<op::triangular_solve>(2)({{1, 0, 5, 0}, {1, 1}})));
  CHECK(all_nan(subject<op::triangular_solve>(2, 0, true)({{0, 5, 0, 1}, {1, 0}})));
}

TEST_CASE("a negative determinant has no logarithm, but its absolute value has", "[op]") {
  CHECK(all_nan(apply<op::log_determinant>({0, 1, 1, 0})));
  CHECK(all_nan(apply<op::log_determinant>({-1})));
  CHECK(subject<op::log_abs_determinant>(2).slope({{0, 2, 4, 0}}) == numbers{0, 0.5, 0.25, 0});
}

TEST_CASE("what is not positive definite has no Cholesky factor", "[op]") {
  for (numbers const& a :
       {numbers{0}, numbers{-1}, numbers{not_a_number}, numbers{1, 0, 1, 1}, numbers{1, 0, 2, 1},
        numbers{-1, 0, 0, 1}, numbers{1, 0, not_a_number, 1}}) {
    auto const l = apply<op::cholesky>(a);
    int const n = static_cast<int>(std::lround(std::sqrt(a.size())));
    for (int i = 0; i < n; ++i)
      for (int j = 0; j < n; ++j) {
        double const x = l[static_cast<std::size_t>(i * n + j)];
        CHECK((j > i ? x == 0.0 : std::isnan(x)));
      }
    auto const slope = subject<op::cholesky>(n).slope({a});
    CHECK(std::isnan(slope[0]));
    if (n == 2) CHECK(slope[1] == 0.0);
  }
}

TEST_CASE("the derivative of a Cholesky factor is one by the lower triangle", "[op]") {
  // l = [2, 0; 1, 2]: d l11 = 1/4, d l21 = -1/8 and d l22 = 1/16 by a11; by a21, 1/2 and -1/4
  CHECK(subject<op::cholesky>(2).slope({{4, not_a_number, 2, 5}}) ==
        numbers{0.25 - 0.125 + 0.0625, 0, 0.5 - 0.25, 0.25});
}

TEST_CASE("a determinant has its derivatives where the matrix is singular", "[op]") {
  // diag(2, 3, 5, 0): the fourth cofactor is 30
  numbers rank_3{2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0};
  numbers expected(16, 0.0);
  expected[15] = 30;
  CHECK(subject<op::determinant>(4).slope({rank_3}) == expected);
  // of rank n - 2 all first derivatives are 0, of rank n - 3 all second ones
  numbers rank_2 = rank_3;
  rank_2[0] = 0;
  CHECK(subject<op::determinant>(4).slope({rank_2}) == numbers(16, 0.0));
  numbers rank_1 = rank_2;
  rank_1[5] = 0;
  numbers const identity{1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};

  // det(A + t) = (2 + t) (3 + t) (5 + t) t and so on
  CHECK(along(rank_3, identity, 1) == 30);
  CHECK(along(rank_3, identity, 2) == 2 * (6 + 10 + 15));
  CHECK(along(rank_2, identity, 2) == 2 * 15);
  CHECK(along(rank_1, identity, 2) == 0);
  CHECK(along(numbers(16, 0.0), identity, 2) == 0);
  // the third derivative is right where the matrix is regular, from n = 4 on
  CHECK(along(identity, identity, 3) == 24);
  CHECK(std::isnan(along(rank_3, identity, 3)));
}

TEST_CASE("up to n = 3 a determinant has all derivatives everywhere", "[op]") {
  numbers const identity{1, 0, 0, 0, 1, 0, 0, 0, 1};
  CHECK(along(numbers(9, 0.0), identity, 3) == 6);
  CHECK(along({1, 0, 0, 0, 0, 0, 0, 0, 0}, identity, 2) == 2);
  CHECK(along({1, 0, 0, 0, 0, 0, 0, 0, 0}, identity, 3) == 6);
  CHECK(along(numbers(9, 0.0), identity, 4) == 0);
  CHECK(along(numbers(4, 0.0), {1, 0, 0, 1}, 2) == 2);
  CHECK(along(numbers(4, 0.0), {1, 0, 0, 1}, 3) == 0);
  CHECK(along({0}, {1}, 1) == 1);
  CHECK(along({0}, {1}, 2) == 0);
}

TEST_CASE("a NaN in a matrix is one in the result", "[op]") {
  for (int n = 1; n <= 5; ++n)
    for (std::size_t i = 0; i < static_cast<std::size_t>(n * n); ++i) {
      numbers a(static_cast<std::size_t>(n * n), 0.0);
      for (int k = 0; k < n; ++k) a[static_cast<std::size_t>(k * n + k)] = 2.0;
      a[i] = not_a_number;
      INFO("n = " << n << ", element " << i);
      auto has_nan = [](numbers const& x) {
        return std::any_of(x.begin(), x.end(), [](double e) { return std::isnan(e); });
      };
      CHECK(has_nan(apply<op::inverse>(a)));
      CHECK(has_nan(apply<op::determinant>(a)));
      CHECK(has_nan(apply<op::log_determinant>(a)));
      CHECK(has_nan(apply<op::log_abs_determinant>(a)));
      CHECK(has_nan(subject<op::solve>(n)({a, numbers(static_cast<std::size_t>(n), 1.0)})));
      // the only cofactor of a number is 1, whatever the number is
      CHECK(has_nan(apply<op::cofactors>(a)) == (n > 1));
    }
}
