// SPDX-License-Identifier: BSL-1.0
// The value and the derivatives of every elementwise operation at chosen points: those where the
// answer is exact, and those that IEEE or the documentation of the operation settles.
#include <ramp/op/table.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <ramp/check/modes.hpp>

#include "laws/graphs.hpp"

using namespace laws;
namespace op = ramp::op;
using op::code;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double tiny = std::numeric_limits<double>::denorm_min();
constexpr double e = 2.718281828459045235360287;
constexpr double pi = 3.141592653589793238462643;
constexpr double ln2 = 0.693147180559945309417232;
constexpr double none = 12345.0;  // no derivative flows: the adjoint is absent

struct row {
  ramp::ir::opcode operation;
  std::vector<double> x;
  double value;
  std::vector<double> slopes;  // by each operand, under `standard`; empty: not of interest
  double attribute = 0.0;
};

row const rows[] = {
    {code<op::add>, {2, 3}, 5, {1, 1}},
    {code<op::add>, {inf, -inf}, nan, {1, 1}},
    {code<op::sub>, {2, 3}, -1, {1, -1}},
    {code<op::sub>, {inf, inf}, nan, {1, -1}},
    {code<op::mul>, {2, 3}, 6, {3, 2}},
    {code<op::mul>, {0, inf}, nan, {inf, 0}},
    {code<op::mul>, {-0.0, 3}, -0.0, {3, -0.0}},
    {code<op::div>, {3, 2}, 1.5, {0.5, -0.75}},
    {code<op::div>, {1, 0}, inf, {inf, -inf}},
    {code<op::div>, {1, -0.0}, -inf, {-inf, -inf}},
    {code<op::div>, {0, 0}, nan, {inf, nan}},
    {code<op::neg>, {2}, -2, {-1}},
    {code<op::neg>, {0}, -0.0, {-1}},
    {code<op::pow>, {2, 3}, 8, {12, 8 * 0.6931471805599453094}},
    {code<op::pow>, {0, 1}, 0, {1, 0}},
    {code<op::pow>, {0, 2}, 0, {0, 0}},
    {code<op::pow>, {0, 0.5}, 0, {inf, 0}},
    {code<op::pow>, {-2, 3}, -8, {12, nan}},
    {code<op::pow>, {-2, 0.5}, nan, {}},
    {code<op::pow>, {0, 0}, 1, {}},
    {code<op::pow>, {4, 0.5}, 2, {0.25, 2 * 1.3862943611198906188}},
    {code<op::exp>, {0}, 1, {1}},
    {code<op::exp>, {1}, e, {e}},
    {code<op::exp>, {-inf}, 0, {0}},
    {code<op::exp>, {inf}, inf, {inf}},
    {code<op::exp>, {1000}, inf, {inf}},
    {code<op::log>, {1}, 0, {1}},
    {code<op::log>, {0}, -inf, {inf}},
    {code<op::log>, {-0.0}, -inf, {-inf}},
    {code<op::log>, {-1}, nan, {-1}},
    {code<op::log>, {inf}, inf, {0}},
    {code<op::sqrt>, {4}, 2, {0.25}},
    {code<op::sqrt>, {0}, 0, {inf}},
    {code<op::sqrt>, {-1}, nan, {nan}},
    {code<op::sqrt>, {inf}, inf, {0}},
    {code<op::sin>, {0}, 0, {1}},
    {code<op::sin>, {pi / 2}, 1, {}},
    {code<op::sin>, {inf}, nan, {nan}},
    {code<op::cos>, {0}, 1, {-0.0}},
    {code<op::cos>, {inf}, nan, {nan}},
    {code<op::tanh>, {0}, 0, {1}},
    {code<op::tanh>, {40}, 1, {0}},
    {code<op::tanh>, {-inf}, -1, {0}},
    {code<op::sigmoid>, {0}, 0.5, {0.25}},
    {code<op::sigmoid>, {1000}, 1, {0}},
    {code<op::sigmoid>, {-1000}, 0, {0}},
    {code<op::sigmoid>, {-inf}, 0, {0}},
    {code<op::softplus>, {0}, 0.6931471805599453094, {0.5}},
    {code<op::softplus>, {1000}, 1000, {1}},
    {code<op::softplus>, {-1000}, 0, {0}},
    {code<op::softplus>, {-40}, 4.248354255291589e-18, {4.248354255291589e-18}},
    {code<op::softplus>, {inf}, inf, {1}},
    {code<op::erf>, {0}, 0, {1.1283791670955125739}},
    {code<op::erf>, {inf}, 1, {0}},
    {code<op::erf>, {-30}, -1, {0}},
    {code<op::log_two_cosh>, {0}, ln2, {0}},
    {code<op::log_two_cosh>, {1000}, 1000, {1}},
    {code<op::log_two_cosh>, {-1000}, 1000, {-1}},
    {code<op::log_two_cosh>, {1e-30}, ln2, {1e-30}},
    {code<op::log_two_cosh>, {-inf}, inf, {-1}},
    {code<op::add_toward>, {2, 3}, 5, {1, 1}, 1},
    {code<op::add_toward>, {1, 1e-30}, 1, {}, -1},
    {code<op::add_toward>, {1, 1e-30}, 1 + 0x1p-52, {}, 1},
    {code<op::add_toward>, {1e308, 1e308}, std::numeric_limits<double>::max(), {}, -1},
    {code<op::mul_toward>, {2, 3}, 6, {3, 2}, -1},
    {code<op::mul_toward>, {0, inf}, 0, {}, 1},
    {code<op::mul_toward>, {1e-200, 1e-200}, tiny, {}, 1},
    {code<op::mul_toward>, {1e-200, 1e-200}, -tiny, {}, -1},
    {code<op::div_toward>, {3, 2}, 1.5, {0.5, -0.75}, 1},
    {code<op::div_toward>, {1, 0}, nan, {}, 1},
    {code<op::div_toward>, {0, 2}, 0, {0.5, -0.0}, 1},
    {code<op::outward>, {3, 1, 0}, 3 + 0x1p-51, {1, none, none}, 2},
    {code<op::outward>, {0, 0, 1}, -3 * tiny, {1, none, none}, -3},
    {code<op::outward>, {inf, 1, 0}, std::numeric_limits<double>::max(), {}, -1},
    {code<op::exp2>, {3}, 8, {8 * ln2}},
    {code<op::exp2>, {0}, 1, {ln2}},
    {code<op::exp2>, {-inf}, 0, {0}},
    {code<op::exp2>, {inf}, inf, {inf}},
    {code<op::exp2>, {1024}, inf, {inf}},
    {code<op::exp2>, {-1074}, tiny, {}},
    {code<op::expm1>, {0}, 0, {1}},
    {code<op::expm1>, {-0.0}, -0.0, {1}},
    {code<op::expm1>, {1e-300}, 1e-300, {1}},
    {code<op::expm1>, {-inf}, -1, {0}},
    {code<op::expm1>, {-60}, -1, {8.75651076269652e-27}},  // not y + 1, which would be 0
    {code<op::expm1>, {inf}, inf, {inf}},
    {code<op::log2>, {8}, 3, {0.125 / ln2}},
    {code<op::log2>, {0}, -inf, {inf}},
    {code<op::log2>, {-1}, nan, {}},
    {code<op::log2>, {inf}, inf, {0}},
    {code<op::log1p>, {0}, 0, {1}},
    {code<op::log1p>, {1e-300}, 1e-300, {1}},
    {code<op::log1p>, {-1}, -inf, {inf}},
    {code<op::log1p>, {-2}, nan, {}},
    {code<op::log1p>, {inf}, inf, {0}},
    {code<op::cbrt>, {8}, 2, {1.0 / 12}},
    {code<op::cbrt>, {-8}, -2, {1.0 / 12}},
    {code<op::cbrt>, {0}, 0, {inf}},
    {code<op::cbrt>, {-0.0}, -0.0, {inf}},
    {code<op::cbrt>, {inf}, inf, {0}},
    {code<op::rsqrt>, {4}, 0.5, {-0.0625}},
    {code<op::rsqrt>, {0}, inf, {-inf}},
    {code<op::rsqrt>, {-1}, nan, {nan}},
    {code<op::rsqrt>, {inf}, 0, {0}},
    {code<op::hypot>, {3, 4}, 5, {0.6, 0.8}},
    {code<op::hypot>, {-3, 4}, 5, {-0.6, 0.8}},
    {code<op::hypot>, {0, 0}, 0, {0, 0}},
    {code<op::hypot>, {0, -2}, 2, {0, -1}},
    {code<op::hypot>, {3e300, 4e300}, 5e300, {0.6, 0.8}},
    {code<op::hypot>, {3 * tiny, 4 * tiny}, 5 * tiny, {0.6, 0.8}},
    {code<op::hypot>, {inf, nan}, inf, {nan, nan}},
    {code<op::hypot>, {nan, 1}, nan, {nan, nan}},
    {code<op::fma>, {2, 3, 4}, 10, {3, 2, 1}},
    {code<op::fma>, {0, inf, 1}, nan, {inf, 0, 1}},
    {code<op::xlogy>, {2, e}, 2, {1, 2 / e}},
    {code<op::xlogy>, {0, 0}, 0, {-inf, 0}},
    {code<op::xlogy>, {0, 2}, 0, {ln2, 0}},
    {code<op::xlogy>, {0, inf}, 0, {inf, 0}},
    {code<op::xlogy>, {0, nan}, nan, {nan, 0}},
    {code<op::xlogy>, {1, 0}, -inf, {-inf, inf}},
    {code<op::xlogy>, {1, -1}, nan, {nan, -1}},
    {code<op::logaddexp>, {0, 0}, ln2, {0.5, 0.5}},
    {code<op::logaddexp>, {1000, 1000}, 1000 + ln2, {0.5, 0.5}},
    {code<op::logaddexp>, {1000, -1000}, 1000, {1, 0}},
    {code<op::logaddexp>, {inf, inf}, inf, {0.5, 0.5}},
    {code<op::logaddexp>, {-inf, -inf}, -inf, {0.5, 0.5}},
    {code<op::logaddexp>, {-inf, 3}, 3, {0, 1}},
    {code<op::logit>, {0.5}, 0, {4}},
    {code<op::logit>, {0}, -inf, {inf}},
    {code<op::logit>, {1}, inf, {inf}},
    {code<op::logit>, {2}, nan, {}},
    {code<op::logit>, {1e-300}, -690.7755278982137, {1e300}},
    {code<op::tan>, {0}, 0, {1}},
    {code<op::tan>, {-0.0}, -0.0, {1}},
    {code<op::tan>, {pi / 4}, 1, {2}},
    {code<op::tan>, {inf}, nan, {nan}},
    {code<op::asin>, {0}, 0, {1}},
    {code<op::asin>, {1}, pi / 2, {inf}},
    {code<op::asin>, {-1}, -pi / 2, {inf}},
    {code<op::asin>, {2}, nan, {nan}},
    {code<op::acos>, {0}, pi / 2, {-1}},
    {code<op::acos>, {1}, 0, {-inf}},
    {code<op::acos>, {-1}, pi, {-inf}},
    {code<op::acos>, {-2}, nan, {nan}},
    {code<op::atan>, {0}, 0, {1}},
    {code<op::atan>, {1}, pi / 4, {0.5}},
    {code<op::atan>, {-inf}, -pi / 2, {0}},
    {code<op::atan>, {1e200}, pi / 2, {0}},
    {code<op::atan2>, {1, 1}, pi / 4, {0.5, -0.5}},
    {code<op::atan2>, {0, -1}, pi, {-1, 0}},
    {code<op::atan2>, {-0.0, -1}, -pi, {-1, 0}},
    {code<op::atan2>, {0, 0}, 0, {nan, nan}},
    {code<op::atan2>, {1e200, 1e200}, pi / 4, {0.5e-200, -0.5e-200}},
    {code<op::atan2>, {1, inf}, 0, {nan, 0}},
    {code<op::sinh>, {0}, 0, {1}},
    {code<op::sinh>, {-inf}, -inf, {inf}},
    {code<op::sinh>, {1000}, inf, {inf}},
    {code<op::cosh>, {0}, 1, {0}},
    {code<op::cosh>, {-inf}, inf, {-inf}},
    {code<op::asinh>, {0}, 0, {1}},
    {code<op::asinh>, {1e300}, 691.4686750787736, {1e-300}},
    {code<op::asinh>, {-inf}, -inf, {0}},
    {code<op::acosh>, {1}, 0, {inf}},
    {code<op::acosh>, {0}, nan, {nan}},
    {code<op::acosh>, {1e300}, 691.4686750787736, {1e-300}},
    {code<op::acosh>, {inf}, inf, {0}},
    {code<op::atanh>, {0}, 0, {1}},
    {code<op::atanh>, {1}, inf, {inf}},
    {code<op::atanh>, {-1}, -inf, {inf}},
    {code<op::atanh>, {2}, nan, {}},
    {code<op::erfc>, {0}, 1, {-1.1283791670955125739}},
    {code<op::erfc>, {inf}, 0, {0}},
    {code<op::erfc>, {-inf}, 2, {0}},
    {code<op::normal_pdf>, {0}, 0.3989422804014326779, {0}},
    {code<op::normal_pdf>, {1}, 0.2419707245191433498, {-0.2419707245191433498}},
    {code<op::normal_pdf>, {inf}, 0, {nan}},
    {code<op::normal_cdf>, {0}, 0.5, {0.3989422804014326779}},
    {code<op::normal_cdf>, {-inf}, 0, {0}},
    {code<op::normal_cdf>, {inf}, 1, {0}},
    {code<op::log_normal_cdf>, {0}, -ln2, {0.7978845608028653559}},
    {code<op::log_normal_cdf>, {-inf}, -inf, {inf}},
    {code<op::log_normal_cdf>, {-1e10}, -5e19, {1e10}},
    {code<op::log_normal_cdf>, {40}, -0.0, {0}},
    {code<op::log_normal_cdf>, {inf}, -0.0, {0}},
    {code<op::inverse_mills>, {0}, 0.7978845608028653559, {-0.6366197723675813431}},
    {code<op::inverse_mills>, {-inf}, inf, {nan}},
    {code<op::inverse_mills>, {-1e200}, 1e200, {}},
    {code<op::inverse_mills>, {inf}, 0, {nan}},
    {code<op::lgamma>, {1}, 0, {-0.5772156649015328606}},
    {code<op::lgamma>, {0.5}, 0.5723649429247000870, {-1.963510026021423479}},
    {code<op::lgamma>, {-0.5}, 1.265512123484645396, {}},
    {code<op::lgamma>, {0}, inf, {-inf}},
    {code<op::lgamma>, {-0.0}, inf, {inf}},
    {code<op::lgamma>, {-1}, inf, {nan}},
    {code<op::lgamma>, {tiny}, 744.4400719213812, {-inf}},
    {code<op::lgamma>, {inf}, inf, {inf}},
    {code<op::lgamma>, {-inf}, inf, {nan}},
    {code<op::digamma>, {1}, -0.5772156649015328606, {1.644934066848226437}},
    {code<op::digamma>, {0}, -inf, {inf}},
    {code<op::digamma>, {-0.0}, inf, {inf}},
    {code<op::digamma>, {-2}, nan, {inf}},
    {code<op::digamma>, {inf}, inf, {0}},
    {code<op::digamma>, {-inf}, nan, {nan}},
    {code<op::polygamma>, {1}, 1.644934066848226437, {-2.404113806319188571}, 1},
    {code<op::polygamma>, {1}, -2.404113806319188571, {6.493939402266829149}, 2},
    {code<op::polygamma>, {0}, inf, {-inf}, 1},
    {code<op::polygamma>, {-1}, inf, {nan}, 1},
    {code<op::polygamma>, {inf}, 0, {-0.0}, 1},
    {code<op::polygamma>, {-inf}, nan, {nan}, 1},
    {code<op::floor>, {-0.5}, -1, {none}},
    {code<op::floor>, {2}, 2, {none}},
    {code<op::floor>, {-0.0}, -0.0, {none}},
    {code<op::floor>, {inf}, inf, {none}},
    {code<op::ceil>, {-0.5}, -0.0, {none}},
    {code<op::ceil>, {1.25}, 2, {none}},
    {code<op::round>, {2.5}, 3, {none}},
    {code<op::round>, {-2.5}, -3, {none}},
    {code<op::round>, {0.49999999999999994}, 0, {none}},
    {code<op::fmod>, {7, 3}, 1, {1, -2}},
    {code<op::fmod>, {-7, 3}, -1, {1, 2}},
    {code<op::fmod>, {7, -3}, 1, {1, 2}},
    {code<op::fmod>, {6, 3}, 0, {1, -2}},
    {code<op::fmod>, {1, 0}, nan, {}},
    {code<op::fmod>, {inf, 3}, nan, {}},
    {code<op::fmod>, {3, inf}, 3, {1, 0}},
    {code<op::relu>, {2}, 2, {1}},
    {code<op::relu>, {-2}, 0, {0}},
    {code<op::relu>, {0}, 0, {0}},
    {code<op::relu>, {tiny}, tiny, {1}},
    {code<op::relu>, {inf}, inf, {1}},
    {code<op::relu>, {-inf}, 0, {0}},
    {code<op::leaky_relu>, {2, 0.25}, 2, {1, 0}},
    {code<op::leaky_relu>, {-2, 0.25}, -0.5, {0.25, -2}},
    {code<op::leaky_relu>, {0, 0.25}, 0, {0.25, 0}},
    {code<op::leaky_relu>, {inf, 0.25}, inf, {1, 0}},
    {code<op::leaky_relu>, {-inf, 0.25}, -inf, {0.25, -inf}},
    {code<op::abs>, {-2}, 2, {-1}},
    {code<op::abs>, {0}, 0, {0}},
    {code<op::abs>, {-0.0}, 0, {0}},
    {code<op::abs>, {-inf}, inf, {-1}},
    {code<op::abs>, {-tiny}, tiny, {-1}},
    {code<op::max>, {2, 3}, 3, {0, 1}},
    {code<op::max>, {3, 3}, 3, {0.5, 0.5}},
    {code<op::max>, {inf, -inf}, inf, {1, 0}},
    {code<op::max>, {nan, 1}, nan, {nan, nan}},
    {code<op::max>, {1, nan}, nan, {nan, nan}},
    {code<op::min>, {2, 3}, 2, {1, 0}},
    {code<op::min>, {3, 3}, 3, {0.5, 0.5}},
    {code<op::min>, {1, nan}, nan, {nan, nan}},
    {code<op::clamp>, {2, 1, 3}, 2, {1, 0, 0}},
    {code<op::clamp>, {0, 1, 3}, 1, {0, 1, 0}},
    {code<op::clamp>, {4, 1, 3}, 3, {0, 0, 1}},
    {code<op::clamp>, {1, 1, 3}, 1, {0, 1, 0}},
    {code<op::clamp>, {3, 1, 3}, 3, {0, 0, 1}},
    {code<op::clamp>, {2, 3, 1}, 1, {0, 0, 1}},  // the wrong way round
    {code<op::clamp>, {-inf, -inf, 3}, -inf, {0, 1, 0}},
    {code<op::clamp>, {inf, 1, 3}, 3, {0, 0, 1}},
    {code<op::clamp>, {nan, 1, 3}, nan, {nan, nan, nan}},
    {code<op::clamp>, {2, nan, 3}, nan, {nan, nan, 0}},
    {code<op::clamp>, {2, 1, nan}, nan, {nan, nan, nan}},
    {code<op::relu6>, {2}, 2, {1}},
    {code<op::relu6>, {0}, 0, {0}},
    {code<op::relu6>, {-0.0}, -0.0, {0}},
    {code<op::relu6>, {6}, 6, {0}},
    {code<op::relu6>, {tiny}, tiny, {1}},
    {code<op::relu6>, {-inf}, 0, {0}},
    {code<op::relu6>, {inf}, 6, {0}},
    {code<op::relu6>, {nan}, nan, {nan}},
    {code<op::hard_tanh>, {0.5}, 0.5, {1}},
    {code<op::hard_tanh>, {-0.0}, -0.0, {1}},
    {code<op::hard_tanh>, {-1}, -1, {0}},
    {code<op::hard_tanh>, {1}, 1, {0}},
    {code<op::hard_tanh>, {-inf}, -1, {0}},
    {code<op::hard_tanh>, {inf}, 1, {0}},
    {code<op::hard_tanh>, {nan}, nan, {nan}},
    {code<op::hard_swish>, {0}, 0, {0.5}},
    {code<op::hard_swish>, {1}, 2.0 / 3, {5.0 / 6}},
    {code<op::hard_swish>, {-1.5}, -0.375, {0}},
    {code<op::hard_swish>, {-3}, 0, {0}},
    {code<op::hard_swish>, {3}, 3, {1}},
    {code<op::hard_swish>, {4}, 4, {1}},
    {code<op::hard_swish>, {tiny}, 0, {0.5}},
    {code<op::hard_swish>, {-inf}, 0, {0}},
    {code<op::hard_swish>, {inf}, inf, {1}},
    {code<op::hard_swish>, {nan}, nan, {nan}},
    {code<op::elu>, {2, 3}, 2, {1, 0}},
    {code<op::elu>, {-1, 3}, 3 / e - 3, {3 / e, 1 / e - 1}},
    {code<op::elu>, {0, 3}, 0, {3, 0}},
    {code<op::elu>, {-0.0, 3}, -0.0, {3, 0}},
    {code<op::elu>, {-1e-300, 1}, -1e-300, {1, -1e-300}},
    {code<op::elu>, {-60, 1}, -1, {8.75651076269652e-27, -1}},  // not y + alpha: that would be 0
    {code<op::elu>, {inf, 3}, inf, {1, 0}},
    {code<op::elu>, {1000, 0}, 1000, {1, 0}},  // 0 * infinity is not taken
    {code<op::elu>, {-inf, 3}, -3, {0, -1}},
    {code<op::elu>, {2, nan}, 2, {1, 0}},
    {code<op::elu>, {nan, 3}, nan, {nan, nan}},
    {code<op::softsign>, {1}, 0.5, {0.25}},
    {code<op::softsign>, {-3}, -0.75, {0.0625}},
    {code<op::softsign>, {-0.0}, -0.0, {1}},
    {code<op::softsign>, {tiny}, tiny, {1}},
    {code<op::softsign>, {1e300}, 1, {0}},
    {code<op::softsign>, {inf}, 1, {0}},
    {code<op::softsign>, {-inf}, -1, {0}},
    {code<op::softsign>, {nan}, nan, {nan}},
    {code<op::where>, {1, 5, 7}, 5, {none, 1, 0}},
    {code<op::where>, {0, 5, 7}, 7, {none, 0, 1}},
    {code<op::where>, {-0.0, 5, 7}, 7, {none, 0, 1}},
    {code<op::where>, {nan, 5, 7}, 5, {none, 1, 0}},
    {code<op::where>, {0, nan, 7}, 7, {none, 0, 1}},
    {code<op::less>, {1, 2}, 1, {none, none}},
    {code<op::less>, {2, 2}, 0, {none, none}},
    {code<op::less>, {nan, 2}, 0, {none, none}},
    {code<op::less_equal>, {2, 2}, 1, {none, none}},
    {code<op::less_equal>, {2, nan}, 0, {none, none}},
    {code<op::equal>, {-0.0, 0}, 1, {none, none}},
    {code<op::equal>, {nan, nan}, 0, {none, none}},
    {code<op::not_equal>, {nan, nan}, 1, {none, none}},
    {code<op::not_equal>, {2, 2}, 0, {none, none}},
    {code<op::logical_and>, {2, -1}, 1, {none, none}},
    {code<op::logical_and>, {2, 0}, 0, {none, none}},
    {code<op::logical_or>, {0, 0}, 0, {none, none}},
    {code<op::logical_or>, {0, nan}, 1, {none, none}},
    {code<op::logical_not>, {0}, 1, {none}},
    {code<op::logical_not>, {nan}, 0, {none}},
    {code<op::gate>, {5, 2}, 5, {1, none}, 0.25},
    {code<op::gate>, {5, 0}, 1.25, {0.25, none}, 0.25},
    {code<op::gate>, {5, -2}, 0, {0, none}, 0.25},
    {code<op::gate>, {5, nan}, nan, {nan, none}, 0.25},
    {code<op::output_gate>, {5, 2}, 5, {1, none}},
    {code<op::output_gate>, {5, 0}, 0, {0, none}},
    {code<op::output_gate>, {inf, 0}, 0, {0, none}},
    {code<op::share>, {5, 2, 1}, 5, {1, none, none}, 0.25},
    {code<op::share>, {5, 1, 1}, 1.25, {0.25, none, none}, 0.25},
    {code<op::share>, {5, 1, 2}, 0, {0, none, none}, 0.25},
    {code<op::share>, {5, 1, nan}, nan, {nan, none, none}, 0.25},
    {code<op::fork>, {5, 7, 1}, 5, {1, 0, none}, 0.25},
    {code<op::fork>, {5, 7, -1}, 7, {0, 1, none}, 0.25},
    {code<op::fork>, {5, 7, 0}, 6.5, {0.25, 0.75, none}, 0.25},
    {code<op::fork>, {inf, 7, 0}, 7, {0, 1, none}, 0},
    {code<op::fork>, {5, inf, -0.0}, 5, {1, 0, none}, 1},
    {code<op::fork>, {5, 7, nan}, nan, {nan, nan, none}, 0.25},
    {code<op::sign>, {3}, 1, {none}, 0.25},
    {code<op::sign>, {-0.0}, 0.25, {none}, 0.25},
    {code<op::sign>, {-tiny}, -1, {none}, 0.25},
    {code<op::unit_component>, {3, 5}, 0.6, {0.2, -0.12}, 0.25},
    {code<op::unit_component>, {3, 0}, 0.25, {0, 0}, 0.25},
    {code<op::stop_gradient>, {3}, 3, {none}},
    {code<op::defined>, {3, 4, 5}, 3, {1, none, none}},
    {code<op::defined>, {3, nan, 5}, 3, {1, none, none}},
};

/// Bits, so that the sign of a zero counts; three units in the last place for the functions that
/// no arithmetic gives exactly. A NaN is a NaN.
bool same(double given, double expected) {
  if (std::isnan(expected)) return std::isnan(given);
  if (expected == 0.0) return given == 0.0 && std::signbit(given) == std::signbit(expected);
  return given == expected || std::fabs(given - expected) <= 6.7e-16 * std::fabs(expected);
}

}  // namespace

TEST_CASE("every elementwise operation has rows here", "[op]") {
  for (int c = 0; c < op::table::size; ++c) {
    auto const operation = static_cast<op::opcode>(c);
    if (!op::is_elementwise(operation)) continue;
    INFO(op::facts_of(operation).name);
    CHECK(std::any_of(std::begin(rows), std::end(rows),
                      [&](row const& r) { return r.operation == operation; }));
  }
}

TEST_CASE("values and derivatives at chosen points", "[op]") {
  for (row const& r : rows) {
    graph g;
    node n;
    n.operation = r.operation;
    n.arity = static_cast<std::uint8_t>(r.x.size());
    n.value = r.attribute;
    ramp::check::point at;
    ramp::list<int> wrt;
    std::string text(op::facts_of(r.operation).name);
    for (std::size_t k = 0; k < r.x.size(); ++k) {
      n.operand[k] = argument(g, "x").index;
      at.push_back({r.x[k]});
      wrt.push_back(static_cast<int>(k));
      text += (k == 0 ? "(" : ", ") + std::to_string(r.x[k]);
    }
    INFO(text << ")");
    int const root = g.insert(n);
    REQUIRE(n.arity == op::facts_of(r.operation).arity);
    double const value = ramp::check::evaluate_at(g, at)[root][0];
    INFO("value " << value);
    CHECK(same(value, r.value));
    auto const adjoints =
        ramp::pass::reverse(g, {root}, {g.constant(1.0)}, wrt, ramp::standard.value);
    auto const after = ramp::check::evaluate_at(g, at);
    for (std::size_t k = 0; k < r.slopes.size(); ++k) {
      INFO("operand " << k << ": node " << adjoints[k]);
      if (adjoints[k] < 0) {
        CHECK(r.slopes[k] == none);
        continue;
      }
      double const slope = after[adjoints[k]][0];
      INFO("slope " << slope);
      bool const zeros = slope == 0.0 && r.slopes[k] == 0.0;  // of either sign
      CHECK((zeros || same(slope, r.slopes[k])));
    }
  }
}

TEST_CASE("opcodes and operations are each other's names", "[op]") {
  CHECK(std::is_same_v<op::operation_at<code<op::exp>>, op::exp>);
  CHECK(std::is_same_v<op::operation_at<code<op::concatenate>>, op::concatenate>);
  CHECK(op::facts_of(code<op::exp>).name == "exp");
  CHECK(op::facts_of(code<op::where>).arity == 3);
  CHECK(op::facts_of(code<op::relu>).kinked);
  CHECK(!op::facts_of(code<op::exp>).kinked);
  CHECK(op::facts_of(code<op::gate>).attributed);
  CHECK(op::is_leaf(code<op::iota>));
  CHECK(op::is_reduction(code<op::reduce_min>));
}

TEST_CASE("no two operations have one name", "[op]") {
  for (int a = 0; a < op::table::size; ++a)
    for (int b = 0; b < a; ++b)
      CHECK(op::facts_of(static_cast<op::opcode>(a)).name !=
            op::facts_of(static_cast<op::opcode>(b)).name);
}
