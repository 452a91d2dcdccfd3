// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include <ramp/core/list.hpp>
#include <ramp/core/result.hpp>
#include <ramp/expr/lower.hpp>
#include <ramp/function/trap.hpp>
#include <ramp/pass/batch.hpp>
#include <ramp/pass/plan.hpp>
#include <ramp/pass/rewrite.hpp>

// What training steps and predictions share: programs that work on tiles of a fixed number of
// samples. How the samples of a call reach them is in sample_feeder.hpp.

namespace ramp::detail {

/// The graph of a lowered program over samples, for tiles of `tile` of them, and its roots.
template <class Lowered>
constexpr ir::graph batched_graph(Lowered const& l, int tile, list<pass::root>& roots) {
  list<int> nodes;
  for (lowered_root const& r : l.roots) nodes.push_back(r.node);
  list<char> has_samples;
  list<pass::batch_sum> const sums(l.means.begin(), l.means.end());
  ir::graph g = pass::batch(l.graph(), nodes, has_samples, tile, sums);
  g = pass::strip_policies(g, nodes);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    pass::root_kind kind = pass::root_kind::output;
    if (l.roots[i].kind == lowered_kind::update) kind = pass::root_kind::update;
    if (l.roots[i].kind == lowered_kind::counter) kind = pass::root_kind::counter;
    roots.push_back({nodes[i], kind, l.roots[i].target, has_samples[i] != 0});
  }
  return g;
}

/// Whether the caller binds argument `a`.
constexpr bool is_bound_by_caller(ir::argument const& a) {
  return a.kind != role_of_leaf::parameter && a.kind != role_of_leaf::state && !a.name.empty() &&
         a.name != pass::sample_weight_name && a.name != pass::batch_sum_name;
}

/// Which arguments of a planned program are what, and where their staged copies lie.
template <class Program>
struct sample_layout {
  using T = typename Program::value_type;
  static constexpr auto const& arguments = Program::plan.arguments;
  static constexpr std::size_t count = arguments.size();
  static constexpr auto tile = static_cast<std::size_t>(Program::tile);

  /// The arguments that satisfy a condition.
  template <class Condition>
  static constexpr auto indices(Condition) {
    constexpr std::size_t number = [] {
      std::size_t sum = 0;
      for (ir::argument const& a : arguments) sum += Condition{}(a) ? 1 : 0;
      return sum;
    }();
    std::array<std::size_t, number> found{};
    std::size_t n = 0;
    for (std::size_t i = 0; i < count; ++i)
      if (Condition{}(arguments[i])) found[n++] = i;
    return found;
  }
  static constexpr auto bound =
      indices([](ir::argument const& a) { return is_bound_by_caller(a); });
  /// The numbers of the program itself.
  static constexpr auto numbers = indices(
      [](ir::argument const& a) { return a.kind == role_of_leaf::number && a.name.empty(); });
  /// The weight of a sample in the mean: one or none.
  static constexpr auto weight =
      indices([](ir::argument const& a) { return a.name == pass::sample_weight_name; });

  static constexpr bool is_per_sample(std::size_t i) { return pass::is_per_sample(arguments[i]); }
  /// Elements of one sample.
  static constexpr std::size_t elements(std::size_t i) {
    return static_cast<std::size_t>(arguments[i].extents.elements()) / tile;
  }
  /// The place of each argument in staged memory; the last one is its size.
  static constexpr auto offsets = [] {
    constexpr std::size_t line = pass::panel_bytes / sizeof(T);
    std::array<std::size_t, count + 1> at{};
    for (std::size_t i = 0; i < count; ++i)
      at[i + 1] = at[i] + (is_per_sample(i) ? (elements(i) * tile + line - 1) / line * line : 0);
    return at;
  }();
};

/// Scratch memory of a program over samples: intermediate values, sums that go on from tile to
/// tile, and room for one tile of samples that cannot be read where they are. No call leaves
/// anything in it that another one reads, but for the counters of traps.
template <class Program>
struct sample_workspace {
  using T = typename Program::value_type;
  using trap_counters = ramp::trap_counters<typename Program::source>;

  /// What calls with this work space have hit of the program's traps.
  [[nodiscard]] constexpr trap_counters& traps() { return counters; }
  [[nodiscard]] constexpr trap_counters const& traps() const { return counters; }

  alignas(pass::panel_bytes)
      std::array<T, static_cast<std::size_t>(Program::plan.arena_elements)> arena{};
  alignas(pass::panel_bytes)
      std::array<T, sample_layout<Program>::offsets[sample_layout<Program>::count]> staged{};
  [[no_unique_address]] trap_counters counters{};
};

/// Scratch memory that calls without one share, one for each thread and program.
template <class Workspace>
Workspace& thread_workspace() {
  static thread_local Workspace w;
  return w;
}

/// One tile of a call: samples [first, first + used) of `total`.
struct tile_range {
  std::size_t first, used, total;
  [[nodiscard]] constexpr bool is_last() const { return first + used == total; }
};

/// Where a trap stopped a call.
struct trap_stop {
  std::size_t site = no_position;
  std::size_t sample = no_position;  // of the call, where the trap depends on samples
};

/// Adds what one tile has counted: of each sample that it has, or once for all samples in the last
/// tile. `element(root, i)`: element i of a root. Returns the first trap that stops.
template <class Program, class Element>
constexpr trap_stop collect_traps(trap_counters<typename Program::source>& traps, tile_range t,
                                  Element const& element) {
  trap_stop stopped;
  std::size_t site = 0;
  for (pass::root const& r : Program::plan.roots) {
    if (r.kind != pass::root_kind::counter) continue;
    std::size_t const counted = r.per_sample ? t.used : t.is_last() ? 1 : 0;
    for (std::size_t s = 0; s < counted; ++s) {
      auto const hits = static_cast<std::uint64_t>(element(r, static_cast<int>(s)));
      traps.add(site, hits);
      if (hits == 0 || !program_of<typename Program::source>.traps[site].stops) continue;
      std::size_t const sample = r.per_sample ? t.first + s : no_position;
      if (stopped.site == no_position || sample < stopped.sample) stopped = {site, sample};
    }
    ++site;
  }
  return stopped;
}

}  // namespace ramp::detail
