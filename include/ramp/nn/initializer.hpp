// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math.hpp>
#include <ramp/core/random.hpp>
#include <ramp/core/shape.hpp>

namespace ramp {
namespace detail {

/// Inputs and outputs of a parameter: the last axis counts outputs, the others inputs.
constexpr double inputs_of(shape const& s) {
  double product = 1.0;
  for (int d = 0; d + 1 < s.rank; ++d) product *= s[d];
  return product;
}
constexpr double outputs_of(shape const& s) { return s.rank == 0 ? 1.0 : s[s.rank - 1]; }

}  // namespace detail

// An initializer draws one element of a parameter of shape s: init.draw<T>(s, generator). A model
// asks for the elements of its parameters in row-major order, from one generator. The same seed
// gives the same numbers on every platform.
// Vectors and scalars (biases) start at zero, as is usual for both rules below.

/// Normal with variance 2 / inputs, for layers followed by relu.
/// Source: K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers", ICCV 2015.
struct he_normal {
  template <class T>
  [[nodiscard]] constexpr T draw(shape const& s, xoshiro256& generator) const {
    if (s.rank < 2) return T(0);
    return static_cast<T>(math::sqrt(2.0 / detail::inputs_of(s)) * normal<double>(generator));
  }
};

/// Uniform in +-sqrt(6 / (inputs + outputs)), for tanh and sigmoid.
/// Source: X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural
/// networks", AISTATS 2010.
struct xavier_uniform {
  template <class T>
  [[nodiscard]] constexpr T draw(shape const& s, xoshiro256& generator) const {
    if (s.rank < 2) return T(0);
    double const bound = math::sqrt(6.0 / (detail::inputs_of(s) + detail::outputs_of(s)));
    return static_cast<T>(bound * (2.0 * uniform<double>(generator) - 1.0));
  }
};

/// Every element the same number, biases included.
struct constant_initializer {
  double value = 0.0;

  template <class T>
  [[nodiscard]] constexpr T draw(shape const&, xoshiro256&) const {
    return static_cast<T>(value);
  }
};

}  // namespace ramp
