// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include <ramp/backend/execute.hpp>
#include <ramp/core/list.hpp>
#include <ramp/core/random.hpp>
#include <ramp/core/result.hpp>
#include <ramp/function/execute.hpp>
#include <ramp/function/model.hpp>
#include <ramp/function/output.hpp>
#include <ramp/function/reference.hpp>
#include <ramp/function/sample_call.hpp>
#include <ramp/function/sample_feeder.hpp>
#include <ramp/function/sample_program.hpp>
#include <ramp/function/source.hpp>
#include <ramp/function/trap.hpp>
#include <ramp/pass/fuse.hpp>
#include <ramp/pass/plan_memory.hpp>

namespace ramp {

namespace detail {

/// A call to this ends every attempt at constant evaluation.
inline void leave_constant_evaluation() {}

/// A training step as a plan. One type a step, so its name is short where Loss is a closure.
template <class Source, class T, int Tile>
struct training_program : lowered_size<Source> {
  using value_type = T;
  static constexpr int tile = Tile;

  static constexpr pass::draft make() {
    list<pass::root> roots;
    ir::graph const g = batched_graph(program_of<Source>, Tile, roots);
    roots[0].kind = pass::root_kind::loss;
    pass::draft d = pass::fuse(g, roots, lanes_of_panel<T> / 2, lanes_of_panel<T>);
    if (roots[0].per_sample) d.fault = pass::plan_fault::feedback;
    return pass::plan_memory(std::move(d), true);
  }
  static constexpr auto plan = pass::planned<training_program>::cut();
};

template <class Given, class Wanted>
inline constexpr bool is_model_of_this_step = std::is_same_v<Given, Wanted>;

template <class Initializer, class T>
inline constexpr bool is_initializer =
    requires(Initializer const& i, xoshiro256& g) { i.template draw<T>(shape{}, g); };

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
    static_assert(detail::is_initializer<Initializer, T>,
                  "ramp: step.initial_state(initializer, seed) takes what draws the elements of "
                  "parameters, and then a seed, as in step.initial_state(he_normal{}, 1)");
    model_type m;
    // compilers try to evaluate the initializer of a static variable; a large model takes minutes
    if constexpr (program::plan.state_elements > 1024) detail::leave_constant_evaluation();
    xoshiro256 generator(seed);
    for (std::size_t i = 0; i < program::plan.arguments.size(); ++i) {
      ir::argument const& a = program::plan.arguments[i];
      if (a.kind != role_of_leaf::parameter) continue;
      if constexpr (detail::is_initializer<Initializer, T>)
        for (int e = 0; e < a.extents.elements(); ++e)
          m.state[static_cast<std::size_t>(program::plan.argument_storage[i].offset_of(
              a.extents, e))] = initializer.template draw<T>(a.extents, generator);
    }
    return m;
  }

  /// One step on the samples that the bindings give, in scratch memory of the caller:
  /// `step(model, workspace, image = pixels, label = labels)`. Inputs and labels are flat ranges,
  /// sample after sample, of any number of samples; `samples(indices)` selects some of them.
  /// Returns the loss before the update.
  ///
  /// Errors name the input and the position: lengths, labels, selected indices, infinite or NaN
  /// data, bound numbers, numbers of the update rule ("update rule", in the order in which its
  /// expressions read them, parameter by parameter) or loss; the model is then as it was. A
  /// gradient that overflows under a finite loss is no error, but the next loss is. Under
  /// trap_and_stop an error names the operation that was hit, and the sample; under every trap
  /// `workspace.traps()` has the counts, also of a call that ends with an error.
  /// Allocation: none, but in a constant expression.
  template <class... Arguments>
  constexpr result<T> operator()(model_type& m, workspace& w, Arguments const&... arguments) const {
    if constexpr (fits<Arguments...> && detail::check_sample_call<program, Arguments...>())
      return detail::call_samples<program>(
          [&](auto const& data, selected_samples const* selection) {
            return run(m, w, data, selection);
          },
          arguments...);
    else
      return error{};
  }

  /// The same in scratch memory of the thread; not under a trap that counts, whose counters are
  /// the caller's.
  template <class... Arguments>
  result<T> operator()(model_type& m, Arguments const&... arguments) const {
    detail::require_no_counters<Source>();
    if constexpr (fits<Arguments...> && detail::check_sample_call<program, Arguments...>())
      return (*this)(m, detail::thread_workspace<workspace>(), arguments...);
    else
      return error{};
  }

  /// Anything else says what is wrong.
  template <class Other, class... Arguments>
    requires(!std::is_same_v<Other, model_type&>)
  constexpr result<T> operator()(Other&&, Arguments const&...) const {
    static_assert(detail::is_model_of_this_step<Other, model_type&>,
                  "ramp: a training step changes a model that this step made: "
                  "auto model = step.initial_state(he_normal{}, seed); step(model, ...). This one "
                  "is const or a temporary, or of another step, or no model");
    return error{};
  }

 private:
  template <class... Arguments>
  static constexpr bool fits = [] {
    constexpr bool no_outputs = !(detail::is_output<Arguments> || ...);
    static_assert(no_outputs, "ramp: a training step returns its loss and has no other output; "
                              "compile(...) makes a function that has");
    return no_outputs;
  }();

  static constexpr error unchanged(error e) {
    e.state_unchanged = true;
    return e;
  }

  /// The numbers of the update rule. False: one is not finite.
  template <class Numbers>
  constexpr bool read_numbers(Numbers& numbers, error& wrong) const {
    auto const updates = Source::all_updates(rule);
    if constexpr (updates.literal_count > 0) {
      for (std::size_t i = 0; i < numbers.size(); ++i) {
        numbers[i] = static_cast<T>(updates.literals.at[i]);
        if (math::isfinite(numbers[i])) continue;
        wrong = error{.kind = error_kind::not_finite,
                      .name = "update rule",
                      .element = i,
                      .value = static_cast<double>(numbers[i])};
        return false;
      }
    }
    return true;
  }

  template <class Data>
  constexpr result<T> run(model_type& m, workspace& w, Data const& data,
                          selected_samples const* selection) const {
    error wrong;
    std::array<T, detail::sample_layout<program>::numbers.size()> numbers{};
    if (!read_numbers(numbers, wrong)) return unchanged(wrong);
    detail::sample_feeder<program, Data> const feeder(data, numbers.data(), selection);
    std::size_t total = 0;
    if (!feeder.count_samples(total, wrong)) return unchanged(wrong);
    return __builtin_is_constant_evaluated() ? run_by_definition(m, w, feeder, total)
                                             : run_kernels(m, w, feeder, total);
  }

  static constexpr bool has_traps = detail::program_of<Source>.traps.size() > 0;

  /// Counts what a tile hit of traps. False: one of them stops the step.
  template <class Feeder, class Element>
  static constexpr bool may_go_on(workspace& w, detail::tile_range t, Feeder const& feeder,
                                  Element const& element, error& wrong) {
    detail::trap_stop const stopped = detail::collect_traps<program>(w.counters, t, element);
    if (stopped.site == no_position) return true;
    wrong = detail::stopped_at<Source>(stopped.site, feeder.index_of(stopped.sample));
    return false;
  }

  template <class Feeder>
  static result<T> run_kernels(model_type& m, workspace& w, Feeder const& feeder,
                               std::size_t total) {
    constexpr auto loss_node = static_cast<std::size_t>(program::plan.roots[0].node);
    constexpr int before = program::plan.kernels_before_update;
    constexpr auto all = static_cast<int>(program::plan.kernels.size());
    constexpr auto tile = static_cast<std::size_t>(Tile);
    T loss = T(0);
    for (std::size_t first = 0; first < total; first += tile) {
      std::size_t const used = total - first < tile ? total - first : tile;
      typename Feeder::argument_pointers pointers{};
      error wrong;
      if (!feeder.stage({first, used, total}, pointers, w.staged.data(), wrong))
        return unchanged(wrong);
      backend::context<T> const c{w.arena.data(), m.state.data(), pointers.data(), first == 0,
                                  first + used == total};
      backend::run_kernels<program, 0, before>(c);
      if constexpr (has_traps) {
        auto element = [&](pass::root const& r, int i) {
          auto const node = static_cast<std::size_t>(r.node);
          return w.arena[static_cast<std::size_t>(program::plan.placements[node].at.offset_of(
              program::plan.nodes[node].result_shape(), i))];
        };
        if (!may_go_on(w, {first, used, total}, feeder, element, wrong)) return unchanged(wrong);
      }
      if (c.last) {
        loss = w.arena[static_cast<std::size_t>(program::plan.placements[loss_node].at.base)];
        if (!math::isfinite(loss)) return loss_not_finite(loss);
      }
      backend::run_kernels<program, before, all>(c);
    }
    return loss;
  }

  template <class Feeder>
  static constexpr result<T> run_by_definition(model_type& m, workspace& w, Feeder const& feeder,
                                               std::size_t total) {
    constexpr auto tile = static_cast<std::size_t>(Tile);
    detail::reference<program> values;
    for (std::size_t first = 0; first < total; first += tile) {
      std::size_t const used = total - first < tile ? total - first : tile;
      typename Feeder::argument_pointers pointers{};
      error wrong;
      if (!feeder.stage({first, used, total}, pointers, w.staged.data(), wrong))
        return unchanged(wrong);
      values.run_tile(pointers, m.state);
      if constexpr (has_traps) {
        auto element = [&](pass::root const& r, int i) { return values[r.node][i]; };
        if (!may_go_on(w, {first, used, total}, feeder, element, wrong)) return unchanged(wrong);
      }
    }
    T const loss = values[program::plan.roots[0].node][0];
    if (!math::isfinite(loss)) return loss_not_finite(loss);
    values.update(m.state);
    return loss;
  }

  static constexpr error loss_not_finite(T loss) {
    return unchanged(
        {.kind = error_kind::loss_not_finite, .value = static_cast<double>(loss)});
  }
};

}  // namespace ramp
