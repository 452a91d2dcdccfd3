// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/expr/elementwise.hpp>
#include <ramp/expr/leaf.hpp>
#include <ramp/expr/linear_algebra.hpp>

namespace ramp {

namespace detail {
template <class Input, int Dimensions>
inline constexpr bool is_vector = Dimensions == 1;
}

/// A fully connected layer, x * weight + bias: `dense<"hidden", 128>(image)` for a vector x [in]
/// has shape [128] and the parameters "hidden.weight" [in, 128] and "hidden.bias" [128].
template <fixed_string Name, int Outputs>
struct dense_layer {
  static_assert(Outputs > 0, "ramp: dense<\"name\", outputs>(x) has at least one output");

  template <class Input>
  static constexpr auto weight(Input const&) {
    return parameter<detail::concatenated(Name, fixed_string(".weight")), Input::shape_of[0],
                     Outputs>;
  }
  static constexpr auto bias() {
    return parameter<detail::concatenated(Name, fixed_string(".bias")), Outputs>;
  }

  template <class Input>
  constexpr auto operator()(Input const& x) const {
    static_assert(expression<Input>, "ramp: a layer is applied to an expression, such as an input");
    constexpr int rank = detail::rank_of<Input>();
    static_assert(detail::is_vector<Input, rank>,
                  "ramp: dense<\"name\", outputs>(x) takes a vector, the values of one sample; the "
                  "number is how many dimensions x has. Use reshape<elements>(x)");
    if constexpr (rank == 1) return x * weight(x) + bias();
    else return bias();
  }
};

template <fixed_string Name, int Outputs>
inline constexpr dense_layer<Name, Outputs> dense{};

}  // namespace ramp
