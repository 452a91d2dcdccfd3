// SPDX-License-Identifier: BSL-1.0
#pragma once

// The elementary functions, each one algorithm for float, double and packs of either, at run time
// and in constant evaluation. All take every value: subnormals, signed zeros, infinities and NaN.
//
// The errors they state hold with and without fused multiplication and addition, on g++ and clang;
// tests/core/math measures them, math_exhaustive over all floats. A scalar and a lane of a pack,
// run time and constant evaluation round alike but for where the compiler contracts: they give
// mostly the same bits, and each is within the bound. They assume rounding to nearest and no
// flushing of subnormals; -ffast-math is refused by config.hpp.

#include <ramp/core/math/digamma.hpp>
#include <ramp/core/math/directed.hpp>
#include <ramp/core/math/erf.hpp>
#include <ramp/core/math/exp.hpp>
#include <ramp/core/math/exp2.hpp>
#include <ramp/core/math/fmod.hpp>
#include <ramp/core/math/gamma.hpp>
#include <ramp/core/math/hyperbolic.hpp>
#include <ramp/core/math/inverse_hyperbolic.hpp>
#include <ramp/core/math/inverse_trigonometric.hpp>
#include <ramp/core/math/log.hpp>
#include <ramp/core/math/log_space.hpp>
#include <ramp/core/math/polygamma.hpp>
#include <ramp/core/math/polynomial.hpp>
#include <ramp/core/math/pow.hpp>
#include <ramp/core/math/root.hpp>
#include <ramp/core/math/round.hpp>
#include <ramp/core/math/scalar.hpp>
#include <ramp/core/math/sqrt.hpp>
#include <ramp/core/math/tan.hpp>
#include <ramp/core/math/trigonometric.hpp>
