// SPDX-License-Identifier: BSL-1.0
#include <ramp/expr/misuse.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <complex>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <ramp/ramp.hpp>

// Functions that other people have under names of ramp, with and without conversions of their
// arguments. What ramp says to calls that it does not take may not come before them; the messages
// are in tests/compile_fail/expr/misuse.cpp.

namespace other {

/// A library with a common base of its arrays, as Eigen has.
template <class Derived>
struct array_base {
  double value = 0.0;
};
struct array : array_base<array> {};

template <class Derived>
std::string exp(array_base<Derived> const&) {
  return "exp of a base";
}
template <class Derived>
std::string max(array_base<Derived> const&, array_base<Derived> const&) {
  return "max of bases";
}

/// A type that converts to double.
struct metres {
  double value;
  operator double() const { return value; }  // NOLINT(google-explicit-constructor)
};

}  // namespace other

namespace user {

double relu(double x) { return x > 0.0 ? x : 0.0; }
float softplus(float x) { return std::log1p(std::exp(x)); }
template <class T>
T sigmoid(T x) {
  return T(1) / (T(1) + std::exp(-x));
}
double mean(std::span<double const> values) {
  double total = 0.0;
  for (double x : values) total += x;
  return total / static_cast<double>(values.size());
}
std::size_t split(std::string_view text, char at = ',') { return text.find(at); }
template <class... Ts>
std::string concatenate(Ts const&... parts) {
  return (std::string(parts) + ...);
}
double gradient(double (*f)(double), double x) { return (f(x + 1e-3) - f(x - 1e-3)) / 2e-3; }

}  // namespace user

namespace {

using namespace ramp;
using namespace user;

TEST_CASE("functions of other people are called where ramp has their name, too", "[misuse]") {
  CHECK(relu(-1.0) == 0.0);
  CHECK(relu(2.0f) == 2.0);
  CHECK(relu(3) == 3.0);
  CHECK(relu(other::metres{4.0}) == 4.0);
  CHECK(softplus(0.0) == std::log1p(1.0f));
  CHECK(sigmoid(0.0f) == 0.5f);
  static_assert(std::is_same_v<decltype(sigmoid(0.0f)), float>);
  CHECK(mean(std::vector<double>{1.0, 2.0}) == 1.5);
  CHECK(split("a,b") == 1);
  CHECK(split(std::string("a;b"), ';') == 1);
  CHECK(concatenate("a", std::string("b")) == "ab");
  CHECK(gradient([](double x) { return x; }, 1.0) == Approx(1.0));
  CHECK(exp(other::array{}) == "exp of a base");
  CHECK(max(other::array{}, other::array{}) == "max of bases");
}

TEST_CASE("the functions of the standard are called, whatever their arguments", "[misuse]") {
  using namespace std;  // NOLINT(google-build-using-namespace): what is tested
  CHECK(exp(1.0) == std::exp(1.0));
  CHECK(exp(1) == std::exp(1.0));
  static_assert(is_same_v<decltype(exp(1.0f)), float>);
  CHECK(max(1, 2) == 2);
  CHECK(max(2.5, 1.5) == 2.5);
  CHECK(max({1, 3, 2}) == 3);
  CHECK(min(string("a"), string("b")) == "a");
  CHECK(max<double>(1, 2.5) == 2.5);
  CHECK(pow(2, 3) == 8.0);
  CHECK(pow(2.0f, 3) == 8.0f);
  CHECK(abs(-2) == 2);
  CHECK(abs(complex(3.0, 4.0)) == Approx(5.0));
  CHECK(hypot(3, 4.0f) == Approx(5.0));
  CHECK(fma(2, 3.0, 4.0f) == 10.0);
  CHECK(clamp(5, 0, 3) == 3);
  CHECK(floor(1.5f) == 1.0f);
  CHECK(apply([](int a, int b) { return a + b; }, pair(1, 2)) == 3);
}

}  // namespace
