// SPDX-License-Identifier: BSL-1.0
#include <ramp/pass/plan_memory.hpp>

#include <catch2/catch.hpp>

#include "backend/training.hpp"

using namespace planned;

namespace {

struct buffer {
  int first, last;  // elements [first, last) of the arena
  int born, dies;   // kernels
};

/// The arena as its users see it: a value lives from its kernel to the last one that reads it.
std::vector<buffer> buffers_of(pass::draft const& d) {
  std::vector<buffer> all;
  int const end = static_cast<int>(d.kernels.size());
  for (std::size_t i = 0; i < d.nodes.size(); ++i) {
    auto const& p = d.placements[i];
    if (p.accumulator >= 0)
      all.push_back({p.accumulator, p.accumulator + p.at.elements, 0, end});
    if (p.kernel < 0 || p.at.where != pass::memory::arena) continue;
    buffer b{p.at.base, p.at.base + p.at.elements, p.kernel, p.kernel};
    for (std::size_t j = 0; j < d.nodes.size(); ++j)
      for (std::size_t k = 0; k < d.nodes[j].arity; ++k)
        if (d.nodes[j].operand[k] == static_cast<int>(i) && d.placements[j].kernel > b.dies)
          b.dies = d.placements[j].kernel;
    for (auto const& r : d.roots)
      if (r.node == static_cast<int>(i)) b.dies = end;
    all.push_back(b);
  }
  return all;
}

void check_memory(pass::draft const& d) {
  CHECK(d.fault == pass::plan_fault::none);
  auto const all = buffers_of(d);
  for (std::size_t i = 0; i < all.size(); ++i) {
    CHECK(all[i].first >= 0);
    CHECK(all[i].last <= d.arena_elements);
    CHECK(all[i].first % d.width == 0);
    for (std::size_t j = 0; j < i; ++j) {
      bool const together = all[i].born <= all[j].dies && all[j].born <= all[i].dies;
      bool const overlap = all[i].first < all[j].last && all[j].first < all[i].last;
      INFO("buffers " << i << " and " << j);
      CHECK_FALSE((together && overlap));
    }
  }
  // operands come from earlier kernels, and nothing is updated before the loss is known
  for (std::size_t j = 0; j < d.nodes.size(); ++j)
    for (std::size_t k = 0; k < d.nodes[j].arity; ++k) {
      auto const& source = d.placements[static_cast<std::size_t>(d.nodes[j].operand[k])];
      CHECK(source.kernel <= d.placements[j].kernel);
    }
  for (int k = 0; k < d.kernels_before_update; ++k)
    CHECK_FALSE(d.kernels[static_cast<std::size_t>(k)].updates);
  for (auto const& r : d.roots) {
    auto const& p = d.placements[static_cast<std::size_t>(r.node)];
    if (r.kind == root_kind::loss) CHECK(p.kernel < d.kernels_before_update);
    if (r.kind == root_kind::update) {
      CHECK(p.at == d.argument_storage[static_cast<std::size_t>(r.target)]);
      // whoever reads the old value is done
      for (std::size_t j = 0; j < d.nodes.size(); ++j)
        for (std::size_t k = 0; k < d.nodes[j].arity; ++k) {
          auto const& o = d.nodes[static_cast<std::size_t>(d.nodes[j].operand[k])];
          if (o.is(op::code<op::argument>) && o.attribute[0] == r.target)
            CHECK(d.placements[j].kernel <= p.kernel);
        }
    }
  }
}

}  // namespace

TEST_CASE("no two values that live at once share memory", "[pass]") {
  for (bool tiled : {false, true}) {
    check_memory(plan_of(training<64, 32, 10>::build(32), 4, tiled));
    check_memory(plan_of(training<4, 5, 3>::build(7), 8, tiled));
  }
}

TEST_CASE("memory is used again", "[pass]") {
  auto const d = plan_of(training<64, 32, 10>::build(32), 4, false);
  int total = 0;
  for (auto const& b : buffers_of(d)) total += b.last - b.first;
  CHECK(d.arena_elements < total);
}

TEST_CASE("updates that read each other's target go through a buffer", "[pass]") {
  program p;
  value const a = p.parameter("a", shape(5, 3));
  value const b = p.parameter("b", shape(5, 3));
  p.update(a, b * 2.0);
  p.update(b, a * 3.0);
  auto const d = plan_of(p, 4, false);
  check_memory(d);
  int buffered = 0;
  for (auto const& r : d.roots)
    buffered += d.nodes[static_cast<std::size_t>(r.node)].is(op::code<op::view>) ? 1 : 0;
  CHECK(buffered == 1);
}

TEST_CASE("sums over samples have accumulators only if there are several tiles", "[pass]") {
  auto has_accumulator = [](pass::draft const& d) {
    for (auto const& p : d.placements)
      if (p.accumulator >= 0) return true;
    return false;
  };
  CHECK_FALSE(has_accumulator(plan_of(training<4, 5, 3>::build(7), 4, false)));
  CHECK(has_accumulator(plan_of(training<4, 5, 3>::build(7), 4, true)));
}
