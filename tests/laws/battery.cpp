// SPDX-License-Identifier: BSL-1.0
// Eleven compositions of kinked functions whose Clarke subdifferential is known, under every
// constant policy: what the chain rule alone gives, and what it gives after rewriting.
#include <ramp/check/modes.hpp>
#include <ramp/pass/rewrite.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <string>

#include "graphs.hpp"

using namespace laws;
using ramp::check::forward_derivative;
using ramp::check::reverse_gradient;
namespace op = ramp::op;

namespace {

value relu(value x) { return x.combine<op::relu>(0.0); }
value abs(value x) { return x.combine<op::abs>(0.0); }
value max(value a, value b) { return a.combine<op::max>(0.0, b); }
value min(value a, value b) { return a.combine<op::min>(0.0, b); }
value max(value a, double b) { return max(a, a.number(b)); }
value min(value a, double b) { return min(a, a.number(b)); }

using slopes = std::array<double, 4>;  // standard, at_zero<0>, at_zero<1>, symmetric

constexpr std::array<ramp::kink_policy, 4> policies{ramp::standard.value, ramp::at_zero<0.0>.value,
                                                    ramp::at_zero<1.0>.value,
                                                    ramp::symmetric.value};

struct composition {
  std::string text;
  value (*build)(value);
  double at;
  double clarke_lower;
  double clarke_upper;
  slopes plain;      // the chain rule alone
  slopes rewritten;  // after pass::rewrite
};

composition const battery[] = {
    {"relu(x) - relu(-x)",
     [](value x) { return relu(x) - relu(-x); },
     0,
     1,
     1,
     {0, 0, 2, 1},
     {1, 1, 1, 1}},
    {"max(x, 0) + min(x, 0)",
     [](value x) { return max(x, 0) + min(x, 0); },
     0,
     1,
     1,
     {0, 0, 2, 1},
     {1, 1, 1, 1}},
    {"relu(x) + relu(-x) - abs(x)",
     [](value x) { return relu(x) + relu(-x) - abs(x); },
     0,
     0,
     0,
     {0, 1, -1, 0},
     {0, 0, 0, 0}},
    {"(x + abs(x)) / 2 - relu(x)",
     [](value x) { return (x + abs(x)) / x.number(2.0) - relu(x); },
     0,
     0,
     0,
     {0.5, 0, 0, 0},
     {0, 0, 0, 0}},
    {"abs(x) - abs(-x)",
     [](value x) { return abs(x) - abs(-x); },
     0,
     0,
     0,
     {0, -2, 2, 0},
     {0, 0, 0, 0}},
    {"relu(-relu(-x))",
     [](value x) { return relu(-relu(-x)); },
     0,
     0,
     0,
     {0, 0, 1, 0.25},
     {0, 0, 0, 0}},
    {"relu(relu(x))",
     [](value x) { return relu(relu(x)); },
     0,
     0,
     1,
     {0, 0, 1, 0.25},
     {0, 0, 1, 0.5}},
    {"max(x, 2x)",
     [](value x) { return max(x, 2.0 * x); },
     0,
     1,
     2,
     {1.5, 2, 1, 1.5},
     {1.5, 2, 1, 1.5}},
    {"max(x, x)", [](value x) { return max(x, x); }, 1, 1, 1, {1, 1, 1, 1}, {1, 1, 1, 1}},
    {"min(max(x, -1), 1)",
     [](value x) { return min(max(x, -1), 1); },
     1,
     0,
     1,
     {0, 0, 1, 0.5},
     {0, 0, 1, 0.5}},
    {"x * abs(x)", [](value x) { return x * abs(x); }, 0, 0, 0, {0, 0, 0, 0}, {0, 0, 0, 0}},
};

/// The derivative, if both modes agree to the last bit.
double slope(graph const& g, int root, double at, ramp::kink_policy policy) {
  double const reverse = reverse_gradient(g, root, {0}, {{at}}, policy)[0][0];
  double const forward = forward_derivative(g, root, {0}, {{at}}, {{1.0}}, policy)[0];
  CHECK(reverse == forward);
  return reverse;
}

}  // namespace

TEST_CASE("battery of kinks: the derivative is the one promised", "[laws]") {
  std::array<int, 4> plain_inside{};
  std::array<int, 4> rewritten_inside{};
  for (auto const& c : battery) {
    graph g;
    std::vector<int> roots{c.build(argument(g, "x")).index};
    int const root = roots[0];
    auto const better = ramp::pass::rewrite(g, roots);
    for (std::size_t p = 0; p < policies.size(); ++p) {
      INFO(c.text << " under policy " << p);
      double const plain = slope(g, root, c.at, policies[p]);
      double const rewritten = slope(better, roots[0], c.at, policies[p]);
      CHECK(plain == c.plain[p]);
      CHECK(rewritten == c.rewritten[p]);
      plain_inside[p] += c.clarke_lower <= plain && plain <= c.clarke_upper;
      rewritten_inside[p] += c.clarke_lower <= rewritten && rewritten <= c.clarke_upper;
    }
  }
  // how many of the eleven lie in the Clarke subdifferential; figures in the documentation
  CHECK(plain_inside == std::array<int, 4>{8, 7, 6, 10});
  CHECK(rewritten_inside == std::array<int, 4>{11, 11, 11, 11});
}

TEST_CASE("battery of kinks: inserting with rewriting is the same as rewriting", "[laws]") {
  for (auto const& c : battery) {
    INFO(c.text);
    graph g;
    std::vector<int> roots{c.build(argument(g, "x")).index};
    auto const rebuilt = ramp::pass::rewrite(g, roots);
    graph direct;
    direct.arguments = g.arguments;
    std::vector<int> renumbered;
    for (node n : g.nodes) {
      for (std::size_t k = 0; k < n.arity; ++k)
        n.operand[k] = renumbered[static_cast<std::size_t>(n.operand[k])];
      renumbered.push_back(ramp::pass::insert_rewritten(direct, n));
    }
    std::vector<int> last{renumbered.back()};
    CHECK(ramp::pass::eliminate_dead_code(direct, last).nodes == rebuilt.nodes);
  }
}
