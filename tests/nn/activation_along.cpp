// SPDX-License-Identifier: BSL-1.0
#include <ramp/nn/activation_along.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <vector>

#include <ramp/check/expression.hpp>
#include <ramp/expr/derivative.hpp>
#include <ramp/expr/functions.hpp>
#include <ramp/expr/linear_algebra.hpp>

#include "expr/evaluate.hpp"

using namespace ramp;
using check::at;
using check::check_gradient;

namespace {

using numbers = std::vector<double>;

constexpr auto v = variable<"v", 6>;
constexpr auto m = variable<"m", 2, 4>;
constexpr auto cube = variable<"cube", 2, 4, 3>;

constexpr std::array v_elements{1.0, -2.0, 0.5, 3.0, 0.25, -1.5};
constexpr std::array<std::array<double, 4>, 2> m_elements{{{1, -2, 0.5, 3}, {-0.25, 4, 2, -1}}};

std::vector<test::bound> const values{{"v", {1, -2, 0.5, 3, 0.25, -1.5}},
                                      {"m", {1, -2, 0.5, 3, -0.25, 4, 2, -1}}};

double gated(double a, double b) { return a / (1 + std::exp(-b)); }

void check_close(numbers const& found, numbers const& expected) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i)
    CHECK(found[i] == Approx(expected[i]).epsilon(1e-15));
}

}  // namespace

TEST_CASE("glu gates the first half of an axis by the second", "[nn]") {
  check_close(test::elements(glu(v), values), {gated(1, 3), gated(-2, 0.25), gated(0.5, -1.5)});
  numbers const last{gated(1, 0.5), gated(-2, 3), gated(-0.25, 2), gated(4, -1)};
  check_close(test::elements(glu(m), values), last);
  check_close(test::elements(glu(m, axis<1>), values), last);
  check_close(test::elements(glu(m, axis<0>), values),
              {gated(1, -0.25), gated(-2, 4), gated(0.5, 2), gated(3, -1)});
  static_assert(glu(v).shape_of == shape(3));
  static_assert(glu(m, axis<0>).shape_of == shape(1, 4));
  static_assert(glu(cube, axis<1>).shape_of == shape(2, 2, 3));
}

TEST_CASE("maxout keeps the largest of each group of neighbours", "[nn]") {
  CHECK(test::elements(maxout<2>(v), values) == numbers{1, 3, 0.25});
  CHECK(test::elements(maxout<3>(v), values) == numbers{1, 3});
  CHECK(test::elements(maxout<6>(v), values) == numbers{3});
  CHECK(test::elements(maxout<1>(v), values) == numbers{1, -2, 0.5, 3, 0.25, -1.5});
  CHECK(test::elements(maxout<2>(m), values) == numbers{1, 3, 4, 2});
  CHECK(test::elements(maxout<2>(m, axis<0>), values) == numbers{1, 4, 2, 3});
  static_assert(maxout<2>(cube, axis<1>).shape_of == shape(2, 2, 3));
  // elements (i, 2 j, k) and (i, 2 j + 1, k) meet
  numbers counted;
  for (int i = 0; i < 24; ++i) counted.push_back(i % 2 == 0 ? i : -i);
  CHECK(test::elements(maxout<2>(cube, axis<1>), {{"cube", counted}}) ==
        numbers{0, 4, 2, 6, 10, 8, 12, 16, 14, 18, 22, 20});
}

TEST_CASE("the derivative of maxout goes to the largest and is shared by equals", "[nn]") {
  constexpr auto slope = gradient(sum(maxout<3>(v)), wrt(v));
  CHECK(test::elements(slope, values) == numbers{1, 0, 0, 1, 0, 0});
  CHECK(test::elements(slope, {{"v", {2, 2, 1, 5, 5, 5}}}) ==
        numbers{0.5, 0.5, 0, 1.0 / 3, 1.0 / 3, 1.0 / 3});
}

TEST_CASE("gradients of glu and maxout agree with differences", "[nn]") {
  auto agrees = [](auto const& f, auto const& where, int elements) {
    auto const r = check_gradient(f, where);
    INFO(check::text(r));
    CHECK(r.passed());
    CHECK(r.compared == elements);
  };
  agrees(sum(glu(v) * glu(v)), at(v = v_elements), 6);
  agrees(sum(hadamard(glu(m, axis<0>), glu(m, axis<0>))), at(m = m_elements), 8);
  agrees(sum(maxout<3>(v) * maxout<3>(v)), at(v = v_elements), 6);
  agrees(sum(hadamard(maxout<2>(m, axis<0>), maxout<2>(m, axis<0>))), at(m = m_elements), 8);
}
