// SPDX-License-Identifier: BSL-1.0
#include <ramp/pass/product_of_others.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <vector>

#include <ramp/ir/evaluate.hpp>
#include <ramp/ir/verify.hpp>

using namespace ramp;
using ir::graph;
using ir::value;
using pass::detail::product_of_others;

namespace {

using numbers = std::vector<double>;

struct tree {
  graph g;
  int root = -1;

  tree(shape const& s, int kept) {
    g.arguments.push_back({"x", ir::argument_kind::variable, s, 0});
    value const made = product_of_others(ir::value_of(g, g.argument_node(0)), kept);
    root = ir::materialized(made);
    CHECK(made.space == s);
    CHECK(ir::verify(g) == "");
  }
  [[nodiscard]] numbers at(numbers const& x) const {
    auto const e = ir::evaluate<double>(g, {x.data()});
    if (g.is_constant(root)) return numbers(x.size(), g[root].value);  // of all elements
    return {e[root], e[root] + x.size()};
  }
};

/// For each element the product of the other ones among every `length` neighbours.
numbers by_definition(numbers const& x, std::size_t length) {
  numbers all(x.size(), 1.0);
  for (std::size_t i = 0; i < x.size(); ++i)
    for (std::size_t j = i / length * length; j < (i / length + 1) * length; ++j)
      if (j != i) all[i] *= x[j];
  return all;
}

}  // namespace

TEST_CASE("each element gets the product of the others, whatever their number", "[pass]") {
  double const odd[] = {3, -5, 7, 11, -13, 17, 19, 23, 29, -31, 37, 41};
  for (int count = 1; count <= 12; ++count) {
    INFO(count << " factors");
    numbers const x(odd, odd + count);
    CHECK(tree(shape(count), 0).at(x) == by_definition(x, x.size()));
  }
}

TEST_CASE("without a division: zeros, infinities and NaN go where the products have them",
          "[pass]") {
  tree const t(shape(5), 0);
  CHECK(t.at({2, 0, 3, 5, 7}) == numbers{0, 210, 0, 0, 0});
  CHECK(t.at({2, 0, 3, 0, 7}) == numbers{0, 0, 0, 0, 0});
  double const infinity = std::numeric_limits<double>::infinity();
  CHECK(t.at({2, infinity, 3, 5, -7}) == numbers{-infinity, -210, -infinity, -infinity, infinity});
  numbers const mixed = t.at({2, 3, std::nan(""), 5, 7});
  for (std::size_t i = 0; i < 5; ++i) CHECK(std::isnan(mixed[i]) == (i != 2));
  CHECK(mixed[2] == 210);
  // the product of all overflows, that of the others does not
  CHECK(t.at({1e200, 1e200, 1, 1, 1})[0] == 1e200);
}

TEST_CASE("factors are those that have the first indices in common", "[pass]") {
  numbers const x{2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37};
  CHECK(tree(shape(3, 4), 1).at(x) == by_definition(x, 4));
  CHECK(tree(shape(3, 4), 0).at(x) == by_definition(x, 12));
  CHECK(tree(shape(3, 2, 2), 1).at(x) == by_definition(x, 4));
  CHECK(tree(shape(2, 1, 3, 2), 3).at(x) == by_definition(x, 2));
}

TEST_CASE("of one factor the product of the others is 1, for all elements", "[pass]") {
  CHECK(tree(shape(3, 4), 2).at(numbers(12, 5.0)) == numbers(12, 1.0));
  CHECK(tree(shape(3, 1), 1).at({2, 3, 5}) == numbers{1, 1, 1});
  CHECK(tree(shape(1), 0).at({5}) == numbers{1});
  CHECK(tree(shape(), 0).at({5}) == numbers{1});
}

TEST_CASE("the tree costs three products an element and eleven nodes a level at most", "[pass]") {
  for (int count : {3, 4, 31, 32, 33, 1000}) {
    INFO(count << " factors");
    graph const g = tree(shape(count), 0).g;
    int products = 0;
    for (ir::node const& n : g.nodes)
      if (n.is(ir::code<op::mul>)) products += n.result_shape().elements();
    CHECK(products <= 3 * count);
    CHECK(g.size() <= 11 * std::ceil(std::log2(count)) + 4);
  }
}
