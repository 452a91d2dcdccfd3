// SPDX-License-Identifier: BSL-1.0
#include <ramp/check/gradient.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <string>

#include "laws/graphs.hpp"

using namespace laws;
using ramp::check::check_directional_derivative;
using ramp::check::check_gradient;
using ramp::check::compare_directional_derivative;
using ramp::check::compare_gradient;
using ramp::check::point;
using ramp::check::reverse_gradient;
using ramp::check::text;
namespace op = ramp::op;

namespace {

value relu(value x) { return x.combine<op::relu>(0.0); }
value sum(value x) { return ramp::ir::reduce_to<op::sum>(x, {}, 0); }

/// A scalar graph of arguments x[3] and y: sum(exp(x) * sin(y * x)) + relu(y).
struct smooth_example {
  graph g;
  int root;
  point at{{0.3, -0.7, 1.1}, {0.5}};

  smooth_example() {
    value const x = argument(g, "x", shape(3));
    value const y = argument(g, "y");
    value product = y * x;
    product.space = x.space;
    root = (sum(x.combine<op::exp>(0.0) * product.combine<op::sin>(0.0)) + relu(y)).index;
  }
};

}  // namespace

TEST_CASE("a right gradient passes", "[check]") {
  smooth_example const e;
  auto const r = check_gradient(e.g, e.root, {0, 1}, e.at);
  INFO(text(r));
  CHECK(r.passed());
  CHECK(r.compared == 4);
  CHECK(r.on_kinks == 0);
  CHECK(r.skipped() == 0);
}

TEST_CASE("every planted error in a gradient is found and named", "[check]") {
  smooth_example const e;
  auto const right = reverse_gradient(e.g, e.root, {0, 1}, e.at, ramp::standard.value);
  for (std::size_t a = 0; a < 2; ++a)
    for (std::size_t i = 0; i < right[a].size(); ++i)
      for (double factor : {0.0, -1.0, 1.0 + 1e-7, 1.0 - 1e-7, 2.0}) {
        auto wrong = right;
        wrong[a][i] *= factor;
        auto const r = compare_gradient(e.g, e.root, {0, 1}, e.at, wrong);
        INFO(text(r));
        CHECK(!r.passed());
        CHECK(r.different == 1);
        CHECK(r.worst.argument == (a == 0 ? "x" : "y"));
        CHECK(r.worst.index == static_cast<int>(i));
        CHECK(r.worst.analytic == wrong[a][i]);
        CHECK(r.worst.lower == Approx(right[a][i]).epsilon(1e-11));
      }
}

TEST_CASE("a NaN or an infinity for a gradient is found", "[check]") {
  smooth_example const e;
  for (double bad : {std::nan(""), HUGE_VAL, -HUGE_VAL}) {
    auto wrong = reverse_gradient(e.g, e.root, {0, 1}, e.at, ramp::standard.value);
    wrong[0][1] = bad;
    auto const r = compare_gradient(e.g, e.root, {0, 1}, e.at, wrong);
    CHECK(!r.passed());
    CHECK(r.different == 1);
    CHECK(r.worst.index == 1);
  }
}

TEST_CASE("on a kink, what lies between the one-sided derivatives passes, nothing else",
          "[check]") {
  graph g;
  value const x = argument(g, "x");
  value const line = x * x.number(3.0) - 1.0;
  int const root = (relu(x) + line).index;  // slopes 3 and 4
  for (double inside : {3.0, 3.5, 4.0}) {
    auto const r = compare_gradient(g, root, {0}, {{0.0}}, {{inside}});
    CHECK(r.passed());
    CHECK(r.on_kinks == 1);
  }
  for (double outside : {2.999, 4.001, 0.0, -3.5}) {
    auto const r = compare_gradient(g, root, {0}, {{0.0}}, {{outside}});
    CHECK(r.different == 1);
    CHECK(r.worst.lower == Approx(3));
    CHECK(r.worst.upper == Approx(4));
  }
  for (auto policy : {ramp::standard.value, ramp::at_zero<1.0>.value, ramp::symmetric.value})
    CHECK(check_gradient(g, root, {0}, {{0.0}}, {.policy = policy}).passed());
}

TEST_CASE("the chain rule's wrong answer at a kink that is none is found", "[check]") {
  graph g;
  value const x = argument(g, "x");
  int const root = (relu(x) - relu(-x)).index;  // x itself; not rewritten here
  CHECK(!check_gradient(g, root, {0}, {{0.0}}).passed());
  CHECK(check_gradient(g, root, {0}, {{0.0}}, {.policy = ramp::symmetric.value}).passed());
}

TEST_CASE("near a kink the step shrinks until it stays on one side", "[check]") {
  graph g;
  value const x = argument(g, "x");
  int const root = (relu(x) * x.combine<op::exp>(0.0)).index;
  for (double distance : {1e-2, 1e-3, 1e-4, 1e-5})
    for (double sign : {1.0, -1.0}) {
      auto const r = check_gradient(g, root, {0}, {{sign * distance}});
      INFO(text(r));
      CHECK(r.passed());
      CHECK(r.on_kinks == 0);
      auto const wrong = compare_gradient(g, root, {0}, {{sign * distance}}, {{0.5}});
      CHECK(wrong.different == 1);
    }
  auto const r = check_gradient(g, root, {0}, {{1e-12}});
  CHECK(r.compared == 0);
  CHECK(r.skipped_near_kink == 1);
  CHECK(!r.passed());
}

TEST_CASE("kinks of reductions count, wherever the largest element is", "[check]") {
  graph g;
  value const x = argument(g, "x", shape(4));
  value const largest = ramp::ir::reduce_to<op::reduce_max>(x, {}, 0);
  int const root = (largest * largest).index;
  CHECK(check_gradient(g, root, {0}, {{1.0, 2.0, 2.0 - 1e-4, 0.5}}).passed());
  auto const tie = check_gradient(g, root, {0}, {{1.0, 2.0, 2.0, 0.5}});
  CHECK(tie.passed());
  CHECK(tie.on_kinks == 2);
  auto const wrong = compare_gradient(g, root, {0}, {{1, 2, 2, 0.5}}, {{0, 5, 0, 0}});
  CHECK(wrong.different == 1);
}

TEST_CASE("the step stays inside the domain", "[check]") {
  graph g;
  value const x = argument(g, "x");
  int const log = x.combine<op::log>(0.0).index;
  CHECK(check_gradient(g, log, {0}, {{1e-3}}).passed());
  CHECK(compare_gradient(g, log, {0}, {{1e-3}}, {{999.0}}).different == 1);
  CHECK(check_gradient(g, log, {0}, {{-1.0}}).skipped_undefined == 1);
  CHECK(check_gradient(g, log, {0}, {{0.0}}).skipped_undefined == 1);
  int const sqrt = x.combine<op::sqrt>(0.0).index;
  CHECK(check_gradient(g, sqrt, {0}, {{0.0}}).skipped_near_kink == 1);
}

TEST_CASE("a pole nearby does not pass for a smooth function", "[check]") {
  graph g;
  value const x = argument(g, "x");
  int const root = (x.number(1.0) / x).index;
  auto const r = check_gradient(g, root, {0}, {{0.005}});
  INFO(text(r));
  CHECK(r.passed());
  CHECK(compare_gradient(g, root, {0}, {{0.005}}, {{-40000.01}}).different == 1);
}

TEST_CASE("a step function is flat, and its jump is skipped, not passed", "[check]") {
  graph g;
  value const x = argument(g, "x");
  int const root = (x.combine<op::less>(0.0, x.number(1.0)) + x * 2.0).index;
  CHECK(check_gradient(g, root, {0}, {{0.5}}).passed());
  auto const jump = check_gradient(g, root, {0}, {{1.0}});
  CHECK(jump.compared == 0);
  CHECK(jump.skipped_near_kink == 1);
}

TEST_CASE("noise is told from agreement", "[check]") {
  graph g;
  value const x = argument(g, "x");
  int const root = (x * 1e12).combine<op::sin>(0.0).index;  // no step is shorter than a wave
  auto const r = check_gradient(g, root, {0}, {{0.25}});
  INFO(text(r));
  CHECK(r.compared == 0);
  CHECK(r.skipped_noisy == 1);
}

TEST_CASE("an argument without influence has the derivative zero", "[check]") {
  graph g;
  value const x = argument(g, "x");
  argument(g, "unused", shape(2));
  int const root = (x * x).index;
  auto const r = check_gradient(g, root, {0, 1}, {{3.0}, {1.0, 2.0}});
  CHECK(r.passed());
  CHECK(r.compared == 3);
  CHECK(compare_gradient(g, root, {0, 1}, {{3.0}, {1, 2}}, {{6.0}, {0.0, 1e-6}}).different == 1);
}

TEST_CASE("along one direction a right gradient passes, and every planted error is found",
          "[check]") {
  smooth_example const e;
  point const v{{0.75, -0.5, 1.0}, {-0.625}};
  auto const right = reverse_gradient(e.g, e.root, {0, 1}, e.at, ramp::standard.value);
  auto const passes = check_directional_derivative(e.g, e.root, {0, 1}, e.at, v);
  INFO(text(passes));
  CHECK(passes.passed());
  CHECK(passes.compared == 1);
  for (std::size_t a = 0; a < 2; ++a)
    for (std::size_t i = 0; i < right[a].size(); ++i)
      for (double factor : {0.0, -1.0, 1.0 + 1e-7, 1.0 - 1e-7, 2.0}) {
        auto wrong = right;
        wrong[a][i] *= factor;
        auto const r = compare_directional_derivative(e.g, e.root, {0, 1}, e.at, v, wrong);
        INFO(text(r));
        CHECK(r.different == 1);
      }
  for (double bad : {std::nan(""), HUGE_VAL, -HUGE_VAL}) {
    auto wrong = right;
    wrong[0][1] = bad;
    CHECK(compare_directional_derivative(e.g, e.root, {0, 1}, e.at, v, wrong).different == 1);
  }
}

TEST_CASE("along one direction a kink is passed by, unless it does not move", "[check]") {
  graph g;
  value const x = argument(g, "x");
  value const y = argument(g, "y");
  int const root = (relu(x) - relu(y)).index;
  auto check = [&](double a, double b, double along_x, double along_y) {
    return check_directional_derivative(g, root, {0, 1}, {{a}, {b}}, {{along_x}, {along_y}});
  };
  // the slope along (1, -1) is 1 on both sides, and the gradient (0, 0) is right all the same
  CHECK(check(0, 0, 1, -1).skipped_near_kink == 1);
  CHECK(check(0, 0, 1, -1).compared == 0);
  CHECK(check(0, 1, 0, 1).passed());  // relu(x) stays at its kink
  CHECK(check(1e-3, 1, 1, 1).passed());
}
