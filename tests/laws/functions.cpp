// SPDX-License-Identifier: BSL-1.0
// The laws of functions of expressions: forward = reverse = numerical, at first and second order; a
// NaN comes out where its element counts, and nowhere else.
#include "functions.hpp"

#include <ramp/check/hessian.hpp>
#include <ramp/ir/verify.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <vector>

using namespace laws;
using ramp::check::check_dot_product;
using ramp::check::check_forward_reverse;
using ramp::check::check_gradient;
using ramp::check::check_hessian;
using ramp::check::evaluate_at;
using ramp::check::point;
using ramp::check::text;

namespace {

/// A function of a table, whichever it is.
struct subject {
  std::string_view name;
  bool absorbs_nan;
  ramp::lowered (*lower)();
};

std::vector<subject> all_functions() {
  std::vector<subject> all;
  auto add = [&](auto const& table) {
    std::apply(
        [&]<class... Makes>(function<Makes> const&... each) {
          (all.push_back({each.name, each.absorbs_nan, &function<Makes>::lower}), ...);
        },
        table);
  };
  add(movements);
  add(choices);
  add(reductions);
  add(statistics);
  add(products);
  add(contractions);
  add(activations);
  return all;
}

std::vector<double> values(graph const& g, int root, point const& at) {
  return ramp::check::values_of(g, evaluate_at(g, at), root,
                                static_cast<std::size_t>(g[root].result_shape().elements()));
}

/// For each element of an argument, whether each element of the root changes with it, when it moves
/// far: an element that is not the largest changes a maximum too.
using dependence = std::vector<std::vector<bool>>;

dependence dependence_on(graph const& g, int root, point at, std::size_t argument) {
  auto const before = values(g, root, at);
  dependence depends;
  for (double& x : at[argument]) {
    auto& outputs = depends.emplace_back(before.size(), false);
    double const here = x;
    for (double by : {-100.0, -1.0, 0.03125, 1.0, 100.0}) {
      x = here + by;
      auto const after = values(g, root, at);
      for (std::size_t j = 0; j < after.size(); ++j)
        if (after[j] != before[j]) outputs[j] = true;
    }
    x = here;
  }
  return depends;
}

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("every function: forward = reverse = numerical, first and second derivatives", "[laws]") {
  ramp::xoshiro256 random(29);
  for (auto const& f : all_functions()) {
    INFO(f.name);
    auto l = f.lower();
    REQUIRE(ramp::ir::verify(l.graph) == "");
    int const root = l.roots[0].node;
    auto const wrt = differentiable(l.graph);
    point at = regular_arguments(l.graph, random);

    auto const modes = check_forward_reverse(l.graph, root, wrt, at);
    INFO(text(modes));
    CHECK(modes.passed());
    point directions;
    for (int a : wrt)
      for (auto& d = directions.emplace_back(); d.size() < at[static_cast<std::size_t>(a)].size();)
        d.push_back(small_number(random));
    std::vector<double> weights;
    for (int i = 0; i < l.roots[0].extents.elements(); ++i) weights.push_back(small_number(random));
    auto const product = check_dot_product(l.graph, root, wrt, at, directions, weights);
    INFO(text(product));
    CHECK(product.passed());

    int const scalar = weighted_sum(l.graph, {root}, at);
    auto const numerical = check_gradient(l.graph, scalar, wrt, at);
    INFO(text(numerical));
    CHECK(numerical.passed());
    CHECK(numerical.skipped_undefined + numerical.skipped_noisy == 0);
    auto const second = check_hessian(l.graph, scalar, wrt, at);
    INFO(text(second));
    CHECK(second.passed());
  }
}

TEST_CASE("every function: a NaN comes out where its element counts, and nowhere else", "[laws]") {
  ramp::xoshiro256 random(30);
  for (auto const& f : all_functions()) {
    if (f.absorbs_nan) continue;
    auto const l = f.lower();
    int const root = l.roots[0].node;
    point const regular = regular_arguments(l.graph, random);
    auto const wrt = differentiable(l.graph);
    std::vector<dependence> on;
    for (std::size_t a = 0; a < l.graph.arguments.size(); ++a)
      on.push_back(dependence_on(l.graph, root, regular, a));

    for (std::size_t a = 0; a < l.graph.arguments.size(); ++a) {
      if (l.graph.arguments[a].kind == ramp::ir::argument_kind::label) continue;  // is checked
      for (std::size_t i = 0; i < regular[a].size(); ++i) {
        INFO(f.name << ", NaN for element " << i << " of " << l.graph.arguments[a].name);
        point at = regular;
        at[a][i] = not_a_number;
        auto const out = values(l.graph, root, at);
        for (std::size_t j = 0; j < out.size(); ++j) {
          INFO("result " << j);
          CHECK(std::isnan(out[j]) == on[a][i][j]);
        }
        // a derivative may be NaN only where some result depends on both elements
        std::vector<double> const weights(out.size(), 1.0);
        auto const adjoints = ramp::check::reverse_derivative(l.graph, root, wrt, at, weights,
                                                              ramp::standard.value);
        for (std::size_t k = 0; k < wrt.size(); ++k)
          for (std::size_t e = 0; e < adjoints[k].size(); ++e) {
            bool together = false;
            for (std::size_t j = 0; j < out.size(); ++j)
              together = together ||
                         (on[a][i][j] && on[static_cast<std::size_t>(wrt[k])][e][j]);
            INFO("derivative by element " << e << " of argument " << wrt[k]);
            CHECK((together || !std::isnan(adjoints[k][e])));
          }
      }
    }
  }
}
