// SPDX-License-Identifier: BSL-1.0
#include <ramp/check/operation.hpp>

#include <ramp/ramp.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <string_view>

using namespace ramp;
using ramp::check::check_operation;
using ramp::check::text;

namespace {

struct bump : own_operation<1> {
  static constexpr std::string_view name = "bump";
  static constexpr auto define(auto const& r) {
    return r.template apply<op::exp>(-(r.x[0] * r.x[0]));
  }
  static constexpr auto chain(auto const& r) { return r.g * (-2.0 * r.x[0] * r.y); }
};

struct wrong_sign : bump {
  static constexpr std::string_view name = "wrong_sign";
  static constexpr auto chain(auto const& r) { return r.g * (2.0 * r.x[0] * r.y); }
};

/// Right at first order, where it is asked first; the result is hidden from the second.
struct wrong_at_second_order : bump {
  static constexpr std::string_view name = "wrong_at_second_order";
  static constexpr auto chain(auto const& r) {
    return r.g * (-2.0 * r.x[0] * r.template apply<op::stop_gradient>(r.y));
  }
};

/// Two operands with a kink and a domain.
struct capped_log : own_operation<2> {
  static constexpr std::string_view name = "capped_log";
  static constexpr bool in_domain(double const* x) { return x[0] > 0.1; }
  static constexpr auto define(auto const& r) {
    return r.template apply<op::min>(r.template apply<op::log>(r.x[0]), r.x[1]) * r.x[1];
  }
};

struct swapped : own_operation<2> {
  static constexpr std::string_view name = "swapped";
  static constexpr auto define(auto const& r) { return r.x[0] * r.x[0] * r.x[1]; }
  static constexpr auto chain(auto const& r) {
    return r.k == 1 ? r.g * (2.0 * r.x[0] * r.x[1]) : r.g * (r.x[0] * r.x[0]);
  }
};

/// max of three, from those of two.
struct largest : own_operation<3> {
  static constexpr std::string_view name = "largest";
  static constexpr auto define(auto const& r) {
    return r.template apply<op::max>(r.template apply<op::max>(r.x[0], r.x[1]), r.x[2]);
  }
};

struct rounded : own_operation<1> {
  static constexpr std::string_view name = "rounded";
  static constexpr auto define(auto const& r) { return r.template apply<op::round>(r.x[0]); }
  static constexpr auto chain(auto const& r) { return r.g; }
};

}  // namespace

TEST_CASE("operations that keep every law", "[check]") {
  auto const smooth = check_operation<bump>();
  INFO(text(smooth));
  CHECK(smooth.passed());
  CHECK(smooth.first.compared == 20);
  CHECK(smooth.kinks.compared == 0);
  CHECK(smooth.compiled.compared == 2 * 2 * 19);

  auto const kinked = check_operation<capped_log>();
  INFO(text(kinked));
  CHECK(kinked.passed());

  auto const three = check_operation<largest>();
  INFO(text(three));
  CHECK(three.passed());
  CHECK(three.kinks.compared > 50);

  auto const of_the_library = check_operation<op::silu>();
  INFO(text(of_the_library));
  CHECK(of_the_library.passed());
}

TEST_CASE("planted errors are found, by the law that they break", "[check]") {
  auto const sign = check_operation<wrong_sign>();
  CHECK(!sign.passed());
  CHECK(sign.first.different > 10);
  CHECK(sign.modes.passed());
  CHECK(text(sign).starts_with("wrong_sign: NOT every law holds.\n"));

  auto const second = check_operation<wrong_at_second_order>();
  CHECK(!second.passed());
  CHECK(second.first.different == 0);
  CHECK(second.second.numerical.different > 10);

  CHECK(!check_operation<swapped>().passed());
}

TEST_CASE("a rule that is no derivative on purpose", "[check]") {
  CHECK(!check_operation<rounded>().passed());
  auto const r = check_operation<rounded>({.is_derivative = false});
  INFO(text(r));
  CHECK(r.passed());
}
