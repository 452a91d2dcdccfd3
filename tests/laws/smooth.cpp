// SPDX-License-Identifier: BSL-1.0
// The laws of `smooth`: what stands in for an operation with a kink is differentiable everywhere,
// its derivative is the derivative of its value, and it is as close to the operation as stated.
#include <ramp/check/modes.hpp>
#include <ramp/ir/verify.hpp>
#include <ramp/pass/smooth.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <string>

#include "cases.hpp"
#include "random_kinks.hpp"

using namespace laws;
using ramp::check::evaluate_at;
using ramp::check::forward_derivative;
using ramp::check::point;
using ramp::check::reverse_gradient;
namespace op = ramp::op;

namespace {

int smoothed(graph& g, int root, double width) {
  int fault = -1;
  int const result = ramp::pass::smoothed(g, root, {ramp::kink_rule::smooth, width}, false, fault);
  REQUIRE(fault == -1);
  REQUIRE(ramp::ir::verify(g) == "");
  return result;
}

/// Operations at whose kinks a policy decides.
std::vector<law_subject> kinked_operations() {
  std::vector<law_subject> all;
  for (auto const& subject : operations()) {
    auto const c = subject.make(0.25);
    for (node const& n : c.g.nodes)
      if (op::facts_of(n.operation).follows_policy) {
        all.push_back(subject);
        break;
      }
  }
  return all;
}

point small_integers(graph const& g, ramp::xoshiro256& random) {
  point at;
  for (auto const& a : g.arguments) {
    auto& values = at.emplace_back();
    for (int i = 0; i < a.extents.elements(); ++i)
      values.push_back(static_cast<double>(ramp::uniform_below(3, random)) - 1.0);
  }
  return at;
}

/// How the root moves along v, by differences; both sides have to agree.
double difference(graph const& g, int root, point const& at, point const& v, double& error) {
  double const h = 1e-4;
  auto const f = [&](double t) {
    point moved = at;
    for (std::size_t j = 0; j < v.size(); ++j)
      for (std::size_t i = 0; i < v[j].size(); ++i) moved[j][i] += t * v[j][i];
    return evaluate_at(g, moved)[root][0];
  };
  double const right = (-3 * f(0) + 4 * f(h) - f(2 * h)) / (2 * h);
  double const left = (3 * f(0) - 4 * f(-h) + f(-2 * h)) / (2 * h);
  error = std::fabs(right - left);
  return (f(h) - f(-h)) / (2 * h);
}

}  // namespace

TEST_CASE("every operation at whose kinks a policy decides has a stand-in", "[laws][smooth]") {
  auto const all = kinked_operations();
  CHECK(all.size() >= 7);
  for (auto const& subject : all) {
    INFO(subject.name);
    auto c = subject.make(0.25);
    int const before = c.root;
    int const root = smoothed(c.g, c.root, 0.5);
    CHECK(root != before);
    CHECK(c.g[root].result_shape() == c.g[before].result_shape());
    // the same again: nothing is left to replace
    CHECK(smoothed(c.g, root, 0.25) == root);
  }
}

TEST_CASE("stand-ins: forward = reverse = numerical, on kinks too", "[laws][smooth]") {
  ramp::xoshiro256 random(5);
  int on_kinks = 0;
  for (auto const& subject : kinked_operations())
    for (int repeat = 0; repeat < 6; ++repeat) {
      INFO(subject.name);
      auto c = subject.make(0.25);
      point at = repeat % 2 == 0 ? random_point(c.g, random) : small_integers(c.g, random);
      on_kinks += ramp::check::active_pieces(c.g, evaluate_at(c.g, at)).on_kink;
      int const root = smoothed(c.g, c.root, 0.5);
      auto const wrt = c.wrt();
      auto const modes = ramp::check::check_forward_reverse(c.g, root, wrt, at,
                                                            {.tolerance = 1e-12, .floor = 1e-14});
      INFO(ramp::check::text(modes));
      CHECK(modes.passed());
      int const scalar = weighted_sum(c.g, {root}, at);
      point v = random_point(c.g, random);
      for (std::size_t j = wrt.size(); j < v.size(); ++j)
        for (double& x : v[j]) x = 0.0;
      double jump = 0.0;
      double const numerical = difference(c.g, scalar, at, v, jump);
      v.resize(wrt.size());
      double const slope =
          forward_derivative(c.g, scalar, wrt, at, v, ramp::standard.value)[0];
      CHECK(jump < 1e-4 * std::max(1.0, std::fabs(slope)));
      CHECK(slope == Approx(numerical).epsilon(1e-5).margin(1e-6));
    }
  CHECK(on_kinks > 15);
}

TEST_CASE("stand-ins are as close as stated, and closest away from the kink", "[laws][smooth]") {
  struct row {
    ramp::ir::opcode operation;
    double times;  // what log 2 is multiplied by at the kink, in temperatures
    double from;   // the slope on the left, and on the right
    double to;
  };
  row const table[] = {{code<op::relu>, 1, 0, 1}, {code<op::abs>, 2, -1, 1}};
  for (auto const& r : table)
    for (double width : {2.0, 0.1, 1e-3}) {
      graph g;
      value const x = argument(g, "x");
      node n = detail::blank(r.operation, 1, shape(), 0);
      n.operand[0] = x.index;
      int const exact = g.insert(n);
      int const root = smoothed(g, exact, width);
      int const slope =
          ramp::pass::forward(g, {root}, {x.index}, {g.constant(1.0)}, ramp::standard.value)[0];
      double const t = width / 4;
      auto const at = [&](int i, double v) { return evaluate_at(g, {{v}})[i][0]; };
      CHECK(at(root, 0) == Approx(r.times * t * std::log(2.0)).epsilon(1e-14));
      CHECK(at(slope, 0) == (r.from + r.to) / 2);
      // the slope turns at the rate 1 / width for each unit of its jump
      double const small = width * 1e-6;
      CHECK((at(slope, small) - at(slope, -small)) / (2 * small) ==
            Approx((r.to - r.from) / width).epsilon(1e-6));
      for (double v : {-8.0, -2.0, -0.75, -0.1, 0.1, 0.75, 2.0, 8.0}) {
        double const u = v * width;
        double const above = at(root, u) - at(exact, u);
        CHECK(above >= 0.0);
        CHECK(above <= r.times * t * std::exp(-std::fabs(u) / t) * (1 + 1e-9) + 4e-16 * width * 8);
        CHECK(at(slope, u) >= r.from);
        CHECK(at(slope, u) <= r.to);
      }
      // small slopes are not differences of large numbers
      if (r.operation == code<op::abs>)
        CHECK(at(slope, 1e-20 * width) == Approx(2e-20).epsilon(1e-12));
      else
        CHECK(at(slope, -25 * width) == Approx(std::exp(-100.0)).epsilon(1e-12));
    }
}

TEST_CASE("linear identities between kinked operations stay exact", "[laws][smooth]") {
  graph g;
  value const x = argument(g, "x");
  value const y = argument(g, "y");
  auto const relu = [](value v) { return v.combine<op::relu>(0.0); };
  value const identities[][2] = {
      {relu(x) - relu(-x), x},
      {relu(x) + relu(-x), x.combine<op::abs>(0.0)},
      {x.combine<op::max>(0.0, y) + x.combine<op::min>(0.0, y), x + y},
      {x.combine<op::max>(0.0, y) - y, relu(x - y)},
      {x - x.combine<op::min>(0.0, y), relu(x - y)},
      {-(-x).combine<op::max>(0.0, -y), x.combine<op::min>(0.0, y)},
      {x.combine<op::leaky_relu>(0.0, y), x * y + (1.0 - y) * relu(x)},
  };
  for (auto const& [a, b] : identities)
    for (double width : {1.0, 0.125}) {
      int const p = smoothed(g, a.index, width);
      int const q = smoothed(g, b.index, width);
      for (double at : {-3.0, -0.3, -1e-3, 0.0, 1e-9, 0.2, 2.0})
        for (double other : {-0.5, 0.0, 0.3}) {
          auto const e = evaluate_at(g, {{at}, {other}});
          CHECK(e[p][0] == Approx(e[q][0]).epsilon(1e-14).margin(1e-15));
        }
    }
}

TEST_CASE("extrema of many: the slopes are shares, the value is too far by log k at most",
          "[laws][smooth]") {
  for (auto operation : {code<op::reduce_max>, code<op::reduce_min>}) {
    graph g;
    value const x = argument(g, "x", shape(4));
    node n = detail::blank(operation, 1, shape(4), 0);
    n.operand[0] = x.index;
    n.map[0] = map_of(0);
    int const exact = g.insert(n);
    int const root = smoothed(g, exact, 0.5);
    for (auto const& at : {std::vector<double>{1, 1, 1, 1}, {1, 0.9, 1.1, -3}, {700, -700, 0, 1},
                           {-1e9, 1e9, 1e9, 0}}) {
      auto const e = evaluate_at(g, {at});
      double const side = operation == code<op::reduce_max> ? 1.0 : -1.0;
      double const beyond = side * (e[root][0] - e[exact][0]);
      CHECK(beyond >= 0.0);
      CHECK(beyond <= 0.125 * std::log(4.0) + 1e-15);
      auto const slopes = reverse_gradient(g, root, {0}, {at}, ramp::standard.value)[0];
      double total = 0.0;
      for (std::size_t i = 0; i < 4; ++i) {
        total += slopes[i];
        CHECK(slopes[i] >= 0.0);
        for (std::size_t j = 0; j < 4; ++j)
          if (side * at[i] > side * at[j]) CHECK(slopes[i] >= slopes[j]);
      }
      CHECK(total == Approx(1.0).epsilon(1e-14));
    }
    CHECK(reverse_gradient(g, root, {0}, {{2, 2, 2, 2}}, ramp::standard.value)[0] ==
          std::vector<double>(4, 0.25));
  }
}

TEST_CASE("compositions: differentiable at every point, and what they stand for as the width falls",
          "[laws][smooth]") {
  int with_ties = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    INFO("seed " << seed);
    auto c = kink_generator(seed)(10, seed % 2 == 0);
    with_ties += ramp::check::active_pieces(c.g, evaluate_at(c.g, c.at)).on_kink;
    int const wide = smoothed(c.g, c.root, 1.0);
    ramp::xoshiro256 random(seed);
    point v = random_point(c.g, random);
    double jump = 0.0;
    double const numerical = difference(c.g, wide, c.at, v, jump);
    auto const slopes = reverse_gradient(c.g, wide, c.wrt, c.at, ramp::standard.value);
    double slope = 0.0;
    for (std::size_t j = 0; j < v.size(); ++j)
      for (std::size_t i = 0; i < v[j].size(); ++i) slope += slopes[j][i] * v[j][i];
    CHECK(jump < 1e-3 * std::max(1.0, std::fabs(slope)));
    CHECK(slope == Approx(numerical).epsilon(1e-4).margin(1e-4));
    // values differ by a multiple of the width
    int const narrow = smoothed(c.g, c.root, 0x1p-20);
    double const far = evaluate_at(c.g, c.at)[wide][0] - evaluate_at(c.g, c.at)[c.root][0];
    double const near = evaluate_at(c.g, c.at)[narrow][0] - evaluate_at(c.g, c.at)[c.root][0];
    CHECK(std::fabs(near) <= 1e-4 * std::max(1.0, std::fabs(far)));
    // beside the kinks, so do slopes, and by far less
    point beside = c.at;
    double h = 0x1p-4;
    for (auto& values : beside)
      for (double& x : values) x += h *= 0.5;
    if (ramp::check::active_pieces(c.g, evaluate_at(c.g, beside)).on_kink) continue;
    auto const exact = reverse_gradient(c.g, c.root, c.wrt, beside, ramp::standard.value);
    auto const close = reverse_gradient(c.g, narrow, c.wrt, beside, ramp::standard.value);
    for (std::size_t j = 0; j < exact.size(); ++j)
      for (std::size_t i = 0; i < exact[j].size(); ++i)
        CHECK(close[j][i] == Approx(exact[j][i]).margin(1e-12));
  }
  CHECK(with_ties > 120);
}
