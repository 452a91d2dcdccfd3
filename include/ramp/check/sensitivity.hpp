// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <ramp/backend/text/program.hpp>
#include <ramp/check/expression.hpp>
#include <ramp/check/subgradient.hpp>

// How much of a gradient is a choice: what differs between policies at a point. For tests and to
// find out; it allocates.

namespace ramp::check {

/// A derivative by one element, and how far it depends on what is chosen at kinks.
struct derivative_range {
  std::string_view argument;
  int index = 0;
  double smallest = 0.0;  ///< under any of the constant policies, `smallest_under`; not the NaN
  double largest = 0.0;   ///< under `largest_under`; a NaN if there is one
  std::string_view smallest_under{};
  std::string_view largest_under{};
  /// What encloses the derivatives beside the point, as near as one likes: `interval`. A policy may
  /// give what lies outside, and is wrong there.
  double lower = -std::numeric_limits<double>::infinity();
  double upper = std::numeric_limits<double>::infinity();

  /// How far the constant policies are apart; infinite if some of them give a NaN and some do not.
  [[nodiscard]] double spread() const {
    if (largest == smallest || std::isnan(smallest)) return 0.0;
    return std::isnan(largest) ? std::numeric_limits<double>::infinity() : largest - smallest;
  }
  /// Whether a constant policy gives what lies outside of the bounds, by more than rounding.
  [[nodiscard]] bool is_out_of_bounds() const {
    double const rounding =
        0x1p-40 * std::fmax(1.0, std::fmax(std::fabs(smallest), std::fabs(largest)));
    return smallest < lower - rounding || largest > upper + rounding;
  }
};

/// An operation that is on a kink at a point.
struct kink_at_point {
  std::string place;  ///< as `trap` names it: `relu(x - 1)`
  int elements = 0;   ///< of its result, or as many results of a reduction
  int uses = 0;       ///< how often the function reads it
};

/// What `policy_sensitivity` found.
struct sensitivity {
  std::vector<kink_at_point> kinks;        ///< where a policy decides
  std::vector<derivative_range> elements;  ///< of every name, in the order of the expression
  std::vector<std::string_view> policies;  ///< the constant policies that were compared
  std::vector<std::string_view> unstated;  ///< those of systems that lack one of the operations
  std::string_view unbounded{};  ///< an operation for which `interval` has no bounds: then none

  /// How many elements have a derivative that differs between the constant policies.
  [[nodiscard]] int dependent() const {
    int count = 0;
    for (derivative_range const& e : elements) count += e.spread() > 0.0 ? 1 : 0;
    return count;
  }
  /// The element whose derivative differs most between them, the first of equals. Precondition: the
  /// expression has a name with a derivative.
  [[nodiscard]] derivative_range const& most() const {
    derivative_range const* found = &elements.front();
    for (derivative_range const& e : elements)
      if (e.spread() > found->spread()) found = &e;
    return *found;
  }
  /// The element whose bounds are farthest apart; likewise.
  [[nodiscard]] derivative_range const& widest() const {
    derivative_range const* found = &elements.front();
    for (derivative_range const& e : elements)
      if (e.upper - e.lower > found->upper - found->lower) found = &e;
    return *found;
  }
};

/// The sensitivity as a few lines, such as
/// `3 of 5 derivatives depend on the policy; 2 operations are on a kink:`
/// `  relu(x * w) in 2 elements`
/// `  max(x) in 1 element`
/// `Most: "w"[1] is 0 under standard, 4 under at_zero<1.0>.`
/// `Beside the point "w"[1] is within -4 and 4.`
inline std::string text(sensitivity const& s) {
  auto number = [](double x) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.6g", x + 0.0);  // no minus before a zero
    return std::string(buffer);
  };
  auto element = [](derivative_range const& e) {
    return "\"" + std::string(e.argument) + "\"[" + std::to_string(e.index) + "] is ";
  };
  auto counted = [](int count, char const* what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
  };
  auto const kinks = static_cast<int>(s.kinks.size());
  if (kinks == 0)
    return "No operation is on a kink where a policy decides: the gradient does not depend on it.";
  std::string all = std::to_string(s.dependent()) + " of " +
                    counted(static_cast<int>(s.elements.size()), "derivative") +
                    (s.dependent() == 1 ? " depends" : " depend") + " on the policy; " +
                    counted(kinks, "operation") + (kinks == 1 ? " is" : " are") + " on a kink:";
  for (kink_at_point const& k : s.kinks) {
    all += "\n  " + k.place + " in " + counted(k.elements, "element");
    if (k.uses > 1) all += ", used " + std::to_string(k.uses) + " times";
  }
  if (s.dependent() > 0) {
    derivative_range const& m = s.most();
    all += "\nMost: " + element(m) + number(m.smallest) + " under " +
           std::string(m.smallest_under) + ", " + number(m.largest) + " under " +
           std::string(m.largest_under) + ".";
  }
  if (!s.unbounded.empty()) {
    all += "\nNo bounds beside the point: " + std::string(s.unbounded) + " states none.";
  } else if (!s.elements.empty()) {
    derivative_range const& w = s.dependent() > 0 ? s.most() : s.widest();
    // bounds are rounded outward: a zero among them is hardly ever one
    double const scale = std::fmax(std::fabs(w.lower), std::fabs(w.upper));
    double const rounding = std::isfinite(scale) ? 0x1p-40 * scale : 0.0;
    auto end = [&](double x) { return number(std::fabs(x) < rounding ? 0.0 : x); };
    all += "\nBeside the point " + element(w) + "within " + end(w.lower) + " and " +
           end(w.upper) + ".";
    int outside = 0;
    for (derivative_range const& e : s.elements) outside += e.is_out_of_bounds() ? 1 : 0;
    if (outside > 0)
      all += "\nOutside of that, and wrong, under some policy: " + counted(outside, "derivative") +
             ".";
  }
  for (std::string_view policy : s.unstated)
    all += "\nNot compared: " + std::string(policy) + ", which lacks one of the operations.";
  return all;
}

namespace detail {

struct constant_policy {
  std::string_view name;
  kink_policy value;
};
inline constexpr std::array<constant_policy, 7> constant_policies{
    {{"standard", standard.value},
     {"at_zero<0.0>", at_zero<0.0>.value},
     {"at_zero<1.0>", at_zero<1.0>.value},
     {"symmetric", symmetric.value},
     {"pytorch", pytorch.value},
     {"jax", jax.value},
     {"tensorflow", tensorflow.value}}};
inline constexpr kink_policy all_choices{kink_rule::interval, 0.0};

/// A node as `text` would print it, on one line.
inline std::string place_of(problem const& p, int node) {
  std::array<pass::root, 1> const root{{{node}}};
  std::vector<double> numbers;  // those of the expression come first
  for (auto const& values : p.values) numbers.push_back(values.front());
  backend::printed_graph const g{
      .nodes = {p.g.nodes.begin(), p.g.nodes.size()},
      .arguments = {p.g.arguments.begin(), p.g.arguments.size()},
      .roots = root,
      .numbers = backend::printed_graph::numbers_are::values,
      .values = numbers.data()};
  std::vector<backend::label> labels(p.g.nodes.size());
  backend::find_labels(g, labels);
  auto const append = [](void* to, std::string_view piece) {
    static_cast<std::string*>(to)->append(piece);
  };
  std::string written;
  backend::text_sink sink(append, &written);
  backend::write_program(g, labels, sink);
  std::string line;
  backend::on_one_line(written, [&](std::string_view piece) { line += piece; });
  return line;
}

/// The operations of a problem, lowered under `trap`, that are on a kink.
inline std::vector<kink_at_point> kinks_of(problem const& p) {
  auto const e = evaluate_at(p.g, p.values);
  std::vector<kink_at_point> all;
  for (pass::trap_site const& s : p.traps)
    if (double const hits = e[s.count][0]; s.kind == trap_kind::kink && hits > 0.0)
      all.push_back({place_of(p, s.place), static_cast<int>(hits), s.uses});
  return all;
}

/// Takes up what the derivatives are under one more policy.
inline void include(sensitivity& s, std::string_view policy, point const& gradient) {
  bool const first = s.policies.empty();
  s.policies.push_back(policy);
  std::size_t next = 0;
  for (auto const& values : gradient)
    for (double const x : values) {
      derivative_range& e = s.elements[next++];
      if (first || x < e.smallest || std::isnan(e.smallest)) {
        e.smallest = x;
        e.smallest_under = policy;
      }
      if (first || x > e.largest || (std::isnan(x) && !std::isnan(e.largest))) {
        e.largest = x;
        e.largest_under = policy;
      }
    }
}

/// Bounds of all derivatives of a problem, lowered under `interval`.
inline void enclose(sensitivity& s, problem const& p) {
  auto const found = gradient_bounds(p.g, p.root, p.wrt, p.values);
  if (found.fault >= 0) {
    s.unbounded = op::facts_of(static_cast<ir::opcode>(found.fault)).name;
    return;
  }
  std::size_t next = 0;
  for (std::size_t j = 0; j < p.wrt.size(); ++j)
    for (std::size_t i = 0; i < found.lower[j].size(); ++i, ++next) {
      s.elements[next].lower = found.lower[j][i];
      s.elements[next].upper = found.upper[j][i];
    }
}

/// `under(policy)` is the problem as a program has it under that policy; `trapped` is that of
/// `trap`, with its traps.
template <class Problems>
sensitivity sensitivity_of(problem const& trapped, Problems const& under) {
  sensitivity s;
  s.kinks = kinks_of(trapped);
  for (entry const& e : entries_of(trapped.g, trapped.wrt, trapped.values)) {
    derivative_range& range = s.elements.emplace_back();
    range.argument = e.argument;
    range.index = e.index;
  }
  for (constant_policy const& policy : constant_policies) {
    problem const p = under(policy.value);
    if (p.is_stated)
      include(s, policy.name, reverse_gradient(p.g, p.root, p.wrt, p.values, policy.value));
    else s.unstated.push_back(policy.name);
  }
  enclose(s, under(all_choices));
  return s;
}

}  // namespace detail

/// How far the gradient of a scalar expression at a point depends on the policy that decides at
/// kinks, for every element of every name but class labels:
///
///     auto const s = policy_sensitivity(sum(relu(x * w)) + max(x), at(x = here, w = weights));
///     std::puts(text(s).c_str());
///
/// Reported are the operations that are on a kink there, as `trap` counts them; for each element
/// the smallest and the largest derivative under the constant policies `standard`, `at_zero<0.0>`,
/// `at_zero<1.0>` and `symmetric`, and under `pytorch`, `jax` and `tensorflow` where all operations
/// are stated for them; and bounds of the derivatives beside the point, those of `interval`, if all
/// operations state some. The derivative depends on the policy at least as much as the former say;
/// what is outside of the latter is wrong. An operation with a policy of its own has been decided,
/// and is not among them. Cost: a gradient for each policy, about ten for the bounds.
template <expression Expression, class... Bindings>
sensitivity policy_sensitivity(Expression const& f, named_point<Bindings...> const& where) {
  static_assert(Expression::shape_of.rank == 0,
                "ramp: policy_sensitivity takes a scalar expression: reduce it, as in "
                "policy_sensitivity(sum(f), at(...))");
  return detail::sensitivity_of(detail::problem_of<true>(f, where, trap.value),
                                [&](kink_policy p) { return detail::problem_of(f, where, p); });
}
template <auto... T>
auto policy_sensitivity(ramp::detail::any, ...) {
  return ramp::detail::misuse<"policy_sensitivity(f, at(x = 0.3))">(T...);
}

}  // namespace ramp::check
