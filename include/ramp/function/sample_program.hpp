// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <ramp/core/list.hpp>
#include <ramp/core/result.hpp>
#include <ramp/expr/lower.hpp>
#include <ramp/function/samples.hpp>
#include <ramp/function/trap.hpp>
#include <ramp/pass/batch.hpp>
#include <ramp/pass/plan.hpp>
#include <ramp/pass/rewrite.hpp>

// What training steps and predictions share: programs that work on tiles of a fixed number of
// samples, and how the samples of a call reach them.

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

/// Feeds the samples of a call to a program, tile by tile. Reads the caller's memory in place where
/// it can: element type T, no scale, no selection, a full tile. Copies one tile otherwise, and then
/// repeats the last sample up to the full tile, with weight 0.
template <class Program, class Data>
class sample_feeder {
 public:
  using T = typename Program::value_type;
  using layout = sample_layout<Program>;
  using argument_pointers = std::array<T const*, layout::count + 1>;

  /// Data: a std::tuple with the sample_data or fixed_data of each argument in layout::bound.
  /// numbers: the values of layout::numbers.
  constexpr sample_feeder(Data const& data, T const* numbers, selected_samples const* selection)
      : data_(data), numbers_(numbers), selection_(selection) {}

  /// Checks what can be checked before the first tile: that lengths agree, that selected samples
  /// exist, that values which all samples share are finite. False: `wrong` says what is not so.
  constexpr bool count_samples(std::size_t& total, error& wrong) const {
    std::size_t given = no_position;
    if (!all_bound([&]<std::size_t J>() { return check_argument<J>(given, wrong); })) return false;
    total = given == no_position ? 0 : given;
    if (total == 0) {
      wrong = error{.kind = error_kind::empty_input, .name = first_input()};
      return false;
    }
    return selection_ == nullptr || check_selection(total, wrong);
  }

  /// The index of a sample in the caller's data.
  [[nodiscard]] constexpr std::size_t index_of(std::size_t sample) const {
    return selection_ == nullptr || sample == no_position ? sample : selection_->indices[sample];
  }

  /// Pointers to the arguments for one tile; false: a label or number is out of range.
  constexpr bool stage(tile_range t, argument_pointers& pointers, T* staged, error& wrong) const {
    for (std::size_t i : layout::weight) {
      T* const own = staged + layout::offsets[i];
      T const weight = T(1) / static_cast<T>(t.total);
      for (std::size_t s = 0; s < layout::tile; ++s) own[s] = weight;
      for (std::size_t s = t.used; s < layout::tile; ++s) own[s] = T(0);
      pointers[i] = own;
    }
    for (std::size_t n = 0; n < layout::numbers.size(); ++n)
      pointers[layout::numbers[n]] = numbers_ + n;
    return all_bound([&]<std::size_t J>() {
      constexpr std::size_t i = layout::bound[J];
      return stage_argument<J>(t, pointers[i], staged + layout::offsets[i], wrong);
    });
  }

 private:
  /// f.operator()<J>() for each bound argument, up to the first that returns false.
  template <class F>
  static constexpr bool all_bound(F&& f) {
    return [&]<std::size_t... J>(std::index_sequence<J...>) {
      return (f.template operator()<J>() && ...);
    }(std::make_index_sequence<layout::bound.size()>{});
  }

  template <std::size_t J>
  using data_at = std::tuple_element_t<J, Data>;
  template <std::size_t J>
  static constexpr ir::argument const& argument = layout::arguments[layout::bound[J]];
  template <std::size_t J>
  static constexpr std::size_t elements = layout::elements(layout::bound[J]);
  template <std::size_t J>
  using element_at = typename data_at<J>::element_type;
  template <std::size_t J>
  static constexpr bool is_in_place =
      std::is_same_v<data_at<J>, sample_data<T, T>> && argument<J>.kind != role_of_leaf::label;

  static constexpr std::string_view first_input() {
    for (std::size_t i : layout::bound)
      if (layout::is_per_sample(i)) return layout::arguments[i].name;
    return {};
  }

  template <std::size_t J>
  static constexpr error not_finite(std::size_t sample, std::size_t element, T value) {
    return {.kind = error_kind::not_finite,
            .name = argument<J>.name,
            .sample = sample,
            .element = element,
            .value = static_cast<double>(value)};
  }

  template <std::size_t J>
  constexpr bool check_argument(std::size_t& samples, error& wrong) const {
    auto const& d = std::get<J>(data_);
    if constexpr (!layout::is_per_sample(layout::bound[J])) {
      if (d.count != d.elements.size()) {
        wrong = error{.kind = error_kind::wrong_length,
                      .name = argument<J>.name,
                      .expected = static_cast<std::int64_t>(d.elements.size()),
                      .actual = static_cast<std::int64_t>(d.count)};
        return false;
      }
      std::size_t const bad = find_not_finite(d.elements.data(), d.elements.size());
      if (bad == d.elements.size()) return true;
      wrong = not_finite<J>(no_position, d.elements.size() == 1 ? no_position : bad,
                            d.elements[bad]);
      return false;
    } else {
      constexpr std::size_t each = elements<J>;
      bool const whole = d.count % each == 0;
      if (whole && samples == no_position) samples = d.count / each;
      if (!whole || d.count != samples * each) {
        wrong = error{.kind = whole ? error_kind::wrong_length : error_kind::incomplete_sample,
                      .name = argument<J>.name,
                      .expected = static_cast<std::int64_t>(whole ? samples * each : each),
                      .actual = static_cast<std::int64_t>(d.count)};
        return false;
      }
      if constexpr (data_at<J>::is_scaled) {
        // then every product with an integer is finite; others are looked at one by one
        T const largest = std::is_integral_v<element_at<J>>
                              ? static_cast<T>(std::numeric_limits<element_at<J>>::max())
                              : T(1);
        if (!math::isfinite(d.factor * largest)) {
          wrong = not_finite<J>(no_position, no_position, d.factor);
          return false;
        }
      }
      return true;
    }
  }

  constexpr bool check_selection(std::size_t& total, error& wrong) const {
    auto const indices = selection_->indices;
    wrong = error{.kind = error_kind::empty_input, .name = "samples"};
    if (indices.empty()) return false;
    for (std::size_t i = 0; i < indices.size(); ++i)
      if (indices[i] >= total) {
        wrong.kind = error_kind::index_out_of_range;
        wrong.element = i;
        wrong.expected = static_cast<std::int64_t>(total);
        wrong.actual = static_cast<std::int64_t>(indices[i]);
        return false;
      }
    total = indices.size();
    return true;
  }

  template <std::size_t J>
  constexpr bool stage_argument(tile_range t, T const*& pointer, T* own, error& wrong) const {
    if constexpr (!layout::is_per_sample(layout::bound[J])) {
      pointer = std::get<J>(data_).elements.data();
      return true;
    } else {
      if constexpr (is_in_place<J>)
        if (selection_ == nullptr && t.used == layout::tile)
          return read_in_place<J>(t.first, pointer, wrong);
      pointer = own;
      if constexpr (argument<J>.kind == role_of_leaf::label)
        if (selection_ == nullptr && t.used == layout::tile && copy_labels<J>(t.first, own))
          return true;
      for (std::size_t s = 0; s < layout::tile; ++s) {
        std::size_t const chosen = t.first + (s < t.used ? s : t.used - 1);
        std::size_t const sample = selection_ == nullptr ? chosen : selection_->indices[chosen];
        if (!copy<J>(sample, own + s * elements<J>, wrong)) return false;
      }
      return true;
    }
  }

  template <std::size_t J>
  constexpr bool read_in_place(std::size_t first, T const*& pointer, error& wrong) const {
    constexpr std::size_t count = layout::tile * elements<J>;
    pointer = std::get<J>(data_).elements + first * elements<J>;
    std::size_t const bad = find_not_finite(pointer, count);
    if (bad == count) return true;
    wrong = not_finite<J>(first + bad / elements<J>,
                          elements<J> == 1 ? no_position : bad % elements<J>, pointer[bad]);
    return false;
  }

  /// A full tile of labels without a branch for each of them. False: one is out of range, and
  /// `copy` finds it.
  template <std::size_t J>
  constexpr bool copy_labels(std::size_t first, T* to) const {
    // a negative label is larger than any other when it is taken for unsigned
    using unsigned_integer = std::make_unsigned_t<decltype(+element_at<J>())>;
    element_at<J> const* const from = std::get<J>(data_).elements + first;
    unsigned_integer largest = 0;
    for (std::size_t s = 0; s < layout::tile; ++s) {
      auto const label = static_cast<unsigned_integer>(from[s]);
      largest = label > largest ? label : largest;
      to[s] = static_cast<T>(from[s]);
    }
    return std::cmp_less(largest, argument<J>.classes);
  }

  /// Copies one sample of the caller's data.
  template <std::size_t J>
  constexpr bool copy(std::size_t sample, T* to, error& wrong) const {
    auto const& d = std::get<J>(data_);
    auto const* const from = d.elements + sample * elements<J>;
    if constexpr (argument<J>.kind == role_of_leaf::label) {
      auto const label = static_cast<std::int64_t>(*from);
      if (label < 0 || label >= argument<J>.classes) {
        wrong = error{.kind = error_kind::label_out_of_range,
                      .name = argument<J>.name,
                      .sample = sample,
                      .expected = argument<J>.classes,
                      .actual = label};
        return false;
      }
      *to = static_cast<T>(label);
    } else {
      for (std::size_t e = 0; e < elements<J>; ++e) {
        to[e] = static_cast<T>(from[e]);
        if constexpr (data_at<J>::is_scaled) to[e] *= d.factor;
      }
      if constexpr (std::is_floating_point_v<element_at<J>>) {
        std::size_t const bad = find_not_finite(to, elements<J>);
        if (bad != elements<J>) {
          wrong = not_finite<J>(sample, elements<J> == 1 ? no_position : bad, to[bad]);
          return false;
        }
      }
    }
    return true;
  }

  Data const& data_;
  T const* numbers_;
  selected_samples const* selection_;
};

}  // namespace ramp::detail
