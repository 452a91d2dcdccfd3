// SPDX-License-Identifier: BSL-1.0
#pragma once

// Runs a graph through fuse, plan_memory and the kernels and compares every root with the reference
// evaluator in double precision. Three traps are set for the kernels: what the caller hands over
// ends at a page that must not be touched, and the workspace and the padding of the state start as
// NaN, so that a lane past the end shows in every sum that it enters.

#include <ramp/backend/execute.hpp>
#include <ramp/core/random.hpp>
#include <ramp/ir/evaluate.hpp>
#include <ramp/ir/value.hpp>
#include <ramp/pass/plan_memory.hpp>

#include <catch2/catch.hpp>

#include <sys/mman.h>
#include <unistd.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace planned {

namespace op = ramp::op;
namespace pass = ramp::pass;
namespace backend = ramp::backend;
using ramp::shape;
using ramp::ir::argument_kind;
using ramp::ir::axis_map;
using ramp::ir::graph;
using ramp::ir::value;
using pass::kernel_kind;
using pass::root_kind;

/// A graph and what is wanted of it. A case is a struct with `static constexpr program build(int)`:
/// per-sample arguments have that many samples as their first extent.
struct program {
  graph g;
  ramp::list<pass::root> roots;

  constexpr value argument(std::string_view name, argument_kind kind, shape const& s,
                           int classes = 0) {
    return ramp::ir::value_of(g, g.argument_node(g.find_or_add({name, kind, s, classes})));
  }
  constexpr value variable(std::string_view name, shape const& s) {
    return argument(name, argument_kind::variable, s);
  }
  constexpr value input(std::string_view name, shape const& s) {
    return argument(name, argument_kind::input, s);
  }
  constexpr value parameter(std::string_view name, shape const& s) {
    return argument(name, argument_kind::parameter, s);
  }
  constexpr void output(value const& v) {
    roots.push_back({materialized(v), root_kind::output, -1});
  }
  constexpr void loss(value const& v) { roots.push_back({materialized(v), root_kind::loss, -1}); }
  constexpr void update(value const& target, value const& v) {
    roots.push_back({materialized(v), root_kind::update, g[target.index].attribute[0]});
  }
};

constexpr axis_map dimensions(std::initializer_list<int> list) {
  axis_map m;
  int d = 0;
  for (int e : list) m.set(d++, e);
  return m;
}

/// `v` in a larger space: its dimension d runs along dimension list[d] of that space.
constexpr value spread(value v, shape const& space, std::initializer_list<int> list) {
  v = ramp::ir::value_of(*v.owner, materialized(v));
  v.map = dimensions(list);
  v.space = space;
  return v;
}

/// A cheap vector that one kernel reads along its rows, along its lanes, and along both. The store
/// of the second kernel is the one that GCC 12 lost track of, at -O2 (backend/execute.hpp).
struct outer {
  static constexpr program build(int) {
    program p;
    value const v = p.variable("v", shape(9));
    value const d = v * 2.0;
    shape const square(9, 9);
    p.output(spread(d, square, {0}) * spread(d, square, {1}).combine<op::exp>(0.0));
    p.output(spread(d, square, {1}) / spread(d, square, {0}));
    p.output(spread(d, square, {0}) / spread(d, square, {1}));
    return p;
  }
};

/// a [m][k] times b [k][n]; the flags say which of them is read transposed.
constexpr value product(value const& a, value const& b, bool a_transposed = false,
                        bool b_transposed = false) {
  graph& g = *a.owner;
  int const x = materialized(a);
  int const y = materialized(b);
  shape space;
  space = shape(g[x].extent(a_transposed ? 1 : 0), g[y].extent(b_transposed ? 0 : 1),
                g[x].extent(a_transposed ? 0 : 1));
  value const left = a_transposed ? spread(a, space, {2, 0}) : spread(a, space, {0, 2});
  value const right = b_transposed ? spread(b, space, {1, 2}) : spread(b, space, {2, 1});
  return ramp::ir::reduce_to<op::sum>(left * right, dimensions({0, 1}), 2);
}

constexpr pass::draft plan_of(program const& p, int element_bytes, bool several_tiles) {
  return pass::plan_memory(pass::fuse(p.g, p.roots, 32 / element_bytes,
                                      pass::panel_bytes / element_bytes), several_tiles);
}

template <class Case, class T, int Samples, bool SeveralTiles>
struct compiled {
  using value_type = T;
  static constexpr auto make() {
    return plan_of(Case::build(Samples), static_cast<int>(sizeof(T)), SeveralTiles);
  }
  static constexpr pass::plan_size size = pass::size_of(make());
  static constexpr auto plan = pass::freeze<size>(make());
};

/// Memory that ends where a page begins that can neither be read nor written.
template <class T>
class guarded {
 public:
  explicit guarded(std::vector<double> const& values) {
    auto const page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    std::size_t const bytes = values.size() * sizeof(T);
    pages = (bytes + page - 1) / page * page;
    base = static_cast<char*>(mmap(nullptr, pages + page, PROT_READ | PROT_WRITE,
                                   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    REQUIRE(base != MAP_FAILED);
    REQUIRE(mprotect(base + pages, page, PROT_NONE) == 0);
    pages += page;
    first = reinterpret_cast<T*>(base + (pages - page - bytes));
    for (std::size_t i = 0; i < values.size(); ++i) first[i] = static_cast<T>(values[i]);
  }
  guarded(guarded const&) = delete;
  guarded& operator=(guarded const&) = delete;
  guarded(guarded&& other) noexcept : base(other.base), pages(other.pages), first(other.first) {
    other.base = nullptr;
  }
  ~guarded() {
    if (base != nullptr) munmap(base, pages);
  }
  [[nodiscard]] T const* data() const { return first; }

 private:
  char* base = nullptr;
  std::size_t pages = 0;
  T* first = nullptr;
};

/// Quarters between 1/4 and 2: sums of their products are exact in float, so that both sides of a
/// comparison take the same branch, and ties occur. Labels are classes.
inline std::vector<double> values_for(ramp::ir::argument const& a, ramp::xoshiro256& random) {
  std::vector<double> values;
  for (int i = 0; i < a.extents.elements(); ++i) {
    bool const label = a.kind == argument_kind::label;
    values.push_back(label ? static_cast<double>(
                                 ramp::uniform_below(static_cast<std::uint64_t>(a.classes), random))
                           : 0.25 * (1.0 + static_cast<double>(ramp::uniform_below(8, random))));
  }
  return values;
}

/// Element `i` in row-major order of a tensor with extents `s` that is stored at `at`.
inline int stored_at(pass::storage const& at, shape const& s, int i) {
  int offset = 0;
  for (int d = s.rank - 1; d >= 0; --d) {
    offset += at.offset_along(d, i % s[d]);
    i /= s[d];
  }
  return offset;
}

inline bool close(double given, double expected, double tolerance) {
  if (std::isnan(given) || std::isnan(expected)) return std::isnan(given) && std::isnan(expected);
  return given == expected || std::fabs(given - expected) <= tolerance * (1 + std::fabs(expected));
}

/// Runs `Tiles` tiles of `Samples` samples each. Tolerance: 64 units in the last place of T,
/// relative to 1 + |expected|; the sums of the cases are short.
template <class Case, class T, int Samples = 7, int Tiles = 1>
void check(double units = 64) {
  using P = compiled<Case, T, Samples, (Tiles > 1)>;
  constexpr auto& plan = P::plan;
  program const whole = Case::build(Samples * Tiles);
  program const tile = Case::build(Samples);
  double const tolerance = units * static_cast<double>(std::numeric_limits<T>::epsilon());
  ramp::xoshiro256 random(7);

  for (std::size_t a = 0; a < plan.arguments.size(); ++a)
    REQUIRE(plan.arguments[a].name == whole.g.arguments[a].name);
  std::vector<std::vector<double>> values;
  ramp::list<double const*> pointers;
  for (auto const& a : whole.g.arguments) values.push_back(values_for(a, random));
  for (auto const& v : values) pointers.push_back(v.data());
  auto const expected = ramp::ir::evaluate<double>(whole.g, pointers);

  T const nan = std::numeric_limits<T>::quiet_NaN();
  struct alignas(64) line {
    T element[64 / sizeof(T)];
  };
  auto lines = [](int elements) { return static_cast<std::size_t>(elements) * sizeof(T) / 64 + 1; };
  std::vector<line> arena(lines(plan.arena_elements)), state(lines(plan.state_elements));
  for (line& l : arena)
    for (T& x : l.element) x = nan;
  for (line& l : state)
    for (T& x : l.element) x = nan;
  T* const arena_data = arena[0].element;
  T* const state_data = state[0].element;
  for (std::size_t a = 0; a < values.size(); ++a) {
    auto const kind = whole.g.arguments[a].kind;
    if (kind != argument_kind::parameter && kind != argument_kind::state) continue;
    auto const& s = plan.argument_storage[a];
    for (std::size_t i = 0; i < values[a].size(); ++i)
      state_data[s.base + stored_at(s, whole.g.arguments[a].extents, static_cast<int>(i))] =
          static_cast<T>(values[a][i]);
  }

  for (int t = 0; t < Tiles; ++t) {
    std::vector<guarded<T>> memory;
    ramp::list<T const*> arguments;
    for (std::size_t a = 0; a < values.size(); ++a) {
      auto const part = values[a].size() / static_cast<std::size_t>(Tiles);
      bool const split = pass::is_per_sample(whole.g.arguments[a]);
      auto const from = values[a].begin() + static_cast<std::ptrdiff_t>(
                                                split ? part * static_cast<std::size_t>(t) : 0);
      memory.emplace_back(std::vector<double>(
          from, split ? from + static_cast<std::ptrdiff_t>(part) : values[a].end()));
      arguments.push_back(memory.back().data());
    }
    backend::context<T> c;
    c.arena = arena_data;
    c.state = state_data;
    c.arguments = arguments.data();
    c.first = t == 0;
    c.last = t == Tiles - 1;
    backend::run_kernels<P, 0, static_cast<int>(plan.kernels.size())>(c);

    for (std::size_t r = 0; r < plan.roots.size(); ++r) {
      shape const all = whole.g[whole.roots[r].node].result_shape();
      shape const extents = tile.g[tile.roots[r].node].result_shape();
      bool const split = !(all == extents);
      if (!split && !c.last) continue;
      bool const updates = plan.roots[r].kind == root_kind::update;
      auto const& at = updates
                           ? plan.argument_storage[static_cast<std::size_t>(plan.roots[r].target)]
                           : plan.placements[static_cast<std::size_t>(plan.roots[r].node)].at;
      T const* const result = (updates ? state_data : arena_data) + at.base;
      double const* const wanted =
          expected[whole.roots[r].node] + (split ? t * extents.elements() : 0);
      for (int i = 0; i < extents.elements(); ++i) {
        auto const given = static_cast<double>(result[stored_at(at, extents, i)]);
        INFO("root " << r << ", tile " << t << ", element " << i << ": " << given << " for "
                     << wanted[i]);
        CHECK(close(given, wanted[i], tolerance));
      }
    }
  }
}

/// How many kernels of a kind the plan of a case has: a test of a kernel must meet it.
template <class Case, class T = float>
int kernels_of(kernel_kind kind) {
  int count = 0;
  for (auto const& k : compiled<Case, T, 7, false>::plan.kernels) count += k.kind == kind;
  return count;
}

template <class Case>
void check_all() {
  check<Case, float>();
  check<Case, double>();
  check<Case, float, 16>();
}

}  // namespace planned
