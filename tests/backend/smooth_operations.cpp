// SPDX-License-Identifier: BSL-1.0
// The first half of the table of operations, in every kernel that computes element by element.
#include "operations.hpp"

TEST_CASE("every smooth operation in every kernel", "[backend]") {
  planned::check_operations<0, 18>();
  using epilogue = planned::in_epilogue<0, 18>;
  CHECK(planned::kernels_of<epilogue>(planned::kernel_kind::contract) == 1);
  CHECK(planned::kernels_of<planned::over_rows<0, 18>>(planned::kernel_kind::rows) > 0);
  CHECK(planned::kernels_of<planned::of_scalars<0, 18>>(planned::kernel_kind::scalars) == 1);
}
