// SPDX-License-Identifier: BSL-1.0
#include <ramp/nn/loss.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include <ramp/check/expression.hpp>
#include <ramp/expr/derivative.hpp>
#include <ramp/expr/functions.hpp>
#include <ramp/expr/linear_algebra.hpp>
#include <ramp/expr/softmax.hpp>

#include "expr/evaluate.hpp"

using namespace ramp;
using check::at;
using check::check_gradient;

namespace {

using numbers = std::vector<double>;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double largest = std::numeric_limits<double>::max();

constexpr auto logits = variable<"logits", 4>;
constexpr auto label = class_label<"label", 4>;
constexpr auto z = variable<"z">;
constexpr auto p = variable<"p", 2, 3>;
constexpr auto t = variable<"t", 2, 3>;

constexpr std::array some_logits{0.5, -1.0, 2.0, 0.25};
constexpr std::array<std::array<double, 3>, 2> some_p{{{0.5, -1.5, 2.0}, {3.0, 0.25, -0.75}}};
constexpr std::array<std::array<double, 3>, 2> some_t{{{0.0, 1.0, 0.25}, {1.0, 0.5, 0.0}}};

constexpr auto loss_of_class = cross_entropy(logits, label);
constexpr auto slope_of_class = gradient(loss_of_class, wrt(logits));

numbers flat(std::array<std::array<double, 3>, 2> const& a) {
  numbers all(a[0].begin(), a[0].end());
  all.insert(all.end(), a[1].begin(), a[1].end());
  return all;
}

/// Of an expression of p and t, at some_p and some_t.
numbers of_p_and_t(auto const& f) {
  return test::elements(f, {{"p", flat(some_p)}, {"t", flat(some_t)}});
}

double loss_at(numbers const& l, double k) {
  return test::evaluate(loss_of_class, {{"logits", l}, {"label", k}});
}

/// exp(l[i]) / sum exp(l), for logits whose exponentials do not overflow.
numbers probabilities(numbers const& l) {
  double total = 0.0;
  for (double x : l) total += std::exp(x);
  numbers result;
  for (double x : l) result.push_back(std::exp(x) / total);
  return result;
}

}  // namespace

TEST_CASE("losses are scalars, but for those of each element", "[nn]") {
  static_assert(loss_of_class.shape_of.rank == 0);
  static_assert(mean_squared_error(p, t).shape_of.rank == 0);
  static_assert(mean_absolute_error(p, t).shape_of.rank == 0);
  static_assert(binary_cross_entropy(p, t).shape_of.rank == 0);
  static_assert(huber(p).shape_of == shape(2, 3));
  static_assert(hinge(p).shape_of == shape(2, 3));
}

TEST_CASE("cross-entropy is the negative logarithm of the probability of the label", "[nn]") {
  numbers const l(some_logits.begin(), some_logits.end());
  numbers const probability = probabilities(l);
  for (std::size_t i = 0; i < 4; ++i) {
    auto const k = static_cast<double>(i);
    CHECK(loss_at(l, k) == Approx(-std::log(probability[i])).epsilon(1e-14));
    // its gradient is the distance of the probabilities from the label
    numbers const slope = test::elements(slope_of_class, {{"logits", l}, {"label", k}});
    REQUIRE(slope.size() == 4);
    for (std::size_t j = 0; j < 4; ++j)
      CHECK(slope[j] == Approx(probability[j] - (j == i ? 1.0 : 0.0)).epsilon(1e-14));
    auto const r = check_gradient(loss_of_class, at(logits = some_logits, label = k));
    INFO(check::text(r));
    CHECK(r.passed());
    CHECK(r.compared == 4);
  }
}

TEST_CASE("the Hessian of cross-entropy does not depend on the label", "[nn]") {
  numbers const l(some_logits.begin(), some_logits.end());
  numbers const probability = probabilities(l);
  constexpr auto curvature = hessian(loss_of_class, wrt(logits));
  for (double k : {0.0, 3.0}) {
    numbers const h = test::elements(curvature, {{"logits", l}, {"label", k}});
    REQUIRE(h.size() == 16);
    for (std::size_t i = 0; i < 4; ++i)
      for (std::size_t j = 0; j < 4; ++j)
        CHECK(h[4 * i + j] ==
              Approx(probability[i] * ((i == j ? 1.0 : 0.0) - probability[j])).epsilon(1e-13));
  }
}

TEST_CASE("cross-entropy of logits whose exponentials overflow", "[nn]") {
  numbers const large{1000, -1000, 999, 0};
  double const log_total = std::log1p(std::exp(-1.0));
  CHECK(loss_at(large, 0) == Approx(log_total).epsilon(1e-15));
  CHECK(loss_at(large, 1) == Approx(2000 + log_total).epsilon(1e-15));
  numbers const slope = test::elements(slope_of_class, {{"logits", large}, {"label", 1}});
  CHECK(slope[0] == Approx(std::exp(-log_total)).epsilon(1e-15));
  CHECK(slope[1] == -1.0);
  CHECK(slope[2] == Approx(std::exp(-1 - log_total)).epsilon(1e-14));
  CHECK(slope[3] == 0.0);

  // the largest numbers there are; beside 1e308, log(3) is nothing
  CHECK(loss_at({largest, 0, 0, 0}, 0) == 0.0);
  CHECK(loss_at({largest, 0, 0, 0}, 1) == largest);
  CHECK(loss_at({largest, largest, largest, 0}, 2) == Approx(std::log(3.0)).epsilon(1e-15));
  CHECK(loss_at({-largest, -largest, -largest, -largest}, 3) ==
        Approx(std::log(4.0)).epsilon(1e-15));
  // the loss itself is beyond the largest number
  CHECK(loss_at({largest, -largest, 0, 0}, 1) == infinity);
}

TEST_CASE("a class that cannot be has probability 0 and does not spoil the others", "[nn]") {
  numbers const l{0.5, -infinity, 2.0, 0.25};
  double const total = std::exp(0.5) + std::exp(2.0) + std::exp(0.25);
  CHECK(loss_at(l, 0) == Approx(std::log(total) - 0.5).epsilon(1e-14));
  CHECK(loss_at(l, 1) == infinity);
  numbers const slope = test::elements(slope_of_class, {{"logits", l}, {"label", 0}});
  CHECK(slope[0] == Approx(std::exp(0.5) / total - 1).epsilon(1e-14));
  CHECK(slope[1] == 0.0);
  CHECK(std::isnan(loss_at({0.5, std::nan(""), 2.0, 0.25}, 0)));
}

TEST_CASE("one class alone is certain", "[nn]") {
  constexpr auto only = variable<"only", 1>;
  constexpr auto f = cross_entropy(only, class_label<"label", 1>);
  CHECK(test::evaluate(f, {{"only", -7.5}, {"label", 0.0}}) == 0.0);
  CHECK(test::elements(gradient(f, wrt(only)), {{"only", -7.5}, {"label", 0.0}}) == numbers{0.0});
}

TEST_CASE("an uncertain target has the cross-entropies of its labels, weighted", "[nn]") {
  constexpr auto target = variable<"target", 4>;
  constexpr auto f = -sum(hadamard(target, log_softmax(logits)));
  numbers const l(some_logits.begin(), some_logits.end());
  auto uncertain = [&](numbers const& weights) {
    return test::evaluate(f, {{"logits", l}, {"target", weights}});
  };
  CHECK(uncertain({0, 0, 1, 0}) == Approx(loss_at(l, 2)).epsilon(1e-14));
  CHECK(uncertain({0.25, 0, 0, 0.75}) ==
        Approx(0.25 * loss_at(l, 0) + 0.75 * loss_at(l, 3)).epsilon(1e-14));
}

TEST_CASE("mean squared error", "[nn]") {
  numbers const a = flat(some_p);
  numbers const b = flat(some_t);
  double total = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) total += (a[i] - b[i]) * (a[i] - b[i]);
  CHECK(of_p_and_t(mean_squared_error(p, t))[0] == Approx(total / 6).epsilon(1e-15));
  CHECK(of_p_and_t(mean_squared_error(p, p)) == numbers{0.0});
  numbers const slope = of_p_and_t(gradient(mean_squared_error(p, t), wrt(p)));
  for (std::size_t i = 0; i < a.size(); ++i)
    CHECK(slope[i] == Approx((a[i] - b[i]) / 3).epsilon(1e-15));
  CHECK(test::evaluate(mean_squared_error(z, 2), {{"z", 5}}) == 9.0);
  CHECK(of_p_and_t(mean_squared_error(p, 0.5))[0] ==
        Approx((0 + 4 + 2.25 + 6.25 + 0.0625 + 1.5625) / 6).epsilon(1e-15));
  CHECK(check_gradient(mean_squared_error(p, t), at(p = some_p, t = some_t)).passed());
}

TEST_CASE("mean absolute error", "[nn]") {
  CHECK(of_p_and_t(mean_absolute_error(p, t))[0] ==
        Approx((0.5 + 2.5 + 1.75 + 2.0 + 0.25 + 0.75) / 6).epsilon(1e-15));
  constexpr auto slope = gradient(mean_absolute_error(p, t), wrt(p));
  double const sixth = 1.0 / 6;
  CHECK(of_p_and_t(slope) == numbers{sixth, -sixth, sixth, sixth, -sixth, -sixth});
  // where both agree the derivative is that of abs at 0
  std::vector<test::bound> const equal{{"p", flat(some_p)}, {"t", flat(some_p)}};
  CHECK(test::elements(slope, equal) == numbers(6, 0.0));
  CHECK(test::elements(slope, equal, at_zero<1.0>.value) == numbers(6, sixth));
  CHECK(check_gradient(mean_absolute_error(p, t), at(p = some_p, t = some_t)).passed());
}

TEST_CASE("binary cross-entropy", "[nn]") {
  numbers const logit = flat(some_p);
  numbers const target = flat(some_t);
  double total = 0.0;
  for (std::size_t i = 0; i < logit.size(); ++i) {
    double const sigmoid_of = 1 / (1 + std::exp(-logit[i]));
    total -= target[i] * std::log(sigmoid_of) + (1 - target[i]) * std::log(1 - sigmoid_of);
  }
  CHECK(of_p_and_t(binary_cross_entropy(p, t))[0] == Approx(total / 6).epsilon(1e-14));
  numbers const slope = of_p_and_t(gradient(binary_cross_entropy(p, t), wrt(p)));
  for (std::size_t i = 0; i < logit.size(); ++i)
    CHECK(slope[i] == Approx((1 / (1 + std::exp(-logit[i])) - target[i]) / 6).epsilon(1e-14));
  CHECK(check_gradient(binary_cross_entropy(p, t), at(p = some_p, t = some_t)).passed());
}

TEST_CASE("binary cross-entropy of certain predictions", "[nn]") {
  auto loss = [&](double logit, double target) {
    return test::evaluate(binary_cross_entropy(z, target), {{"z", logit}});
  };
  CHECK(loss(0.3, 1) == Approx(std::log1p(std::exp(-0.3))).epsilon(1e-14));
  CHECK(loss(0.3, 0) == Approx(std::log1p(std::exp(0.3))).epsilon(1e-14));
  CHECK(loss(0, 0.5) == Approx(std::log(2.0)).epsilon(1e-15));
  CHECK(loss(-1000, 0) == 0.0);
  CHECK(loss(1000, 1) == 0.0);
  CHECK(loss(-1000, 1) == 1000.0);
  CHECK(loss(1000, 0) == 1000.0);
  CHECK(loss(largest, 0) == largest);
  CHECK(loss(-largest, 1) == largest);
}

TEST_CASE("huber is a parabola that goes on as its tangents", "[nn]") {
  numbers const x = flat(some_p);
  auto same = [&](auto const& f, double delta) {
    numbers expected;
    numbers slopes;
    for (double e : x) {
      double const size = std::fabs(e);
      expected.push_back(size <= delta ? e * e / 2 : delta * (size - delta / 2));
      slopes.push_back(size <= delta ? e : std::copysign(delta, e));
    }
    CHECK(test::elements(f, {{"p", x}}) == expected);
    CHECK(test::elements(gradient(sum(f), wrt(p)), {{"p", x}}) == slopes);
    auto const r = check_gradient(sum(f), at(p = some_p));
    INFO(check::text(r));
    CHECK(r.passed());
  };
  same(huber<0.5>(p), 0.5);  // an element is 0.5, where parabola and tangent meet
  same(huber(p), 1.0);
  same(huber<2.0>(p), 2.0);
}

TEST_CASE("hinge wants a margin of 1", "[nn]") {
  auto value = [](double margin) { return test::evaluate(hinge(z), {{"z", margin}}); };
  CHECK(value(-2.0) == 3.0);
  CHECK(value(0.75) == 0.25);
  CHECK(value(1.0) == 0.0);
  CHECK(value(5.0) == 0.0);
  auto slope = [](double margin, auto const& f) {
    return test::evaluate(derivative(f, wrt(z)), {{"z", margin}});
  };
  CHECK(slope(0.75, hinge(z)) == -1.0);
  CHECK(slope(1.25, hinge(z)) == 0.0);
  CHECK(slope(1.0, hinge(z)) == 0.0);
  CHECK(slope(1.0, hinge(z, symmetric)) == -0.5);
  CHECK(slope(1.0, hinge(z, at_zero<1.0>)) == -1.0);
  CHECK(slope(-2.0, hinge(z, at_zero<1.0>)) == -1.0);
}
