// SPDX-License-Identifier: BSL-1.0
#include <ramp/check/subgradient.hpp>

#include <catch2/catch.hpp>

#include <ramp/ramp.hpp>

using namespace ramp;
using namespace ramp::literals;
using check::point;

namespace {

constexpr auto x = variable<"x">;
constexpr auto y = variable<"y">;
constexpr auto v = variable<"v", 3>;
constexpr auto f = max(x, y) + abs(x - y) * y;  // tied where x is y
constexpr auto longest = max(abs(v)) + relu(sum(v));

template <class F>
lowered lower(F const& function) {
  lowerer l(standard.value);
  l.add_constant(function);
  return l.finish();
}

}  // namespace

TEST_CASE("gradient_along gives what the compiled program gives", "[check]") {
  lowered const program = lower(f);
  point const at{{2.0}, {2.0}};
  constexpr auto along = directional(1_c, -0.5_c);
  auto const [dx, dy, ties] =
      compile(gradient(f, wrt(x, y), along), unsettled_ties(f, wrt(x, y), along))(x = 2.0, y = 2.0);
  auto const found = check::gradient_along(program.graph, program.roots[0].node, {0, 1}, at,
                                           {{{1.0}, {-0.5}}}, standard.value);
  CHECK(found.gradient == point{{dx}, {dy}});
  CHECK(found.gradient == point{{3.0}, {-2.0}});
  CHECK(found.slopes == std::vector{4.0});
  CHECK(found.unsettled == 0.0);
  CHECK(ties == 0.0);

  // x and y move alike: the policy is asked, twice
  auto const tied = check::gradient_along(program.graph, program.roots[0].node, {0, 1}, at,
                                          {{{1.0}, {1.0}}}, at_zero<1.0>.value);
  CHECK(tied.gradient == point{{3.0}, {-2.0}});
  CHECK(tied.slopes == std::vector{1.0});
  CHECK(tied.unsettled == 2.0);
}

TEST_CASE("gradient_along the unit directions is lexicographic", "[check]") {
  lowered const program = lower(longest);
  point const at{{0.0, 0.0, 0.0}};
  auto const directions = check::unit_directions({0}, at);
  REQUIRE(directions.size() == 3);
  CHECK(directions[1] == point{{0.0, 1.0, 0.0}});
  auto const found = check::gradient_along(program.graph, program.roots[0].node, {0}, at,
                                           directions, standard.value);
  auto const compiled = compile(gradient(longest, wrt(v), lexicographic))(v = {0.0, 0.0, 0.0});
  CHECK(found.gradient == point{{2.0, 1.0, 1.0}});
  for (std::size_t i = 0; i < 3; ++i) CHECK(found.gradient[0][i] == compiled[i]);
  CHECK(found.slopes == std::vector{2.0, 1.0, 1.0});
  CHECK(found.unsettled == 0.0);
}

TEST_CASE("gradient_bounds gives what the compiled program gives", "[check]") {
  lowered const program = lower(f);
  auto const found =
      check::gradient_bounds(program.graph, program.roots[0].node, {0, 1}, {{2.0}, {2.0}});
  auto const [x_low, x_high, y_low, y_high] =
      compile(gradient(f, wrt(x, y), interval))(x = 2.0, y = 2.0);
  REQUIRE(found.fault == -1);
  CHECK(found.lower == point{{x_low}, {y_low}});
  CHECK(found.upper == point{{x_high}, {y_high}});
  CHECK(found.lower[0][0] <= -2.0);
  CHECK(found.upper[0][0] >= 3.0);
}

TEST_CASE("gradient_bounds names an operation that has none", "[check]") {
  lowered const program = lower(floor(x));
  auto const found = check::gradient_bounds(program.graph, program.roots[0].node, {0}, {{1.0}});
  CHECK(found.fault == static_cast<int>(ir::code<op::floor>));
  CHECK(found.lower.empty());
}
