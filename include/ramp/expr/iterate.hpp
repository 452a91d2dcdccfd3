// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <utility>

#include <boost/hana/basic_tuple.hpp>
#include <boost/hana/concept/foldable.hpp>
#include <boost/hana/ext/std/array.hpp>
#include <boost/hana/fold_left.hpp>
#include <boost/hana/functional/iterate.hpp>
#include <boost/hana/range.hpp>

#include <ramp/expr/call.hpp>

// Loops whose number of turns is known while the program is compiled, which unrolls them: each turn
// is an expression of its own, so this is for tens of turns, and `trace` for hundreds.

namespace ramp {
namespace detail {

/// What can be folded, as a Hana sequence.
template <class Range>
constexpr auto const& foldable(Range const& range) {
  return range;
}
template <class... Es>
constexpr auto foldable(expressions<Es...> const& range) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    return boost::hana::make_basic_tuple(get<I>(range)...);
  }(std::index_sequence_for<Es...>{});
}

template <class Range>
inline constexpr bool can_be_folded = is_expressions<Range> || boost::hana::Foldable<Range>::value;

template <class Range>
constexpr auto require_range() {
  static_assert(can_be_folded<Range>,
                "ramp: fold(range, start, f) takes several expressions, as split, outputs and a "
                "gradient by several names return them, or a Hana tuple or range");
}

}  // namespace detail

/// f(f(... f(x))), `Count` times: `iterate<5>([](auto x) { return cos(x); }, x)`.
template <int Count, class Function, class X>
constexpr auto iterate(Function const& f, X const& x) {
  static_assert(Count >= 0, "ramp: iterate<count>(f, x) applies f count times, 0 or more");
  return boost::hana::iterate<static_cast<std::size_t>(Count < 0 ? 0 : Count)>(f, x);
}

/// f(... f(f(start, range[0]), range[1]) ...): a loop over expressions,
/// `fold(split<4>(x), 0.0, [](auto state, auto part) { ... })`, or over numbers that are types,
/// `fold(boost::hana::range_c<int, 0, 4>, x, [](auto state, auto i) { return state * i(); })`.
template <class Range, class Start, class Function>
constexpr auto fold(Range const& range, Start const& start, Function const& f) {
  detail::require_range<Range>();
  if constexpr (detail::can_be_folded<Range>)
    return boost::hana::fold_left(detail::foldable(range), start, f);
  else return start;
}

}  // namespace ramp
