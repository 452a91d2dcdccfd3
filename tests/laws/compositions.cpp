// SPDX-License-Identifier: BSL-1.0
// The laws of directions and of intervals on compositions of every kinked operation, with each
// other and with smooth ones, as they are spelled and rewritten. What is right is found beside the
// point, by differences of values.
#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <type_traits>
#include <vector>

#include "graphs.hpp"
#include "support/composites.hpp"

using composites::composite;
using composites::numbers;
using ramp::lowered;
using ramp::rewriting;
using ramp::check::evaluate_at;
using ramp::check::gradient_along;
using ramp::check::point;

namespace {

std::vector<composite> compositions() {
  using namespace ramp;
  using namespace ramp::literals;
  using composites::of_v, composites::of_x, composites::of_xy;
  constexpr auto x = variable<"x">;
  constexpr auto y = variable<"y">;
  constexpr auto v = variable<"v", 3>;
  numbers const zero{0, 0, 0}, one{1, 1, 1};
  return {
      of_x("elu(-elu(x))", elu<2.0>(-elu<2.0>(x)), 0),
      of_x("selu(x) - selu(-x)", selu(x) - selu(-x), 0),
      of_x("relu6(x) - relu6(x - 6)", relu6(x) - relu6(x - 6_c), 6),
      of_x("relu6(x) * relu6(-x) + relu6(x)", relu6(x) * relu6(-x) + relu6(x), 0),
      of_x("hard_sigmoid(x) - hard_sigmoid(-x)", hard_sigmoid(x) - hard_sigmoid(-x), -3),
      of_x("hard_tanh(x) - hard_tanh(abs(x))", hard_tanh(x) - hard_tanh(abs(x)), 1),
      of_x("hard_swish(x) + hard_swish(-x)", hard_swish(x) + hard_swish(-x), 3),
      of_x("clamp(x, -abs(x), abs(x))", clamp(x, -abs(x), abs(x)), 0),
      of_x("clamp(x, -1, relu(x))", clamp(x, -1_c, relu(x)), 1),
      of_x("hypot(relu(x), relu(-x))", hypot(relu(x), relu(-x)), 0),
      of_x("sqrt(1 + abs(x)) - exp(relu(-x))", sqrt(1_c + abs(x)) - exp(relu(-x)), 0),
      of_x("sin(abs(x)) / (1 + relu(-x))", sin(abs(x)) / (1_c + relu(-x)), 0),
      of_x("pow(1 + abs(x), 2 + relu(x))", pow(1_c + abs(x), 2_c + relu(x)), 0),
      of_x("logaddexp(abs(x), -abs(x)) + hinge(x + 1)", logaddexp(abs(x), -abs(x)) + hinge(x + 1_c),
           0),
      of_x("max(max(x, 2 * x), max(-x, 3 * x))", max(max(x, 2_c * x), max(-x, 3_c * x)), 0),
      of_x("abs(abs(abs(x) - 1) - 1)", abs(abs(abs(x) - 1_c) - 1_c), 2),
      of_x("max(x * x, -x * x) + abs(x * x - x)", max(x * x, -x * x) + abs(x * x - x), 0),
      of_xy("hypot(x, y) - max(abs(x), abs(y))", hypot(x, y) - max(abs(x), abs(y)), 0, 0),
      of_xy("hypot(x - y, x - 1) + abs(x - y)", hypot(x - y, x - 1_c) + abs(x - y), 1, 1),
      of_xy("max(x, y) * min(x, -y) + abs(x * y)", max(x, y) * min(x, -y) + abs(x * y), 1, 1),
      of_xy("relu(relu(x - y) - relu(y - x)) - relu(x + y - 2)",
            relu(relu(x - y) - relu(y - x)) - relu(x + y - 2_c), 1, 1),
      of_xy("relu(relu(x + y) - 2 * relu(x - y)) - abs(relu(x) - relu(y))",
            relu(relu(x + y) - 2_c * relu(x - y)) - abs(relu(x) - relu(y)), 0, 0),
      of_xy("clamp(x, min(y, 0), max(y, 1))", clamp(x, min(y, 0_c), max(y, 1_c)), 0, 0),
      of_xy("clamp(x, y - 1, y)", clamp(x, y - 1_c, y), 1, 1),
      of_xy("parametric_relu(x - y, y)", parametric_relu(x - y, y), 0.5, 0.5),
      of_xy("abs(abs(x) - abs(y))", abs(abs(x) - abs(y)), 1, -1),
      of_v("norm2(relu(v))", norm2(relu(v)), zero),
      of_v("norm2(abs(v)) - norm_inf(v) + norm1(v)", norm2(abs(v)) - norm_inf(v) + norm1(v), zero),
      of_v("norm2(v - mean(v))", norm2(v - mean(v)), one),
      of_v("max(v) * sum(abs(v)) + min(v)", max(v) * sum(abs(v)) + min(v), zero),
      of_v("dot(softmax(relu(v)), abs(v))", dot(softmax(relu(v)), abs(v)), zero),
      of_v("log(sum(exp(relu(v)))) - max(v)", log(sum(exp(relu(v)))) - max(v), zero),
      of_v("max(outer(v, v))", max(outer(v, v)), one),
      of_v("max(cumulative_sum(v))", max(cumulative_sum(v)), zero),
      of_v("max(slice(v)) - max(slice(v))", max(slice<0, 0, 2>(v)) - max(slice<0, 1, 2>(v)), one),
      of_v("mean(abs(v - max(v)))", mean(abs(v - max(v))), one),
      of_v("product(abs(v) + 1)", product(abs(v) + 1_c), zero),
      of_v("min(max(v), 0) + max(min(v), 0)", min(max(v), 0_c) + max(min(v), 0_c), zero),
  };
}

constexpr std::array both{rewriting::off, rewriting::on};

lowered lower(composite const& c, rewriting spellings) {
  return c.lower(ramp::standard.value, spellings);
}

double value_at(lowered const& f, point const& at) {
  return evaluate_at(f.graph, at)[f.roots[0].node][0];
}

/// The gradient where there are no kinks within a distance of h.
point slopes_at(lowered const& f, point const& at) {
  constexpr double h = 0x1p-32;
  point all = at;
  for (std::size_t j = 0; j < at.size(); ++j)
    for (std::size_t i = 0; i < at[j].size(); ++i) {
      point left = at, right = at;
      left[j][i] -= h;
      right[j][i] += h;
      all[j][i] = (value_at(f, right) - value_at(f, left)) / (2 * h);
    }
  return all;
}

point moved(point at, point const& direction, double step) {
  for (std::size_t j = 0; j < at.size(); ++j)
    for (std::size_t i = 0; i < at[j].size(); ++i) at[j][i] += step * direction[j][i];
  return at;
}

double product(point const& a, point const& b) {
  double sum = 0.0;
  for (std::size_t j = 0; j < a.size(); ++j) sum += composites::product(a[j], b[j]);
  return sum;
}

/// Equal, but for what curvature and rounding do at the distances that are used here.
void check_near(point const& found, point const& expected) {
  for (std::size_t j = 0; j < found.size(); ++j)
    for (std::size_t i = 0; i < found[j].size(); ++i)
      CHECK(found[j][i] == Approx(expected[j][i]).margin(0.05));
}

}  // namespace

TEST_CASE("compositions: every operation at whose kinks a policy decides is there", "[laws]") {
  std::set<ramp::ir::opcode> found;
  for (composite const& c : compositions())
    for (laws::node const& n : lower(c, rewriting::off).graph.nodes) found.insert(n.operation);
  [&]<class... Ops>(ramp::op::operation_list<Ops...>) {
    auto const check = [&]<class Op>(std::type_identity<Op>) {
      if constexpr (ramp::op::follows_policy<Op>) {
        INFO(Op::name);
        CHECK(found.count(laws::code<Op>) == 1);
      }
    };
    (check(std::type_identity<Ops>{}), ...);
  }(ramp::op::table{});
}

TEST_CASE("compositions: along a direction g.v is the one-sided derivative", "[laws]") {
  int settled = 0;
  for (composite const& c : compositions())
    for (rewriting spellings : both)
      for (double turn : {1.0, -1.0}) {
        INFO(c.text << (spellings == rewriting::on ? ", rewritten, " : ", ") << turn);
        lowered const plain = lower(c, rewriting::off), f = lower(c, spellings);
        point const v = moved(c.direction, c.direction, turn - 1.0);
        constexpr double h = 0x1p-20;
        double const slope = (value_at(plain, moved(c.at, v, h)) - value_at(plain, c.at)) / h;
        auto const found =
            gradient_along(f.graph, f.roots[0].node, c.wrt(), c.at, {v}, ramp::standard.value);
        CHECK(found.slopes[0] == Approx(slope).margin(1e-4));
        CHECK(product(found.gradient, v) == Approx(slope).margin(1e-4));
        if (found.unsettled > 0.0) continue;
        ++settled;
        check_near(found.gradient, slopes_at(plain, moved(c.at, v, 0x1p-8)));
      }
  CHECK(settled > 100);
}

TEST_CASE("compositions: along unit vectors in turn, the slopes of one piece", "[laws]") {
  for (composite const& c : compositions())
    for (rewriting spellings : both)
      for (bool reversed : {false, true})
        for (double turn : {1.0, -1.0}) {
          INFO(c.text << (spellings == rewriting::on ? ", rewritten, " : ", ") << turn);
          lowered const plain = lower(c, rewriting::off), f = lower(c, spellings);
          auto directions = ramp::check::unit_directions(c.wrt(), c.at);
          if (reversed) std::reverse(directions.begin(), directions.end());
          point beside = c.at;
          double h = 1.0;
          for (point& d : directions) {
            d = moved(d, d, turn - 1.0);
            beside = moved(beside, d, h *= 0x1p-8);
          }
          auto const found = gradient_along(f.graph, f.roots[0].node, c.wrt(), c.at, directions,
                                            ramp::at_zero<1.0>.value);
          check_near(found.gradient, slopes_at(plain, beside));
        }
}

TEST_CASE("compositions: bounds hold the gradients beside the point", "[laws]") {
  for (composite const& c : compositions())
    for (rewriting spellings : both) {
      INFO(c.text << (spellings == rewriting::on ? ", rewritten" : ""));
      lowered const plain = lower(c, rewriting::off), f = lower(c, spellings);
      auto const found = ramp::check::gradient_bounds(f.graph, f.roots[0].node, c.wrt(), c.at);
      REQUIRE(found.fault == -1);
      ramp::xoshiro256 random(5);
      for (int sample = 0; sample < 50; ++sample) {
        point beside = c.at;
        for (auto& values : beside)
          for (double& x : values) x += 0x1p-14 * (2.0 * ramp::uniform<double>(random) - 1.0);
        point const g = slopes_at(plain, beside);
        for (std::size_t j = 0; j < g.size(); ++j)
          for (std::size_t i = 0; i < g[j].size(); ++i) {
            CHECK(found.lower[j][i] <= g[j][i] + 0.003);
            CHECK(found.upper[j][i] >= g[j][i] - 0.003);
          }
      }
    }
}
