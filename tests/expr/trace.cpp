// SPDX-License-Identifier: BSL-1.0
#include <catch2/catch.hpp>

#include <vector>

#include <ramp/expr/derivative.hpp>
#include <ramp/expr/linear_algebra.hpp>
#include <ramp/expr/reduction.hpp>
#include <ramp/expr/trace.hpp>

#include "expr/evaluate.hpp"

using namespace ramp;

namespace {

constexpr auto u = variable<"u">;
constexpr auto w = variable<"w">;

/// Horner's rule for 1 + 2 w + 3 w^2 + ... + count w^(count - 1), times u.
template <int Count>
constexpr auto polynomial = trace<"u", "w">([](auto factor, auto at) {
  auto total = Count * factor;
  for (int i = Count - 1; i > 0; --i) total = total * at + i * factor;
  return total;
});

}  // namespace

TEST_CASE("loops and local variables are traced", "[expr]") {
  constexpr auto p = polynomial<4>;
  CHECK(test::evaluate(p, {{"u", 1.0}, {"w", 2.0}}) == 49.0);
  CHECK(test::evaluate(gradient(p, wrt(w)), {{"u", 3.0}, {"w", 2.0}}) == 3.0 * 62);
  CHECK(test::evaluate(2 * p + u, {{"u", 1.0}, {"w", 2.0}}) == 99.0);
}

TEST_CASE("two lambdas of one function are two expressions", "[expr]") {
  constexpr auto sum_of = trace<"u">([](auto a) { return a + 1; });
  constexpr auto product_of = trace<"u">([](auto a) { return a * 3; });
  CHECK(test::evaluate(sum_of + 10 * product_of, {{"u", 2.0}}) == 63.0);
}

TEST_CASE("traced arguments have shapes, and all functions apply", "[expr]") {
  constexpr auto f = trace<"v", "m", "t">(
      [](auto v, auto m, auto t) {
        auto x = t * (v * m);
        for (int i = 0; i < 3; ++i) x = where(x > 20, x, 2 * x);
        return sum(x);
      },
      shaped<2>, shaped<2, 3>, scalar);
  static_assert(decltype(f)::shape_of.rank == 0);
  std::vector<test::bound> const at{
      {"v", {1, 2}}, {"m", {1, 2, 3, 4, 5, 6}}, {"t", 1.0}};
  // v * m = 9 12 15 -> 36 24 30
  CHECK(test::evaluate(f, at) == 90.0);
  CHECK(test::elements(gradient(f, wrt(variable<"v", 2>)), at) ==
        std::vector<double>{4 + 4 + 6, 16 + 10 + 12});
}

TEST_CASE("a traced function may return a number", "[expr]") {
  constexpr auto f = trace<"u">([](auto) { return 4; });
  CHECK(test::evaluate(f + u, {{"u", 1.0}}) == 5.0);
}

TEST_CASE("a thousand operations fit the default limits of the compilers", "[expr]") {
  static constexpr auto p = polynomial<333>;
  static constexpr int nodes = [] {
    lowerer l(standard.value);
    l.add<std::remove_const_t<decltype(p)>>();
    return l.finish().graph.size();
  }();
  CHECK(nodes > 1000);
  CHECK(test::evaluate(p, {{"u", 1.0}, {"w", 1.0}}) == 333.0 * 334 / 2);
}
