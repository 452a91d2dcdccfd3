// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>

#include <ramp/backend/pack.hpp>
#include <ramp/core/math/round.hpp>
#include <ramp/core/result.hpp>
#include <ramp/expr/bind.hpp>
#include <ramp/expr/misuse.hpp>

namespace ramp {

/// Data of another scale: element i of the input is factor * elements[i]. Bytes of a picture become
/// numbers from 0 to 1 by `image = scaled(bytes, 1.0f / 255)`, without a copy of the data set.
template <class Element, class T>
struct scaled_elements {
  using element_type = Element;
  std::span<Element const> elements;
  T factor;
};

/// `elements`: a contiguous range of numbers, which must outlive the call.
template <class Range, class T>
constexpr auto scaled(Range const& elements, T factor) {
  using element = std::remove_cvref_t<decltype(elements.data()[0])>;
  return scaled_elements<element, T>{{elements.data(), elements.size()}, factor};
}

/// The samples that a call works on, by index, in this order: `step(model, image = all,
/// label = labels, samples(batch))`. Without it a call works on all samples that it is given.
struct selected_samples {
  std::span<std::uint32_t const> indices;
};

/// `indices` must outlive the call.
constexpr selected_samples samples(std::span<std::uint32_t const> indices) { return {indices}; }
template <auto... T>
constexpr auto samples(detail::any, ...) {
  return detail::misuse<"samples(vector<std::uint32_t>)">(T...);
}

namespace detail {

template <class V>
inline constexpr bool is_scaled_elements = false;
template <class Element, class T>
inline constexpr bool is_scaled_elements<scaled_elements<Element, T>> = true;

}  // namespace detail

// Machine code that depends on the target has a name that does.
namespace backend {
inline namespace RAMP_ISA {

/// Position of the first element that is infinite or NaN; `count` if there is none.
/// Cost: one read of the data; the position is searched only where there is something to find.
template <class T>
std::size_t find_not_finite(T const* p, std::size_t count) {
  using pack = native_pack<T>;
  // x * 0 is 0 for finite x and NaN otherwise, and NaN stays in a sum; as many sums as it takes
  // for none to wait for the one before
  constexpr std::size_t sums = 8;
  pack sum[sums];
  for (pack& s : sum) s = pack(T(0));
  pack const zero(T(0));
  std::size_t i = 0;
  for (; i + sums * pack::size <= count; i += sums * pack::size)
    RAMP_UNROLL(8)
    for (std::size_t s = 0; s < sums; ++s)
      sum[s] = fma(pack::load(p + i + s * pack::size), zero, sum[s]);
  for (; i + pack::size <= count; i += pack::size) sum[0] = fma(pack::load(p + i), zero, sum[0]);
  sum[1] = fma(pack::load(p + i, static_cast<int>(count - i)), zero, sum[1]);
  for (std::size_t half = sums / 2; half > 0; half /= 2)
    for (std::size_t s = 0; s < half; ++s) sum[s] += sum[s + half];
  if (all(sum[0] == zero)) return count;
  i = 0;
  while (i < count && math::isfinite(p[i])) ++i;
  return i;
}

}  // namespace RAMP_ISA
}  // namespace backend

namespace detail {

/// backend::find_not_finite, in constant expressions too.
template <class T>
constexpr std::size_t find_not_finite(T const* p, std::size_t count) {
  if (!__builtin_is_constant_evaluated()) return backend::find_not_finite(p, count);
  for (std::size_t i = 0; i < count; ++i)
    if (!math::isfinite(p[i])) return i;
  return count;
}

/// What a per-sample input is bound to: numbers of any type in row-major order, to be multiplied by
/// `factor` where the data are scaled.
template <class Element, class T, bool IsScaled = false>
struct sample_data {
  using element_type = Element;
  static constexpr bool is_scaled = IsScaled;
  Element const* elements = nullptr;
  std::size_t count = 0;
  T factor = T(1);
};

/// What is bound to a name that is the same for all samples: a copy of `Count` elements, if so many
/// were given.
template <class T, std::size_t Count>
struct fixed_data {
  std::array<T, Count> elements{};
  std::size_t count = Count;
};

template <class V>
constexpr auto find_sample_number() {
  if constexpr (is_scaled_elements<V>) {
    using element = typename V::element_type;
    return std::type_identity<std::conditional_t<number<element>, element, void>>{};
  } else if constexpr (facts_of_array<V>::is && facts_of_value<V>().shaped) {
    return std::type_identity<void>{};
  } else {
    return find_number<V>();
  }
}
/// The type of the numbers in what a per-sample name is bound to; void: it cannot be.
template <class V>
using number_in_samples = typename decltype(find_sample_number<V>())::type;

template <class T, class V>
  requires(!std::is_void_v<number_in_samples<V>>)
constexpr auto as_sample_data(V const& v) {
  using element = number_in_samples<V>;
  if constexpr (is_scaled_elements<V>)
    return sample_data<element, T, true>{v.elements.data(), v.elements.size(),
                                         static_cast<T>(v.factor)};
  else if constexpr (number<V>) return sample_data<element, T>{&v, 1};
  else if constexpr (std::is_array_v<V>) return sample_data<element, T>{&v[0], std::extent_v<V>};
  else return sample_data<element, T>{v.data(), v.size()};
}

}  // namespace detail
}  // namespace ramp
