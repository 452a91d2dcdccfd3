// SPDX-License-Identifier: BSL-1.0
// The laws of passes and of differentiation on random graphs. A failure prints its seed.
#include <ramp/check/modes.hpp>
#include <ramp/ir/verify.hpp>
#include <ramp/pass/eliminate_dead_code.hpp>
#include <ramp/pass/rewrite.hpp>

#include <catch2/catch.hpp>

#include <cstring>
#include <set>

#include "random_graph.hpp"

using namespace laws;
using ramp::check::check_forward_reverse;
using ramp::check::check_gradient;
using ramp::check::evaluate_at;
using ramp::check::point;
using ramp::check::text;

namespace {

/// The values of all roots, one after the other. A root that a pass has found to be a constant is
/// one number whatever its shape was: `like` tells.
std::vector<double> values_of(graph const& g, std::vector<int> const& roots, point const& at,
                              std::vector<shape> const& like) {
  auto const e = evaluate_at(g, at);
  std::vector<double> all;
  for (std::size_t k = 0; k < roots.size(); ++k) {
    int const r = roots[k];
    bool const one_number = g.is_constant(r);
    if (!one_number) REQUIRE(g[r].result_shape() == like[k]);
    for (int i = 0; i < like[k].elements(); ++i) all.push_back(e[r][one_number ? 0 : i]);
  }
  return all;
}

std::vector<shape> shapes_of(graph const& g, std::vector<int> const& roots) {
  std::vector<shape> shapes;
  for (int r : roots) shapes.push_back(g[r].result_shape());
  return shapes;
}

bool same_bits(std::vector<double> const& a, std::vector<double> const& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

/// Largest difference, relative to the larger of 1 and the value.
double distance(std::vector<double> const& a, std::vector<double> const& b) {
  if (a.size() != b.size()) return 1.0 / 0.0;
  double worst = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    double const d = std::fabs(a[i] - b[i]) / std::max(1.0, std::fabs(b[i]));
    worst = d <= worst ? worst : d;
  }
  return worst;
}

/// The three latest values that are no leaves.
std::vector<int> some_roots(random_graph const& r) {
  std::vector<int> roots(r.values.end() - 3, r.values.end());
  for (int i : roots)
    if (ramp::op::is_leaf(r.g[i].operation)) return {roots[2]};
  return roots;
}

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
    auto const roots = some_roots(r);
    auto const shapes = shapes_of(r.g, roots);
    auto const expected = values_of(r.g, roots, r.at, shapes);

    auto live_roots = roots;
    auto const live = ramp::pass::eliminate_dead_code(r.g, live_roots);
    CHECK(ramp::ir::verify(live) == "");
    CHECK(live.size() <= r.g.size());
    CHECK(same_bits(values_of(live, live_roots, r.at, shapes), expected));

    auto stripped_roots = roots;
    auto const stripped = ramp::pass::strip_policies(r.g, stripped_roots);
    CHECK(ramp::ir::verify(stripped) == "");
    CHECK(same_bits(values_of(stripped, stripped_roots, r.at, shapes), expected));

    auto rewritten_roots = roots;
    auto const rewritten = ramp::pass::rewrite(r.g, rewritten_roots);
    CHECK(ramp::ir::verify(rewritten) == "");
    CHECK(distance(values_of(rewritten, rewritten_roots, r.at, shapes), expected) < 1e-11);
    auto again_roots = rewritten_roots;
    auto const again = ramp::pass::rewrite(rewritten, again_roots);
    CHECK(again.nodes == rewritten.nodes);
  }
}

TEST_CASE("forward = reverse = numerical on random graphs", "[laws]") {
  int compared = 0;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    auto r = graph_generator(seed)(12);
    INFO("seed " << seed);
    int const root = weighted_sum(r.g, some_roots(r), r.at);
    auto const modes =
        check_forward_reverse(r.g, root, r.wrt, r.at, {.tolerance = 1e-9, .floor = 1e-10});
    INFO(text(modes));
    CHECK(modes.passed());
    bool stops = false;
    for (node const& n : r.g.nodes) stops = stops || n.is(code<ramp::op::stop_gradient>);
    if (stops) continue;
    auto const numerical = check_gradient(r.g, root, r.wrt, r.at);
    INFO(text(numerical));
    CHECK(numerical.different == 0);
    compared += numerical.compared;
  }
  CHECK(compared > 1000);
}

TEST_CASE("second derivatives of random graphs: forward = reverse = numerical", "[laws]") {
  int compared = 0;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    auto r = graph_generator(seed)(8);
    INFO("seed " << seed);
    int const root = weighted_sum(r.g, some_roots(r), r.at);
    std::vector<int> nodes;
    for (int w : r.wrt) nodes.push_back(r.g.argument_node(w));
    std::vector<int> gradient;
    for (int a :
         ramp::pass::reverse(r.g, {root}, {r.g.constant(1.0)}, nodes, ramp::symmetric.value))
      if (a >= 0) gradient.push_back(a);
    CHECK(ramp::ir::verify(r.g) == "");
    if (gradient.empty()) continue;

    // a pass must preserve derivatives as well
    auto live_roots = gradient;
    auto const live = ramp::pass::eliminate_dead_code(r.g, live_roots);
    auto const shapes = shapes_of(r.g, gradient);
    CHECK(same_bits(values_of(live, live_roots, r.at, shapes),
                    values_of(r.g, gradient, r.at, shapes)));

    int const scalar = weighted_sum(r.g, gradient, r.at);
    auto const modes =
        check_forward_reverse(r.g, scalar, r.wrt, r.at,
                              {.policy = ramp::symmetric.value, .tolerance = 1e-8, .floor = 1e-10});
    INFO(text(modes));
    CHECK(modes.passed());
    bool stops = false;
    for (node const& n : r.g.nodes) stops = stops || n.is(code<ramp::op::stop_gradient>);
    if (stops) continue;
    auto const numerical =
        check_gradient(r.g, scalar, r.wrt, r.at, {.policy = ramp::symmetric.value});
    INFO(text(numerical));
    CHECK(numerical.different == 0);
    compared += numerical.compared;
  }
  CHECK(compared > 1000);
}
