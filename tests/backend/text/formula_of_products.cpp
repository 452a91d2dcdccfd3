// SPDX-License-Identifier: BSL-1.0
#include <ramp/backend/text/formula_of_products.hpp>

#include <catch2/catch.hpp>

#include <vector>

#include "written.hpp"

using namespace written;

namespace {

struct scalars {
  graph g;
  value x = argument(g, "x");
  value y = argument(g, "y");
};

value sine(value const& v) { return of<op::sin>(v); }
value exponential(value const& v) { return of<op::exp>(v); }

/// A number of run time, without a name.
value number_of(graph& g) { return argument(g, "", {}, argument_kind::number); }

std::string formula_with(value const& v, backend::printed_graph::numbers_are numbers,
                         double const* values) {
  backend::printed_graph p = printed(*v.owner);
  p.numbers = numbers;
  p.values = values;
  return text_of(p, {}, [&](backend::formula_writer& w) { w.definition(v.index); });
}

}  // namespace

TEST_CASE("parentheses are where they are needed", "[text]") {
  scalars s;
  auto const [x, y] = std::pair(s.x, s.y);
  CHECK(formula(x - (y - x)) == "x - (y - x)");
  CHECK(formula(x - (y + x)) == "x - (y + x)");
  CHECK(formula(x - (y + 1.0) / x) == "x - (y + 1) / x");
  CHECK(formula(x + (y + x) - 1.0) == "x + y + x - 1");
  CHECK(formula(x / (y * x)) == "x / (y * x)");
  CHECK(formula(x / (y / x)) == "x / (y / x)");
  CHECK(formula(x / y / x) == "x / y / x");
  CHECK(formula(x * (y / x)) == "x * y / x");
  CHECK(formula(x / y * x) == "x * x / y");
  CHECK(formula(-(x + y)) == "-(x + y)");
  CHECK(formula((-(x + y)) / y) == "-(x + y) / y");
  CHECK(formula(exponential(-(x - y))) == "exp(-(x - y))");
  CHECK(formula((x + y) * (x - y)) == "(x + y) * (x - y)");
  CHECK(formula(x / (x - y)) == "x / (x - y)");
}

TEST_CASE("a product has one sign, in front", "[text]") {
  scalars s;
  auto const [x, y] = std::pair(s.x, s.y);
  CHECK(formula(x * -y) == "-x * y");
  CHECK(formula(x - y * -2.0) == "x + 2 * y");
  CHECK(formula(x + y * -2.0) == "x - 2 * y");
  CHECK(formula(x * -2.0) == "-2 * x");
  CHECK(formula(x / -2.0) == "-x / 2");
  CHECK(formula((x * -0.1) * -0.3) == "0.1 * 0.3 * x");
  CHECK(formula(-1.0 / (x * -3.0)) == "1 / (3 * x)");
  CHECK(formula(x * (y * -2.0 + x)) == "x * (-2 * y + x)");
  CHECK(formula(x * -0.0) == "-0 * x");
  CHECK(formula(x.number(-2.0)) == "-2");
  CHECK(formula(x + -2.0) == "x - 2");
}

TEST_CASE("numbers stand first, then names", "[text]") {
  scalars s;
  auto const [x, y] = std::pair(s.x, s.y);
  CHECK(formula(sine(x) * x * 2.0) == "2 * x * sin(x)");
  CHECK(formula(sine(x) / y * x) == "x * sin(x) / y");
  CHECK(formula((x + y) * y) == "y * (x + y)");
  // one that has a label is a name
  value const e = exponential(x);
  std::vector<backend::label> labels(s.g.nodes.size());
  labels[static_cast<std::size_t>(e.index)].number = 1;
  CHECK(formula(sine(x) * e * 3.0, labels) == "3 * t1 * sin(x)");
}

TEST_CASE("the constants of a product are as few as are exact", "[text]") {
  scalars s;
  auto const [x, y] = std::pair(s.x, s.y);
  CHECK(formula(0.1 / x * 2.0) == "0.2 / x");
  CHECK(formula(x * 0.1 / y * 0.3) == "0.1 * 0.3 * x / y");
  CHECK(formula(x * 6.0 / y * 7.0) == "42 * x / y");
  CHECK(formula((x * 2.0) * (y * 0.5)) == "x * y");
  CHECK(formula(x / (y * 2.0) * 4.0) == "4 * x / (2 * y)");
  // a 1 only where there is nothing else
  CHECK(formula(1.0 / x) == "1 / x");
  CHECK(formula(0.5 / x * 2.0) == "1 / x");
  CHECK(formula(1e200 / x * 0x1p800 / y * 0x1p-800) == "1e+200 / x / y");  // the first overflows
  CHECK(formula(0.1 / x * 10.0 / y * 0.3) == "0.1 * 10 * 0.3 / x / y");
}

TEST_CASE("a chain ends at what has a name, and at what is read in another space", "[text]") {
  scalars s;
  auto const [x, y] = std::pair(s.x, s.y);
  value const sum = x + y;
  value const product = sum * sine(x) * -2.0;
  std::vector<backend::label> labels(s.g.nodes.size());
  labels[static_cast<std::size_t>(sum.index)].text = "total";
  labels[static_cast<std::size_t>(product.index)].number = 2;
  CHECK(formula(sum - x, labels) == "total - x");
  CHECK(formula(product * y, labels) == "t2 * y");  // names in their order
  CHECK(formula(x - product, labels) == "x - t2");
  CHECK(formula(product, labels) == "-2 * total * sin(x)");

  value const row = argument(s.g, "v", shape(3));
  value const matrix = argument(s.g, "A", shape(2, 3));
  value const repeated = spread(sine(row) * -2.0, matrix.space, {1});
  CHECK(formula(matrix - repeated) == "A - broadcast<2, 3>(-2 * sin(v))");
  CHECK(formula(matrix / repeated) == "A / broadcast<2, 3>(-2 * sin(v))");
}

TEST_CASE("products of tensors by elements", "[text]") {
  graph g;
  value const x = argument(g, "x");
  value const v = argument(g, "v", shape(5));
  value const w = argument(g, "w", shape(5));
  value const a = argument(g, "A", shape(5, 5));
  value const b = argument(g, "B", shape(5, 5));
  CHECK(formula(v * w * -2.0) == "-2 * v * w");
  CHECK(formula(a / b) == "A / B");
  CHECK(formula(a * b * 2.0) == "2 * hadamard(A, B)");
  CHECK(formula(a * x * 2.0) == "2 * A * x");
  // a multiple of a matrix product needs no parentheses, its product with a vector does
  value const product = fold<op::sum>(spread(v, shape(5, 5), {1}) * spread(a, shape(5, 5), {1, 0}),
                                      {0});
  CHECK(formula(product) == "v * A");
  CHECK(formula(-product) == "-v * A");
  CHECK(formula(product * x * 2.0) == "2 * x * v * A");
  CHECK(formula(product * w * 2.0) == "2 * w * (v * A)");
  CHECK(formula(w / product) == "w / (v * A)");
  // in a plan, what only repeats goes unmentioned
  value const repeated = spread(v, shape(5, 5), {1});
  CHECK(formula(a * repeated) == "hadamard(A, broadcast<5, 5>(v))");
  CHECK(formula_in_plan(a * repeated) == "A * v");
}

TEST_CASE("numbers of run time: their values, their places, or room for any of them", "[text]") {
  graph g;
  value const x = argument(g, "x");
  value const factor = number_of(g);
  REQUIRE(g[factor.index].attribute[0] == 1);
  using numbers_are = backend::printed_graph::numbers_are;
  auto const values = [&](value const& v, double number) {
    double const all[] = {0.0, number};
    return formula_with(v, numbers_are::values, all);
  };
  CHECK(values(factor * x, 2.5) == "2.5 * x");
  CHECK(values(x - factor * x, -1e-300) == "x + 1e-300 * x");
  CHECK(values(factor * x - x, -1e-300) == "-1e-300 * x - x");
  CHECK(values(factor, -0.0) == "-0");
  CHECK(values(factor * x * 2.0, 0.5) == "2 * 0.5 * x");  // not multiplied: it may change
  CHECK(values(of<op::pow>(x, factor), -2.0) == "pow(x, -2)");

  auto const names = [&](value const& v) { return formula_with(v, numbers_are::names, nullptr); };
  CHECK(names(factor) == "(number 2)");
  CHECK(names(x - factor * x * 3.0) == "x - 3 * (number 2) * x");

  // whatever the number is, its text is not longer
  auto const room = [&](value const& v) {
    return formula_with(v, numbers_are::blanks, nullptr).size();
  };
  for (value const& v : {factor, x - factor, factor * x - x, of<op::exp>(x / factor)})
    for (double const number : {1.0, -1.0, -2.2250738585072014e-308, 1.7976931348623157e+308})
      CHECK(values(v, number).size() <= room(v));
  CHECK(room(factor) == backend::number_capacity + 1);
}
