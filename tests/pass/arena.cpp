// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/random.hpp>
#include <ramp/pass/arena.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <vector>

using ramp::uniform_below;
using ramp::pass::arena;

namespace {

constexpr int line = 16;

struct range {
  int offset, count;
};

/// Elements that a range takes: whole lines, but for a single one.
int taken(int count) { return count == 1 ? 1 : (count + line - 1) / line * line; }

}  // namespace

TEST_CASE("ranges that are in use do not overlap, and begin with a line", "[arena]") {
  for (std::uint64_t seed : {1u, 2u, 3u}) {
    ramp::xoshiro256 random(seed);
    arena a(line);
    std::vector<range> live;
    std::vector<char> used;
    int wrong = 0;
    for (int step = 0; step < 3000; ++step) {
      if (live.empty() || uniform_below(100, random) < (step < 1500 ? 60u : 40u)) {
        int const kind = static_cast<int>(uniform_below(4, random));
        int const count = kind == 0 ? 1 : 1 + static_cast<int>(uniform_below(200, random));
        range const r{a.allocate(count), count};
        wrong += r.offset < 0 || r.offset + taken(count) > a.size();
        wrong += count > 1 && r.offset % line != 0;
        used.resize(static_cast<std::size_t>(std::max(a.size(), static_cast<int>(used.size()))), 0);
        for (int i = 0; i < taken(count); ++i)
          wrong += used[static_cast<std::size_t>(r.offset + i)]++ != 0;
        live.push_back(r);
      } else {
        auto const at = uniform_below(live.size(), random);
        range const r = live[static_cast<std::size_t>(at)];
        a.release(r.offset, r.count);
        for (int i = 0; i < taken(r.count); ++i) --used[static_cast<std::size_t>(r.offset + i)];
        live[static_cast<std::size_t>(at)] = live.back();
        live.pop_back();
      }
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("gaps are merged from both sides and used again", "[arena]") {
  arena a(line);
  int const first = a.allocate(3 * line);
  int const second = a.allocate(2 * line);
  int const third = a.allocate(4 * line);
  int const last = a.allocate(line);
  CHECK(a.size() == 10 * line);
  a.release(first, 3 * line);
  a.release(third, 4 * line);
  a.release(second, 2 * line);  // joins both neighbours
  CHECK(a.allocate(9 * line) == first);
  CHECK(a.size() == 10 * line);
  a.release(last, line);
  // the last gap reaches the end, where the block can grow
  CHECK(a.allocate(5 * line) == last);
  CHECK(a.size() == 14 * line);
}

TEST_CASE("the first gap that is large enough is taken", "[arena]") {
  arena a(line);
  int const small = a.allocate(line);
  a.allocate(line);
  int const large = a.allocate(4 * line);
  a.allocate(line);
  a.release(small, line);
  a.release(large, 4 * line);
  CHECK(a.allocate(2 * line) == large);
  CHECK(a.allocate(2 * line) == large + 2 * line);
  CHECK(a.allocate(2) == small);
}

TEST_CASE("single elements share a line", "[arena]") {
  arena a(line);
  ramp::list<int> singles;
  for (int i = 0; i < 2 * line; ++i) singles.push_back(a.allocate(1));
  CHECK(a.size() == 2 * line);
  std::sort(singles.begin(), singles.end());
  CHECK(std::adjacent_find(singles.begin(), singles.end()) == singles.end());
  a.release(singles[5], 1);
  CHECK(a.allocate(1) == singles[5]);
  CHECK(a.allocate(1) >= 2 * line);
}

TEST_CASE("an arena plans in a constant expression", "[arena]") {
  constexpr int size = [] {
    arena a(line);
    int const first = a.allocate(20);
    a.allocate(1);
    a.release(first, 20);
    a.allocate(17);
    return a.size();
  }();
  static_assert(size == 3 * line);
  CHECK(size == 3 * line);
}
