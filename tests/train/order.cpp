// SPDX-License-Identifier: BSL-1.0
#include <ramp/train/order.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

using ramp::train::batches;
using ramp::train::gather;
using ramp::train::shuffled_order;

TEST_CASE("each epoch visits every sample once, in an order of its own", "[train]") {
  std::vector<std::uint32_t> indices(1000);
  shuffled_order order(indices, 42);
  std::vector<std::vector<std::uint32_t>> epochs;
  for (int epoch = 0; epoch < 3; ++epoch) {
    auto const visited = order.next_epoch();
    epochs.emplace_back(visited.begin(), visited.end());
    auto sorted = epochs.back();
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::uint32_t> every(1000);
    std::iota(every.begin(), every.end(), 0u);
    CHECK(sorted == every);
    CHECK(epochs.back() != every);
  }
  CHECK(epochs[0] != epochs[1]);
  CHECK(epochs[1] != epochs[2]);
}

TEST_CASE("the same seed gives the same orders", "[train]") {
  auto const order_of = [](std::uint64_t seed) {
    std::array<std::uint32_t, 8> indices{};
    shuffled_order order(indices, seed);
    static_cast<void>(order.next_epoch());
    static_cast<void>(order.next_epoch());
    return indices;
  };
  static_assert(order_of(7) == order_of(7));
  static_assert(order_of(7) != order_of(8));
  // the same on every platform: constant evaluation and run time, and this very order
  constexpr auto constant = order_of(7);
  CHECK(order_of(7) == constant);
  CHECK(constant == std::array<std::uint32_t, 8>{2, 5, 6, 3, 4, 7, 1, 0});
}

TEST_CASE("batches cover the order, the last one shorter", "[train]") {
  std::vector<std::uint32_t> order(10);
  std::iota(order.begin(), order.end(), 0u);
  for (std::size_t size : {1u, 3u, 5u, 10u, 64u}) {
    std::vector<std::uint32_t> seen;
    std::size_t count = 0;
    batches const cut(order, size);
    for (auto const batch : cut) {
      ++count;
      CHECK(batch.size() == (count < cut.size() ? size : order.size() - (count - 1) * size));
      seen.insert(seen.end(), batch.begin(), batch.end());
    }
    CHECK(seen == order);
    CHECK(count == (order.size() + size - 1) / size);
  }
  CHECK(batches({}, 4).size() == 0);
  for (auto const batch : batches({}, 4)) FAIL("a batch of " << batch.size());
}

TEST_CASE("gather puts the rows of a batch side by side", "[train]") {
  std::vector<float> const rows = {0, 1, 10, 11, 20, 21};
  std::vector<std::uint32_t> const which = {2, 0, 2};
  std::array<float, 6> out{};
  REQUIRE(gather(rows, 2, which, std::span<float>(out)));
  CHECK(out == std::array<float, 6>{20, 21, 0, 1, 20, 21});
}

TEST_CASE("gather checks everything before it writes", "[train]") {
  std::vector<float> const rows = {0, 1, 10, 11, 20, 21};
  std::array<float, 4> out = {7, 7, 7, 7};
  auto const message = [&](std::vector<std::uint32_t> const& which, std::size_t width) {
    auto const done = gather(rows, width, which, std::span<float>(out));
    CHECK_FALSE(done);
    CHECK(out == std::array<float, 4>{7, 7, 7, 7});
    return done.error().message();
  };
  CHECK(message({0, 3}, 2) == "input \"indices\": element 1 is index 3; the indices are 0 to 2");
  CHECK(message({0, 1, 2}, 2) == "input \"out\": 6 elements expected, 4 given");
  CHECK(message({0}, 4) ==
        "input \"rows\": 6 elements are not a whole number of samples of 4 elements");
}
