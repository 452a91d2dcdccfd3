// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/random.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstddef>
#include <thread>
#include <vector>

TEST_CASE("streams of random numbers are independent of the thread that draws them", "[threads]") {
  constexpr std::size_t threads = 4;
  std::array<ramp::xoshiro256, threads> streams = {ramp::xoshiro256(1), ramp::xoshiro256(1),
                                                   ramp::xoshiro256(1), ramp::xoshiro256(1)};
  for (std::size_t i = 0; i < threads; ++i)
    for (std::size_t jumps = 0; jumps < i; ++jumps) streams[i].jump();

  auto const draw = [](ramp::xoshiro256 stream) {
    std::vector<double> numbers(1000);
    for (auto& number : numbers) number = ramp::normal<double>(stream);
    return numbers;
  };
  std::array<std::vector<double>, threads> drawn;
  {
    std::vector<std::jthread> running;
    for (std::size_t i = 0; i < threads; ++i)
      running.emplace_back([&, i] { drawn[i] = draw(streams[i]); });
  }
  for (std::size_t i = 0; i < threads; ++i) {
    CHECK(drawn[i] == draw(streams[i]));
    for (std::size_t j = 0; j < i; ++j) CHECK(drawn[i] != drawn[j]);
  }
}
