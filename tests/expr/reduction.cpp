// SPDX-License-Identifier: BSL-1.0
#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <vector>

#include <ramp/expr/argmax.hpp>
#include <ramp/expr/cumulative.hpp>
#include <ramp/expr/derivative.hpp>
#include <ramp/expr/functions.hpp>
#include <ramp/expr/kinked.hpp>
#include <ramp/expr/directional.hpp>
#include <ramp/expr/layout.hpp>
#include <ramp/expr/linear_algebra.hpp>
#include <ramp/expr/norm.hpp>
#include <ramp/expr/reduction.hpp>
#include <ramp/expr/slice.hpp>
#include <ramp/expr/statistics.hpp>

#include "expr/evaluate.hpp"

using namespace ramp;

namespace {

using numbers = std::vector<double>;
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

constexpr auto v = variable<"v", 4>;
constexpr auto m = variable<"m", 2, 3>;
constexpr auto cube = variable<"cube", 2, 3, 2>;

std::vector<test::bound> const values{
    {"v", {3, -1, 2, -4}},
    {"m", {1, 2, 3, 4, 5, 6}},
    {"cube", {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}},
};

numbers value(auto const& f) { return test::elements(f, values); }
/// With v in place of the above.
numbers value_at(numbers const& of_v, auto const& f) { return test::elements(f, {{"v", of_v}}); }

bool are_nan(numbers const& all) {
  bool result = true;
  for (double x : all) result = result && std::isnan(x);
  return result;
}

}  // namespace

TEST_CASE("reductions over all or some axes", "[expr]") {
  CHECK(value(sum(m)) == numbers{21});
  CHECK(value(sum(m, axis<0>)) == numbers{5, 7, 9});
  CHECK(value(sum(m, axis<1>)) == numbers{6, 15});
  CHECK(value(sum(cube, axis<0, 2>)) == numbers{14, 22, 30});
  CHECK(value(mean(m)) == numbers{3.5});
  CHECK(value(mean(m, axis<1>)) == numbers{2, 5});
  CHECK(value(product(v)) == numbers{24});
  CHECK(value(product(m, axis<0>)) == numbers{4, 10, 18});
  CHECK(value(product(cube, axis<0, 2>)) == numbers{0, 2 * 3 * 8 * 9, 4 * 5 * 10 * 11});
  CHECK(value(max(cube, axis<1>)) == numbers{4, 5, 10, 11});
  CHECK(value(min(m, axis<0>)) == numbers{1, 2, 3});
  CHECK(value(max(m)) == numbers{6});
  CHECK(value(gradient(max(m), wrt(m))) == numbers{0, 0, 0, 0, 0, 1});
  // of what does not vary
  CHECK(value(sum(broadcast<4, 2, 3>(m), axis<0, 1>)) == numbers{20, 28, 36});
  CHECK(value(sum(broadcast<4, 2, 3>(m))) == numbers{84});
  CHECK(value(mean(broadcast<4, 2, 3>(m), axis<0>)) == numbers{1, 2, 3, 4, 5, 6});
  CHECK(value(product(broadcast<3, 4>(v), axis<0>)) == numbers{27, -1, 8, -64});
  CHECK(value(norm2(broadcast<9, 4>(v), axis<0>))[3] == Approx(12.0).epsilon(1e-15));
}

TEST_CASE("a product has exact derivatives, zeros or not", "[expr]") {
  auto const slope = gradient(product(v), wrt(v));
  CHECK(value_at({2, 3, 5, 7}, slope) == numbers{105, 70, 42, 30});
  CHECK(value_at({2, 0, 5, 7}, slope) == numbers{0, 70, 0, 0});
  CHECK(value_at({2, 0, 5, 0}, slope) == numbers{0, 0, 0, 0});
  CHECK(value_at({-0.0, 3, infinity, 7}, slope)[0] == infinity);
  // only the derivatives by the others have the NaN in them
  numbers const spoiled = value_at({2, not_a_number, 5, 7}, slope);
  CHECK(spoiled[1] == 70);
  CHECK(are_nan({spoiled[0], spoiled[2], spoiled[3]}));
  // the second derivative by two elements is the product of the other two
  CHECK(value_at({2, 0, 5, 7}, hessian(product(v), wrt(v))) ==
        numbers{0, 35, 0, 0, 35, 0, 14, 10, 0, 14, 0, 0, 0, 10, 0, 0});
  // of any length, over any axes
  CHECK(value(gradient(product(slice<0, 0, 1>(v)), wrt(v))) == numbers{1, 0, 0, 0});
  CHECK(value(gradient(product(slice<0, 1, 3>(v)), wrt(v))) == numbers{0, -8, 4, -2});
  CHECK(value(gradient(sum(product(m, axis<0>)), wrt(m))) == numbers{4, 5, 6, 1, 2, 3});
  CHECK(value(gradient(sum(product(cube, axis<0, 2>)), wrt(cube))) ==
        numbers{42, 0, 216, 144, 550, 440, 0, 0, 54, 48, 220, 200});
}

TEST_CASE("norms", "[expr]") {
  CHECK(value(norm1(v)) == numbers{10});
  CHECK(value(norm2(v)) == numbers{std::sqrt(30.0)});
  CHECK(value(norm_inf(v)) == numbers{4});
  CHECK(value(norm1(m, axis<1>)) == numbers{6, 15});
  CHECK(value_at({3, 4, 0, 0}, norm2(reshape<2, 2>(v), axis<1>)) == numbers{5, 0});
  CHECK(value(norm_inf(m, axis<0>)) == numbers{4, 5, 6});
  CHECK(value(gradient(norm1(v), wrt(v))) == numbers{1, -1, 1, -1});
  CHECK(value(gradient(norm_inf(v), wrt(v))) == numbers{0, 0, 0, -1});
  CHECK(value_at({3, 0, -4, 0}, gradient(norm2(v), wrt(v))) == numbers{0.6, 0, -0.8, 0});
  // elements that tie for the largest absolute value
  CHECK(value_at({2, -2, 1, 0}, gradient(norm_inf(v), wrt(v))) == numbers{0.5, -0.5, 0, 0});
}

TEST_CASE("a policy for one reduction", "[expr]") {
  numbers const zero{0, 0, 0, 0}, tied{2, -2, 1, 0};
  constexpr auto rows = reshape<2, 2>(v);
  constexpr auto one = at_zero<1.0>;
  CHECK(value_at(zero, gradient(norm1(v, one), wrt(v))) == numbers{1, 1, 1, 1});
  CHECK(value_at(zero, gradient(sum(norm1(rows, axis<1>, one)), wrt(v))) == numbers{1, 1, 1, 1});
  CHECK(value_at(zero, gradient(norm1(v, one) + norm1(v), wrt(v))) == numbers{1, 1, 1, 1});
  CHECK(value_at(tied, gradient(norm_inf(v, symmetric), wrt(v))) == numbers{0.5, -0.5, 0, 0});
  CHECK(value_at(zero, gradient(norm2(v, standard), wrt(v))) == zero);
  auto of_program = [&](auto const& f) {
    return test::elements(f, {{"v", tied}}, smooth<0.5>.value);
  };
  CHECK(value_at(tied, max(v, smooth<0.5>)) == of_program(max(v)));
  CHECK(value_at(tied, max(v, smooth<0.5>)) != value_at(tied, max(v)));
  CHECK(value_at(tied, min(rows, axis<0>, smooth<0.5>)) == of_program(min(rows, axis<0>)));
  CHECK(value_at(tied, max(rows, axis<1>, smooth<0.5>)) == of_program(max(rows, axis<1>)));
  CHECK(value_at(tied, min(v, smooth<0.5>)) == of_program(min(v)));
  CHECK(value_at(tied, gradient(max(v, smooth<0.5>), wrt(v))) ==
        of_program(gradient(max(v), wrt(v))));
}

TEST_CASE("norm2 neither overflows nor underflows, and is flat at 0", "[expr]") {
  CHECK(value_at({3e300, 0, 0, -4e300}, norm2(v))[0] == Approx(5e300).epsilon(1e-15));
  CHECK(value_at({3e-310, 4e-310, 0, 0}, norm2(v))[0] == Approx(5e-310).epsilon(1e-12));
  CHECK(value_at({1e308, 1e308, 1e308, 1e308}, norm2(v))[0] == infinity);
  CHECK(value_at({1, -infinity, 0, 0}, norm2(v))[0] == infinity);
  CHECK(are_nan(value_at({1, infinity, not_a_number, 0}, norm2(v))));
  CHECK(are_nan(value_at({not_a_number, infinity, 1, 0}, norm2(v))));
  numbers const slope = value_at({3e300, 0, 0, -4e300}, gradient(norm2(v), wrt(v)));
  CHECK(slope[0] == Approx(0.6).epsilon(1e-15));
  CHECK(slope[3] == Approx(-0.8).epsilon(1e-15));
  CHECK(value_at({0, 0, 0, 0}, norm2(v)) == numbers{0});
  for (auto policy : {standard.value, symmetric.value, at_zero<1.0>.value, pytorch.value})
    CHECK(test::elements(gradient(norm2(v), wrt(v)), {{"v", {0, -0.0, 0, 0}}}, policy) ==
          numbers{0, 0, 0, 0});
  CHECK(value_at({0, 0, 0, 0}, hessian(norm2(v), wrt(v))) == numbers(16, 0.0));
  // what JAX and TensorFlow return at 0 is NaN; the policy of one use is nearer
  lowerer l(jax.value);
  l.add_constant(norm2(v));
  CHECK(l.finish().faults.unstated_convention >= 0);
  lowerer nearer(jax.value);
  nearer.add_constant(norm2(v, axis<0>, standard));
  CHECK(nearer.finish().faults.unstated_convention == -1);
}

TEST_CASE("norms on their kinks, along a direction and smoothed", "[expr]") {
  constexpr auto d = variable<"d", 4>;
  auto along = [&](auto const& f, numbers const& direction) {
    return test::elements(gradient(f, wrt(v), directional(d)),
                          {{"v", {0, 0, 0, 0}}, {"d", direction}});
  };
  CHECK(along(norm2(v), {3, 0, -4, 0}) == numbers{0.6, 0, -0.8, 0});
  CHECK(along(norm2(v), {0, 0, 0, 0}) == numbers{0, 0, 0, 0});
  CHECK(along(norm1(v), {3, 0, -4, 1}) == numbers{1, 0, -1, 1});
  CHECK(along(norm_inf(v), {3, 0, -4, 4}) == numbers{0, 0, -0.5, 0.5});
  CHECK(along(standard_deviation(v), {1, 3, 1, 3}) == numbers{-0.25, 0.25, -0.25, 0.25});
  CHECK(value_at({0, 0, 0, 0}, gradient(norm2(v), wrt(v), lexicographic)) == numbers{1, 0, 0, 0});
  // a third side of half the width
  auto smoothed = [](numbers const& at) {
    return test::elements(norm2(v), {{"v", at}}, smooth<1.0>.value)[0];
  };
  CHECK(smoothed({0, 0, 0, 0}) == 0.5);
  CHECK(smoothed({0.3, 0, 0, -0.4}) == Approx(std::sqrt(0.5)).epsilon(1e-15));
}

TEST_CASE("variance and standard deviation", "[expr]") {
  CHECK(value(variance(v)) == numbers{30 / 4.0});
  CHECK(value(variance<1>(v)) == numbers{10});
  CHECK(value(variance(m, axis<1>))[1] == Approx(2.0 / 3).epsilon(1e-15));
  CHECK(value(variance<1>(m, axis<0>)) == numbers{4.5, 4.5, 4.5});
  CHECK(value_at({1, 3, 1, 3}, standard_deviation(v)) == numbers{1});
  CHECK(value(standard_deviation<1>(m, axis<1>))[0] == Approx(1.0).epsilon(1e-15));
  CHECK(value(gradient(variance(v), wrt(v))) == numbers{1.5, -0.5, 1, -2});
  CHECK(value_at({1, 3, 1, 3}, gradient(standard_deviation(v), wrt(v))) ==
        numbers{-0.25, 0.25, -0.25, 0.25});
  // of numbers that are large beside their spread
  CHECK(value_at({1e9 + 1, 1e9 + 3, 1e9 + 1, 1e9 + 3}, variance(v)) == numbers{1});
  // equal elements: flat, and not the slope of a square root
  CHECK(value_at({2, 2, 2, 2}, standard_deviation(v)) == numbers{0});
  CHECK(value_at({2, 2, 2, 2}, gradient(standard_deviation(v), wrt(v))) == numbers{0, 0, 0, 0});
  CHECK(are_nan(value_at({2, not_a_number, 2, 2}, gradient(standard_deviation(v), wrt(v)))));
}

TEST_CASE("the place of an extreme element", "[expr]") {
  CHECK(value(argmax(v)) == numbers{0});
  CHECK(value(argmin(v)) == numbers{3});
  CHECK(value(argmax(m)) == numbers{5});
  CHECK(value(argmax(m, axis<0>)) == numbers{1, 1, 1});
  CHECK(value(argmax(cube, axis<0, 2>)) == numbers{3, 3, 3});
  CHECK(value(argmin(-cube, axis<1, 2>)) == numbers{5, 5});
  // the first of those that tie; NaN of NaN; infinities are numbers
  CHECK(value_at({1, 5, 5, 2}, argmax(v)) == numbers{1});
  CHECK(value_at({0.0, -0.0, 1, 0}, argmin(v)) == numbers{0});
  CHECK(value_at({1, infinity, 5, infinity}, argmax(v)) == numbers{1});
  CHECK(value_at({-infinity, -infinity, -infinity, -infinity}, argmax(v)) == numbers{0});
  CHECK(are_nan(value_at({1, not_a_number, 5, 2}, argmax(v))));
  CHECK(value(gradient(argmax(v), wrt(v))) == numbers{0, 0, 0, 0});
  CHECK(value_at({1, not_a_number, 5, 2}, gradient(argmax(v), wrt(v))) == numbers{0, 0, 0, 0});
}

TEST_CASE("cumulative sums", "[expr]") {
  CHECK(value(cumulative_sum(v)) == numbers{3, 2, 4, 0});
  CHECK(value(cumulative_sum<-1>(v)) == numbers{0, -3, -2, -4});
  CHECK(value(cumulative_sum(m)) == numbers{1, 3, 6, 4, 9, 15});
  CHECK(value(cumulative_sum(m, axis<0>)) == numbers{1, 2, 3, 5, 7, 9});
  CHECK(value(cumulative_sum<-1>(cube, axis<1>)) ==
        numbers{6, 9, 6, 8, 4, 5, 24, 27, 18, 20, 10, 11});
  CHECK(value(gradient(dot(cumulative_sum(v), v), wrt(v))) == numbers{3, -1, 2, -4});
  // a NaN is in the sums that it is part of
  numbers const spoiled = value_at({1, not_a_number, 2, 3}, cumulative_sum(v));
  CHECK(spoiled[0] == 1);
  CHECK(are_nan({spoiled[1], spoiled[2], spoiled[3]}));
}
