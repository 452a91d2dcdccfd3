// SPDX-License-Identifier: BSL-1.0
#include "operations.hpp"

TEST_CASE("every operation in every kernel that goes element by element, 1 of 4", "[backend]") {
  planned::check_operations<0, 4>();
  using epilogue = planned::in_epilogue<0, 4>;
  CHECK(planned::kernels_of<epilogue>(planned::kernel_kind::contract) == 1);
  CHECK(planned::kernels_of<planned::over_rows<0, 4>>(planned::kernel_kind::rows) > 0);
  CHECK(planned::kernels_of<planned::of_scalars<0, 4>>(planned::kernel_kind::scalars) == 1);
}

TEST_CASE("the parts take every operation", "[backend]") {
  CHECK(parts::taken == ramp::op::table::size);
}
