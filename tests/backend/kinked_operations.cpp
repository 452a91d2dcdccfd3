// SPDX-License-Identifier: BSL-1.0
// The second half of the table of operations, in every kernel that computes element by element.
#include "operations.hpp"

TEST_CASE("every kinked operation in every kernel", "[backend]") {
  planned::check_operations<18, 99>();
}
