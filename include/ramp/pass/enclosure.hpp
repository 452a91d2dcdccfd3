// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>

#include <ramp/pass/determinant_enclosure.hpp>

namespace ramp::pass {

/// What needs to know more than the operands of a node: ties between several, and sums of what is
/// shared at a tie, of which one term counts, or a mean of them.
struct enclosure : determinant_enclosure {
  list<bounds> const* known = nullptr;  // of every node before
  list<char> const* varying = nullptr;  // which of them vary

  template <class Reduction>
  [[nodiscard]] constexpr value folded(value const& v) const {
    kink_policy const own =
        op::follows_policy<Reduction> ? standard_policy::value : kink_policy{};
    return ir::reduce_to<Reduction>(v, axis_map::identity(at->rank), at->rank, own);
  }

 private:
  /// Whether operand k is node `n` as it is, so that both have one iteration space.
  [[nodiscard]] constexpr bool is_in_place(std::size_t k, node const& n) const {
    return n.rank == n.iteration.rank && n.iteration == at->iteration &&
           at->map[k] == axis_map::identity(n.rank);
  }
  /// Operand k of another node in place.
  [[nodiscard]] constexpr bounds of_operand(node const& n, std::size_t k) const {
    bounds const& b = (*known)[n.operand[k]];
    auto const seen = [&](value const& v) {
      return value{owner, v.index, (*owner)[v.index].rank == 0 ? axis_map{} : n.map[k],
                   n.iteration};
    };
    return {seen(b.lower), seen(b.upper)};
  }
  [[nodiscard]] constexpr bounds condition_of(node const& n) const {
    return truth_of(of_operand(n, 0), n.operand[0], (*varying)[n.operand[0]] != 0);
  }
  [[nodiscard]] static constexpr bool shares_any(node const& n) {
    return n.is(code<op::share>) && std::bit_cast<std::uint64_t>(n.value) ==
                                        std::bit_cast<std::uint64_t>(any_weight);
  }
  /// Whether operand `whole` of a node is the extreme of its operand `part`.
  template <class Extreme>
  [[nodiscard]] constexpr bool is_extreme(node const& n, std::size_t whole,
                                          std::size_t part) const {
    node const& w = (*owner)[n.operand[whole]];
    return w.is(code<Extreme>) && w.operand[0] == n.operand[part] && w.map[0] == n.map[part] &&
           w.iteration == n.iteration;
  }

  /// Operand `whole`, but where it is the extreme over the elements of operand `part`, for each of
  /// them the extreme over the others.
  template <class Extreme>
  [[nodiscard]] constexpr value of_others(std::size_t whole, std::size_t part,
                                             value const& end) const {
    if (!is_extreme<Extreme>(*at, whole, part)) return end;
    node const w = (*owner)[at->operand[whole]];
    bool const is_maximum = code<Extreme> == code<op::reduce_max>;
    value const each = is_maximum ? x[part].upper : x[part].lower;
    value const outside = constant(Extreme::template identity<double>);
    auto const extreme = [&](value const& v) {
      value const one = ir::reduce_to<Extreme>(v, axis_map::identity(w.rank), w.rank,
                                               standard_policy::value);
      return ir::widened(one, at->iteration);
    };
    value const first = extreme(each);
    value const is_first = apply<op::equal>(each, first);
    value const second = extreme(apply<op::where>(is_first, outside, each));
    value const count = ir::widened(
        ir::reduce_to<op::sum>(is_first, axis_map::identity(w.rank), w.rank), at->iteration);
    value const alone = apply<op::logical_and>(is_first, apply<op::less>(count, constant(1.5)));
    return apply<op::where>(alone, second, first);
  }

 public:
  /// Where operand a is ahead of operand b, as the sign of an interval.
  [[nodiscard]] constexpr bounds lead(std::size_t a, std::size_t b) const {
    value const behind = of_others<op::reduce_max>(b, a, x[b].upper);
    value const ahead = of_others<op::reduce_min>(a, b, x[a].lower);
    return {ahead - behind, x[a].upper - x[b].lower};
  }

  /// The sum of two operands. Where they are what a tie, or a condition, gives to either side, one
  /// of them.
  [[nodiscard]] constexpr bounds sum() const {
    node const p = (*owner)[at->operand[0]];  // copies: nodes move when more are made
    node const q = (*owner)[at->operand[1]];
    bool const in_place = is_in_place(0, p) && is_in_place(1, q);
    if (in_place && shares_any(p) && shares_any(q) && p.operand[1] == q.operand[2] &&
        p.operand[2] == q.operand[1] && p.map[1] == q.map[2] && p.map[2] == q.map[1]) {
      bounds const a = of_operand(p, 1);
      bounds const b = of_operand(p, 2);
      return either_side(of_operand(p, 0), of_operand(q, 0),
                         {a.lower - b.upper, a.upper - b.lower});
    }
    bool const branches = in_place && p.is(code<op::where>) && q.is(code<op::where>) &&
                          p.operand[0] == q.operand[0] && p.map[0] == q.map[0];
    if (branches && owner->is_constant(p.operand[2], 0.0) && owner->is_constant(q.operand[1], 0.0))
      return chosen(condition_of(p), of_operand(p, 1), of_operand(q, 2));
    if (branches && owner->is_constant(p.operand[1], 0.0) && owner->is_constant(q.operand[2], 0.0))
      return chosen(condition_of(p), of_operand(q, 1), of_operand(p, 2));
    return x[0] + x[1];
  }

  // Reductions and products.

  [[nodiscard]] constexpr double terms() const {
    double count = 1.0;
    for (int d = at->rank; d < at->iteration.rank; ++d) count *= at->extent(d);
    return count;
  }
  /// The sum of operand 0, in any order: the error is at most half a unit for each term, of the
  /// sum of absolute values.
  [[nodiscard]] constexpr bounds summed() const {
    if (bounds const mean = mean_of_shares(); !mean.lower.absent()) return mean;
    auto const end = [&](value const& side, double units) {
      value const size = folded<op::sum>(apply<op::abs>(side));
      return detail::internal<op::outward>(units * terms(), folded<op::sum>(side), size,
                                           constant(0.0));
    };
    return {end(x[0].lower, -1.0), end(x[0].upper, 1.0)};
  }
  /// The same for the sums along an axis that a scan keeps.
  [[nodiscard]] constexpr bounds summed_along() const {
    auto const scanned = [&](value const& v) {
      node n = *at;
      ir::replace_operand(*owner, n, 0, ir::materialized(v), at->iteration);
      return ir::value_of(*owner, owner->insert(n));
    };
    auto const end = [&](value const& v, double units) {
      return detail::internal<op::outward>(units * at->extent(at->attribute[0]), scanned(v),
                                           scanned(apply<op::abs>(v)), constant(0.0));
    };
    return {end(own(0).lower, -1.0), end(own(0).upper, 1.0)};
  }
  /// The product of the elements of operand 0.
  [[nodiscard]] constexpr bounds multiplied() const {
    return multiplied_along({detail::flattened(x[0].lower, at->rank),
                             detail::flattened(x[0].upper, at->rank)});
  }
  /// Where what is summed is what elements share that tie for their extreme: the hull of what those
  /// get that may be it. Absent otherwise.
  [[nodiscard]] constexpr bounds mean_of_shares() const {
    node const p = (*owner)[at->operand[0]];
    if (!shares_any(p) || !is_in_place(0, p)) return {};
    bool const maximum = is_extreme<op::reduce_max>(p, 2, 1);
    if (!maximum && !is_extreme<op::reduce_min>(p, 1, 2)) return {};
    if ((*owner)[p.operand[maximum ? 2 : 1]].rank != at->rank) return {};
    bounds const got = of_operand(p, 0);
    value const behind = apply<op::less>(of_operand(p, 1).upper, of_operand(p, 2).lower);
    double const infinity = std::numeric_limits<double>::infinity();
    value const lower =
        folded<op::reduce_min>(apply<op::where>(behind, constant(infinity), got.lower));
    value const upper =
        folded<op::reduce_max>(apply<op::where>(behind, constant(-infinity), got.upper));
    // NaN if the extreme is
    value const& end = (*known)[p.operand[maximum ? 2 : 1]].lower;
    value const whole{owner, end.index, axis_map::identity((*owner)[end.index].rank), lower.space};
    value const is_number = apply<op::equal>(whole, whole);
    return {apply<op::where>(is_number, lower, whole), apply<op::where>(is_number, upper, whole)};
  }
  /// The sum of products of the node. One factor is taken apart, middle and radius, which widens
  /// nothing if it is a number or nearly so; else an end of a term by twice the product of the two
  /// radii at most. Everything where an end is infinite, or products overflow: 0 times infinity.
  [[nodiscard]] constexpr bounds sum_of_products() const {
    // what is known best: a number, or what was computed first
    bool const second =
        !x[0].is_number() && (x[1].is_number() || at->operand[1] < at->operand[0]);
    auto const product = [&](value const& a, value const& b) {
      return second ? contracted(b, a) : contracted(a, b);
    };
    bounds const thin = own(second ? 1 : 0);
    bounds const other = own(second ? 0 : 1);
    value const middle = thin.is_number() ? thin.lower : middle_of(thin);
    value const size = detail::magnitude(other).upper;
    value const middle_size = apply<op::abs>(middle);
    bounds total;
    value error = product(middle_size, size);
    if (other.is_number()) {
      total.lower = total.upper = product(middle, other.lower);
    } else {
      value const rising = apply<op::relu>(middle);
      value const falling = detail::smaller(middle, constant(0.0));
      total.lower = product(rising, other.lower) + product(falling, other.upper);
      total.upper = product(rising, other.upper) + product(falling, other.lower);
    }
    if (!thin.is_number()) {
      value const spread = product(radius_of(thin, middle), size);
      error = error + spread;
      total.lower = total.lower - spread;
      total.upper = total.upper + spread;
    }
    // half a unit for each product and each sum, in any order, and what has been added here
    double const units = terms() + 4.0;
    return chosen(finite(error),
                  {detail::internal<op::outward>(-units, total.lower, error, constant(1.0)),
                   detail::internal<op::outward>(units, total.upper, error, constant(1.0))},
                  everything());
  }

  /// The node's contraction of others, which lie in its operands' own spaces.
  [[nodiscard]] constexpr value contracted(value const& a, value const& b) const {
    node n = *at;
    int const operands[] = {a.index, b.index};
    for (std::size_t k = 0; k < 2; ++k) {
      n.operand[k] = operands[k];
      if ((*owner)[operands[k]].rank == 0) n.map[k] = {};
    }
    return ir::value_of(*owner, owner->insert(n));
  }
  /// Operand k in its own space.
  [[nodiscard]] constexpr bounds own(std::size_t k) const {
    return {ir::value_of(*owner, x[k].lower.index), ir::value_of(*owner, x[k].upper.index)};
  }
};

}  // namespace ramp::pass
