// SPDX-License-Identifier: BSL-1.0
#include "evaluator_law.hpp"

TEST_CASE("every back end computes every operation and its derivatives, 3 of 4", "[laws]") {
  laws::check_every_evaluator<2, 4>();
}
