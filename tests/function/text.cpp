// SPDX-License-Identifier: BSL-1.0
// What text and plan_text give to whom; how formulas and plans read is in tests/backend/text.
#include <ramp/function/text.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <ramp/expr/constant.hpp>
#include <ramp/expr/derivative.hpp>
#include <ramp/expr/functions.hpp>
#include <ramp/expr/kinked.hpp>
#include <ramp/expr/linear_algebra.hpp>
#include <ramp/expr/reduction.hpp>
#include <ramp/function/training_step.hpp>
#include <ramp/optimize/sgd.hpp>

using namespace ramp;

namespace {

constexpr auto x = variable<"x">;
constexpr auto y = variable<"y">;
constexpr auto v = variable<"v", 5>;
constexpr auto a = variable<"A", 5, 7>;
constexpr auto wave = sin(x) * exp(-x * x);
constexpr auto slope = derivative(wave, wrt(x));

// the texts of what carries no number are constants, on both compilers
static_assert(text(wave) == "sin(x) * exp(-x * x)");
static_assert(text(slope) == "exp(-x * x) * cos(x) - 2 * x * sin(x) * exp(-x * x)");
static_assert(text([] { return derivative(3.0 * x * x, wrt(x)); }) == "6 * x");
static_assert(std::string_view(text(x / 0.5)) == "x / 0.5");

template <class T>
std::string printed(T const& t) {
  std::ostringstream out;
  out << t;
  return out.str();
}

/// A program of two operations for each of `Length` links, written without an expression, whose
/// type would take long to compile.
template <int Length>
struct chain {
  static constexpr int literal_count = 0;
  template <bool = false>
  static constexpr lowered lower() {
    lowered made;
    ir::graph& g = made.graph;
    ir::value const start =
        ir::value_of(g, g.argument_node(g.find_or_add({"x", ir::argument_kind::variable, {}, 0})));
    ir::value last = start;
    for (int i = 0; i < Length; ++i) last = last.combine<op::sin>(0.0) * start;
    made.roots.push_back({lowered_kind::value, last.index, -1, {}});
    return made;
  }
};

constexpr auto number = input<"number">;
constexpr auto target = input<"target">;
constexpr auto w = parameter<"w">;
constexpr auto loss = [] { return mean_over_batch(abs(w * number - target)); };
constexpr auto step = training_step<float>(loss, momentum{0.25, 0.5}, tile<16>);

}  // namespace

TEST_CASE("derivatives read as a person would write them", "[text]") {
  auto const check = [](auto const& f, std::string_view expected) { CHECK(text(f) == expected); };
  check([] { return derivative(x * x * x, wrt(x)); }, "3 * x * x");
  check([] { return derivative(derivative(derivative(pow(x, 3.0), wrt(x)), wrt(x)), wrt(x)); },
        "6");
  check([] { return derivative(1.0 / x, wrt(x)); }, "-1 / x / x");
  check([] { return derivative(log(x) / x, wrt(x)); }, "1 / x / x - log(x) / x / x");
  check([] { return derivative(sigmoid(x), wrt(x)); }, "sigmoid(x) * (1 - sigmoid(x))");
  check([] { return derivative(x / (1.0 + x * x), wrt(x)); },
        "1 / (1 + x * x) - 2 * x * x / (1 + x * x) / (1 + x * x)");
  check([] { return derivative(where(x > 0.0, sqrt(x), 0.0), wrt(x)); },
        "where(x > 0, 0.5 / sqrt(x), 0)");
  check([] { return derivative(max(x, y), wrt(x)); }, "share<0.5>(x, y, 1)");
  check([] { return gradient(sum(relu(v * a)), wrt(a)); }, "outer(v, where(v * A > 0, 1, 0))");
  check([] { return jacobian(v * v, wrt(v)); },
        "2 * hadamard(identity(5), broadcast<5, 5>(v))");
}

TEST_CASE("run-time numbers print their values", "[text]") {
  double factor = 2.5;
  CHECK(text(factor * x) == "2.5 * x");
  factor = -1e-300;
  CHECK(text(y - factor * x) == "y + 1e-300 * x");
  CHECK(text(factor * x - y) == "-1e-300 * x - y");
  CHECK(text(pow(x, -1.2345678901234567e-308)) == "pow(x, -1.2345678901234567e-308)");
  CHECK(text(hyperparameter<"beta"> * x) == "beta * x");
}

TEST_CASE("several expressions have a line each, and the numbers that are theirs", "[text]") {
  static_assert(text(x, x * y, y) == "x\nx * y\ny");
  CHECK(text(2.5 * x, y, y - 0.75, 1.5 * y) == "2.5 * x\ny\ny - 0.75\n1.5 * y");
  CHECK(text(outputs(2.5 * x, y)) == "2.5 * x\ny");
  CHECK(text([] { return outputs(2.5 * x, y); }) == "2.5 * x\ny");
  CHECK(text(y, w <<= w - 0.5 * y) == "y\nw <<= w - 0.5 * y");
}

TEST_CASE("a policy may stand last, of a lambda as well", "[text]") {
  CHECK(text(derivative(relu(x), wrt(x)), at_zero<1.0>) == "where(x >= 0, 1, 0)");
  CHECK(text(y, derivative(relu(x), wrt(x)), at_zero<1.0>) == "y\nwhere(x >= 0, 1, 0)");
  constexpr auto made = [] { return derivative(relu(x), wrt(x)); };
  CHECK(text(made) == "where(x > 0, 1, 0)");
  CHECK(text(made, at_zero<1.0>) == "where(x >= 0, 1, 0)");
}

TEST_CASE("a very long text is made when it is asked for", "[text]") {
  static_assert(detail::text_program<chain<4>>::is_constant);
  using program = detail::text_program<chain<400>>;
  static_assert(!program::is_constant);
  auto const t = program::of({});
  CHECK(t.view().starts_with("x * sin(x * "));
  CHECK(t.view().ends_with(")"));
  auto const factors = std::count(t.view().begin(), t.view().end(), '*');
  CHECK(factors == 400);
}

TEST_CASE("text goes to streams", "[text]") {
  CHECK(printed(text(x + y)) == "x + y");
  std::ostringstream out;
  out.width(8);
  out << text(x);
  CHECK(out.str() == "       x");
}

TEST_CASE("a plan has the numbers of an update rule, and of a function their places", "[text]") {
  auto const has = [](std::string const& text, std::string_view part) {
    INFO(text);
    CHECK(text.find(part) != std::string::npos);
  };
  has(printed(plan_text(step)), " - 0.25 * ");
  has(printed(plan_text(step)), " = 0.5 * w.momentum\n");
  auto faster = step;
  faster.rule.learning_rate = 0.375;
  has(printed(plan_text(faster)), " - 0.375 * ");
  has(printed(plan_text(faster)), " = 0.5 * w.momentum\n");
  has(printed(plan_text(step)), "; tiles of 16 samples");
  has(printed(plan_text(compile(2.5 * x))), "output = (number 1) * x\n");
}

TEST_CASE("a printout comes in pieces too", "[text]") {
  std::string whole;
  plan_text(step).pieces([&](std::string_view piece) { whole += piece; });
  CHECK(whole == printed(plan_text(step)));
  std::vector<std::string> pieces;
  auto const collect = [&](std::string_view piece) { pieces.emplace_back(piece); };
  graph_text(step).pieces(collect);
  whole.clear();
  for (auto const& piece : pieces) whole += piece;
  CHECK(whole == printed(graph_text(step)));
  CHECK(pieces.size() > 20);
}
