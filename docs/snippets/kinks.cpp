// SPDX-License-Identifier: BSL-1.0
// The tables of docs/design/subgradients.md, from what the functions give.
#include <cstdio>
#include <ramp/ramp.hpp>
using namespace ramp;
using namespace ramp::literals;

constexpr auto x = variable<"x">;
constexpr auto y = variable<"y">;
constexpr auto v = variable<"v", 3>;

namespace {

/// One line: the derivative of f by `by` at a point, under each policy.
template <class F, class By, class... Bindings>
void row(char const* name, F const& f, By const& by, Bindings const&... at) {
  auto const slope = [&](auto... policy) {
    auto const d = compile(derivative(f, wrt(by)), policy...)(at...);
    if constexpr (requires { d[0]; })
      return d[0];
    else
      return d + 0.0;  // no minus before a zero
  };
  std::printf("%-30s %8.4g %8.4g %8.4g %8.4g\n", name, slope(), slope(at_zero<0.0>),
              slope(at_zero<1.0>), slope(symmetric));
}

}  // namespace

int main() {
  std::printf("[ties]\n%-30s %8s %8s %8s %8s\n", "", "standard", "0", "1", "1/2");
  row("relu(x) at 0", relu(x), x, x = 0.0);
  row("abs(x) at 0", abs(x), x, x = 0.0);
  row("max(x, y) by x, at x = y", max(x, y), x, x = 2.0, y = 2.0);
  row("max(x, y) by y, at x = y", max(x, y), y, x = 2.0, y = 2.0);
  row("min(x, y) by x, at x = y", min(x, y), x, x = 2.0, y = 2.0);
  row("max(x, 1_c) at 1", max(x, 1_c), x, x = 1.0);
  row("max(1_c, x) at 1", max(1_c, x), x, x = 1.0);
  row("min(x, 1_c) at 1", min(x, 1_c), x, x = 1.0);
  row("max(v) by v[0], all equal", max(v), v, v = {2.0, 2.0, 2.0});
  row("sqrt(x) at 0", sqrt(x), x, x = 0.0);
  row("pow(x, 2_c) at 0", pow(x, 2_c), x, x = 0.0);
  row("pow(x, y) by y, at x = 0, y = 2", pow(x, y), y, x = 0.0, y = 2.0);
  row("where(x > 0, sqrt(x), 0) at 0", where(x > 0_c, sqrt(x), 0_c), x, x = 0.0);
  std::printf("[spellings]\n%-30s %8s %8s %8s %8s\n", "", "standard", "0", "1", "1/2");
  row("relu(x) - relu(-x)", relu(x) - relu(-x), x, x = 0.0);
  row("max(x, 0_c) + min(x, 0_c)", max(x, 0_c) + min(x, 0_c), x, x = 0.0);
  row("relu(x) + relu(-x) - abs(x)", relu(x) + relu(-x) - abs(x), x, x = 0.0);
  row("(x + abs(x)) / 2_c - relu(x)", (x + abs(x)) / 2_c - relu(x), x, x = 0.0);
  row("abs(x) - abs(-x)", abs(x) - abs(-x), x, x = 0.0);
  row("relu(-relu(-x))", relu(-relu(-x)), x, x = 0.0);
  row("relu(relu(x))", relu(relu(x)), x, x = 0.0);
  row("x * abs(x)", x * abs(x), x, x = 0.0);
}
