// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/list.hpp>
#include <ramp/core/random.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <vector>

using ramp::list;
using ramp::uniform_below;

namespace {

template <class T>
bool same(list<T> const& a, std::vector<T> const& b) {
  return a.size() == b.size() && a.empty() == b.empty() &&
         std::equal(a.begin(), a.end(), b.begin());
}

/// Remembers where it lives, so that a copy of the bytes would be noticed.
struct anchored {
  int value = 0;
  anchored const* self = this;

  constexpr anchored() = default;
  constexpr explicit anchored(int v) : value(v) {}
  constexpr anchored(anchored const& other) : value(other.value) {}
  constexpr anchored& operator=(anchored const& other) {
    value = other.value;
    return *this;
  }
  constexpr ~anchored() = default;
};

}  // namespace

TEST_CASE("a list does what a vector does", "[list]") {
  ramp::xoshiro256 random(17);
  list<int> ours;
  std::vector<int> theirs;
  for (int step = 0; step < 4000; ++step) {
    int const number = static_cast<int>(uniform_below(1000, random));
    switch (uniform_below(10, random)) {
      case 0:
      case 1:
      case 2:
        ours.push_back(number);
        theirs.push_back(number);
        break;
      case 3:
        if (!theirs.empty()) {
          ours.pop_back();
          theirs.pop_back();
        }
        break;
      case 4:
        if (!theirs.empty()) {
          auto const at = uniform_below(theirs.size(), random);
          ours[at] = number;
          theirs[static_cast<std::size_t>(at)] = number;
          ours.back() += 1;
          theirs.back() += 1;
        }
        break;
      case 5: {
        auto const count = static_cast<std::size_t>(uniform_below(60, random));
        ours.resize(count, number);
        theirs.resize(count, number);
        break;
      }
      case 6: {
        auto const count = static_cast<std::size_t>(uniform_below(40, random));
        ours.assign(count, number);
        theirs.assign(count, number);
        break;
      }
      case 7:
        ours.reserve(static_cast<std::size_t>(number) / 8);
        break;
      case 8: {
        list<int> copy = ours;
        if (!copy.empty()) copy.back() = -1;  // a copy of its own
        ours = static_cast<list<int> const&>(ours);
        break;
      }
      default:
        if (number < 20) {
          ours.clear();
          theirs.clear();
        } else {
          list<int> moved(std::move(ours));
          ours = list<int>{1, 2, 3};
          ours = std::move(moved);
        }
    }
    if (!same(ours, theirs)) FAIL("after step " << step);
  }
}

TEST_CASE("lists from values, ranges and counts", "[list]") {
  int const numbers[] = {3, 1, 2};
  CHECK(list<int>(numbers, numbers + 3) == list<int>{3, 1, 2});
  CHECK(list<int>(3, 7) == list<int>{7, 7, 7});
  CHECK(list<int>(0, 7) == list<int>());
  CHECK(list<int>(numbers, numbers).empty());
  CHECK_FALSE(list<int>{1, 2} == list<int>{1, 2, 3});
  CHECK_FALSE(list<int>{1, 2} == list<int>{1, 3});
}

TEST_CASE("what is moved from is empty and can be used again", "[list]") {
  list<int> a{1, 2, 3};
  list<int> const b(std::move(a));
  CHECK(b == list<int>{1, 2, 3});
  CHECK(a.empty());  // NOLINT(bugprone-use-after-move): that is what is tested
  a.push_back(4);
  CHECK(a == list<int>{4});
}

TEST_CASE("an element of a list can be appended to it while it grows", "[list]") {
  list<anchored> a;
  a.push_back(anchored(5));
  for (int i = 0; i < 100; ++i) a.push_back(a[0]);
  CHECK(a.size() == 101);
  for (anchored const& x : a) {
    CHECK(x.value == 5);
    CHECK(x.self == &x);
  }
}

TEST_CASE("a list works in a constant expression", "[list]") {
  constexpr int total = [] {
    list<int> a;
    for (int i = 1; i <= 100; ++i) a.push_back(i);
    list<int> b = a;
    a.clear();
    b.pop_back();
    int sum = 0;
    for (int x : b) sum += x;
    return sum + static_cast<int>(a.size());
  }();
  static_assert(total == 4950);
  CHECK(total == 4950);
}

TEST_CASE("a list of lists keeps them as it grows", "[list]") {
  list<list<int>> rows;
  for (int i = 0; i < 100; ++i) {
    rows.push_back({});
    for (int j = 0; j < i; ++j) rows.back().push_back(i + j);
  }
  rows.resize(101);
  REQUIRE(rows.size() == 101);
  CHECK(rows.back().empty());
  list<list<int>> const copy = rows;
  for (int i = 0; i < 100; ++i) {
    REQUIRE(rows[i].size() == static_cast<std::size_t>(i));
    for (int j = 0; j < i; ++j) CHECK(rows[i][j] == i + j);
  }
  CHECK(copy == rows);
}
