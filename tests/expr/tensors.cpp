// SPDX-License-Identifier: BSL-1.0
#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

#include <ramp/expr/functions.hpp>
#include <ramp/expr/kinked.hpp>
#include <ramp/expr/leaf.hpp>
#include <ramp/expr/linear_algebra.hpp>
#include <ramp/expr/reduction.hpp>
#include <ramp/expr/softmax.hpp>

#include "expr/evaluate.hpp"

using namespace ramp;

namespace {

using numbers = std::vector<double>;

constexpr auto row = variable<"row", 2>;
constexpr auto column = variable<"column", 3>;
constexpr auto m = variable<"m", 2, 3>;
constexpr auto n = variable<"n", 3, 2>;
constexpr auto cube = variable<"cube", 2, 3, 2>;

std::vector<test::bound> const values{
    {"row", {10, 20}},
    {"column", {1, 2, 3}},
    {"m", {1, 2, 3, 4, 5, 6}},
    {"n", {1, 0, 0, 1, 1, 1}},
    {"cube", {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}},
};

numbers value(auto const& f) { return test::elements(f, values); }

}  // namespace

TEST_CASE("products of linear algebra", "[expr]") {
  CHECK(value(row * m) == numbers{90, 120, 150});
  CHECK(value(m * column) == numbers{14, 32});
  CHECK(value(m * n) == numbers{4, 5, 10, 11});
  CHECK(value(column * column) == numbers{1, 4, 9});
  CHECK(value(2 * m) == numbers{2, 4, 6, 8, 10, 12});
  CHECK(value(hadamard(m, m)) == numbers{1, 4, 9, 16, 25, 36});
  CHECK(value(dot(column, column)) == numbers{14});
  CHECK(value(outer(row, column)) == numbers{10, 20, 30, 20, 40, 60});
  CHECK(value(transpose(m) * row) == numbers{90, 120, 150});
  CHECK(value(transpose(m)) == numbers{1, 4, 2, 5, 3, 6});
  CHECK(value(transpose<2, 0, 1>(cube)) == numbers{0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11});
  CHECK(value(m * transpose(m)) == numbers{14, 32, 32, 77});
}

TEST_CASE("softmax and its relatives are stable", "[expr]") {
  constexpr auto logits = variable<"logits", 3>;
  std::vector<test::bound> const large{{"logits", {1000, -1000, 999}}};
  double const log_total = std::log1p(std::exp(-1.0));
  auto at = [&](auto const& f) { return test::elements(f, large); };
  CHECK(at(logsumexp(logits))[0] == Approx(1000 + log_total).epsilon(1e-15));
  CHECK(at(log_softmax(logits))[1] == Approx(-2000 - log_total).epsilon(1e-15));
  CHECK(at(softmax(logits))[0] == Approx(std::exp(-log_total)).epsilon(1e-15));
  CHECK(at(softmax(logits))[1] == 0.0);
  CHECK(value(sum(softmax(m), axis<1>))[1] == Approx(1.0).epsilon(1e-15));
  CHECK(value(sum(softmax(m, axis<0>), axis<0>))[2] == Approx(1.0).epsilon(1e-15));
}
