// SPDX-License-Identifier: BSL-1.0
//
// Constant evaluation may compute neither NaN nor a division by zero, and GCC refuses overflow too:
// what a function is at special values takes branches that run time does not need. Here all of them
// are taken, and compared with run time, of scalars and of packs.
#include <ramp/core/math.hpp>

#include "check.hpp"

#include <array>

namespace {

namespace m = ramp::math;

// Around the places where some function overflows, underflows or changes its formula, and where
// intermediate results would.
template <typename T>
constexpr std::array magnitudes{T(0),
                                T(0.25),
                                T(0.3),
                                T(0.5),
                                T(0.9),
                                T(1),
                                T(1.4),
                                T(1.5707964),
                                T(2),
                                T(2.5),
                                T(3),
                                T(4.5),
                                T(15),
                                T(20),
                                T(37),
                                T(39),
                                T(88),
                                T(89.2),
                                T(103),
                                T(200),
                                T(709.5),
                                T(710.2),
                                T(745),
                                T(1e5),
                                T(1e9),
                                T(1e10),
                                T(1e20),
                                T(1e30),
                                T(1e36),
                                T(1e-5),
                                T(1e-10),
                                T(1e-20),
                                T(1e-30),
                                T(1e-36),
                                std::numeric_limits<T>::epsilon(),
                                1 + std::numeric_limits<T>::epsilon(),
                                1 - std::numeric_limits<T>::epsilon() / 2,
                                std::numeric_limits<T>::denorm_min(),
                                std::numeric_limits<T>::min(),
                                std::numeric_limits<T>::max() / 1000,
                                std::numeric_limits<T>::max() / 2,
                                std::numeric_limits<T>::max(),
                                accuracy::inf_v<T>,
                                accuracy::nan_v<T>};

template <typename T>
constexpr T signed_value(std::size_t i) {
  T const magnitude = magnitudes<T>[i / 2];
  return i % 2 == 0 ? magnitude : -magnitude;
}

// Constant evaluation never fuses a multiplication and an addition: both are within the bound of
// the function, of which that of normal_cdf is the largest.
template <typename T>
bool agree(T run, T constant) {
  return accuracy::same(run, constant) || accuracy::ulps(run, static_cast<long double>(constant)) <=
                                              2 * accuracy::for_type<T>(accuracy::normal_cdf);
}

template <typename T, auto Function>
void check_values(char const* name) {
  constexpr std::size_t n = 2 * magnitudes<T>.size();
  constexpr auto constants = [] {
    std::array<T, n> values{};
    for (std::size_t i = 0; i < n; ++i) values[i] = Function(signed_value<T>(i));
    return values;
  }();
  for (std::size_t i = 0; i < n; ++i) {
    T const volatile x = signed_value<T>(i);
    T const run = Function(T(x));
    accuracy::pack<T> xs(T(1));
    xs.set(1, x);
    T const lane = Function(xs)[1];
    CAPTURE(name, sizeof(T), x, run, lane, constants[i]);
    if (!agree(run, constants[i])) FAIL_CHECK("run time and constant evaluation differ");
    if (!agree(lane, constants[i])) FAIL_CHECK("a pack and constant evaluation differ");
  }
  CHECK(n > 80);
}

template <typename T, auto Function>
void check_pairs(char const* name) {
  constexpr auto constants = [] {
    constexpr std::size_t n = accuracy::extremes<T>.size();
    std::array<T, n * n> values{};
    for (std::size_t i = 0; i < n * n; ++i) {
      values[i] = Function(accuracy::extremes<T>[i / n], accuracy::extremes<T>[i % n]);
    }
    return values;
  }();
  std::size_t i = 0;
  for (T const volatile x : accuracy::extremes<T>) {
    for (T const volatile y : accuracy::extremes<T>) {
      T const run = Function(T(x), T(y));
      accuracy::pack<T> xs(T(1)), ys(T(2));
      xs.set(1, x);
      ys.set(1, y);
      T const lane = Function(xs, ys)[1];
      CAPTURE(name, sizeof(T), x, y, run, lane, constants[i]);
      if (!agree(run, constants[i])) FAIL_CHECK("run time and constant evaluation differ");
      if (!agree(lane, constants[i++])) FAIL_CHECK("a pack and constant evaluation differ");
    }
  }
  CHECK(i == constants.size());
}

}  // namespace

TEMPLATE_TEST_CASE("roundings in constant evaluation", "[math]", float, double) {
  check_values<TestType, [](auto x) { return m::floor(x); }>("floor");
  check_values<TestType, [](auto x) { return m::ceil(x); }>("ceil");
  check_values<TestType, [](auto x) { return m::trunc(x); }>("trunc");
  check_values<TestType, [](auto x) { return m::round(x); }>("round");
  check_values<TestType, [](auto x) { return m::round_to_even(x); }>("round_to_even");
  check_pairs<TestType, [](auto x, auto y) { return m::fmod(x, y); }>("fmod");
}

TEMPLATE_TEST_CASE("roots and powers in constant evaluation", "[math]", float, double) {
  check_values<TestType, [](auto x) { return m::sqrt(x); }>("sqrt");
  check_values<TestType, [](auto x) { return m::cbrt(x); }>("cbrt");
  check_values<TestType, [](auto x) { return m::rsqrt(x); }>("rsqrt");
  check_pairs<TestType, [](auto x, auto y) { return m::hypot(x, y); }>("hypot");
  check_pairs<TestType, [](auto x, auto y) { return m::pow(x, y); }>("pow");
}

TEMPLATE_TEST_CASE("exponentials and logarithms in constant evaluation", "[math]", float, double) {
  check_values<TestType, [](auto x) { return m::exp(x); }>("exp");
  check_values<TestType, [](auto x) { return m::exp2(x); }>("exp2");
  check_values<TestType, [](auto x) { return m::expm1(x); }>("expm1");
  check_values<TestType, [](auto x) { return m::log(x); }>("log");
  check_values<TestType, [](auto x) { return m::log2(x); }>("log2");
  check_values<TestType, [](auto x) { return m::log1p(x); }>("log1p");
  check_values<TestType, [](auto x) { return m::sigmoid(x); }>("sigmoid");
  check_values<TestType, [](auto x) { return m::softplus(x); }>("softplus");
  check_values<TestType, [](auto x) { return m::logit(x); }>("logit");
  check_pairs<TestType, [](auto x, auto y) { return m::logaddexp(x, y); }>("logaddexp");
  check_pairs<TestType, [](auto x, auto y) { return m::xlogy(x, y); }>("xlogy");
}

TEMPLATE_TEST_CASE("trigonometric functions in constant evaluation", "[math]", float, double) {
  check_values<TestType, [](auto x) { return m::sin(x); }>("sin");
  check_values<TestType, [](auto x) { return m::cos(x); }>("cos");
  check_values<TestType, [](auto x) { return m::tan(x); }>("tan");
  check_values<TestType, [](auto x) { return m::asin(x); }>("asin");
  check_values<TestType, [](auto x) { return m::acos(x); }>("acos");
  check_values<TestType, [](auto x) { return m::atan(x); }>("atan");
  check_pairs<TestType, [](auto x, auto y) { return m::atan2(x, y); }>("atan2");
}

TEMPLATE_TEST_CASE("hyperbolic functions in constant evaluation", "[math]", float, double) {
  check_values<TestType, [](auto x) { return m::sinh(x); }>("sinh");
  check_values<TestType, [](auto x) { return m::cosh(x); }>("cosh");
  check_values<TestType, [](auto x) { return m::tanh(x); }>("tanh");
  check_values<TestType, [](auto x) { return m::asinh(x); }>("asinh");
  check_values<TestType, [](auto x) { return m::acosh(x); }>("acosh");
  check_values<TestType, [](auto x) { return m::atanh(x); }>("atanh");
}

TEMPLATE_TEST_CASE("special functions in constant evaluation", "[math]", float, double) {
  check_values<TestType, [](auto x) { return m::erf(x); }>("erf");
  check_values<TestType, [](auto x) { return m::erfc(x); }>("erfc");
  check_values<TestType, [](auto x) { return m::normal_pdf(x); }>("normal_pdf");
  check_values<TestType, [](auto x) { return m::normal_cdf(x); }>("normal_cdf");
  check_values<TestType, [](auto x) { return m::log_normal_cdf(x); }>("log_normal_cdf");
  check_values<TestType, [](auto x) { return m::inverse_mills(x); }>("inverse_mills");
  check_values<TestType, [](auto x) { return m::lgamma(x); }>("lgamma");
  check_values<TestType, [](auto x) { return m::digamma(x); }>("digamma");
  check_values<TestType, [](auto x) { return m::polygamma(1, x); }>("polygamma of order 1");
  check_values<TestType, [](auto x) { return m::polygamma(2, x); }>("polygamma of order 2");
  check_values<TestType, [](auto x) { return m::polygamma(40, x); }>("polygamma of order 40");
}
