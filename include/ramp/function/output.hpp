// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

#include <ramp/expr/leaf.hpp>
#include <ramp/function/source.hpp>
#include <ramp/function/tensor.hpp>

// What results are to the caller, and where they go.

namespace ramp {

/// Where a result goes that the caller has memory for: `f(x = 0.3, output = span)`, and for several
/// results `output_at<1> = span`.
template <int Index>
struct output_place {
  static constexpr int index = Index;

  template <class Memory>
  [[nodiscard]] constexpr binding<output_place, Memory> operator=(Memory&& memory) const {
    return {std::forward<Memory>(memory)};
  }
};
template <int Index>
inline constexpr output_place<Index> output_at{};
inline constexpr output_place<0> output{};

namespace detail {

template <class T>
inline constexpr int output_index = -1;
template <int Index, class Memory>
inline constexpr int output_index<binding<output_place<Index>, Memory>> = Index;

template <class Binding>
inline constexpr bool is_output = output_index<Binding> >= 0;

template <class T, class Source, std::size_t I, std::size_t... D>
constexpr auto result_type(std::index_sequence<D...>) {
  if constexpr (sizeof...(D) == 0) return std::type_identity<T>{};
  else
    return std::type_identity<
        tensor<T, program_of<Source>.roots[I].extents[static_cast<int>(D)]...>>{};
}
/// What root I of a program is to its caller: a number or a tensor.
template <class T, class Source, std::size_t I>
using result_of = typename decltype(result_type<T, Source, I>(
    std::make_index_sequence<static_cast<std::size_t>(
        program_of<Source>.roots[I].extents.rank)>{}))::type;

/// What a result is written to where `output = memory` is bound: a type of elements, void where
/// there are none.
template <class Memory>
constexpr auto find_written_element() {
  using held = std::remove_reference_t<Memory>;
  // a call sees its bindings as constants, but not what they refer to
  using seen = std::conditional_t<std::is_reference_v<Memory>, held, held const>;
  if constexpr (std::is_arithmetic_v<held>) return std::type_identity<seen>{};
  else if constexpr (std::is_array_v<held>) return std::type_identity<std::remove_extent_t<seen>>{};
  else if constexpr (requires(seen& m) { m.data()[0], m.size(); })
    return std::type_identity<std::remove_reference_t<decltype(std::declval<seen&>().data()[0])>>{};
  else return std::type_identity<void>{};
}
template <class Binding>
using written_element =
    typename decltype(find_written_element<decltype(Binding::value)>())::type;

/// The first element of memory that results are written to.
template <class Memory>
constexpr auto* first_written(Memory& memory) {
  if constexpr (std::is_arithmetic_v<Memory>) return &memory;
  else if constexpr (std::is_array_v<Memory>) return &memory[0];
  else return memory.data();
}
template <class Memory>
constexpr std::size_t count_written(Memory const& memory) {
  if constexpr (std::is_arithmetic_v<Memory>) return 1;
  else if constexpr (std::is_array_v<Memory>) return std::extent_v<Memory>;
  else return memory.size();
}

template <class Element, class T>
inline constexpr bool takes_results_of = std::is_same_v<Element, T>;
template <class Element>
inline constexpr bool takes_results =
    std::is_floating_point_v<Element> && !std::is_const_v<Element>;

}  // namespace detail
}  // namespace ramp
