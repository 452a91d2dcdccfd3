// SPDX-License-Identifier: BSL-1.0
#include <ramp/check/hessian.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <string>

#include "laws/graphs.hpp"

using namespace laws;
using ramp::check::check_hessian;
using ramp::check::hessian_report;
using ramp::check::point;
using ramp::check::text;
namespace op = ramp::op;

namespace {

value exp(value x) { return x.combine<op::exp>(0.0); }
value sum(value x) { return ramp::ir::reduce_to<op::sum>(x, {}, 0); }

}  // namespace

TEST_CASE("a right Hessian passes, over several arguments", "[check]") {
  graph g;
  value const x = argument(g, "x", shape(3));
  value const y = argument(g, "y");
  argument(g, "linear", shape(2));
  value scaled = x * y;
  scaled.space = x.space;
  value linear = ramp::ir::value_of(g, g.argument_node(2));
  int const root = (sum(exp(scaled) * x) + sum(linear)).index;
  auto const r = check_hessian(g, root, {0, 1, 2}, {{0.3, -0.7, 1.1}, {0.5}, {4.0, -1.0}});
  INFO(text(r));
  CHECK(r.passed());
  CHECK(r.numerical.compared == 36);
  CHECK(r.numerical.skipped() == 0);
  CHECK(r.modes.compared == 36);
  CHECK(r.symmetry.compared == 15);
}

TEST_CASE("one second derivative is enough", "[check]") {
  graph g;
  value const x = argument(g, "x");
  int const root = exp(x * x).index;
  auto const r = check_hessian(g, root, {0}, {{0.5}});
  CHECK(r.passed());
  CHECK(r.symmetry.compared == 0);
  CHECK(r.numerical.worst.analytic == Approx(std::exp(0.25) * 3.0));
}

TEST_CASE("a wrong second derivative is found and named", "[check]") {
  // stop_gradient inside a first derivative: right at first order, wrong at second
  graph g;
  value const x = argument(g, "x", shape(2));
  value const y = argument(g, "y");
  value hidden = (y * y).combine<op::stop_gradient>(0.0) * x;
  hidden.space = x.space;
  int const root = (sum(hidden * x) + y * y).index;
  auto const r = check_hessian(g, root, {0, 1}, {{0.0, 2.0}, {3.0}});
  INFO(text(r));
  CHECK(!r.passed());
  CHECK(r.numerical.different == 1);
  CHECK(r.numerical.worst.argument == "x");
  CHECK(r.numerical.worst.index == 1);
  CHECK(r.numerical.worst.by == "y");
  CHECK(r.numerical.worst.analytic == 0.0);
  CHECK(r.numerical.worst.lower == Approx(24.0));
  CHECK(r.modes.passed());
  CHECK(r.symmetry.different == 0);  // of two zeros: y does not see x either
  CHECK(text(r).find("Worst: \"x\"[1] of the gradient by \"y\"[0] is 0 by differentiation, 24") !=
        std::string::npos);
}

TEST_CASE("a Hessian that is not symmetric is told", "[check]") {
  // half of x * y is hidden from the derivative by y alone
  graph g;
  value const x = argument(g, "x");
  value const y = argument(g, "y");
  value const seen_by_x = x * y.combine<op::stop_gradient>(0.0);
  int const root = (exp(x) * y + seen_by_x * y).index;
  auto const r = check_hessian(g, root, {0, 1}, {{0.5}, {2.0}});
  INFO(text(r));
  CHECK(!r.passed());
  CHECK(r.symmetry.compared == 1);
}

TEST_CASE("a gradient with a kink has second derivatives between the one-sided ones", "[check]") {
  graph g;
  value const x = argument(g, "x");
  value const r = x.combine<op::relu>(0.0);
  int const root = (r * x).index;  // x^2 on the right, 0 on the left
  for (auto policy : {ramp::standard.value, ramp::at_zero<1.0>.value, ramp::symmetric.value}) {
    auto const h = check_hessian(g, root, {0}, {{0.0}}, {.policy = policy});
    INFO(text(h));
    CHECK(h.passed());
    CHECK(h.numerical.on_kinks == 1);
    CHECK(h.numerical.worst.upper == Approx(2.0));
  }
}

TEST_CASE("where a gradient jumps nothing is compared, and that is counted", "[check]") {
  graph g;
  value const x = argument(g, "x");
  int const root = x.combine<op::abs>(0.0).index;
  auto const h = check_hessian(g, root, {0}, {{0.0}});
  INFO(text(h));
  CHECK(h.numerical.compared == 0);
  CHECK(h.numerical.skipped() == 1);
  CHECK(!h.passed());
  CHECK(check_hessian(g, root, {0}, {{0.01}}).passed());
}
