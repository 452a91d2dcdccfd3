// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <ramp/check/expression.hpp>
#include <ramp/check/hessian.hpp>
#include <ramp/core/random.hpp>
#include <ramp/expr/own_operation.hpp>

// The laws that hold for the operations of ramp, for an operation of your own. For tests: it
// allocates.

namespace ramp::check {

struct operation_options {
  int points = 20;              ///< random ones, inside of the domain and on no kink
  double from = -2.0, to = 2.0;  ///< where they are
  std::uint64_t seed = 1;
  /// False for a rule that is not the derivative of the definition on purpose, such as that of a
  /// straight-through estimator: it is not compared with differences then.
  bool is_derivative = true;
};

/// What `check_operation` found, law by law.
struct operation_report {
  std::string name;
  report modes;       ///< forward against reverse mode
  report products;    ///< <J v, w> against <v, J^T w>
  report first;       ///< first derivatives against differences
  hessian_report second;  ///< second derivatives, likewise and between modes
  report kinks;       ///< at kinks that were found: the weights of ties in both modes
  report compiled;    ///< values and gradients in kernels against the definition of their nodes
  bool is_derivative = true;

  [[nodiscard]] bool passed() const {
    bool const of_numbers = !is_derivative || (first.passed() && second.numerical.different == 0);
    return modes.passed() && products.passed() && of_numbers && second.modes.different == 0 &&
           second.symmetry.different == 0 && kinks.different == 0 && compiled.passed();
  }
};

/// A paragraph for each law.
inline std::string text(operation_report const& r) {
  std::string s = r.name + (r.passed() ? ": every law holds.\n" : ": NOT every law holds.\n");
  auto law = [&](char const* title, std::string const& found) { s += title + found + "\n"; };
  law("Modes: ", text(r.modes));
  law("Dot products: ", text(r.products));
  if (r.is_derivative) law("First derivatives: ", text(r.first));
  law("Second derivatives: ", text(r.second));
  law("Kinks: ", text(r.kinks));
  law("Compiled: ", text(r.compiled));
  return s;
}

namespace detail {

inline constexpr auto operand_x = variable<"x">;
inline constexpr auto operand_y = variable<"y">;
inline constexpr auto operand_z = variable<"z">;
/// More elements than a pack has, and no multiple of them.
inline constexpr int lanes = 19;
inline constexpr auto operands_x = variable<"x", lanes>;
inline constexpr auto operands_y = variable<"y", lanes>;
inline constexpr auto operands_z = variable<"z", lanes>;

template <class Op, int N = Op::arity>
constexpr auto applied_to_scalars() {
  if constexpr (N == 1) return apply<Op>(operand_x);
  else if constexpr (N == 2) return apply<Op>(operand_x, operand_y);
  else return apply<Op>(operand_x, operand_y, operand_z);
}

/// Value and gradient of all lanes.
template <class Op, class T, std::size_t N>
std::array<std::vector<double>, N + 1> run_compiled(std::array<std::vector<double>, N> const& x) {
  auto const f = [] {
    if constexpr (N == 1) {
      auto const y = apply<Op>(operands_x);
      return outputs(y, gradient(sum(y), wrt(operands_x)));
    } else if constexpr (N == 2) {
      auto const y = apply<Op>(operands_x, operands_y);
      auto const [a, b] = gradient(sum(y), wrt(operands_x, operands_y));
      return outputs(y, a, b);
    } else {
      auto const y = apply<Op>(operands_x, operands_y, operands_z);
      auto const [a, b, c] = gradient(sum(y), wrt(operands_x, operands_y, operands_z));
      return outputs(y, a, b, c);
    }
  };
  constexpr auto compiled = compile<T>(f);
  std::array<std::array<double, lanes>, N> bound{};
  for (std::size_t k = 0; k < N; ++k)
    for (std::size_t i = 0; i < lanes; ++i) bound[k][i] = x[k][i];
  auto const results = [&] {
    if constexpr (N == 1) return compiled(operands_x = bound[0]);
    else if constexpr (N == 2) return compiled(operands_x = bound[0], operands_y = bound[1]);
    else
      return compiled(operands_x = bound[0], operands_y = bound[1], operands_z = bound[2]);
  }();
  std::array<std::vector<double>, N + 1> all;
  std::apply(
      [&](auto const&... result) {
        std::size_t next = 0;
        ((all[next].assign(result.begin(), result.end()), ++next), ...);
      },
      results);
  return all;
}

/// An operation on scalars, and the points at which its laws are looked at.
template <class Op>
class operation_laws {
 public:
  static constexpr auto arity = static_cast<std::size_t>(Op::arity);

  explicit operation_laws(operation_options const& options)
      : options_(options), random_(options.seed) {
    lowerer l(standard.value);
    l.template add<decltype(applied_to_scalars<Op>())>();
    lowered program = l.finish();
    p_.g = std::move(program.graph);
    p_.root = program.roots[0].node;
    // an operand that the definition leaves out is no argument of its graph
    for (std::size_t a = 0; a < p_.g.arguments.size(); ++a) p_.wrt.push_back(static_cast<int>(a));
  }

  operation_report run() {
    operation_report r;
    r.name = Op::name;
    r.is_derivative = options_.is_derivative;
    for (int i = 0; i < options_.points; ++i) {
      point at;
      if (!find(at, false, [&] { return inside(); })) break;
      r.modes.add(check_forward_reverse(p_.g, p_.root, p_.wrt, at));
      point direction = at;
      for (auto& x : direction) x[0] = inside();
      r.products.add(check_dot_product(p_.g, p_.root, p_.wrt, at, direction, {inside()},
                                       {.floor = 1e-12}));
      if (options_.is_derivative) r.first.add(check_gradient(p_.g, p_.root, p_.wrt, at));
      auto const second = check_hessian(p_.g, p_.root, p_.wrt, at);
      r.second.numerical.add(second.numerical);
      r.second.modes.add(second.modes);
      r.second.symmetry.add(second.symmetry);
      r.second.numerical.reference = second.numerical.reference;
      for (auto part : {&hessian_report::modes, &hessian_report::symmetry}) {
        (r.second.*part).way = (second.*part).way;
        (r.second.*part).reference = (second.*part).reference;
      }
    }
    look_at_kinks(r.kinks);
    compare_compiled<double>(r.compiled, 1e-12);
    compare_compiled<float>(r.compiled, 1e-4);
    name_ways(r);
    return r;
  }

 private:
  double inside() {
    return options_.from + (options_.to - options_.from) * uniform<double>(random_);
  }

  static bool is_inside(point const& at) {
    if constexpr (requires(double const* x) { Op::in_domain(x); }) {
      double x[3] = {};
      for (std::size_t k = 0; k < at.size(); ++k) x[k] = at[k][0];
      return Op::in_domain(x);
    } else {
      return true;
    }
  }

  /// A point in the domain, on a kink or not. False: none was found.
  template <class Draw>
  bool find(point& at, bool on_kink, Draw draw) {
    for (int attempt = 0; attempt < 2000; ++attempt) {
      at.clear();
      for (std::size_t k = 0; k < p_.g.arguments.size(); ++k) at.push_back({draw()});
      if (at.size() == arity && !is_inside(at)) continue;
      auto const e = evaluate_at(p_.g, at);
      auto const here = active_pieces(p_.g, e);
      if (here.in_domain && here.on_kink == on_kink && std::isfinite(e[p_.root][0])) return true;
    }
    return false;
  }

  void look_at_kinks(report& found) {
    constexpr kink_policy policies[] = {standard.value, at_zero<0.25>.value, at_zero<1.0>.value,
                                        symmetric.value};
    auto const coarse = [&] { return static_cast<double>(uniform_below(25, random_)) / 4.0 - 3.0; };
    point at;
    for (int i = 0; i < options_.points && find(at, true, coarse); ++i)
      for (kink_policy policy : policies)
        found.add(check_forward_reverse(p_.g, p_.root, p_.wrt, at, {.policy = policy}));
  }

  template <class T>
  void compare_compiled(report& found, double tolerance) {
    std::array<std::vector<double>, arity> x;
    std::vector<point> points;
    for (int i = 0; i < lanes; ++i) {
      point at;
      if (!find(at, false, [&] { return static_cast<double>(static_cast<T>(inside())); })) return;
      for (std::size_t k = 0; k < arity; ++k)
        x[k].push_back(k < at.size() ? at[k][0] : 0.0);
      points.push_back(at);
    }
    if (p_.g.arguments.size() != arity) return;
    auto const compiled = run_compiled<Op, T>(x);
    for (std::size_t i = 0; i < lanes; ++i) {
      double const value = evaluate_at(p_.g, points[i])[p_.root][0];
      point const slope = reverse_gradient(p_.g, p_.root, p_.wrt, points[i], standard.value);
      for (std::size_t k = 0; k <= arity; ++k) {
        double const expected = k == 0 ? value : slope[k - 1][0];
        entry e;
        e.argument = k == 0 ? "value" : p_.g.arguments[k - 1].name;
        e.index = static_cast<int>(i);
        found.add(compare_exactly(e, compiled[k][i], expected,
                                  tolerance * std::fmax(1.0, std::fabs(expected))));
      }
    }
  }

  static void name_ways(operation_report& r) {
    r.modes.way = r.kinks.way = r.products.way = "in forward mode";
    r.modes.reference = r.kinks.reference = r.products.reference = "in reverse mode";
    r.compiled.way = "compiled";
    r.compiled.reference = "by definition";
  }

  operation_options options_;
  xoshiro256 random_;
  problem p_;
};

}  // namespace detail

/// Runs the laws that hold for every operation of ramp on an operation of your own:
///
///     auto const r = check_operation<gaussian>();
///     INFO(text(r));
///     CHECK(r.passed());
///
/// at random points inside of its domain (`in_domain`, and where its definition is finite), on no
/// kink: forward mode is reverse mode, both are the derivative by differences, at first and second
/// order; a vector of elements in kernels, in float and double, has the values and gradients that
/// the nodes have by definition. At the kinks that points on a coarse grid hit, ties weigh the same
/// in both modes under several policies. Cost: some thousand evaluations of the definition; two
/// compiled programs.
template <class Op>
operation_report check_operation(operation_options const& options = {}) {
  if constexpr (ramp::detail::check_own_operation<Op, static_cast<std::size_t>(Op::arity)>())
    return detail::operation_laws<Op>(options).run();
  else return {};
}

}  // namespace ramp::check
