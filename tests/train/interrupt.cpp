// SPDX-License-Identifier: BSL-1.0
#include <ramp/train/interrupt.hpp>

#include <catch2/catch.hpp>

#include <csignal>

namespace {

int calls_of_other_handler = 0;
void other_handler(int) { ++calls_of_other_handler; }

}  // namespace

TEST_CASE("the first interrupt is a request, and the handler before returns", "[train]") {
  std::signal(SIGINT, other_handler);
  {
    ramp::train::interrupt_guard const guard;
    CHECK_FALSE(guard.requested());
    std::raise(SIGINT);
    CHECK(guard.requested());
    // a second one would end the program
    auto const handler = std::signal(SIGINT, SIG_IGN);
    CHECK(handler == SIG_DFL);
  }
  CHECK(calls_of_other_handler == 0);
  std::raise(SIGINT);
  CHECK(calls_of_other_handler == 1);
  {
    ramp::train::interrupt_guard const fresh;
    CHECK_FALSE(fresh.requested());
  }
  std::signal(SIGINT, SIG_DFL);
}
