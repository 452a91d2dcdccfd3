// SPDX-License-Identifier: BSL-1.0
// The laws as properties: a case that breaks one is made as small as it can be while it still does,
// and printed. A graph is described by a number for each of its operations, so that any of them may
// be left out.
#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "graph_laws.hpp"
#include "properties.hpp"

using namespace laws;

namespace {

using steps = std::vector<std::uint32_t>;

/// Numbers to draw at most `count` operations from.
rc::Gen<steps> up_to(int count) {
  return rc::gen::scale(
      count / 100.0, rc::gen::container<steps>(rc::gen::resize(
                         rc::kNominalSize, rc::gen::inRange<std::uint32_t>(0, 1u << 20))));
}

void require(std::string const& fault, graph const& g, ramp::list<int> const& roots) {
  if (!fault.empty()) RC_FAIL(fault + "\nof\n" + text(g, roots));
}
void require(std::string const& fault, kinked_composition const& c) {
  require(fault, c.g, {c.root});
}

random_graph drawn_graph(int count) { return graph_generator(1)(*up_to(count)); }
kinked_composition kinked() {
  auto const place = *rc::gen::inRange<std::uint64_t>(0, 30);
  return kink_generator(place)(*up_to(24), *rc::gen::arbitrary<bool>());
}
/// For the arguments of such a function.
point direction() {
  return {*rc::gen::container<std::vector<double>>(3, quarters()), {*quarters()}};
}

}  // namespace

TEST_CASE("properties of passes", "[laws]") {
  rc::prop("passes preserve values", [] {
    auto const r = drawn_graph(40);
    require(fault_of_passes(r, some_roots(r)), r.g, some_roots(r));
  });
  rc::prop("canonical form preserves values", [] {
    auto const r = drawn_graph(40);
    if (!(r.worst < 1e-11)) require("by " + std::to_string(r.worst), r.g, some_roots(r));
  });
  rc::prop("rewriting preserves what has many kinks", [] {
    auto const c = kinked();
    require(fault_of_rewriting(c, direction()), c);
  });
  rc::prop("plans keep values as long as they are read", [] {
    auto const r = drawn_graph(40);
    require(fault_of_plan(r, some_roots(r)), r.g, some_roots(r));
  });
}

TEST_CASE("properties of derivatives", "[laws]") {
  rc::prop("forward = reverse = numerical", [] {
    auto const r = drawn_graph(16);
    int compared = 0;
    require(fault_of_modes(r, some_roots(r), compared), r.g, some_roots(r));
  });
  rc::prop("forward = reverse = numerical, at second order", [] {
    auto const r = drawn_graph(10);
    int compared = 0;
    require(fault_of_second_derivatives(r, some_roots(r), compared), r.g, some_roots(r));
  });
  rc::prop("both modes give a tie the same weight", [] {
    auto const c = kinked();
    auto const& policies = ramp::check::detail::constant_policies;
    auto const& policy = policies[*rc::gen::inRange<std::size_t>(0, policies.size())];
    auto const fault = fault_of_modes(c, policy.value);
    require(fault.empty() ? fault : "under " + std::string(policy.name) + ": " + fault, c);
  });
  rc::prop("a gradient along v has the slope along v", [] {
    auto const c = kinked();
    require(fault_of_direction(c, direction()), c);
  });
  rc::prop("bounds hold the gradients nearby", [] {
    auto const c = kinked();
    require(fault_of_bounds(c, direction()), c);
  });
}
