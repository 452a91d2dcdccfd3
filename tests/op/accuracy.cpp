// SPDX-License-Identifier: BSL-1.0
// Every elementwise operation, composite or not, keeps the error bound that it states: in float,
// against the same in double, whose own error is too small to matter. What holds in double is the
// concern of tests/core/math. The parts of a composite operation may underflow before it does.
#include <ramp/ir/evaluate.hpp>
#include <ramp/op/table.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <vector>

#include "core/math/accuracy.hpp"
#include "laws/cases.hpp"

using namespace laws;
namespace op = ramp::op;

namespace {

constexpr int count = 20000;

/// Numbers of every size, and numbers about 1, where functions turn.
template <class Generator>
float any_number(Generator& random) {
  auto const bits = static_cast<std::uint32_t>(random() >> 32);
  if (random() >> 63 != 0) return std::ldexp(static_cast<float>(bits) - 0x1p31f, -29);
  return std::ldexp(static_cast<float>(bits) - 0x1p31f,
                    static_cast<int>(ramp::uniform_below(100, random)) - 81);
}

/// A unit in the last place of a float of this size.
double ulp_of(double x) {
  int exponent = 0;
  std::frexp(std::max(x, 0x1p-126), &exponent);
  return std::ldexp(1.0, exponent - 24);
}

template <class Op>
double scale_of(double result, [[maybe_unused]] double const* x) {
  double const size = std::fabs(result);
  if constexpr (requires { Op::error_scale(x); }) return std::max(size, Op::error_scale(x));
  else return size;
}

template <class Op>
void check_accuracy() {
  INFO(Op::name);
  one_case const c = case_of_equal_shapes<Op>(shape(count));
  constexpr auto arity = static_cast<std::size_t>(Op::arity);
  ramp::xoshiro256 random(1);
  std::vector<float> in_float[arity];
  std::vector<double> in_double[arity];
  ramp::list<float const*> floats;
  ramp::list<double const*> doubles;
  for (std::size_t k = 0; k < arity; ++k) {
    for (int i = 0; i < count; ++i) in_float[k].push_back(any_number(random));
    in_double[k].assign(in_float[k].begin(), in_float[k].end());
    floats.push_back(in_float[k].data());
    doubles.push_back(in_double[k].data());
  }
  auto const given = ramp::ir::evaluate<float>(c.g, floats);
  auto const exact = ramp::ir::evaluate<double>(c.g, doubles);
  double worst = 0.0;
  int finite = 0;
  for (std::size_t i = 0; i < count; ++i) {
    double const expected = exact[c.root][i];
    double const size = std::fabs(expected);
    if (!(size <= std::numeric_limits<float>::max())) continue;
    if (op::composite<Op> && size != 0.0 && size < 0x1p-116) continue;
    double x[arity];
    for (std::size_t k = 0; k < arity; ++k) x[k] = in_double[k][i];
    if constexpr (op::composite<Op> && requires { Op::in_domain(x); })
      if (!Op::in_domain(x)) continue;
    ++finite;
    double const error = std::fabs(static_cast<double>(given[c.root][i]) - expected) /
                         ulp_of(scale_of<Op>(expected, x));
    if (error <= worst) continue;
    worst = error;
    INFO("of " << x[0] << ", " << x[arity - 1] << ": " << given[c.root][i] << " for " << expected);
    CHECK(error <= Op::max_ulp + 1e-6);
  }
  CHECK(finite > count / 20);
}

template <class... Ops>
void check_all(op::operation_list<Ops...>) {
  auto one = []<class Op>(std::type_identity<Op>) {
    // outward moves by units in the last place, which are not those of the other format
    if constexpr (std::is_same_v<Op, op::outward>) return;
    else if constexpr (op::elementwise<Op> || op::composite<Op>) check_accuracy<Op>();
  };
  (one(std::type_identity<Ops>{}), ...);
}

template <class Op>
void check_covers(accuracy::bound function) {
  INFO(Op::name);
  CHECK(Op::max_ulp >= std::max(function.of_float, function.of_double));
}

}  // namespace

TEST_CASE("every operation is as accurate as it states", "[op]") {
  check_all(op::table{});
  check_all(op::composites{});
}

// The random numbers above miss the rare worst cases that tests/core/math_exhaustive finds.
TEST_CASE("no operation states less than the elementary function it calls", "[op]") {
  check_covers<op::exp>(accuracy::exp);
  check_covers<op::expm1>(accuracy::expm1);
  check_covers<op::log>(accuracy::log);
  check_covers<op::log1p>(accuracy::log1p);
  check_covers<op::tanh>(accuracy::tanh);
  check_covers<op::sigmoid>(accuracy::sigmoid);
  check_covers<op::softplus>(accuracy::softplus);
  check_covers<op::sin>(accuracy::sin);
  check_covers<op::cos>(accuracy::cos);
  check_covers<op::erf>(accuracy::erf);
  check_covers<op::erfc>(accuracy::erfc);
  check_covers<op::normal_pdf>(accuracy::normal_pdf);
  check_covers<op::normal_cdf>(accuracy::normal_cdf);
  check_covers<op::pow>(accuracy::pow);
  check_covers<op::exp2>(accuracy::exp2);
  check_covers<op::log2>(accuracy::log2);
  check_covers<op::cbrt>(accuracy::cbrt);
  check_covers<op::rsqrt>(accuracy::rsqrt);
  check_covers<op::hypot>(accuracy::hypot);
  check_covers<op::tan>(accuracy::tan);
  check_covers<op::sinh>(accuracy::sinh);
  check_covers<op::cosh>(accuracy::cosh);
  check_covers<op::logit>(accuracy::logit);
  check_covers<op::logaddexp>(accuracy::logaddexp);
  check_covers<op::xlogy>(accuracy::xlogy);
  check_covers<op::asin>(accuracy::asin);
  check_covers<op::acos>(accuracy::acos);
  check_covers<op::atan>(accuracy::atan);
  check_covers<op::atan2>(accuracy::atan2);
  check_covers<op::asinh>(accuracy::asinh);
  check_covers<op::acosh>(accuracy::acosh);
  check_covers<op::atanh>(accuracy::atanh);
  check_covers<op::lgamma>(accuracy::lgamma);
  check_covers<op::digamma>(accuracy::digamma);
  check_covers<op::log_normal_cdf>(accuracy::log_normal_cdf);
  check_covers<op::inverse_mills>(accuracy::inverse_mills);
}
