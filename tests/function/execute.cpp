// SPDX-License-Identifier: BSL-1.0
#include <ramp/function/execute.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

using namespace ramp;
using detail::execute;

namespace {

constexpr ir::value argument(ir::graph& g, std::string_view name, shape const& s,
                             ir::argument_kind kind) {
  return ir::value_of(g, g.argument_node(g.find_or_add({name, kind, s, 0})));
}

/// A number, a matrix that no panel fits, and a tensor of it, of a matrix and a parameter.
struct several {
  template <bool = false>
  static constexpr lowered lower() {
    lowered l;
    ir::graph& g = l.graph;
    shape const space(5, 19);
    ir::value const m = argument(g, "m", space, ir::argument_kind::variable);
    ir::value const p = argument(g, "p", {}, ir::argument_kind::parameter);
    ir::value const scaled = m * ir::value{&g, p.index, {}, space};
    ir::value const total = ir::reduce_to<op::sum>(m, {}, 0);
    ir::axis_map turned;
    turned.set(0, 2);
    turned.set(1, 0);
    int const spread = g.viewed(scaled.index, turned, shape(19, 3, 5));
    l.roots = {{lowered_kind::value, total.index, -1, {}},
               {lowered_kind::value, scaled.index, -1, space},
               {lowered_kind::value, spread, -1, shape(19, 3, 5)}};
    return l;
  }
};

/// The exponentials of three numbers, with a counter of those that are 0 and one of those below 0.
template <bool StopsAtZero, bool StopsBelow>
struct watched {
  template <bool WithCounters = false>
  static constexpr lowered lower() {
    lowered l;
    ir::graph& g = l.graph;
    ir::value const v = argument(g, "v", shape(3), ir::argument_kind::variable);
    l.roots = {{lowered_kind::value, v.combine<op::exp>(0.0).index, -1, shape(3)}};
    l.asks_for_traps = true;
    if (!WithCounters) return l;
    for (bool zeros : {true, false}) {
      ir::value const hits = zeros ? v.combine<op::equal>(0.0, v.number(0.0))
                                   : v.combine<op::less>(0.0, v.number(0.0));
      int const count = ir::reduce_to<op::sum>(hits, {}, 0).index;
      l.roots.push_back({lowered_kind::counter, count, -1, {}});
      bool const stops = zeros ? StopsAtZero : StopsBelow;
      l.traps.push_back({v.index, trap_kind::kink, stops, 1, count});
    }
    return l;
  }
};

struct results {
  double total = -1;
  std::array<double, 95> scaled{};
  std::array<double, 19 * 3 * 5> spread{};
  friend constexpr bool operator==(results const&, results const&) = default;
};
constexpr results run_several() {
  std::array<double, 95> m{};
  for (std::size_t i = 0; i < m.size(); ++i) m[i] = static_cast<double>(i);
  double const p = 2.0;
  results r;
  double const* const arguments[] = {m.data(), &p};
  double* const outputs[] = {&r.total, r.scaled.data(), r.spread.data()};
  execute<several, double>(arguments, outputs);
  return r;
}
constexpr results by_definition = run_several();

struct watched_results {
  std::size_t stopped = 0;
  std::array<float, 3> values{-1, -1, -1};
  std::uint64_t zeros = 0, below = 0;
};
template <bool Stops>
constexpr watched_results run_watched(std::array<float, 3> const& v, int times = 1) {
  watched_results r;
  trap_counters<watched<false, Stops>> traps;
  float const* const arguments[] = {v.data()};
  float* const outputs[] = {r.values.data()};
  for (int i = 0; i < times; ++i)
    r.stopped = execute<watched<false, Stops>>(arguments, outputs, traps);
  r.zeros = traps[0].count;
  r.below = traps[1].count;
  return r;
}
constexpr watched_results constant_stop = run_watched<true>({0, -1, 0});
static_assert(constant_stop.stopped == 1 && constant_stop.values[0] == -1);
static_assert(constant_stop.zeros == 2 && constant_stop.below == 1);
constexpr watched_results constant_count = run_watched<false>({0, -1, 0});
static_assert(constant_count.stopped == no_position && constant_count.values[0] == 1);

}  // namespace

TEST_CASE("results of any shape are row-major in the caller's memory", "[function]") {
  results const r = run_several();
  CHECK(r.total == 94 * 95 / 2);
  for (std::size_t i = 0; i < 5; ++i)
    for (std::size_t j = 0; j < 19; ++j) {
      CHECK(r.scaled[19 * i + j] == 2.0 * static_cast<double>(19 * i + j));
      for (std::size_t k = 0; k < 3; ++k)
        CHECK(r.spread[15 * j + 5 * k + i] == r.scaled[19 * i + j]);
    }
}

TEST_CASE("a constant expression gives what kernels give", "[function]") {
  CHECK(run_several() == by_definition);
}

TEST_CASE("a program without samples is planned with all its arguments as the caller's memory",
          "[function]") {
  using size = detail::lowered_size<several>;
  static_assert(size::lowered_nodes == static_cast<int>(detail::program_of<several>.nodes.size()));
  static_assert(size::roots == 3 && size::arguments == 2);
  constexpr auto const& plan = detail::plain_program<several, float>::plan;
  CHECK(plan.fault == pass::plan_fault::none);
  CHECK(plan.state_elements == 0);  // the parameter is an argument like others
  for (auto const& at : plan.argument_storage) CHECK(at.where == pass::memory::argument);
  for (pass::root const& r : plan.roots) CHECK(r.kind == pass::root_kind::output);
  static_assert(detail::lanes_of_panel<float> == 16 && detail::lanes_of_panel<double> == 8);
}

TEST_CASE("what traps count is added up over calls", "[function]") {
  auto const r = run_watched<false>({0, -1, 0}, 3);
  CHECK(r.stopped == no_position);
  CHECK(r.values[1] == Approx(0.3678794));
  CHECK(r.zeros == 6);
  CHECK(r.below == 3);
  CHECK(run_watched<false>({1, 2, 3}).zeros == 0);
}

TEST_CASE("a trap that stops is named, and nothing has been written then", "[function]") {
  auto const stopped = run_watched<true>({0, -1, 0});
  CHECK(stopped.stopped == 1);
  CHECK(stopped.values == std::array<float, 3>{-1, -1, -1});
  CHECK(stopped.zeros == 2);
  auto const passed = run_watched<true>({0, 1, 0});
  CHECK(passed.stopped == no_position);
  CHECK(passed.values[0] == 1.0f);
}

TEST_CASE("the first of several traps that stop is the one that is named", "[function]") {
  trap_counters<watched<false, true>> traps;
  auto const collect = [&](std::vector<int> const& counts) {
    return detail::collect_traps(traps, [&](std::size_t i) { return counts[i]; });
  };
  CHECK(collect({0, 0}) == no_position);
  CHECK(collect({5, 0}) == no_position);  // counted only
  CHECK(collect({1, 2}) == 1);
  CHECK(traps[0].count == 6);
  CHECK(traps[1].count == 2);
  CHECK(traps.total() == 8);
  trap_counters<watched<true, true>> both;
  CHECK(detail::collect_traps(both, [](std::size_t) { return 1; }) == 0);
}
