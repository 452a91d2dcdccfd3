// SPDX-License-Identifier: BSL-1.0
// each wrong line: this function is called as the texts in quotes show
// error: this function is called as the texts in quotes show
// error: Operands are expressions, made from variable
// error: "relu\(a\)".*"relu\(a, policy\)"
#include <ramp/ramp.hpp>

#include <array>
#include <complex>
#include <cstdint>
#include <string>
#include <vector>

namespace {
using namespace ramp;

constexpr auto x = variable<"x">;
constexpr auto v = variable<"v", 3>;
constexpr auto m = variable<"m", 3, 3>;
constexpr auto picture = input<"picture", 3>;
constexpr auto weight = parameter<"weight", 3>;
std::vector<double> const numbers{1.0, 2.0};
#ifdef TWIN
std::vector<std::uint32_t> const indices{0, 1};
#else
std::vector<int> const indices{0, 1};
#endif

struct point {
  double x, y;
};

#ifdef TWIN
[[maybe_unused]] void calls() {
  [[maybe_unused]] auto const a = relu(x, symmetric);
  [[maybe_unused]] auto const b = gradient(x * x, wrt(x));
  [[maybe_unused]] auto const c = samples(indices);
  [[maybe_unused]] auto const d = relu([] { return x; }());
}
#else
void calls() {
  relu("x");                                                             // wrong
  exp(std::string("x"));                                                 // wrong
  log(numbers);                                                          // wrong
  ramp::sqrt(std::complex(1.0, 2.0));                                    // wrong
  sin(point{});                                                          // wrong
  ramp::tanh(3.0);                                                       // wrong
  sigmoid([] { return 1.0; });                                           // wrong
  softplus(x, symmetric);                                                // wrong
  pow(2.0, "x");                                                         // wrong
  ramp::fma(1.0, 2.0, 3.0);                                              // wrong
  polygamma<1>(1.0);                                                     // wrong
  abs(true, standard);                                                   // wrong
  max(x, std::string("a"));                                              // wrong
  min(x, 1.0, 0.5);                                                      // wrong
  clamp(x, 0.0);                                                         // wrong
  where(true, x, v);                                                     // wrong
  sum<0>(m);                                                             // wrong
  mean(m, 0);                                                            // wrong
  norm2(m, 2.0);                                                         // wrong
  argmax(3.0);                                                           // wrong
  softmax("a");                                                          // wrong
  cumulative_sum(std::array{1.0});                                       // wrong
  variance(numbers);                                                     // wrong
  hadamard(1.0, 2.0);                                                    // wrong
  dot(v, 2.0);                                                           // wrong
  outer(v, numbers);                                                     // wrong
  transpose("m");                                                        // wrong
  reshape<1>(3.0);                                                       // wrong
  concatenate(v, 1.0);                                                   // wrong
  stack(x, 1.0);                                                         // wrong
  repeat(v, 3);                                                          // wrong
  broadcast<3, 4>(1.0);                                                  // wrong
  slice(m, 0, 1);                                                        // wrong
  split(v, 3);                                                           // wrong
  gather(m, 2);                                                          // wrong
  one_hot<3>(1);                                                         // wrong
  diagonal(numbers);                                                     // wrong
  einsum<"ij,jk->ik">(m, 2.0);                                           // wrong
  trace(m, 2.0);                                                         // wrong
  fold(v, 1.0);                                                          // wrong
  solve(m, 1.0);                                                         // wrong
  determinant(4.0);                                                      // wrong
  gradient(x * x, x);                                                    // wrong
  derivative(x * x, wrt(x, v));                                          // wrong
  jvp(sin(v), wrt(v));                                                   // wrong
  hessian("f", x);                                                       // wrong
  unsettled_ties(relu(x), wrt(x), symmetric);                            // wrong
  apply<op::exp>(1.0);                                                   // wrong
  mean_over_batch(1.0);                                                  // wrong
  elu<1>(x);                                                             // wrong
  cross_entropy(v);                                                      // wrong
  compile();                                                             // wrong
  training_step([] { return mean_over_batch(dot(picture, weight)); });   // wrong
  samples(indices);                                                      // wrong
}
#endif
}  // namespace
