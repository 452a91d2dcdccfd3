// SPDX-License-Identifier: BSL-1.0
#pragma once

// Everything around the loop that calls a training step.

#include <ramp/train/interrupt.hpp>
#include <ramp/train/metrics.hpp>
#include <ramp/train/order.hpp>
#include <ramp/train/progress.hpp>
#include <ramp/train/svg.hpp>
