// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/math/round.hpp>

#include "check.hpp"

namespace {

namespace m = ramp::math;
using accuracy::inf_v, accuracy::nan_v;

static_assert(m::abs(-1.5) == 1.5 && m::copysign(2.0f, -0.0f) == -2.0f);
static_assert(m::floor(-1.5) == -2.0 && m::ceil(-1.5f) == -1.0f && m::trunc(-1.5) == -1.0);
static_assert(m::round(2.5) == 3.0 && m::round(-0.5f) == -1.0f && m::round_to_even(2.5) == 2.0);
static_assert(m::isnan(nan_v<float>) && m::isinf(-inf_v<double>) && !m::isfinite(inf_v<float>));

// The values where roundings go wrong, and every quarter between.
template <typename T>
std::vector<T> edges() {
  T const whole = std::ldexp(T(1), std::numeric_limits<T>::digits - 1);
  T const half = T(0.5);
  std::vector<T> xs{T(0),
                    half,
                    std::nextafter(half, T(0)),
                    std::nextafter(half, T(1)),
                    T(1),
                    std::nextafter(T(1), T(0)),
                    whole,
                    whole - half,
                    whole + 1,
                    whole * 2,
                    std::numeric_limits<T>::max(),
                    std::numeric_limits<T>::denorm_min(),
                    std::numeric_limits<T>::min(),
                    inf_v<T>,
                    nan_v<T>};
  for (int i = 1; i < 64; ++i) xs.push_back(static_cast<T>(i) / 4);
  auto const count = xs.size();
  for (std::size_t i = 0; i < count; ++i) xs.push_back(-xs[i]);
  return xs;
}

template <typename T, typename Function, typename Reference>
void check_rounding(Function f, Reference reference) {
  std::vector<accuracy::point<T>> points;
  for (T const x : edges<T>()) points.push_back({x, reference(x)});
  accuracy::check_points<T>(f, points);
}

}  // namespace

TEMPLATE_TEST_CASE("roundings are those of the C library", "[math]", float, double) {
  using T = TestType;
  check_rounding<T>([](auto x) { return m::floor(x); }, [](T x) { return std::floor(x); });
  check_rounding<T>([](auto x) { return m::ceil(x); }, [](T x) { return std::ceil(x); });
  check_rounding<T>([](auto x) { return m::trunc(x); }, [](T x) { return std::trunc(x); });
  check_rounding<T>([](auto x) { return m::round(x); }, [](T x) { return std::round(x); });
  check_rounding<T>([](auto x) { return m::round_to_even(x); },
                    [](T x) { return std::nearbyint(x); });
  check_rounding<T>([](auto x) { return m::abs(x); }, [](T x) { return std::fabs(x); });
}

TEMPLATE_TEST_CASE("classes hold lane by lane", "[math]", float, double) {
  using T = TestType;
  for (T const x : edges<T>()) {
    accuracy::pack<T> xs(T(1));
    xs.set(1, x);
    CHECK(m::isnan(xs)[1] == std::isnan(x));
    CHECK(m::isinf(xs)[1] == std::isinf(x));
    CHECK(m::isfinite(xs)[1] == std::isfinite(x));
    CHECK(m::isnan(x) == std::isnan(x));
    CHECK_FALSE(m::isnan(xs)[0]);
    CHECK(std::signbit(m::copysign(xs, T(-1))[1]));
    CHECK(std::signbit(m::copysign(T(2), x)) == std::signbit(x));
  }
}
