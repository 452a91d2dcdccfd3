// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <type_traits>
#include <utility>

#include <ramp/expr/misuse.hpp>
#include <ramp/expr/trace.hpp>
#include <ramp/expr/update.hpp>
#include <ramp/function/predict.hpp>
#include <ramp/function/source.hpp>
#include <ramp/function/trainer.hpp>
#include <ramp/function/training_source.hpp>

namespace ramp {

/// How many samples a training step works on at a time: `training_step(..., tile<64>)`. Activations
/// of one tile should stay in the cache; the result does not depend on it but for rounding.
template <int Samples>
struct tile_size {
  static_assert(Samples > 0, "ramp: a tile has at least one sample");
  static constexpr int value = Samples;
};
template <int Samples>
inline constexpr tile_size<Samples> tile{};

/// Samples in a tile where none are given.
inline constexpr int default_tile = 32;

namespace detail {

template <class T>
inline constexpr int samples_in_tile = 0;
template <int Samples>
inline constexpr int samples_in_tile<tile_size<Samples>> = Samples;

/// What must be right of a loss before its derivatives are taken.
template <class Source>
constexpr bool check_loss() {
  constexpr auto const& program = lowered_program<Source>;
  constexpr bool is_scalar = program.roots.size() == 1 && program.roots[0].extents.rank == 0;
  static_assert(is_scalar, "ramp: training_step(...) takes one scalar loss, such as "
                           "mean_over_batch(cross_entropy(logits, label))");
  constexpr bool has_mean = !program.means.empty();
  static_assert(has_mean, "ramp: the loss of a training_step says where the samples come together: "
                          "mean_over_batch(loss)");
  constexpr bool has_parameters = [] {
    for (ir::argument const& a : lowered_program<Source>.arguments)
      if (a.kind == role_of_leaf::parameter) return true;
    return false;
  }();
  static_assert(has_parameters, "ramp: the loss of a training_step depends on no parameter<...>, "
                                "so there is nothing to learn");
  return check_lowered<Source>() && is_scalar && has_mean && has_parameters;
}

template <class Loss>
inline constexpr bool is_lambda = requires(Loss const& loss) { loss(); };

template <class Rule, bool Fits>
inline constexpr bool is_update_rule = Fits;

/// What must be right of an update rule before the program is lowered.
template <class Rule, class... Parameters>
constexpr auto check_rule(expressions<Parameters...>) {
  constexpr bool callable = (requires(Rule const& rule) {
    rule(Parameters{}, gradient_of_loss<Parameters>{});
  } && ...);
  static_assert(is_update_rule<Rule, callable>,
                "ramp: an update rule is called with a parameter and the gradient of the loss, and "
                "returns an update: [](auto w, auto g) { return w <<= w - 0.1 * g; }");
  if constexpr (callable) {
    constexpr bool updates = (is_updates<decltype(std::declval<Rule const&>()(
                                  Parameters{}, gradient_of_loss<Parameters>{}))> && ...);
    static_assert(is_update_rule<Rule, updates>,
                  "ramp: an update rule returns w <<= new_value, or updates(...) of several, and "
                  "not the new value itself");
    return updates;
  } else {
    return false;
  }
}

template <class Program>
constexpr bool check_plan() {
  constexpr pass::plan_fault fault = Program::plan.fault;
  static_assert(fault != pass::plan_fault::feedback,
                "ramp: a value that needs all samples of the batch feeds back into the model of "
                "each sample. Samples come in tiles, so the loss may only add terms to "
                "mean_over_batch(...) that do not depend on samples, or scale it");
  static_assert(fault != pass::plan_fault::extremum_over_samples,
                "ramp: the samples of a batch can be summed and averaged; there is no maximum or "
                "minimum over them");
  static_assert(fault != pass::plan_fault::circle,
                "ramp: the kernels of this program wait for each other; please report it");
  return fault == pass::plan_fault::none;
}

/// The source of a training step from its options, a tile size and a policy in any order.
template <class Loss, class Rule, class... Policies>
struct source_of {
  using type = training_source<Loss, Rule, Policies...>;
};
template <class Loss, class Rule, int Samples, class... Rest>
struct source_of<Loss, Rule, tile_size<Samples>, Rest...> : source_of<Loss, Rule, Rest...> {};
template <class Loss, class Rule, class Policy, int Samples>
struct source_of<Loss, Rule, Policy, tile_size<Samples>> : source_of<Loss, Rule, Policy> {};

}  // namespace detail

/// A training step: `training_step<float>([] { return mean_over_batch(loss); }, momentum{0.05})`,
/// then perhaps `tile<64>` and a subgradient policy. `loss` is written for one sample, with terms
/// that do not depend on samples, such as weight decay, beside `mean_over_batch`. The lambda has no
/// captures, so its numbers are constants; those of `rule` are run-time values.
/// T: float or double.
/// Errors: all at compile time. See `trainer` for the call.
template <class T = double, class Loss, class Rule, class... Options>
[[nodiscard]] constexpr auto training_step(Loss const&, Rule const& rule, Options const&...) {
  constexpr bool are_options =
      ((subgradient_policy<Options> || detail::samples_in_tile<Options> > 0) && ...);
  static_assert(are_options,
                "ramp: training_step(loss, rule, ...) takes tile<...> and a subgradient policy "
                "after the update rule");
  constexpr bool are_choices = (detail::is_choice_or_other<Options>() && ... && true);
  constexpr int tiles = (0 + ... + (detail::samples_in_tile<Options> > 0 ? 1 : 0));
  static_assert(tiles <= 1, "ramp: a training step has one tile size");
  static_assert(detail::is_lambda<Loss>,
                "ramp: training_step(loss, rule) takes the loss as a lambda without captures, as "
                "in training_step([] { return mean_over_batch(loss); }, sgd{0.1})");
  if constexpr (detail::is_lambda<Loss>) detail::require_captureless<Loss>();
  if constexpr (are_options && are_choices && tiles <= 1 && detail::check_floating<T>() &&
                detail::is_lambda<Loss> && detail::is_captureless<Loss>) {
    constexpr int given = (0 + ... + detail::samples_in_tile<Options>);
    using source = typename detail::source_of<Loss, Rule, Options...>::type;
    using type = trainer<source, Rule, T, given == 0 ? default_tile : given>;
    if constexpr (detail::check_loss<typename source::loss_source>())
      if constexpr (detail::check_rule<Rule>(typename source::parameters{}))
        if constexpr (detail::check_lowered<source>())
          if constexpr (detail::check_plan<typename type::program>()) return type{rule};
  }
}
template <class... T>
constexpr auto training_step(detail::any, ...) {
  return detail::misuse<"training_step([] { return loss; }, rule)">(T{}...);
}

}  // namespace ramp
