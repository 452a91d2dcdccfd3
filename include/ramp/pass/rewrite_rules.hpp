// SPDX-License-Identifier: BSL-1.0
#pragma once

// The list of the rules of pass/rewrite.hpp.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <ramp/pass/rewrite_nested.hpp>
#include <ramp/pass/rewrite_pattern.hpp>
#include <ramp/pass/rewrite_ramps.hpp>
#include <ramp/pass/rewrite_smooth.hpp>

namespace ramp::pass {

/// Where the two sides of a rewrite differ in IEEE arithmetic although they are equal over the
/// reals. Everywhere else they agree, up to rounding where `rounding` is set.
enum class difference : std::uint8_t {
  none = 0,
  zero_sign = 1,  ///< a zero may have the other sign
  rounding = 2,   ///< the result is rounded at other places; it is no less accurate
  range = 4,      ///< an intermediate result overflowed, underflowed or was absorbed, not so now
  infinity = 8,   ///< infinite numbers on the way gave NaN, and give the limit now
  domain = 16     ///< an operand that is infinite or not in the domain gives NaN, and did not
};
constexpr difference operator|(difference a, difference b) {
  return static_cast<difference>(static_cast<int>(a) | static_cast<int>(b));
}
constexpr bool includes(difference all, difference one) {
  return (static_cast<int>(all) & static_cast<int>(one)) != 0;
}

/// The rules: each takes a value whose node is in canonical form and returns what stands in its
/// place, or the absent value where it does not apply. A rule looks at operands through their maps
/// and fires only where those are equal. If the kinked nodes of a pattern do not all have the same
/// policy, one of them was chosen for its derivative and no rule may take it away. A kink that a
/// rule brings in where there was none has the policy `standard`, so that none around it finds it.
///
/// No rule are, though equal over the reals:
///   exp(log(a)), sqrt(a) * sqrt(a)    NaN where a < 0, which a itself would hide
///   sqrt(a * a + b * b) as hypot      is infinite where a is and b is NaN; slower, too
///   pow(a, 3), 1 / sqrt(a) as rsqrt   a product of three factors rounds twice; rsqrt rounds more
///   exp(a) * exp(b), exp(a) / exp(b)  the rounding of a + b grows with their size
///   exp(a) / sum(exp(a))              so does that of a - max(a): small quotients would suffer
///   min(max(a, b), a)                 NaN where b is NaN
///   min(max(a, low), high) as clamp   the tie at the upper end is weighed otherwise
///   where(a > 0, a, 0), where(a > b, a, b), where(a < 0, -a, a)
///                                     says itself which branch counts at the tie, and for NaN
namespace rewrites {

struct rewrite_rule {
  opcode head{};  // the operation at the root of the pattern
  value (*apply)(value const&) = nullptr;
  std::string_view text;
  difference differs = difference::none;
};

/// Every rule, those of one operation side by side; the laws in tests/laws read `differs`.
inline constexpr rewrite_rule all[] = {
    {code<op::relu>, relu_of_ramp, "relu(relu(a)) -> relu(a)", difference::zero_sign},
    {code<op::relu>, kink_of_positive, "relu(exp(a)) -> exp(a)", difference::none},
    {code<op::abs>, abs_of_ramp, "abs(-a) -> abs(a)", difference::zero_sign},
    {code<op::abs>, kink_of_positive, "abs(exp(a)) -> exp(a)", difference::zero_sign},
    {code<op::max>, extreme_of_ramps, "max(a, 0) -> relu(a), max(a, -a) -> abs(a)",
     difference::zero_sign},
    {code<op::max>, nested_max, "max(max(a, b), c) -> max over a stack", difference::zero_sign},
    {code<op::min>, extreme_of_ramps, "min(a, 0) -> -relu(-a), min(a, -a) -> -abs(a)",
     difference::zero_sign},
    {code<op::min>, nested_min, "min(min(a, b), c) -> min over a stack", difference::none},
    {code<op::add>, sum_of_ramps, "relu(a) + relu(-a) -> abs(a)",
     difference::zero_sign | difference::range | difference::infinity},
    {code<op::add>, max_and_min, "max(a, b) + min(a, b) -> a + b", difference::zero_sign},
    {code<op::add>, sum_with_relu_of_difference, "a + relu(b - a) -> max(b, a)",
     difference::zero_sign | difference::rounding | difference::range | difference::infinity},
    {code<op::add>, softplus_and_operand, "a + softplus(-a) -> softplus(a)",
     difference::rounding | difference::range | difference::infinity},
    {code<op::add>, sum_with_one, "1 + erf(a) -> erfc(-a), exp(a) + -1 -> expm1(a)",
     difference::zero_sign | difference::rounding | difference::range},
    {code<op::sub>, sum_of_ramps, "relu(a) - relu(-a) -> a",
     difference::zero_sign | difference::range | difference::infinity},
    {code<op::sub>, sum_with_relu_of_difference, "a - relu(a - b) -> min(a, b)",
     difference::zero_sign | difference::rounding | difference::range | difference::infinity},
    {code<op::sub>, softplus_and_operand, "softplus(a) - a -> softplus(-a)",
     difference::zero_sign | difference::rounding | difference::range | difference::infinity},
    {code<op::sub>, difference_from_one, "1 - sigmoid(a) -> sigmoid(-a), exp(a) - 1 -> expm1(a)",
     difference::zero_sign | difference::rounding | difference::range},
    {code<op::mul>, product_of_abs, "abs(a) * abs(a) -> a * a", difference::none},
    {code<op::mul>, product_with_log, "a * log(a) -> xlogy(a, a)",
     difference::rounding | difference::infinity},
    {code<op::mul>, half_of_sum_and_distance, "0.5 * (a + b + abs(a - b)) -> max(a, b)",
     difference::zero_sign | difference::rounding | difference::range | difference::infinity},
    {code<op::mul>, half_of_exponentials, "0.5 * (exp(a) - exp(-a)) -> sinh(a)",
     difference::zero_sign | difference::rounding | difference::range},
    {code<op::div>, divided_by_power_of_two, "a / 2 -> a * 0.5", difference::none},
    {code<op::div>, quotient_of_exponentials, "1 / (1 + exp(a)) -> sigmoid(-a)",
     difference::rounding | difference::range | difference::infinity},
    {code<op::div>, tanh_of_exponentials, "(exp(a) - exp(-a)) / (exp(a) + exp(-a)) -> tanh(a)",
     difference::zero_sign | difference::rounding | difference::range | difference::infinity},
    {code<op::sqrt>, sqrt_of_square, "sqrt(a * a) -> abs(a)",
     difference::rounding | difference::range},
    {code<op::log>, log_of_function, "log(exp(a)) -> a, log(sqrt(a)) -> 0.5 * log(a)",
     difference::zero_sign | difference::rounding | difference::range},
    {code<op::log>, log_of_sum, "log(1 + exp(a)) -> softplus(a), log(1 + a) -> log1p(a)",
     difference::zero_sign | difference::rounding | difference::range | difference::infinity |
         difference::domain},
    {code<op::log>, log_of_odds, "log(a / (1 - a)) -> logit(a)", difference::rounding},
    {code<op::log>, log_of_softmax, "log(softmax(a)) -> a - log(sum(exp(a)))",
     difference::rounding | difference::range},
    {code<op::log>, log_of_determinant, "log(determinant(a)) -> log_determinant(a), also of abs",
     difference::rounding | difference::range | difference::infinity | difference::domain},
    {code<op::log>, log_of_sum_of_exp, "log(sum(exp(a))) -> m + log(sum(exp(a - m)))",
     difference::rounding | difference::range},
    {code<op::pow>, power, "pow(x, -1) -> 1 / x, pow(x, 0.5) -> sqrt(x)",
     difference::zero_sign | difference::rounding | difference::domain},
};

inline constexpr std::size_t rule_count = sizeof all / sizeof all[0];

/// For each operation, the first of its rules, or their number.
inline constexpr auto first_rule = [] {
  std::array<std::uint8_t, op::table::size> first{};
  first.fill(static_cast<std::uint8_t>(rule_count));
  for (std::size_t i = rule_count; i-- > 0;)
    first[static_cast<std::size_t>(all[i].head)] = static_cast<std::uint8_t>(i);
  return first;
}();

}  // namespace rewrites
}  // namespace ramp::pass

// which defines what the rules call
#include <ramp/pass/rewrite.hpp>
