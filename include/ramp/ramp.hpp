// SPDX-License-Identifier: BSL-1.0
#pragma once

// All that makes functions of expressions. Programs that train with data of their own may also want
// <ramp/train.hpp> and <ramp/io.hpp>, tests <ramp/check.hpp>.
// In the order of the layers, and what has error messages stands here itself: compilers name the
// files on the way before they name an error.

// g++ takes a local variable of a template for one that shadows a global variable of the program
// that instantiates it, and variables named x are what this library is about.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"

#include <ramp/version.hpp>
#include <ramp/core/subgradient.hpp>
#include <ramp/expr/expression.hpp>
#include <ramp/expr/leaf.hpp>
#include <ramp/expr/constant.hpp>
#include <ramp/expr/call.hpp>
#include <ramp/expr/misuse.hpp>
#include <ramp/expr/elementwise.hpp>
#include <ramp/expr/functions.hpp>
#include <ramp/expr/kinked.hpp>
#include <ramp/expr/reduction.hpp>
#include <ramp/expr/cumulative.hpp>
#include <ramp/expr/norm.hpp>
#include <ramp/expr/statistics.hpp>
#include <ramp/expr/argmax.hpp>
#include <ramp/expr/linear_algebra.hpp>
#include <ramp/expr/layout.hpp>
#include <ramp/expr/slice.hpp>
#include <ramp/expr/split.hpp>
#include <ramp/expr/gather.hpp>
#include <ramp/expr/diagonal.hpp>
#include <ramp/expr/index_notation.hpp>
#include <ramp/expr/einsum.hpp>
#include <ramp/expr/iterate.hpp>
#include <ramp/expr/matrix.hpp>
#include <ramp/expr/softmax.hpp>
#include <ramp/expr/derivative.hpp>
#include <ramp/expr/directional.hpp>
#include <ramp/expr/interval.hpp>
#include <ramp/expr/own_operation.hpp>
#include <ramp/expr/lower.hpp>
#include <ramp/expr/update.hpp>
#include <ramp/expr/trace.hpp>
#include <ramp/expr/bind.hpp>
#include <ramp/expr/calls.hpp>
#include <ramp/nn/loss.hpp>
#include <ramp/optimize/sgd.hpp>
#include <ramp/nn/layer.hpp>
#include <ramp/nn/activation_along.hpp>
#include <ramp/nn/activation.hpp>
#include <ramp/nn/sequential.hpp>
#include <ramp/function/tensor.hpp>
#include <ramp/function/source.hpp>
#include <ramp/function/trap.hpp>
#include <ramp/function/call.hpp>
#include <ramp/function/function.hpp>
#include <ramp/function/compile.hpp>
#include <ramp/function/model.hpp>
#include <ramp/function/sample_call.hpp>
#include <ramp/function/predict.hpp>
#include <ramp/function/trainer.hpp>
#include <ramp/function/training_step.hpp>
#include <ramp/function/text.hpp>
#include <ramp/nn/initializer.hpp>
#include <ramp/nn/calls.hpp>

#pragma GCC diagnostic pop
