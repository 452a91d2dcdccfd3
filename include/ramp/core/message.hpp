// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>

namespace ramp {

/// Text in a fixed buffer of `Capacity` characters and a final zero: what an error message is
/// written to where there is no heap. What does not fit is cut off at the end.
/// Allocation: none. Cost: linear in the text.
template <std::size_t Capacity>
class fixed_text {
 public:
  constexpr fixed_text() = default;

  constexpr fixed_text& append(std::string_view text) {
    for (char const c : text.substr(0, Capacity - size_)) characters_[size_++] = c;
    return *this;
  }

  constexpr fixed_text& append(std::integral auto number) {
    std::array<char, 21> digits{};  // a sign and the 20 digits of 2^64 - 1
    auto position = digits.size();
    bool const negative = number < 0;
    do {
      auto const digit = static_cast<int>(number % 10);
      digits[--position] = static_cast<char>('0' + (digit < 0 ? -digit : digit));
      number = static_cast<decltype(number)>(number / 10);
    } while (number != 0);
    if (negative) digits[--position] = '-';
    return append(std::string_view(digits.data() + position, digits.size() - position));
  }

  [[nodiscard]] constexpr std::string_view view() const { return {characters_.data(), size_}; }
  [[nodiscard]] constexpr char const* c_str() const { return characters_.data(); }
  [[nodiscard]] constexpr std::size_t size() const { return size_; }
  // NOLINTNEXTLINE(google-explicit-constructor): it is a text, wherever a text is taken
  constexpr operator std::string_view() const { return view(); }

  friend constexpr bool operator==(fixed_text const& a, std::string_view b) {
    return a.view() == b;
  }

 private:
  std::array<char, Capacity + 1> characters_{};
  std::size_t size_ = 0;
};

}  // namespace ramp
