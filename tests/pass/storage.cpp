// SPDX-License-Identifier: BSL-1.0
#include <ramp/pass/storage.hpp>

#include <catch2/catch.hpp>

#include <set>

using namespace ramp;
using pass::memory;
using pass::storage;

namespace {

int offset(storage const& s, int i, int j, int k) {
  return s.offset_along(0, i) + s.offset_along(1, j) + s.offset_along(2, k);
}

}  // namespace

TEST_CASE("row-major storage counts elements in order", "[pass]") {
  storage const s = pass::row_major(shape(3, 5, 7), memory::argument, 0);
  int next = 0;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 5; ++j)
      for (int k = 0; k < 7; ++k) CHECK(offset(s, i, j, k) == next++);
  CHECK(s.elements == next);
  CHECK_FALSE(s.padded());
  CHECK(pass::row_major(shape(), memory::argument, 0).elements == 1);
}

TEST_CASE("packed storage gives every element a place of its own", "[pass]") {
  for (int lane = 0; lane < 3; ++lane) {
    storage const s = pass::packed(shape(3, 20, 17), lane, 16, memory::arena);
    std::set<int> places;
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 20; ++j)
        for (int k = 0; k < 17; ++k) places.insert(offset(s, i, j, k));
    CHECK(places.size() == 3 * 20 * 17);
    CHECK(*places.begin() == 0);
    CHECK(*places.rbegin() < s.elements);
    CHECK(s.elements % 16 == 0);
    CHECK(s.padded());
    // neighbours along the lanes are neighbours in memory, up to the end of a panel
    CHECK(s.offset_along(lane, 1) - s.offset_along(lane, 0) == 1);
    CHECK(s.offset_along(lane, 2) - s.offset_along(lane, 1) == 1);
  }
}

TEST_CASE("the natural lane wastes little and depends on the shape alone", "[pass]") {
  CHECK(pass::natural_lane(shape(64, 32), 16) == 1);
  CHECK(pass::natural_lane(shape(32, 10), 16) == 0);  // 10 would fill 16 lanes
  CHECK(pass::natural_lane(shape(3, 15), 16) == 1);
  CHECK(pass::natural_lane(shape(1, 1), 16) == 1);
  CHECK(pass::natural_lane(shape(), 16) == -1);
  CHECK(pass::padding_cost(8, 16) == 100);
  CHECK(pass::padding_cost(10, 16) == 160);
}
