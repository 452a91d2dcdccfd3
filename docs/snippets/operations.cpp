// SPDX-License-Identifier: BSL-1.0
// The tables of docs/reference.md, from what the operations state and what they give.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <ramp/check/modes.hpp>
#include <ramp/expr/definition.hpp>
#include <ramp/op/table.hpp>

namespace op = ramp::op;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::string shown(double x) {
  if (std::isnan(x)) return "nan";
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", x + 0.0);  // no minus before a zero
  return text;
}

/// An elementwise operation, composite or not, applied to scalar arguments.
struct subject {
  std::string spelling;  // `max(a, b)`, `a + b`, `-a`
  std::string domain;
  std::string max_ulp;  // with a mark if the units are those of something larger than the result
  ramp::check::graph graph;
  int root = -1;

  [[nodiscard]] std::size_t arity() const { return graph.arguments.size(); }
  [[nodiscard]] double value(ramp::check::point const& at) const {
    return ramp::check::evaluate_at(graph, at)[root][0];
  }
  /// The partial derivative by operand k, under `standard`.
  [[nodiscard]] double slope(ramp::check::point const& at, std::size_t k = 0) const {
    int const wrt = static_cast<int>(k);
    return ramp::check::reverse_derivative(graph, root, {wrt}, at, {1.0},
                                           ramp::standard.value)[0][0];
  }
};

std::string spelling(op::notation const& text, std::size_t arity) {
  std::string const symbol(text.symbol);
  if (text.precedence > 0) return arity == 1 ? symbol + "a" : "a " + symbol + " b";
  return symbol + (arity == 1 ? "(a)" : arity == 2 ? "(a, b)" : "(a, b, c)");
}

/// The domain that an operation states, in words that agree with it on a grid.
std::string description_of(bool (*in_domain)(double const* x), char const* name) {
  struct described {
    char const* text;
    bool (*holds)(double const* x);
  };
  constexpr described all[] = {
      {"a > 0", [](double const* x) { return x[0] > 0; }},
      {"a > -1", [](double const* x) { return x[0] > -1; }},
      {"a > 1", [](double const* x) { return x[0] > 1; }},
      {"-1 < a < 1", [](double const* x) { return -1 < x[0] && x[0] < 1; }},
      {"0 < a < 1", [](double const* x) { return 0 < x[0] && x[0] < 1; }},
      {"a != 0", [](double const* x) { return x[0] != 0; }},
      {"a not 0, -1, ...", [](double const* x) { return x[0] > 0 || x[0] != std::floor(x[0]); }},
      {"b > 0", [](double const* x) { return x[1] > 0; }},
      {"b != 0", [](double const* x) { return x[1] != 0; }},
      {"b != c", [](double const* x) { return x[1] != x[2]; }},
      {"a != 0 or b > 0", [](double const* x) { return x[0] != 0 || x[1] > 0; }}};
  constexpr double grid[] = {-3, -2.5, -2, -1.5, -1, -0.5, -0.0, 0, 0.25, 0.5, 1, 1.5, 2, 3};
  for (described const& d : all) {
    bool agrees = true;
    for (double a : grid)
      for (double b : grid)
        for (double c : grid) {
          double const x[] = {a, b, c};
          agrees = agrees && in_domain(x) == d.holds(x);
        }
    if (agrees) return d.text;
  }
  std::printf("the domain of %s has no description\n", name);
  std::exit(1);
}

template <class Op>
subject subject_of() {
  constexpr auto arity = static_cast<std::size_t>(Op::arity);
  constexpr char const* names[] = {"a", "b", "c"};
  ramp::detail::builder b;
  b.policy = ramp::standard.value;
  std::array<ramp::ir::value, arity> x;
  for (std::size_t i = 0; i < arity; ++i)
    x[i] = b.argument({names[i], ramp::ir::argument_kind::variable, {}, 0});
  subject s;
  s.spelling = spelling(Op::text, arity);
  s.max_ulp = shown(Op::max_ulp) + (requires { Op::error_scale(nullptr); } ? "*" : " ");
  if constexpr (requires { Op::in_domain(nullptr); })
    s.domain = description_of(&Op::in_domain, Op::name.data());
  if constexpr (op::attributed<Op>) s.root = ramp::ir::full(x[0].template combine<Op>(1.0));
  else s.root = ramp::ir::full(ramp::detail::apply_operation<Op>(b, {}, x));
  s.graph = b.graph;
  return s;
}

/// A cell of a table.
void print(int width, std::string const& text) { std::printf("%*s", width, text.c_str()); }
void print(int width, double x) { print(width, shown(x)); }

constexpr int first_column = -19;

struct title {
  int width;
  char const* text;
};
void print_titles(std::initializer_list<title> first, int width,
                  std::initializer_list<char const*> more) {
  for (title const& t : first) print(t.width, t.text);
  for (char const* text : more) print(width, text);
  std::printf("\n");
}

constexpr double ends[] = {-inf, -1, 0, 1, inf};

/// Errors and domains; of functions of one number, values.
void print_facts(subject const& s) {
  print(first_column, s.spelling);
  print(6, s.max_ulp);
  print(-18, " " + s.domain);
  if (s.arity() == 1)
    for (double x : ends) print(9, s.value({{x}}));
  std::printf("\n");
}

void print_slopes(subject const& s) {
  if (s.arity() != 1) return;
  print(first_column, s.spelling);
  for (double x : ends) print(10, s.slope({{x}}));
  std::printf("\n");
}

/// Special values of functions of two numbers, and the two slopes at (0, 0).
void print_pairs(subject const& s) {
  constexpr double pairs[][2] = {{0, 0}, {0, inf}, {inf, 0}, {inf, inf}, {1, nan}, {nan, 0}};
  if (s.arity() != 2) return;
  print(first_column, s.spelling);
  for (auto const& [a, b] : pairs) print(9, s.value({{a}, {b}}));
  for (std::size_t k : {0u, 1u}) print(9, s.slope({{0}, {0}}, k));
  std::printf("\n");
}

/// Where the slope by `a` jumps and the value does not, for some b and c: the slopes a little to
/// the left and to the right differ, and still do twice as near.
void print_kinks(subject const& s) {
  for (double b : {0.5, 0.0}) {
    bool found = false;
    for (double a = -8; a <= 8; a += 0.5) {
      auto const at = [&](double x) {
        ramp::check::point all{{x}, {b}, {2}};
        all.resize(s.arity());
        return all;
      };
      auto const jump = [&](double step) {
        return std::fabs(s.slope(at(a + step)) - s.slope(at(a - step)));
      };
      constexpr double near = 0x1p-20;
      bool const is_continuous = std::fabs(s.value(at(a - near)) - s.value(at(a))) < 4 * near &&
                                 std::fabs(s.value(at(a + near)) - s.value(at(a))) < 4 * near;
      if (!is_continuous || !(jump(near) > 1e-6) || jump(near / 2) < 0.75 * jump(near)) continue;
      found = true;
      std::string place = "a = " + shown(a);
      if (s.arity() > 1) place += ", b = " + shown(b);
      if (s.arity() > 2) place += ", c = 2";
      print(first_column, s.spelling);
      print(-24, place);
      for (double side : {-near, near}) print(8, std::round(s.slope(at(a + side)) * 1e4) / 1e4);
      for (std::size_t k = 0; k < s.arity(); ++k) print(8, s.slope(at(a), k));
      std::printf("\n");
    }
    if (found || s.arity() == 1) return;
  }
}

template <class... Ops>
std::vector<subject> subjects(op::operation_list<Ops...>) {
  return {subject_of<Ops>()...};
}

template <class... Ops>
void print_names(char const* title, op::operation_list<Ops...>) {
  std::string line(title);
  auto const add = [&](std::string_view name) {
    if (line.size() + name.size() > 98) {
      std::puts(line.c_str());
      line.clear();
    }
    line.resize(std::max<std::size_t>(line.size() + 1, 13), ' ');
    line += name;
  };
  (add(Ops::name), ...);
  std::puts(line.c_str());
}

/// Operations that may give a number where an operand is NaN.
template <class... Ops>
void print_absorbing(op::operation_list<Ops...>) {
  auto const print_one = []<class Op>(std::type_identity<Op>) {
    if constexpr (requires { Op::absorbs_nan(nullptr); }) std::printf("%s ", Op::name.data());
  };
  (print_one(std::type_identity<Ops>{}), ...);
}

}  // namespace

int main() {
  using namespace op::detail;
  using smooth = decltype(arithmetic{} + functions{});
  using others = decltype(steps{} + kinked_functions{} + conditions{} + op::composites{});
  using of_tensors = decltype(reductions{} + scans{} + layouts{});
  static_assert(smooth::size + others::size + of_tensors::size + matrices::size +
                        parts_of_derivatives::size + ends_of_intervals::size + leaves::size ==
                    op::table::size + op::composites::size,
                "every operation is in the output");
  auto const all = subjects(decltype(smooth{} + others{}){});

  std::puts("[facts]");
  print_titles({{first_column, ""}, {6, "ulp "}, {-18, " domain"}}, 9,
               {"f(-inf)", "f(-1)", "f(0)", "f(1)", "f(inf)"});
  for (subject const& s : all) print_facts(s);
  std::puts("[slopes]");
  print_titles({{first_column, ""}}, 10, {"f'(-inf)", "f'(-1)", "f'(0)", "f'(1)", "f'(inf)"});
  for (subject const& s : all) print_slopes(s);
  std::puts("[pairs]");
  print_titles({{first_column, ""}}, 9,
               {"0, 0", "0, inf", "inf, 0", "inf, inf", "1, nan", "nan, 0", "by a", "by b"});
  for (subject const& s : subjects(decltype(smooth{} + kinked_functions{}){})) print_pairs(s);
  std::puts("[kinks]");
  print_titles({{first_column, ""}, {-24, "where"}}, 8, {"left", "right", "by a", "by b", "by c"});
  for (subject const& s : all) print_kinks(s);

  std::puts("[nan]");
  print_absorbing(decltype(smooth{} + others{}){});
  std::puts("\n[others]");
  print_names("tensors", of_tensors{});
  print_names("matrices", matrices{});
  print_names("derivatives", parts_of_derivatives{});
  print_names("intervals", ends_of_intervals{});
  print_names("leaves", leaves{});
}
