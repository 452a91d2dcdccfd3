// SPDX-License-Identifier: BSL-1.0
#include <ramp/expr/own_operation.hpp>

#include <ramp/ramp.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <string_view>

using namespace ramp;
using namespace ramp::literals;

namespace {

struct gaussian : own_operation<1> {
  static constexpr std::string_view name = "gaussian";
  static constexpr auto define(auto const& r) {
    return r.template apply<op::exp>(-(r.x[0] * r.x[0]));
  }
};

/// The same with a rule, told apart by a factor that is wrong on purpose.
struct marked_gaussian : own_operation<1> {
  static constexpr std::string_view name = "marked_gaussian";
  static constexpr auto define(auto const& r) {
    return r.template apply<op::exp>(-(r.x[0] * r.x[0]));
  }
  static constexpr auto chain(auto const& r) { return r.g * (-20.0 * r.x[0] * r.y); }
};

/// x rounded, with the derivative of x: a straight-through estimator.
struct quantized : own_operation<1> {
  static constexpr std::string_view name = "quantized";
  static constexpr auto define(auto const& r) { return r.template apply<op::round>(r.x[0]); }
  static constexpr auto chain(auto const& r) { return r.g; }
};

/// Of two operands, with a rule by each; the product of them with derivatives times 10 and 100.
struct marked_product : own_operation<2> {
  static constexpr std::string_view name = "marked_product";
  static constexpr auto define(auto const& r) { return r.x[0] * r.x[1]; }
  static constexpr auto chain(auto const& r) {
    return r.k == 0 ? r.g * (10.0 * r.x[1]) : r.g * (100.0 * r.x[0]);
  }
};

struct soft_clip : own_operation<3> {
  static constexpr std::string_view name = "soft_clip";
  static constexpr auto define(auto const& r) {
    return r.template apply<op::min>(r.template apply<op::max>(r.x[0], r.x[1]), r.x[2]);
  }
};

/// Made of another one, with a kink.
struct half_gaussian : own_operation<1> {
  static constexpr std::string_view name = "half_gaussian";
  static constexpr auto define(auto const& r) {
    return r.template apply<gaussian>(r.x[0]) * r.template apply<op::relu>(r.x[0]);
  }
};

constexpr auto x = variable<"x">;
constexpr auto y = variable<"y">;
constexpr auto v = variable<"v", 7>;
constexpr auto a = variable<"A", 2, 3>;

double value_of(auto const& f, auto const&... bindings) { return compile(f)(bindings...); }

}  // namespace

TEST_CASE("an operation by its definition has all its derivatives", "[own_operation]") {
  constexpr auto f = apply<gaussian>(x);
  constexpr auto by_hand = exp(-(x * x));
  CHECK(text(f).view() == text(by_hand).view());
  constexpr auto second = [](auto g) { return derivative(derivative(g, wrt(x)), wrt(x)); };
  CHECK(value_of(second(f), x = 0.75) == value_of(second(by_hand), x = 0.75));
  static_assert(compile(derivative(f, wrt(x)))(x = 0.0) == 0.0);
  // element by element, of any shape
  std::array<double, 6> const six{0, 1, 2, -1, -2, 0.5};
  auto const matrix = compile(apply<gaussian>(a))(a = six);
  for (std::size_t i = 0; i < 6; ++i) CHECK(matrix[i] == value_of(f, x = six[i]));
}

TEST_CASE("operands repeat, and operations are made of each other", "[own_operation]") {
  std::array<double, 7> const seven{-3, -1, 0, 0.5, 1, 2, 3};
  auto const clipped = compile(apply<soft_clip>(v, x, 1.5))(v = seven, x = -0.5);
  for (std::size_t i = 0; i < 7; ++i)
    CHECK(clipped[i] == std::fmin(std::fmax(seven[i], -0.5), 1.5));
  CHECK(value_of(apply<half_gaussian>(x), x = 2.0) == 2.0 * value_of(apply<gaussian>(x), x = 2.0));
  constexpr auto traced = trace<"x">([](auto s) { return apply<gaussian>(s) + 1.0; });
  CHECK(value_of(traced, x = 0.0) == 2.0);
}

TEST_CASE("a policy holds for the kinks of the definition", "[own_operation]") {
  constexpr auto slope = [](auto f) { return compile(derivative(f, wrt(x)))(x = 0.0); };
  CHECK(slope(apply<half_gaussian>(x)) == 0.0);
  CHECK(slope(apply<half_gaussian>(x, at_zero<1.0>)) == 1.0);
  CHECK(slope(apply<soft_clip>(x, 0_c, 1_c, symmetric)) == 0.5);
}

TEST_CASE("a rule is used in place of the derivative of the definition", "[own_operation]") {
  constexpr auto f = apply<marked_gaussian>(x);
  double const e = std::exp(-0.25);
  auto const near = [](double expected) { return Approx(expected).epsilon(1e-14); };
  CHECK(value_of(f, x = 0.5) == near(e));
  CHECK(value_of(derivative(f, wrt(x)), x = 0.5) == near(-10.0 * e));
  CHECK(value_of(jvp(f, wrt(x), 2_c), x = 0.5) == near(-20.0 * e));
  // again for what it computes from the result: (-20 x y)' = -20 y - 20 x (-20 x y)
  CHECK(value_of(derivative(derivative(f, wrt(x)), wrt(x)), x = 0.5) == near(80.0 * e));
  CHECK(value_of(hessian(f, wrt(x)), x = 0.5) == near(80.0 * e));
  static_assert(compile(derivative(f * x, wrt(x)))(x = 0.0) == 1.0);
}

TEST_CASE("a rule where the definition has no derivative", "[own_operation]") {
  constexpr auto f = sum(apply<quantized>(v) * 1_c);
  std::array<double, 7> const seven{-3.2, -1.7, 0.4, 0.6, 1, 2.2, 3.7};
  auto const [total, g] = compile(f, gradient(f, wrt(v)))(v = seven);
  CHECK(total == -3 - 2 + 0 + 1 + 1 + 2 + 4);
  for (double one : g) CHECK(one == 1.0);
}

TEST_CASE("a rule by each of two operands, through shapes and Jacobians", "[own_operation]") {
  constexpr auto f = apply<marked_product>(x, y);
  auto const [by_x, by_y] = compile(gradient(f, wrt(x, y)))(x = 3.0, y = 5.0);
  CHECK(by_x == 50.0);
  CHECK(by_y == 300.0);
  constexpr auto square = apply<marked_product>(x, x);
  CHECK(value_of(derivative(square, wrt(x)), x = 3.0) == 330.0);
  std::array<double, 7> const seven{1, 2, 3, 4, 5, 6, 7};
  constexpr auto scaled = apply<marked_product>(v, x);
  auto const j = compile(jacobian(scaled, wrt(v)))(v = seven, x = 2.0);
  CHECK(j(1, 1) == 20.0);
  CHECK(j(1, 2) == 0.0);
  CHECK(value_of(gradient(sum(scaled), wrt(x)), v = seven, x = 2.0) == 2800.0);
  // a Jacobian of a Jacobian keeps the rule, too
  CHECK(value_of(gradient(sum(jacobian(scaled, wrt(v))), wrt(x)), v = seven, x = 2.0) == 70.0);
}

TEST_CASE("nothing of a rule is left in a program", "[own_operation]") {
  constexpr auto f = compile([] {
    auto const g = apply<marked_gaussian>(x);
    return outputs(g, derivative(g, wrt(x)));
  });
  using source = decltype(f)::source;
  constexpr bool gone = [] {
    for (ir::node const& n : detail::program_of<source>.nodes)
      if (n.is(ir::code<op::defined>)) return false;
    return true;
  }();
  CHECK(gone);
  CHECK(text(apply<marked_gaussian>(x)).view() == "exp(-x * x)");
}

TEST_CASE("in a training step, with the rule", "[own_operation]") {
  static constexpr auto in = input<"in", 3>;
  static constexpr auto w = parameter<"w", 3>;
  constexpr auto loss = [] { return mean_over_batch(sum(apply<marked_product>(in, w))); };
  auto const step = training_step<double>(loss, sgd{1.0}, trap, tile<2>);
  auto model = step.initial_state(constant_initializer{0.0}, 1);
  std::array<double, 9> const data{1, 2, 3, 1, 2, 3, 1, 2, 3};
  REQUIRE(step(model, in = data));
  CHECK(model[w][1] == Approx(-200.0).epsilon(1e-14));
}

TEST_CASE("traps look into a definition, but not at kinks that a rule hides", "[own_operation]") {
  constexpr auto f = compile(apply<half_gaussian>(x), trap);
  decltype(f)::traps traps;
  (void)f(traps, x = 0.0);
  REQUIRE(traps.total() == 1);
  CHECK((*traps.begin()).place() == "relu(x)");
}
