// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/shape.hpp>

#include <catch2/catch.hpp>

#include <type_traits>

using ramp::shape;

namespace {

template <shape S>
struct named_by_shape {};

static_assert(shape().rank == 0 && shape().elements() == 1);
static_assert(shape(2, 3, 4).rank == 3 && shape(2, 3, 4).elements() == 24);
static_assert(shape(2, 3)[1] == 3);
static_assert(shape(2, 3) == shape(2, 3) && !(shape(2, 3) == shape(3, 2)));
static_assert(!(shape(2) == shape(2, 1)));
static_assert(shape(2).appended(5) == shape(2, 5));
static_assert(shape().appended(5) == shape(5));
static_assert(shape(2, 3, 4).without(1) == shape(2, 4));
static_assert(shape(2).without(0) == shape());
static_assert(ramp::row_major_strides(shape(2, 3, 4))[0] == 12);
static_assert(ramp::row_major_strides(shape(2, 3, 4))[2] == 1);
static_assert(ramp::axis_bit(0) == 1u && ramp::axis_bit(3) == 8u);
static_assert(ramp::axis_bit(-1) == 0u && ramp::axis_bit(4) == 0u && ramp::axis_bit(40) == 0u);
static_assert(std::is_same_v<named_by_shape<shape(2, 3)>, named_by_shape<shape(2).appended(3)>>,
              "equal shapes are one template argument");

}  // namespace

TEST_CASE("equality looks at the extents that exist", "[shape]") {
  shape a(2, 3);
  shape b(2, 3, 9);
  b.rank = 2;
  CHECK(a == b);
  a[1] = 4;
  CHECK(!(a == b));
}

TEST_CASE("offsets by strides count in row-major order", "[shape]") {
  shape const s(2, 3, 4);
  auto const stride = ramp::row_major_strides(s);
  int next = 0;
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 3; ++j)
      for (int k = 0; k < 4; ++k) CHECK(i * stride[0] + j * stride[1] + k * stride[2] == next++);
}
