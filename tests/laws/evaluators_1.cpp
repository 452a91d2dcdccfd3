// SPDX-License-Identifier: BSL-1.0
#include "evaluator_law.hpp"

TEST_CASE("every back end computes every operation and its derivatives, 1 of 4", "[laws]") {
  laws::check_every_evaluator<0, 4>();
}

TEST_CASE("the parts take every operation", "[laws]") {
  CHECK(parts::taken == ramp::op::table::size);
}
