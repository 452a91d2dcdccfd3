// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include <ramp/core/fixed_string.hpp>
#include <ramp/expr/call.hpp>

namespace ramp::detail {

/// The indices of one tensor, by letter.
struct index_list {
  small_array<char, max_dimensions> letter{};
  int count = 0;

  [[nodiscard]] constexpr int find(char c) const {
    for (int i = 0; i < count; ++i)
      if (letter[i] == c) return i;
    return -1;
  }
  [[nodiscard]] constexpr bool has(char c) const { return find(c) >= 0; }
  constexpr void add(char c) { letter[count++] = c; }
};

/// What the text of an einsum says.
struct index_notation {
  static constexpr int most_operands = 4;

  std::array<index_list, most_operands> operand{};
  index_list result;
  int operands = 1;
  int fault = -1;           // position of a character that cannot stand there
  char not_in_operand = 0;  // an index of the result that no operand has
  char twice_in_result = 0;
  index_list all;           // the different indices

  constexpr explicit index_notation(std::string_view text) {
    index_list* now = operand.data();
    bool has_result = false;
    for (std::size_t i = 0; i < text.size() && fault < 0; ++i) {
      char const c = text[i];
      bool const is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (c == ' ') continue;
      if (is_letter && now->count < max_rank) {
        now->add(c);
      } else if (c == ',' && !has_result && operands < most_operands) {
        now = &operand[static_cast<std::size_t>(operands++)];
      } else if (c == '-' && !has_result && i + 1 < text.size() && text[i + 1] == '>') {
        has_result = true;
        now = &result;
        ++i;
      } else {
        fault = static_cast<int>(i);
      }
    }
    if (fault >= 0) return;
    for (int k = 0; k < operands; ++k)
      for (int i = 0; i < of(k).count; ++i)
        if (!all.has(of(k).letter[i])) {
          if (all.count == max_dimensions) return;
          all.add(of(k).letter[i]);
        }
    if (!has_result) imply_result();
    for (int i = 0; i < result.count; ++i) {
      if (!all.has(result.letter[i])) not_in_operand = result.letter[i];
      if (result.find(result.letter[i]) < i) twice_in_result = result.letter[i];
    }
  }

  [[nodiscard]] constexpr index_list const& of(int k) const {
    return operand[static_cast<std::size_t>(k)];
  }

 private:
  /// Without an arrow: the indices that stand once, in the order of the alphabet.
  constexpr void imply_result() {
    for (int c = 'A'; c <= 'z' && result.count < max_dimensions; ++c) {
      int uses = 0;
      for (int k = 0; k < operands; ++k)
        for (int i = 0; i < of(k).count; ++i) uses += of(k).letter[i] == c ? 1 : 0;
      if (uses == 1) result.add(static_cast<char>(c));
    }
  }
};

/// The first index that stands for two extents.
struct extent_clash {
  char letter = 0;
  int first = 0, second = 0;
};

template <std::size_t N>
constexpr bool fits_ranks(index_notation const& notation, std::array<shape, N> const& shapes) {
  bool fits = static_cast<int>(N) == notation.operands;
  for (std::size_t k = 0; k < N; ++k) fits = fits && shapes[k].rank == notation.operand[k].count;
  return fits;
}

template <std::size_t N>
constexpr extent_clash find_clash(index_notation const& notation,
                                  std::array<shape, N> const& shapes) {
  index_list seen;
  small_array<int, max_dimensions> extent{};
  for (std::size_t k = 0; k < N; ++k)
    for (int d = 0; d < shapes[k].rank; ++d) {
      char const c = notation.operand[k].letter[d];
      int const known = seen.find(c);
      if (known >= 0 && extent[known] != shapes[k][d]) return {c, extent[known], shapes[k][d]};
      if (known >= 0) continue;
      extent[seen.count] = shapes[k][d];
      seen.add(c);
    }
  return {};
}

template <fixed_string Text>
inline constexpr index_notation notation_of{Text.view()};

template <fixed_string Text, int Position>
inline constexpr bool can_be_read = Position < 0;
template <fixed_string Text, int Indices>
inline constexpr bool few_indices = Indices <= 6;
template <fixed_string Text, int Named, int Given>
inline constexpr bool names_operands = Named == Given;
template <fixed_string Text, char Index>
inline constexpr bool is_in_operand = Index == 0;
template <fixed_string Text, char Index>
inline constexpr bool is_once_in_result = Index == 0;
template <fixed_string Text, int Dimensions>
inline constexpr bool result_has_room = Dimensions <= max_rank;
template <fixed_string Text, int Operand, int Indices, int Dimensions, class... As>
inline constexpr bool names_dimensions = Indices == Dimensions;
template <fixed_string Text, char Index, int First, int Second, class... As>
inline constexpr bool has_one_extent = First == Second;

template <fixed_string Text, int Position>
constexpr auto require_readable() {
  static_assert(can_be_read<Text, Position>,
                "ramp: einsum<\"ij,jk->ik\">(a, b) takes up to 4 letters for the axes of each of "
                "up to 4 operands, with commas between, and those of the result after ->; the "
                "number is the position, from 0, of a character that cannot stand there");
}
template <fixed_string Text, int Indices>
constexpr auto require_few_indices() {
  static_assert(few_indices<Text, Indices>,
                "ramp: einsum<...> takes up to 6 different indices; the number is how many there "
                "are. Use several products");
}
template <fixed_string Text, char Index>
constexpr auto require_known_index() {
  static_assert(is_in_operand<Text, Index>,
                "ramp: the result of einsum<...> has an index that no operand has, which stands "
                "beside the text");
}
template <fixed_string Text, char Index>
constexpr auto require_single_index() {
  static_assert(is_once_in_result<Text, Index>,
                "ramp: the result of einsum<...> has an index twice, which stands beside the text. "
                "diagonal_matrix(v) makes a matrix of a vector");
}
template <fixed_string Text, int Dimensions>
constexpr auto require_room_in_result() {
  static_assert(result_has_room<Text, Dimensions>,
                "ramp: the result of einsum<...> has at most 4 indices; the number is how many "
                "there are. Without -> it has those that stand once");
}
template <fixed_string Text, int Named, int Given>
constexpr auto require_operand_count() {
  static_assert(names_operands<Text, Named, Given>,
                "ramp: einsum<...> is called with as many operands as it has indices for, between "
                "commas; these are the two numbers");
}

/// The first operand with more or fewer dimensions than indices, else the first operand.
template <fixed_string Text, class... As>
constexpr int odd_operand() {
  int const dimensions[] = {As::shape_of.rank...};
  for (int k = 0; k < static_cast<int>(sizeof...(As)); ++k)
    if (dimensions[k] != notation_of<Text>.of(k).count) return k;
  return 0;
}
template <fixed_string Text, class... As, int Operand = odd_operand<Text, As...>(),
          int Indices = notation_of<Text>.of(Operand).count,
          int Dimensions = std::array{As::shape_of.rank...}[Operand]>
constexpr auto require_ranks() {
  static_assert(names_dimensions<Text, Operand, Indices, Dimensions, As...>,
                "ramp: einsum<...> has one index for each dimension of an operand; the three "
                "numbers are which operand, from 0, its indices and its dimensions");
}

template <fixed_string Text, class... As>
constexpr extent_clash clash_among() {
  std::array<shape, sizeof...(As)> const shapes{As::shape_of...};
  return fits_ranks(notation_of<Text>, shapes) ? find_clash(notation_of<Text>, shapes)
                                               : extent_clash{};
}
template <fixed_string Text, class... As, char Index = clash_among<Text, As...>().letter,
          int First = clash_among<Text, As...>().first,
          int Second = clash_among<Text, As...>().second>
constexpr auto require_index_extents() {
  static_assert(has_one_extent<Text, Index, First, Second, As...>,
                "ramp: an index of einsum<...> stands for dimensions of one extent; the index and "
                "two extents that it has are beside its text");
}

}  // namespace ramp::detail
