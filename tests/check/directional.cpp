// SPDX-License-Identifier: BSL-1.0
#include <ramp/check/directional.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include <ramp/ramp.hpp>

#include "laws/random_kinks.hpp"

using namespace ramp;
using namespace ramp::literals;
using check::at;
using check::check_gradient;
using check::check_gradient_along;
using check::compare_gradient_along;
using check::directional_gradient;
using check::numerical_gradient_along;
using check::point;
using check::reverse_gradient;
using check::text;
using check::verdict;
using laws::graph;
using laws::value;

namespace {

constexpr auto x = variable<"x">;
constexpr auto y = variable<"y">;
constexpr auto t = variable<"t">;
constexpr auto v = variable<"v", 3>;
constexpr auto d = variable<"d", 3>;
constexpr auto logits = input<"logits", 4>;
constexpr auto label = class_label<"label", 4>;

value relu(value a) { return a.combine<op::relu>(0.0); }
value abs(value a) { return a.combine<op::abs>(0.0); }

/// Scalar functions of x and y with kinks at 0 and nowhere near.
struct example {
  graph g;
  value a = laws::argument(g, "x");
  value b = laws::argument(g, "y");
  value smooth = a.combine<op::exp>(0.0) * b.combine<op::cos>(0.0);
};

}  // namespace

TEST_CASE("of one element the side of the direction counts, and no other", "[check]") {
  example e;
  int const root = (relu(e.a) * 3.0 + e.smooth).index;  // slopes 1 and 4 by x, 0 by y
  for (double side : {1.0, -1.0, 0.25, -7.0}) {
    INFO("along " << side);
    double const slope = side > 0.0 ? 4.0 : 1.0;
    auto const r = check_gradient_along(e.g, root, {0, 1}, {{0.0}, {0.0}}, {{side}, {0.0}});
    INFO(text(r));
    CHECK(r.passed());
    CHECK(r.compared == 3);
    CHECK(r.on_kinks == 2);
    CHECK(r.skipped() == 0);
    auto compare = [&](double by_x, double by_y) {
      return compare_gradient_along(e.g, root, {0, 1}, {{0.0}, {0.0}}, {{side}, {0.0}},
                                    {{by_x}, {by_y}});
    };
    CHECK(compare(slope, 0.0).passed());
    CHECK(compare(5.0 - slope, 0.0).different == 2);  // the other side
    CHECK(compare(2.5, 0.0).different == 2);          // symmetric
    CHECK(compare(slope + 1e-6, 0.0).different == 2);
    CHECK(compare(slope, 1e-6).different == 1);  // not on a kink
    CHECK(compare(std::nan(""), 0.0).different == 2);
  }
}

TEST_CASE("what standard gives is no derivative along a direction", "[check]") {
  example e;
  int const root = (abs(e.a) - abs(e.a - e.b) + e.smooth).index;
  point const origin{{0.0}, {0.0}};
  for (point const& direction :
       {point{{1.0}, {2.0}}, point{{-1.0}, {0.5}}, point{{2.0}, {-1.0}}, point{{1.0}, {0.0}}}) {
    auto const right =
        directional_gradient(e.g, root, {0, 1}, origin, direction, standard.value);
    auto const r = compare_gradient_along(e.g, root, {0, 1}, origin, direction, right);
    INFO(text(r));
    CHECK(r.passed());
    CHECK(r.compared == 3);
    auto const constant = reverse_gradient(e.g, root, {0, 1}, origin, standard.value);
    CHECK(!compare_gradient_along(e.g, root, {0, 1}, origin, direction, constant).passed());
    point const opposite{{-direction[0][0]}, {-direction[1][0]}};
    auto const other =
        directional_gradient(e.g, root, {0, 1}, origin, opposite, standard.value);
    CHECK(!compare_gradient_along(e.g, root, {0, 1}, origin, direction, other).passed());
  }
  // an element may be none of the slopes to its left and right: along (1, 2), x - (y - x)
  auto const g =
      directional_gradient(e.g, root, {0, 1}, origin, {{1.0}, {2.0}}, standard.value);
  CHECK(g == point{{3.0}, {-1.0}});
}

TEST_CASE("an error that the product with the direction hides is found in its element", "[check]") {
  example e;
  int const root = (relu(e.a + e.b) + relu(e.a - e.b)).index;
  // along (1, 0) both grow: (2, 0)
  auto compare = [&](double by_x, double by_y) {
    return compare_gradient_along(e.g, root, {0, 1}, {{0.0}, {0.0}}, {{1.0}, {0.0}},
                                  {{by_x}, {by_y}});
  };
  CHECK(compare(2.0, 0.0).passed());
  auto const r = compare(2.0, 0.5);
  CHECK(r.different == 1);
  CHECK(r.worst.argument == "y");
  CHECK(r.worst.lower == Approx(0.0).margin(1e-9));
}

TEST_CASE("on what does not move the policy decides, between the slopes", "[check]") {
  example e;
  int const root = (relu(e.a) + relu(e.b)).index;
  for (auto policy : {standard.value, at_zero<1.0>.value, symmetric.value}) {
    auto const r = check_gradient_along(e.g, root, {0, 1}, {{0.0}, {0.0}}, {{1.0}, {0.0}},
                                        {.policy = policy});
    INFO(text(r));
    CHECK(r.passed());
    CHECK(r.compared == 3);
  }
  for (double outside : {-0.001, 1.001})
    CHECK(compare_gradient_along(e.g, root, {0, 1}, {{0.0}, {0.0}}, {{1.0}, {0.0}},
                                 {{1.0}, {outside}})
              .different == 1);
  auto const still = check_gradient_along(e.g, root, {0, 1}, {{0.0}, {0.0}}, {{0.0}, {0.0}});
  CHECK(still.passed());
  CHECK(still.compared == 3);
}

TEST_CASE("an operand that leaves a kink at second order is not taken for a first", "[check]") {
  example e;
  int const root = relu(e.a * e.a - e.b).index;  // along (1, 0) the operand is the square
  for (auto policy : {standard.value, at_zero<1.0>.value}) {
    auto const r = check_gradient_along(e.g, root, {0, 1}, {{0.0}, {0.0}}, {{1.0}, {0.0}},
                                        {.policy = policy});
    INFO(text(r));
    CHECK(r.different == 0);
    CHECK(r.compared >= 2);
  }
}

TEST_CASE("off kinks every planted error is found", "[check]") {
  example e;
  int const root = (relu(e.a) + e.smooth).index;
  point const place{{0.5}, {-0.75}};
  point const direction{{0.5}, {-2.0}};
  auto const right = directional_gradient(e.g, root, {0, 1}, place, direction, standard.value);
  CHECK(right == reverse_gradient(e.g, root, {0, 1}, place, standard.value));
  auto const r = compare_gradient_along(e.g, root, {0, 1}, place, direction, right);
  CHECK(r.passed());
  CHECK(r.on_kinks == 0);
  for (std::size_t j = 0; j < 2; ++j)
    for (double factor : {0.0, -1.0, 1.0 + 1e-7, 2.0}) {
      auto wrong = right;
      wrong[j][0] *= factor;
      CHECK(compare_gradient_along(e.g, root, {0, 1}, place, direction, wrong).different == 2);
    }
}

TEST_CASE("no number, no side: skipped and counted", "[check]") {
  example e;
  int const log = e.a.combine<op::log>(0.0).index;
  CHECK(check_gradient_along(e.g, log, {0}, {{-1.0}, {0.0}}, {{1.0}}).skipped_undefined == 2);
  int const jump = (e.a.combine<op::less>(0.0, e.a.number(1.0)) + relu(e.b)).index;
  auto const r = check_gradient_along(e.g, jump, {0}, {{1.0}, {1.0}}, {{1.0}});
  CHECK(r.compared == 0);
  CHECK(r.skipped_near_kink == 2);
}

TEST_CASE("random functions at points with many ties: along a direction they pass", "[check]") {
  int settled = 0, elements_on_kinks = 0, constant_found = 0, opposite_found = 0, different = 0;
  for (std::uint64_t seed = 0; seed < 120; ++seed) {
    auto const c = laws::kink_generator(seed)(10, true);
    xoshiro256 random(seed);
    point direction = c.at;
    for (auto& values : direction)
      for (double& s : values) s = (static_cast<double>(uniform_below(65, random)) - 32.0) / 16.0;
    auto const expected = numerical_gradient_along(c.g, c.root, c.wrt, c.at, direction);
    auto compare = [&](point const& g) {
      return compare_gradient_along(c.g, c.root, c.wrt, c.at, direction, g);
    };
    auto const found =
        directional_gradient(c.g, c.root, c.wrt, c.at, direction, standard.value);
    auto const r = compare(found);
    INFO("seed " << seed << ": " << text(r));
    REQUIRE(expected.back().outcome != verdict::skipped_near_kink);
    double product = 0.0;
    std::size_t next = 0;
    bool const same = found == directional_gradient(c.g, c.root, c.wrt, c.at, direction,
                                                    at_zero<1.0>.value);
    for (std::size_t j = 0; j < found.size(); ++j)
      for (std::size_t i = 0; i < found[j].size(); ++i) {
        product += found[j][i] * direction[j][i];
        elements_on_kinks += expected[next++].outcome == verdict::agrees_on_kink;
      }
    CHECK(expected.back().compared_with(product).outcome != verdict::differs);
    if (same) {  // no policy had a say
      ++settled;
      CHECK(r.passed());
    }
    auto const constant = reverse_gradient(c.g, c.root, c.wrt, c.at, standard.value);
    if (constant != found) {
      ++different;
      constant_found += compare(constant).different > 0;
    }
    point opposite = direction;
    for (auto& values : opposite)
      for (double& s : values) s = -s;
    auto const other =
        directional_gradient(c.g, c.root, c.wrt, c.at, opposite, standard.value);
    if (other != found) opposite_found += compare(other).different > 0;
  }
  CHECK(settled > 60);
  CHECK(elements_on_kinks > 100);
  CHECK(different > 50);
  CHECK(constant_found > different * 9 / 10);
  CHECK(opposite_found > 50);
}

TEST_CASE("check_gradient takes a direction in numbers, or in names of the point", "[check]") {
  auto const f = abs(x) * y + relu(x - y * y);
  CHECK(check_gradient(f, at(x = 0.0, y = 1.0), directional(1_c, -0.5_c)).passed());
  CHECK(check_gradient(f, at(x = 0.0, y = 0.0), directional(-2.0, 0.5)).passed());
  auto const r = check_gradient(f, at(x = 0.0, y = 0.0, t = -1.0), directional(t, t * y));
  INFO(text(r));
  CHECK(r.passed());
  CHECK(r.compared == 3);
  CHECK(r.worst.argument != "t");
  // vectors: a direction of their shape, or one number for all elements
  auto const g = sum(abs(v)) + max(v);
  auto const here = std::array{0.0, 0.0, -1.0};
  auto const along_d = check_gradient(
      g, at(v = here, d = std::array{1.0, -1.0, 0.5}), directional(relu(d) - 0.25));
  INFO(text(along_d));
  CHECK(along_d.passed());
  CHECK(along_d.compared == 4);
  CHECK(check_gradient(g, at(v = here), directional(-1_c)).different == 0);
}

TEST_CASE("a planted wrong derivative along a direction is rejected", "[check]") {
  auto const r = check_gradient(x * stop_gradient(x) + abs(y), at(x = 2.0, y = 0.0),
                                directional(1_c, 1_c));
  CHECK(r.different == 2);
  CHECK(r.worst.argument == "x");
  // a use that does not follow the direction
  CHECK(!check_gradient(relu(x, symmetric), at(x = 0.0), directional(1_c)).passed());
  CHECK(check_gradient(relu(x, at_zero<1.0>), at(x = 0.0), directional(1_c)).passed());
}

TEST_CASE("class labels have no direction", "[check]") {
  auto const r = check_gradient(cross_entropy(relu(logits), label),
                                at(label = 2, logits = std::array{0.0, -1.0, 2.0, 0.0}),
                                directional(1_c));
  INFO(text(r));
  CHECK(r.passed());
  CHECK(r.compared == 5);
  CHECK(r.on_kinks == 3);
}
