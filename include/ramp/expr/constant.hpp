// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <cstddef>

#include <ramp/expr/expression.hpp>

namespace ramp {

/// A number that is part of the type: known to the simplifier in every form of `compile`, and
/// shared between expressions, which a raw literal is not.
template <double Value>
struct constant_expression {
  using expression_tag = void;
  static constexpr double value = Value;
  static constexpr shape shape_of{};
  static constexpr int literal_count = 0;
  static constexpr std::uint64_t identity =
      detail::hash_combine(0, std::bit_cast<std::uint64_t>(Value));

  [[no_unique_address]] detail::numbers<0> literals;

  template <class Lowering>
  static constexpr auto lower(Lowering& l, int) {
    return l.number(Value);
  }
};

/// `constant<0.5>`.
template <double Value>
inline constexpr constant_expression<Value> constant{};

namespace detail {

/// The value of a decimal literal, correctly rounded: an integer below 2^53 times or divided by a
/// power of ten that is exact needs one rounding. Source: W. D. Clinger, "How to read floating
/// point numbers accurately", PLDI 1990.
struct decimal {
  std::uint64_t digits = 0;
  int exponent = 0;
  bool valid = true;

  template <std::size_t Count>
  static constexpr decimal parse(char const (&text)[Count]) {
    decimal d;
    bool fraction = false;
    for (std::size_t i = 0; i < Count; ++i) {
      char const c = text[i];
      if (c == '\'') continue;
      if (c == '.') {
        fraction = true;
      } else if (c == 'e' || c == 'E') {
        bool const negative = text[i + 1] == '-';
        int power = 0;
        for (++i; i < Count; ++i)
          if (text[i] >= '0' && text[i] <= '9' && power < 10'000)  // no literal has more places
            power = power * 10 + (text[i] - '0');
        d.exponent += negative ? -power : power;
      } else if (c >= '0' && c <= '9') {
        d.digits = d.digits * 10 + static_cast<std::uint64_t>(c - '0');
        if (fraction) --d.exponent;
        if (d.digits > (std::uint64_t{1} << 53)) d.valid = false;
      } else {
        d.valid = false;
      }
    }
    if (d.exponent > 22 || d.exponent < -22) d.valid = false;
    return d;
  }

  [[nodiscard]] constexpr double value() const {
    double power = 1.0;
    for (int i = 0; i < (exponent < 0 ? -exponent : exponent); ++i) power *= 10.0;
    auto const whole = static_cast<double>(digits);
    return exponent < 0 ? whole / power : whole * power;
  }
};

}  // namespace detail

namespace literals {

/// `0.5_c` is `constant<0.5>`: decimal, at most 15 digits and an exponent of at most 22.
template <char... Characters>
consteval auto operator""_c() {
  constexpr char text[] = {Characters...};
  constexpr auto parsed = detail::decimal::parse(text);
  static_assert(parsed.valid,
                "ramp: 0.5_c takes a decimal number of at most 15 digits with an exponent from "
                "-22 to 22. For any other number write constant<0x1p-40>");
  return constant_expression<parsed.value()>{};
}

}  // namespace literals
}  // namespace ramp
