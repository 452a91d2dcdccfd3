// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <utility>

#include <ramp/core/fixed_string.hpp>
#include <ramp/expr/call.hpp>
#include <ramp/expr/index_notation.hpp>

namespace ramp {
namespace detail {

/// Two operands at a time become one, those first whose product has the fewest terms, and what no
/// later operand and not the result needs is summed at once: a matrix product stays one.
class einsum_builder {
 public:
  template <std::size_t N>
  constexpr einsum_builder(builder& owner, index_notation const& text,
                           std::array<value, N> const& operands)
      : b(owner), notation(text), count(static_cast<int>(N)) {
    for (int k = 0; k < count; ++k)
      terms[k] = {operands[static_cast<std::size_t>(k)], notation.of(k)};
  }

  constexpr value build() {
    for (int k = 0; k < count; ++k) take_diagonals(terms[k]);
    for (int k = 0; k < count; ++k) sum_own(k);
    while (count > 1) multiply_cheapest();
    std::array<int, max_rank> order{};
    for (int d = 0; d < notation.result.count; ++d)
      order[static_cast<std::size_t>(d)] = terms[0].indices.find(notation.result.letter[d]);
    return b.permuted(terms[0].v, order);
  }

 private:
  struct term {
    value v;
    index_list indices;
  };

  /// An index that stands twice in one operand: both dimensions, put first, are one of square size
  /// whose diagonal elements are equally far apart.
  constexpr void take_diagonals(term& t) {
    for (int second = 1; second < t.indices.count; ++second) {
      int const first = t.indices.find(t.indices.letter[second]);
      if (first == second) continue;
      std::array<int, max_rank> order{first, second};
      index_list kept;
      kept.add(t.indices.letter[second]);
      for (int d = 0, next = 2; d < t.indices.count; ++d) {
        if (d == first || d == second) continue;
        order[static_cast<std::size_t>(next++)] = d;
        kept.add(t.indices.letter[d]);
      }
      value const turned = b.permuted(t.v, order);
      int const size = turned.space[0];
      shape flat(size * size);
      for (int d = 2; d < turned.space.rank; ++d) flat = flat.appended(turned.space[d]);
      shape diagonal = flat;
      diagonal[0] = size;
      t.v = b.moved<op::slice>(std::array{b.reshaped(turned, flat)}, {0, 0, size + 1}, diagonal);
      t.indices = kept;
      second = 0;
    }
  }

  /// Whether an index is needed once the terms `i` and `j` are one.
  constexpr bool is_needed(char c, int i, int j) const {
    bool needed = notation.result.has(c);
    for (int k = 0; k < count; ++k)
      needed = needed || (k != i && k != j && terms[k].indices.has(c));
    return needed;
  }

  constexpr void sum_own(int k) {
    term& t = terms[k];
    unsigned folded = 0;
    index_list kept;
    for (int d = 0; d < t.indices.count; ++d) {
      if (is_needed(t.indices.letter[d], k, k)) kept.add(t.indices.letter[d]);
      else folded |= 1u << d;
    }
    if (folded != 0) t = {b.fold<op::sum>(t.v, folded), kept};
  }

  constexpr index_list joined(int i, int j) const {
    index_list both = terms[i].indices;
    for (int d = 0; d < terms[j].indices.count; ++d)
      if (!both.has(terms[j].indices.letter[d])) both.add(terms[j].indices.letter[d]);
    return both;
  }
  constexpr int extent_of(char c, int i, int j) const {
    int const d = terms[i].indices.find(c);
    return d >= 0 ? terms[i].v.space[d] : terms[j].v.space[terms[j].indices.find(c)];
  }

  constexpr void multiply_cheapest() {
    int left = 0;
    int right = 1;
    double least = -1.0;
    for (int i = 0; i < count; ++i)
      for (int j = i + 1; j < count; ++j) {
        index_list const both = joined(i, j);
        double size = 1.0;
        for (int d = 0; d < both.count; ++d) size *= extent_of(both.letter[d], i, j);
        if (least >= 0.0 && size >= least) continue;
        least = size;
        left = i;
        right = j;
      }
    multiply(left, right);
  }

  constexpr void multiply(int i, int j) {
    index_list const both = joined(i, j);
    // 1. the space of the product: what stays, in the order of the result if this is the last
    index_list space;
    if (count == 2) space = notation.result;
    else
      for (int d = 0; d < both.count; ++d)
        if (is_needed(both.letter[d], i, j)) space.add(both.letter[d]);
    int const kept = space.count;
    for (int d = 0; d < both.count; ++d)
      if (!space.has(both.letter[d])) space.add(both.letter[d]);
    shape extents;
    for (int d = 0; d < space.count; ++d)
      extents = extents.appended(extent_of(space.letter[d], i, j));
    // 2. both operands in it
    auto placed = [&](term const& t) {
      factor f{t.v, {}};
      for (int d = 0; d < t.indices.count; ++d)
        f.along[static_cast<std::size_t>(d)] = space.find(t.indices.letter[d]);
      return f;
    };
    value const made = b.product(placed(terms[i]), placed(terms[j]), extents, kept);
    space.count = kept;
    terms[i] = {made, space};
    for (int k = j + 1; k < count; ++k) terms[k - 1] = terms[k];
    --count;
  }

  builder& b;
  index_notation const& notation;
  int count;
  small_array<term, index_notation::most_operands> terms{};
};

template <fixed_string Text>
struct einsum_of {
  static constexpr index_notation const& notation = notation_of<Text>;

  template <class... Shapes>
  static constexpr bool accepts(Shapes const&... shapes) {
    std::array<shape, sizeof...(Shapes)> const all{shapes...};
    return fits_ranks(notation, all) && find_clash(notation, all).letter == 0;
  }
  template <class... Shapes>
  static constexpr shape result(Shapes const&... shapes) {
    shape s;
    if (!accepts(shapes...) || notation.not_in_operand != 0) return s;
    std::array<shape, sizeof...(Shapes)> const all{shapes...};
    for (int d = 0; d < notation.result.count; ++d)
      for (std::size_t k = 0; k < all.size(); ++k) {
        int const at = notation.operand[k].find(notation.result.letter[d]);
        if (at < 0) continue;
        s = s.appended(all[k][at]);
        break;
      }
    return s;
  }
  template <std::size_t N>
  static constexpr value build(builder& b, std::array<value, N> const& operands) {
    return einsum_builder(b, notation, operands).build();
  }
};

}  // namespace detail

/// A sum of products in the notation of Einstein: each letter is an index, those that the result
/// does not name are summed over. `einsum<"ij,jk->ik">(A, B)` is the matrix product, `"ij->ji"` a
/// transpose, `"ii->i"` a diagonal, `"bij,bjk->bik"` a product of many matrices. Without an arrow
/// the result has the indices that stand once, in alphabetical order. Blanks do not count.
/// Of 3 or 4 operands those two are multiplied first whose product is smallest. Elements off a
/// diagonal have no say.
template <fixed_string Text, operand... As>
constexpr auto einsum(As const&... as) {
  constexpr detail::index_notation const& n = detail::notation_of<Text>;
  detail::require_readable<Text, n.fault>();
  detail::require_few_indices<Text, n.all.count>();
  detail::require_known_index<Text, n.not_in_operand>();
  detail::require_single_index<Text, n.twice_in_result>();
  detail::require_room_in_result<Text, n.result.count>();
  detail::require_operand_count<Text, n.operands, static_cast<int>(sizeof...(As))>();
  if constexpr (n.operands == static_cast<int>(sizeof...(As)) && (expression<As> && ...)) {
    detail::require_ranks<Text, As...>();
    detail::require_index_extents<Text, As...>();
  }
  return detail::call<detail::einsum_of<Text>>(as...);
}

}  // namespace ramp
