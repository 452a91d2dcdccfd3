// SPDX-License-Identifier: BSL-1.0
#pragma once

// Everything at once. A program that uses a part of it can include that part.

#include <ramp/core/subgradient.hpp>
#include <ramp/expr/constant.hpp>
#include <ramp/expr/derivative.hpp>
#include <ramp/expr/elementwise.hpp>
#include <ramp/expr/expression.hpp>
#include <ramp/expr/layout.hpp>
#include <ramp/expr/leaf.hpp>
#include <ramp/expr/linear_algebra.hpp>
#include <ramp/expr/reduction.hpp>
#include <ramp/expr/softmax.hpp>
#include <ramp/expr/trace.hpp>
#include <ramp/expr/update.hpp>
#include <ramp/function/compile.hpp>
#include <ramp/function/tensor.hpp>
#include <ramp/nn/layer.hpp>
#include <ramp/nn/loss.hpp>
