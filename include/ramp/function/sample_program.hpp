// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <ramp/core/result.hpp>
#include <ramp/expr/bind.hpp>
#include <ramp/function/model.hpp>
#include <ramp/function/samples.hpp>
#include <ramp/function/training_source.hpp>
#include <ramp/ir/evaluate.hpp>

// What training steps and predictions share: how the samples of a call reach a program that works
// on tiles of a fixed number of them.

namespace ramp::detail {

/// Which arguments of a planned program are what, and where their staged copies lie.
template <class Program>
struct sample_layout {
  static constexpr auto const& plan = Program::plan;
  static constexpr std::size_t count = plan.arguments.size();

  static constexpr bool is_per_sample(std::size_t i) {
    return pass::is_per_sample(plan.arguments[i]);
  }
  static constexpr bool is_weight(std::size_t i) {
    return plan.arguments[i].name == pass::sample_weight_name;
  }
  static constexpr bool in_state(std::size_t i) {
    return plan.arguments[i].kind == role_of_leaf::parameter ||
           plan.arguments[i].kind == role_of_leaf::state;
  }
  /// Elements of one sample.
  static constexpr std::size_t elements(std::size_t i) {
    return static_cast<std::size_t>(plan.arguments[i].extents.elements() / Program::tile);
  }
  static constexpr auto offsets = [] {
    std::array<std::size_t, count + 1> at{};
    constexpr std::size_t line = pass::panel_bytes / sizeof(typename Program::value_type);
    for (std::size_t i = 0; i < count; ++i) {
      std::size_t const size =
          is_per_sample(i) ? elements(i) * static_cast<std::size_t>(Program::tile) : 1;
      bool const staged = !in_state(i);
      at[i + 1] = at[i] + (staged ? (size + line - 1) / line * line : 0);
    }
    return at;
  }();
};

/// Scratch memory of a program over samples: intermediate values, sums that go on from tile to
/// tile, and room for one tile of samples that cannot be read where they are. No call leaves
/// anything in it that another one reads.
template <class Program>
struct sample_workspace {
  using T = typename Program::value_type;
  alignas(pass::panel_bytes)
      std::array<T, static_cast<std::size_t>(Program::plan.arena_elements)> arena{};
  alignas(pass::panel_bytes)
      std::array<T, sample_layout<Program>::offsets[sample_layout<Program>::count]> staged{};
};

/// One tile of a call: samples [first, first + used) of `total`.
struct tile_range {
  std::size_t first, used, total;
};

/// Feeds the samples of a call to a program, tile by tile. Reads the caller's memory in place where
/// it can: element type T, no scale, no selection, a full tile. Copies one tile otherwise, and then
/// repeats the last sample up to the full tile, with weight 0.
template <class Program, class Data>
class sample_feeder {
 public:
  using T = typename Program::value_type;
  using layout = sample_layout<Program>;

  /// Data: a std::tuple with, for each argument, sample_data, a scalar, or std::monostate-like
  /// nothing.
  constexpr sample_feeder(Data const& data, selected_samples const* selection)
      : data_(data), selection_(selection) {}

  /// Checks lengths and selection; false: `wrong` says what does not fit.
  constexpr bool count_samples(std::size_t& total, error& wrong) const {
    std::size_t given = no_position;
    bool fine = true;
    for_each([&]<std::size_t I>(std::integral_constant<std::size_t, I>) {
      if constexpr (is_bound<I>) {
        if (!fine) return;
        auto const& d = std::get<I>(data_);
        constexpr std::size_t elements = layout::elements(I);
        auto const actual = static_cast<std::int64_t>(d.count);
        if (d.count % elements != 0) {
          wrong = error{.kind = error_kind::incomplete_sample,
                        .name = name<I>(),
                        .expected = static_cast<std::int64_t>(elements),
                        .actual = actual};
          fine = false;
        } else if (given == no_position) {
          given = d.count / elements;
        } else if (d.count / elements != given) {
          wrong = error{.kind = error_kind::wrong_length,
                        .name = name<I>(),
                        .expected = static_cast<std::int64_t>(given * elements),
                        .actual = actual};
          fine = false;
        }
      }
    });
    if (!fine) return false;
    total = given == no_position ? 0 : given;
    if (selection_ != nullptr) {
      auto const indices = selection_->indices;
      for (std::size_t i = 0; i < indices.size(); ++i)
        if (indices[i] >= total) {
          wrong = error{.kind = error_kind::index_out_of_range,
                        .name = "samples",
                        .element = i,
                        .expected = static_cast<std::int64_t>(total),
                        .actual = static_cast<std::int64_t>(indices[i])};
          return false;
        }
      total = indices.size();
    }
    if (total == 0) {
      wrong = error{.kind = error_kind::empty_input};
      return false;
    }
    return true;
  }

  /// Pointers to the arguments for one tile; false: a label or number is out of range.
  constexpr bool stage(tile_range t, std::array<T const*, layout::count + 1>& pointers, T* staged,
                       error& wrong) const {
    bool fine = true;
    for_each([&]<std::size_t I>(std::integral_constant<std::size_t, I>) {
      if (!fine) return;
      T* const own = staged + layout::offsets[I];
      constexpr auto tile = static_cast<std::size_t>(Program::tile);
      if constexpr (layout::is_weight(I)) {
        T const weight = T(1) / static_cast<T>(t.total);
        for (std::size_t s = 0; s < tile; ++s) own[s] = s < t.used ? weight : T(0);
        pointers[I] = own;
      } else if constexpr (is_bound<I>) {
        if constexpr (Program::plan.arguments[I].kind == role_of_leaf::label)
          fine = stage_labels<I>(t, own, wrong);
        else if (readable_in_place<I>(t))
          fine = check_in_place<I>(t, pointers[I], wrong);
        else
          fine = copy<I>(t, own, wrong);
        if (pointers[I] == nullptr || !readable_in_place<I>(t)) pointers[I] = own;
      } else if constexpr (!layout::in_state(I)) {
        pointers[I] = scalar<I>(own);
      }
    });
    return fine;
  }

 private:
  template <std::size_t I>
  static constexpr bool is_bound = layout::is_per_sample(I) && !layout::is_weight(I);

  template <std::size_t I>
  static constexpr std::string_view name() {
    return Program::plan.arguments[I].name;
  }

  template <class F>
  static constexpr void for_each(F&& f) {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (f(std::integral_constant<std::size_t, I>{}), ...);
    }(std::make_index_sequence<layout::count>{});
  }

  /// Number of a sample in the caller's data.
  [[nodiscard]] constexpr std::size_t source(std::size_t sample) const {
    return selection_ == nullptr ? sample : selection_->indices[sample];
  }

  template <std::size_t I>
  [[nodiscard]] constexpr bool readable_in_place(tile_range t) const {
    using data = std::remove_cvref_t<decltype(std::get<I>(data_))>;
    if constexpr (!std::is_same_v<data, sample_data<T, T>> ||
                  Program::plan.arguments[I].kind == role_of_leaf::label)
      return false;
    else
      return selection_ == nullptr && t.used == static_cast<std::size_t>(Program::tile);
  }

  template <std::size_t I>
  constexpr bool check_in_place(tile_range t, T const*& pointer, error& wrong) const {
    using data = std::remove_cvref_t<decltype(std::get<I>(data_))>;
    if constexpr (std::is_same_v<data, sample_data<T, T>>) {
      constexpr std::size_t elements = layout::elements(I);
      pointer = std::get<I>(data_).elements + t.first * elements;
      std::size_t const bad = find_not_finite(pointer, t.used * elements);
      if (bad == t.used * elements) return true;
      wrong = not_finite<I>(t.first + bad / elements, bad % elements, pointer[bad]);
      return false;
    } else {
      return true;
    }
  }

  template <std::size_t I>
  static constexpr error not_finite(std::size_t sample, std::size_t element, T value) {
    return {.kind = error_kind::not_finite,
            .name = name<I>(),
            .sample = sample,
            .element = layout::elements(I) == 1 ? no_position : element,
            .value = static_cast<double>(value)};
  }

  template <std::size_t I>
  constexpr bool copy(tile_range t, T* own, error& wrong) const {
    auto const& d = std::get<I>(data_);
    constexpr std::size_t elements = layout::elements(I);
    using element = std::remove_cvref_t<decltype(d.elements[0])>;
    for (std::size_t s = 0; s < static_cast<std::size_t>(Program::tile); ++s) {
      std::size_t const sample = source(t.first + (s < t.used ? s : t.used - 1));
      element const* const from = d.elements + sample * elements;
      T* const to = own + s * elements;
      for (std::size_t e = 0; e < elements; ++e) {
        to[e] = static_cast<T>(from[e]);
        if constexpr (std::remove_cvref_t<decltype(d)>::is_scaled) to[e] *= d.factor;
      }
      if constexpr (std::is_floating_point_v<element>) {
        std::size_t const bad = find_not_finite(to, elements);
        if (bad != elements) {
          wrong = not_finite<I>(sample, bad, to[bad]);
          return false;
        }
      }
    }
    return true;
  }

  template <std::size_t I>
  constexpr bool stage_labels(tile_range t, T* own, error& wrong) const {
    auto const& d = std::get<I>(data_);
    using element = std::remove_cvref_t<decltype(d.elements[0])>;
    static_assert(std::is_integral_v<element>,
                  "ramp: class labels are integers of 8, 16, 32 or 64 bits");
    constexpr std::int64_t classes = Program::plan.arguments[I].classes;
    for (std::size_t s = 0; s < static_cast<std::size_t>(Program::tile); ++s) {
      std::size_t const sample = source(t.first + (s < t.used ? s : t.used - 1));
      auto const label = static_cast<std::int64_t>(d.elements[sample]);
      if (label < 0 || label >= classes) {
        wrong = error{.kind = error_kind::label_out_of_range,
                      .name = name<I>(),
                      .sample = sample,
                      .expected = classes,
                      .actual = label};
        return false;
      }
      own[s] = static_cast<T>(label);
    }
    return true;
  }

  template <std::size_t I>
  constexpr T const* scalar(T* own) const {
    using data = std::remove_cvref_t<decltype(std::get<I>(data_))>;
    if constexpr (std::is_pointer_v<data>) {
      return std::get<I>(data_);
    } else {
      *own = T(0);
      return own;
    }
  }

  Data const& data_;
  selected_samples const* selection_;
};

}  // namespace ramp::detail
