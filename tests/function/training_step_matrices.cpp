// SPDX-License-Identifier: BSL-1.0
// Models with operations on matrices, one for all samples or one for each, each against the plain
// evaluation of single samples.
#include <ramp/ramp.hpp>

#include <catch2/catch.hpp>

#include <cstddef>
#include <vector>

#include "oracle.hpp"

using namespace ramp;
using namespace ramp::literals;
using oracle::doubles;
using oracle::noise;

namespace {

constexpr std::size_t count = 37;  // one full tile and a part of another

constexpr auto x = input<"x", 4>;
constexpr auto identity = variable<"identity", 4, 4>;
constexpr std::array<double, 16> ones_on_diagonal{1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};

// the density of a normal distribution of which mean and covariance are learned, in two ways
namespace normal_density {
constexpr auto factor = parameter<"factor", 4, 4>;
constexpr auto covariance = factor * transpose(factor) + identity;
constexpr auto rest = x - parameter<"mean", 4>;
constexpr auto loss = dot(rest, solve(covariance, rest)) + log_determinant(covariance);
constexpr auto step = training_step<float>([] { return mean_over_batch(loss); }, sgd{0.1});

constexpr auto triangle = cholesky(covariance);
constexpr auto white = solve_lower(triangle, rest);
constexpr auto by_cholesky = dot(white, white) + 2_c * log_abs_determinant(triangle);
constexpr auto in_double =
    training_step<double>([] { return mean_over_batch(by_cholesky); }, sgd{0.1}, tile<10>);
}  // namespace normal_density

// a change of variables: how much a layer expands volumes, sample by sample
namespace flow {
constexpr auto out = tanh(x * parameter<"w", 4, 4> + parameter<"b", 4>) + x;
constexpr auto loss = dot(out, out) - log_abs_determinant(jacobian(out, wrt(x)));
constexpr auto step = training_step<double>([] { return mean_over_batch(loss); }, sgd{0.1});
}  // namespace flow

// each sample has its own least squares problem; cofactors and an inverse beside it
namespace least_squares {
constexpr auto rows = input<"rows", 6, 4>;
constexpr auto target = input<"target", 6>;
constexpr auto hidden = tanh(rows * parameter<"w", 4, 3>);
constexpr auto normal_matrix = transpose(hidden) * hidden + parameter<"ridge", 3, 3>;
constexpr auto fitted = hidden * solve(normal_matrix, transpose(hidden) * target);
constexpr auto error = mean_squared_error(fitted, target);
constexpr auto loss = error + 0.01_c * determinant(normal_matrix) +
                      0.01_c * sum(square(inverse(normal_matrix)));
constexpr auto step =
    training_step<float>([] { return mean_over_batch(loss); }, sgd{0.01}, tile<8>);
}  // namespace least_squares

}  // namespace

TEST_CASE("one covariance for all samples", "[training_step]") {
  using namespace normal_density;
  auto const in = noise<float>(4 * count, 1);
  std::vector<double> const unit(ones_on_diagonal.begin(), ones_on_diagonal.end());
  oracle::check_step(step, loss, {{"x", doubles(in)}, {"identity", unit}}, count, 1e-5, x = in,
                     identity = ones_on_diagonal);
  oracle::check_step(in_double, by_cholesky, {{"x", doubles(in)}, {"identity", unit}}, count, 1e-13,
                     x = in, identity = ones_on_diagonal);
}

TEST_CASE("a Jacobian and its determinant for each sample", "[training_step]") {
  using namespace flow;
  auto const in = noise<double>(4 * count, 1);
  oracle::check_step(step, loss, {{"x", in}}, count, 1e-12, x = in);
}

TEST_CASE("a system of equations for each sample", "[training_step]") {
  using namespace least_squares;
  auto const in = noise<float>(24 * count, 1);
  auto const out = noise<float>(6 * count, 2);
  oracle::check_step(step, loss, {{"rows", doubles(in)}, {"target", doubles(out)}}, count, 2e-5,
                     rows = in, target = out);
}
