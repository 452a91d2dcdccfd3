// SPDX-License-Identifier: BSL-1.0
// [names]
#include <ramp/ramp.hpp>
namespace rp = ramp;

double trap = 0.5;  // names of your own that ramp has, too
struct momentum {};
auto square(auto x) { return x * x; }

constexpr auto x = rp::variable<"x">;
constexpr auto f = exp(x) * rp::square(x);  // exp is found where x comes from
// [/names]

int main() {
  momentum const own{};
  (void)own;
  return square(trap) == 0.25 && rp::compile(f)(x = 0.0) == 0.0 ? 0 : 1;
}
