// SPDX-License-Identifier: BSL-1.0
#include <ramp/function/tensor.hpp>

#include <catch2/catch.hpp>

#include <cstddef>
#include <limits>
#include <type_traits>

using ramp::tensor;

namespace {

using cube = tensor<double, 2, 3, 4>;

constexpr cube counted = [] {
  cube t{};
  double next = 0;
  for (double& element : t) element = next++;
  return t;
}();

// memory that any function may take: elements and nothing else
static_assert(std::is_trivially_copyable_v<cube> && std::is_standard_layout_v<cube>);
static_assert(sizeof(tensor<float, 5, 7>) == 35 * sizeof(float));
static_assert(cube::rank == 3 && cube::count == 24 && cube::size() == 24);
static_assert(tensor<float>::rank == 0 && tensor<float>::size() == 1);
static_assert(std::is_same_v<tensor<int, 2>::value_type, int>);
static_assert(counted(1, 2, 3) == 23);

}  // namespace

TEST_CASE("elements are addressed by indices, row-major, or by their number", "[tensor]") {
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 3; ++j)
      for (int k = 0; k < 4; ++k) {
        auto const at = static_cast<std::size_t>(12 * i + 4 * j + k);
        CHECK(counted(i, j, k) == static_cast<double>(at));
        CHECK(&counted(i, j, k) == &counted[at]);
        CHECK(&counted[at] == counted.data() + at);
      }
  constexpr tensor<int, 1, 2, 1, 3> four{1, 2, 3, 4, 5, 6};
  CHECK(four(0, 1, 0, 2) == 6);
  CHECK(four(0, std::size_t{1}, 0L, 0u) == 4);  // any integers
}

TEST_CASE("a tensor of no dimensions is a number", "[tensor]") {
  tensor<float> number{2.5f};
  CHECK(number() == 2.5f);
  number() = 3.0f;
  CHECK(number[0] == 3.0f);
  CHECK(number.end() - number.begin() == 1);
}

TEST_CASE("elements that are not given are 0, and all can be changed", "[tensor]") {
  tensor<double, 2, 2> m{1.0, 2.0};
  CHECK(m(1, 0) == 0.0);
  m(1, 0) = 5.0;
  m[3] = 7.0;
  *m.data() = -1.0;
  CHECK(m == tensor<double, 2, 2>{-1, 2, 5, 7});
  tensor<double, 2, 2> const copy = m;
  m(0, 0) = 9.0;
  CHECK(copy(0, 0) == -1.0);
  static_assert(std::is_same_v<decltype(copy(0, 0)), double const&>);
  static_assert(std::is_same_v<decltype(copy[0]), double const&>);
  static_assert(std::is_same_v<decltype(m(0, 0)), double&>);
  double sum = 0.0;
  for (double element : copy) sum += element;
  CHECK(sum == 13.0);
}

TEST_CASE("tensors are equal where their numbers are", "[tensor]") {
  tensor<double, 2> const a{0.0, 1.0};
  CHECK(a == tensor<double, 2>{-0.0, 1.0});
  CHECK(a != tensor<double, 2>{0.0, 2.0});
  CHECK(a != tensor<double, 2>{2.0, 1.0});
  tensor<double, 1> const nan{std::numeric_limits<double>::quiet_NaN()};
  CHECK_FALSE(nan == nan);
}
