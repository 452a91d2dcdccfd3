// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <cstdio>
#include <span>
#include <vector>

// [names]
#include <ramp/ramp.hpp>
using namespace ramp;

constexpr auto v = variable<"v", 3>;     // a vector
constexpr auto A = variable<"A", 3, 2>;  // a matrix of three rows and two columns
constexpr auto u = v * A;                // vector times matrix: two elements
constexpr auto f = sum(u * u);           // elementwise, then the sum
// [/names]

// [derivatives]
constexpr auto g = gradient(f, wrt(v));          // [3]     of a scalar, reverse mode
constexpr auto J = jacobian(u, wrt(v));          // [2, 3]  of anything
constexpr auto H = hessian(f, wrt(v));           // [3, 3]  of a scalar
constexpr auto p = jvp(u, wrt(v), v);            // [2]     J times a direction, forward mode
constexpr auto q = vjp(u, wrt(v), u);            // [3]     weights times J, reverse mode
constexpr auto h = gradient(dot(g, g), wrt(A));  // derivatives of derivatives, of any order
// [/derivatives]

// [matrices]
constexpr auto S = variable<"S", 3, 3>;
constexpr auto w = solve(S, v);  // of S * w = v; there are inverse, cholesky and solve_lower, too
constexpr auto l = gradient(dot(v, w) + log_determinant(S), wrt(S));
// [/matrices]

// [einsum]
constexpr auto Q = variable<"Q", 2, 3, 4>;
constexpr auto K = variable<"K", 2, 5, 4>;
constexpr auto QK = einsum<"bid,bjd->bij">(Q, K);  // [2, 3, 5]: for each b, Q times K transposed
constexpr auto dK = gradient(sum(QK * 0.5), wrt(K));
// [/einsum]

// [several]
constexpr auto s = variable<"s">;
constexpr auto t = variable<"t">;
constexpr auto both = compile(gradient(s * exp(t), wrt(s, t)));  // a result for each name
// [/several]

int main() {
  // [call]
  constexpr auto function = compile(f, g, J);
  std::array<double, 6> const matrix{1, 2, 3, 4, 5, 6};
  auto const [value, slope, rows] = function(v = {1.0, 0.5, -1.0}, A = matrix);
  std::printf("f = %g, gradient = (%g, %g, %g), J(1, 2) = %g\n", value, slope[0], slope[1],
              slope[2], rows(1, 2));
  // [/call]

  auto const [by_s, by_t] = both(s = 3.0, t = 0.0);
  std::printf("%g %g\n", by_s, by_t);
  constexpr auto others = compile(H, p, q, h);
  auto const [second, pushed, pulled, third] = others(v = {1.0, 0.5, -1.0}, A = matrix);
  std::printf("%g %g %g %g\n", second(0, 1), pushed[0], pulled[0], third(0, 0));

  auto const by_matrix = compile(l)(v = {1.0, 0.5, -1.0}, S = {2, 0, 0, 0, 2, 1, 0, 1, 2});
  std::printf("%g\n", by_matrix(0, 0));

  static_assert(decltype(QK)::shape_of == shape(2, 3, 5));
  std::array<double, 24> ones{};
  ones.fill(1.0);
  if (compile(dK)(Q = ones, K = std::array<double, 40>{})(1, 4, 3) != 1.5) return 1;

  // [memory]
  std::vector<double> from_a_file{1.0, 0.5, -1.0};
  std::array<double, 3> memory{};
  auto const done = compile(g)(v = from_a_file, A = matrix, output = memory);
  if (!done) std::printf("%s\n", done.error().message().c_str());
  // [/memory]
  from_a_file.pop_back();
  auto const failed = compile(g)(v = from_a_file, A = matrix, output = memory);
  if (failed) return 1;
  std::printf("%s\n", failed.error().message().c_str());
  return 0;
}
