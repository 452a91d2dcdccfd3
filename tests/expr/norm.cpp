// SPDX-License-Identifier: BSL-1.0
#include <ramp/expr/norm.hpp>

#include <catch2/catch.hpp>

#include <cmath>

#include <ramp/expr/derivative.hpp>
#include <ramp/expr/directional.hpp>
#include <ramp/expr/layout.hpp>

#include "expr/operands.hpp"

using namespace ramp;
using namespace ramp::test;

TEST_CASE("norms", "[expr]") {
  CHECK(value(norm1(v)) == numbers{10});
  CHECK(value(norm2(v)) == numbers{std::sqrt(30.0)});
  CHECK(value(norm_inf(v)) == numbers{4});
  CHECK(value(norm1(m, axis<1>)) == numbers{6, 15});
  CHECK(value_at({3, 4, 0, 0}, norm2(reshape<2, 2>(v), axis<1>)) == numbers{5, 0});
  CHECK(value(norm_inf(m, axis<0>)) == numbers{4, 5, 6});
  CHECK(value(norm2(broadcast<9, 4>(v), axis<0>))[3] == Approx(12.0).epsilon(1e-15));
  CHECK(value(gradient(norm1(v), wrt(v))) == numbers{1, -1, 1, -1});
  CHECK(value(gradient(norm_inf(v), wrt(v))) == numbers{0, 0, 0, -1});
  CHECK(value_at({3, 0, -4, 0}, gradient(norm2(v), wrt(v))) == numbers{0.6, 0, -0.8, 0});
  // elements that tie for the largest absolute value
  CHECK(value_at({2, -2, 1, 0}, gradient(norm_inf(v), wrt(v))) == numbers{0.5, -0.5, 0, 0});
}

TEST_CASE("a policy for one norm", "[expr]") {
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
  CHECK(value_at(tied, norm_inf(v, smooth<0.5>)) == of_program(norm_inf(v)));
  CHECK(value_at(tied, norm_inf(v, smooth<0.5>)) != value_at(tied, norm_inf(v)));
  CHECK(value_at(tied, norm2(rows, axis<0>, smooth<0.5>)) == of_program(norm2(rows, axis<0>)));
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
  CHECK(value_at({0, 0, 0, 0}, gradient(norm2(v), wrt(v), lexicographic)) == numbers{1, 0, 0, 0});
  // a third side of half the width
  auto smoothed = [](numbers const& at) {
    return test::elements(norm2(v), {{"v", at}}, smooth<1.0>.value)[0];
  };
  CHECK(smoothed({0, 0, 0, 0}) == 0.5);
  CHECK(smoothed({0.3, 0, 0, -0.4}) == Approx(std::sqrt(0.5)).epsilon(1e-15));
}

TEST_CASE("norms of infinities, of NaN and of one number", "[expr]") {
  CHECK(value_at({1, -infinity, 0, 0}, norm1(v)) == numbers{infinity});
  CHECK(value_at({1, -infinity, 0, 0}, norm_inf(v)) == numbers{infinity});
  for (double other : {infinity, -infinity}) {
    CHECK(value_at({1, infinity, other, 0}, norm1(v)) == numbers{infinity});
    CHECK(value_at({1, infinity, other, 0}, norm2(v)) == numbers{infinity});
    CHECK(value_at({1, -infinity, other, 0}, norm2(v)) == numbers{infinity});
    CHECK(value_at({1, infinity, other, 0}, norm_inf(v)) == numbers{infinity});
  }
  CHECK(are_nan(value_at({1, infinity, not_a_number, 0}, norm1(v))));
  CHECK(are_nan(value_at({1, infinity, not_a_number, 0}, norm_inf(v))));
  // each of them is the absolute value, with its derivative
  constexpr auto x = variable<"x">;
  auto const at = [](auto const& f) { return test::evaluate(f, {{"x", -3.0}}); };
  CHECK(at(norm1(x)) == 3);
  CHECK(at(norm2(x)) == 3);
  CHECK(at(norm_inf(x)) == 3);
  CHECK(at(gradient(norm1(x), wrt(x))) == -1);
  CHECK(at(gradient(norm2(x), wrt(x))) == -1);
  CHECK(at(gradient(norm_inf(x), wrt(x))) == -1);
}

TEST_CASE("a traced value has norms along the axes that it has", "[expr]") {
  auto const rows = [](auto a) { return norm2(a, axis<1>); };
  CHECK_FALSE(test::refuses(rows, shape(2, 3)));
  CHECK(test::refuses(rows, shape(2)));
  CHECK(test::refuses([](auto a) { return norm_inf(a, axis<2>, symmetric); }, shape(2, 3)));
}
