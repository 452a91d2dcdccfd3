// SPDX-License-Identifier: BSL-1.0
#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

#include <ramp/expr/derivative.hpp>
#include <ramp/expr/layout.hpp>
#include <ramp/expr/leaf.hpp>
#include <ramp/expr/linear_algebra.hpp>
#include <ramp/expr/reduction.hpp>
#include <ramp/expr/softmax.hpp>
#include <ramp/nn/loss.hpp>

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

TEST_CASE("reductions over all or some axes", "[expr]") {
  CHECK(value(sum(m)) == numbers{21});
  CHECK(value(sum(m, axis<0>)) == numbers{5, 7, 9});
  CHECK(value(sum(m, axis<1>)) == numbers{6, 15});
  CHECK(value(sum(cube, axis<0, 2>)) == numbers{14, 22, 30});
  CHECK(value(mean(m)) == numbers{3.5});
  CHECK(value(mean(m, axis<1>)) == numbers{2, 5});
  CHECK(value(max(cube, axis<1>)) == numbers{4, 5, 10, 11});
  CHECK(value(min(m, axis<0>)) == numbers{1, 2, 3});
  CHECK(value(max(m)) == numbers{6});
  // sums over what does not vary
  CHECK(value(sum(broadcast<4, 3>(column))) == numbers{24});
  CHECK(value(mean(broadcast<4, 3>(column), axis<0>)) == numbers{1, 2, 3});
}

TEST_CASE("moving elements", "[expr]") {
  CHECK(value(reshape<3, 2>(m)) == numbers{1, 2, 3, 4, 5, 6});
  CHECK(value(reshape<3, 2>(transpose(m))) == numbers{1, 4, 2, 5, 3, 6});
  CHECK(value(slice<1, 1, 2>(m)) == numbers{2, 3, 5, 6});
  CHECK(value(slice<0, 1, 1>(transpose(m))) == numbers{2, 5});
  CHECK(value(slice<1, 0, 2, 2>(m)) == numbers{1, 3, 4, 6});
  CHECK(value(slice<1, 2, 2, -1>(m)) == numbers{3, 2, 6, 5});
  CHECK(value(flip(column)) == numbers{3, 2, 1});
  CHECK(value(flip(m)) == numbers{6, 5, 4, 3, 2, 1});
  CHECK(value(flip(m, axis<0>)) == numbers{4, 5, 6, 1, 2, 3});
  CHECK(value(flip(flip(cube, axis<0, 2>), axis<2, 0>)) == value(cube));
  CHECK(value(pad<0, 1, 2>(row)) == numbers{0, 10, 20, 0, 0});
  CHECK(value(pad<1, 0, 1>(m)) == numbers{1, 2, 3, 0, 4, 5, 6, 0});
  CHECK(value(concatenate(row, column, row)) == numbers{10, 20, 1, 2, 3, 10, 20});
  CHECK(value(concatenate(axis<1>, m, transpose(n))) ==
        numbers{1, 2, 3, 1, 0, 1, 4, 5, 6, 0, 1, 1});
  CHECK(value(broadcast<2, 3>(column)) == numbers{1, 2, 3, 1, 2, 3});
  CHECK(value(broadcast<2, 3>(reshape<2, 1>(row))) == numbers{10, 10, 10, 20, 20, 20});
  CHECK(value(m + broadcast<2, 3>(column)) == numbers{2, 4, 6, 5, 7, 9});
}

TEST_CASE("moving elements has derivatives", "[expr]") {
  auto const weights = slice<0, 1, 2>(column);
  CHECK(value(gradient(dot(weights, row), wrt(column))) == numbers{0, 10, 20});
  CHECK(value(gradient(sum(hadamard(reshape<3, 2>(m), n)), wrt(m))) == numbers{1, 0, 0, 1, 1, 1});
  CHECK(value(gradient(sum(concatenate(axis<0>, m, 2 * m)), wrt(m))) ==
        numbers{3, 3, 3, 3, 3, 3});
  CHECK(value(gradient(sum(hadamard(broadcast<2, 3>(column), m)), wrt(column))) ==
        numbers{5, 7, 9});
  CHECK(value(gradient(dot(row, m * column), wrt(m))) == numbers{10, 20, 30, 20, 40, 60});
  CHECK(value(gradient(max(m), wrt(m))) == numbers{0, 0, 0, 0, 0, 1});
  CHECK(value(gradient(dot(slice<0, 2, 2, -2>(column), row), wrt(column))) == numbers{20, 0, 10});
  CHECK(value(gradient(dot(flip(column), 2 * column), wrt(column))) == numbers{12, 8, 4});
  CHECK(value(gradient(dot(pad<0, 1, 0>(row), column), wrt(row))) == numbers{2, 3});
}

TEST_CASE("softmax and its relatives are stable", "[expr]") {
  constexpr auto logits = variable<"logits", 3>;
  constexpr auto label = class_label<"label", 3>;
  std::vector<test::bound> const large{{"logits", {1000, -1000, 999}}, {"label", 1.0}};
  double const log_total = std::log1p(std::exp(-1.0));
  auto at = [&](auto const& f) { return test::elements(f, large); };
  CHECK(at(logsumexp(logits))[0] == Approx(1000 + log_total).epsilon(1e-15));
  CHECK(at(log_softmax(logits))[1] == Approx(-2000 - log_total).epsilon(1e-15));
  CHECK(at(softmax(logits))[0] == Approx(std::exp(-log_total)).epsilon(1e-15));
  CHECK(at(softmax(logits))[1] == 0.0);
  CHECK(at(cross_entropy(logits, label))[0] == Approx(2000 + log_total).epsilon(1e-15));
  numbers const slope = at(gradient(cross_entropy(logits, label), wrt(logits)));
  CHECK(slope[0] == Approx(std::exp(-log_total)).epsilon(1e-15));
  CHECK(slope[1] == -1.0);
  CHECK(slope[2] == Approx(std::exp(-1 - log_total)).epsilon(1e-14));
  CHECK(value(sum(softmax(m), axis<1>))[1] == Approx(1.0).epsilon(1e-15));
  CHECK(value(sum(softmax(m, axis<0>), axis<0>))[2] == Approx(1.0).epsilon(1e-15));
}

TEST_CASE("losses", "[nn]") {
  CHECK(value(mean_squared_error(row, slice<0, 0, 2>(column))) == numbers{(81.0 + 18 * 18) / 2});
  CHECK(value(mean_squared_error(column, 2)) == numbers{2.0 / 3.0});
  constexpr auto z = variable<"z">;
  auto loss = [&](double logit, double target) {
    return test::evaluate(binary_cross_entropy(z, target), {{"z", logit}});
  };
  CHECK(loss(0.3, 1) == Approx(std::log1p(std::exp(-0.3))).epsilon(1e-14));
  CHECK(loss(0.3, 0) == Approx(std::log1p(std::exp(0.3))).epsilon(1e-14));
  CHECK(loss(-1000, 1) == 1000.0);
  CHECK(loss(1000, 1) == Approx(0.0).margin(1e-300));
}
