// SPDX-License-Identifier: BSL-1.0
#include <ramp/train/metrics.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

using ramp::error_kind;
using ramp::train::accuracy;
using ramp::train::argmax;

namespace {

constexpr auto not_a_number = std::numeric_limits<float>::quiet_NaN();
constexpr auto infinity = std::numeric_limits<float>::infinity();

constexpr std::array<float, 6> scores = {0.1f, 0.9f, 0.0f, 3.0f, -1.0f, 2.0f};
constexpr std::array<std::uint8_t, 2> labels = {1, 2};
static_assert(accuracy(scores, labels, 3).value() == 0.5);

std::size_t argmax_of(std::vector<float> const& row) { return argmax(std::span(row)); }

}  // namespace

TEST_CASE("argmax is the first of the largest, and never NaN beside a number", "[train]") {
  CHECK(argmax_of({4.0f}) == 0);
  CHECK(argmax_of({1.0f, 5.0f, 2.0f}) == 1);
  CHECK(argmax_of({5.0f, 5.0f, 2.0f}) == 0);
  CHECK(argmax_of({-infinity, -3.0f}) == 1);
  CHECK(argmax_of({not_a_number, -3.0f, not_a_number}) == 1);
  CHECK(argmax_of({not_a_number, -infinity}) == 1);
  CHECK(argmax_of({not_a_number, not_a_number}) == 0);
}

TEMPLATE_TEST_CASE("accuracy takes labels of every integer type", "[train]", std::uint8_t,
                   std::int8_t, std::uint16_t, std::int16_t, std::uint32_t, std::int32_t,
                   std::int64_t) {
  CHECK(accuracy(scores, std::vector<TestType>{1, 0}, 3).value() == 1.0);
  CHECK(accuracy(scores, std::vector<TestType>{0, 1}, 3).value() == 0.0);
  CHECK(accuracy(std::vector<double>{0.0, 1.0}, std::vector<TestType>{1}, 2).value() == 1.0);
}

TEST_CASE("accuracy says what is wrong", "[train]") {
  std::vector<int> const two = {0, 1};
  CHECK(accuracy(std::vector<float>{}, std::vector<int>{}, 3).error().message() ==
        "input \"scores\": no samples were given");
  CHECK(accuracy(std::vector<float>(7), two, 3).error().message() ==
        "input \"scores\": 7 elements are not a whole number of samples of 3 elements");
  CHECK(accuracy(std::vector<float>(9), two, 3).error().message() ==
        "input \"labels\": 3 elements expected, 2 given");
  CHECK(accuracy(scores, std::vector<int>{0, 3}, 3).error().message() ==
        "input \"labels\": sample 1 is label 3; the classes are 0 to 2");
  CHECK(accuracy(scores, std::vector<int>{-1, 3}, 3).error().message() ==
        "input \"labels\": sample 0 is label -1; the classes are 0 to 2");

  auto broken = scores;
  broken[5] = not_a_number;
  CHECK(accuracy(broken, labels, 3).error().message() ==
        "input \"scores\": sample 1, element 2 is not finite (NaN)");
  broken[5] = infinity;
  CHECK(accuracy(broken, labels, 3).value() == 1.0);
}
