// SPDX-License-Identifier: BSL-1.0
// Operations that are defined by others: their accuracy against long double, their special points,
// and that each has both.
#include <ramp/expr/definition.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>
#include <vector>

#include <ramp/check/modes.hpp>

#include "core/math/accuracy.hpp"
#include "laws/graphs.hpp"

using namespace laws;
namespace op = ramp::op;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

long double sigmoid(long double x) { return 1 / (1 + std::exp(-x)); }
long double softplus(long double x) { return x > 40 ? x : std::log1p(std::exp(x)); }

/// A composite, its arguments beside x, and the function itself in long double.
struct subject {
  std::string_view name;
  double max_ulp;
  value (*define)(ramp::detail::builder&, std::array<value, 3> const&);
  std::vector<double> constants;
  long double (*exact)(long double);
  double low, high;
};

template <class Op>
value define(ramp::detail::builder& b, std::array<value, 3> const& x) {
  std::array<value, static_cast<std::size_t>(Op::arity)> operands;
  std::copy_n(x.begin(), operands.size(), operands.begin());
  return ramp::detail::apply_operation<Op>(b, {}, operands);
}

template <class Op>
subject of(std::vector<double> constants, long double (*exact)(long double), double low,
           double high) {
  return {Op::name, Op::max_ulp, &define<Op>, std::move(constants), exact, low, high};
}

std::vector<subject> const& subjects() {
  static std::vector<subject> const all{
      of<op::square>({}, [](long double x) { return x * x; }, -1e3, 1e3),
      of<op::log_normal_pdf>(
          {}, [](long double x) { return -x * x / 2 - 0.918938533204672741780329736406L; }, -30,
          30),
      of<op::silu>({}, [](long double x) { return x * sigmoid(x); }, -40, 40),
      of<op::gelu>(
          {}, [](long double x) { return x * std::erfc(-x / std::sqrt(2.0L)) / 2; }, -30, 30),
      of<op::gelu_tanh>(
          {},
          [](long double x) {
            // the definition with tanh cancels in the tail even here
            return x * sigmoid(2 * std::sqrt(2 / 3.141592653589793238462643383279L) *
                               (x + 0.044715L * x * x * x));
          },
          -8, 8),
      of<op::mish>({}, [](long double x) { return x * std::tanh(softplus(x)); }, -40, 40),
      of<op::log_sigmoid>({}, [](long double x) { return -softplus(-x); }, -40, 40),
      of<op::celu>(
          {2.0}, [](long double x) { return x > 0 ? x : 2 * std::expm1(x / 2); }, -40, 40),
      of<op::selu>(
          {},
          [](long double x) {
            constexpr long double alpha = 1.6732632423543772848170429916717L;
            return 1.0507009873554804934193349852946L * (x > 0 ? x : alpha * std::expm1(x));
          },
          -40, 40),
      of<op::hard_sigmoid>(
          {}, [](long double x) { return std::clamp(x + 3, 0.0L, 6.0L) / 6; }, -5, 5),
      of<op::threshold>({0.5, -1.0}, [](long double x) { return x > 0.5L ? x : -1.0L; }, -3, 3),
      of<op::huber>(
          {1.5},
          [](long double x) {
            return std::fabs(x) <= 1.5L ? x * x / 2 : 1.5L * (std::fabs(x) - 0.75L);
          },
          -10, 10),
      of<op::hinge>({}, [](long double x) { return x < 1 ? 1 - x : 0.0L; }, -3, 3),
  };
  return all;
}

/// A composite of x and its constants, with its derivative by x; -1: absent.
struct graph_of {
  ramp::detail::builder b;
  int root = -1, slope = -1;

  graph_of(subject const& s, ramp::kink_policy policy) {
    b.policy = policy;
    std::array<value, 3> x{argument(b.graph, "x"), {}, {}};
    for (std::size_t i = 0; i < s.constants.size(); ++i) x[i + 1] = b.number(s.constants[i]);
    root = ramp::ir::full(s.define(b, x));
    slope = ramp::pass::reverse(b.graph, {root}, {b.graph.constant(1.0)}, {0}, policy)[0];
  }
  [[nodiscard]] double at(int node, double x) const {
    return ramp::check::evaluate_at(b.graph, {{x}})[node][0];
  }
};

subject const& named(std::string_view name) {
  return *std::find_if(subjects().begin(), subjects().end(),
                       [&](subject const& s) { return s.name == name; });
}

}  // namespace

TEST_CASE("every composite is measured here", "[op]") {
  []<class... Ops>(op::operation_list<Ops...>) {
    for (std::string_view name : {Ops::name...}) {
      INFO(name);
      CHECK(std::any_of(subjects().begin(), subjects().end(),
                        [&](subject const& s) { return s.name == name; }));
    }
  }(op::composites{});
}

TEST_CASE("composites are within their bounds", "[op]") {
  for (subject const& s : subjects()) {
    graph_of const g(s, ramp::standard.value);
    double worst = 0.0;
    double where = 0.0;
    for (int i = 0; i <= 4000; ++i) {
      double const x = s.low + (s.high - s.low) * i / 4000;
      double const error = accuracy::ulps(g.at(g.root, x), s.exact(static_cast<long double>(x)));
      if (error > worst) {
        worst = error;
        where = x;
      }
    }
    INFO(s.name << ": " << worst << " ulp at " << where);
    CHECK(worst <= std::max(s.max_ulp, 0.5));
  }
}

TEST_CASE("composites at their special points", "[op]") {
  struct row {
    std::string_view name;
    double x, value, slope;
  };
  row const rows[] = {
      {"square", -3, 9, -6},
      {"square", -inf, inf, -inf},
      {"log_normal_pdf", 0, -0.91893853320467274178, 0},
      {"log_normal_pdf", inf, -inf, -inf},
      {"silu", 0, 0, 0.5},
      {"silu", inf, inf, not_a_number},
      {"silu", -inf, not_a_number, not_a_number},
      {"silu", -1000, 0, 0},
      {"gelu", 0, 0, 0.5},
      {"gelu", -inf, not_a_number, not_a_number},
      {"gelu", 100, 100, 1},
      {"gelu_tanh", 0, 0, 0.5},
      {"gelu_tanh", -100, 0, 0},
      {"mish", 0, 0, 0.6},
      {"mish", -inf, not_a_number, not_a_number},
      {"log_sigmoid", 0, -0.69314718055994530942, 0.5},
      {"log_sigmoid", -1000, -1000, 1},
      {"log_sigmoid", 1000, 0, 0},
      {"celu", 0, 0, 1},
      {"celu", -inf, -2, 0},
      {"celu", inf, inf, 1},
      {"selu", 0, 0, 1.0507009873554804934 * 1.6732632423543772848},
      {"selu", -inf, -1.0507009873554804934 * 1.6732632423543772848, 0},
      {"selu", inf, inf, 1.0507009873554804934},
      {"hard_sigmoid", -3, 0, 0},
      {"hard_sigmoid", 0, 0.5, 1.0 / 6},
      {"hard_sigmoid", 3, 1, 0},
      {"hard_sigmoid", not_a_number, not_a_number, not_a_number},
      {"hard_sigmoid", -inf, 0, 0},
      {"hard_sigmoid", inf, 1, 0},
      {"threshold", 0.5, -1, 0},
      {"threshold", 0.75, 0.75, 1},
      {"threshold", not_a_number, not_a_number, 1},
      {"threshold", inf, inf, 1},
      {"huber", 1.5, 1.125, 1.5},
      {"huber", -1.5, 1.125, -1.5},
      {"huber", -inf, inf, -1.5},
      {"huber", 0, 0, 0},
      {"hinge", 1, 0, 0},
      {"hinge", -inf, inf, -1},
      {"hinge", inf, 0, 0},
      {"hinge", not_a_number, not_a_number, not_a_number},
  };
  auto const same = [](double a, double b) {
    return a == b || (std::isnan(a) && std::isnan(b)) || std::fabs(a - b) <= 1e-15 * std::fabs(b);
  };
  for (row const& r : rows) {
    graph_of const g(named(r.name), ramp::standard.value);
    INFO(r.name << "(" << r.x << ") is " << g.at(g.root, r.x) << ", slope " << g.at(g.slope, r.x));
    CHECK(same(g.at(g.root, r.x), r.value));
    CHECK(same(g.at(g.slope, r.x), r.slope));
  }
}

TEST_CASE("hinge has conventions of its own", "[op]") {
  auto const slope = [](ramp::kink_policy policy) {
    graph_of const g(named("hinge"), policy);
    return g.at(g.slope, 1.0);
  };
  CHECK(slope(ramp::standard.value) == 0.0);
  CHECK(slope(ramp::at_zero<0.25>.value) == -0.25);
  CHECK(slope(ramp::symmetric.value) == -0.5);
  CHECK(slope(ramp::pytorch.value) == -1.0);
  CHECK(slope(ramp::jax.value) == -0.5);
}
