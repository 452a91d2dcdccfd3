// SPDX-License-Identifier: BSL-1.0
// The laws of directions at kinks, on random piecewise linear functions at points with many ties:
// one direction gives the one-sided derivative along it, directions that span the space give the
// slopes of a piece that meets the point.
#include <ramp/check/modes.hpp>
#include <ramp/ir/verify.hpp>
#include <ramp/pass/directional.hpp>

#include <catch2/catch.hpp>

#include <cmath>

#include "random_kinks.hpp"

using namespace laws;
using ramp::check::evaluate_at;
using ramp::check::point;
using ramp::check::reverse_gradient;

namespace {

constexpr std::uint64_t seeds = 400;

constexpr ramp::kink_policy policies[] = {ramp::standard.value, ramp::at_zero<0.0>.value,
                                          ramp::at_zero<1.0>.value, ramp::at_zero<0.25>.value};

/// Directions as nodes: numbers that are bound as further arguments.
ramp::list<ramp::list<int>> bound(kinked_composition& c, std::vector<point> const& directions) {
  ramp::list<ramp::list<int>> nodes;
  for (point const& d : directions) {
    nodes.push_back({});
    ramp::list<int>& one = nodes.back();
    for (std::size_t j = 0; j < c.wrt.size(); ++j) {
      shape const s = c.g.arguments[static_cast<std::size_t>(c.wrt[j])].extents;
      one.push_back(argument(c.g, "direction", s).index);
      c.at.push_back(d[j]);
    }
  }
  return nodes;
}

struct directed {
  point gradient;
  std::vector<double> moves;  // of the root, along each direction
  double unsettled = 0.0;
};

/// The gradient along directions, how the root moves along them, and what they do not settle.
directed along(kinked_composition c, std::vector<point> const& directions,
               ramp::kink_policy policy) {
  auto const nodes = bound(c, directions);
  auto const wrt = c.wrt_nodes();
  auto const tangents = ramp::pass::forward_along(c.g, c.root, wrt, nodes, policy);
  auto const adjoints =
      ramp::pass::reverse(c.g, {c.root}, {c.g.constant(1.0)}, wrt, policy, &tangents);
  int const ties = ramp::pass::unsettled_ties(c.g, c.root, wrt, tangents, policy);
  REQUIRE(ramp::ir::verify(c.g) == "");
  auto const e = evaluate_at(c.g, c.at);
  auto const number = [&](int i, std::size_t k) {
    return i < 0 ? 0.0 : e[i][c.g[i].rank == 0 ? 0 : k];
  };
  directed result;
  for (std::size_t j = 0; j < wrt.size(); ++j) {
    auto& g = result.gradient.emplace_back();
    for (std::size_t k = 0; k < c.at[j].size(); ++k) g.push_back(number(adjoints[j], k));
  }
  for (std::size_t d = 0; d < directions.size(); ++d)
    result.moves.push_back(number(tangents.at[d][c.root], 0));
  result.unsettled = e[ties][0];
  return result;
}

double product(point const& a, point const& b) {
  double sum = 0.0;
  for (std::size_t j = 0; j < a.size(); ++j)
    for (std::size_t i = 0; i < a[j].size(); ++i) sum += a[j][i] * b[j][i];
  return sum;
}

point moved(point at, point const& direction, double step) {
  for (std::size_t j = 0; j < direction.size(); ++j)
    for (std::size_t i = 0; i < direction[j].size(); ++i) at[j][i] += step * direction[j][i];
  return at;
}

double value_at(kinked_composition const& c, point const& at) {
  return evaluate_at(c.g, at)[c.root][0];
}

template <class Generator>
point random_direction(Generator& random) {
  auto const number = [&] { return static_cast<double>(ramp::uniform_below(5, random)) - 2.0; };
  return {{number(), number(), number()}, {number()}};
}

/// The four unit vectors, in another order for every seed, some of them turned around.
std::vector<point> axes(std::uint64_t seed) {
  std::vector<point> all;
  for (std::size_t k = 0; k < 4; ++k) {
    std::size_t const i = (k * (seed % 2 == 0 ? 1 : 3) + seed / 2) % 4;
    auto& d = all.emplace_back(point{{0, 0, 0}, {0}});
    (i < 3 ? d[0][i] : d[1][0]) = (seed >> k & 4u) == 0 ? 1.0 : -1.0;
  }
  return all;
}

}  // namespace

TEST_CASE("along one direction: g.v is the one-sided derivative, in both modes", "[laws]") {
  int with_ties = 0;
  int decided = 0;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    INFO("seed " << seed);
    auto const c = kink_generator(seed)(12, seed % 2 == 0);
    ramp::xoshiro256 random(seed);
    for (int repeat = 0; repeat < 4; ++repeat) {
      point const v = random_direction(random);
      // the nearest kink is further away than this
      double const h = 0x1p-20;
      double const slope = (value_at(c, moved(c.at, v, h)) - value_at(c, c.at)) / h;
      directed first;
      for (auto policy : policies) {
        auto const found = along(c, {v}, policy);
        // thirds are rounded: what three elements share
        CHECK(found.moves[0] == Approx(slope).epsilon(1e-14).margin(1e-14));
        CHECK(product(found.gradient, v) == Approx(slope).epsilon(1e-14).margin(1e-14));
        if (policy == policies[0]) {
          first = found;
          auto const constant = reverse_gradient(c.g, c.root, c.wrt, c.at, policy);
          with_ties += ramp::check::active_pieces(c.g, evaluate_at(c.g, c.at)).on_kink;
          decided += product(constant, v) != slope;
        }
        // all ties settled: the policy has no say
        if (first.unsettled == 0.0) CHECK(found.gradient == first.gradient);
      }
    }
  }
  // the law is about something: most points are on kinks, and constant weights are wrong at many
  CHECK(with_ties > 1000);
  CHECK(decided > 400);
}

TEST_CASE("a direction that settles every tie gives the slopes beside the point", "[laws]") {
  int settled = 0;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    INFO("seed " << seed);
    auto const c = kink_generator(seed)(12, seed % 2 == 0);
    ramp::xoshiro256 random(seed + 1000);
    point const v = random_direction(random);
    auto const found = along(c, {v}, ramp::standard.value);
    if (found.unsettled > 0.0) continue;
    ++settled;
    CHECK(found.gradient == reverse_gradient(c.g, c.root, c.wrt, moved(c.at, v, 0x1p-20),
                                             ramp::standard.value));
  }
  CHECK(settled > 100);
}

TEST_CASE("along directions that span the space: the slopes of one piece", "[laws]") {
  int different = 0;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    INFO("seed " << seed);
    auto const c = kink_generator(seed)(12, seed % 2 == 0);
    auto const directions = axes(seed);
    // a point to which the first direction leads, a little further the second, and so on
    point beside = c.at;
    double h = 1.0;
    for (auto const& d : directions) beside = moved(beside, d, h *= 0x1p-10);
    auto const expected = reverse_gradient(c.g, c.root, c.wrt, beside, ramp::standard.value);
    for (auto policy : policies) {
      auto const found = along(c, directions, policy);
      for (std::size_t j = 0; j < 2; ++j)
        for (std::size_t i = 0; i < expected[j].size(); ++i)
          CHECK(found.gradient[j][i] == Approx(expected[j][i]).epsilon(1e-14).margin(1e-14));
    }
    different +=
        expected != reverse_gradient(c.g, c.root, c.wrt, c.at, ramp::standard.value);
  }
  CHECK(different > 100);
}
