// SPDX-License-Identifier: BSL-1.0
#include <ramp/pass/fuse.hpp>

#include <catch2/catch.hpp>

#include <algorithm>

#include "backend/training.hpp"

using namespace planned;
using pass::role;

namespace {

pass::draft fused(program const& p) { return pass::fuse(p.g, p.roots, 8, 16); }

int count(pass::draft const& d, kernel_kind kind) {
  return static_cast<int>(std::count_if(d.kernels.begin(), d.kernels.end(),
                                        [&](auto const& k) { return k.kind == kind; }));
}

/// Every node that is computed belongs to one kernel, after the operands it finds there. The order
/// of the kernels is for plan_memory to find.
void check_partition(pass::draft const& d) {
  ramp::list<int> position(d.nodes.size(), -1);
  int next = 0;
  for (auto const& k : d.kernels)
    for (int i = 0; i < k.count; ++i) {
      int const m = d.members[static_cast<std::size_t>(k.first + i)];
      CHECK(position[static_cast<std::size_t>(m)] == -1);
      position[static_cast<std::size_t>(m)] = next++;
    }
  CHECK(next == static_cast<int>(d.members.size()));
  for (int m : d.members) {
    auto const& n = d.nodes[static_cast<std::size_t>(m)];
    for (std::size_t k = 0; k < n.arity; ++k) {
      auto const o = static_cast<std::size_t>(n.operand[k]);
      if (d.placements[o].part == role::outside) continue;
      CHECK(position[o] >= 0);
      if (d.placements[o].kernel == d.placements[static_cast<std::size_t>(m)].kernel)
        CHECK(position[o] < position[static_cast<std::size_t>(m)]);
    }
  }
}

}  // namespace

TEST_CASE("a classifier becomes five products, one softmax and one copy", "[pass]") {
  auto const d = fused(training<64, 32, 10>::build(32));
  CHECK(d.fault == pass::plan_fault::none);
  CHECK(count(d, kernel_kind::contract) == 5);
  CHECK(count(d, kernel_kind::copy) == 1);
  CHECK(count(d, kernel_kind::generic) == 0);
  check_partition(d);
}

TEST_CASE("awkward sizes are partitioned as well", "[pass]") {
  check_partition(fused(training<4, 5, 3>::build(7)));
  check_partition(fused(training<1, 1, 2>::build(1)));
  check_partition(fused(training<17, 33, 2>::build(5)));
}

TEST_CASE("a bias is what the accumulators start from, an activation their epilogue", "[pass]") {
  program p;
  value const x = p.input("x", shape(32, 8));
  value const w = p.parameter("w", shape(8, 16));
  value const b = p.parameter("b", shape(16));
  value const z = product(x, w);
  p.output((z + spread(b, z.space, {1})).combine<op::relu>(0.0));
  auto const d = fused(p);
  REQUIRE(d.kernels.size() == 1);
  CHECK(d.kernels[0].kind == kernel_kind::contract);
  CHECK(d.kernels[0].extent == std::array{32, 16, 8});
  REQUIRE(d.kernels[0].start >= 0);
  CHECK(d.placements[static_cast<std::size_t>(d.kernels[0].start)].part == role::start);
  CHECK(d.placements[static_cast<std::size_t>(d.roots[0].node)].part == role::element);
}

TEST_CASE("programs that no tiles can compute are refused by name", "[pass]") {
  program p;
  value const x = p.input("x", shape(4, 3));
  p.output(ramp::ir::reduce_to<op::reduce_max>(x, dimensions({1}), 1));
  CHECK(fused(p).fault == pass::plan_fault::extremum_over_samples);

  program q;
  value const y = q.input("y", shape(4, 3));
  value const sum = ramp::ir::reduce_to<op::sum>(y, dimensions({1}), 1);
  q.output(y - spread(sum, y.space, {1}));
  CHECK(fused(q).fault == pass::plan_fault::feedback);
}
