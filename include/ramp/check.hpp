// SPDX-License-Identifier: BSL-1.0
#pragma once

// Everything that checks derivatives and graphs against their definition, for tests: it allocates.

// as in ramp.hpp
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"

#include <ramp/ramp.hpp>  // first, as compilers name the files on the way before an error
#include <ramp/check/branches.hpp>
#include <ramp/check/difference.hpp>
#include <ramp/check/expression.hpp>
#include <ramp/check/directional.hpp>
#include <ramp/check/gradient.hpp>
#include <ramp/check/hessian.hpp>
#include <ramp/check/line.hpp>
#include <ramp/check/modes.hpp>
#include <ramp/check/operation.hpp>
#include <ramp/check/report.hpp>
#include <ramp/check/sensitivity.hpp>
#include <ramp/check/subgradient.hpp>
#include <ramp/ir/verify.hpp>

#pragma GCC diagnostic pop
