// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <ramp/check/expression.hpp>
#include <ramp/expr/derivative.hpp>
#include <ramp/expr/functions.hpp>
#include <ramp/expr/kinked.hpp>
#include <ramp/expr/layout.hpp>
#include <ramp/expr/leaf.hpp>
#include <ramp/expr/linear_algebra.hpp>
#include <ramp/expr/matrix.hpp>
#include <ramp/expr/reduction.hpp>
#include <ramp/expr/trace.hpp>
#include <vector>
#include <ramp/function/compile.hpp>

#include "expr/evaluate.hpp"

using namespace ramp;

namespace {

using numbers = std::vector<double>;

constexpr auto a = variable<"a", 2, 2>;
constexpr auto c = variable<"c", 2, 2>;
constexpr auto v = variable<"v", 2>;
constexpr auto s = variable<"s", 3, 3>;
constexpr auto batch = variable<"batch", 2, 2, 2>;
constexpr auto vectors = variable<"vectors", 2, 2>;

std::vector<test::bound> const values{
    {"a", {4, 2, 2, 2}},
    {"c", {4, 0, 2, 5}},
    {"v", {2, 4}},
    {"s", {1, 2, 3, 4, 5, 6, 7, 8, 9}},
    {"batch", {4, 2, 2, 2, 0, 2, 4, 0}},
    {"vectors", {2, 4, 2, 8}},
};

numbers value(auto const& f) { return test::elements(f, values); }

}  // namespace

TEST_CASE("functions of matrices", "[expr]") {
  CHECK(value(solve(a, v)) == numbers{-1, 3});
  CHECK(value(solve(a, a)) == numbers{1, 0, 0, 1});
  CHECK(value(solve(transpose(a), v)) == numbers{-1, 3});
  CHECK(value(solve_lower(c, 5 * v)) == numbers{2.5, 3});
  CHECK(value(solve_upper(transpose(c), 5 * v)) == numbers{0.5, 4});
  CHECK(value(solve_lower(c, 2 * c)) == numbers{2, 0, 0, 2});
  CHECK(value(inverse(a)) == numbers{0.5, -0.5, -0.5, 1});
  CHECK(value(cholesky(c)) == numbers{2, 0, 1, 2});
  CHECK(value(determinant(a)) == numbers{4});
  CHECK(value(determinant(s)) == numbers{0});
  CHECK(value(log_determinant(a))[0] == Approx(std::log(4)).epsilon(1e-15));
  CHECK(value(log_abs_determinant(-a))[0] == Approx(std::log(4)).epsilon(1e-15));
  static_assert(decltype(solve(a, v))::shape_of == shape(2));
  static_assert(decltype(determinant(batch))::shape_of == shape(2));
}

TEST_CASE("dimensions in front are a batch", "[expr]") {
  CHECK(value(inverse(batch)) == numbers{0.5, -0.5, -0.5, 1, 0, 0.25, 0.5, 0});
  CHECK(value(determinant(batch)) == numbers{4, -8});
  CHECK(value(solve(batch, vectors)) == numbers{-1, 3, 2, 1});
  CHECK(value(solve(batch, batch)) == numbers{1, 0, 0, 1, 1, 0, 0, 1});
  CHECK(value(determinant(broadcast<3, 2, 2>(a))) == numbers{4, 4, 4});
  // with one dimension less than the matrices, but for those of the batch
  CHECK(value(solve(broadcast<2, 2, 2>(a), vectors)) == numbers{-1, 3, -3, 7});
}

TEST_CASE("numbers as matrices", "[expr]") {
  CHECK(value(determinant(broadcast<2, 2>(constant<3.0>))) == numbers{0});
  CHECK(value(solve(a, broadcast<2>(constant<2.0>))) == numbers{0, 1});
  CHECK(std::isnan(value(inverse(broadcast<2, 2>(constant<3.0>)))[0]));
  CHECK(value(inverse(broadcast<1, 1>(constant<4.0>))) == numbers{0.25});
}

TEST_CASE("functions of matrices have derivatives", "[expr]") {
  CHECK(value(gradient(determinant(a), wrt(a))) == numbers{2, -2, -2, 4});
  CHECK(value(gradient(determinant(s), wrt(s))) == numbers{-3, 6, -3, 6, -12, 6, -3, 6, -3});
  CHECK(value(gradient(log_determinant(a), wrt(a))) == numbers{0.5, -0.5, -0.5, 1});
  CHECK(value(gradient(sum(solve(a, v)), wrt(v))) == numbers{0, 0.5});
  // x = [-1, 3] and the adjoint is [0, 1/2]
  CHECK(value(gradient(sum(solve(a, v)), wrt(a))) == numbers{0, 0, 0.5, -1.5});
  CHECK(value(jacobian(solve(a, v), wrt(v))) == numbers{0.5, -0.5, -0.5, 1});
  CHECK(value(jvp(inverse(a), wrt(a), a)) == numbers{-0.5, 0.5, 0.5, -1});
  CHECK(value(sum(hessian(determinant(a), wrt(a)))) == numbers{0});
}

TEST_CASE("functions of matrices agree with differences, to second order", "[expr]") {
  constexpr auto full = variable<"full", 4, 4>;
  constexpr auto column = variable<"column", 4>;
  std::array<double, 16> const m{5, 1, -1, 0.5, 1, 4, 0.25, -1, -1, 0.25, 6, 1, 0.5, -1, 1, 4.5};
  std::array<double, 4> const b{1, -2, 0.5, 3};
  auto check_both = [&](auto const& f) {
    auto const first = check::check_gradient(f, check::at(full = m, column = b));
    INFO(check::text(first));
    CHECK(first.passed());
    auto const slope = gradient(f, wrt(full));
    auto const second =
        check::check_gradient(sum(hadamard(slope, slope)), check::at(full = m, column = b));
    INFO(check::text(second));
    CHECK(second.passed());
  };
  constexpr auto gram = full * transpose(full);
  check_both(dot(column, solve(full, column)));
  check_both(dot(column, solve_lower(cholesky(gram), column)));
  check_both(log_determinant(gram) + dot(column, inverse(full) * column));
  check_both(log_abs_determinant(full) * determinant(full) + sum(column));
  check_both(sum(solve_upper(full, outer(column, column))));
}

TEST_CASE("the logarithm of a determinant is taken without it", "[expr]") {
  constexpr auto tiny = variable<"tiny", 3, 3>;
  std::vector<test::bound> const small{{"tiny", {1e-200, 0, 0, 0, 1e-200, 0, 0, 0, -1e-200}}};
  CHECK(test::evaluate(determinant(tiny), small) == 0.0);
  double const expected = -600 * std::log(10.0);
  CHECK(test::evaluate(log(determinant(-tiny)), small) == Approx(expected).epsilon(1e-15));
  CHECK(test::evaluate(log(abs(determinant(tiny))), small) == Approx(expected).epsilon(1e-15));
  CHECK(std::isnan(test::evaluate(log(determinant(tiny)), small)));
}

TEST_CASE("traced functions use matrices", "[expr]") {
  auto const f = trace<"a", "v">([](auto m, auto x) { return determinant(m) * solve(m, x); },
                                 shaped<2, 2>, shaped<2>);
  static_assert(decltype(f)::shape_of == shape(2));
  CHECK(value(f) == numbers{-4, 12});
}

TEST_CASE("a traced value has an inverse where it is square", "[expr]") {
  auto const inverted = [](auto x) { return inverse(x); };
  CHECK_FALSE(test::refuses(inverted, shape(2, 3, 3)));
  CHECK(test::refuses(inverted, shape(3, 3, 2)));
  CHECK(test::refuses(inverted, shape(3)));
  auto const solved = [](auto x, auto b) { return solve(x, b); };
  CHECK_FALSE(test::refuses(solved, shape(3, 3), shape(3, 5)));
  CHECK_FALSE(test::refuses(solved, shape(2, 3, 3), shape(2, 3)));
  CHECK(test::refuses(solved, shape(3, 3), shape(2)));
  CHECK(test::refuses(solved, shape(3, 2), shape(3)));
  CHECK(test::refuses(solved, shape(2, 3, 3), shape(3)));
  CHECK(test::refuses(solved, shape(2, 3, 3), shape(4, 3, 1)));
}

TEST_CASE("matrices in programs, at run time and in constant expressions", "[expr]") {
  constexpr auto f = compile([] { return outputs(inverse(a), determinant(a), solve(a, v)); });
  constexpr std::array<double, 4> matrix{4, 2, 2, 2};
  constexpr auto at_compile_time = f(a = matrix, v = {2, 4});
  static_assert(std::get<0>(at_compile_time)(1, 1) == 1);
  static_assert(std::get<1>(at_compile_time) == 4);
  static_assert(std::get<2>(at_compile_time)[1] == 3);
  auto const [i, d, x] = f(a = matrix, v = {2, 4});
  CHECK(i(0, 1) == -0.5);
  CHECK(d == 4);
  CHECK(x[0] == -1);
  constexpr auto in_float = compile<float>([] { return determinant(s); });
  static_assert(in_float(s = {1, 2, 3, 4, 5, 6, 7, 8, 9}) == 0);
  static_assert(compile([] { return sum(cholesky(c)); })(c = {4, 0, 2, 5}) == 5);
}
