// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

#include <ramp/backend/execute.hpp>
#include <ramp/core/list.hpp>
#include <ramp/function/execute.hpp>
#include <ramp/function/function.hpp>
#include <ramp/function/model.hpp>
#include <ramp/function/reference.hpp>
#include <ramp/function/sample_call.hpp>
#include <ramp/function/sample_feeder.hpp>
#include <ramp/function/sample_program.hpp>
#include <ramp/function/source.hpp>
#include <ramp/pass/plan_memory.hpp>

namespace ramp::detail {

/// A compiled function over many samples as a plan that reads the parameters of `Model`, which
/// another program defined.
template <class Source, class Model, int Tile>
struct prediction_program : lowered_size<Source> {
  using value_type = typename Model::value_type;
  static constexpr int tile = Tile;

  static constexpr pass::draft make() {
    list<pass::root> roots;
    ir::graph const g = batched_graph(program_of<Source>, Tile, roots);
    list<int> places;
    for (ir::argument const& a : g.arguments) {
      // a parameter that the model lacks has no place: check_prediction tells, a little later
      int const index = Model::index_of(a);
      auto const& storage = Model::program::plan.argument_storage;
      places.push_back(index < 0 ? 0 : storage[static_cast<std::size_t>(index)].base);
    }
    constexpr int width = lanes_of_panel<value_type>;
    return pass::plan_memory(pass::fuse(g, roots, width / 2, width, places), false);
  }
  static constexpr auto plan = pass::planned<prediction_program>::cut();
};

/// The first parameter of a program that a model lacks; the number of arguments: none.
template <class Source, class Model>
inline constexpr std::size_t missing_parameter = [] {
  auto const& arguments = program_of<Source>.arguments;
  std::size_t i = 0;
  while (i < arguments.size() &&
         (arguments[i].kind != role_of_leaf::parameter || Model::index_of(arguments[i]) >= 0))
    ++i;
  return i;
}();

/// How results are called in errors: "output", "output_at<1>" ...
template <int Index>
inline constexpr auto output_name = [] {
  fixed_text<16> text;
  text.append("output");
  if (Index > 0) text.append("_at<").append(Index).append(">");
  return text;
}();

/// A compiled function called with a model: samples in, results into the caller's memory.
template <class Source, class Model>
class prediction {
 public:
  using program = prediction_program<Source, Model, 32>;
  using T = typename program::value_type;
  using workspace = sample_workspace<program>;

  /// `numbers`: those of the compiled function. For calls that passed check_prediction.
  template <class... Arguments>
  static constexpr result<void> run(Model const& m, workspace& w, T const* numbers,
                                    Arguments const&... arguments) {
    return call_samples<program>(
        [&](auto const& data, selected_samples const* selection) {
          return compute(m, w, sample_feeder<program, std::remove_cvref_t<decltype(data)>>(
                                   data, numbers, selection), arguments...);
        },
        arguments...);
  }

  /// Whether each result is bound to memory, once.
  template <class... Arguments>
  static constexpr bool has_every_output() {
    auto times = [](int root) { return (0 + ... + (output_index<Arguments> == root ? 1 : 0)); };
    auto const results = static_cast<int>(program_of<Source>.result_count);
    bool complete = (0 + ... + (is_output<Arguments> ? 1 : 0)) == results;
    for (int i = 0; i < results; ++i) complete = complete && times(i) == 1;
    return complete;
  }

 private:
  static constexpr auto const& plan = program::plan;

  /// Elements that root I has for one sample, or in all.
  static constexpr std::size_t elements(std::size_t root) {
    auto const count = static_cast<std::size_t>(
        plan.nodes[static_cast<std::size_t>(plan.roots[root].node)].result_shape().elements());
    return plan.roots[root].per_sample ? count / static_cast<std::size_t>(program::tile) : count;
  }

  template <class Feeder, class... Arguments>
  static constexpr result<void> compute(Model const& m, workspace& w, Feeder const& feeder,
                                        Arguments const&... arguments) {
    std::size_t total = 0;
    error wrong;
    if (!feeder.count_samples(total, wrong)) return wrong;
    if (!(check_output(arguments, total, wrong) && ...)) return wrong;
    constexpr auto tile = static_cast<std::size_t>(program::tile);
    for (std::size_t first = 0; first < total; first += tile) {
      tile_range const t{first, total - first < tile ? total - first : tile, total};
      typename Feeder::argument_pointers pointers{};
      if (!feeder.stage(t, pointers, w.staged.data(), wrong)) return wrong;
      if (__builtin_is_constant_evaluated()) {
        reference<program> values;
        values.run_tile(pointers, m.state);
        auto element = [&](pass::root const& r, int i) { return values[r.node][i]; };
        if (!may_go_on(w, t, feeder, element, wrong)) return wrong;
        (write(arguments, t, element), ...);
      } else {
        // the kernels of a prediction write to the arena only
        backend::context<T> const c{w.arena.data(), const_cast<T*>(m.state.data()),
                                    pointers.data(), true, true};
        backend::run_kernels<program, 0, static_cast<int>(plan.kernels.size())>(c);
        auto element = [&](pass::root const& r, int i) {
          auto const node = static_cast<std::size_t>(r.node);
          return w.arena[static_cast<std::size_t>(
              plan.placements[node].at.offset_of(plan.nodes[node].result_shape(), i))];
        };
        if (!may_go_on(w, t, feeder, element, wrong)) return wrong;
        (write(arguments, t, element), ...);
      }
    }
    return {};
  }

  /// Counts what a tile hit of traps. False: one of them stops the call.
  template <class Feeder, class Element>
  static constexpr bool may_go_on(workspace& w, tile_range t, Feeder const& feeder,
                                  Element const& element, error& wrong) {
    if constexpr (program_of<Source>.traps.size() > 0) {
      trap_stop const stopped = collect_traps<program>(w.counters, t, element);
      if (stopped.site == no_position) return true;
      wrong = stopped_at<Source>(stopped.site, feeder.index_of(stopped.sample));
      return false;
    } else {
      return true;
    }
  }

  template <class A>
  static constexpr bool check_output(A const& a, std::size_t samples, error& wrong) {
    if constexpr (is_output<A>) {
      constexpr auto root = static_cast<std::size_t>(output_index<A>);
      std::size_t const wanted = elements(root) * (plan.roots[root].per_sample ? samples : 1);
      std::size_t const given = count_written(a.value);
      if (given == wanted) return true;
      wrong = error{.kind = error_kind::wrong_length,
                    .name = output_name<output_index<A>>.view(),
                    .expected = static_cast<std::int64_t>(wanted),
                    .actual = static_cast<std::int64_t>(given)};
      return false;
    } else {
      return true;
    }
  }

  template <class A, class Element>
  static constexpr void write(A const& a, tile_range t, Element const& element) {
    if constexpr (is_output<A>) {
      constexpr auto root = static_cast<std::size_t>(output_index<A>);
      constexpr bool per_sample = plan.roots[root].per_sample;
      auto* const to = first_written(a.value) + (per_sample ? t.first * elements(root) : 0);
      std::size_t const count = per_sample ? elements(root) * t.used : elements(root);
      for (std::size_t i = 0; i < count; ++i)
        to[i] = static_cast<std::remove_cvref_t<decltype(*to)>>(
            element(plan.roots[root], static_cast<int>(i)));
    }
  }
};

template <class Argument>
inline constexpr bool may_be_written = [] {
  if constexpr (is_output<Argument>) return takes_results<written_element<Argument>>;
  else return true;
}();

template <class Argument, bool Fits>
inline constexpr bool is_writable = Fits;
template <class Argument, bool Fits>
constexpr auto require_writable() {
  static_assert(is_writable<Argument, Fits>,
                "ramp: results of a prediction are written to a flat array, span or vector of "
                "float or double that can be changed");
}

/// What must be right of a prediction before anything else is instantiated for it.
template <class Source, class Model, class... Arguments>
constexpr bool check_prediction() {
  constexpr std::size_t missing = missing_parameter<Source, Model>;
  if constexpr (missing < program_of<Source>.arguments.size()) {
    require_in_model<named_argument<Source, missing>, false>();
    return false;
  } else {
    using prediction = prediction<Source, Model>;
    constexpr bool complete = prediction::template has_every_output<Arguments...>();
    static_assert(complete,
                  "ramp: a prediction for many samples writes to the caller's memory: bind each "
                  "result once, the first as output = span, others as output_at<1> = span");
    constexpr bool writable = (may_be_written<Arguments> && ...);
    (require_writable<Arguments, may_be_written<Arguments>>(), ...);
    return check_sample_call<typename prediction::program, Arguments...>() && complete && writable;
  }
}

}  // namespace ramp::detail
