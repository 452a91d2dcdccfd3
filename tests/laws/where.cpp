// SPDX-License-Identifier: BSL-1.0
// The law of where: the branch that is not taken has no say in the value, in forward and reverse
// derivatives or in derivatives of those, however infinite it is.
#include <ramp/check/modes.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <string>

#include "graphs.hpp"

using namespace laws;
using ramp::check::forward_derivative;
using ramp::check::point;
using ramp::check::reverse_gradient;
namespace op = ramp::op;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

value square(value x) { return x * x; }
value choose(value condition, value a, value b) { return condition.combine<op::where>(0.0, a, b); }
value positive(value x) { return x.number(0.0).combine<op::less>(0.0, x); }
value scalar_sum(value x) { return ramp::ir::reduce_to<op::sum>(x, {}, 0); }

/// Functions of a vector x that are undefined, infinite or of infinite slope where x <= 0.
struct partial_function {
  std::string name;
  value (*apply)(value);
};
partial_function const partial_functions[] = {
    {"log", [](value x) { return x.combine<op::log>(0.0); }},
    {"sqrt", [](value x) { return x.combine<op::sqrt>(0.0); }},
    {"1/x", [](value x) { return 1.0 - x.number(1.0) / x; }},
    {"pow", [](value x) { return x.combine<op::pow>(0.0, x.number(0.5)); }},
    {"exp(1/x)", [](value x) { return (x.number(1.0) / x).combine<op::exp>(0.0); }},
    {"0*(1/x)", [](value x) { return (x.number(1.0) / x) * 0.0; }},
    {"log(log(1+x))",
     [](value x) { return (x + x.number(1.0)).combine<op::log>(0.0).combine<op::log>(0.0); }},
    {"relu(1/x)", [](value x) { return (x.number(1.0) / x).combine<op::relu>(0.0); }},
    {"max(log(x), x)", [](value x) { return x.combine<op::log>(0.0).combine<op::max>(0.0, x); }},
};

/// Places in which a `where` can stand between f and the scalar result.
struct setting {
  std::string name;
  value (*apply)(value x, value f);
};
setting const settings[] = {
    {"where", [](value x, value f) { return choose(positive(x), f, square(x)); }},
    {"negated condition",
     [](value x, value f) {
       return choose(positive(x).combine<op::logical_not>(0.0), square(x), f);
     }},
    {"nested",
     [](value x, value f) {
       return choose(positive(x), choose(positive(x), f, f * f), square(x));
     }},
    {"nested, one condition always true",
     [](value x, value f) {
       value const one = x.number(1.0);
       return choose(positive(x), choose(one.combine<op::equal>(0.0, one), f, x), square(x));
     }},
    {"f used twice",
     [](value x, value f) {
       return choose(positive(x), f, square(x)) + choose(positive(x), f * x, x);
     }},
    {"function of f", [](value x, value f) { return choose(positive(x), f * f + f, square(x)); }},
    {"maximum of f",
     [](value x, value f) { return choose(positive(x), f.combine<op::max>(0.0, x), square(x)); }},
    {"where inside where's condition",
     [](value x, value f) {
       return choose(choose(positive(x), positive(x), x.number(0.0)), f, square(x));
     }},
    {"product of whole rows",
     [](value x, value f) {  // row i of the outer product is infinite where f[i] is
       value const rows{f.owner, f.index, map_of(0), shape(x.space[0], 2)};
       value product = rows * rows;
       product.space = rows.space;
       value const sums = ramp::ir::reduce_to<op::sum>(product, map_of(0), 1);
       return choose(positive(x), sums, square(x));
     }},
    {"spread and sliced",
     [](value x, value f) {  // at 5, 3 and 1 of seven, and back
       node n;
       n.operation = code<op::pad>;
       n.arity = 1;
       n.rank = 1;
       n.iteration = shape(7);
       n.operand[0] = f.index;
       n.attribute = {0, 5, -2};
       n.operand[0] = f.owner->insert(n);
       n.operation = code<op::slice>;
       n.iteration = f.space;
       return choose(positive(x), ramp::ir::value_of(*f.owner, f.owner->insert(n)), square(x));
     }},
};

point const points[] = {
    {{0.0, 2.0, -1.0}}, {{0.5, -0.0, 3.0}}, {{-0.5, -1e300, 1.0}}, {{-0.0, -0.5, 0.0}}};

}  // namespace

TEST_CASE("where: an untaken branch does not leak", "[laws]") {
  for (auto const& f : partial_functions)
    for (auto const& s : settings)
      for (auto const& at : points) {
        INFO(f.name << " in " << s.name << " at " << at[0][0] << " " << at[0][1] << " "
                    << at[0][2]);
        graph g;
        value const x = argument(g, "x", shape(3));
        value chosen = s.apply(x, f.apply(x));
        chosen.space = x.space;
        int const root = scalar_sum(chosen).index;
        auto const policy = ramp::standard.value;

        auto const first = ramp::pass::reverse(g, {root}, {g.constant(1.0)}, {x.index}, policy)[0];
        int const gradient_sum = scalar_sum(ramp::ir::value_of(g, first)).index;
        auto const second =
            ramp::pass::reverse(g, {gradient_sum}, {g.constant(1.0)}, {x.index}, policy)[0];
        auto const e = ramp::check::evaluate_at(g, at);

        for (std::size_t i = 0; i < 3; ++i) {
          double const here = at[0][i];
          point direction{{0.0, 0.0, 0.0}};
          direction[0][i] = 1.0;
          double const slope = e[first][i];
          double const curvature = e[second][i];
          double const forward = forward_derivative(g, root, {0}, at, direction, policy)[0];
          double const forward_over_reverse =
              forward_derivative(g, gradient_sum, {0}, at, direction, policy)[0];
          INFO("element " << i << ": " << slope << ", " << forward << ", " << curvature << ", "
                          << forward_over_reverse);
          if (here > 0.0) {
            CHECK(std::isfinite(e[chosen.index][i]));
            CHECK(std::isfinite(slope));
            CHECK(std::isfinite(curvature));
            CHECK(slope == Approx(forward).epsilon(1e-13));
            CHECK(curvature == Approx(forward_over_reverse).epsilon(1e-13));
          } else {
            // the branch taken is x * x, with x added once where f is used twice
            double const extra = s.name == "f used twice" ? 1.0 : 0.0;
            CHECK(e[chosen.index][i] == here * here + extra * here);
            CHECK(slope == 2 * here + extra);
            CHECK(forward == 2 * here + extra);
            CHECK(curvature == 2.0);
            CHECK(forward_over_reverse == 2.0);
          }
        }
      }
}

TEST_CASE("where: complementary uses of one value are both live", "[laws]") {
  graph g;
  value const x = argument(g, "x", shape(2));
  value const f = x.combine<op::log>(0.0);
  value const total = choose(positive(x), f, x.number(0.0)) + choose(positive(x), x.number(0.0), f);
  int const root = scalar_sum(total).index;
  auto const gradient = reverse_gradient(g, root, {0}, {{2.0, 4.0}}, ramp::standard.value);
  CHECK(gradient[0] == std::vector<double>{0.5, 0.25});
}

TEST_CASE("where: an untaken NaN is nowhere, a taken NaN is", "[laws]") {
  graph g;
  value const c = argument(g, "c");
  value const x = argument(g, "x");
  int const root = choose(c, x * x, x.number(1.0)).index;
  CHECK(ramp::check::evaluate_at(g, {{0.0}, {not_a_number}})[root][0] == 1.0);
  CHECK(reverse_gradient(g, root, {1}, {{0.0}, {not_a_number}}, ramp::standard.value)[0][0] == 0.0);
  CHECK(std::isnan(ramp::check::evaluate_at(g, {{1.0}, {not_a_number}})[root][0]));
  CHECK(std::isnan(
      reverse_gradient(g, root, {1}, {{1.0}, {not_a_number}}, ramp::standard.value)[0][0]));
}

TEST_CASE("where: an element of a matrix needs all of its own and nothing of others", "[laws]") {
  graph g;
  value const x = argument(g, "x", shape(2, 2, 2));
  value const mask = argument(g, "mask", shape(2, 2, 2));
  value const inverse = ramp::ir::matrix_operation<op::inverse>(x.combine<op::log>(0.0));
  int const root = scalar_sum(choose(mask, inverse, x * x)).index;
  auto gradient = [&](point const& at) {
    return reverse_gradient(g, root, {0}, at, ramp::standard.value)[0];
  };
  // log(x) is [1, 0; 0, 1], and the inverse's first element moves by -1 with its own only; of the
  // second matrix there is no logarithm
  double const e = std::exp(1.0);
  auto const first = gradient({{e, 1, 1, e, -1, -2, 0, 3}, {1, 0, 0, 0, 0, 0, 0, 0}});
  CHECK(first[0] == Approx(-1 / e));
  CHECK(first[1] == 2.0);
  CHECK(first[3] == 2 * e);
  CHECK(std::vector<double>(first.begin() + 4, first.end()) == std::vector<double>{-2, -4, 0, 6});
  // one element is taken, and no other one has a logarithm: they spoil the matrix
  auto const spoilt = gradient({{e, -1, 1, e, 1, 1, 1, 1}, {1, 0, 0, 0, 0, 0, 0, 0}});
  for (std::size_t i = 0; i < 4; ++i) CHECK(std::isnan(spoilt[i]));
}
