// SPDX-License-Identifier: BSL-1.0
#include <ramp/function/samples.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

using ramp::scaled;
using ramp::detail::as_sample_data;
using ramp::detail::find_not_finite;
using ramp::detail::number_in_samples;

namespace {

constexpr std::array<float, 3> with_nan = {1.0f, std::numeric_limits<float>::quiet_NaN(), 0.0f};
static_assert(find_not_finite(with_nan.data(), 3) == 1);
static_assert(find_not_finite(with_nan.data(), 1) == 1);
static_assert(find_not_finite(with_nan.data(), 0) == 0);

template <class T, class... Values>
constexpr bool hold = (std::is_same_v<number_in_samples<Values>, T> && ...);

// what samples are bound to: flat ranges of numbers
static_assert(hold<float, float, float[4], std::array<float, 4>, std::vector<float>,
                   std::span<float const>, ramp::scaled_elements<float, double>>);
static_assert(hold<std::uint8_t, std::uint8_t, std::vector<std::uint8_t>,
                   ramp::scaled_elements<std::uint8_t, float>>);
// and to nothing else
static_assert(hold<void, float[2][2], std::array<std::array<float, 2>, 2>,
                   std::vector<std::array<float, 2>>, std::vector<std::vector<float>>, float*,
                   std::nullptr_t, ramp::scaled_elements<std::array<float, 2>, float>>);
// characters and truth values are no numbers
static_assert(hold<void, std::string, char, bool, char[4], std::array<bool, 4>, std::vector<bool>,
                   ramp::scaled_elements<char, float>>);

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

TEST_CASE("samples are read where they lie, as what they are", "[samples]") {
  std::array<std::uint8_t, 3> const bytes{1, 2, 3};
  auto const data = as_sample_data<float>(bytes);
  static_assert(std::is_same_v<decltype(data)::element_type, std::uint8_t>);
  static_assert(!data.is_scaled);
  CHECK(data.elements == bytes.data());
  CHECK(data.count == 3);
  CHECK(data.factor == 1.0f);

  double const raw[2] = {5, 6};
  CHECK(as_sample_data<float>(raw).elements == raw);
  CHECK(as_sample_data<float>(raw).count == 2);
  int const label = 7;
  CHECK(as_sample_data<float>(label).elements == &label);
  CHECK(as_sample_data<float>(label).count == 1);
  CHECK(as_sample_data<float>(std::span<double const>()).count == 0);

  auto const tenths = as_sample_data<double>(scaled(bytes, 0.1f));
  static_assert(tenths.is_scaled);
  CHECK(tenths.elements == bytes.data());
  CHECK(tenths.count == 3);
  CHECK(tenths.factor == static_cast<double>(0.1f));
}

TEST_CASE("a selection refers to the indices that it was given", "[samples]") {
  std::array<std::uint32_t, 3> const indices{4, 0, 4};
  auto const selected = ramp::samples(indices);
  CHECK(selected.indices.data() == indices.data());
  CHECK(selected.indices.size() == 3);
}
