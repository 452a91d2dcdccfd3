// SPDX-License-Identifier: BSL-1.0
#include <catch2/catch.hpp>

#include <cmath>

#include <boost/hana/range.hpp>
#include <boost/hana/tuple.hpp>

#include <ramp/expr/derivative.hpp>
#include <ramp/expr/functions.hpp>
#include <ramp/expr/iterate.hpp>
#include <ramp/expr/kinked.hpp>
#include <ramp/expr/linear_algebra.hpp>
#include <ramp/expr/reduction.hpp>
#include <ramp/expr/slice.hpp>
#include <ramp/expr/split.hpp>
#include <ramp/expr/trace.hpp>
#include <ramp/expr/update.hpp>

#include "expr/evaluate.hpp"

using namespace ramp;

namespace {

constexpr auto x = variable<"x">;
constexpr auto v = variable<"v", 4>;

double value(auto const& f, double at) {
  return test::evaluate(f, {{"x", at}, {"v", {1, 2, 3, 4}}});
}

}  // namespace

TEST_CASE("a function is applied again and again", "[expr]") {
  constexpr auto halved = [](auto const& z) { return 0.5 * z; };
  CHECK(value(iterate<0>(halved, x), 3.0) == 3.0);
  CHECK(value(iterate<1>(halved, x), 3.0) == 1.5);
  CHECK(value(iterate<20>(halved, x), 1.0) == 0x1p-20);
  // Newton's iteration for the square root of x; its derivative is that of the square root
  constexpr auto root = iterate<6>([](auto const& z) { return (z + x / z) / 2; }, 1 + 0 * x);
  CHECK(value(root, 2.0) == Approx(std::sqrt(2.0)).epsilon(1e-15));
  CHECK(value(gradient(root, wrt(x)), 2.0) == Approx(0.5 / std::sqrt(2.0)).epsilon(1e-14));
}

TEST_CASE("a function is folded over expressions", "[expr]") {
  constexpr auto horner = [](auto const& state, auto const& c) { return state * x + sum(c); };
  CHECK(value(fold(split<4>(v), 0.0, horner), 10.0) == 1234.0);
  constexpr auto add = [](auto const& s, auto const& e) { return s + e; };
  CHECK(value(fold(outputs(x, x * x, sum(v)), 0.0, add), 3.0) == 3 + 9 + 10);
  CHECK(value(fold(boost::hana::make_tuple(x, 2.0, x), x,
                   [](auto const& s, auto const& e) { return s * e; }),
              3.0) == 54.0);
  // numbers that are types can choose elements
  constexpr auto alternating =
      fold(boost::hana::range_c<int, 0, 4>, 0.0, [](auto const& s, auto i) {
        return s + (i() % 2 == 0 ? 1 : -1) * sum(slice<0, i(), 1>(v));
      });
  CHECK(value(alternating, 0.0) == -2.0);
}

TEST_CASE("loops in traced functions", "[expr]") {
  constexpr auto f = trace<"v", "x">(
      [](auto w, auto z) {
        auto const squared = iterate<3>([](auto const& y) { return y * y; }, z);
        return fold(split<2>(w), squared,
                    [](auto const& s, auto const& part) { return s + sum(part); });
      },
      shaped<4>, scalar);
  CHECK(value(f, 2.0) == 256.0 + 10.0);
}
