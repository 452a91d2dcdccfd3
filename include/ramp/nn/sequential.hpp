// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <type_traits>

#include <boost/hana/basic_tuple.hpp>
#include <boost/hana/fold_left.hpp>

namespace ramp {

/// Layers one after the other: each is applied to the result of the one before.
template <class... Layers>
struct layer_sequence {
  template <class Input>
  constexpr auto operator()(Input const& input) const {
    return boost::hana::fold_left(
        boost::hana::make_basic_tuple(Layers{}...), input,
        [](auto const& value, auto const& layer) { return layer(value); });
  }
};

/// `sequential(dense<"hidden", 128>, activation::relu, dense<"output", 10>)(image)`. A layer is a
/// constant function object of one expression, so a lambda without captures will do.
template <class... Layers>
constexpr auto sequential(Layers const&...) {
  static_assert(((std::is_empty_v<Layers> && std::is_default_constructible_v<Layers>) && ...),
                "ramp: sequential(...) takes layers such as dense<\"name\", 10>, activation::relu, "
                "or a lambda without captures");
  return layer_sequence<Layers...>{};
}

}  // namespace ramp
