// SPDX-License-Identifier: BSL-1.0
// Compositions of kinked functions whose Clarke subdifferential is known, under every policy: what
// the chain rule alone gives for the spelling, and what it gives after rewriting. The compositions
// and the questions are those of the example that prints the answers.
#include <ramp/pass/rewrite.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>
#include <vector>

#include "graphs.hpp"
#include "support/answers.hpp"

using namespace composites;
using laws::graph;
using laws::node;
using ramp::lowered;
using ramp::rewriting;
using ramp::check::evaluate_at;
using ramp::check::point;
namespace op = ramp::op;

namespace {

constexpr std::array both{rewriting::off, rewriting::on};

std::vector<composite> battery() {
  std::vector<composite> all = of_one();
  for (composite const& c : of_several()) all.push_back(c);
  return all;
}

/// The function as it is spelled, as values.
struct plain_function {
  lowered f;

  explicit plain_function(composite const& c)
      : f(c.lower(ramp::standard.value, rewriting::off)) {}
  double operator()(point const& at) const {
    return evaluate_at(f.graph, at)[f.roots[0].node][0];
  }
};

point moved(point at, point const& direction, double step) {
  for (std::size_t j = 0; j < at.size(); ++j)
    for (std::size_t i = 0; i < at[j].size(); ++i) at[j][i] += step * direction[j][i];
  return at;
}

/// The gradient by differences, beside every kink.
numbers slopes_at(plain_function const& f, point const& at) {
  constexpr double h = 0x1p-26;
  numbers all;
  for (std::size_t j = 0; j < at.size(); ++j)
    for (std::size_t i = 0; i < at[j].size(); ++i) {
      point left = at, right = at;
      left[j][i] -= h;
      right[j][i] += h;
      all.push_back((f(right) - f(left)) / (2 * h));
    }
  return all;
}

/// Whether the function chooses by a condition, which no direction looks at.
bool chooses(lowered const& f) {
  return std::any_of(f.graph.nodes.begin(), f.graph.nodes.end(),
                     [](node const& n) { return n.is(laws::code<op::where>); });
}

}  // namespace

TEST_CASE("battery of kinks: the sets are the hulls of the gradients nearby", "[laws]") {
  // from values alone: nothing that differentiates has a say
  constexpr double near = 0x1p-10, tolerance = 0.02;
  for (composite const& c : battery()) {
    INFO(c.text);
    plain_function const f(c);
    ramp::xoshiro256 random(11);
    std::vector<double> distance(c.right.corners.size(), std::numeric_limits<double>::infinity());
    numbers largest, smallest;
    for (int sample = 0; sample < 400; ++sample) {
      point beside = c.at;
      for (auto& values : beside)
        for (double& x : values) x += near * (2.0 * ramp::uniform<double>(random) - 1.0);
      numbers const g = slopes_at(f, beside);
      INFO(text_of(g));
      CHECK(c.right.holds(g, tolerance));
      for (std::size_t k = 0; k < distance.size(); ++k) {
        double size = 0.0;
        for (std::size_t i = 0; i < g.size(); ++i)
          size = std::fmax(size, std::fabs(g[i] - c.right.corners[k][i]));
        distance[k] = std::fmin(distance[k], size);
      }
      if (largest.empty()) largest = smallest = g;
      for (std::size_t i = 0; i < g.size(); ++i) {
        largest[i] = std::fmax(largest[i], g[i]);
        smallest[i] = std::fmin(smallest[i], g[i]);
      }
    }
    for (double d : distance) CHECK(d < tolerance);
    for (std::size_t i = 0; c.right.is_ball && i < largest.size(); ++i) {
      CHECK(largest[i] > 0.9);
      CHECK(smallest[i] < -0.9);
    }
  }
}

TEST_CASE("battery of kinks: directions, unit vectors and intervals keep their promises",
          "[laws]") {
  int settled = 0;
  for (composite const& c : battery())
    for (rewriting spellings : both) {
      INFO(c.text << (spellings == rewriting::on ? ", rewritten" : ""));
      answer const one = by_direction(c, spellings);
      settled += one.is_promised;
      INFO("along v " << one.text());
      CHECK((one.is_right || !one.is_promised));
      answer const each = by_unit_vectors(c, spellings);
      INFO("in turn " << each.text());
      CHECK(each.is_right);
      answer const bounds = by_bounds(c, spellings);
      INFO("interval " << bounds.text());
      CHECK(bounds.is_right);
      // what the other two give is between them
      for (answer const& a : {one, each})
        for (std::size_t i = 0; i < a.gradient.size(); ++i) {
          CHECK(bounds.gradient[i] <= a.gradient[i]);
          CHECK(a.gradient[i] <= bounds.upper[i]);
        }
    }
  CHECK(settled > 80);
}

TEST_CASE("battery of kinks: along a direction g.v is the one-sided derivative", "[laws]") {
  int compared = 0;
  for (composite const& c : battery()) {
    plain_function const f(c);
    if (chooses(f.f)) continue;
    for (rewriting spellings : both)
      for (double turn : {1.0, -1.0}) {
        INFO(c.text << (spellings == rewriting::on ? ", rewritten" : "") << ", " << turn);
        point const v = moved(c.direction, c.direction, turn - 1.0);
        constexpr double h = 0x1p-20;
        double const slope = (f(moved(c.at, v, h)) - f(c.at)) / h;
        lowered const program = c.lower(ramp::standard.value, spellings);
        auto const found = ramp::check::gradient_along(
            program.graph, program.roots[0].node, c.wrt(), c.at, {v}, ramp::standard.value);
        CHECK(found.slopes[0] == Approx(slope).margin(1e-5));
        CHECK(product(flat(found.gradient), flat(v)) == Approx(slope).margin(1e-5));
        ++compared;
      }
  }
  CHECK(compared > 200);
}

TEST_CASE("battery of kinks: how often each policy is right", "[laws]") {
  struct expected {
    std::string_view policy;
    tally spelled, rewritten;
  };
  // figures in the documentation
  constexpr expected counts[] = {
      {"standard", {53, 66}, {61, 66}},
      {"at_zero<0.0>", {53, 66}, {60, 66}},
      {"at_zero<1.0>", {52, 66}, {61, 66}},
      {"symmetric", {61, 66}, {65, 66}},
      {"pytorch", {53, 66}, {61, 66}},
      {"jax", {50, 65}, {59, 65}},
      {"tensorflow", {51, 62}, {58, 62}},
      {"smooth<0.1>", {59, 66}, {63, 66}},
      {"directional", {55, 55}, {63, 63}},
      {"lexicographic", {66, 66}, {66, 66}},
      {"interval", {66, 66}, {66, 66}},
  };
  REQUIRE(std::size(counts) == policy_count);
  auto const all = battery();
  for (std::size_t p = 0; p < policy_count; ++p) {
    tally const spelled = tally_of(policies[p], all, rewriting::off);
    tally const rewritten = tally_of(policies[p], all, rewriting::on);
    INFO(policies[p].name << ": " << spelled.right << " of " << spelled.asked << ", rewritten "
                          << rewritten.right << " of " << rewritten.asked);
    CHECK(policies[p].name == counts[p].policy);
    CHECK(spelled == counts[p].spelled);
    CHECK(rewritten == counts[p].rewritten);
  }
}

TEST_CASE("battery of kinks: forward and reverse mode agree to the last bit", "[laws]") {
  for (composite const& c : battery())
    for (rewriting spellings : both)
      for (auto policy : {ramp::standard.value, ramp::at_zero<0.0>.value,
                          ramp::at_zero<1.0>.value, ramp::symmetric.value}) {
        lowered const f = c.lower(policy, spellings);
        auto const r = ramp::check::check_forward_reverse(f.graph, f.roots[0].node, c.wrt(), c.at,
                                                          {.policy = policy, .tolerance = 0.0});
        INFO(c.text << "\n" << ramp::check::text(r));
        CHECK(r.passed());
      }
}

TEST_CASE("battery of kinks: inserting with rewriting is the same as rewriting", "[laws]") {
  for (composite const& c : battery()) {
    INFO(c.text);
    lowered const plain = c.lower(ramp::standard.value, rewriting::off);
    ramp::list<int> roots{plain.roots[0].node};
    graph const rebuilt = ramp::pass::rewrite(plain.graph, roots);
    lowered const direct = c.lower(ramp::standard.value, rewriting::on);
    ramp::list<int> last{direct.roots[0].node};
    CHECK(ramp::pass::eliminate_dead_code(direct.graph, last).nodes == rebuilt.nodes);
  }
}
