// SPDX-License-Identifier: BSL-1.0
#include <ramp/function/samples.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstddef>
#include <limits>
#include <vector>

using ramp::detail::find_not_finite;

namespace {

constexpr std::array<float, 3> with_nan = {1.0f, std::numeric_limits<float>::quiet_NaN(), 0.0f};
static_assert(find_not_finite(with_nan.data(), 3) == 1);
static_assert(find_not_finite(with_nan.data(), 1) == 1);
static_assert(find_not_finite(with_nan.data(), 0) == 0);

template <class T>
void check_positions() {
  T const largest = std::numeric_limits<T>::max();
  std::array<T, 3> const wrong = {std::numeric_limits<T>::quiet_NaN(),
                                  std::numeric_limits<T>::infinity(),
                                  -std::numeric_limits<T>::infinity()};
  for (std::size_t count = 0; count <= 70; ++count) {
    std::vector<T> numbers(count + 1, -largest);
    numbers[count] = wrong[0];  // beyond the end: not looked at
    for (std::size_t i = 0; i < count; i += 2) numbers[i] = std::numeric_limits<T>::denorm_min();
    REQUIRE(find_not_finite(numbers.data(), count) == count);
    for (std::size_t at = 0; at < count; ++at)
      for (T bad : wrong) {
        auto changed = numbers;
        changed[at] = bad;
        REQUIRE(find_not_finite(changed.data(), count) == at);
        changed[count - 1] = bad;  // the first one counts
        REQUIRE(find_not_finite(changed.data(), count) == at);
        REQUIRE(find_not_finite(changed.data() + at, count - at) == 0);  // not aligned
      }
  }
}

}  // namespace

TEST_CASE("find_not_finite names the first position, at any length and alignment", "[samples]") {
  check_positions<float>();
  check_positions<double>();
}

TEST_CASE("find_not_finite looks at long data to the end", "[samples]") {
  std::vector<float> numbers(100000, std::numeric_limits<float>::max());
  CHECK(find_not_finite(numbers.data(), numbers.size()) == numbers.size());
  numbers[99999] = std::numeric_limits<float>::infinity();
  CHECK(find_not_finite(numbers.data(), numbers.size()) == 99999);
}
