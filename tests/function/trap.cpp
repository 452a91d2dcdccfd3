// SPDX-License-Identifier: BSL-1.0
#include <ramp/function/trap.hpp>

#include <ramp/ramp.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

using namespace ramp;
using namespace ramp::literals;

namespace {

constexpr auto x = variable<"x">;
constexpr auto y = variable<"y">;
constexpr auto v = variable<"v", 19>;
constexpr auto a = variable<"A", 5, 7>;

/// What was hit, as `place:count` for a kink and `place!count` for a domain.
template <class Traps>
std::string listed(Traps const& traps) {
  std::string all;
  for (auto const& hit : traps) {
    all += std::string(hit.place().view()) + (hit.kind == trap_kind::kink ? ":" : "!");
    all += std::to_string(hit.count) + " ";
  }
  return all;
}

template <class Function, class... Bindings>
std::string hits_of(Function const& f, Bindings const&... bindings) {
  typename Function::traps traps;
  (void)f(traps, bindings...);
  return listed(traps);
}

/// Everything of a planned program that can be compared.
template <class Program>
constexpr bool same_plan(Program const& a_plan, Program const& b_plan) {
  return a_plan.nodes == b_plan.nodes && a_plan.members == b_plan.members &&
         a_plan.roots == b_plan.roots && a_plan.arena_elements == b_plan.arena_elements;
}

}  // namespace

TEST_CASE("a kink that is hit is counted, and its derivative is that of standard", "[trap]") {
  constexpr auto f = relu(x - 1_c) * x;
  constexpr auto g = compile(f, derivative(f, wrt(x)), trap);
  constexpr auto plain = compile(f, derivative(f, wrt(x)));
  decltype(g)::traps traps;
  CHECK(g(traps, x = 1.0) == plain(x = 1.0));
  CHECK(g(traps, x = 2.0) == plain(x = 2.0));
  CHECK(g(traps, x = 1.0) == plain(x = 1.0));
  REQUIRE(traps.size() == 1);
  CHECK(traps.total() == 2);
  for (auto const& hit : traps) {
    CHECK(hit.place() == "relu(x - 1)");
    CHECK(hit.kind == trap_kind::kink);
    CHECK(hit.uses == 1);
    CHECK(hit.count == 2);
  }
  traps.clear();
  CHECK(traps.total() == 0);
  CHECK(!(traps.begin() != traps.end()));
}

TEST_CASE("in a constant expression too", "[trap]") {
  static constexpr auto g = compile(abs(x), derivative(abs(x), wrt(x)), sqrt(y), trap);
  constexpr auto traps = [] {
    typename decltype(g)::traps t;
    (void)g(t, x = 0.0, y = 2.0);
    (void)g(t, x = 0.0, y = 0.0);
    return t;
  }();
  static_assert(traps.total() == 3);
  static_assert((*traps.begin()).place() == "abs(x)");
  static_assert(traps[1].count == 1 && traps[1].kind == trap_kind::domain);
  CHECK(listed(traps) == "abs(x):2 sqrt(y)!1 ");
}

TEST_CASE("elements are counted one by one, in float and double", "[trap]") {
  std::array<double, 19> values{};
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = i % 3 == 0 ? 0.0 : 1.5 - double(i);
  auto const f = [] { return sum(relu(v)) + max(v) + sum(abs(v - 1.5_c)); };
  auto const check = [&](auto const& g) {
    CHECK(hits_of(g, v = values) == "relu(v):7 ");
    auto tied = values;
    tied[0] = tied[18] = 1e3;
    CHECK(hits_of(g, v = tied) == "relu(v):5 max(v):1 ");
  };
  check(compile<double>(f, trap));
  check(compile<float>(f, trap));

  std::array<double, 35> matrix{};
  for (std::size_t i = 0; i < 35; ++i) matrix[i] = i % 7 < 2 ? 4.0 : double(i % 7);  // 4 thrice
  constexpr auto rows = compile(sum(max(a, axis<1>)) + min(a), trap);
  CHECK(hits_of(rows, a = matrix) == "min(A):1 ");
  for (std::size_t i = 0; i < 21; i += 7) matrix[i] = 6.0;
  CHECK(hits_of(rows, a = matrix) == "max(A, axis<1>):3 min(A):1 ");
  constexpr auto one = compile(sum(max(a, axis<1>, trap)) + min(a));
  CHECK(hits_of(one, a = matrix) == "max(A, axis<1>):3 ");
}

TEST_CASE("a shared operation is one place", "[trap]") {
  constexpr auto r = relu(x);
  constexpr auto g = compile(r * r + r, derivative(r * y, wrt(x)), trap);
  decltype(g)::traps traps;
  (void)g(traps, x = 0.0, y = 1.0);
  REQUIRE(traps.size() == 1);
  CHECK(traps[0].uses == 4);
  CHECK(traps[0].count == 1);
  // as canonical form has it, however it was written
  CHECK(hits_of(compile(max(x, 0_c) + relu(x), trap), x = 0.0) == "relu(x):1 ");
  // a kink that rewriting removes is none
  CHECK(decltype(compile(relu(x) - relu(-x), trap))::traps::size() == 0);
}

TEST_CASE("places show raw numbers, and parts that they name", "[trap]") {
  CHECK(hits_of(compile(relu(x - 1.5), trap), x = 1.5) == "relu(x - 1.5):1 ");
  constexpr auto g = compile([] {
    auto const t = exp(x * y) * sin(x * y + 1.0);
    return relu(t * t - t + x);
  }, trap);
  CHECK(hits_of(g, x = 0.0, y = 2.0) == "");
  CHECK(decltype(g)::traps{}[0].place() ==
        "relu(t1 * t1 - t1 + x), where t1 = exp(x * y) * sin(x * y + 1)");
}

TEST_CASE("the text of a program has no counters in it", "[trap]") {
  CHECK(text(relu(x) + log(y), trap).view() == text(relu(x) + log(y)).view());
}

TEST_CASE("trap_within: a neighbourhood of the kink", "[trap]") {
  constexpr auto g = compile(relu(x) + max(x, y), trap_within<0.125>);
  CHECK(hits_of(g, x = 0.125, y = 1.0) == "relu(x):1 ");
  CHECK(hits_of(g, x = 0.25, y = 0.375) == "max(x, y):1 ");
  CHECK(hits_of(g, x = 0.25, y = 1.0) == "");
}

TEST_CASE("a trap for one use or one derivative", "[trap]") {
  CHECK(hits_of(compile(relu(x, trap) + abs(x)), x = 0.0) == "relu(x):1 ");
  CHECK(hits_of(compile(relu(x, standard) + abs(x), trap), x = 0.0) == "abs(x):1 ");
  // what is derived under a trap is watched, and the rest is not
  constexpr auto f = relu(x) + log(x);
  constexpr auto g = compile(abs(x), gradient(f, wrt(x), trap));
  CHECK(hits_of(g, x = 0.0) == "relu(x):1 log(x)!1 ");
  // also where nothing of the function itself is left in the program
  CHECK(hits_of(compile(gradient(abs(x), wrt(x), trap)), x = 0.0) == "abs(x):1 ");
  CHECK(hits_of(compile(derivative(abs(x), wrt(x), standard), trap), x = 0.0) == "");
  // of second order, of directions
  constexpr auto curved = x * x * relu(x);
  constexpr auto second = derivative(derivative(curved, wrt(x)), wrt(x));
  CHECK(hits_of(compile(second, trap), x = 0.0) == "relu(x):1 ");
  CHECK(hits_of(compile(jvp(abs(x), wrt(x), relu(y)), trap), x = 0.0, y = 0.0) ==
        "abs(x):1 relu(y):1 ");
  // a direction is a nearer policy than that of the program
  CHECK(hits_of(compile(gradient(abs(x), wrt(x), directional(1_c)), trap), x = 0.0) == "");
  CHECK(hits_of(compile(gradient(abs(x, trap), wrt(x), directional(1_c))), x = 0.0) ==
        "abs(x):1 ");
  CHECK(hits_of(compile(jacobian(abs(v), wrt(v)), trap), v = std::array<double, 19>{}) ==
        "abs(v):19 ");
}

TEST_CASE("the domain of an operation", "[trap]") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  constexpr auto f = compile([] { return log(x) + sqrt(y) + 1.0 / x; }, trap);
  CHECK(hits_of(f, x = -1.0, y = 2.0) == "log(x)!1 ");
  CHECK(hits_of(f, x = 0.0, y = 0.0) == "log(x)!1 sqrt(y)!1 1 / x!1 ");
  CHECK(hits_of(f, x = nan, y = nan) == "");
  CHECK(hits_of(compile(x / y, trap), x = 0.0, y = -0.0) == "x / y!1 ");
  decltype(f)::traps traps;
  CHECK(std::isnan(f(traps, x = -1.0, y = 2.0)));  // the value is that of IEEE
  // the derivative of a logarithm is no division of the user's
  constexpr auto slope = compile(derivative(log(x), wrt(x)), trap);
  CHECK(hits_of(slope, x = 0.0) == "log(x)!1 ");
  // unless it is written as well
  CHECK(hits_of(compile(derivative(log(x), wrt(x)), 1_c / x, trap), x = 0.0) ==
        "log(x)!1 1 / x!1 ");
}

TEST_CASE("the domains of functions of matrices", "[trap]") {
  static constexpr auto s = variable<"S", 2, 2>;
  auto const f = [] { return sum(inverse(s)) + log_determinant(s) + sum(cholesky(s)); };
  auto const check = [&](auto const& g) {
    CHECK(hits_of(g, s = {2, 0, 0, 2}) == "");
    CHECK(hits_of(g, s = {0, 1, 1, 0}) == "log_determinant(S)!1 cholesky(S)!1 ");
    CHECK(hits_of(g, s = {1, 1, 1, 1}) == "inverse(S)!1 log_determinant(S)!1 cholesky(S)!1 ");
    CHECK(hits_of(g, s = {std::nan(""), 1, 1, 1}) == "");
  };
  check(compile<double>(f, trap));
  check(compile<float>(f, trap));
}

TEST_CASE("where guards: what is not taken is not hit", "[trap]") {
  constexpr auto f = where(x > 0_c, log(x) + abs(y), 0_c);
  CHECK(hits_of(compile(f, gradient(f, wrt(x, y)), trap), x = -1.0, y = 0.0) == "");
  CHECK(hits_of(compile(f, trap), x = 1.0, y = 0.0) == "abs(y):1 ");
  // a condition has no derivative, so a kink in it is none
  CHECK(hits_of(compile(where(abs(x) < 1_c, x, y), trap), x = 0.0, y = 0.0) == "");
}

TEST_CASE("the maximum inside of a softmax is not watched", "[trap]") {
  constexpr auto g = compile(softmax(v), trap);
  CHECK(hits_of(g, v = std::array<double, 19>{}) == "");
}

TEST_CASE("trap_and_stop: an error with the place, and nothing written", "[trap]") {
  constexpr auto f = compile([] { return outputs(relu(x - 1.0), log(x)); }, trap_and_stop);
  auto const good = f(x = 2.0);
  REQUIRE(good);
  CHECK(std::get<0>(good.value()) == 1.0);
  auto const kink = f(x = 1.0);
  REQUIRE(!kink);
  CHECK(kink.error().kind == error_kind::kink_hit);
  CHECK(kink.error().name == "relu(x - 1)");
  CHECK(kink.error().message() == "relu(x - 1) is at a kink");
  auto const outside = f(x = -1.0);
  REQUIRE(!outside);
  CHECK(outside.error().kind == error_kind::outside_domain);
  CHECK(outside.error().message() == "log(x) is outside of its domain");

  std::array<double, 2> written{7.0, 7.0};
  std::vector<double> const given{1.0};
  CHECK(!f(x = given, output = std::span(written).first(1)));
  CHECK(written[0] == 7.0);
  // counters beside it, if they are wanted
  decltype(f)::traps traps;
  CHECK(!f(traps, x = 1.0));
  CHECK(traps.total() == 1);
  constexpr auto stopped = [] {
    constexpr auto h = compile([] { return abs(x); }, trap_and_stop_within<0.5>);
    return !h(x = 0.25) && h(x = 0.75).value() == 0.75;
  }();
  static_assert(stopped);
}

TEST_CASE("one part stops and another counts", "[trap]") {
  constexpr auto f = compile(relu(x, trap_and_stop) + abs(y), trap);
  decltype(f)::traps traps;
  CHECK(f(traps, x = 1.0, y = 0.0).value() == 1.0);
  CHECK(!f(traps, x = 0.0, y = 0.0));
  CHECK(listed(traps) == "relu(x):1 abs(y):2 ");
}

TEST_CASE("long places are cut in messages", "[trap]") {
  constexpr auto f = compile([] {
    return relu(sin(x) + sin(2.0 * x) + sin(3.0 * x) + sin(4.0 * x) + sin(5.0 * x) +
                sin(6.0 * x) + sin(7.0 * x) + sin(8.0 * x));
  }, trap_and_stop);
  std::string const message(f(x = 0.0).error().message().view());
  CHECK(message == "relu(sin(x) + sin(2 * x) + sin(3 * x) + sin(4 * x) + sin(5 * x) + sin(6 * x) "
                   "+ s... is at a kink");
}

TEST_CASE("without a trap nothing is left of it", "[trap]") {
  constexpr auto f = [] { return outputs(relu(x) * log(y), gradient(relu(x) * y, wrt(x))); };
  using watched = decltype(compile(f, trap))::source;
  using plain = decltype(compile(f))::source;
  static_assert(detail::program_of<watched>.roots.size() > 2);
  static_assert(detail::program_of<plain>.roots.size() == 2);
  // the program that counts is the other one and counters: same nodes, same numbers
  constexpr auto const& with = detail::program_of<watched>;
  constexpr auto const& without = detail::program_of<plain>;
  static_assert([] {
    for (std::size_t i = 0; i < without.nodes.size(); ++i)
      if (!(with.nodes[i] == without.nodes[i])) return false;
    return true;
  }());
  static_assert(detail::lowered_program<watched>.nodes == without.nodes);
  // a policy that is no trap gives the very same plan
  using other = decltype(compile(f, standard))::source;
  static_assert(same_plan(detail::plain_program<plain, double>::plan,
                          detail::plain_program<other, double>::plan));
  static_assert(std::is_empty_v<decltype(compile(f))::traps>);
  SUCCEED();
}
