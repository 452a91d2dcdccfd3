// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/small_array.hpp>

#include <catch2/catch.hpp>

#include <cstdint>

using ramp::small_array;

TEST_CASE("elements are read and written by any integer", "[small_array]") {
  small_array<int, 3> a{{1, 2, 3}};
  a[std::int8_t{1}] = 5;
  a[std::uint64_t{2}] += 4;
  CHECK(a[0] == 1);
  CHECK(a[1L] == 5);
  CHECK(a.at[2] == 7);
  small_array<int, 3> const& constant = a;
  CHECK(constant[1u] == 5);
}

TEST_CASE("small arrays are equal when all elements are", "[small_array]") {
  small_array<int, 3> const a{{1, 2, 3}};
  for (int i = 0; i < 3; ++i) {
    small_array<int, 3> b = a;
    CHECK(a == b);
    b[i] = 9;
    CHECK_FALSE(a == b);
  }
}

TEST_CASE("what is not given is zero, and a constant can hold one", "[small_array]") {
  constexpr small_array<double, 4> a{{1.5}};
  static_assert(a[0] == 1.5 && a[3] == 0.0);
  static_assert(sizeof(small_array<char, 5>) == 5);
  CHECK(a[2] == 0.0);
}
