// SPDX-License-Identifier: BSL-1.0
// What is neither a sum or product nor about dimensions nor about kinks: those have files of their
// own, as in the header.
#include <ramp/backend/text/formula.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "written.hpp"

using namespace written;
using backend::label;

namespace {

struct scalars {
  graph g;
  value x = argument(g, "x");
  value y = argument(g, "y");
  value z = argument(g, "z");

  /// Labels of all nodes, those of one set.
  [[nodiscard]] std::vector<label> labels(value const& v, label const& l) const {
    std::vector<label> all(g.nodes.size());
    all[static_cast<std::size_t>(v.index)] = l;
    return all;
  }
};

value less(value const& a, value const& b) { return of<op::less>(a, b); }
value less(double a, value const& b) { return less(b.number(a), b); }
value less(value const& a, double b) { return less(a, a.number(b)); }
value negated(value const& a) { return of<op::logical_not>(a); }

// it runs inside the compiler
constexpr bool is_written_in_constants() {
  graph g;
  g.find_or_add({"x", argument_kind::variable, {}, 0});
  value const x = value_of(g, g.argument_node(0));
  value const v = (x * x - 1.0).combine<op::sqrt>(0.0) * 2.0;
  label labels[16];
  backend::printed_graph const p{.nodes = {g.nodes.data(), g.nodes.size()},
                                 .arguments = {g.arguments.data(), g.arguments.size()},
                                 .roots = {}};
  char memory[32]{};
  backend::text_sink sink(memory);
  backend::formula_writer(p, labels, "t", sink).definition(v.index);
  return std::string_view(memory, sink.size()) == "2 * sqrt(x * x - 1)";
}
static_assert(is_written_in_constants());

}  // namespace

TEST_CASE("conditions", "[text]") {
  scalars s;
  auto const& [g, x, y, z] = s;
  CHECK(formula(less(0.0, x)) == "x > 0");
  CHECK(formula(of<op::less_equal>(x.number(2.0), x)) == "x >= 2");
  CHECK(formula(less(x, 0.0)) == "x < 0");
  CHECK(formula(less(x, y)) == "x < y");
  CHECK(formula(of<op::less_equal>(x, y + 1.0)) == "x <= y + 1");
  CHECK(formula(of<op::equal>(x.number(0.0), x)) == "0 == x");  // only what is ordered is turned
  CHECK(formula(less(0.0, x) * x) == "x * (x > 0)");
  CHECK(formula(x - less(0.0, x)) == "x - (x > 0)");
  CHECK(formula(of<op::logical_and>(negated(less(0.0, x)),
                                    of<op::logical_or>(less(y, 1.0), of<op::equal>(x, y)))) ==
        "!(x > 0) && (y < 1 || x == y)");
  CHECK(formula(of<op::equal>(less(x, y), of<op::less_equal>(y, x))) == "(x < y) == (y <= x)");
  CHECK(formula(of<op::not_equal>(x, y)) == "x != y");
  CHECK(formula(of<op::where>(less(0.0, x), of<op::sqrt>(x), x.number(0.0))) ==
        "where(x > 0, sqrt(x), 0)");
}

TEST_CASE("&& and || chain, and && binds more tightly", "[text]") {
  scalars s;
  auto const& [g, x, y, z] = s;
  auto const both = [](value const& a, value const& b) { return of<op::logical_and>(a, b); };
  auto const either = [](value const& a, value const& b) { return of<op::logical_or>(a, b); };
  CHECK(formula(both(both(x, y), z)) == "x && y && z");
  CHECK(formula(either(either(x, y), z)) == "x || y || z");
  CHECK(formula(either(both(x, y), z)) == "x && y || z");
  CHECK(formula(both(either(x, y), z)) == "(x || y) && z");
  CHECK(formula(negated(x)) == "!x");
  CHECK(formula(negated(x + y)) == "!(x + y)");
  CHECK(formula(negated(both(x, y))) == "!(x && y)");
  CHECK(formula(both(negated(x), negated(y))) == "!x && !y");
  CHECK(formula(of<op::equal>(both(x, y), z)) == "(x && y) == z");
}

TEST_CASE("functions have their operands in order, and a number of theirs before", "[text]") {
  scalars s;
  auto const& [g, x, y, z] = s;
  CHECK(formula(of<op::pow>(x, x.number(3.0))) == "pow(x, 3)");
  CHECK(formula(of<op::atan2>(y, x - y)) == "atan2(y, x - y)");
  CHECK(formula(of<op::fma>(x, y, z)) == "fma(x, y, z)");
  CHECK(formula(with<op::polygamma>(2.0, x)) == "polygamma<2>(x)");
  CHECK(formula(of<op::max>(of<op::max>(x, y), z)) == "max(max(x, y), z)");
  CHECK(formula(of<op::relu>(-x)) == "relu(-x)");
}

TEST_CASE("a plan holds values without a word", "[text]") {
  scalars s;
  value const held = of<op::stop_gradient>(s.x + s.y);
  CHECK(formula(held) == "stop_gradient(x + y)");
  CHECK(formula_in_plan(held) == "x + y");
  CHECK(formula_in_plan(of<op::exp>(held)) == "exp(x + y)");
}

TEST_CASE("leaves", "[text]") {
  scalars s;
  CHECK(formula(s.x) == "x");
  CHECK(formula(s.x.number(-0.5)) == "-0.5");
  CHECK(formula(value_of(s.g, s.g.iota(10))) == "iota(10)");
  CHECK(formula(argument(s.g, ramp::pass::sample_weight_name, {}, argument_kind::input)) ==
        "sample_weight");
  // numbers of rows against numbers of columns
  value const rows = spread(value_of(s.g, s.g.iota(4)), shape(4, 4), {0});
  value const columns = spread(rows, shape(4, 4), {1});
  CHECK(formula(of<op::equal>(rows, columns)) == "identity(4)");
  CHECK(formula(of<op::equal>(columns, rows)) == "identity(4)");
  CHECK(formula(of<op::less>(rows, columns)) ==
        "broadcast<4, 4>(reshape<4, 1>(iota(4))) < broadcast<4, 4>(iota(4))");
  value const own = value_of(s.g, s.g.iota(4));
  CHECK(formula(of<op::equal>(own, own)) == "iota(4) == iota(4)");
}

TEST_CASE("the product of matrices by elements is a function", "[text]") {
  graph g;
  value const a = argument(g, "A", shape(3, 3));
  value const b = argument(g, "B", shape(3, 3));
  CHECK(formula(a * b) == "hadamard(A, B)");
  CHECK(formula((a + b) * of<op::exp>(a)) == "hadamard(A + B, exp(A))");
  CHECK(formula(a * b - a) == "hadamard(A, B) - A");
}

TEST_CASE("the mean is a function", "[text]") {
  graph g;
  value const x = argument(g, "x");
  value const a = argument(g, "A", shape(4, 2));
  value const total = fold<op::sum>(a);
  CHECK(formula(total * 0.125) == "mean(A)");
  CHECK(formula(fold<op::sum>(a, {1}) * 0.25) == "mean(A, axis<0>)");
  CHECK(formula(x - total * 0.125) == "x - mean(A)");
  CHECK(formula(total * 0.25) == "0.25 * sum(A)");
  CHECK(formula(total / 8.0) == "sum(A) / 8");
  std::vector<label> labels(g.nodes.size());
  labels[static_cast<std::size_t>(total.index)].number = 1;
  CHECK(formula(total * 0.125, labels) == "0.125 * t1");
}

TEST_CASE("a label stands for a node, but where the node is defined", "[text]") {
  scalars s;
  value const sum = s.x + s.y;
  value const outer = of<op::exp>(sum);
  auto const reference = [&](value const& v, std::vector<label> const& labels) {
    return text_of(printed(s.g), labels,
                   [&](backend::formula_writer& w) { w.reference(v.index); });
  };
  auto const numbered = s.labels(sum, {.number = 7});
  CHECK(formula(sum, numbered) == "x + y");
  CHECK(reference(sum, numbered) == "t7");
  CHECK(formula(outer, numbered) == "exp(t7)");
  CHECK(reference(outer, numbered) == "exp(t7)");
  auto const updated = s.labels(sum, {.target = 1});
  CHECK(formula(outer, updated) == "exp(y')");
  // a text comes first, then a target
  CHECK(formula(outer, s.labels(sum, {.text = "loss", .number = 1, .target = 1})) == "exp(loss)");
  CHECK(formula(outer, s.labels(sum, {.number = 1, .target = 1})) == "exp(y')");
  // a definition ends: what comes next refers to it
  CHECK(text_of(printed(s.g), numbered, [&](backend::formula_writer& w) {
          w.definition(sum.index);
          w.reference(sum.index);
        }) == "x + yt7");
}

TEST_CASE("a sum over the batch is a function of what is summed", "[text]") {
  scalars s;
  value const weight =
      argument(s.g, ramp::pass::sample_weight_name, {}, argument_kind::input);
  value const total = argument(s.g, ramp::pass::batch_sum_name);
  value const loss = s.x - s.y;
  value const weighted = loss * weight;
  value const other = loss * s.x;
  value const result = of<op::sqrt>(total) + 1.0;
  auto const text = [&](value const& summed, std::vector<label> const& labels) {
    ramp::pass::batch_sum const sum{summed.index, s.g[total.index].attribute[0]};
    backend::printed_graph p = printed(s.g);
    p.sums = {&sum, 1};
    return text_of(p, labels, [&](backend::formula_writer& w) { w.definition(result.index); });
  };
  CHECK(text(loss, {}) == "sqrt(sum_over_batch(x - y)) + 1");
  CHECK(text(other, {}) == "sqrt(sum_over_batch(x * (x - y))) + 1");
  CHECK(text(weighted, {}) == "sqrt(mean_over_batch(x - y)) + 1");
  // what has a name is not looked into
  CHECK(text(weighted, s.labels(weighted, {.number = 1})) == "sqrt(sum_over_batch(t1)) + 1");
  CHECK(text(weighted, s.labels(loss, {.number = 1})) == "sqrt(mean_over_batch(t1)) + 1");
}
