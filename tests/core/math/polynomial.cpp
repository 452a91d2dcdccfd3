// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/math/polynomial.hpp>

#include <catch2/catch.hpp>

#include <ramp/backend/pack.hpp>

namespace {

template <int N>
constexpr bool sums_powers_of_two() {
  double c[N];
  for (int i = 0; i < N; ++i) c[i] = i + 1;
  double expected = 0;
  for (int i = N - 1; i >= 0; --i) expected = expected * 2 + (i + 1);
  return ramp::math::polynomial(2.0, c) == expected;
}
static_assert(sums_powers_of_two<1>() && sums_powers_of_two<2>() && sums_powers_of_two<3>());
static_assert(sums_powers_of_two<4>() && sums_powers_of_two<5>() && sums_powers_of_two<6>());
static_assert(sums_powers_of_two<20>() && sums_powers_of_two<21>());

}  // namespace

TEST_CASE("a polynomial of a pack is that of its lanes", "[math]") {
  using pack = ramp::backend::native_pack<float>;
  static constexpr float c[] = {1, -2, 3, -4, 5, -6, 7};
  auto const y = ramp::math::polynomial(pack::iota(), c);
  for (int i = 0; i < pack::size; ++i) {
    CHECK(y[i] == ramp::math::polynomial(static_cast<float>(i), c));
  }
  CHECK(y[1] == 4);
}
