// SPDX-License-Identifier: BSL-1.0
#include <ramp/op/operation.hpp>

#include <catch2/catch.hpp>

#include <limits>

namespace op = ramp::op;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

struct plain {
  static constexpr op::category kind = op::category::elementwise;
};
struct at_a_kink {
  static constexpr op::category kind = op::category::elementwise;
  static constexpr int branch(double const* x) { return op::detail::sign_of(x[0]); }
};
struct by_convention : at_a_kink {
  static constexpr ramp::conventions kinks[] = {{}};
};
struct extreme : at_a_kink {
  static constexpr op::category kind = op::category::reduction;
};
struct fold {
  static constexpr op::category kind = op::category::reduction;
};
struct made_of_others {
  static constexpr op::category kind = op::category::composite;
};
struct of_matrices {
  static constexpr op::category kind = op::category::matrix;
};
struct weighted {
  static constexpr bool has_attribute = true;
};
struct unweighted {
  static constexpr bool has_attribute = false;
};

}  // namespace

TEST_CASE("operations are what they state about themselves", "[op]") {
  static_assert(op::elementwise<plain> && !op::composite<plain> && !op::matrix_operation<plain>);
  static_assert(op::composite<made_of_others> && !op::elementwise<made_of_others>);
  static_assert(op::matrix_operation<of_matrices> && !op::elementwise<of_matrices>);
  static_assert(op::attributed<weighted> && !op::attributed<unweighted>);
  static_assert(!op::attributed<plain>);
}

TEST_CASE("a policy is for kinks with conventions, and for extrema", "[op]") {
  static_assert(op::kinked<at_a_kink> && !op::kinked<plain>);
  static_assert(!op::follows_policy<plain> && !op::follows_policy<at_a_kink>);
  static_assert(op::follows_policy<by_convention> && op::follows_policy<extreme>);
  static_assert(!op::elementwise<fold> && !op::follows_policy<fold>);
}

TEST_CASE("the side of a kink, and on it", "[op]") {
  using op::detail::sign_of;
  CHECK(sign_of(-1e-300) == -1);
  CHECK(sign_of(-0.0) == 0);
  CHECK(sign_of(infinity) == 1);
  CHECK(sign_of(not_a_number) == 2);
  using op::detail::order_of;
  CHECK(order_of(1, 2) == -1);
  CHECK(order_of(2, 1) == 1);
  CHECK(order_of(0.0, -0.0) == 0);
  CHECK(order_of(infinity, infinity) == 0);  // where the difference is NaN
  CHECK(order_of(infinity, not_a_number) == 2);
}

TEST_CASE("between two kinks, beyond them and on them", "[op]") {
  // the distances of x from -1 and from 1
  auto const side = [](double x) { return op::detail::sign_between(x + 1, x - 1); };
  CHECK(side(-1) == 0);
  CHECK(side(1) == 0);
  CHECK(side(-2) == side(-infinity));
  CHECK(side(2) == side(infinity));
  for (double x : {-2.0, 0.0, 2.0}) CHECK(side(x) != 0);
  CHECK(side(-2) != side(0));
  CHECK(side(0) != side(2));
  CHECK(side(-2) != side(2));
  CHECK(side(not_a_number) != side(0));
}

TEST_CASE("the step of a staircase", "[op]") {
  using op::detail::step_of;
  for (double x : {-3.0, -0.0, 5.0, 1e300, infinity, -infinity}) CHECK(step_of(x) == 0);
  for (double x : {-1e9, -2.5, -0.5, 0.5, 7.25, 0x1p30, 0x1p40}) {
    CHECK(step_of(x + 0.25) != 0);
    CHECK(step_of(x + 0.25) == step_of(x + 0.125));
    CHECK(step_of(x + 0.25) != step_of(x + 1.25));
    CHECK(step_of(x + 0.25) != step_of(x - 0.75));
  }
  CHECK(step_of(not_a_number) != 0);
}

TEST_CASE("the poles of the gamma function", "[op]") {
  using op::detail::is_off_poles;
  for (double pole : {0.0, -0.0, -1.0, -170.0, -1e300}) CHECK_FALSE(is_off_poles(pole));
  for (double x : {1.0, 1e-300, -1e-300, -0.5, -170.5, infinity}) CHECK(is_off_poles(x));
}
