// SPDX-License-Identifier: BSL-1.0
#include <ramp/backend/text/number.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>
#include <string_view>

using namespace ramp::backend;

namespace {

void check_reads_back(double number) {
  auto const t = number_text(number);
  INFO(t.view());
  REQUIRE(std::strtod(t.c_str(), nullptr) == number);
  REQUIRE(t.size() <= number_capacity);
}

/// How many digits a text has, without zeros that only place the point.
std::size_t digits_of(std::string_view text) {
  std::string digits;
  for (char c : text.substr(0, text.find('e')))
    if (c >= '0' && c <= '9') digits += c;
  digits.erase(0, digits.find_first_not_of('0'));
  digits.erase(digits.find_last_not_of('0') + 1);
  return digits.size();
}

}  // namespace

TEST_CASE("numbers are the shortest that read back", "[text]") {
  auto same = [](double number, std::string_view expected) {
    CHECK(number_text(number) == expected);
  };
  same(0.0, "0");
  same(-0.0, "-0");
  same(0.1, "0.1");
  same(-2.5, "-2.5");
  same(100000.0, "100000");
  same(1e-4, "0.0001");
  same(1e-5, "1e-05");
  same(1e15, "1000000000000000");
  same(9007199254740993.0, "9007199254740992");
  same(1e16, "1e+16");
  same(1e100, "1e+100");
  same(1.0 / 3.0, "0.3333333333333333");
  same(5e-324, "5e-324");
  same(2.2250738585072014e-308, "2.2250738585072014e-308");
  same(std::numeric_limits<double>::max(), "1.7976931348623157e+308");
  same(std::numeric_limits<double>::infinity(), "inf");
  same(-std::numeric_limits<double>::infinity(), "-inf");
  same(std::numeric_limits<double>::quiet_NaN(), "nan");
  static_assert(number_text(0x1p-1074) == "5e-324");
}

TEST_CASE("random numbers read back", "[text]") {
  std::mt19937_64 generator(7);
  for (int i = 0; i < 20000; ++i) {
    auto const digits = static_cast<double>(generator());
    check_reads_back(std::ldexp(digits, static_cast<int>(generator() % 2000) - 1100));
  }
}

TEST_CASE("powers of two and of ten and their neighbours read back", "[text]") {
  // below a power of two the gap to the next number is half the gap above
  auto check_around = [](double number) {
    check_reads_back(number);
    check_reads_back(std::nextafter(number, 0.0));
    check_reads_back(std::nextafter(number, HUGE_VAL));
  };
  for (int e = -1073; e <= 1023; ++e) check_around(std::ldexp(1.0, e));
  for (int e = -307; e <= 308; ++e)
    check_around(std::strtod(("1e" + std::to_string(e)).c_str(), nullptr));
}

TEST_CASE("no text with fewer digits reads back", "[text]") {
  std::mt19937_64 generator(11);
  for (int i = 0; i < 4000; ++i) {
    auto const bits = generator() % 60;
    auto const whole = static_cast<double>(generator() >> bits);
    double const number = std::ldexp(whole, static_cast<int>(generator() % 200) - 100);
    if (number == 0.0) continue;
    auto const digits = static_cast<int>(digits_of(number_text(number)));
    if (digits < 2) continue;
    char shorter[40];  // the nearest with one digit less; of these %e prints one before the point
    std::snprintf(shorter, sizeof shorter, "%.*e", digits - 2, number);
    INFO(number_text(number).view() << " and " << shorter);
    REQUIRE(std::strtod(shorter, nullptr) != number);
  }
}
