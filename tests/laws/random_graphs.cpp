// SPDX-License-Identifier: BSL-1.0
// The laws of passes and of differentiation on random graphs. A failure prints its seed.
#include <catch2/catch.hpp>

#include <set>

#include "graph_laws.hpp"

using namespace laws;

namespace {

constexpr std::uint64_t seeds = 150;

}  // namespace

TEST_CASE("random graphs are well formed and use every operation", "[laws]") {
  std::set<int> used;
  for (std::uint64_t seed = 0; seed < 6 * seeds; ++seed) {
    auto const r = graph_generator(seed)(15);
    INFO("seed " << seed);
    REQUIRE(ramp::ir::verify(r.g) == "");
    for (node const& n : r.g.nodes) used.insert(static_cast<int>(n.operation));
  }
  for (int c = 0; c < ramp::op::table::size; ++c) {
    auto const operation = static_cast<ramp::ir::opcode>(c);
    if (ramp::op::is_leaf(operation)) continue;
    INFO(ramp::op::facts_of(operation).name);
    CHECK(used.count(c) == 1);
  }
}

TEST_CASE("canonical form preserves the value of every node that is inserted", "[laws]") {
  for (std::uint64_t seed = 0; seed < 4 * seeds; ++seed) {
    INFO("seed " << seed);
    CHECK(graph_generator(seed)(20).worst < 1e-11);
  }
}

TEST_CASE("passes preserve the values of random graphs", "[laws]") {
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    auto const r = graph_generator(seed)(15);
    INFO("seed " << seed);
    CHECK(fault_of_passes(r, some_roots(r)) == "");
  }
}

TEST_CASE("plans keep the values of random graphs as long as they are read", "[laws]") {
  for (std::uint64_t seed = 0; seed < 20 * seeds; ++seed) {  // of which few are special in any way
    auto const r = graph_generator(seed)(15);
    INFO("seed " << seed);
    CHECK(fault_of_plan(r, some_roots(r)) == "");
  }
}

TEST_CASE("forward = reverse = numerical on random graphs", "[laws]") {
  int compared = 0;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    auto const r = graph_generator(seed)(12);
    INFO("seed " << seed);
    CHECK(fault_of_modes(r, some_roots(r), compared) == "");
  }
  CHECK(compared > 1000);
}

TEST_CASE("second derivatives of random graphs: forward = reverse = numerical", "[laws]") {
  int compared = 0;
  for (std::uint64_t seed = 0; seed < seeds * 2 / 3; ++seed) {
    auto const r = graph_generator(seed)(8);
    INFO("seed " << seed);
    CHECK(fault_of_second_derivatives(r, some_roots(r), compared) == "");
  }
  CHECK(compared > 1000);
}
