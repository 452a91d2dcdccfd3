// SPDX-License-Identifier: BSL-1.0
// The price of an option and its five Greeks: derivatives by several names.

#include <cmath>
#include <cstdio>
#include <ramp/ramp.hpp>

using namespace ramp;

constexpr auto spot = variable<"spot">;              // price of the share
constexpr auto strike = variable<"strike">;          // price at which it may be bought
constexpr auto rate = variable<"rate">;              // of interest, a year
constexpr auto volatility = variable<"volatility">;  // a year
constexpr auto years = variable<"years">;            // to maturity

// Source: F. Black, M. Scholes, "The pricing of options and corporate liabilities", 1973.
constexpr auto deviation = volatility * sqrt(years);
constexpr auto d1 =
    (log(spot / strike) + (rate + 0.5 * volatility * volatility) * years) / deviation;
constexpr auto d2 = d1 - deviation;
constexpr auto price = spot * normal_cdf(d1) - strike * exp(-rate * years) * normal_cdf(d2);

constexpr auto delta = derivative(price, wrt(spot));
constexpr auto gamma_ = derivative(delta, wrt(spot));
constexpr auto vega = derivative(price, wrt(volatility));
constexpr auto theta = -derivative(price, wrt(years));
constexpr auto rho = derivative(price, wrt(rate));

// In this form numbers in formulas are constants to the compiler, which shares what they occur in.
constexpr auto price_and_greeks =
    compile<double>([] { return outputs(price, delta, gamma_, vega, theta, rho); });

namespace {

int wrong = 0;

void show(char const* name, double value, double closed_form) {
  std::printf("%-6s %12.8f   closed form %12.8f\n", name, value, closed_form);
  if (!(std::fabs(value - closed_form) < 1e-12 * std::fmax(1.0, std::fabs(closed_form)))) ++wrong;
}

}  // namespace

int main() {
  double const s = 105.0, k = 100.0, r = 0.03, v = 0.25, t = 0.75;
  auto const [c, c_s, c_ss, c_v, c_t, c_r] =
      price_and_greeks(spot = s, strike = k, rate = r, volatility = v, years = t);

  double const a = (std::log(s / k) + (r + v * v / 2) * t) / (v * std::sqrt(t));
  double const b = a - v * std::sqrt(t);
  double const cdf_a = std::erfc(-a / std::sqrt(2.0)) / 2,
               cdf_b = std::erfc(-b / std::sqrt(2.0)) / 2;
  double const density = std::exp(-a * a / 2) / std::sqrt(2 * std::acos(-1.0));
  double const discounted = k * std::exp(-r * t);
  show("price", c, s * cdf_a - discounted * cdf_b);
  show("delta", c_s, cdf_a);
  show("gamma", c_ss, density / (s * v * std::sqrt(t)));
  show("vega", c_v, s * density * std::sqrt(t));
  show("theta", c_t, -s * density * v / (2 * std::sqrt(t)) - r * discounted * cdf_b);
  show("rho", c_r, t * discounted * cdf_b);
  return wrong == 0 ? 0 : 1;
}
