// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/result.hpp>

#include <catch2/catch.hpp>

#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

using ramp::error;
using ramp::error_kind;
using ramp::result;

namespace {

constexpr auto infinity = std::numeric_limits<double>::infinity();
constexpr auto not_a_number = std::numeric_limits<double>::quiet_NaN();

constexpr result<float> half(int number) {
  if (number % 2 != 0)
    return error{.kind = error_kind::wrong_length, .name = "number", .expected = 2, .actual = 1};
  return static_cast<float>(number) / 2.0f;
}

static_assert(half(6).value() == 3.0f);
static_assert(half(6) && !half(7));
static_assert(half(7).value_or(-1.0f) == -1.0f);
static_assert(std::is_trivially_copyable_v<result<float>>);
static_assert(!std::is_trivially_copyable_v<result<std::string>>);
static_assert([] {
  auto kept = half(6);
  kept = half(7);
  auto const copy = kept;
  kept = half(8);
  return !copy && kept.value() == 4.0f;
}());
static_assert(half(7).error().kind == error_kind::wrong_length);
static_assert(half(7).error().message() == "input \"number\": 2 elements expected, 1 given");

}  // namespace

TEST_CASE("every kind of error says where and what", "[result]") {
  struct row {
    error given;
    std::string_view message;
  };
  auto const rows = {
      row{{.kind = error_kind::empty_input, .name = "image"},
          "input \"image\": no samples were given"},
      row{{.kind = error_kind::wrong_length, .name = "label", .expected = 64, .actual = 63},
          "input \"label\": 64 elements expected, 63 given"},
      row{{.kind = error_kind::wrong_length, .name = "x", .expected = 1, .actual = 0},
          "input \"x\": 1 element expected, 0 given"},
      row{{.kind = error_kind::kink_hit, .name = "relu(x)"}, "relu(x) is at a kink"},
      row{{.kind = error_kind::outside_domain, .name = "log(w * x)", .sample = 4},
          "sample 4: log(w * x) is outside of its domain"},
      row{{.kind = error_kind::incomplete_sample, .name = "image", .expected = 784, .actual = 1000},
          "input \"image\": 1000 elements are not a whole number of samples of 784 elements"},
      row{{.kind = error_kind::label_out_of_range,
           .name = "label",
           .sample = 3,
           .expected = 10,
           .actual = -1,
           .state_unchanged = true},
          "input \"label\": sample 3 is label -1; the classes are 0 to 9; "
          "the model state is unchanged"},
      row{{.kind = error_kind::index_out_of_range,
           .name = "word",
           .sample = 2,
           .element = 5,
           .expected = 1000,
           .actual = 1000},
          "input \"word\": sample 2, element 5 is index 1000; the indices are 0 to 999"},
      row{{.kind = error_kind::not_finite,
           .name = "image",
           .sample = 17,
           .element = 203,
           .value = not_a_number,
           .state_unchanged = true},
          "input \"image\": sample 17, element 203 is not finite (NaN); "
          "the model state is unchanged"},
      row{{.kind = error_kind::not_finite, .name = "w", .element = 8, .value = -infinity},
          "input \"w\": element 8 is not finite (-infinity)"},
      row{{.kind = error_kind::loss_not_finite, .value = infinity, .state_unchanged = true},
          "the loss is not finite (infinity); the model state is unchanged"},
  };
  for (auto const& [given, message] : rows) CHECK(given.message().view() == message);
}

TEST_CASE("a long name leaves room for the message", "[result]") {
  std::string const name(500, 'n');
  error const given{.kind = error_kind::not_finite,
                    .name = name,
                    .sample = std::numeric_limits<std::size_t>::max() - 1,
                    .element = std::numeric_limits<std::size_t>::max() - 1,
                    .value = -infinity,
                    .state_unchanged = true};
  auto const message = std::string(given.message().view());
  CHECK(message.ends_with("(-infinity); the model state is unchanged"));
  CHECK(message.starts_with("input \"" + name.substr(0, 80) + "\": "));
}

TEST_CASE("a result owns its value", "[result]") {
  using numbers = result<std::vector<int>>;
  numbers given = std::vector<int>{1, 2, 3};
  numbers copy = given;
  CHECK(copy.value() == std::vector<int>{1, 2, 3});
  given.value().push_back(4);
  CHECK(copy.value().size() == 3);

  numbers failed = error{.kind = error_kind::empty_input, .name = "x"};
  copy = failed;
  CHECK_FALSE(copy);
  CHECK(copy.error() == failed.error());
  copy = given;
  CHECK(copy.value().size() == 4);
  auto const& self = copy;
  copy = self;
  CHECK(copy.value().size() == 4);
  std::vector<int> const taken = std::move(copy).value();
  CHECK(taken == std::vector<int>{1, 2, 3, 4});
}

TEST_CASE("a result without a value", "[result]") {
  result<void> const done;
  CHECK(done.has_value());
  result<void> const failed = error{.kind = error_kind::empty_input};
  CHECK_FALSE(failed);
  CHECK(failed.error().message() == "no samples were given");
}
