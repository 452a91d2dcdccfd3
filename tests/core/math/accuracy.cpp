// SPDX-License-Identifier: BSL-1.0
#include "accuracy.hpp"

#include <catch2/catch.hpp>

#include "gamma_reference.hpp"

namespace {

using limits = std::numeric_limits<float>;
using accuracy::inf_v, accuracy::nan_v;

// Exact values: around every power of two a float reaches and where they round to zero or infinity,
// and what is no number.
std::vector<double> exact_values() {
  std::vector<double> values{0, 1e-320, 1e-60, 0x1.ffffffp127, 1e300, inf_v<double>, nan_v<double>};
  std::mt19937_64 source(20240229);
  std::uniform_real_distribution<double> fraction(1, 2);
  for (int e = -152; e <= 129; ++e) {
    double const power = std::ldexp(1.0, e);
    for (double const x : {1.0, 1 + 0x1p-52, 1 - 0x1p-53, 1 + 0x1p-25, 1 - 0x1p-25}) {
      values.push_back(power * x);
    }
    for (int i = 0; i < 20; ++i) values.push_back(power * fraction(source));
  }
  for (std::size_t i = values.size(); i-- > 0;) values.push_back(-values[i]);
  return values;
}

// What a function might give: the nearest float and its neighbours, and grave mistakes.
std::vector<float> results_for(double exact) {
  auto const nearest = static_cast<float>(exact);
  std::vector<float> results{nearest, -nearest, 0, -0.0f, 1, limits::denorm_min(), limits::max(),
                             -limits::max(), inf_v<float>, -inf_v<float>, nan_v<float>};
  float above = nearest, below = nearest;
  for (int i = 0; i < 4; ++i) {
    results.push_back(above = std::nextafter(above, inf_v<float>));
    results.push_back(below = std::nextafter(below, -inf_v<float>));
  }
  return results;
}

}  // namespace

TEST_CASE("errors next to zero and next to overflow are in the units of the numbers there",
          "[accuracy]") {
  using accuracy::ulps;
  CHECK(ulps(limits::denorm_min(), 0) == 1);
  CHECK(ulps(1e-10f, 0) > 1e30);
  CHECK(ulps(limits::max(), 0x1p128L) == 1);
  CHECK(ulps(limits::max(), inf_v<long double>) == 1);
  CHECK(ulps(limits::max(), 1e39L) > 1e6);
  CHECK(ulps(inf_v<float>, static_cast<long double>(limits::max())) == 1);
  CHECK(ulps(-0.0f, 0) == inf_v<double>);
}

TEST_CASE("no error above a limit escapes the quick look", "[accuracy]") {
  int escaped = 0, needless = 0, large = 0, small = 0;
  for (double const exact : exact_values()) {
    for (float const got : results_for(exact)) {
      double const error = accuracy::ulps(got, static_cast<long double>(exact));
      for (double const limit : {0.0, 0.5, 0.75, 1.0, 1.5, 3.0, 100.0}) {
        bool const may = accuracy::may_exceed(got, exact, limit);
        if (error > limit) {
          ++large;
          escaped += !may;
        } else if (error < limit) {
          ++small;
          needless += may;
        }
      }
    }
  }
  CHECK(escaped == 0);
  CHECK(large > 100000);
  INFO(needless << " of " << small);
  CHECK(needless < small / 50);
}

TEST_CASE("worst cases are recorded whenever they may grow", "[accuracy]") {
  accuracy::worst_case<float> all, some;
  int looked_at = 0;
  std::mt19937_64 source(7);
  std::normal_distribution<double> noise(0, 0x1p-25);
  for (int i = 0; i < 100000; ++i) {
    double const exact = 1 + noise(source);
    auto const from_pack = static_cast<float>(exact * (1 + noise(source)));
    auto const from_scalar = static_cast<float>(exact * (1 + noise(source)));
    all.add(1, from_pack, from_scalar, static_cast<long double>(exact));
    if (some.may_grow(from_pack, from_scalar, exact)) {
      ++looked_at;
      some.add(1, from_pack, from_scalar, static_cast<long double>(exact));
    }
  }
  CHECK(some.error == all.error);
  CHECK(some.scalar == all.scalar);
  CHECK(some.apart == all.apart);
  CHECK(all.error > 1);
  CHECK(looked_at < 10000);
}

TEST_CASE("the quick digamma is as good as exact for floats", "[accuracy]") {
  double worst = 0;
  for (float const x : accuracy::points<float>(0x1p-149, 4)) {
    long double const exact = reference::digamma(static_cast<long double>(x));
    auto const quick = static_cast<long double>(reference::digamma_of_positive(x));
    worst = std::max(worst, static_cast<double>(std::fabs(quick / exact - 1)));
  }
  CHECK(worst > 0);
  CHECK(worst < 0x1p-46);
  CHECK(reference::digamma_of_positive(0) == -inf_v<double>);
  CHECK(reference::digamma_of_positive(inf_v<double>) == inf_v<double>);
  CHECK(std::isnan(reference::digamma_of_positive(nan_v<double>)));
}
