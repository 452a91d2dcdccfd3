// SPDX-License-Identifier: BSL-1.0
// Plots every activation function, its derivative, and what each policy gives at its kinks, as SVG.

#include <array>
#include <cstdio>
#include <filesystem>
#include <ramp/ramp.hpp>
#include <string>
#include <system_error>
#include <vector>

using namespace ramp;

namespace {

constexpr auto x = variable<"x">;
constexpr auto slope_of = [](auto f, auto... policy) { return derivative(f, wrt(x), policy...); };

constexpr std::array<char const*, 7> policies{"standard", "at\\_zero<0>", "at\\_zero<1>",
                                              "symmetric", "pytorch",     "jax",
                                              "tensorflow"};

/// An activation as numbers: value and slope on a grid, and its slope at each kink by policy.
struct curve {
  std::string name;
  std::vector<double> value, slope;
  std::vector<double> kinks;
  std::vector<std::vector<double>> at_kink;  // by kink, then by policy; as many as are known
};

constexpr int points = 201;
constexpr double left = -10.0;
constexpr double right = 10.0;
double grid(int i) { return left + (right - left) * i / (points - 1); }

template <class F>
curve smooth(char const* name, F f) {
  constexpr auto both = compile(F{}, slope_of(F{}));
  (void)f;
  curve c;
  c.name = name;
  for (int i = 0; i < points; ++i) {
    auto const [value, slope] = both(x = grid(i));
    c.value.push_back(value);
    c.slope.push_back(slope);
  }
  return c;
}

/// The conventions of PyTorch and JAX are known for all of these, those of TensorFlow for some.
template <class F, class... Known>
curve kinked(char const* name, F f, std::vector<double> kinks, Known...) {
  curve c = smooth(name, f);
  constexpr auto slopes =
      compile(slope_of(F{}, standard), slope_of(F{}, at_zero<0.0>), slope_of(F{}, at_zero<1.0>),
              slope_of(F{}, symmetric), slope_of(F{}, Known{})...);
  c.kinks = std::move(kinks);
  for (double kink : c.kinks)
    std::apply([&](auto... s) { c.at_kink.push_back({s...}); }, slopes(x = kink));
  return c;
}

std::vector<curve> curves() {
  return {
      kinked("relu", relu(x), {0}, pytorch, jax, tensorflow),
      kinked("leaky\\_relu<0.1>", leaky_relu<0.1>(x), {0}, pytorch, jax, tensorflow),
      kinked("relu6", relu6(x), {0, 6}, pytorch, jax, tensorflow),
      kinked("hard\\_tanh", hard_tanh(x), {-1, 1}, pytorch, jax),
      kinked("hard\\_sigmoid", hard_sigmoid(x), {-3, 3}, pytorch, jax, tensorflow),
      kinked("hard\\_swish", hard_swish(x), {-3, 3}, pytorch, jax),
      kinked("elu<2>", elu<2.0>(x), {0}, pytorch, jax, tensorflow),
      kinked("selu", selu(x), {0}, pytorch, jax, tensorflow),
      kinked("hinge", hinge(x), {1}, pytorch, jax),
      smooth("threshold<1, -1>", threshold<1.0, -1.0>(x)),
      smooth("celu<2>", celu<2.0>(x)),
      smooth("softplus", softplus(x)),
      smooth("softsign", softsign(x)),
      smooth("sigmoid", sigmoid(x)),
      smooth("log\\_sigmoid", log_sigmoid(x)),
      smooth("tanh", tanh(x)),
      smooth("silu", silu(x)),
      smooth("gelu", gelu(x)),
      smooth("gelu\\_tanh", gelu_tanh(x)),
      smooth("mish", mish(x)),
  };
}

void write(std::FILE* to, std::vector<curve> const& all, char const* picture) {
  constexpr int columns = 4;
  int const rows = (static_cast<int>(all.size()) + columns - 1) / columns;
  std::fprintf(to, "set terminal svg size %d, %d font 'sans-serif,11' background 'white'\n",
               columns * 320, rows * 260);
  std::fprintf(to, "set output '%s'\nset multiplot layout %d, %d\nset grid lc rgb '#dddddd'\n",
               picture, rows, columns);
  std::fprintf(to, "set xrange [%g:%g]\nset yrange [-2.5:4]\n", left, right);
  std::fprintf(to, "set key left top samplen 1 opaque font ',8'\n");
  for (curve const& c : all) {
    std::fprintf(to, "$curve << END\n");
    for (int i = 0; i < points; ++i)
      std::fprintf(to, "%g %.17g %.17g\n", grid(i), c.value[static_cast<std::size_t>(i)],
                   c.slope[static_cast<std::size_t>(i)]);
    std::fprintf(to, "END\n$kinks << END\n");
    for (std::size_t k = 0; k < c.kinks.size(); ++k)
      for (std::size_t p = 0; p < c.at_kink[k].size(); ++p)
        std::fprintf(to, "%g %.17g %zu\n", c.kinks[k], c.at_kink[k][p], p);
    std::fprintf(to, "END\nset title '%s'\nplot $curve u 1:2 w l lw 2 lc rgb '#1f77b4' t 'value', "
                     "$curve u 1:3 w l lw 2 lc rgb '#d62728' t 'derivative'",
                 c.name.c_str());
    if (!c.kinks.empty())
      for (std::size_t p = 0; p < c.at_kink[0].size(); ++p)
        std::fprintf(to, ", $kinks u ($3==%zu ? $1 : NaN):2 w p pt %zu ps 0.8 lc %zu t '%s'", p,
                     p + 4, p + 1, policies[p]);
    std::fprintf(to, "\n");
  }
  std::fprintf(to, "unset multiplot\n");
}

}  // namespace

int main(int count, char** arguments) {
  if (count > 2 || (count == 2 && arguments[1][0] == '-')) {
    std::fprintf(stderr, "usage: 120-activations [FILE.svg]\n");
    return 2;
  }
  char const* const picture = count > 1 ? arguments[1] : "examples/output/activations.svg";
  auto const all = curves();
  for (curve const& c : all)
    for (std::size_t k = 0; k < c.kinks.size(); ++k) {
      std::printf("%-16s at %2g:", c.name.c_str(), c.kinks[k]);
      for (double slope : c.at_kink[k]) std::printf(" %6.3g", slope);
      std::printf("\n");
    }
  std::error_code ignored;  // gnuplot says what is wrong
  if (auto const folder = std::filesystem::path(picture).parent_path(); !folder.empty())
    std::filesystem::create_directories(folder, ignored);
  std::FILE* const gnuplot = popen("gnuplot", "w");
  if (gnuplot == nullptr) return std::perror("gnuplot"), 1;
  write(gnuplot, all, picture);
  if (pclose(gnuplot) != 0) {
    std::fprintf(stderr, "gnuplot did not make the picture: is it installed (gnuplot-nox)?\n");
    return 1;
  }
  std::printf("wrote %s\n", picture);
}
