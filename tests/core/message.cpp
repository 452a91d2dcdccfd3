// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/message.hpp>

#include <catch2/catch.hpp>

#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>

using ramp::fixed_text;

namespace {

template <class Integer>
std::string decimal(Integer number) {
  return std::string(fixed_text<32>{}.append(number).view());
}

constexpr auto composed = [] {
  fixed_text<16> text;
  text.append("row ").append(12).append(" of ").append(std::uint8_t{200});
  return text;
}();
static_assert(composed == "row 12 of 200");
static_assert(composed.size() == 13);

}  // namespace

TEST_CASE("fixed_text appends text and numbers and cuts off what does not fit", "[message]") {
  fixed_text<12> text;
  text.append("n = ").append(-120);
  CHECK(text == "n = -120");
  CHECK(text.size() == 8);
  text.append(" and more");
  CHECK(text == "n = -120 and");
  CHECK(std::string(text.c_str()) == "n = -120 and");
  text.append("").append("x").append(5);
  CHECK(text == "n = -120 and");
  CHECK(text.size() == 12);
}

TEST_CASE("a number is cut off like a text", "[message]") {
  CHECK(fixed_text<4>{}.append(123456) == "1234");
  CHECK(fixed_text<4>{}.append("ab").append(-789) == "ab-7");
  CHECK(fixed_text<1>{}.append(-1) == "-");
}

TEST_CASE("every integer is written, the extreme ones too", "[message]") {
  CHECK(decimal(0) == "0");
  CHECK(decimal(-1) == "-1");
  CHECK(decimal(10) == "10");
  CHECK(decimal(900u) == "900");
  CHECK(decimal(std::numeric_limits<std::int8_t>::min()) == "-128");
  CHECK(decimal(std::numeric_limits<std::uint8_t>::max()) == "255");
  CHECK(decimal(std::numeric_limits<std::int16_t>::min()) == "-32768");
  CHECK(decimal(std::numeric_limits<std::int32_t>::min()) == "-2147483648");
  CHECK(decimal(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
  CHECK(decimal(std::numeric_limits<std::int64_t>::max()) == "9223372036854775807");
  CHECK(decimal(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
}

TEST_CASE("a text ends in a zero, whatever its length", "[message]") {
  fixed_text<3> text;
  CHECK(text.view().empty());
  CHECK(std::strlen(text.c_str()) == 0);
  for (std::size_t length = 1; length < 6; ++length) {
    text.append("x");
    std::size_t const kept = length < 3 ? length : 3;
    CHECK(text.size() == kept);
    CHECK(std::strlen(text.c_str()) == kept);
  }
  fixed_text<0> none;
  none.append("all of it").append(7);
  CHECK(none == "");
  CHECK(*none.c_str() == '\0');
}

TEST_CASE("a text is one wherever a text is taken, zeros inside included", "[message]") {
  fixed_text<8> text;
  text.append(std::string_view("a\0b", 3));
  std::string_view const seen = text;
  CHECK(seen == std::string_view("a\0b", 3));
  CHECK(text == seen);
  CHECK_FALSE(text == "a");
  text.append(text);
  CHECK(text == std::string_view("a\0ba\0b", 6));
  text.append(text);
  CHECK(text == std::string_view("a\0ba\0ba\0", 8));
}
