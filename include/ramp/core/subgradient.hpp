// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

namespace ramp {

/// Which element of the subdifferential a program takes where an operation has no derivative.
/// `inherit` means: the policy of the enclosing gradient or program decides.
enum class kink_rule : std::uint8_t {
  inherit,
  standard,
  at_zero,
  pytorch,
  jax,
  tensorflow,
  smooth,   // no kink is left: a differentiable stand-in takes the operation's place
  trap,     // as standard, and every kink that is hit is counted
  trap_and_stop,  // as trap, and a kink that is hit is an error
  interval  // all of them: bounds of the subdifferential
};

/// What a system has no value for: no such operation, no one answer, or NaN.
inline constexpr double unstated = __builtin_nan("");
/// The weight of a tie under `interval`: anything from 0 to 1.
inline constexpr double any_weight = __builtin_nan("1");

/// What is returned at one kink where one number says it, by ramp and by others. PyTorch 1.13.1 as
/// run; JAX and TensorFlow as read in their sources. `at_zero<s>` is a formula, and not here.
struct conventions {
  double standard = 0.0;
  double pytorch = unstated;
  double jax = unstated;
  double tensorflow = unstated;
};

/// What is left of a tie for the other side.
constexpr double rest_of(double weight) { return weight == weight ? 1.0 - weight : weight; }

/// A subgradient policy as a value: what graph nodes and passes carry.
struct kink_policy {
  kink_rule rule = kink_rule::inherit;
  double s = 0.0;  // at_zero: the weight; smooth: the width; trap: the neighbourhood of a kink

  /// The nearest policy wins: this one if it says anything, else `outer`.
  [[nodiscard]] constexpr kink_policy or_else(kink_policy outer) const {
    return rule == kink_rule::inherit ? outer : *this;
  }

  /// The number for a kink with these conventions; `weighted` is that of at_zero<s>.
  [[nodiscard]] constexpr double at_kink(conventions const& known, double weighted) const {
    switch (rule) {
      case kink_rule::at_zero: return weighted;
      case kink_rule::pytorch: return known.pytorch;
      case kink_rule::jax: return known.jax;
      case kink_rule::tensorflow: return known.tensorflow;
      case kink_rule::interval: return any_weight;
      default: return known.standard;
    }
  }

  /// Whether what is hit is counted.
  [[nodiscard]] constexpr bool is_trap() const {
    return rule == kink_rule::trap || rule == kink_rule::trap_and_stop;
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

/// What another system returns, for a model that was trained there; its NaN are not copied. An
/// operation whose value there is not known does not compile.
struct pytorch_policy : policy_base {
  static constexpr kink_policy value{kink_rule::pytorch, 0.0};
};
struct jax_policy : policy_base {
  static constexpr kink_policy value{kink_rule::jax, 0.0};
};
struct tensorflow_policy : policy_base {
  static constexpr kink_policy value{kink_rule::tensorflow, 0.0};
};

/// No kink is left: relu, abs, max and what is made of them are replaced, value and derivative, by
/// functions with a derivative, whose slope turns within about `Width` of the kink. With the
/// temperature t = Width / 4, max(a, b) is t * log(exp(a / t) + exp(b / t)), which is too large by
/// t * log 2 at a tie, where its slope changes by 1 / Width, and by less than
/// t * exp(-|a - b| / t) elsewhere; likewise for more operands, relu(x) = max(x, 0),
/// abs(x) = relu(x) + relu(-x) and min(a, b) = a + b - max(a, b). A length gets Width / 2 as a
/// further component.
template <double Width>
struct smooth_policy : policy_base {
  static_assert(Width > 0.0 && Width <= 0x1p1000,
                "ramp: smooth<width> takes a positive width, as in smooth<0.1>");
  static constexpr kink_policy value{kink_rule::smooth, Width};
};

/// As `standard`, and every kink that is hit is counted, or within `Distance` of it: the quantity
/// whose sign, or the two whose order, decides. So is every operation that has no finite value or
/// derivative where it is evaluated. See function/trap.hpp.
template <double Distance, kink_rule Rule>
struct trap_policy : policy_base {
  static_assert(Distance >= 0.0,
                "ramp: trap_within<d> takes a distance of at least 0, as in trap_within<1e-6>");
  static constexpr kink_policy value{Rule, Distance};
};

/// What a `trap` found: a kink, or a point without a finite value or derivative.
enum class trap_kind : std::uint8_t { kink, domain };
/// All slopes of every kink: bounds of a gradient instead of one (expr/interval.hpp).
struct interval_policy : policy_base {};

/// No policy: that of the enclosing gradient, else of the program.
struct inherited_policy : policy_base {
  static constexpr kink_policy value{};
};

/// The default of every program.
inline constexpr standard_policy standard{};
/// One weight for every kink, e.g. `at_zero<1.0>`.
template <double S>
inline constexpr at_zero_policy<S> at_zero{};
/// The only constant choice that survives x -> -x and an exchange of arguments.
inline constexpr at_zero_policy<0.5> symmetric{};
/// The conventions of other systems.
inline constexpr pytorch_policy pytorch{};
inline constexpr jax_policy jax{};
inline constexpr tensorflow_policy tensorflow{};
/// Without kinks, e.g. `smooth<0.1>`.
template <double Width>
inline constexpr smooth_policy<Width> smooth{};
/// Counters for what is hit; with `_and_stop` the call gives an error instead of its result.
inline constexpr trap_policy<0.0, kink_rule::trap> trap{};
template <double Distance>
inline constexpr trap_policy<Distance, kink_rule::trap> trap_within{};
inline constexpr trap_policy<0.0, kink_rule::trap_and_stop> trap_and_stop{};
template <double Distance>
inline constexpr trap_policy<Distance, kink_rule::trap_and_stop> trap_and_stop_within{};
/// Bounds.
inline constexpr interval_policy interval{};

template <class T>
concept subgradient_policy = requires(T const& t) { static_cast<policy_base const&>(t); };

/// A policy that is a choice for each kink: what a program, any derivative or one use can have. The
/// others need a gradient to work on.
template <class T>
concept choice_policy = subgradient_policy<T> && requires { T::value; };

namespace detail {

template <class T>
inline constexpr bool is_choice = choice_policy<T>;

// auto: see require_operands
template <class Policy>
constexpr auto require_choice() {
  static_assert(is_choice<Policy>,
                "ramp: directional(v), lexicographic and interval are policies of "
                "gradient(f, wrt(x), ...): a program, another derivative or one use takes a policy "
                "that is a choice for each kink, such as symmetric");
  return is_choice<Policy>;
}
/// The same for an argument that may be something else.
template <class T>
constexpr bool is_choice_or_other() {
  if constexpr (subgradient_policy<T>) return require_choice<T>();
  else return true;
}

}  // namespace detail

}  // namespace ramp
