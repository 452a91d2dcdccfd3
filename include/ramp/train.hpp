// SPDX-License-Identifier: BSL-1.0
#pragma once

// Everything around the loop that calls a training step.

// as in ramp.hpp
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"

#include <ramp/train/interrupt.hpp>
#include <ramp/train/metrics.hpp>
#include <ramp/train/order.hpp>
#include <ramp/train/progress.hpp>
#include <ramp/train/svg.hpp>

#pragma GCC diagnostic pop
