// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/math/erf.hpp>
#include <ramp/core/math/exp.hpp>
#include <ramp/core/math/hyperbolic.hpp>
#include <ramp/core/math/log.hpp>
#include <ramp/core/math/polynomial.hpp>
#include <ramp/core/math/pow.hpp>
#include <ramp/core/math/round.hpp>
#include <ramp/core/math/scalar.hpp>
#include <ramp/core/math/sqrt.hpp>
#include <ramp/core/math/trigonometric.hpp>
