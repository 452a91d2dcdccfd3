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

#include <ramp/core/result.hpp>
#include <ramp/function/sample_program.hpp>
#include <ramp/function/samples.hpp>

namespace ramp::detail {

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
      if (!check_label(*from, argument<J>, wrong)) {
        wrong.sample = sample;
        return false;
      }
      *to = static_cast<T>(*from);
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
