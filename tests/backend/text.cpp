// SPDX-License-Identifier: BSL-1.0
#include <ramp/function/text.hpp>

#include <catch2/catch.hpp>

#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <ramp/ramp.hpp>

using namespace ramp;

namespace {

constexpr auto x = variable<"x">;
constexpr auto y = variable<"y">;
constexpr auto v = variable<"v", 5>;
constexpr auto w = variable<"w", 7>;
constexpr auto A = variable<"A", 5, 7>;
constexpr auto B = variable<"B", 7, 5>;
constexpr auto C = variable<"C", 5, 7>;
constexpr auto label = class_label<"label", 5>;

constexpr auto wave = sin(x) * exp(-x * x);
constexpr auto slope = derivative(wave, wrt(x));

template <class T>
std::string printed(T const& t) {
  std::ostringstream out;
  out << t;
  return out.str();
}

/// Expected texts beside lambdas, in which numbers are constants.
template <class F>
void check(F const& f, std::string_view expected) {
  CHECK(text(f) == expected);
}

}  // namespace

TEST_CASE("parentheses are where they are needed", "[text]") {
  check([] { return x - (y - x); }, "x - (y - x)");
  check([] { return x - (y + 1.0) / x; }, "x - (y + 1) / x");
  check([] { return x + (y + x) - 1.0; }, "x + y + x - 1");
  check([] { return x / (y * x); }, "x / (y * x)");
  check([] { return x / y / x; }, "x / y / x");
  check([] { return x * (y / x); }, "x * y / x");
  check([] { return -(x + y); }, "-(x + y)");
  check([] { return (-(x + y)) / y; }, "-(x + y) / y");
  check([] { return x * -y; }, "-x * y");
  check([] { return x - y * -2.0; }, "x + 2 * y");
  check([] { return exp(-(x - y)); }, "exp(-(x - y))");
  check([] { return (x + y) * (x - y); }, "(x + y) * (x - y)");
  check([] { return pow(x, 3.0); }, "pow(x, 3)");
  check([] { return 1.0 / x; }, "1 / x");
  check([] { return sin(x) * x * 2.0; }, "2 * x * sin(x)");
}

TEST_CASE("conditions", "[text]") {
  check([] { return x > 0.0; }, "x > 0");
  check([] { return (x > 0.0) * x; }, "x * (x > 0)");
  check([] { return !(x > 0.0) && (y < 1.0 || x == y); }, "!(x > 0) && (y < 1 || x == y)");
  check([] { return (x < y) == (y <= x); }, "(x < y) == (y <= x)");
  check([] { return where(x > 0.0, sqrt(x), 0.0); }, "where(x > 0, sqrt(x), 0)");
}

TEST_CASE("derivatives read as a person would write them", "[text]") {
  check([] { return derivative(x * x * x, wrt(x)); }, "3 * x * x");
  check([] { return derivative(pow(x, 3.0), wrt(x)); }, "3 * x * x");
  check([] { return derivative(derivative(derivative(pow(x, 3.0), wrt(x)), wrt(x)), wrt(x)); },
        "6");
  check([] { return derivative(1.0 / x, wrt(x)); }, "-1 / x / x");
  check([] { return derivative(log(x) / x, wrt(x)); }, "1 / x / x - log(x) / x / x");
  check([] { return derivative(sqrt(x), wrt(x)); }, "0.5 / sqrt(x)");
  check([] { return derivative(sigmoid(x), wrt(x)); }, "sigmoid(x) * (1 - sigmoid(x))");
  check([] { return derivative(x / (1.0 + x * x), wrt(x)); },
        "1 / (1 + x * x) - 2 * x * x / (1 + x * x) / (1 + x * x)");
  check([] { return derivative(where(x > 0.0, sqrt(x), 0.0), wrt(x)); },
        "where(x > 0, 0.5 / sqrt(x), 0)");
}

TEST_CASE("derivatives at kinks say which side counts", "[text]") {
  CHECK(text(derivative(relu(x), wrt(x))) == "where(x > 0, 1, 0)");
  CHECK(text(derivative(relu(x, at_zero<1.0>), wrt(x))) == "where(x >= 0, 1, 0)");
  CHECK(text(derivative(relu(x, at_zero<0.5>), wrt(x))) == "gate<0.5>(x, 1)");
  CHECK(text(derivative(relu(x), wrt(x)), at_zero<0.25>) == "gate<0.25>(x, 1)");
  CHECK(text(derivative(abs(x), wrt(x))) == "sign(x)");
  CHECK(text(derivative(abs(x), wrt(x)), at_zero<1.0>) == "sign<1>(x)");
  CHECK(text(derivative(max(x, y), wrt(x))) == "share<0.5>(x, y, 1)");
  CHECK(text(derivative(min(x, y), wrt(x)), at_zero<1.0>) == "where(y > x, 1, 0)");
  CHECK(text(max(max(x, y), x * y)) == "max(x, y, x * y)");
  CHECK(text(derivative(leaky_relu<0.25>(x), wrt(x))) == "where(x > 0, 1, 0.25)");
  CHECK(text(derivative(leaky_relu<0.25>(x, jax), wrt(x))) == "where(x >= 0, 1, 0.25)");
  CHECK(text(derivative(leaky_relu<0.25>(x, symmetric), wrt(x))) == "fork<0.5>(x, 1, 0.25)");
  CHECK(text(derivative(hypot(x, y), wrt(x))) == "unit_component(x, hypot(x, y))");
  CHECK(text(derivative(hypot(x, y), wrt(x)), jax) == "unit_component<0.5>(x, hypot(x, y))");
}

TEST_CASE("products of vectors and matrices are the user's", "[text]") {
  CHECK(text(v * A) == "v * A");
  CHECK(text(A * w) == "A * w");
  CHECK(text(A * B) == "A * B");
  CHECK(text(v * A * B) == "v * A * B");
  CHECK(text(A * (B * A)) == "A * (B * A)");
  CHECK(text(transpose(A) * transpose(B)) == "transpose(A) * transpose(B)");
  CHECK(text(2.0 * (v * A) * w) == "2 * w * (v * A)");
  CHECK(text(-(v * A)) == "-v * A");
  CHECK(text((v * A + w) * B) == "(v * A + w) * B");
  CHECK(text(dot(v, A * w)) == "dot(v, A * w)");
  CHECK(text(outer(v, w)) == "outer(v, w)");
  CHECK(text(transpose(outer(v, w))) == "outer(w, v)");
  CHECK(text(hadamard(A, transpose(B))) == "hadamard(A, transpose(B))");
  CHECK(text(A / C) == "A / C");
  CHECK(text(gradient(dot(v * A, w), wrt(A))) == "outer(v, w)");
  CHECK(text(gradient(sum(relu(v * A)), wrt(A))) == "outer(v, where(v * A > 0, 1, 0))");
  CHECK(text(jacobian(v * v, wrt(v))) == "2 * hadamard(identity(5), broadcast<5, 5>(v))");
}

TEST_CASE("a product that is no matrix product is written by index", "[text]") {
  // every sample's matrix times every sample's vector
  ir::graph g;
  shape const space(3, 4, 5);
  int const m = g.argument_node(g.find_or_add({"M", ir::argument_kind::variable, space, 0}));
  int const u = g.argument_node(
      g.find_or_add({"u", ir::argument_kind::variable, shape(3, 5), 0}));
  ir::value const matrix{&g, m, ir::axis_map::identity(3), space};
  ir::value const vector{&g, u, ir::axis_map{0x20}, space};
  ir::value const product =
      ir::reduce_to<op::sum>(matrix * vector, ir::axis_map::identity(2), 2);
  REQUIRE(g[product.index].is(ir::code<op::contract>));
  pass::root const root{product.index, pass::root_kind::output, -1};
  std::vector<backend::label> labels(g.nodes.size());
  backend::printed_graph const p{
      .nodes = g.nodes, .arguments = g.arguments, .roots = {&root, 1}};
  backend::find_labels(p, labels);
  std::string result(200, ' ');
  backend::text_sink sink(result.data());
  backend::write_program(p, labels, sink);
  CHECK(result.substr(0, sink.size()) == "[i,j] sum_k M[i,j,k] * u[i,k]");
}

TEST_CASE("reductions and layout", "[text]") {
  CHECK(text(sum(A)) == "sum(A)");
  CHECK(text(sum(A, axis<1>)) == "sum(A, axis<1>)");
  CHECK(text(sum(transpose(A), axis<1>)) == "sum(A, axis<0>)");
  CHECK(text(mean(v)) == "mean(v)");
  CHECK(text(max(A, axis<0>)) == "max(A, axis<0>)");
  CHECK(text(min(v)) == "min(v)");
  CHECK(text(transpose(A)) == "transpose(A)");
  CHECK(text(transpose<2, 0, 1>(variable<"T", 2, 3, 4>)) == "transpose<2, 0, 1>(T)");
  CHECK(text(slice<0, 1, 2>(v)) == "slice<0, 1, 2>(v)");
  CHECK(text(slice<0, 4, 3, -2>(v)) == "slice<0, 4, 3, -2>(v)");
  CHECK(text(flip(A)) == "flip(flip(A, axis<0>), axis<1>)");
  CHECK(text(pad<1, 2, 3>(A)) == "pad<1, 2, 3>(A)");
  CHECK(text(concatenate(v, w, v)) == "concatenate(v, w, v)");
  CHECK(text(concatenate(axis<1>, A, C)) == "concatenate(axis<1>, A, C)");
  CHECK(text(reshape<7, 5>(A)) == "reshape<7, 5>(A)");
  CHECK(text(broadcast<3, 5>(v)) == "broadcast<3, 5>(v)");
  CHECK(text(A + broadcast<5, 7>(reshape<5, 1>(v))) == "A + broadcast<5, 7>(reshape<5, 1>(v))");
  CHECK(text(gradient(sum(x * A), wrt(A))) == "broadcast<5, 7>(x)");
  CHECK(text(gradient(sum(slice<0, 1, 2>(v)), wrt(v))) == "pad<0, 1, 2>(broadcast<2>(1))");
  CHECK(text(gradient(sum(slice<0, 0, 2, 3>(v)), wrt(v))) ==
        "spread<0, 0, 5, 3>(broadcast<2>(1))");
}

TEST_CASE("functions of matrices", "[text]") {
  constexpr auto S = variable<"S", 5, 5>;
  constexpr auto many = variable<"many", 3, 5, 5>;
  CHECK(text(inverse(transpose(S))) == "inverse(transpose(S))");
  CHECK(text(solve(S, v)) == "solve(S, v)");
  CHECK(text(solve(transpose(S), A)) == "solve(transpose(S), A)");
  CHECK(text(solve_lower(cholesky(S), v)) == "solve_lower(cholesky(S), v)");
  CHECK(text(solve_upper(transpose(S), v)) == "solve_upper(transpose(S), v)");
  CHECK(text(2 * log_determinant(S) + 1) == "2 * log_determinant(S) + 1");
  CHECK(text(log(abs(determinant(S)))) == "log_abs_determinant(S)");
  CHECK(text(gradient(determinant(S), wrt(S))) == "cofactors(S)");
  CHECK(text(gradient(log_determinant(S), wrt(S))) == "transpose(inverse(S))");
  CHECK(text(jvp(inverse(S), wrt(S), S)) == "-inverse(S) * (S * inverse(S))");
  CHECK(text(vjp(solve(S, v), wrt(S), v)) == "-outer(solve(transpose(S), v), solve(S, v))");
  CHECK(text(determinant(many)) == "determinant(many)");
  CHECK(text(solve(broadcast<3, 5, 5>(S), variable<"r", 3, 5>)) ==
        "solve(broadcast<3, 5, 5>(S), r)");
}

TEST_CASE("what is large and repeated has a name", "[text]") {
  CHECK(text(softmax(A)) ==
        "t1 / broadcast<5, 7>(reshape<5, 1>(sum(t1, axis<1>)))\n"
        "where t1 = exp(A - broadcast<5, 7>(reshape<5, 1>(stop_gradient(max(A, axis<1>)))))");
  CHECK(text(wave, x * wave) == "t1 = sin(x) * exp(-x * x)\nx * t1");
  // names keep clear of the user's
  constexpr auto t1 = variable<"t1">;
  constexpr auto u = sin(t1) * cos(t1) + exp(t1);
  CHECK(text(u * u) == "tt1 * tt1\nwhere tt1 = sin(t1) * cos(t1) + exp(t1)");
}

TEST_CASE("sharing and depth do not blow the text up", "[text]") {
  auto squared = [](auto const& u) { return u * u; };
  auto deep = [&]<int... I>(std::integer_sequence<int, I...>) {
    auto const eight = squared(squared(squared(x + y)));
    return squared(squared(squared(squared(squared(squared(squared(squared(eight))))))));
  }(std::make_integer_sequence<int, 1>{});
  CHECK(text(deep).size() < 400);
  constexpr auto polynomial = trace<"z">([](auto z) {
    auto s = z;
    for (int i = 0; i < 300; ++i) s = s * z + z;
    return s;
  });
  auto const t = text(polynomial);
  CHECK(t.size() < 6000);
  CHECK(t.view().find("where t1 = ") != std::string_view::npos);
}

TEST_CASE("a loss over samples, and updates", "[text]") {
  constexpr auto rate = constant<0.1>;
  constexpr auto m = parameter<"W", 5, 7>;
  CHECK(text(mean_over_batch(sum(v * m)) + rate * sum(hadamard(m, m))) ==
        "mean_over_batch(sum(v * W)) + 0.1 * sum(hadamard(W, W))");
  constexpr auto memory = state_like<"momentum">(m);
  auto const next = (memory <<= 0.9 * memory + m);
  CHECK(text(updates(next, m <<= m - rate * next)) ==
        "W.momentum <<= 0.9 * W.momentum + W\n"
        "W <<= W - 0.1 * W.momentum'");
  CHECK(text(cross_entropy(v, label)) ==
        "log(sum(exp(v - stop_gradient(max(v))))) - "
        "sum(where(iota(5) == label, v - stop_gradient(max(v)), 0))");
}

namespace {

constexpr auto image = input<"image", 64>;
constexpr auto kind = class_label<"kind", 10>;
constexpr auto hidden = relu(dense<"hidden", 32>(image));
constexpr auto logits = dense<"output", 10>(hidden);
constexpr auto step =
    training_step<float>([] { return mean_over_batch(cross_entropy(logits, kind)); },
                         sgd{.learning_rate = 0.25}, tile<16>);

}  // namespace

TEST_CASE("the plan of a formula", "[text]") {
  CHECK(printed(plan_text(compile([] { return outputs(wave, slope); }))) ==
        "1. 10 operations on scalars\n"
        "   output[0] = sin(x) * exp(-x * x)\n"
        "   output[1] = exp(-x * x) * cos(x) - 2 * output[0] * x\n"
        "memory: 64 bytes between kernels");
}

TEST_CASE("the plan of functions of matrices", "[text]") {
  constexpr auto many = variable<"many", 3, 4, 4>;
  constexpr auto right = variable<"right", 3, 4, 2>;
  constexpr auto one = variable<"one", 4, 4>;
  constexpr auto f = solve_lower(one, slice<0, 0, 4>(v));
  CHECK(printed(plan_text(compile(solve(many, right), determinant(one), f))) ==
        "1. solve, 4 x 4 for 2 columns, 3 times\n"
        "   output[0] = solve(many, right)\n"
        "2. determinant, 4 x 4\n"
        "   output[1] = determinant(one)\n"
        "3. slice, 4\n"
        "   t1 = slice<0, 0, 4>(v)\n"
        "4. triangular_solve, 4 x 4 for 1 column\n"
        "   output[2] = solve_lower(one, t1)\n"
        "memory: 576 bytes between kernels");
}

TEST_CASE("the plan of a training step", "[text]") {
  std::string const plan = printed(plan_text(step));
  auto has = [&](std::string_view line) {
    INFO(plan << "\n\nlacks: " << line);
    CHECK(plan.find(line) != std::string::npos);
  };
  has("1. [every tile] matrix product, 16 x 32 over 64, starting from hidden.bias\n"
      "   t1 = relu(image * hidden.weight + hidden.bias)\n");
  has("* output.weight + output.bias\n");
  has("10 rows of 16 lanes, 3 passes over the rows, sums over samples\n");
  has("   loss += ");
  has(" += transpose(image) * ");
  has("   hidden.weight <<= hidden.weight - 0.25 * ");
  has("   output.bias <<= output.bias - ");
  has("; tiles of 16 samples");
  // every parameter is updated once
  for (std::string_view name : {"hidden.weight", "hidden.bias", "output.weight", "output.bias"}) {
    std::string const update = "   " + std::string(name) + " <<= ";
    CHECK(plan.find(update) != std::string::npos);
    CHECK(plan.find(update) == plan.rfind(update));
  }
  has("memory: 9,664 bytes of state, ");  // 64 * 32 + 32 + 32 * 10 + 16 floats
}

TEST_CASE("the nodes of a plan", "[text]") {
  constexpr auto product = compile(v * A + w);
  CHECK(printed(graph_text(product)) ==
        "0    argument       v                       5\n"
        "1    argument       A                       5 x 7\n"
        "2    contract       0(1) 1(1,0)             7 over 5            kernel 1\n"
        "3    argument       w                       7\n"
        "4    add            2 3                     7                   kernel 1");
  constexpr auto S = variable<"S", 5, 5>;
  CHECK(printed(graph_text(compile(determinant(S) * solve(S, v)))) ==
        "0    argument       S                       5 x 5\n"
        "1    determinant    0                       scalar over 5 x 5   kernel 1\n"
        "2    argument       v                       5\n"
        "3    solve          0(2,0) 2(2)             5                   kernel 2\n"
        "4    mul            1 3                     5                   kernel 3");
}
