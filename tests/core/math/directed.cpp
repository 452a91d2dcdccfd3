// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/math/directed.hpp>

#include "check.hpp"

namespace {

namespace m = ramp::math;
using accuracy::inf_v, accuracy::nan_v;

// what is exact stays
static_assert(m::sum_toward(1.0, 2.0, 1.0) == 3.0 && m::sum_toward(0.1, -0.1, -1.0) == 0.0);
static_assert(m::product_toward(1.5f, -2.0f, -1.0f) == -3.0f);
static_assert(m::quotient_toward(3.0, -4.0, 1.0) == -0.75);
// what is not goes to the side
static_assert(m::sum_toward(1.0, 1e-30, -1.0) == 1.0 && m::sum_toward(1.0, 1e-30, 1.0) > 1.0);
static_assert(m::product_toward(0.1, 0.1, -1.0) < m::product_toward(0.1, 0.1, 1.0));
static_assert(m::quotient_toward(1.0f, 3.0f, -1.0f) < m::quotient_toward(1.0f, 3.0f, 1.0f));
// ends without a bound
static_assert(m::sum_toward(1.0, inf_v<double>, -1.0) == inf_v<double>);
static_assert(m::product_toward(0.0, inf_v<double>, -1.0) == 0.0);
static_assert(m::product_toward(-inf_v<float>, 0.0f, 1.0f) == 0.0f);
static_assert(m::product_toward(-2.0, inf_v<double>, 1.0) == -inf_v<double>);
static_assert(m::quotient_toward(-inf_v<double>, 2.0, 1.0) == -inf_v<double>);
static_assert(m::quotient_toward(0.0, -2.0, -1.0) == 0.0);
static_assert(m::isnan(m::quotient_toward(1.0, 0.0, 1.0)));
static_assert(m::moved_outward(3.0, 1.0, 0.0, 2.0) == 3.0 + 0x1p-51);
static_assert(m::moved_outward(0.0, 0.0, 0.0, -2.0) == 0.0);
static_assert(m::moved_outward(0.0f, 0.0f, 1.0f, -2.0f) < 0.0f);
static_assert(m::moved_outward(inf_v<double>, 1.0, 1.0, -1.0) ==
              std::numeric_limits<double>::max());

/// Operands that make every case: equal, opposite, far apart, tiny, huge.
template <typename T>
std::vector<T> operands(std::uint64_t seed) {
  std::mt19937_64 source(seed);
  std::vector<T> all;
  using limits = std::numeric_limits<T>;
  std::uniform_int_distribution<int> exponent(limits::min_exponent - 30, limits::max_exponent);
  std::uniform_int_distribution<int> small(-30, 30);
  std::uniform_real_distribution<double> mantissa(0.5, 1.0);
  for (int i = 0; i < 60000; ++i) {
    auto x = static_cast<T>(mantissa(source));
    if (i % 3 == 0) x = static_cast<T>(std::round(x * 8) / 8);
    x = std::ldexp(x, i % 2 == 0 ? small(source) : exponent(source));
    if (!std::isfinite(x)) x = limits::max();
    all.push_back(source() % 2 == 0 ? x : -x);
  }
  return all;
}

enum class operation { sum, product, quotient };

template <typename T>
T apply(operation o, T a, T b, T side) {
  return o == operation::sum       ? m::sum_toward(a, b, side)
         : o == operation::product ? m::product_toward(a, b, side)
                                   : m::quotient_toward(a, b, side);
}

/// The sign of exact - candidate, without an error: candidates are numbers of T.
int side_of_exact(operation o, double a, double b, double candidate) {
  using wide = __float128;
  wide const x = a, y = b, c = candidate;
  // a quotient against a candidate is a product against a; of a sum the large part goes first
  bool const x_is_larger = (x > 0 ? x : -x) > (y > 0 ? y : -y);
  wide const difference = o == operation::sum       ? (x_is_larger ? x - c + y : y - c + x)
                          : o == operation::product ? x * y - c
                                                    : (y > 0 ? x - c * y : c * y - x);
  return difference > 0 ? 1 : difference < 0 ? -1 : 0;
}

template <typename T>
void check(operation o) {
  using limits = std::numeric_limits<T>;
  auto const as = operands<T>(1);
  auto const bs = operands<T>(2);
  int inexact = 0, wrong = 0, loose = 0, not_exact = 0;
  for (std::size_t i = 0; i < as.size(); ++i) {
    // products of extreme doubles are beyond __float128's digits only where they are beyond T
    T const a = as[i], b = bs[i];
    if (b == 0) continue;
    T const down = apply(o, a, b, T(-1)), up = apply(o, a, b, T(1));
    T const plain = o == operation::sum ? a + b : o == operation::product ? a * b : a / b;
    if (std::isinf(plain)) {
      wrong += !(plain > 0 ? down == limits::max() && up == plain
                           : up == -limits::max() && down == plain);
      continue;
    }
    wrong += side_of_exact(o, a, b, down) < 0 || side_of_exact(o, a, b, up) > 0;
    inexact += down != up;
    bool const extreme = std::fabs(plain) < limits::min() / limits::epsilon() * 8 ||
                         std::fabs(plain) > limits::max() * T(0x1p-30) ||
                         std::fabs(a) < limits::min() / limits::epsilon() * 8 ||
                         std::fabs(a) > limits::max() * T(0x1p-30) ||
                         std::fabs(b) > limits::max() * T(0x1p-30);
    T const width = up - down;
    int e = 0;
    std::frexp(plain, &e);
    T const unit = std::max(std::ldexp(limits::epsilon(), e), limits::denorm_min());
    loose += std::isfinite(width) && width > (extreme ? 4 : 2) * unit;
    not_exact += !extreme && side_of_exact(o, a, b, plain) == 0 && down != up;
  }
  CAPTURE(static_cast<int>(o));
  CHECK(wrong == 0);
  CHECK(loose == 0);
  CHECK(not_exact == 0);
  CHECK(inexact > 20000);
  CHECK(inexact < 60000);
}

}  // namespace

TEMPLATE_TEST_CASE("directed arithmetic is on the side that is asked for, and close", "[math]",
                   float, double) {
  for (auto o : {operation::sum, operation::product, operation::quotient}) check<TestType>(o);
}

TEMPLATE_TEST_CASE("lanes of packs are on the side that scalars are on", "[math]", float, double) {
  using T = TestType;
  using pack = accuracy::pack<T>;
  auto const as = operands<T>(3);
  auto const bs = operands<T>(4);
  int wrong = 0, apart = 0;
  for (std::size_t i = 0; i + pack::size <= as.size(); i += pack::size)
    for (T const side : {T(-1), T(1)})
      for (auto o : {operation::sum, operation::product, operation::quotient}) {
        auto const a = pack::load(&as[i]), b = pack::load(&bs[i]);
        pack const result = o == operation::sum       ? m::sum_toward(a, b, pack(side))
                            : o == operation::product ? m::product_toward(a, b, pack(side))
                                                      : m::quotient_toward(a, b, pack(side));
        for (std::size_t j = 0; j < pack::size; ++j) {
          T const scalar = apply(o, as[i + j], bs[i + j], side);
          T const lane = result[static_cast<int>(j)];
          if (accuracy::same(lane, scalar)) continue;
          apart += !(accuracy::ulps(lane, static_cast<long double>(scalar)) <= 2);
          int const beyond = side_of_exact(o, as[i + j], bs[i + j], lane);
          wrong += side > 0 ? beyond > 0 : beyond < 0;
        }
      }
  CHECK(wrong == 0);
  CHECK(apart == 0);
}

TEMPLATE_TEST_CASE("NaN stays, in directed arithmetic", "[math]", float, double) {
  using T = TestType;
  T const nan = nan_v<T>;
  for (T const side : {T(-1), T(1)})
    for (T const x : {T(0), T(2), inf_v<T>, nan})
      for (auto o : {operation::sum, operation::product, operation::quotient}) {
        CHECK(std::isnan(apply(o, nan, x, side)));
        CHECK(std::isnan(apply(o, x, nan, side)));
        CHECK(std::isnan(m::moved_outward(nan, x, T(1), side)));
      }
}
