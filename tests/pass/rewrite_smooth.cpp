// SPDX-License-Identifier: BSL-1.0
// Where the rules for smooth functions stop, and what they do along axes, in batches and through
// maps; what each spelling of numbers becomes is in rewrite_rules.cpp.
#include <ramp/pass/rewrite_smooth.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <vector>

#include <ramp/ir/verify.hpp>

#include "spellings.hpp"

using namespace laws;
using ramp::kink_policy;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double smallest = std::numeric_limits<double>::min();  // 2^-1022

/// `v`, a square matrix, read transposed.
value turned(value v) {
  v.map = map_of(1, 0);
  return v;
}

/// The sum of a matrix along its last dimension, or along its first.
value row_sums(value v) { return ramp::ir::reduce_to<op::sum>(v, map_of(0), 1); }
value column_sums(value v) { return ramp::ir::reduce_to<op::sum>(v, map_of(1), 1); }

std::vector<double> elements(graph const& g, value const& v, ramp::check::point const& at) {
  int const i = ramp::ir::materialized(v);
  auto const e = ramp::check::evaluate_at(g, at);
  return {e[i], e[i] + v.space.elements()};
}

}  // namespace

TEST_CASE("products and quotients that only look like a pattern stay", "[rewrite]") {
  graph g;
  value const x = argument(g, "x", shape(3, 3));
  value const y = argument(g, "y", shape(3, 3));
  CHECK(rewrites::product_of_abs(abs(x) * abs(x)).index == (x * x).index);
  CHECK(rewrites::product_of_abs(abs(x) * abs(y)).absent());
  CHECK(rewrites::product_of_abs(abs(x) * turned(abs(x))).absent());
  CHECK(rewrites::product_with_log(x * log(y)).absent());
  CHECK(rewrites::product_with_log(x * turned(log(x))).absent());
  CHECK(rewrites::product_with_log(log(x) * log(x)).absent());
  value const e = exp(x);
  for (value const& v : {e / (exp(y) + 1.0), e / (e + 2.0), e / (1.0 - e), 2.0 / (e + 1.0),
                         turned(e) / (e + 1.0), 1.0 / (x + 1.0), e / (x + 1.0)}) {
    CHECK(rewrites::quotient_of_exponentials(v).absent());
    CHECK(rewrites::tanh_of_exponentials(v).absent());
  }
  value const f = exp(-x);
  CHECK(rewrites::tanh_of_exponentials((f - e) / (e + f)).index == tanh(-x).index);
  for (value const& v : {(e - f) / (e + exp(y)), (e - exp(-y)) / (e + exp(-y)), (e - f) / (e - f),
                         expm1(y) / (e + 1.0), expm1(x) / (e + 2.0), x / (e + f)})
    CHECK(rewrites::tanh_of_exponentials(v).absent());
  for (value const& v : {(e - f) * 0.25, (e - exp(-y)) * 0.5, (x + y) * 0.5, x * y,
                         log((x + 1.0) / (1.0 - y)) * 0.5, log((x + 2.0) / (1.0 - x)) * 0.5,
                         log((x + 1.0) / (2.0 - x)) * 0.5, log(x) * 0.5})
    CHECK(rewrites::half_of_exponentials(v).absent());
}

TEST_CASE("a division by a power of two is a product, exactly that", "[rewrite]") {
  graph g;
  value const x = argument(g, "x", shape(2));
  auto const inverse = [&](double divisor) {
    value const made = rewrites::divided_by_power_of_two(x / divisor);
    return made.absent() ? 0.0 : g[rewrites::operand(made, 1).index].value;
  };
  CHECK(inverse(8.0) == 0.125);
  CHECK(inverse(-0.25) == -4.0);
  CHECK(inverse(smallest) == 1.0 / smallest);
  CHECK(inverse(1.0 / smallest) == smallest);
  CHECK(inverse(2.0 / smallest) == 0.0);  // its inverse is subnormal
  for (double divisor : {3.0, 0.1, 0.0, -0.0, infinity, std::nan(""), smallest / 2, 1.5})
    CHECK(inverse(divisor) == 0.0);
  CHECK(rewrites::divided_by_power_of_two(x / exp(x)).absent());
}

TEST_CASE("the root of a square keeps its policy, of other products it stays", "[rewrite]") {
  graph g;
  value const x = argument(g, "x", shape(3, 3));
  kink_policy const own = ramp::at_zero<0.25>.value;
  value const marked = (x * x).combine_under<op::sqrt>(own, 0.0);
  CHECK(rewrites::policy_of(rewrites::sqrt_of_square(marked)) == own);
  CHECK(rewrites::policy_of(rewrites::sqrt_of_square(sqrt(x * x))) == kink_policy{});
  CHECK(rewrites::sqrt_of_square(sqrt(x * turned(x))).absent());
  CHECK(rewrites::sqrt_of_square(sqrt(x * exp(x))).absent());
  CHECK(rewrites::sqrt_of_square(sqrt(x)).absent());
}

TEST_CASE("powers are two functions, in the space of the power", "[rewrite]") {
  graph g;
  value const m = argument(g, "m", shape(2, 3));
  auto const power = [](value const& v) { return rewrites::power(v); };
  CHECK(power(pow(m, 0.5)).index == sqrt(m).index);
  value const inverse = power(pow(m, -1.0));
  CHECK(inverse.space == m.space);
  CHECK(inverse.index == (1.0 / m).index);
  for (double exponent : {3.0, -0.5, -2.0, 1.5}) CHECK(power(pow(m, exponent)).absent());
  CHECK(power(m.combine<op::pow>(0.0, m)).absent());
  CHECK(ramp::ir::verify(g) == "");
}

TEST_CASE("sums with 1 are those of a few functions", "[rewrite]") {
  graph g;
  value const x = argument(g, "x");
  value const y = argument(g, "y");
  for (value const& v : {2.0 - sigmoid(x), sigmoid(x) - 1.0, 1.0 - tanh(x), 2.0 - exp(x),
                         exp(x) - 2.0, sigmoid(x) * 3.0 - 1.0, sigmoid(x) * 2.0 - 2.0, x - y})
    CHECK(rewrites::difference_from_one(v).absent());
  for (value const& v : {1.0 + erfc(x), 2.0 + erf(x), exp(x) + -2.0, exp(x) + 1.0, x + y, 1.0 + x})
    CHECK(rewrites::sum_with_one(v).absent());
  for (value const& v : {softplus(x) + x, softplus(x) + -y, softplus(x) - y, y - softplus(x),
                         softplus(-x) - x, x + y})
    CHECK(rewrites::softplus_and_operand(v).absent());
}

TEST_CASE("logarithms of what only looks like a pattern stay", "[rewrite]") {
  graph g;
  value const x = argument(g, "x", shape(3, 3));
  value const y = argument(g, "y", shape(3, 3));
  for (value const& v : {x * y, x * turned(x), x + y, tanh(x)})
    CHECK(rewrites::log_of_function(log(v)).absent());
  for (value const& v : {x + 2.0, x - 1.0, exp(x) + y, x + y, x + sqrt(x * x + 2.0),
                         x + sqrt(y * y + 1.0), x - sqrt(x * x + 1.0), x + sqrt(1.0 - x * x),
                         x + sqrt(x * y + 1.0), x + sqrt(x * x - 2.0), x + sqrt(x), x * y})
    CHECK(rewrites::log_of_sum(log(v)).absent());
  for (value const& v : {x / (1.0 - y), x / (2.0 - x), x / (x - 1.0), x / y, turned(x) / (1.0 - x)})
    CHECK(rewrites::log_of_odds(log(v)).absent());
  CHECK(rewrites::log_of_sum(log(exp(x) + exp(turned(x)))).index ==
        logaddexp(x, turned(x)).index);
}

TEST_CASE("the kink that a logarithm of a square has is out of reach of policies", "[rewrite]") {
  graph g;
  value const x = argument(g, "x");
  value const made = rewrites::log_of_function(log(x * x));
  value const inside = rewrites::operand(rewrites::operand(made, 0), 0);
  REQUIRE(rewrites::is<op::abs>(inside));
  CHECK(rewrites::policy_of(inside) == ramp::standard.value);
}

TEST_CASE("the determinant of each matrix of a batch", "[rewrite]") {
  graph g;
  value const batch = argument(g, "batch", shape(2, 3, 3));
  value const d = ramp::ir::matrix_operation<op::determinant>(batch);
  REQUIRE(d.space == shape(2));
  value const plain = rewrites::log_of_determinant(log(d));
  CHECK(rewrites::is<op::log_determinant>(plain));
  CHECK(plain.space == shape(2));
  CHECK(g[plain.index].operand[0] == batch.index);
  CHECK(rewrites::is<op::log_abs_determinant>(rewrites::log_of_determinant(log(abs(d)))));
  CHECK(rewrites::log_of_determinant(log(exp(d))).absent());
  CHECK(rewrites::log_of_determinant(log(abs(exp(d)))).absent());
  // seen from a larger space
  value const wide{&g, log(d).index, map_of(1), shape(4, 2)};
  CHECK(rewrites::log_of_determinant(wide).map == map_of(1));
  CHECK(rewrites::log_of_determinant(wide).space == shape(4, 2));
  CHECK(ramp::ir::verify(g) == "");
}

TEST_CASE("exponentials of what is shifted by its maximum are known by its forms", "[rewrite]") {
  graph g;
  value const v = argument(g, "v", shape(4));
  value const w = argument(g, "w", shape(4));
  value const largest = over_all<op::reduce_max>(v);
  value const stopped = largest.combine<op::stop_gradient>(0.0);
  value const finite = where(argument(g, "condition"), largest, largest.number(0.0));
  CHECK(rewrites::is_shifted(v - largest));
  CHECK(rewrites::is_shifted(v - stopped));
  CHECK(rewrites::is_shifted(v - finite.combine<op::stop_gradient>(0.0)));
  CHECK_FALSE(rewrites::is_shifted(v));
  CHECK_FALSE(rewrites::is_shifted(v + largest));
  CHECK_FALSE(rewrites::is_shifted(w - largest));
  CHECK_FALSE(rewrites::is_shifted(v - over_all<op::reduce_min>(v)));

  value const safe = shifted(v);
  CHECK(rewrites::log_of_softmax(log(softmax(safe))).index == log_softmax(safe).index);
  CHECK(rewrites::log_of_softmax(log(softmax(v))).absent());
  CHECK(rewrites::log_of_softmax(log(exp(safe) / over_all<op::sum>(exp(v)))).absent());
  CHECK(rewrites::log_of_softmax(log(exp(safe) / over_all<op::reduce_max>(exp(safe)))).absent());
}

TEST_CASE("the logarithm of a sum of exponentials cannot overflow, along any axis", "[rewrite]") {
  graph g;
  value const m = argument(g, "m", shape(2, 3));
  ramp::check::point const at{{1000, 999, -5, -infinity, -infinity, -infinity}};
  auto const rewritten = [](value const& v) { return rewrites::log_of_sum_of_exp(log(v)); };
  value const rows = rewritten(row_sums(exp(m)));
  value const columns = rewritten(column_sums(exp(m)));
  value const all = rewritten(over_all<op::sum>(exp(m)));
  REQUIRE(ramp::ir::verify(g) == "");
  CHECK(rows.space == shape(2));
  auto const of_rows = elements(g, rows, at);
  CHECK(of_rows[0] == Approx(1000 + std::log1p(std::exp(-1.0))));
  CHECK(of_rows[1] == -infinity);
  CHECK(elements(g, columns, at) == std::vector<double>{1000, 999, -5});
  CHECK(elements(g, all, at)[0] == of_rows[0]);
  ramp::check::point const beyond{{infinity, 999, -5, std::nan(""), 0, 0}};
  CHECK(elements(g, rows, beyond)[0] == infinity);
  CHECK(std::isnan(elements(g, rows, beyond)[1]));
}

TEST_CASE("the maximum in it has no kink that a policy finds, and none is added to another",
          "[rewrite]") {
  graph g;
  value const m = argument(g, "m", shape(3, 3));
  auto const rewritten = [](value const& v) { return rewrites::log_of_sum_of_exp(log(v)); };
  CHECK(!rewritten(row_sums(turned(exp(m)))).absent());
  int maxima = 0;
  for (node const& n : g.nodes) {
    if (!n.is(code<op::reduce_max>)) continue;
    ++maxima;
    CHECK(n.policy == ramp::standard.value);
  }
  CHECK(maxima == 1);
  CHECK(rewritten(over_all<op::sum>(exp(shifted(m)))).absent());
  CHECK(rewritten(row_sums(m)).absent());
  CHECK(rewritten(exp(m)).absent());
  // a sum over repetitions of a vector: its results are no elements of it
  value const v = argument(g, "v", shape(3));
  value const repeated{&g, exp(v).index, map_of(1), shape(4, 3)};
  CHECK(rewritten(ramp::ir::reduce_to<op::sum>(repeated, map_of(0), 1)).absent());
}
