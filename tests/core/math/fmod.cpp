// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/math/fmod.hpp>

#include "check.hpp"

namespace {

namespace m = ramp::math;
using accuracy::inf_v, accuracy::nan_v;

static_assert(m::fmod(7.5, 2.0) == 1.5 && m::fmod(-7.5f, 2) == -1.5f && m::fmod(7.5, -2.0) == 1.5);
static_assert(m::fmod(1e308, 3e-308) == 5.476144900572913e-309);
static_assert(m::fmod(0x1.8p-1070, 0x1p-1074) == 0.0 && m::fmod(5.0, inf_v<double>) == 5.0);
static_assert(m::isnan(m::fmod(1.0, 0.0)) && m::isnan(m::fmod(inf_v<float>, 1)) &&
              m::isnan(m::fmod(nan_v<double>, 1)) && m::isnan(m::fmod(1.0, nan_v<double>)));

auto const fmod_of = [](auto x, auto y) { return m::fmod(x, y); };

template <typename T>
int count_wrong(std::vector<T> const& xs, std::vector<T> const& ys) {
  int wrong = 0;
  constexpr std::size_t n = static_cast<std::size_t>(accuracy::pack<T>::size);
  for (std::size_t i = 0; i + n <= xs.size(); i += n) {
    auto const r = m::fmod(accuracy::pack<T>::load(&xs[i]), accuracy::pack<T>::load(&ys[i]));
    for (std::size_t j = 0; j < n; ++j) {
      T const expected = std::fmod(xs[i + j], ys[i + j]);
      wrong += !accuracy::same(r[static_cast<int>(j)], expected);
      wrong += !accuracy::same(m::fmod(xs[i + j], ys[i + j]), expected);
    }
  }
  return wrong;
}

}  // namespace

TEMPLATE_TEST_CASE("fmod is exact for every ratio", "[math]", float, double) {
  using T = TestType;
  std::mt19937_64 source(11);
  using bits = typename m::format<T>::bits;
  std::vector<T> xs, ys;
  auto const any_number = [&] { return m::from_bits(static_cast<bits>(source())); };
  for (int i = 0; i < 40000; ++i) {
    xs.push_back(any_number());
    ys.push_back(any_number());
  }
  CHECK(count_wrong(xs, ys) == 0);
  xs.clear();
  ys.clear();
  for (T const x : accuracy::points<T>(-1e30, 1e30, 20000)) {
    xs.push_back(x);
    ys.push_back(static_cast<T>(source() % 1000 + 1) / 8);
  }
  CHECK(count_wrong(xs, ys) == 0);
}

TEMPLATE_TEST_CASE("fmod of multiples and their neighbours", "[math]", float, double) {
  using T = TestType;
  std::mt19937_64 source(12);
  std::uniform_real_distribution<double> range(0.1, 10);
  std::vector<T> xs, ys;
  for (int i = 0; i < 40000; ++i) {
    T const y = static_cast<T>(range(source));
    T const x = y * static_cast<T>(source() % (std::uint64_t{1} << (i % 54)) + 1);
    for (T const near : {x, std::nextafter(x, T(0)), std::nextafter(x, inf_v<T>), -x}) {
      xs.push_back(near);
      ys.push_back(y);
    }
  }
  CHECK(count_wrong(xs, ys) == 0);
}

TEMPLATE_TEST_CASE("fmod at pairs of extremes", "[math]", float, double) {
  using T = TestType;
  accuracy::check_extremes<T>(fmod_of, [](T x, T y) { return std::fmod(x, y); });
}
