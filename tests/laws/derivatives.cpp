// SPDX-License-Identifier: BSL-1.0
// The law of differentiation: forward = reverse = numerical, at first and at second order, for
// every operation.
#include <ramp/check/modes.hpp>
#include <ramp/ir/verify.hpp>

#include <catch2/catch.hpp>

#include "cases.hpp"

using namespace laws;
using ramp::check::check_dot_product;
using ramp::check::check_forward_reverse;
using ramp::check::check_gradient;
using ramp::check::point;
using ramp::check::text;

namespace {

constexpr ramp::kink_policy policies[] = {ramp::standard.value, ramp::at_zero<0.0>.value,
                                          ramp::at_zero<1.0>.value, ramp::symmetric.value};

/// The gradient of the weighted sum of a case's root, weighted and summed in its turn: a scalar
/// whose derivatives are second derivatives. -1 if the gradient is absent.
int gradient_sum(graph& g, int root, ramp::list<int> const& wrt, point& at,
                 ramp::kink_policy policy) {
  int const scalar = weighted_sum(g, {root}, at);
  ramp::list<int> nodes;
  for (int w : wrt) nodes.push_back(g.argument_node(w));
  ramp::list<int> present;
  for (int a : ramp::pass::reverse(g, {scalar}, {g.constant(1.0)}, nodes, policy))
    if (a >= 0) present.push_back(a);
  return present.empty() ? -1 : weighted_sum(g, present, at);
}

}  // namespace

TEST_CASE("every operation: forward = reverse = numerical, first derivatives", "[laws]") {
  ramp::xoshiro256 random(17);
  for (auto const& subject : operations())
    for (auto policy : policies) {
      INFO(subject.name);
      auto c = subject.make(0.25);
      auto const wrt = c.wrt();
      point at = subject.regular(random);
      REQUIRE(ramp::ir::verify(c.g) == "");

      auto const modes = check_forward_reverse(c.g, c.root, wrt, at, {.policy = policy});
      INFO(text(modes));
      CHECK(modes.passed());

      point const v = random_point(c.g, random);
      std::vector<double> w;
      for (int i = 0; i < c.g[c.root].result_shape().elements(); ++i)
        w.push_back(small_number(random));
      auto const products = check_dot_product(c.g, c.root, wrt, at, v, w, {.policy = policy});
      INFO(text(products));
      CHECK(products.passed());

      if (subject.name == ramp::op::stop_gradient::name) continue;  // not its derivative, by design
      int const scalar = weighted_sum(c.g, {c.root}, at);
      auto const numerical = check_gradient(c.g, scalar, wrt, at, {.policy = policy});
      INFO(text(numerical));
      CHECK(numerical.passed());
      CHECK(numerical.skipped_undefined + numerical.skipped_noisy == 0);
    }
}

TEST_CASE("every operation: forward = reverse = numerical, second derivatives", "[laws]") {
  ramp::xoshiro256 random(18);
  int present = 0;
  for (auto const& subject : operations())
    for (auto policy : policies) {
      INFO(subject.name);
      auto c = subject.make(0.25);
      auto const wrt = c.wrt();
      point at = subject.regular(random);
      int const scalar = gradient_sum(c.g, c.root, wrt, at, policy);
      REQUIRE(ramp::ir::verify(c.g) == "");
      if (scalar < 0) continue;
      ++present;
      auto const modes = check_forward_reverse(c.g, scalar, wrt, at, {.policy = policy});
      INFO(text(modes));
      CHECK(modes.passed());
      auto const numerical = check_gradient(c.g, scalar, wrt, at, {.policy = policy});
      INFO(text(numerical));
      CHECK(numerical.passed());
    }
  CHECK(present > 4 * 30);
}
