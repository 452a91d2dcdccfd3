// SPDX-License-Identifier: BSL-1.0
// The laws of intervals: every operation's bounds hold what it gives for numbers within, and the
// bounds of a gradient hold every gradient that a point nearby gives.
#include <ramp/check/modes.hpp>
#include <ramp/ir/verify.hpp>
#include <ramp/pass/interval.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <random>
#include <string>

#include "cases.hpp"
#include "random_graph.hpp"
#include "random_kinks.hpp"

using namespace laws;
using ramp::check::evaluate_at;
using ramp::check::point;
using ramp::check::reverse_gradient;
using ramp::pass::bounds;
namespace op = ramp::op;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

template <class Op>
constexpr bool is_bounded =
    ramp::pass::detail::states_bounds<Op> || ramp::pass::detail::is_monotone<Op>;

/// What `value` may be off by, in units of the last place.
template <class Op>
constexpr double error_of([[maybe_unused]] double attribute) {
  if constexpr (std::is_same_v<Op, op::polygamma>) return 6.0 + attribute;
  else if constexpr (requires { Op::max_ulp; }) return Op::max_ulp;
  else return 1.0;
}
/// Whether it may be off wherever it is not 0 or 1, and its bounds are not those of its parts.
template <class Op>
constexpr bool is_inexact = !op::follows_policy<Op> && Op::max_ulp >= 1.0 && Op::name != "fork" &&
                            Op::name != "fma" && Op::name != "elu" && Op::name != "xlogy";

template <class Op>
double scale_of([[maybe_unused]] std::array<double, 3> const& x) {
  if constexpr (requires { Op::error_scale(x.data()); }) return Op::error_scale(x.data());
  else return 0.0;
}

/// An elementwise operation on intervals: arguments are the lower and the upper end of every
/// operand in turn.
template <class Op>
struct interval_case {
  graph g;
  bounds result;

  explicit interval_case(double attribute) {
    node n;
    n.operation = code<Op>;
    n.arity = static_cast<std::uint8_t>(Op::arity);
    n.value = attribute;
    ramp::pass::enclosure r;
    r.owner = &g;
    for (std::size_t k = 0; k < n.arity; ++k) {
      value const lower = argument(g, "lower");
      value const upper = argument(g, "upper");
      r.x[k] = {lower, upper};
      r.varies[k] = true;
      n.operand[k] = lower.index;  // what kind of node it is is all that matters
    }
    r.at = &n;
    result = ramp::pass::detail::enclose<Op>(r);
  }
};

/// Whether an operation has a finite value for these operands.
template <class Op>
bool is_defined(std::array<double, 3> const& x) {
  // a component of a vector is not longer than the vector
  if (std::is_same_v<Op, op::unit_component> && std::fabs(x[0]) > x[1]) return false;
  if constexpr (requires { Op::in_domain(x.data()); }) return Op::in_domain(x.data());
  else return true;
}

/// Numbers between -8 and 8, mostly small, many of them integers.
double some_number(ramp::xoshiro256& random) {
  double const x = (static_cast<double>(ramp::uniform_below(257, random)) - 128.0) / 32.0;
  return ramp::uniform_below(4, random) == 0 ? std::round(x) : x * (1.0 + 0x1p-40);
}

/// `attribute` of the node, and those that an operation may have whose results it stands for.
template <class Op>
void check_operation(double attribute, std::initializer_list<double> weights) {
  INFO(Op::name << ", " << attribute);
  if constexpr (is_bounded<Op>) {
    interval_case<Op> c(attribute);
    REQUIRE(ramp::ir::verify(c.g) == "");
    ramp::xoshiro256 random(12);
    int inside = 0, compared = 0;
    double widest = 0.0;
    double const smallest = Op::arity == 1 ? 1e-300 : 1.0;  // of two operands, digits may cancel
    for (int attempt = 0; attempt < 4000; ++attempt) {
      point ends;
      std::array<std::array<double, 2>, 3> box{};
      bool const thin = attempt % 3 == 0;
      for (std::size_t k = 0; k < static_cast<std::size_t>(Op::arity); ++k) {
        double a = some_number(random), b = thin ? a : some_number(random);
        if (a > b) std::swap(a, b);
        box[k] = {a, b};
        ends.push_back({a});
        ends.push_back({b});
      }
      auto const e = evaluate_at(c.g, ends);
      double const lower = e[c.result.lower.index][0], upper = e[c.result.upper.index][0];
      for (int sample = 0; sample < 6; ++sample) {
        std::array<double, 3> x{};
        for (std::size_t k = 0; k < 3; ++k) {
          double const t = static_cast<double>(ramp::uniform_below(33, random)) / 32.0;
          x[k] = sample < 2 ? box[k][static_cast<std::size_t>(sample)]
                            : box[k][0] + t * (box[k][1] - box[k][0]);
        }
        for (double w : weights) {
          double const y = ramp::ir::apply_elementwise(code<Op>, x, w);
          if (std::isnan(y) || !is_defined<Op>(x)) continue;
          ++compared;
          double const size = std::fmax(std::fabs(y), scale_of<Op>(x));
          double const error = error_of<Op>(attribute) * 0x1p-52 * size + 1e-320;
          bool const in = lower <= y + error && y - error <= upper;
          inside += in;
          if (!in && inside == compared - 1)  // the first
            FAIL_CHECK(Op::name << "(" << x[0] << ", " << x[1] << ", " << x[2] << ") is " << y
                                << ", not within " << lower << " and " << upper);
          bool const is_limit = std::fabs(y) < 1e-300 || std::fabs(y) == 1.0;
          if (thin && is_inexact<Op> && !is_limit)  // room for the error
            inside -= !(lower <= y - 0.99 * error && y + 0.99 * error <= upper);
          bool const is_condition = ramp::ir::detail::is_condition(code<Op>) ||
                                    std::is_same_v<Op, op::where>;  // whose operand 0 may vary
          if (thin && !is_condition && std::isfinite(upper - lower) && attribute == attribute &&
              !op::follows_policy<Op>)
            widest = std::fmax(widest, (upper - lower) / std::fmax(size, smallest));
        }
      }
    }
    CHECK(compared > 2000);
    CHECK(inside == compared);
    // of numbers, as wide as rounding makes it
    CHECK(widest < 64 * 0x1p-52);
  }
}

/// The graph of one operation on tensors, its operands in intervals: arguments are the lower and
/// the upper end of every operand in turn.
struct tensor_case {
  graph g;
  bounds result;
};

template <class Op>
tensor_case enclosed(one_case const& c) {
  tensor_case t;
  node n = c.g[c.root];
  ramp::pass::enclosure r;
  r.owner = &t.g;
  r.at = &n;
  for (std::size_t k = 0; k < n.arity; ++k) {
    shape const extents = c.g[n.operand[k]].result_shape();
    value lower = argument(t.g, "lower", extents);
    value upper = argument(t.g, "upper", extents);
    n.operand[k] = lower.index;
    lower.map = upper.map = n.map[k];
    lower.space = upper.space = n.iteration;
    r.x[k] = {lower, upper};
    r.varies[k] = true;
  }
  t.result = ramp::pass::detail::enclose<Op>(r);
  t.result.lower.space = t.result.upper.space = n.result_shape();
  for (value* end : {&t.result.lower, &t.result.upper})
    *end = ramp::ir::value_of(t.g, ramp::ir::materialized(*end));
  return t;
}

/// Bounds for operands within `radius` of a point that is drawn hold what the operation gives
/// there, and are not much wider.
template <class Op>
void check_tensors(one_case const& c, point (*draw)(ramp::xoshiro256&, one_case const&),
                   double radius, double steepest) {
  INFO(Op::name << ", radius " << radius);
  auto const t = enclosed<Op>(c);
  REQUIRE(ramp::ir::verify(t.g) == "");
  ramp::xoshiro256 random(5);
  auto const part = [&] { return static_cast<double>(ramp::uniform_below(33, random)) / 32.0; };
  double widest = 0.0;
  int outside = 0;
  for (int attempt = 0; attempt < 200; ++attempt) {
    point const middle = draw(random, c);
    point ends;
    for (auto const& values : middle) {
      ends.push_back(values);
      ends.push_back(values);
      for (double& x : ends.end()[-2]) x -= radius * part();
      for (double& x : ends.back()) x += radius * part();
    }
    auto const b = evaluate_at(t.g, ends);
    for (int sample = 0; sample < 20; ++sample) {
      point inside = middle;
      for (std::size_t k = 0; k < inside.size(); ++k)
        for (std::size_t i = 0; i < inside[k].size(); ++i) {  // the corners as well
          double const p = sample < 10 ? std::round(part()) : part();
          inside[k][i] = ends[2 * k][i] + p * (ends[2 * k + 1][i] - ends[2 * k][i]);
        }
      auto const e = evaluate_at(c.g, inside);
      for (int i = 0; i < c.g[c.root].result_shape().elements(); ++i) {
        double const y = e[c.root][i];
        double const lower = b[t.result.lower.index][i], upper = b[t.result.upper.index][i];
        double const size = std::fmax(1.0, std::fabs(y));
        outside += !(lower <= y + 1e-13 * size && y - 1e-13 * size <= upper);
        widest = std::fmax(widest, (upper - lower) / size);
      }
    }
  }
  CHECK(outside == 0);
  // matrices that are not known to be regular have no bounds
  if (radius < 0.1 || Op::kind != op::category::matrix)
    CHECK(widest < steepest * (5e-14 + radius));
}

using exact_numbers = std::vector<__float128>;

__float128 size_of(__float128 x) { return x < 0 ? -x : x; }

struct exact_result {
  exact_numbers solution;
  __float128 determinant = 1;
};

/// X of A X = B, B with n rows, to twice the digits, and the determinant of A.
exact_result eliminated(int rows, exact_numbers a, exact_numbers b) {
  auto const n = static_cast<std::size_t>(rows);
  std::size_t const columns = b.size() / n;
  exact_result r;
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t p = k;
    for (std::size_t i = k; i < n; ++i)
      if (size_of(a[i * n + k]) > size_of(a[p * n + k])) p = i;
    for (std::size_t j = 0; j < n; ++j) std::swap(a[k * n + j], a[p * n + j]);
    for (std::size_t j = 0; j < columns; ++j) std::swap(b[k * columns + j], b[p * columns + j]);
    r.determinant *= p == k ? a[k * n + k] : -a[k * n + k];
    if (a[k * n + k] == 0) break;
    for (std::size_t i = 0; i < n; ++i) {
      __float128 const factor = i == k ? 0 : a[i * n + k] / a[k * n + k];
      for (std::size_t j = 0; j < n; ++j) a[i * n + j] -= factor * a[k * n + j];
      for (std::size_t j = 0; j < columns; ++j) b[i * columns + j] -= factor * b[k * columns + j];
    }
  }
  bool const exists = r.determinant != 0;
  for (std::size_t i = 0; i < b.size(); ++i)
    r.solution.push_back(exists ? b[i] / a[i / columns * (n + 1)] : std::nan(""));
  return r;
}
exact_numbers exact_solution(int n, exact_numbers const& a, exact_numbers const& b) {
  return eliminated(n, a, b).solution;
}

exact_numbers exact_cofactors(int n, exact_numbers const& a) {
  auto const size = static_cast<std::size_t>(n);
  exact_numbers all;
  for (std::size_t e = 0; e < a.size(); ++e) {
    exact_numbers rest;
    for (std::size_t i = 0; i < a.size(); ++i)
      if (i / size != e / size && i % size != e % size) rest.push_back(a[i]);
    __float128 const sign = (e / size + e % size) % 2 == 0 ? 1 : -1;
    all.push_back(n == 1 ? 1 : sign * eliminated(n - 1, rest, exact_numbers(size - 1)).determinant);
  }
  return all;
}

/// Their derivative along E, up to the square of the difference that is taken.
exact_numbers exact_cofactors_along(int n, exact_numbers const& a, exact_numbers const& e) {
  __float128 const step = 0x1p-30;
  exact_numbers above = a, below = a;
  for (std::size_t i = 0; i < a.size(); ++i) {
    above[i] += step * e[i];
    below[i] -= step * e[i];
  }
  above = exact_cofactors(n, above);
  below = exact_cofactors(n, below);
  for (std::size_t i = 0; i < a.size(); ++i) above[i] = (above[i] - below[i]) / (2 * step);
  return above;
}

/// NaN where the matrix is not positive definite.
exact_numbers exact_cholesky(int rows, exact_numbers const& a) {
  auto const n = static_cast<std::size_t>(rows);
  exact_numbers l(a.size(), 0);
  for (std::size_t j = 0; j < n; ++j)
    for (std::size_t i = j; i < n; ++i) {
      __float128 x = a[i * n + j];
      for (std::size_t k = 0; k < j; ++k) x -= l[i * n + k] * l[j * n + k];
      __float128 const root = std::sqrt(static_cast<double>(x));
      l[i * n + j] = i == j ? (root + x / root) / 2 : x / l[j * n + j];
      if (i == j) l[i * n + j] = (l[i * n + j] + x / l[i * n + j]) / 2;
    }
  return l;
}

exact_numbers unit_matrix(int n) {
  exact_numbers a(static_cast<std::size_t>(n * n), 0);
  for (std::size_t i = 0; i < a.size(); i += static_cast<std::size_t>(n) + 1) a[i] = 1;
  return a;
}
exact_numbers lower_triangle(int n, exact_numbers a) {
  auto const size = static_cast<std::size_t>(n);
  for (std::size_t i = 0; i < a.size(); ++i) a[i] = i % size > i / size ? 0 : a[i];
  return a;
}

/// The node of a matrix operation, of arguments.
template <class Op>
one_case matrices_of(int n) {
  one_case c;
  value const a = argument(c.g, "a", shape(n, n));
  if constexpr (Op::arity == 1) c.root = ramp::ir::matrix_operation<Op>(a).index;
  else {
    int const columns = Op::form == op::matrix_form::columns ? 2 : n;
    c.root = ramp::ir::matrix_operation<Op>(a, argument(c.g, "b", shape(n, columns))).index;
  }
  return c;
}

/// Lower and upper ends of a matrix operation of numbers.
template <class Op>
std::array<std::vector<double>, 2> bounds_of(int n, point const& at) {
  auto const t = enclosed<Op>(matrices_of<Op>(n));
  point ends;
  for (auto const& numbers : at) ends.insert(ends.end(), 2, numbers);
  auto const e = evaluate_at(t.g, ends);
  auto const count = static_cast<std::size_t>(t.g[t.result.lower.index].result_shape().elements());
  double const* const lower = e[t.result.lower.index];
  double const* const upper = e[t.result.upper.index];
  return {std::vector<double>(lower, lower + count), std::vector<double>(upper, upper + count)};
}

/// Matrices from well conditioned to singular but for rounding, from -8 to 8.
std::vector<double> some_matrix(int n, int hardness, ramp::xoshiro256& random) {
  std::vector<double> a;
  double const nearly = std::ldexp(1.0, -7 * hardness);  // what sets the last row apart
  for (int i = 0; i < n * n; ++i) a.push_back(some_number(random));
  for (std::size_t i = a.size() - static_cast<std::size_t>(n); i < a.size() && hardness > 0; ++i)
    a[i] = a[i % static_cast<std::size_t>(n)] + nearly * a[i];
  return a;
}

/// How many bounds do not hold what is exact, and how wide they are at most, for the largest
/// element. What does not exist is in none but infinite bounds.
struct comparison {
  int outside = 0;
  double width = 0.0;
};
comparison compared(std::array<std::vector<double>, 2> const& found, exact_numbers const& exact) {
  comparison c;
  double size = 0.0;
  for (__float128 const x : exact) size = std::fmax(size, static_cast<double>(size_of(x)));
  if (!(size > 0.0 && size < infinity)) size = 1.0;
  for (std::size_t i = 0; i < exact.size(); ++i) {
    double const width = (found[1][i] - found[0][i]) / size;
    c.outside += !(found[0][i] <= exact[i] && exact[i] <= found[1][i]) && width != infinity;
    c.width = width <= c.width ? c.width : width;
  }
  return c;
}

template <class F>
void for_each_operation(F f) {
  []<class... Ops>(op::operation_list<Ops...>, F& g) {
    (g(std::type_identity<Ops>{}), ...);
  }(op::table{}, f);
}

struct bounded_gradient {
  std::vector<point> ends;  // lower, upper
  int fault = -1;
};

/// The bounds of the gradient of a scalar node.
bounded_gradient gradient_bounds(graph g, int root, ramp::list<int> const& wrt, point const& at) {
  ramp::list<int> nodes;
  for (int w : wrt) nodes.push_back(g.argument_node(w));
  bounded_gradient result;
  auto const found = ramp::pass::gradient_bounds(g, root, nodes, result.fault);
  REQUIRE(ramp::ir::verify(g) == "");
  if (result.fault >= 0) return result;
  auto const e = evaluate_at(g, at);
  result.ends.resize(2);
  for (std::size_t j = 0; j < wrt.size(); ++j)
    for (std::size_t side = 0; side < 2; ++side) {
      auto& numbers = result.ends[side].emplace_back();
      int const i = (side == 0 ? found[j].lower : found[j].upper).index;
      auto const count = at[static_cast<std::size_t>(wrt[j])].size();
      for (std::size_t k = 0; k < count; ++k)
        numbers.push_back(i < 0 ? 0.0 : e[i][g[i].rank == 0 ? 0 : k]);
    }
  return result;
}

/// Whether a gradient lies within bounds, up to its own rounding.
bool holds(bounded_gradient const& b, point const& gradient, double rounding) {
  for (std::size_t j = 0; j < gradient.size(); ++j)
    for (std::size_t k = 0; k < gradient[j].size(); ++k) {
      double const slack = rounding * std::fmax(1.0, std::fabs(gradient[j][k]));
      if (!(b.ends[0][j][k] <= gradient[j][k] + slack)) return false;
      if (!(b.ends[1][j][k] >= gradient[j][k] - slack)) return false;
    }
  return true;
}

double widest(bounded_gradient const& b) {
  double width = 0.0;
  for (std::size_t j = 0; j < b.ends[0].size(); ++j)
    for (std::size_t k = 0; k < b.ends[0][j].size(); ++k) {
      double const w = b.ends[1][j][k] - b.ends[0][j][k];
      width = w <= width ? width : w;
    }
  return width;
}

}  // namespace

TEST_CASE("every operation states bounds, but for those that are known to have none",
          "[laws][interval]") {
  for_each_operation([]<class Op>(std::type_identity<Op>) {
    INFO(Op::name);
    bool const moves = Op::kind == op::category::leaf || Op::kind == op::category::layout;
    bool const is_end = Op::name.ends_with("_toward") || Op::name == "outward";
    bool const steps = Op::name == "floor" || Op::name == "ceil" || Op::name == "round" ||
                       Op::name == "fmod";
    CHECK(is_bounded<Op> == !(moves || is_end || steps));
  });
}

TEST_CASE("bounds of every elementwise operation hold its values", "[laws][interval]") {
  for_each_operation([]<class Op>(std::type_identity<Op>) {
    if constexpr (std::is_same_v<Op, op::polygamma>)
      for (double const order : {1.0, 2.0, 5.0}) check_operation<Op>(order, {order});
    else if constexpr (op::elementwise<Op>)  // at a tie every weight is inside
      check_operation<Op>(op::attributed<Op> ? ramp::any_weight : 0.0, {0.0, 1.0, 0.375});
  });
}

TEST_CASE("bounds of every operation on tensors hold its values, and are close",
          "[laws][interval]") {
  for_each_operation([]<class Op>(std::type_identity<Op>) {
    if constexpr (is_bounded<Op> && !op::elementwise<Op>)
      for (double const radius : {0.0, 1e-9, 1e-3, 0.0625, 0.5})
        check_tensors<Op>(
            case_of<Op>(),
            [](ramp::xoshiro256& random, one_case const&) { return regular_point<Op>(random); },
            radius, Op::name == "cofactors_along" ? 3000.0 : 200.0);  // terms of it cancel
  });
}

TEST_CASE("bounds of determinants and cofactors by formulas hold those of any matrix",
          "[laws][interval]") {
  auto const draw = [](ramp::xoshiro256& random, one_case const& c) {
    point at;
    for (auto const& a : c.g.arguments) {
      at.emplace_back();
      for (int i = a.extents.elements(); i > 0; --i) at.back().push_back(some_number(random));
    }
    return at;
  };
  for (int const n : {1, 2, 3})
    for (double const radius : {0.0, 1e-3, 1.0}) {
      INFO(n << " rows");
      check_tensors<op::determinant>(matrices_of<op::determinant>(n), draw, radius, 4000.0);
      check_tensors<op::cofactors>(matrices_of<op::cofactors>(n), draw, radius, 200.0);
      check_tensors<op::cofactors_along>(matrices_of<op::cofactors_along>(n), draw, radius, 1e3);
    }
}

TEST_CASE("bounds of solutions hold the exact ones, however close to singular the matrix is",
          "[laws][interval]") {
  ramp::xoshiro256 random(3);
  for (int hardness = 0; hardness < 9; ++hardness) {
    INFO("hardness " << hardness);
    std::vector<double> widths;
    for (int repeat = 0; repeat < 40; ++repeat) {
      int const n = 2 + repeat % 5;
      auto const a = some_matrix(n, hardness, random);
      std::vector<double> b;
      for (int i = 0; i < 2 * n; ++i) b.push_back(some_number(random));
      exact_numbers const full(a.begin(), a.end()), right(b.begin(), b.end());
      auto const solved = compared(bounds_of<op::solve>(n, {a, b}), exact_solution(n, full, right));
      auto const inverted = compared(bounds_of<op::inverse>(n, {a}),
                                     exact_solution(n, full, unit_matrix(n)));
      auto const triangle = compared(bounds_of<op::triangular_solve>(n, {a, b}),
                                     exact_solution(n, lower_triangle(n, full), right));
      CHECK(solved.outside + inverted.outside + triangle.outside == 0);
      for (auto const& c : {solved, inverted}) widths.push_back(c.width);
    }
    // the worse the condition the wider, until there are no bounds
    std::sort(widths.begin(), widths.end());
    if (hardness < 6) CHECK(widths[40] < 1e-13 * std::ldexp(1.0, 7 * hardness));
    if (hardness == 8) CHECK(widths[0] == infinity);
  }
}

TEST_CASE("bounds of determinants, cofactors and factors hold the exact ones", "[laws][interval]") {
  ramp::xoshiro256 random(4);
  for (int hardness = 0; hardness < 9; ++hardness) {
    INFO("hardness " << hardness);
    std::vector<double> widths, widths_of_factors;
    for (int repeat = 0; repeat < 42; ++repeat) {
      int const n = 1 + repeat % 6;
      auto const a = some_matrix(n, hardness, random);
      exact_numbers const full(a.begin(), a.end());
      __float128 const exact = eliminated(n, full, unit_matrix(n)).determinant;
      __float128 const logarithm = std::log(static_cast<long double>(size_of(exact)));
      auto const d = compared(bounds_of<op::determinant>(n, {a}), {exact});
      auto const l = compared(bounds_of<op::log_abs_determinant>(n, {a}), {logarithm});
      auto const c = compared(bounds_of<op::cofactors>(n, {a}), exact_cofactors(n, full));
      auto const b = some_matrix(n, 0, random);
      auto const along = compared(bounds_of<op::cofactors_along>(n, {a, b}),
                                  exact_cofactors_along(n, full, {b.begin(), b.end()}));
      auto const s = compared(bounds_of<op::log_determinant>(n, {a}), {logarithm});
      CHECK(d.outside + l.outside + c.outside + along.outside == 0);
      if (exact > 0) CHECK(s.outside == 0);
      if (n <= 3) CHECK(d.width + c.width + along.width < (exact == 0 ? 1e-11 : infinity));
      for (double const w : {d.width, l.width, c.width}) widths.push_back(w);
      // A A^T, but for rounding, and then some
      std::vector<double> definite(a.size());
      auto const size = static_cast<std::size_t>(n);
      for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t k = 0; k < size; ++k)
          definite[i] += a[i / size * size + k] * a[i % size * size + k];
      auto const f = compared(bounds_of<op::cholesky>(n, {definite}),
                              exact_cholesky(n, {definite.begin(), definite.end()}));
      CHECK(f.outside == 0);
      widths_of_factors.push_back(f.width);
    }
    std::sort(widths.begin(), widths.end());
    std::sort(widths_of_factors.begin(), widths_of_factors.end());
    if (hardness < 5) CHECK(widths[63] < 2e-12 * std::ldexp(1.0, 7 * hardness));
    if (hardness < 3) CHECK(widths_of_factors[21] < 1e-13 * std::ldexp(1.0, 14 * hardness));
  }
}

TEST_CASE("bounds of the derivative of cofactors along what is not known", "[laws][interval]") {
  auto const t = enclosed<op::cofactors_along>(matrices_of<op::cofactors_along>(4));
  point at(4, std::vector<double>(16, 0.0));
  for (std::size_t i = 0; i < 16; i += 5) {
    at[0][i] = at[1][i] = 1.0;
    at[2][i] = -1.0;
    at[3][i] = 1.0;
  }
  // of the unit matrix along a diagonal one: in the first place the sum of the three others
  auto const e = evaluate_at(t.g, at);
  CHECK(e[t.result.lower.index][0] <= -3.0);
  CHECK(e[t.result.lower.index][0] > -5.1);
  CHECK(e[t.result.upper.index][0] >= 3.0);
  CHECK(e[t.result.upper.index][0] < 5.1);
}

TEST_CASE("bounds hold the gradients of means at ties, and of every point nearby",
          "[laws][interval]") {
  int with_ties = 0;
  int wide = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    INFO("seed " << seed);
    auto c = kink_generator(seed)(12, seed % 2 == 0);
    auto const b = gradient_bounds(c.g, c.root, c.wrt, c.at);
    REQUIRE(b.fault == -1);
    with_ties += ramp::check::active_pieces(c.g, evaluate_at(c.g, c.at)).on_kink;
    wide += widest(b) > 0.1;
    // other weights may be wrong where two operations meet in one tie
    CHECK(holds(b, reverse_gradient(c.g, c.root, c.wrt, c.at, ramp::symmetric.value), 1e-14));
    ramp::xoshiro256 random(seed);
    for (int repeat = 0; repeat < 20; ++repeat) {
      point beside = c.at;
      for (auto& values : beside)
        for (double& x : values)
          x += (static_cast<double>(ramp::uniform_below(2001, random)) - 1000.0) * 0x1p-40;
      CHECK(holds(b, reverse_gradient(c.g, c.root, c.wrt, beside, ramp::standard.value), 1e-14));
    }
  }
  CHECK(with_ties > 250);
  CHECK(wide > 200);
}

TEST_CASE("away from kinks bounds are as close as rounding allows", "[laws][interval]") {
  int compared = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    INFO("seed " << seed);
    auto c = kink_generator(seed)(12, true);
    ramp::xoshiro256 random(seed);
    for (auto& values : c.at)
      for (double& x : values)
        x += static_cast<double>(ramp::uniform_below(1000, random)) / 4096.0 + 1e-3;
    auto const pieces = ramp::check::active_pieces(c.g, evaluate_at(c.g, c.at));
    if (pieces.on_kink) continue;
    ++compared;
    auto const b = gradient_bounds(c.g, c.root, c.wrt, c.at);
    CHECK(widest(b) < 1e-12);
    CHECK(holds(b, reverse_gradient(c.g, c.root, c.wrt, c.at, ramp::standard.value), 1e-14));
  }
  CHECK(compared > 100);
}

TEST_CASE("bounds of random graphs of all operations hold their gradients, and are close",
          "[laws][interval]") {
  int compared = 0;
  std::vector<double> widths;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    auto r = graph_generator(seed)(10);
    INFO("seed " << seed);
    int const root = weighted_sum(r.g, {r.values.back()}, r.at);
    auto const b = gradient_bounds(r.g, root, r.wrt, r.at);
    if (b.fault >= 0) continue;
    auto const exact = reverse_gradient(r.g, root, r.wrt, r.at, ramp::standard.value);
    double size = 1.0;
    for (auto const& values : exact)
      for (double x : values) size = std::fmax(size, std::fabs(x));
    ++compared;
    CHECK(holds(b, exact, 1e-11 * size));
    widths.push_back(widest(b) / size);
  }
  CHECK(compared > 60);
  std::sort(widths.begin(), widths.end());
  CHECK(widths[widths.size() / 2] < 1e-12);
  CHECK(widths[widths.size() * 9 / 10] < 1e-8);
}

TEST_CASE("products of many factors are rounded outward, also where parts of them underflow",
          "[laws][interval]") {
  graph g;
  constexpr int count = 23;
  value const x = argument(g, "x", shape(count));
  value const t = argument(g, "t");  // by which the derivative of t * product(x) is the product
  value const f = t * ramp::ir::reduce_to<op::reduce_product>(x, {}, 0);
  std::mt19937_64 source(7);
  std::uniform_real_distribution<double> unit(-1, 1);
  for (int repeat = 0; repeat < 60; ++repeat) {
    point at{{}, {1.0}};
    double const spread = repeat % 3 == 0 ? 0.0 : repeat % 3 == 1 ? 20.0 : 400.0;
    __float128 exact = 1;
    for (int i = 0; i < count; ++i) {
      at[0].push_back(unit(source) * std::exp2(spread * unit(source)));
      exact *= at[0].back();
    }
    auto const b = gradient_bounds(g, f.index, {1}, at);
    CHECK(static_cast<__float128>(b.ends[0][0][0]) <= exact);
    CHECK(static_cast<__float128>(b.ends[1][0][0]) >= exact);
    if (spread < 400.0)
      CHECK(b.ends[1][0][0] - b.ends[0][0][0] < 1e-14 * std::fabs(static_cast<double>(exact)));
  }
}

TEST_CASE("sums of many terms are rounded outward", "[laws][interval]") {
  graph g;
  constexpr int count = 4000;
  value const x = argument(g, "x", shape(count));
  value const y = argument(g, "y", shape(count));
  // the derivative by t of t * sum(x * y) is the sum, and that of t * sum(x) another
  value const t = argument(g, "t");
  value const total = ramp::ir::reduce_to<op::sum>(x, {}, 0);
  value const products = ramp::ir::reduce_to<op::sum>(x * y, {}, 0);
  std::mt19937_64 source(7);
  for (int repeat = 0; repeat < 20; ++repeat) {
    point at{{}, {}, {1.0}};
    std::uniform_real_distribution<double> spread(-30, 30), unit(-1, 1);
    __float128 sum = 0, dot = 0;
    for (int i = 0; i < count; ++i) {
      double const a = unit(source) * std::exp2(spread(source) * (repeat % 3) / 3);
      double const b = unit(source);
      at[0].push_back(a);
      at[1].push_back(b);
      sum += a;
      dot += static_cast<__float128>(a) * b;
    }
    int k = 0;
    for (value const& f : {t * total, t * products}) {
      auto const b = gradient_bounds(g, f.index, {2}, at);
      __float128 const exact = k++ == 0 ? sum : dot;
      CHECK(static_cast<__float128>(b.ends[0][0][0]) <= exact);
      CHECK(static_cast<__float128>(b.ends[1][0][0]) >= exact);
      CHECK(b.ends[1][0][0] - b.ends[0][0][0] < infinity);
    }
  }
}
