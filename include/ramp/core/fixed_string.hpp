// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ramp {

/// A string literal that can be a template argument: `variable<"x">`.
/// Names become part of a type, so binding by name costs nothing at run time.
template <std::size_t N>
struct fixed_string {
  char characters[N]{};

  // NOLINTNEXTLINE(google-explicit-constructor): the implicit conversion is the whole purpose
  constexpr fixed_string(char const (&literal)[N]) {
    for (std::size_t i = 0; i < N; ++i) characters[i] = literal[i];
  }

  [[nodiscard]] constexpr std::string_view view() const { return {characters, N - 1}; }

  friend constexpr bool operator==(fixed_string const&, fixed_string const&) = default;
};

namespace detail {

/// A text of N characters that is known at compile time, as a template argument.
template <std::size_t N>
constexpr fixed_string<N + 1> text_of(std::string_view text) {
  char characters[N + 1]{};
  for (std::size_t i = 0; i < N; ++i) characters[i] = text[i];
  return characters;
}

/// FNV-1a; identifies names and types inside one program, never stored or compared across programs.
constexpr std::uint64_t hash_text(std::string_view text) {
  std::uint64_t h = 14695981039346656037ull;
  for (char c : text) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  return h;
}

/// Order-dependent combination of two hashes (the finaliser of SplitMix64).
constexpr std::uint64_t hash_combine(std::uint64_t a, std::uint64_t b) {
  std::uint64_t h = a + 0x9E3779B97F4A7C15ull + (b ^ (b >> 32)) * 0xBF58476D1CE4E5B9ull;
  h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9ull;
  h = (h ^ (h >> 27)) * 0x94D049BB133111EBull;
  return h ^ (h >> 31);
}

}  // namespace detail
}  // namespace ramp
