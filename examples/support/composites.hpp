// SPDX-License-Identifier: BSL-1.0
#pragma once

// Compositions of kinked functions at points where they have no derivative, with what would be
// right there: an example prints what each policy answers, and a test counts (tests/laws).

#include <ramp/check.hpp>
#include <ramp/ramp.hpp>

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace composites {

using numbers = std::vector<double>;  // one for each element of all names

inline double product(numbers const& a, numbers const& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

/// "(1, 0.5)", with three digits after the point at most; without parentheses if it is only one.
inline std::string text_of(numbers const& all) {
  std::string text;
  for (double x : all) {
    char number[32];
    std::snprintf(number, sizeof number, "%.3f", std::fabs(x) < 0.0005 ? 0.0 : x);
    std::string digits = number;
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
    text += (text.empty() ? "" : ", ") + digits;
  }
  return all.size() == 1 ? text : "(" + text + ")";
}

/// All vectors of integers from -2 to 2: every facet of the sets below has one of them for its
/// normal.
inline std::vector<numbers> normals(std::size_t count) {
  std::vector<numbers> all{{}};
  while (all.front().size() < count) {
    std::vector<numbers> longer;
    for (numbers const& n : all)
      for (double x : {-2.0, -1.0, 0.0, 1.0, 2.0}) {
        longer.push_back(n);
        longer.back().push_back(x);
      }
    all = longer;
  }
  return all;
}

/// A convex set of gradients: the hull of its corners, or the vectors that are not longer than 1.
struct gradient_set {
  std::string text{};
  std::vector<numbers> corners{};
  bool is_ball = false;

  /// The largest g.w over the elements g of the set.
  double support(numbers const& w) const {
    if (is_ball) return std::sqrt(product(w, w));
    double largest = product(corners[0], w);
    for (numbers const& c : corners) largest = std::fmax(largest, product(c, w));
    return largest;
  }

  /// Whether g is in the set, or as near; 1/3 and the like are rounded.
  bool holds(numbers const& g, double tolerance = 1e-12) const {
    if (is_ball) return std::sqrt(product(g, g)) <= 1.0 + tolerance;
    for (numbers const& w : normals(g.size()))
      if (!(product(g, w) <= support(w) + tolerance)) return false;
    return true;
  }

  /// Whether every element of the set lies between these bounds.
  bool is_within(numbers const& lower, numbers const& upper) const {
    for (std::size_t i = 0; i < lower.size(); ++i) {
      numbers unit(lower.size(), 0.0);
      unit[i] = 1.0;
      double const largest = support(unit);
      unit[i] = -1.0;
      double const smallest = -support(unit);
      if (!(lower[i] <= smallest && largest <= upper[i])) return false;
    }
    return true;
  }
};

inline gradient_set between(double a, double b) {
  return {"[" + text_of({a}) + "," + text_of({b}) + "]", {{a}, {b}}};
}
inline gradient_set only(numbers const& g) { return {"{" + text_of(g) + "}", {g}}; }
inline gradient_set hull(std::vector<numbers> const& corners) {
  std::string text;
  for (numbers const& c : corners) text += (text.empty() ? "" : ", ") + text_of(c);
  return {"conv{" + text + "}", corners};
}
inline gradient_set cube() {
  gradient_set all{"[-1,1]^3", {}};
  for (double a : {-1.0, 1.0})
    for (double b : {-1.0, 1.0})
      for (double c : {-1.0, 1.0}) all.corners.push_back({a, b, c});
  return all;
}
inline gradient_set octahedron() {
  return {"|g1| + |g2| + |g3| <= 1",
          {{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}}};
}
inline gradient_set unit_ball() { return {"|g| <= 1", {}, true}; }

/// A function at a point. It is lowered at run time, so that twenty ways to differentiate it cost
/// the compiler no more than one.
struct composite {
  std::string text;
  ramp::lowered (*lower)(ramp::kink_policy, ramp::rewriting);
  ramp::check::point at;         // by name, in the order in which f has them first
  ramp::check::point direction;  // one that settles most ties
  gradient_set right;            // its generalised derivatives (Clarke's), by hand

  ramp::list<int> wrt() const {
    ramp::list<int> all;
    for (std::size_t j = 0; j < at.size(); ++j) all.push_back(static_cast<int>(j));
    return all;
  }
};

template <class F>
composite composed(char const* text, F, ramp::check::point at, ramp::check::point direction,
                   gradient_set right) {
  auto const lower = [](ramp::kink_policy policy, ramp::rewriting spellings) {
    ramp::lowerer l(policy, spellings);
    l.add_constant(F{});
    return l.finish();
  };
  return {text, lower, std::move(at), std::move(direction), std::move(right)};
}

/// Of x, of x and y, of v with three elements. The set may be left out where nobody asks for it.
template <class F>
composite of_x(char const* text, F f, double at, gradient_set right = {}) {
  return composed(text, f, {{at}}, {{1.0}}, std::move(right));
}
template <class F>
composite of_xy(char const* text, F f, double x, double y, gradient_set right = {}) {
  return composed(text, f, {{x}, {y}}, {{1.0}, {-0.5}}, std::move(right));
}
template <class F>
composite of_v(char const* text, F f, numbers const& at, gradient_set right = {}) {
  return composed(text, f, {at}, {{1.0, -0.5, 0.25}}, std::move(right));
}

/// Of one number, at 0 unless the text says where.
inline std::vector<composite> of_one() {
  using namespace ramp;
  using namespace ramp::literals;
  constexpr auto x = variable<"x">;
  return {
      of_x("relu(x) - relu(-x)", relu(x) - relu(-x), 0, only({1})),
      of_x("max(x, 0) + min(x, 0)", max(x, 0_c) + min(x, 0_c), 0, only({1})),
      of_x("relu(x) + relu(-x) - abs(x)", relu(x) + relu(-x) - abs(x), 0, only({0})),
      of_x("(x + abs(x)) / 2 - relu(x)", (x + abs(x)) / 2_c - relu(x), 0, only({0})),
      of_x("abs(x) - abs(-x)", abs(x) - abs(-x), 0, only({0})),
      of_x("relu(-relu(-x))", relu(-relu(-x)), 0, only({0})),
      of_x("relu(relu(x))", relu(relu(x)), 0, between(0, 1)),
      of_x("max(x, 2 * x)", max(x, 2_c * x), 0, between(1, 2)),
      of_x("max(x, x), at 1", max(x, x), 1, only({1})),
      of_x("min(max(x, -1), 1), at 1", min(max(x, -1_c), 1_c), 1, between(0, 1)),
      of_x("x * abs(x)", x * abs(x), 0, only({0})),
      of_x("abs(x) + x", abs(x) + x, 0, between(0, 2)),
      of_x("abs(x) + x - 2 * relu(x)", abs(x) + x - 2_c * relu(x), 0, only({0})),
      of_x("relu(2 * x) - 2 * relu(x)", relu(2_c * x) - 2_c * relu(x), 0, only({0})),
      of_x("max(x, abs(x))", max(x, abs(x)), 0, between(-1, 1)),
      of_x("min(x, abs(x))", min(x, abs(x)), 0, only({1})),
      of_x("relu(x) * relu(-x)", relu(x) * relu(-x), 0, only({0})),
      of_x("min(relu(x), relu(-x))", min(relu(x), relu(-x)), 0, only({0})),
      of_x("max(x, sin(x))", max(x, sin(x)), 0, only({1})),
      of_x("relu(x + 1) - relu(x - 1), at 1", relu(x + 1_c) - relu(x - 1_c), 1, between(0, 1)),
      of_x("relu(1 - abs(x)), at 1", relu(1_c - abs(x)), 1, between(-1, 0)),
      of_x("relu(x + 1) - 2 * relu(x) + relu(x - 1)", relu(x + 1_c) - 2_c * relu(x) + relu(x - 1_c),
           0, between(-1, 1)),
      of_x("abs(x - abs(x))", abs(x - abs(x)), 0, between(-2, 0)),
      of_x("relu(x - relu(x))", relu(x - relu(x)), 0, only({0})),
      of_x("relu(x) - relu(x - relu(-x))", relu(x) - relu(x - relu(-x)), 0, only({0})),
      of_x("abs(relu(x) - relu(-x))", abs(relu(x) - relu(-x)), 0, between(-1, 1)),
      of_x("max(max(x, 0), -x)", max(max(x, 0_c), -x), 0, between(-1, 1)),
      of_x("max(x, relu(2 * x) - relu(-x))", max(x, relu(2_c * x) - relu(-x)), 0, between(1, 2)),
      of_x("relu(x) / (1 + abs(x))", relu(x) / (1_c + abs(x)), 0, between(0, 1)),
      of_x("relu(sin(x)) - relu(-sin(x)) - sin(x)", relu(sin(x)) - relu(-sin(x)) - sin(x), 0,
           only({0})),
      of_x("leaky_relu<0.5>(x) - leaky_relu<0.5>(-x)", leaky_relu<0.5>(x) - leaky_relu<0.5>(-x), 0,
           only({1.5})),
      of_x("max(x, x * x), at 1", max(x, x * x), 1, between(1, 2)),
      of_x("abs(exp(x) - 1)", abs(exp(x) - 1_c), 0, between(-1, 1)),
      of_x("hinge(x), at 1", hinge(x), 1, between(-1, 0)),
      of_x("hard_swish(x), at -3", hard_swish(x), -3, between(-0.5, 0)),
      of_x("where(x > 0, x, 2 * x)", where(x > 0_c, x, 2_c * x), 0, between(1, 2)),
  };
}

/// Of several.
inline std::vector<composite> of_several() {
  using namespace ramp;
  using namespace ramp::literals;
  constexpr auto x = variable<"x">;
  constexpr auto y = variable<"y">;
  constexpr auto v = variable<"v", 3>;
  numbers const zero{0, 0, 0}, one{1, 1, 1};
  return {
      of_xy("max(x, y) at (1, 1)", max(x, y), 1, 1, hull({{1, 0}, {0, 1}})),
      of_xy("max(x, y) + min(x, y) at (1, 1)", max(x, y) + min(x, y), 1, 1, only({1, 1})),
      of_xy("max(x, y) - min(x, y) at (1, 1)", max(x, y) - min(x, y), 1, 1,
            hull({{1, -1}, {-1, 1}})),
      of_xy("max(x, y) - max(y, x) at (1, 1)", max(x, y) - max(y, x), 1, 1, only({0, 0})),
      of_xy("max(x, y) - max(max(x, y), x) at (1, 1)", max(x, y) - max(max(x, y), x), 1, 1,
            only({0, 0})),
      of_xy("max(x, y) - y - relu(x - y) at (1, 1)", max(x, y) - y - relu(x - y), 1, 1,
            only({0, 0})),
      of_xy("relu(x) - relu(x - y) - relu(y) at (1, 0)", relu(x) - relu(x - y) - relu(y), 1, 0,
            hull({{0, 0}, {0, 1}})),
      of_xy("abs(x) * y at (0, 1)", abs(x) * y, 0, 1, hull({{-1, 0}, {1, 0}})),
      of_xy("relu(x + 2 * y) - relu(-x - 2 * y) at (0, 0)", relu(x + 2_c * y) - relu(-x - 2_c * y),
            0, 0, only({1, 2})),
      of_xy("max(x, -2 * y) - x - relu(-x - 2 * y) at (0, 0)",
            max(x, -2_c * y) - x - relu(-x - 2_c * y), 0, 0, only({0, 0})),
      of_xy("relu(x + y) + relu(x - y) at (0, 0)", relu(x + y) + relu(x - y), 0, 0,
            hull({{0, 0}, {1, 1}, {1, -1}, {2, 0}})),
      of_xy("max(max(x, y), x + y) at (0, 0)", max(max(x, y), x + y), 0, 0,
            hull({{1, 0}, {0, 1}, {1, 1}})),
      of_xy("max(min(x, -y), y - x) at (0, 0)", max(min(x, -y), y - x), 0, 0,
            hull({{1, 0}, {0, -1}, {-1, 1}})),
      of_xy("min(max(x, y), max(x, -y)) at (0, 0)", min(max(x, y), max(x, -y)), 0, 0,
            hull({{1, 0}, {0, 1}, {0, -1}})),
      of_xy("abs(x) + abs(y) - max(abs(x + y), abs(x - y)) at (0, 0)",
            abs(x) + abs(y) - max(abs(x + y), abs(x - y)), 0, 0, only({0, 0})),
      of_xy("hypot(x, y) at (0, 0)", hypot(x, y), 0, 0, unit_ball()),
      of_v("max(v) at (1, 1, 1)", max(v), one, hull({{1, 0, 0}, {0, 1, 0}, {0, 0, 1}})),
      of_v("max(v) at (1, 1, 0)", max(v), {1, 1, 0}, hull({{1, 0, 0}, {0, 1, 0}})),
      of_v("max(v) + min(-v) at (1, 1, 1)", max(v) + min(-v), one, only({0, 0, 0})),
      of_v("max(v) - min(v) at (1, 1, 1)", max(v) - min(v), one,
           {"g1 + g2 + g3 = 0, |gi| <= 1",
            {{1, -1, 0}, {1, 0, -1}, {0, 1, -1}, {-1, 1, 0}, {-1, 0, 1}, {0, -1, 1}}}),
      of_v("max(v) * min(v) at (1, 1, 1)", max(v) * min(v), one,
           hull({{1, 1, 0}, {1, 0, 1}, {0, 1, 1}})),
      of_v("max(hadamard(v, v)) at (1, -1, 1)", max(hadamard(v, v)), {1, -1, 1},
           hull({{2, 0, 0}, {0, -2, 0}, {0, 0, 2}})),
      of_v("relu(max(v)) at (0, 0, 0)", relu(max(v)), zero,
           hull({{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}})),
      of_v("abs(max(v)) at (0, 0, 0)", abs(max(v)), zero, octahedron()),
      of_v("max(abs(v)) at (0, 0, 0)", max(abs(v)), zero, octahedron()),
      of_v("max(max(v), max(-v)) at (0, 0, 0)", max(max(v), max(-v)), zero, octahedron()),
      of_v("sum(abs(v)) at (0, 0, 0)", sum(abs(v)), zero, cube()),
      of_v("sum(relu(v)) - sum(relu(-v)) - sum(v) at (0, 0, 0)",
           sum(relu(v)) - sum(relu(-v)) - sum(v), zero, only({0, 0, 0})),
      of_v("dot(relu(v), v) at (0, 0, 0)", dot(relu(v), v), zero, only({0, 0, 0})),
      of_v("norm2(v) at (0, 0, 0)", norm2(v), zero, unit_ball()),
  };
}

}  // namespace composites
