// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

namespace ramp {

/// Which element of the subdifferential a program takes where an operation has no derivative.
/// `inherit` means: the policy of the enclosing gradient or program decides.
enum class kink_rule : std::uint8_t { inherit, standard, at_zero };

/// A subgradient policy as a value: what graph nodes and passes carry.
struct kink_policy {
  kink_rule rule = kink_rule::inherit;
  double s = 0.0;

  /// The nearest policy wins: this one if it says anything, else `outer`.
  [[nodiscard]] constexpr kink_policy or_else(kink_policy outer) const {
    return rule == kink_rule::inherit ? outer : *this;
  }
  friend constexpr bool operator==(kink_policy const&, kink_policy const&) = default;
};

/// Base of every policy type that a user can pass.
struct policy_base {};

/// relu' = 0, abs' = 0, max and min share a tie evenly: what PyTorch does where that is coherent.
struct standard_policy : policy_base {
  static constexpr kink_policy value{kink_rule::standard, 0.0};
};

/// The weight of the rising branch at a tie: relu'(0) = s, abs'(0) = 2s-1, max(a, b) gives a the
/// share s and b the share 1-s, min the reverse. Precondition: s in [0, 1].
template <double S>
struct at_zero_policy : policy_base {
  static_assert(S >= 0.0 && S <= 1.0,
                "ramp: at_zero<s> takes a weight between 0 and 1, as in at_zero<0.5>");
  static constexpr kink_policy value{kink_rule::at_zero, S};
};

/// The default of every program.
inline constexpr standard_policy standard{};
/// One weight for every kink, e.g. `at_zero<1.0>`.
template <double S>
inline constexpr at_zero_policy<S> at_zero{};
/// The only constant choice that survives x -> -x and an exchange of arguments.
inline constexpr at_zero_policy<0.5> symmetric{};

template <class T>
concept subgradient_policy = requires(T const& t) { static_cast<policy_base const&>(t); };

}  // namespace ramp
