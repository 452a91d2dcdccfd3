// SPDX-License-Identifier: BSL-1.0
#pragma once

// Laws of passes and of differentiation as functions of a random graph: what is wrong, in words;
// nothing if the law holds.

#include <ramp/check/directional.hpp>
#include <ramp/check/sensitivity.hpp>
#include <ramp/ir/verify.hpp>
#include <ramp/pass/directional.hpp>
#include <ramp/pass/eliminate_dead_code.hpp>
#include <ramp/pass/fuse.hpp>
#include <ramp/pass/plan_memory.hpp>
#include <ramp/pass/rewrite.hpp>
#include <ramp/pass/trap.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "graph_text.hpp"
#include "random_graph.hpp"
#include "random_kinks.hpp"

namespace laws {

using ramp::check::check_forward_reverse;
using ramp::check::evaluate_at;
using ramp::check::point;

inline std::vector<shape> shapes_of(graph const& g, ramp::list<int> const& roots) {
  std::vector<shape> shapes;
  for (int r : roots) shapes.push_back(g[r].result_shape());
  return shapes;
}

/// The values of all roots, one after the other. A root that a pass has found to be a constant is
/// one number whatever its shape was: `like` tells. Nothing if a shape is another one.
inline std::vector<double> values_of(graph const& g, ramp::list<int> const& roots, point const& at,
                                     std::vector<shape> const& like) {
  auto const e = evaluate_at(g, at);
  std::vector<double> all;
  for (std::size_t k = 0; k < roots.size(); ++k) {
    int const r = roots[k];
    bool const one_number = g.is_constant(r);
    if (!one_number && !(g[r].result_shape() == like[k])) return {};
    for (int i = 0; i < like[k].elements(); ++i) all.push_back(e[r][one_number ? 0 : i]);
  }
  return all;
}

inline bool same_bits(std::vector<double> const& a, std::vector<double> const& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

/// Largest difference, relative to the larger of 1 and the value.
inline double distance(std::vector<double> const& a, std::vector<double> const& b) {
  if (a.size() != b.size()) return std::numeric_limits<double>::infinity();
  double worst = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    double const d = std::fabs(a[i] - b[i]) / std::max(1.0, std::fabs(b[i]));
    worst = d <= worst ? worst : d;
  }
  return worst;
}

/// The latest values that are no leaves, at most three; the latest value if there is none.
inline ramp::list<int> some_roots(random_graph const& r) {
  ramp::list<int> roots;
  for (std::size_t i = r.values.size(); i-- > 0 && roots.size() < 3;)
    if (!ramp::op::is_leaf(r.g[r.values[i]].operation)) roots.push_back(r.values[i]);
  if (roots.empty()) roots.push_back(r.values.back());
  return roots;
}

inline bool stops_gradients(graph const& g) {
  return std::any_of(g.nodes.begin(), g.nodes.end(),
                     [](node const& n) { return n.is(code<ramp::op::stop_gradient>); });
}

/// Dead code, policies and rewriting leave the values of `roots` as they are.
inline std::string fault_of_passes(random_graph const& r, ramp::list<int> const& roots) {
  auto const shapes = shapes_of(r.g, roots);
  auto const expected = values_of(r.g, roots, r.at, shapes);
  auto verified = [](graph const& g, char const* pass) {
    auto const fault = ramp::ir::verify(g);
    return fault.empty() ? std::string() : std::string(pass) + ": " + std::string(fault);
  };

  auto live_roots = roots;
  auto const live = ramp::pass::eliminate_dead_code(r.g, live_roots);
  if (auto f = verified(live, "eliminate_dead_code"); !f.empty()) return f;
  if (live.size() > r.g.size()) return "eliminate_dead_code adds nodes";
  if (!same_bits(values_of(live, live_roots, r.at, shapes), expected))
    return "eliminate_dead_code changes a value";

  auto stripped_roots = roots;
  auto const stripped = ramp::pass::strip_policies(r.g, stripped_roots);
  if (auto f = verified(stripped, "strip_policies"); !f.empty()) return f;
  if (!same_bits(values_of(stripped, stripped_roots, r.at, shapes), expected))
    return "strip_policies changes a value";

  auto rewritten_roots = roots;
  auto const rewritten = ramp::pass::rewrite(r.g, rewritten_roots);
  if (auto f = verified(rewritten, "rewrite"); !f.empty()) return f;
  double const moved = distance(values_of(rewritten, rewritten_roots, r.at, shapes), expected);
  if (!(moved < 1e-11)) return "rewrite moves a value by " + std::to_string(moved);
  auto again_roots = rewritten_roots;
  auto const again = ramp::pass::rewrite(rewritten, again_roots);
  if (!(again.nodes == rewritten.nodes)) return "rewrite finds more to do the second time";
  return {};
}

/// A plan keeps every value in memory from the kernel that computes it to the last that reads it,
/// what is read inside a kernel is computed at the same turn of its loops, and the values are those
/// of the graph.
inline std::string fault_of_plan(random_graph const& r, ramp::list<int> roots) {
  namespace pass = ramp::pass;
  auto const shapes = shapes_of(r.g, roots);
  auto const expected = values_of(r.g, roots, r.at, shapes);
  graph const g = pass::strip_policies(r.g, roots);
  ramp::list<pass::root> outputs;
  for (int i : roots) outputs.push_back({i, pass::root_kind::output, -1});
  constexpr int width = pass::panel_bytes / static_cast<int>(sizeof(double));
  pass::draft const d = pass::plan_memory(pass::fuse(g, outputs, width / 2, width), false);
  if (d.fault != pass::plan_fault::none) return "there is no plan";
  // 1. what every node is: they are numbered in the order in which kernels compute them
  ramp::list<int> order;
  for (int i = 0; i < static_cast<int>(d.nodes.size()); ++i)
    if (d.placements[i].kernel < 0) order.push_back(i);
  for (pass::kernel const& q : d.kernels)
    for (int m = 0; m < q.count; ++m) order.push_back(d.members[q.first + m]);
  if (order.size() != d.nodes.size()) return "some node is not computed, or twice";
  ramp::list<int> place(order.size(), -1);
  std::vector<node> ordered;
  for (std::size_t p = 0; p < order.size(); ++p) {
    place[static_cast<std::size_t>(order[p])] = static_cast<int>(p);
    node& n = ordered.emplace_back(d.nodes[order[p]]);
    for (std::size_t k = 0; k < n.arity; ++k) {
      n.operand[k] = place[static_cast<std::size_t>(n.operand[k])];
      if (n.operand[k] < 0) return "a node is computed before its operand";
    }
  }
  ramp::list<double const*> arguments;
  for (auto const& values : r.at) arguments.push_back(values.data());
  auto const e = ramp::ir::evaluate<double>(
      ramp::ir::node_list{ordered.data(), static_cast<int>(ordered.size())}, arguments);
  auto value_of = [&](int i) { return e[place[static_cast<std::size_t>(i)]]; };
  // 2. the kernels in their order, on memory
  std::vector<double> arena(static_cast<std::size_t>(d.arena_elements), std::nan(""));
  auto is_there = [&](int i) {
    pass::storage const& at = d.placements[i].at;
    if (at.where != pass::memory::arena) return true;
    shape const s = d.nodes[i].result_shape();
    for (int k = 0; k < s.elements(); ++k)
      if (double const held = arena[static_cast<std::size_t>(at.offset_of(s, k))];
          std::memcmp(&held, value_of(i) + k, sizeof held) != 0)
        return false;
    return true;
  };
  for (int k = 0; k < static_cast<int>(d.kernels.size()); ++k) {
    pass::kernel const& q = d.kernels[k];
    std::string const name = "kernel " + std::to_string(k);
    for (int m = 0; m < q.count; ++m) {
      int const i = d.members[q.first + m];
      pass::storage const& at = d.placements[i].at;
      if (at.where != pass::memory::arena) continue;
      shape const s = d.nodes[i].result_shape();
      for (int j = 0; j < s.elements(); ++j) {
        int const offset = at.offset_of(s, j);
        if (offset < 0 || offset >= d.arena_elements) return name + " writes beyond the arena";
        arena[static_cast<std::size_t>(offset)] = value_of(i)[j];
      }
    }
    // a kernel may read until its end: what it has written is no place of an operand
    for (int m = 0; m < q.count; ++m) {
      node const& n = d.nodes[d.members[q.first + m]];
      for (std::size_t o = 0; o < n.arity; ++o) {
        pass::placement const& from = d.placements[n.operand[o]];
        if (from.kernel > k) return name + " reads a later one";
        if (from.kernel == k) {  // at the turn of the loops at which it is computed
          pass::placement const& to = d.placements[d.members[q.first + m]];
          for (int dimension = 0; dimension < d.nodes[n.operand[o]].rank; ++dimension)
            if (to.place[n.map[o][dimension]] != from.place[dimension])
              return name + " reads an element of another turn";
          continue;
        }
        if (from.kernel >= 0 && from.at.where == pass::memory::none)
          return name + " reads what has no memory";
        if (!is_there(n.operand[o])) return name + " reads what is not there any more";
      }
    }
  }
  // 3. what comes out
  std::vector<double> given;
  for (std::size_t j = 0; j < d.roots.size(); ++j) {
    int const i = d.roots[j].node;
    if (!is_there(i)) return "a result is not there any more";
    bool const one_number = d.nodes[i].is(code<ramp::op::constant>);
    for (int k = 0; k < shapes[j].elements(); ++k) given.push_back(value_of(i)[one_number ? 0 : k]);
  }
  double const moved = distance(given, expected);
  return moved < 1e-11 ? std::string() : "fuse moves a value by " + std::to_string(moved);
}

/// The gradient of a node as `reverse_gradient` has it, but computed in float.
inline std::vector<double> gradient_in_float(graph g, int root, ramp::list<int> const& wrt,
                                             point const& at, ramp::kink_policy policy) {
  ramp::list<int> nodes;
  for (int w : wrt) nodes.push_back(g.argument_node(w));
  auto const adjoints = ramp::pass::reverse(g, {root}, {g.constant(1.0)}, nodes, policy);
  std::vector<std::vector<float>> numbers;
  ramp::list<float const*> arguments;
  for (auto const& values : at) {
    auto& rounded = numbers.emplace_back();
    for (double x : values) rounded.push_back(static_cast<float>(x));
  }
  for (auto const& values : numbers) arguments.push_back(values.data());
  auto const e = ramp::ir::evaluate<float>(g, arguments);
  std::vector<double> all;
  for (std::size_t j = 0; j < wrt.size(); ++j)
    for (std::size_t i = 0; i < at[static_cast<std::size_t>(wrt[j])].size(); ++i) {
      int const a = adjoints[j];
      all.push_back(a < 0 ? 0.0 : static_cast<double>(e[a][g[a].rank == 0 ? 0 : i]));
    }
  return all;
}

/// The gradient in reverse mode is the derivative by differences. Neither is better than the values
/// from which the function is computed. Where these cancel, a gradient in float shows by how much:
/// its error is 2^29 times as large. What is no more than some times that is forgiven.
inline std::string fault_of_differences(graph const& g, int root, ramp::list<int> const& wrt,
                                        point const& at, ramp::kink_policy policy, int& compared) {
  auto const expected = ramp::check::numerical_gradient(g, root, wrt, at, {.policy = policy});
  auto const gradient = ramp::check::reverse_gradient(g, root, wrt, at, policy);
  auto const report = ramp::check::compare_gradient(expected, gradient);
  compared += report.compared;
  if (report.different == 0) return {};
  auto const rounded = gradient_in_float(g, root, wrt, at, policy);
  double noise = 0.0;
  std::size_t next = 0;
  for (auto const& values : gradient)
    for (double const x : values) {
      double const error = std::fabs(rounded[next++] - x);
      if (!std::isnan(noise) && !(error <= noise)) noise = error;  // a NaN: nothing is left
    }
  next = 0;
  for (auto const& values : gradient)
    for (double const x : values) {
      auto const e = expected[next++].compared_with(x);
      bool const differs = e.outcome == ramp::check::verdict::differs;
      if (differs && std::fabs(x - e.lower) > 0x1p-23 * noise) return text(report);
    }
  return {};
}

/// Forward mode is reverse mode and, unless a gradient is stopped on purpose, the derivative by
/// differences. `compared` grows by the number of derivatives that were compared with those.
inline std::string fault_of_modes(random_graph r, ramp::list<int> const& roots, int& compared) {
  int const root = weighted_sum(r.g, roots, r.at);
  auto const modes =
      check_forward_reverse(r.g, root, r.wrt, r.at, {.tolerance = 1e-9, .floor = 1e-10});
  if (!modes.passed()) return text(modes);
  if (stops_gradients(r.g)) return {};
  return fault_of_differences(r.g, root, r.wrt, r.at, ramp::standard.value, compared);
}

/// The same of the gradient, and dead code leaves derivatives as they are.
inline std::string fault_of_second_derivatives(random_graph r, ramp::list<int> const& roots,
                                               int& compared) {
  auto const policy = ramp::symmetric.value;
  int const root = weighted_sum(r.g, roots, r.at);
  ramp::list<int> nodes;
  for (int w : r.wrt) nodes.push_back(r.g.argument_node(w));
  ramp::list<int> gradient;
  for (int a : ramp::pass::reverse(r.g, {root}, {r.g.constant(1.0)}, nodes, policy))
    if (a >= 0) gradient.push_back(a);
  if (auto const fault = ramp::ir::verify(r.g); !fault.empty()) return std::string(fault);
  if (gradient.empty()) return {};
  auto live_roots = gradient;
  auto const live = ramp::pass::eliminate_dead_code(r.g, live_roots);
  auto const shapes = shapes_of(r.g, gradient);
  if (!same_bits(values_of(live, live_roots, r.at, shapes),
                 values_of(r.g, gradient, r.at, shapes)))
    return "eliminate_dead_code changes a derivative";

  int const scalar = weighted_sum(r.g, gradient, r.at);
  auto const modes = check_forward_reverse(
      r.g, scalar, r.wrt, r.at, {.policy = policy, .tolerance = 1e-8, .floor = 1e-10});
  if (!modes.passed()) return text(modes);
  if (stops_gradients(r.g)) return {};
  return fault_of_differences(r.g, scalar, r.wrt, r.at, policy, compared);
}

inline point moved(point at, point const& direction, double step) {
  for (std::size_t j = 0; j < direction.size(); ++j)
    for (std::size_t i = 0; i < direction[j].size(); ++i) at[j][i] += step * direction[j][i];
  return at;
}

/// A random function of many kinks as `policy_sensitivity` sees an expression.
inline ramp::check::sensitivity sensitivity_of(kinked_composition const& c) {
  ramp::check::detail::problem const p{c.g, c.root, c.wrt, c.at};
  auto trapped = p;
  trapped.traps = ramp::pass::find_traps(trapped.g, {{c.root, ramp::trap.value}});
  return ramp::check::detail::sensitivity_of(trapped, [&](ramp::kink_policy) { return p; });
}

/// Bounds hold the gradient under the policy that is a mean at every tie, and the gradient on a
/// piece that meets the point, to which `v` leads; off kinks all policies are one.
inline std::string fault_of_bounds(kinked_composition const& c, point const& v) {
  auto const s = sensitivity_of(c);
  if (s.kinks.empty() && s.dependent() > 0) return "on no kink, policies differ:\n" + text(s);
  point const beside = moved(c.at, v, 0x1p-20);
  auto out_of_bounds = [&](point const& at, ramp::kink_policy policy) {
    std::size_t next = 0;
    for (auto const& values : ramp::check::reverse_gradient(c.g, c.root, c.wrt, at, policy))
      for (double const x : values) {
        auto const& e = s.elements[next++];
        double const slack = 1e-14 * std::fmax(1.0, std::fabs(x));
        if (!(e.lower <= x + slack && x - slack <= e.upper)) return true;
      }
    return false;
  };
  if (out_of_bounds(c.at, ramp::symmetric.value)) return "symmetric is out of bounds:\n" + text(s);
  bool const at_kink = ramp::check::active_pieces(c.g, evaluate_at(c.g, beside)).on_kink;
  if (!at_kink && out_of_bounds(beside, ramp::standard.value))
    return "a gradient nearby is out of bounds:\n" + text(s);
  return {};
}

/// Both modes give a tie the same weight, whatever the policy. On a piecewise linear function all
/// products are exact but those by thirds, what three elements share.
inline std::string fault_of_modes(kinked_composition const& c, ramp::kink_policy policy) {
  auto const r = check_forward_reverse(c.g, c.root, c.wrt, c.at,
                                       {.policy = policy, .tolerance = 1e-14, .floor = 1e-14});
  return r.passed() ? std::string() : text(r);
}

/// Rewriting leaves a piecewise linear function what it is, at a kink and to the side of `v`.
inline std::string fault_of_rewriting(kinked_composition const& c, point const& v) {
  ramp::list<int> roots{c.root};
  auto const rewritten = ramp::pass::rewrite(c.g, roots);
  if (auto const fault = ramp::ir::verify(rewritten); !fault.empty()) return std::string(fault);
  for (double const step : {0.0, 0x1p-20, 1.0}) {
    point const at = moved(c.at, v, step);
    double const before = evaluate_at(c.g, at)[c.root][0];
    double const after = evaluate_at(rewritten, at)[roots[0]][0];
    if (!(std::fabs(after - before) <= 1e-14 * std::fmax(1.0, std::fabs(before))))
      return "rewriting makes " + std::to_string(after) + " of " + std::to_string(before) + ":\n" +
             text(rewritten, roots);
  }
  return {};
}

/// Forward mode moves the function along v by its one-sided derivative, which on a piecewise linear
/// function is exact, and the gradient along v has that for its product with v.
inline std::string fault_of_direction(kinked_composition const& c, point const& v) {
  constexpr double step = 0x1p-20;
  double const there = evaluate_at(c.g, moved(c.at, v, step))[c.root][0];
  double const slope = (there - evaluate_at(c.g, c.at)[c.root][0]) / step;
  for (auto policy : {ramp::standard.value, ramp::at_zero<1.0>.value}) {
    auto const g = ramp::check::directional_gradient(c.g, c.root, c.wrt, c.at, v, policy);
    double product = 0.0;
    for (std::size_t j = 0; j < v.size(); ++j)
      for (std::size_t i = 0; i < v[j].size(); ++i) product += g[j][i] * v[j][i];
    // thirds are rounded: what three elements share
    if (!(std::fabs(product - slope) <= 1e-14 * std::fmax(1.0, std::fabs(slope))))
      return "<g, v> is " + std::to_string(product) + ", the slope " + std::to_string(slope);
  }
  return {};
}

}  // namespace laws
