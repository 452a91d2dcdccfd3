// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

#include <ramp/core/message.hpp>

namespace ramp::backend {
namespace detail {

/// An integer of up to 1280 bits, enough for every double times or divided by its power of ten.
struct natural {
  std::array<std::uint32_t, 40> limb{};
  int count = 0;  // limbs in use, the highest of them not 0

  constexpr explicit natural(std::uint64_t value) {
    for (; value != 0; value >>= 32) (*this)[count++] = static_cast<std::uint32_t>(value);
  }
  constexpr std::uint32_t& operator[](int i) { return limb[static_cast<std::size_t>(i)]; }
  constexpr std::uint32_t operator[](int i) const { return limb[static_cast<std::size_t>(i)]; }

  constexpr void multiply(std::uint32_t factor) {
    std::uint64_t carry = 0;
    for (int i = 0; i < count; ++i) {
      carry += std::uint64_t{(*this)[i]} * factor;
      (*this)[i] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    if (carry != 0) (*this)[count++] = static_cast<std::uint32_t>(carry);
  }
  constexpr void multiply_by_power_of_ten(int exponent) {
    for (; exponent >= 9; exponent -= 9) multiply(1000000000u);
    for (; exponent > 0; --exponent) multiply(10u);
  }
  constexpr void shift_left(int bits) {
    if (count == 0) return;
    int const limbs = bits / 32;
    for (int i = limbs > 0 ? count - 1 : -1; i >= 0; --i) {
      (*this)[i + limbs] = (*this)[i];
      (*this)[i] = 0;
    }
    count += limbs;
    multiply(1u << bits % 32);
  }
  constexpr void add(natural const& other) {
    std::uint64_t carry = 0;
    int const limbs = count > other.count ? count : other.count;
    for (int i = 0; i < limbs; ++i) {
      carry += std::uint64_t{(*this)[i]} + other[i];
      (*this)[i] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    count = limbs;
    if (carry != 0) (*this)[count++] = static_cast<std::uint32_t>(carry);
  }
  /// Precondition: other is not larger.
  constexpr void subtract(natural const& other) {
    std::uint64_t borrow = 0;
    for (int i = 0; i < count; ++i) {
      std::uint64_t const difference = std::uint64_t{(*this)[i]} - other[i] - borrow;
      (*this)[i] = static_cast<std::uint32_t>(difference);
      borrow = difference >> 63;
    }
    while (count > 0 && (*this)[count - 1] == 0) --count;
  }
  /// Negative, 0 or positive, as this is smaller, equal or larger.
  [[nodiscard]] constexpr int compare(natural const& other) const {
    if (count != other.count) return count - other.count;
    for (int i = count - 1; i >= 0; --i)
      if ((*this)[i] != other[i]) return (*this)[i] < other[i] ? -1 : 1;
    return 0;
  }
};

/// 0.d1 d2 d3 ... * 10^exponent.
struct decimal_digits {
  std::array<char, 17> digit{};
  int count = 0;
  int exponent = 0;
};

/// The fewest digits that lie nearer to a positive finite number than to any other double.
/// Source: R. G. Burger and R. K. Dybvig, "Printing floating-point numbers quickly and accurately",
/// PLDI 1996, the free-format algorithm.
constexpr decimal_digits shortest_digits(double x) {
  auto const bits = std::bit_cast<std::uint64_t>(x);
  auto const biased = static_cast<int>(bits >> 52 & 0x7FF);
  std::uint64_t const fraction = bits & ((std::uint64_t{1} << 52) - 1);
  std::uint64_t const f = biased == 0 ? fraction : fraction | std::uint64_t{1} << 52;
  int const e = (biased == 0 ? 1 : biased) - 1075;
  bool const narrow_below = fraction == 0 && biased > 1;  // the gap below is half the gap above
  bool const even = f % 2 == 0;                           // reading rounds a tie to this number

  // x = r / s; half the gap to the neighbours is high / s and low / s
  natural r(f), s(1), high(1), low(1);
  int const extra = narrow_below ? 2 : 1;
  r.shift_left((e > 0 ? e : 0) + extra);
  s.shift_left((e < 0 ? -e : 0) + extra);
  high.shift_left((e > 0 ? e : 0) + extra - 1);
  low.shift_left(e > 0 ? e : 0);

  // 30103 / 100000 is log10(2): this is the exponent or one less
  int const magnitude = e + static_cast<int>(std::bit_width(f)) - 1;
  int const scaled = magnitude * 30103;
  decimal_digits result;
  result.exponent = scaled >= 0 ? (scaled + 99999) / 100000 : -(-scaled / 100000);
  if (result.exponent > 0) s.multiply_by_power_of_ten(result.exponent);
  for (natural* n : {&r, &high, &low}) n->multiply_by_power_of_ten(-result.exponent);
  auto reaches_next = [&] {
    natural sum = r;
    sum.add(high);
    int const order = sum.compare(s);
    return even ? order >= 0 : order > 0;
  };
  if (reaches_next()) ++result.exponent;
  else
    for (natural* n : {&r, &high, &low}) n->multiply(10u);

  while (true) {
    int digit = 0;
    for (; r.compare(s) >= 0; ++digit) r.subtract(s);
    int const below = r.compare(low);
    bool const low_enough = even ? below <= 0 : below < 0;
    bool const high_enough = reaches_next();
    if (high_enough && low_enough) {
      r.multiply(2u);
      int const order = r.compare(s);
      if (order > 0 || (order == 0 && digit % 2 != 0)) ++digit;
    } else if (high_enough) {
      ++digit;
    }
    result.digit[static_cast<std::size_t>(result.count++)] = static_cast<char>('0' + digit);
    if (low_enough || high_enough) return result;
    for (natural* n : {&r, &high, &low}) n->multiply(10u);
  }
}

}  // namespace detail

/// Longest text of `number_text`.
inline constexpr std::size_t number_capacity = 24;

/// The shortest decimal that reads back as the same double: 0.5, 2, 1e-05, inf, nan. Like printf's
/// %g it has an exponent below 0.0001; above, from 1e16 on.
constexpr fixed_text<number_capacity> number_text(double x) {
  fixed_text<number_capacity> result;
  if (x != x) return result.append("nan");
  if (std::bit_cast<std::uint64_t>(x) >> 63 != 0) {
    result.append("-");
    x = -x;
  }
  if (x == 0.0) return result.append("0");
  if (std::bit_cast<std::uint64_t>(x) >> 52 == 0x7FF) return result.append("inf");
  detail::decimal_digits const d = detail::shortest_digits(x);
  std::string_view const digits(d.digit.data(), static_cast<std::size_t>(d.count));
  constexpr std::string_view zeros = "0000000000000000";
  auto zero = [&](int count) { return zeros.substr(0, static_cast<std::size_t>(count)); };
  if (d.exponent < -3 || d.exponent > 16) {
    result.append(digits.substr(0, 1));
    if (d.count > 1) result.append(".").append(digits.substr(1));
    int const power = d.exponent - 1;
    int const size = power < 0 ? -power : power;
    return result.append(power < 0 ? "e-" : "e+").append(size < 10 ? "0" : "").append(size);
  }
  if (d.exponent <= 0) return result.append("0.").append(zero(-d.exponent)).append(digits);
  if (d.exponent >= d.count) return result.append(digits).append(zero(d.exponent - d.count));
  auto const point = static_cast<std::size_t>(d.exponent);
  return result.append(digits.substr(0, point)).append(".").append(digits.substr(point));
}

}  // namespace ramp::backend
