// SPDX-License-Identifier: BSL-1.0
// Every rewrite rule: the spellings that it is for, what they become, where the value differs, and
// the derivative at the kink.
#include <ramp/pass/rewrite_rules.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <string_view>
#include <type_traits>
#include <vector>

#include <ramp/check/modes.hpp>
#include <ramp/ir/verify.hpp>

#include "spellings.hpp"

using namespace laws;
using ramp::check::forward_derivative;
using ramp::check::point;
using ramp::check::reverse_gradient;
using ramp::pass::difference;
using ramp::pass::insert_rewritten;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

using builder = value (*)(value x, value y, value z);

struct rule_case {
  std::string_view rule;  // the text of the rule in rewrites::all, which fires in `from`
  builder from;
  builder to;
  // how the rewritten expression moves with x at the kink x = y = z = 0, under standard,
  // at_zero<0.25> and at_zero<1>
  std::vector<double> slopes{};
};

constexpr std::string_view several_rules = "several rules, one after the other";

rule_case const cases[] = {
    {"relu(relu(a)) -> relu(a)",
     [](value x, value, value) { return relu(relu(x)); },
     [](value x, value, value) { return relu(x); },
     {0, 0.25, 1}},
    {"relu(relu(a)) -> relu(a)",
     [](value x, value, value) { return relu(-relu(x)); },
     [](value x, value, value) { return zero_unless_nan(x); },
     {0, 0, 0}},
    {"relu(relu(a)) -> relu(a)",
     [](value x, value, value) { return relu(abs(x)); },
     [](value x, value, value) { return abs(x); },
     {0, -0.5, 1}},
    {"relu(relu(a)) -> relu(a)",
     [](value x, value, value) { return relu(-abs(x)); },
     [](value x, value, value) { return zero_unless_nan(x); },
     {0, 0, 0}},
    {"relu(relu(a)) -> relu(a)",
     [](value x, value, value) { return relu(3.0 * relu(-x)); },
     [](value x, value, value) { return 3.0 * relu(-x); },
     {0, -0.75, -3}},
    {"relu(exp(a)) -> exp(a)",
     [](value x, value, value) { return relu(exp(x)); },
     [](value x, value, value) { return exp(x); },
     {1, 1, 1}},
    {"relu(exp(a)) -> exp(a)",
     [](value x, value, value) { return relu(x * x); },
     [](value x, value, value) { return x * x; },
     {0, 0, 0}},
    {"relu(exp(a)) -> exp(a)",
     [](value x, value, value) { return relu(sigmoid(x)); },
     [](value x, value, value) { return sigmoid(x); },
     {0.25, 0.25, 0.25}},
    {"relu(exp(a)) -> exp(a)",
     [](value x, value, value) { return relu(softplus(x)); },
     [](value x, value, value) { return softplus(x); },
     {0.5, 0.5, 0.5}},
    {"relu(exp(a)) -> exp(a)",
     [](value x, value, value) { return relu(sqrt(x + 1.0)); },
     [](value x, value, value) { return sqrt(x + 1.0); },
     {0.5, 0.5, 0.5}},
    {"abs(-a) -> abs(a)",
     [](value x, value, value) { return abs(-x); },
     [](value x, value, value) { return abs(x); },
     {0, -0.5, 1}},
    {"abs(-a) -> abs(a)",
     [](value x, value, value) { return abs(abs(x)); },
     [](value x, value, value) { return abs(x); },
     {0, -0.5, 1}},
    {"abs(-a) -> abs(a)",
     [](value x, value, value) { return abs(relu(x)); },
     [](value x, value, value) { return relu(x); },
     {0, 0.25, 1}},
    {"abs(-a) -> abs(a)",
     [](value x, value, value) { return abs(-relu(x)); },
     [](value x, value, value) { return relu(x); },
     {0, 0.25, 1}},
    {"abs(exp(a)) -> exp(a)",
     [](value x, value, value) { return abs(exp(x)); },
     [](value x, value, value) { return exp(x); },
     {1, 1, 1}},
    {"abs(exp(a)) -> exp(a)",
     [](value x, value, value) { return abs(sqrt(x)); },
     [](value x, value, value) { return sqrt(x); },
     {infinity, infinity, infinity}},
    {"max(a, 0) -> relu(a), max(a, -a) -> abs(a)",
     [](value x, value, value) { return max(x, 0.0); },
     [](value x, value, value) { return relu(x); },
     {0, 0.25, 1}},
    {"max(a, 0) -> relu(a), max(a, -a) -> abs(a)",
     [](value x, value, value) { return max(0.0, x); },
     [](value x, value, value) { return relu(x); },
     {0, 0.25, 1}},
    {"max(a, 0) -> relu(a), max(a, -a) -> abs(a)",
     [](value x, value, value) { return max(x, -0.0); },
     [](value x, value, value) { return relu(x); },
     {0, 0.25, 1}},
    {"max(a, 0) -> relu(a), max(a, -a) -> abs(a)",
     [](value x, value, value) { return max(-x, 0.0); },
     [](value x, value, value) { return relu(-x); },
     {0, -0.25, -1}},
    {"max(a, 0) -> relu(a), max(a, -a) -> abs(a)",
     [](value x, value, value) { return max(x, -x); },
     [](value x, value, value) { return abs(x); },
     {0, -0.5, 1}},
    {"max(a, 0) -> relu(a), max(a, -a) -> abs(a)",
     [](value x, value, value) { return max(-x, x); },
     [](value x, value, value) { return abs(x); },
     {0, -0.5, 1}},
    {"max(a, 0) -> relu(a), max(a, -a) -> abs(a)",
     [](value x, value y, value) { return max(x - y, y - x); },
     [](value x, value y, value) { return abs(x - y); },
     {0, -0.5, 1}},
    {"max(a, 0) -> relu(a), max(a, -a) -> abs(a)",
     [](value x, value, value) { return max(2.0 * x, -2.0 * x); },
     [](value x, value, value) { return 2.0 * abs(x); },
     {0, -1, 2}},
    {"max(a, 0) -> relu(a), max(a, -a) -> abs(a)",
     [](value x, value, value) { return max(x, x); },
     [](value x, value, value) { return x; },
     {1, 1, 1}},
    {"max(a, 0) -> relu(a), max(a, -a) -> abs(a)",
     [](value x, value, value) { return max(relu(x), x); },
     [](value x, value, value) { return relu(x); },
     {0, 0.25, 1}},
    {"max(a, 0) -> relu(a), max(a, -a) -> abs(a)",
     [](value x, value, value) { return max(relu(x), relu(-x)); },
     [](value x, value, value) { return abs(x); },
     {0, -0.5, 1}},
    {"max(a, 0) -> relu(a), max(a, -a) -> abs(a)",
     [](value x, value, value) { return max(x, 0.25 * x); },
     [](value x, value, value) { return leaky_relu(x, 0.25); },
     {0.25, 0.4375, 1}},
    {"max(a, 0) -> relu(a), max(a, -a) -> abs(a)",
     [](value x, value, value) { return max(0.25 * x, x); },
     [](value x, value, value) { return leaky_relu(x, 0.25); },
     {0.25, 0.4375, 1}},
    {"max(max(a, b), c) -> max over a stack",
     [](value x, value y, value z) { return max(max(x, y), z); },
     [](value x, value y, value z) { return over_all<op::reduce_max>(vector_of(x, y, z)); },
     {1.0 / 3, 1.0 / 3, 1.0 / 3}},
    {"max(max(a, b), c) -> max over a stack",
     [](value x, value y, value z) { return max(y, max(x, z)); },
     [](value x, value y, value z) { return over_all<op::reduce_max>(vector_of(y, x, z)); },
     {1.0 / 3, 1.0 / 3, 1.0 / 3}},
    {"max(max(a, b), c) -> max over a stack",
     [](value x, value y, value z) { return max(max(max(x, y), z), y); },
     [](value x, value y, value z) { return over_all<op::reduce_max>(vector_of(x, y, z)); },
     {1.0 / 3, 1.0 / 3, 1.0 / 3}},
    {"max(max(a, b), c) -> max over a stack",
     [](value x, value y, value z) { return max(max(x, y), max(y, z)); },
     [](value x, value y, value z) { return over_all<op::reduce_max>(vector_of(x, y, z)); },
     {1.0 / 3, 1.0 / 3, 1.0 / 3}},
    {"max(max(a, b), c) -> max over a stack",
     [](value x, value y, value) { return max(max(x, y), x); },
     [](value x, value y, value) { return max(x, y); },
     {0.5, 0.25, 1}},
    {"max(max(a, b), c) -> max over a stack",
     [](value x, value y, value) { return max(y, max(x, y)); },
     [](value x, value y, value) { return max(x, y); },
     {0.5, 0.25, 1}},
    {"min(a, 0) -> -relu(-a), min(a, -a) -> -abs(a)",
     [](value x, value, value) { return min(x, 0.0); },
     [](value x, value, value) { return -relu(-x); },
     {0, 0.25, 1}},
    {"min(a, 0) -> -relu(-a), min(a, -a) -> -abs(a)",
     [](value x, value, value) { return min(0.0, x); },
     [](value x, value, value) { return -relu(-x); },
     {0, 0.25, 1}},
    {"min(a, 0) -> -relu(-a), min(a, -a) -> -abs(a)",
     [](value x, value, value) { return min(x, -x); },
     [](value x, value, value) { return -abs(x); },
     {0, 0.5, -1}},
    {"min(a, 0) -> -relu(-a), min(a, -a) -> -abs(a)",
     [](value x, value, value) { return min(x, x); },
     [](value x, value, value) { return x; },
     {1, 1, 1}},
    {"min(a, 0) -> -relu(-a), min(a, -a) -> -abs(a)",
     [](value x, value, value) { return min(abs(x), x); },
     [](value x, value, value) { return x; },
     {1, 1, 1}},
    {"min(a, 0) -> -relu(-a), min(a, -a) -> -abs(a)",
     [](value x, value, value) { return min(relu(x), 0.0); },
     [](value x, value, value) { return zero_unless_nan(x); },
     {0, 0, 0}},
    {"min(min(a, b), c) -> min over a stack",
     [](value x, value y, value z) { return min(min(x, y), z); },
     [](value x, value y, value z) { return over_all<op::reduce_min>(vector_of(x, y, z)); },
     {1.0 / 3, 1.0 / 3, 1.0 / 3}},
    {"min(min(a, b), c) -> min over a stack",
     [](value x, value y, value) { return min(x, min(x, y)); },
     [](value x, value y, value) { return min(x, y); },
     {0.5, 0.75, 0}},
    {"relu(a) + relu(-a) -> abs(a)",
     [](value x, value, value) { return relu(x) + relu(-x); },
     [](value x, value, value) { return abs(x); },
     {0, -0.5, 1}},
    {"relu(a) + relu(-a) -> abs(a)",
     [](value x, value, value) { return 2.0 * relu(-x) + x; },
     [](value x, value, value) { return abs(x); },
     {0, -0.5, 1}},
    {"relu(a) + relu(-a) -> abs(a)",
     [](value x, value, value) { return x + abs(x); },
     [](value x, value, value) { return 2.0 * relu(x); },
     {0, 0.5, 2}},
    {"relu(a) + relu(-a) -> abs(a)",
     [](value x, value, value) { return abs(x) + x; },
     [](value x, value, value) { return 2.0 * relu(x); },
     {0, 0.5, 2}},
    {"relu(a) - relu(-a) -> a",
     [](value x, value, value) { return -x + 2.0 * relu(x); },
     [](value x, value, value) { return abs(x); },
     {0, -0.5, 1}},
    {"relu(a) + relu(-a) -> abs(a)",
     [](value x, value, value) { return x + relu(-x); },
     [](value x, value, value) { return relu(x); },
     {0, 0.25, 1}},
    {"relu(a) + relu(-a) -> abs(a)",
     [](value x, value y, value) { return relu(x - y) + relu(y - x); },
     [](value x, value y, value) { return abs(x - y); },
     {0, -0.5, 1}},
    {"max(a, b) + min(a, b) -> a + b",
     [](value x, value y, value) { return max(x, y) + min(x, y); },
     [](value x, value y, value) { return x + y; },
     {1, 1, 1}},
    {"max(a, b) + min(a, b) -> a + b",
     [](value x, value y, value) { return min(y, x) + max(x, y); },
     [](value x, value y, value) { return x + y; },
     {1, 1, 1}},
    {"max(a, b) + min(a, b) -> a + b",
     [](value x, value, value) { return max(x, 3.0) + min(3.0, x); },
     [](value x, value, value) { return x + 3.0; },
     {1, 1, 1}},
    {"a + relu(b - a) -> max(b, a)",
     [](value x, value y, value) { return x + relu(y - x); },
     [](value x, value y, value) { return max(y, x); },
     {0.5, 0.75, 0}},
    {"a + relu(b - a) -> max(b, a)",
     [](value x, value y, value) { return relu(x - y) + y; },
     [](value x, value y, value) { return max(x, y); },
     {0.5, 0.25, 1}},
    {"a + relu(b - a) -> max(b, a)",
     [](value x, value, value) { return 3.0 + relu(x - 3.0); },
     [](value x, value, value) { return max(x, 3.0); },
     {0, 0, 0}},
    {"a + softplus(-a) -> softplus(a)",
     [](value x, value, value) { return x + softplus(-x); },
     [](value x, value, value) { return softplus(x); },
     {0.5, 0.5, 0.5}},
    {"a + softplus(-a) -> softplus(a)",
     [](value x, value y, value) { return softplus(y - x) + (x - y); },
     [](value x, value y, value) { return softplus(x - y); },
     {0.5, 0.5, 0.5}},
    {"relu(a) - relu(-a) -> a",
     [](value x, value, value) { return relu(x) - relu(-x); },
     [](value x, value, value) { return x; },
     {1, 1, 1}},
    {"relu(a) - relu(-a) -> a",
     [](value x, value y, value) { return relu(x - y) - relu(y - x); },
     [](value x, value y, value) { return x - y; },
     {1, 1, 1}},
    {"relu(a) - relu(-a) -> a",
     [](value x, value, value) { return -relu(x) + relu(-x); },
     [](value x, value, value) { return -x; },
     {-1, -1, -1}},
    {"relu(a) - relu(-a) -> a",
     [](value x, value, value) { return x - relu(x); },
     [](value x, value, value) { return -relu(-x); },
     {0, 0.25, 1}},
    {"relu(a) - relu(-a) -> a",
     [](value x, value, value) { return relu(x) - x; },
     [](value x, value, value) { return relu(-x); },
     {0, -0.25, -1}},
    {"relu(a) - relu(-a) -> a",
     [](value x, value, value) { return abs(x) - x; },
     [](value x, value, value) { return 2.0 * relu(-x); },
     {0, -0.5, -2}},
    {"relu(a) - relu(-a) -> a",
     [](value x, value, value) { return 2.0 * relu(x) - x; },
     [](value x, value, value) { return abs(x); },
     {0, -0.5, 1}},
    {"relu(a) - relu(-a) -> a",
     [](value x, value, value) { return abs(x) - relu(x); },
     [](value x, value, value) { return relu(-x); },
     {0, -0.25, -1}},
    {"a - relu(a - b) -> min(a, b)",
     [](value x, value y, value) { return x - relu(x - y); },
     [](value x, value y, value) { return min(x, y); },
     {0.5, 0.75, 0}},
    {"a - relu(a - b) -> min(a, b)",
     [](value x, value, value) { return 3.0 - relu(3.0 - x); },
     [](value x, value, value) { return min(3.0, x); },
     {1, 1, 1}},
    {"softplus(a) - a -> softplus(-a)",
     [](value x, value, value) { return softplus(x) - x; },
     [](value x, value, value) { return softplus(-x); },
     {-0.5, -0.5, -0.5}},
    {"softplus(a) - a -> softplus(-a)",
     [](value x, value, value) { return x - softplus(x); },
     [](value x, value, value) { return -softplus(-x); },
     {0.5, 0.5, 0.5}},
    {"1 - sigmoid(a) -> sigmoid(-a), exp(a) - 1 -> expm1(a)",
     [](value x, value, value) { return 1.0 - sigmoid(x); },
     [](value x, value, value) { return sigmoid(-x); },
     {-0.25, -0.25, -0.25}},
    {"abs(a) * abs(a) -> a * a",
     [](value x, value, value) { return abs(x) * abs(x); },
     [](value x, value, value) { return x * x; },
     {0, 0, 0}},
    {"0.5 * (a + b + abs(a - b)) -> max(a, b)",
     [](value x, value y, value) { return 0.5 * (x + y + abs(x - y)); },
     [](value x, value y, value) { return max(x, y); },
     {0.5, 0.25, 1}},
    {"0.5 * (a + b + abs(a - b)) -> max(a, b)",
     [](value x, value y, value) { return 0.5 * (abs(x - y) + (y + x)); },
     [](value x, value y, value) { return max(x, y); },
     {0.5, 0.25, 1}},
    {"0.5 * (a + b + abs(a - b)) -> max(a, b)",
     [](value x, value y, value) { return 0.5 * (x + y - abs(x - y)); },
     [](value x, value y, value) { return min(x, y); },
     {0.5, 0.75, 0}},
    {"a / 2 -> a * 0.5",
     [](value x, value, value) { return x / 2.0; },
     [](value x, value, value) { return 0.5 * x; },
     {0.5, 0.5, 0.5}},
    {"a / 2 -> a * 0.5",
     [](value x, value, value) { return x / -0.125; },
     [](value x, value, value) { return -8.0 * x; },
     {-8, -8, -8}},
    {several_rules,
     [](value x, value, value) { return (abs(x) + x) / 2.0; },
     [](value x, value, value) { return relu(x); },
     {0, 0.25, 1}},
    {several_rules,
     [](value x, value y, value) { return (x + y + abs(x - y)) / 2.0; },
     [](value x, value y, value) { return max(x, y); },
     {0.5, 0.25, 1}},
    {"1 / (1 + exp(a)) -> sigmoid(-a)",
     [](value x, value, value) { return 1.0 / (1.0 + exp(x)); },
     [](value x, value, value) { return sigmoid(-x); },
     {-0.25, -0.25, -0.25}},
    {"1 / (1 + exp(a)) -> sigmoid(-a)",
     [](value x, value, value) { return 1.0 / (exp(-x) + 1.0); },
     [](value x, value, value) { return sigmoid(x); },
     {0.25, 0.25, 0.25}},
    {"1 / (1 + exp(a)) -> sigmoid(-a)",
     [](value x, value, value) { return exp(x) / (1.0 + exp(x)); },
     [](value x, value, value) { return sigmoid(x); },
     {0.25, 0.25, 0.25}},
    {"1 / (1 + exp(a)) -> sigmoid(-a)",
     [](value x, value, value) { return 1.0 / exp(x); },
     [](value x, value, value) { return exp(-x); },
     {-1, -1, -1}},
    {"(exp(a) - exp(-a)) / (exp(a) + exp(-a)) -> tanh(a)",
     [](value x, value, value) { return (exp(x) - exp(-x)) / (exp(x) + exp(-x)); },
     [](value x, value, value) { return tanh(x); },
     {1, 1, 1}},
    {"(exp(a) - exp(-a)) / (exp(a) + exp(-a)) -> tanh(a)",
     [](value x, value, value) { return (exp(-x) - exp(x)) / (exp(x) + exp(-x)); },
     [](value x, value, value) { return tanh(-x); },
     {-1, -1, -1}},
    {"sqrt(a * a) -> abs(a)",
     [](value x, value, value) { return sqrt(x * x); },
     [](value x, value, value) { return abs(x); },
     {0, -0.5, 1}},
    {"sqrt(a * a) -> abs(a)",
     [](value x, value, value) { return sqrt(pow(x, 2.0)); },
     [](value x, value, value) { return abs(x); },
     {0, -0.5, 1}},
    {"log(exp(a)) -> a, log(sqrt(a)) -> 0.5 * log(a)",
     [](value x, value, value) { return log(exp(x)); },
     [](value x, value, value) { return x; },
     {1, 1, 1}},
    {"log(1 + exp(a)) -> softplus(a), log(1 + a) -> log1p(a)",
     [](value x, value, value) { return log(1.0 + exp(x)); },
     [](value x, value, value) { return softplus(x); },
     {0.5, 0.5, 0.5}},
    {"log(1 + exp(a)) -> softplus(a), log(1 + a) -> log1p(a)",
     [](value x, value, value) { return log(exp(x) + 1.0); },
     [](value x, value, value) { return softplus(x); },
     {0.5, 0.5, 0.5}},
    {"log(exp(a)) -> a, log(sqrt(a)) -> 0.5 * log(a)",
     [](value x, value, value) { return log(sigmoid(x)); },
     [](value x, value, value) { return -softplus(-x); },
     {0.5, 0.5, 0.5}},
    {"log(exp(a)) -> a, log(sqrt(a)) -> 0.5 * log(a)",
     [](value x, value, value) { return log(sqrt(x)); },
     [](value x, value, value) { return 0.5 * log(x); },
     {infinity, infinity, infinity}},
    {"log(exp(a)) -> a, log(sqrt(a)) -> 0.5 * log(a)",
     [](value x, value, value) { return log(x * x); },
     [](value x, value, value) {
       return 2.0 * log(x.combine_under<op::abs>(ramp::standard.value, 0.0));
     },
     {not_a_number, not_a_number, not_a_number}},
    {"log(softmax(a)) -> a - log(sum(exp(a)))",
     [](value x, value y, value z) { return second(log(softmax(shifted(vector_of(y, x, z))))); },
     [](value x, value y, value z) { return second(log_softmax(shifted(vector_of(y, x, z)))); },
     {2.0 / 3, 2.0 / 3, 2.0 / 3}},
    {"log(determinant(a)) -> log_determinant(a), also of abs",
     [](value x, value y, value z) { return log(of_matrix<op::determinant>(x, y, z)); },
     of_matrix<op::log_determinant>},
    {"log(determinant(a)) -> log_determinant(a), also of abs",
     [](value x, value y, value z) { return log(abs(of_matrix<op::determinant>(x, y, z))); },
     of_matrix<op::log_abs_determinant>},
    {"log(sum(exp(a))) -> m + log(sum(exp(a - m)))",
     [](value x, value y, value z) { return log(over_all<op::sum>(exp(vector_of(x, y, z)))); },
     [](value x, value y, value z) { return stable_logsumexp(vector_of(x, y, z)); },
     {1.0 / 3, 1.0 / 3, 1.0 / 3}},
    {"pow(x, -1) -> 1 / x, pow(x, 0.5) -> sqrt(x)",
     [](value x, value, value) { return pow(x, -1.0); },
     [](value x, value, value) { return 1.0 / x; },
     {-infinity, -infinity, -infinity}},
    {"pow(x, -1) -> 1 / x, pow(x, 0.5) -> sqrt(x)",
     [](value x, value, value) { return pow(x, 0.5); },
     [](value x, value, value) { return sqrt(x); },
     {infinity, infinity, infinity}},
    {"1 + erf(a) -> erfc(-a), exp(a) + -1 -> expm1(a)",
     [](value x, value, value) { return 1.0 + erf(x); },
     [](value x, value, value) { return erfc(-x); },
     {1.1283791670955126, 1.1283791670955126, 1.1283791670955126}},
    {"1 + erf(a) -> erfc(-a), exp(a) + -1 -> expm1(a)",
     [](value x, value, value) { return exp(x) + -1.0; },
     [](value x, value, value) { return expm1(x); },
     {1, 1, 1}},
    {"1 - sigmoid(a) -> sigmoid(-a), exp(a) - 1 -> expm1(a)",
     [](value x, value, value) { return 1.0 - erf(x); },
     [](value x, value, value) { return erfc(x); },
     {-1.1283791670955126, -1.1283791670955126, -1.1283791670955126}},
    {"1 - sigmoid(a) -> sigmoid(-a), exp(a) - 1 -> expm1(a)",
     [](value x, value, value) { return 1.0 - erfc(x); },
     [](value x, value, value) { return erf(x); },
     {1.1283791670955126, 1.1283791670955126, 1.1283791670955126}},
    {"1 - sigmoid(a) -> sigmoid(-a), exp(a) - 1 -> expm1(a)",
     [](value x, value, value) { return 1.0 - exp(x); },
     [](value x, value, value) { return -expm1(x); },
     {-1, -1, -1}},
    {"1 - sigmoid(a) -> sigmoid(-a), exp(a) - 1 -> expm1(a)",
     [](value x, value, value) { return exp(x) - 1.0; },
     [](value x, value, value) { return expm1(x); },
     {1, 1, 1}},
    {"1 - sigmoid(a) -> sigmoid(-a), exp(a) - 1 -> expm1(a)",
     [](value x, value, value) { return 2.0 * sigmoid(x) - 1.0; },
     [](value x, value, value) { return tanh(0.5 * x); },
     {0.5, 0.5, 0.5}},
    {"a * log(a) -> xlogy(a, a)",
     [](value x, value, value) { return x * log(x); },
     [](value x, value, value) { return xlogy(x, x); },
     {-infinity, -infinity, -infinity}},
    {"a * log(a) -> xlogy(a, a)",
     [](value x, value, value) { return log(x) * x; },
     [](value x, value, value) { return xlogy(x, x); },
     {-infinity, -infinity, -infinity}},
    {"0.5 * (exp(a) - exp(-a)) -> sinh(a)",
     [](value x, value, value) { return 0.5 * (exp(x) - exp(-x)); },
     [](value x, value, value) { return sinh(x); },
     {1, 1, 1}},
    {"0.5 * (exp(a) - exp(-a)) -> sinh(a)",
     [](value x, value, value) { return 0.5 * (exp(x) + exp(-x)); },
     [](value x, value, value) { return cosh(x); },
     {0, 0, 0}},
    {"0.5 * (exp(a) - exp(-a)) -> sinh(a)",
     [](value x, value, value) { return 0.5 * log((1.0 + x) / (1.0 - x)); },
     [](value x, value, value) { return atanh(x); },
     {1, 1, 1}},
    {"(exp(a) - exp(-a)) / (exp(a) + exp(-a)) -> tanh(a)",
     [](value x, value, value) { return expm1(x) / (exp(x) + 1.0); },
     [](value x, value, value) { return tanh(0.5 * x); },
     {0.5, 0.5, 0.5}},
    {"log(1 + exp(a)) -> softplus(a), log(1 + a) -> log1p(a)",
     [](value x, value, value) { return log(1.0 + x); },
     [](value x, value, value) { return log1p(x); },
     {1, 1, 1}},
    {"log(1 + exp(a)) -> softplus(a), log(1 + a) -> log1p(a)",
     [](value x, value, value) { return log(1.0 - x); },
     [](value x, value, value) { return log1p(-x); },
     {-1, -1, -1}},
    {"log(1 + exp(a)) -> softplus(a), log(1 + a) -> log1p(a)",
     [](value x, value y, value) { return log(exp(x) + exp(y)); },
     [](value x, value y, value) { return logaddexp(x, y); },
     {0.5, 0.5, 0.5}},
    {"log(1 + exp(a)) -> softplus(a), log(1 + a) -> log1p(a)",
     [](value x, value, value) { return log(exp(x) + exp(-x)); },
     [](value x, value, value) { return log_two_cosh(x); },
     {0, 0, 0}},
    {"log(1 + exp(a)) -> softplus(a), log(1 + a) -> log1p(a)",
     [](value x, value, value) { return log(x + sqrt(x * x + 1.0)); },
     [](value x, value, value) { return asinh(x); },
     {1, 1, 1}},
    {"log(1 + exp(a)) -> softplus(a), log(1 + a) -> log1p(a)",
     [](value x, value, value) { return log(sqrt(x * x - 1.0) + x); },
     [](value x, value, value) { return acosh(x); },
     {not_a_number, not_a_number, not_a_number}},
    {"log(a / (1 - a)) -> logit(a)",
     [](value x, value, value) { return log(x / (1.0 - x)); },
     [](value x, value, value) { return logit(x); },
     {infinity, infinity, infinity}},
    {several_rules,
     [](value x, value, value) { return (exp(2.0 * x) - 1.0) / (exp(2.0 * x) + 1.0); },
     [](value x, value, value) { return tanh(x); },
     {1, 1, 1}},
    {several_rules,
     [](value x, value, value) { return log(1.0 - sigmoid(x)); },
     [](value x, value, value) { return -softplus(x); },
     {-0.5, -0.5, -0.5}},
    {several_rules,
     [](value x, value, value) { return (exp(x) - exp(-x)) / 2.0; },
     [](value x, value, value) { return sinh(x); },
     {1, 1, 1}},
};

/// `from` built node by node through insert_rewritten, in a graph that has `to` in it.
struct rewritten_pair {
  graph plain;
  int from = -1;
  graph better;
  int result = -1;
  int expected = -1;
};

rewritten_pair build(rule_case const& c) {
  rewritten_pair p;
  value const x = argument(p.plain, "x");
  value const y = argument(p.plain, "y");
  value const z = argument(p.plain, "z");
  p.from = c.from(x, y, z).index;
  ramp::list<int> roots{p.from};
  p.better = ramp::pass::rewrite(p.plain, roots);
  p.result = roots[0];
  auto again = [&](int i) { return ramp::ir::value_of(p.better, p.better.argument_node(i)); };
  p.expected = c.to(again(0), again(1), again(2)).index;
  return p;
}

/// How two numbers differ; `none` where they do not.
difference compare(double before, double after) {
  if (std::isnan(before) && std::isnan(after)) return difference::none;
  if (std::isnan(before)) return difference::infinity;
  if (std::isnan(after)) return difference::domain;
  if (before == after)
    return std::signbit(before) == std::signbit(after) ? difference::none : difference::zero_sign;
  bool const near = std::fabs(after - before) <= 1e-15 * std::fabs(after);
  return near ? difference::rounding : difference::range;
}

constexpr double special[] = {0.0,      -0.0,      1.0,      -1.0,        0.5,   -0.75,  3.0,
                              1e-20,    -1e-20,    1e-200,   -1e-200,     1e200, -1e200, 1.7e308,
                              -40.0,    40.0,      700.0,    -1000.0,     720.0, -720.0, 1000.0,
                              infinity, -infinity, -1.7e308, not_a_number};
constexpr double third[] = {0.0, -0.0, 2.0, -infinity, not_a_number};

constexpr ramp::kink_policy policies[] = {ramp::standard.value, ramp::at_zero<0.25>.value,
                                          ramp::at_zero<1.0>.value};

/// The largest rounding error that an operation of a graph states for itself, in ulp.
double stated_error(graph const& g, int root) {
  ramp::list<int> roots{root};
  auto const live = ramp::pass::eliminate_dead_code(g, roots);
  double largest = 0.5;
  auto one = [&]<class Op>(std::type_identity<Op>) {
    if constexpr (requires { Op::max_ulp; })
      for (node const& n : live.nodes)
        if (n.is(code<Op>)) largest = std::fmax(largest, Op::max_ulp);
  };
  [&]<class... Ops>(op::operation_list<Ops...>) {
    (one(std::type_identity<Ops>{}), ...);
  }(op::table{});
  return largest;
}

/// Calls `visit` with the value of a case before and after, at many points.
template <class Visitor>
void evaluate(rewritten_pair const& p, Visitor visit) {
  for (double x : special)
    for (double y : special)
      for (double z : third) {
        point const at{{x}, {y}, {z}};
        visit(at, ramp::check::evaluate_at(p.plain, at)[p.from][0],
              ramp::check::evaluate_at(p.better, at)[p.result][0]);
      }
}

}  // namespace

TEST_CASE("every rewrite rule has a case, which it fires in and which becomes what it promises",
          "[rewrite]") {
  for (auto const& rule : rewrites::all) {
    INFO(rule.text);
    CHECK(std::any_of(std::begin(cases), std::end(cases),
                      [&](rule_case const& c) { return c.rule == rule.text; }));
  }
  for (auto const& c : cases) {
    INFO(c.rule);
    auto const p = build(c);
    CHECK(p.result == p.expected);
    CHECK(ramp::ir::verify(p.better) == "");
    CHECK(p.better[p.result].rank == p.plain[p.from].rank);
    if (c.rule == several_rules) continue;
    auto const rule = std::find_if(std::begin(rewrites::all), std::end(rewrites::all),
                                   [&](auto const& r) { return r.text == c.rule; });
    REQUIRE(rule != std::end(rewrites::all));
    graph g = p.plain;
    bool fires = false;
    for (int i = 0; i <= p.from; ++i)
      fires = fires || (g[i].is(rule->head) && !rule->apply(ramp::ir::value_of(g, i)).absent());
    CHECK(fires);
  }
}

TEST_CASE("rewrite rules differ where they say and nowhere else", "[rewrite]") {
  for (auto const& rule : rewrites::all) {
    INFO(rule.text);
    auto seen = difference::none;
    for (auto const& c : cases) {
      if (c.rule != rule.text) continue;
      evaluate(build(c), [&](point const& at, double before, double after) {
        auto const d = compare(before, after);
        if (!includes(rule.differs | seen, d) && d != difference::none)
          FAIL_CHECK("at " << at[0][0] << ", " << at[1][0] << ", " << at[2][0] << ": " << before
                           << " became " << after);
        seen = seen | d;
      });
    }
    // a difference that never shows is no difference; rounding may happen to agree
    CHECK((seen | difference::rounding) == (rule.differs | difference::rounding));
  }
}

TEST_CASE("a NaN that goes in comes out of every rewritten expression", "[rewrite]") {
  for (auto const& c : cases) {
    INFO(c.rule);
    auto const p = build(c);
    ramp::list<int> roots{p.from};
    auto const live = ramp::pass::eliminate_dead_code(p.plain, roots);
    bool lost = false;
    evaluate(p, [&](point const& at, double before, double after) {
      bool goes_in = false;
      for (node const& n : live.nodes)
        goes_in = goes_in || (n.is(code<op::argument>) &&
                              std::isnan(at[static_cast<std::size_t>(n.attribute[0])][0]));
      if (lost || !goes_in || !std::isnan(before) || std::isnan(after)) return;
      lost = true;
      FAIL_CHECK("at " << at[0][0] << ", " << at[1][0] << ", " << at[2][0] << " is " << after);
    });
  }
}

TEST_CASE("no rewritten expression is less accurate", "[rewrite]") {
  // In float, with what it became in double for the truth. Where a result is small beside what it
  // is made of, rounding decides which spelling is nearer at one point: the worst error over all
  // results of one size counts.
  ramp::xoshiro256 random(23);
  for (auto const& c : cases) {
    INFO(c.rule);
    auto const p = build(c);
    struct errors {
      double before = 0.0;
      double after = 0.0;
      int points = 0;
    };
    std::map<int, errors> worst;  // in ulp, by the exponent of the result
    for (int i = 0; i < 5000; ++i) {
      std::array<float, 3> at{};
      for (float& x : at) {
        double const size = std::exp2(12.0 * ramp::uniform<double>(random) - 8.0);
        x = static_cast<float>(ramp::uniform<double>(random) < 0.5 ? size : -size);
      }
      ramp::list<float const*> const narrow{&at[0], &at[1], &at[2]};
      std::array<double, 3> const same{at[0], at[1], at[2]};
      ramp::list<double const*> const wide{&same[0], &same[1], &same[2]};
      double const truth = ramp::ir::evaluate<double>(p.better, wide)[p.result][0];
      double const before = ramp::ir::evaluate<float>(p.plain, narrow)[p.from][0];
      double const after = ramp::ir::evaluate<float>(p.better, narrow)[p.result][0];
      if (!(std::fabs(truth) < 1e38) || std::fabs(truth) < 1e-37 || !std::isfinite(before))
        continue;
      double const ulp = std::exp2(std::ilogb(truth) - 23);
      errors& e = worst[std::ilogb(truth)];
      ++e.points;
      e.before = std::fmax(e.before, std::fabs(before - truth) / ulp);
      e.after = std::fmax(e.after, std::fabs(after - truth) / ulp);
    }
    double const stated = stated_error(p.better, p.result);
    for (auto const& [exponent, e] : worst) {
      if (e.points < 50) continue;
      INFO("near 2^" << exponent << ": from " << e.before << " ulp to " << e.after);
      CHECK(e.after <= std::fmax(0.5 + stated, 1.5 * e.before));
    }
  }
}

TEST_CASE("rewrite rules give the promised derivative at the kink", "[rewrite]") {
  for (auto const& c : cases) {
    auto const p = build(c);
    for (std::size_t k = 0; k < c.slopes.size(); ++k) {
      INFO(c.rule << " under policy " << k);
      point const origin{{0.0}, {0.0}, {0.0}};
      double const reverse = reverse_gradient(p.better, p.result, {0}, origin, policies[k])[0][0];
      double const forward =
          forward_derivative(p.better, p.result, {0}, origin, {{1.0}}, policies[k])[0];
      bool const both_nan = std::isnan(reverse) && std::isnan(c.slopes[k]);
      CHECK((both_nan || forward == reverse));
      CHECK((both_nan || reverse == c.slopes[k] || reverse == Approx(c.slopes[k]).epsilon(1e-15)));
    }
  }
}

TEST_CASE("a policy on one use blocks every rule that would take it away", "[rewrite]") {
  for (auto const& c : cases) {
    INFO(c.rule);
    graph plain;
    value const x = argument(plain, "x");
    value const y = argument(plain, "y");
    value const z = argument(plain, "z");
    int const from = c.from(x, y, z).index;
    ramp::list<int> kinked;
    for (int i = 0; i <= from; ++i)
      if (op::facts_of(plain[i].operation).kinked && plain[i].arity <= 2 &&
          !op::is_reduction(plain[i].operation))
        kinked.push_back(i);
    if (kinked.size() != 2) continue;  // of more, the others may be a pattern as well
    // the first of two kinks has a policy of its own, so the pattern is not the rule's
    graph marked;
    marked.arguments = plain.arguments;
    ramp::list<int> renumbered;
    for (int i = 0; i < plain.size(); ++i) {
      node n = plain[i];
      for (std::size_t k = 0; k < n.arity; ++k)
        n.operand[k] = renumbered[static_cast<std::size_t>(n.operand[k])];
      if (i == kinked[0]) n.policy = ramp::at_zero<0.75>.value;
      renumbered.push_back(insert_rewritten(marked, n));
    }
    ramp::list<int> roots{renumbered[static_cast<std::size_t>(from)]};
    auto const live = ramp::pass::eliminate_dead_code(marked, roots);
    auto count = [&](auto predicate) {
      return std::count_if(live.nodes.begin(), live.nodes.end(), predicate);
    };
    CHECK(count([](node const& n) { return n.policy == ramp::at_zero<0.75>.value; }) == 1);
    CHECK(count([](node const& n) {
            return op::facts_of(n.operation).kinked && n.arity <= 2 &&
                   !op::is_reduction(n.operation);
          }) == static_cast<std::ptrdiff_t>(kinked.size()));
  }
}

TEST_CASE("a rule brings in no kink that a policy finds, but for sqrt(a * a)", "[rewrite]") {
  auto const kinks = [](graph const& g, int root) {
    ramp::list<int> roots{root};
    auto const live = ramp::pass::eliminate_dead_code(g, roots);
    return std::count_if(live.nodes.begin(), live.nodes.end(), [](node const& n) {
      return op::facts_of(n.operation).follows_policy && n.policy == ramp::kink_policy{};
    });
  };
  for (auto const& c : cases) {
    INFO(c.rule);
    auto const p = build(c);
    auto const before = kinks(p.plain, p.from);
    auto const after = kinks(p.better, p.result);
    CHECK(after <= before + (c.rule == "sqrt(a * a) -> abs(a)" ? 1 : 0));
  }
}
