// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>

namespace ramp {

/// SplitMix64: a 64-bit counter through a mixing function. Seeds other generators.
/// Source: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators",
/// OOPSLA 2014.
class splitmix64 {
 public:
  using result_type = std::uint64_t;

  constexpr explicit splitmix64(std::uint64_t seed) : state_(seed) {}

  constexpr result_type operator()() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return ~result_type{0}; }

 private:
  std::uint64_t state_;
};

/// xoshiro256**, period 2^256 - 1: ramp's generator. The same numbers on every platform, at run
/// time and in constant expressions. Not for secrets.
/// Source: D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47,
/// 2021.
class xoshiro256 {
 public:
  using result_type = std::uint64_t;
  using state_type = std::array<std::uint64_t, 4>;

  constexpr explicit xoshiro256(std::uint64_t seed) {
    splitmix64 source(seed);
    for (auto& word : state_) word = source();
  }
  /// Precondition: not all four words are zero.
  constexpr explicit xoshiro256(state_type const& state) : state_(state) {}

  constexpr result_type operator()() {
    auto const scrambled = std::rotl(state_[1] * 5, 7) * 9;
    auto const shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return scrambled;
  }

  /// Moves 2^128 numbers ahead: copies that jumped 0, 1, 2 ... times are streams that never meet.
  /// Cost: 256 numbers.
  constexpr void jump() {
    constexpr state_type polynomial = {0x180EC6D33CFD0ABAu, 0xD5A61266F0C9392Cu,
                                       0xA9582618E03FC9AAu, 0x39ABDC4529B1661Cu};
    state_type sum{};
    for (auto const word : polynomial)
      for (int bit = 0; bit < 64; ++bit) {
        if ((word >> bit & 1u) != 0)
          for (std::size_t i = 0; i < 4; ++i) sum[i] ^= state_[i];
        (*this)();
      }
    state_ = sum;
  }

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return ~result_type{0}; }

  [[nodiscard]] constexpr state_type const& state() const { return state_; }
  friend constexpr bool operator==(xoshiro256 const&, xoshiro256 const&) = default;

 private:
  state_type state_{};
};

/// Uniform in [0, 1): a multiple of 2^-24 (float) or 2^-53 (double), each equally likely.
/// `Generator` yields 64 random bits a call. Cost: one call.
template <class T, class Generator>
[[nodiscard]] constexpr T uniform(Generator& generator) {
  static_assert(std::is_same_v<T, float> || std::is_same_v<T, double>,
                "ramp: uniform<T>(generator) takes T = float or double");
  if constexpr (std::is_same_v<T, float>)
    return static_cast<float>(generator() >> 40) * 0x1p-24f;
  else
    return static_cast<double>(generator() >> 11) * 0x1p-53;
}

/// Uniform in 0 ... bound - 1, each equally likely: as many bits as the bound needs are drawn until
/// they are below it, so there is no modulo bias. Precondition: bound > 0.
/// Cost: less than two calls of the generator on average.
template <class Generator>
[[nodiscard]] constexpr std::uint64_t uniform_below(std::uint64_t bound, Generator& generator) {
  auto const unused_bits = std::countl_zero(bound - 1);
  if (unused_bits == 64) return 0;
  for (;;) {
    auto const number = generator() >> unused_bits;
    if (number < bound) return number;
  }
}

namespace detail {

/// A number x in [0, 1) as x * 2^64: comparisons of these are exact on every platform.
using fixed_fraction = std::uint64_t;

/// True with probability exp(-x (2k + x) / (2k + 2)). The length n of the run
/// x > u1 > u2 ... > un, each step also passing a trial of probability p = (2k + x) / (2k + 2),
/// exceeds n - 1 with probability (p x)^n / n!, so it is even with probability exp(-p x).
template <class Generator>
constexpr bool even_run(std::uint64_t k, fixed_fraction x, Generator& generator) {
  auto last = x;
  for (bool even = true;; even = !even) {
    fixed_fraction const next = generator();
    if (next >= last) return even;
    auto const trial = uniform_below(2 * k + 2, generator);
    if (trial > 2 * k || (trial == 2 * k && generator() >= x)) return even;
    last = next;
  }
}

/// True with probability exp(-1/2), by the same argument with x = 1/2 and p = 1.
template <class Generator>
constexpr bool even_run_from_half(Generator& generator) {
  fixed_fraction last = std::uint64_t{1} << 63;
  for (bool even = true;; even = !even) {
    fixed_fraction const next = generator();
    if (next >= last) return even;
    last = next;
  }
}

}  // namespace detail

/// Normally distributed with mean 0 and variance 1. Uses comparisons of integers alone, no
/// logarithm and no sum of products, so no platform, compiler or choice of instructions can change
/// a bit of it. The density is exact but for rounding to T.
/// Cost: 17.6 calls of the generator on average (53 ns measured), unbounded in principle.
/// Source: C. F. F. Karney, "Sampling exactly from the normal distribution", ACM TOMS 42, 2016,
/// algorithm N.
template <class T, class Generator>
[[nodiscard]] constexpr T normal(Generator& generator) {
  static_assert(std::is_same_v<T, float> || std::is_same_v<T, double>,
                "ramp: normal<T>(generator) takes T = float or double");
  for (;;) {
    // 1. the integer part k with probability exp(-k/2) (1 - exp(-1/2)) ...
    std::uint64_t k = 0;
    while (detail::even_run_from_half(generator)) ++k;
    // 2. ... kept with probability exp(-k (k - 1) / 2)
    bool keep = true;
    for (std::uint64_t i = 0; keep && k > 0 && i < k * (k - 1); ++i)
      keep = detail::even_run_from_half(generator);
    if (!keep) continue;
    // 3. the fraction x, kept with probability exp(-x (2k + x) / 2)
    detail::fixed_fraction const x = generator();
    for (std::uint64_t i = 0; keep && i <= k; ++i) keep = detail::even_run(k, x, generator);
    if (!keep) continue;
    // 4. the product with a power of two is exact, so the sum rounds once, fused or not
    constexpr int dropped_bits = std::is_same_v<T, float> ? 40 : 11;
    auto const unit = std::is_same_v<T, float> ? static_cast<T>(0x1p-24) : static_cast<T>(0x1p-53);
    auto const magnitude = static_cast<T>(k) + static_cast<T>(x >> dropped_bits) * unit;
    return (generator() >> 63) != 0 ? -magnitude : magnitude;
  }
}

/// A random order of `items`, each order equally likely (Fisher-Yates).
/// Allocation: none. Cost: linear.
template <class T, class Generator>
constexpr void shuffle(std::span<T> items, Generator& generator) {
  for (auto left = items.size(); left > 1; --left) {
    auto const chosen = static_cast<std::size_t>(uniform_below(left, generator));
    std::swap(items[left - 1], items[chosen]);
  }
}

}  // namespace ramp
