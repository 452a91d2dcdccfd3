// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

#include <ramp/backend/execute.hpp>
#include <ramp/function/predict.hpp>
#include <ramp/function/reference.hpp>
#include <ramp/function/sample_call.hpp>
#include <ramp/function/sample_program.hpp>

namespace ramp {

/// How many samples a training step or prediction works on at a time: `training_step(..., tile<64>)`.
/// Activations of one tile should stay in the cache; the result does not depend on it but for
/// rounding.
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

/// A training step as a plan. One type a step, so its name is short where Loss is a closure.
template <class Source, class T, int Tile>
struct training_program {
  using value_type = T;
  static constexpr int tile = Tile;

  static constexpr pass::draft make() {
    std::vector<pass::root> roots;
    std::vector<char> per_sample;
    ir::graph const g = batched_graph(Source::lower(), Tile, roots, per_sample);
    roots[0].kind = pass::root_kind::loss;
    return pass::plan_memory(pass::fuse(g, roots, lanes_of_panel<T> / 2, lanes_of_panel<T>), true);
  }
  static constexpr pass::plan_size size = pass::size_of(make());
  static constexpr auto plan = pass::freeze<size>(make());
};

template <class Source>
constexpr bool check_training_source() {
  constexpr auto const& program = program_of<Source>;
  constexpr bool is_scalar = program.roots[0].extents.rank == 0;
  static_assert(is_scalar, "ramp: training_step(...) takes one scalar loss, such as "
                           "mean_over_batch(cross_entropy(logits, label))");
  constexpr bool has_mean = !program.means.empty();
  static_assert(has_mean, "ramp: the loss of a training_step says where the samples come together: "
                          "mean_over_batch(loss)");
  constexpr bool names_are_clear = program.clashing_name < 0;
  static_assert(names_are_clear, "ramp: one name stands for two different things (another shape, or "
                                 "variable<...> here and parameter<...> there)");
  constexpr bool has_parameters = [] {
    for (ir::argument const& a : program_of<Source>.arguments)
      if (a.kind == role_of_leaf::parameter) return true;
    return false;
  }();
  static_assert(has_parameters, "ramp: the loss of a training_step depends on no parameter<...>, so "
                                "there is nothing to learn");
  return is_scalar && has_mean && names_are_clear && has_parameters;
}

template <class Program>
constexpr bool check_plan() {
  constexpr pass::plan_fault fault = Program::plan.fault;
  static_assert(fault != pass::plan_fault::feedback,
                "ramp: a value that needs all samples of the batch feeds back into the model of each "
                "sample. Samples come in tiles, so the loss may only add terms to "
                "mean_over_batch(...) or scale it");
  static_assert(fault != pass::plan_fault::extremum_over_samples,
                "ramp: the samples of a batch can be summed and averaged; there is no maximum or "
                "minimum over them");
  static_assert(fault != pass::plan_fault::circle,
                "ramp: the kernels of this program wait for each other; please report it");
  return fault == pass::plan_fault::none;
}

}  // namespace detail

/// One step of training as a plain function: forward pass, loss, gradients and the update of all
/// parameters, fused. Made by `training_step`.
template <class Source, class Rule, class T, int Tile>
class trainer {
 public:
  using program = detail::training_program<Source, T, Tile>;
  using model_type = model<T, program>;
  using workspace = detail::sample_workspace<program>;

  /// The update rule. Its numbers may be changed between calls: `step.rule.learning_rate = 0.01`.
  Rule rule;

  /// Parameters drawn by an initializer, in the order in which the loss names them; memory of the
  /// update rule is zero. Cost: linear.
  template <class Initializer>
  [[nodiscard]] constexpr model_type initial_state(Initializer const& initializer,
                                                   std::uint64_t seed) const {
    model_type m;
    xoshiro256 generator(seed);
    for (std::size_t i = 0; i < program::plan.arguments.size(); ++i) {
      ir::argument const& a = program::plan.arguments[i];
      if (a.kind != role_of_leaf::parameter) continue;
      pass::storage const& at = program::plan.argument_storage[i];
      for (int e = 0; e < a.extents.elements(); ++e) {
        int rest = e;
        int offset = at.base;
        for (int d = a.extents.rank - 1; d >= 0; --d) {
          offset += at.offset_along(d, rest % a.extents[d]);
          rest /= a.extents[d];
        }
        m.state[static_cast<std::size_t>(offset)] =
            initializer.template draw<T>(a.extents, generator);
      }
    }
    return m;
  }

  /// One step on the samples that the bindings give, in scratch memory of the caller:
  /// `step(model, workspace, image = pixels, label = labels)`. Inputs and labels are flat ranges,
  /// sample after sample, of any number of samples; `samples(indices)` selects some of them.
  /// Returns the loss before the update. Errors name the input and the position: lengths, labels,
  /// selected indices, infinite or NaN data, infinite or NaN loss; the model is then as it was.
  /// Allocation: none.
  template <class... Arguments>
  constexpr result<T> operator()(model_type& m, workspace& w, Arguments const&... arguments) const {
    return detail::call_samples<program, Arguments...>(
        [&](auto const& data, selected_samples const* selection) {
          return run(m, w, data, selection);
        },
        [&] { return numbers(); }, arguments...);
  }

  /// The same in scratch memory of the thread.
  template <class First, class... Arguments>
    requires(!std::is_same_v<std::remove_cvref_t<First>, workspace>)
  result<T> operator()(model_type& m, First const& first, Arguments const&... arguments) const {
    return (*this)(m, detail::thread_workspace<workspace>(), first, arguments...);
  }

 private:
  constexpr auto numbers() const {
    std::array<T, static_cast<std::size_t>(Source::literal_count) + 1> values{};
    auto const literals = Source::literals(rule);
    if constexpr (Source::literal_count > 0)
      for (std::size_t i = 0; i < literals.at.size(); ++i) values[i] = static_cast<T>(literals.at[i]);
    return values;
  }

  static constexpr error unchanged(error e) {
    e.state_unchanged = true;
    return e;
  }

  template <class Data>
  constexpr result<T> run(model_type& m, workspace& w, Data const& data,
                          selected_samples const* selection) const {
    detail::sample_feeder<program, Data> const feeder(data, selection);
    std::size_t total = 0;
    error wrong;
    if (!feeder.count_samples(total, wrong)) return unchanged(wrong);
    constexpr auto tile = static_cast<std::size_t>(Tile);
    T loss = T(0);
    for (std::size_t first = 0; first < total; first += tile) {
      std::size_t const used = total - first < tile ? total - first : tile;
      std::array<T const*, program::plan.arguments.size() + 1> pointers{};
      if (!feeder.stage({first, used, total}, pointers, w.staged.data(), wrong))
        return unchanged(wrong);
      if (std::is_constant_evaluated()) {
        if (total > tile) __builtin_trap();  // constant expressions: one tile of samples at most
        if (!detail::reference<program>::step(pointers, m, loss))
          return unchanged({.kind = error_kind::loss_not_finite, .value = loss});
        return loss;
      }
      backend::context<T> const c{w.arena.data(), m.state.data(), pointers.data(), first == 0,
                                  first + used == total};
      constexpr int before = program::plan.kernels_before_update;
      backend::run_kernels<program, 0, before>(c);
      if (c.last) {
        constexpr auto at = static_cast<std::size_t>(
            program::plan.placements[static_cast<std::size_t>(program::plan.roots[0].node)].at.base);
        loss = w.arena[at];
        if (!detail::is_finite(loss))
          return unchanged({.kind = error_kind::loss_not_finite, .value = loss});
      }
      backend::run_kernels<program, before, static_cast<int>(program::plan.kernels.size())>(c);
    }
    return loss;
  }
};

namespace detail {

template <class... Options>
struct training_options {
  static constexpr int tile = default_tile;
};
template <int Samples, class... Rest>
struct training_options<tile_size<Samples>, Rest...> {
  static constexpr int tile = Samples;
};
template <class First, class... Rest>
struct training_options<First, Rest...> : training_options<Rest...> {};

template <class T>
inline constexpr bool is_tile = false;
template <int Samples>
inline constexpr bool is_tile<tile_size<Samples>> = true;

template <class T, class Loss, class Rule, class... Policies>
struct trainer_of {
  template <int Tile>
  using type = trainer<training_source<Loss, Rule, Policies...>, Rule, T, Tile>;
};
template <class T, class Loss, class Rule, int Samples, class... Policies>
struct trainer_of<T, Loss, Rule, tile_size<Samples>, Policies...> {
  template <int>
  using type = trainer<training_source<Loss, Rule, Policies...>, Rule, T, Samples>;
};
template <class T, class Loss, class Rule, class Policy, int Samples>
struct trainer_of<T, Loss, Rule, Policy, tile_size<Samples>> {
  template <int>
  using type = trainer<training_source<Loss, Rule, Policy>, Rule, T, Samples>;
};

}  // namespace detail

/// A training step: `training_step<float>([] { return mean_over_batch(loss); }, momentum{0.05})`,
/// then perhaps `tile<64>` and a subgradient policy. `loss` is written for one sample, with terms
/// that do not depend on samples, such as weight decay, beside `mean_over_batch`. The lambda has no
/// captures, so its numbers are constants; those of `rule` are run-time values.
/// Errors: all at compile time. See `trainer` for the call.
template <class T, class Loss, class Rule, class... Options>
constexpr auto training_step(Loss const&, Rule const& rule, Options const&...) {
  static_assert(((subgradient_policy<Options> || detail::is_tile<Options>)&&...),
                "ramp: training_step(loss, rule, ...) takes tile<...> and a subgradient policy after "
                "the update rule");
  detail::require_captureless<Loss>();
  using type = typename detail::trainer_of<T, Loss, Rule, Options...>::template type<default_tile>;
  if constexpr (detail::check_training_source<
                    detail::lambda_source<Loss>>())
    if constexpr (detail::check_plan<typename type::program>()) return type{rule};
}

}  // namespace ramp
