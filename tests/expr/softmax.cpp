// SPDX-License-Identifier: BSL-1.0
#include <ramp/expr/softmax.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <vector>

#include <ramp/expr/derivative.hpp>
#include <ramp/expr/leaf.hpp>

#include "expr/evaluate.hpp"

using namespace ramp;

namespace {

using numbers = std::vector<double>;
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

constexpr auto v = variable<"v", 3>;
constexpr auto m = variable<"m", 2, 3>;

numbers value(auto const& f) { return test::elements(f, {{"m", {1, 2, 3, 4, 5, 6}}}); }
numbers value_at(numbers const& of_v, auto const& f, kink_policy policy = standard.value) {
  return test::elements(f, {{"v", of_v}}, policy);
}

bool are_nan(numbers const& all) {
  bool result = true;
  for (double x : all) result = result && std::isnan(x);
  return result;
}

}  // namespace

TEST_CASE("softmax and its relatives are stable", "[expr]") {
  numbers const large{1000, -1000, 999};
  double const log_total = std::log1p(std::exp(-1.0));
  auto at = [&](auto const& f) { return value_at(large, f); };
  CHECK(at(logsumexp(v))[0] == Approx(1000 + log_total).epsilon(1e-15));
  CHECK(at(log_softmax(v))[1] == Approx(-2000 - log_total).epsilon(1e-15));
  CHECK(at(softmax(v))[0] == Approx(std::exp(-log_total)).epsilon(1e-15));
  CHECK(at(softmax(v))[1] == 0.0);
  CHECK(value(sum(softmax(m), axis<1>))[1] == Approx(1.0).epsilon(1e-15));
  CHECK(value(sum(softmax(m, axis<0>), axis<0>))[2] == Approx(1.0).epsilon(1e-15));
}

TEST_CASE("softmax and its relatives along one axis and over several", "[expr]") {
  static_assert(decltype(logsumexp(m))::shape_of == shape(2));
  static_assert(decltype(logsumexp(m, axis<0>))::shape_of == shape(3));
  static_assert(decltype(softmax(m, axis<0>))::shape_of == shape(2, 3));
  double const three = std::log1p(std::exp(-3.0));
  CHECK(value(logsumexp(m, axis<0>))[0] == Approx(4 + three).epsilon(1e-15));
  CHECK(value(log_softmax(m, axis<0>))[1] == Approx(-3 - three).epsilon(1e-15));
  CHECK(value(sum(softmax(m, axis<0, 1>)))[0] == Approx(1.0).epsilon(1e-15));
  // of one element
  constexpr auto one = variable<"one", 1>;
  auto const at = [](auto const& f) { return test::elements(f, {{"one", {-7.0}}}); };
  CHECK(at(softmax(one)) == numbers{1});
  CHECK(at(log_softmax(one)) == numbers{0});
  CHECK(at(logsumexp(one)) == numbers{-7});
}

TEST_CASE("softmax of the largest numbers, of infinities and of NaN", "[expr]") {
  double const most = std::numeric_limits<double>::max();
  CHECK(value_at({most, -most, most}, softmax(v)) == numbers{0.5, 0, 0.5});
  CHECK(value_at({most, -most, 0}, logsumexp(v)) == numbers{most});
  CHECK(value_at({0, -infinity, 0}, softmax(v)) == numbers{0.5, 0, 0.5});
  CHECK(value_at({0, -infinity, -infinity}, log_softmax(v)) == numbers{0, -infinity, -infinity});
  CHECK(value_at({3, -infinity, -infinity}, logsumexp(v)) == numbers{3});
  for (double extreme : {infinity, -infinity}) {
    numbers const all{extreme, -infinity, -infinity};
    CHECK(std::isnan(value_at(all, softmax(v))[0]));
    CHECK(std::isnan(value_at(all, log_softmax(v))[0]));
    CHECK(std::isnan(value_at(all, logsumexp(v))[0]));
  }
  CHECK(are_nan(value_at({1, not_a_number, 2}, softmax(v))));
  CHECK(are_nan(value_at({1, not_a_number, 2}, logsumexp(v))));
}

TEST_CASE("the largest element is a constant to derivatives and to policies", "[expr]") {
  CHECK(value_at({2, 2, 2}, gradient(logsumexp(v), wrt(v))) == value_at({2, 2, 2}, softmax(v)));
  CHECK(value_at({0, -1000, 0}, jacobian(softmax(v), wrt(v))) ==
        numbers{0.25, 0, -0.25, 0, 0, 0, -0.25, 0, 0.25});
  CHECK(value_at({0, -1000, 0}, jacobian(log_softmax(v), wrt(v))) ==
        numbers{0.5, 0, -0.5, -0.5, 1, -0.5, -0.5, 0, 0.5});
  // so that nothing has to be compared with it
  lowerer l(standard.value);
  l.add_constant(gradient(logsumexp(v), wrt(v)));
  for (ir::node const& n : l.finish().graph.nodes) CHECK_FALSE(n.is(ir::code<op::equal>));
  for (auto policy : {at_zero<1.0>.value, tensorflow.value, smooth<1.0>.value}) {
    CHECK(value_at({2, 2, 1}, softmax(v), policy) == value_at({2, 2, 1}, softmax(v)));
    CHECK(value_at({2, 2, 1}, log_softmax(v), policy) == value_at({2, 2, 1}, log_softmax(v)));
    CHECK(value_at({2, 2, 1}, logsumexp(v), policy) == value_at({2, 2, 1}, logsumexp(v)));
  }
}

TEST_CASE("a traced value has a softmax along an axis that it has", "[expr]") {
  auto const last = [](auto a) { return softmax(a); };
  CHECK_FALSE(test::refuses(last, shape(2, 3)));
  CHECK(test::refuses(last, shape()));
  CHECK(test::refuses([](auto a) { return log_softmax(a); }, shape()));
  CHECK(test::refuses([](auto a) { return logsumexp(a); }, shape()));
  CHECK(test::refuses([](auto a) { return logsumexp(a, axis<1>); }, shape(3)));
}
