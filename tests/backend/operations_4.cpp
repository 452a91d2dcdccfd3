// SPDX-License-Identifier: BSL-1.0
#include "operations.hpp"

TEST_CASE("every operation in every kernel that goes element by element, 4 of 4", "[backend]") {
  planned::check_operations<3, 4>();
}
