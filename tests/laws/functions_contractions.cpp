// SPDX-License-Identifier: BSL-1.0
#include "functions_evaluated.hpp"

TEST_CASE("every back end computes functions and their derivatives: contractions", "[laws]") {
  laws::check_functions(laws::contractions);
}
