// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <ramp/backend/execute.hpp>
#include <ramp/function/compile.hpp>
#include <ramp/function/reference.hpp>
#include <ramp/function/sample_call.hpp>
#include <ramp/function/sample_program.hpp>

namespace ramp::detail {

/// A compiled function over many samples as a plan that reads the parameters of `Model`, which
/// another program defined.
template <class Source, class Model, int Tile>
struct prediction_program {
  using value_type = typename Model::value_type;
  static constexpr int tile = Tile;

  struct drafted {
    pass::draft draft;
    std::vector<char> has_samples;
  };
  static constexpr drafted make() {
    std::vector<pass::root> roots;
    std::vector<char> has_samples;
    ir::graph const g = batched_graph(Source::lower(), Tile, roots, has_samples);
    std::vector<int> places;
    for (ir::argument const& a : g.arguments) {
      int const index = Model::index_of(a);
      places.push_back(
          index < 0 ? 0 : Model::program::plan.argument_storage[static_cast<std::size_t>(index)].base);
    }
    constexpr int width = lanes_of_panel<value_type>;
    return {pass::plan_memory(pass::fuse(g, roots, width / 2, width, places), false),
            has_samples};
  }
  static constexpr pass::plan_size size = pass::size_of(make().draft);
  static constexpr auto plan = pass::freeze<size>(make().draft);
  static constexpr auto per_sample = [] {
    std::array<bool, size.roots> flags{};
    drafted const d = make();
    for (std::size_t i = 0; i < size.roots; ++i) flags[i] = d.has_samples[i] != 0;
    return flags;
  }();
};

/// What of a program's parameters a model lacks.
template <class Source, class Model>
constexpr bool model_fits() {
  for (ir::argument const& a : program_of<Source>.arguments)
    if (a.kind == role_of_leaf::parameter && Model::index_of(a) < 0) return false;
  return true;
}

/// Scratch memory that calls without one share, one for each thread and program.
template <class Workspace>
Workspace& thread_workspace() {
  static thread_local Workspace w;
  return w;
}

/// A compiled function called with a model: samples in, results into the caller's memory.
template <class Source, class Model>
struct prediction {
  using program = prediction_program<Source, Model, 32>;
  using T = typename program::value_type;
  using workspace = sample_workspace<program>;
  static constexpr auto const& plan = program::plan;

  template <class... Arguments>
  static constexpr result<void> run(Model const& m, workspace& w, Arguments const&... arguments) {
    auto split = std::tuple_cat(bindings_only(arguments)...);
    auto const outputs = std::tuple_cat(outputs_only(arguments)...);
    static_assert(std::tuple_size_v<std::remove_cvref_t<decltype(outputs)>> == plan.roots.size(),
                  "ramp: a prediction for many samples writes to the caller's memory; bind it with "
                  "output = span, and each further result with output_at<i> = span");
    return std::apply(
        [&](auto const&... bound) {
          return call_samples<program, std::remove_cvref_t<decltype(bound)>...>(
              [&](auto const& data, selected_samples const* selection) {
                return compute(m, w, data, selection, outputs);
              },
              [] { return std::array<T, 1>{}; }, bound...);
        },
        split);
  }

 private:
  template <class A>
  static constexpr auto bindings_only(A const& a) {
    if constexpr (is_output<A>) return std::tuple<>();
    else return std::tuple<A const&>(a);
  }
  template <class A>
  static constexpr auto outputs_only(A const& a) {
    if constexpr (is_output<A>) return std::tuple<A const&>(a);
    else return std::tuple<>();
  }

  /// Elements that root I has for one sample, or in all.
  static constexpr std::size_t elements(std::size_t root) {
    auto const count = static_cast<std::size_t>(
        plan.nodes[static_cast<std::size_t>(plan.roots[root].node)].result_shape().elements());
    return program::per_sample[root] ? count / static_cast<std::size_t>(program::tile) : count;
  }

  template <class Data, class Outputs>
  static constexpr result<void> compute(Model const& m, workspace& w, Data const& data,
                                        selected_samples const* selection, Outputs const& outputs) {
    sample_feeder<program, Data> const feeder(data, selection);
    std::size_t total = 0;
    error wrong;
    if (!feeder.count_samples(total, wrong)) return wrong;
    bool fits = true;
    for_each_output(outputs, [&](std::size_t root, auto const& memory) {
      std::size_t const wanted = elements(root) * (program::per_sample[root] ? total : 1);
      if (!fits || memory.size() == wanted) return;
      wrong = error{.kind = error_kind::wrong_length,
                    .name = "output",
                    .expected = static_cast<std::int64_t>(wanted),
                    .actual = static_cast<std::int64_t>(memory.size())};
      fits = false;
    });
    if (!fits) return wrong;
    constexpr auto tile = static_cast<std::size_t>(program::tile);
    for (std::size_t first = 0; first < total; first += tile) {
      tile_range const t{first, total - first < tile ? total - first : tile, total};
      std::array<T const*, plan.arguments.size() + 1> pointers{};
      if (!feeder.stage(t, pointers, w.staged.data(), wrong)) return wrong;
      if (std::is_constant_evaluated()) {
        ir::evaluation<T> const e = reference<program>::evaluate(pointers, m.state);
        for_each_output(outputs, [&](std::size_t root, auto& memory) {
          T const* const from = e[plan.roots[root].node];
          write(root, t, memory, [&](std::size_t i) { return from[i]; });
        });
        continue;
      }
      // the kernels of a prediction write to the arena only
      backend::context<T> const c{w.arena.data(), const_cast<T*>(m.state.data()), pointers.data(),
                                  true, true};
      backend::run_kernels<program, 0, static_cast<int>(plan.kernels.size())>(c);
      for_each_output(outputs, [&]<class Memory>(std::size_t root, Memory& memory) {
        pass::root const& r = plan.roots[root];
        ir::node const& n = plan.nodes[static_cast<std::size_t>(r.node)];
        pass::storage const& at = plan.placements[static_cast<std::size_t>(r.node)].at;
        write(root, t, memory, [&](std::size_t i) {
          int rest = static_cast<int>(i);
          int offset = at.base;
          for (int d = n.rank - 1; d >= 0; --d) {
            offset += at.offset_along(d, rest % n.extent(d));
            rest /= n.extent(d);
          }
          return w.arena[static_cast<std::size_t>(offset)];
        });
      });
    }
    return {};
  }

  template <class Memory, class Element>
  static constexpr void write(std::size_t root, tile_range t, Memory& memory,
                              Element const& element) {
    std::size_t const each = elements(root);
    bool const per_sample = program::per_sample[root];
    std::size_t const count = per_sample ? each * t.used : each;
    auto* const to = memory.data() + (per_sample ? t.first * each : 0);
    using target = std::remove_cvref_t<decltype(to[0])>;
    for (std::size_t i = 0; i < count; ++i) to[i] = static_cast<target>(element(i));
  }

  template <class Outputs, class F>
  static constexpr void for_each_output(Outputs const& outputs, F&& f) {
    std::apply(
        [&]<class... Each>(Each const&... each) {
          (f(static_cast<std::size_t>(output_index<Each>),
             const_cast<std::remove_cvref_t<decltype(each.value)>&>(each.value)),
           ...);
        },
        outputs);
  }
};

}  // namespace ramp::detail
