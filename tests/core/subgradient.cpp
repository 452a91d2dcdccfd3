// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/subgradient.hpp>

#include <catch2/catch.hpp>

using ramp::at_zero;
using ramp::kink_policy;
using ramp::kink_rule;
using ramp::standard;
using ramp::symmetric;

namespace {

static_assert(ramp::subgradient_policy<decltype(standard)>);
static_assert(ramp::subgradient_policy<decltype(at_zero<0.25>)>);
static_assert(!ramp::subgradient_policy<double>);
static_assert(at_zero<0.5>.value == symmetric.value, "symmetric is a name for at_zero<0.5>");
static_assert(!(at_zero<0.0>.value == standard.value),
              "abs'(0) is -1 under the one, 0 under the other");

static_assert(ramp::trap.value == ramp::trap_within<0.0>.value);
static_assert(ramp::trap.value.is_trap() && ramp::trap_and_stop.value.is_trap());
static_assert(!standard.value.is_trap() && !kink_policy{}.is_trap());
static_assert(ramp::trap_and_stop_within<0.5>.value.s == 0.5);
constexpr ramp::conventions of_some_kink{.standard = 0.25};
static_assert(ramp::trap.value.at_kink(of_some_kink, 1.0) == 0.25, "as standard");
static_assert(ramp::trap_and_stop.value.at_kink(of_some_kink, 1.0) == 0.25);

}  // namespace

TEST_CASE("the nearest policy wins", "[subgradient]") {
  kink_policy const none;
  CHECK(none.rule == kink_rule::inherit);
  CHECK(none.or_else(symmetric.value) == symmetric.value);
  CHECK(at_zero<1.0>.value.or_else(symmetric.value) == at_zero<1.0>.value);
  CHECK(standard.value.or_else(at_zero<1.0>.value) == standard.value);
  CHECK(none.or_else(none).or_else(standard.value) == standard.value);
}

TEST_CASE("policies with different weights differ", "[subgradient]") {
  CHECK(!(at_zero<0.25>.value == at_zero<0.75>.value));
  CHECK(at_zero<0.25>.value.s == 0.25);
}
