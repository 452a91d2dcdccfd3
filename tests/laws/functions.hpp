// SPDX-License-Identifier: BSL-1.0
#pragma once

// Functions of expressions, one line each: what the laws in functions.cpp and
// functions_evaluated.cpp run over. A new function is one line in one of the tables.

#include <ramp/expr/lower.hpp>
#include <ramp/ramp.hpp>

#include "graphs.hpp"

#include <cstdlib>
#include <string_view>
#include <tuple>

namespace laws {

/// A function: its name, and a lambda that writes it down.
template <class Make>
struct function {
  std::string_view name;
  Make make;
  bool absorbs_nan = false;  // compares, so a NaN need not come out

  using made = decltype(Make{}());
  static constexpr shape extents = made::shape_of;

  static constexpr ramp::lowered lower() {
    ramp::lowerer l(ramp::standard.value);
    l.add_constant(Make{}());
    return l.finish();
  }
};
template <class Make>
function(std::string_view, Make) -> function<Make>;
template <class Make>
function(std::string_view, Make, bool) -> function<Make>;

namespace of {

using namespace ramp;
using namespace ramp::literals;

inline constexpr auto x = variable<"x">;
inline constexpr auto y = variable<"y">;
inline constexpr auto v = variable<"v", 6>;
inline constexpr auto w = variable<"w", 6>;
inline constexpr auto row = variable<"row", 4>;
inline constexpr auto column = variable<"column", 3>;
inline constexpr auto A = variable<"A", 4, 3>;
inline constexpr auto B = variable<"B", 3, 4>;
inline constexpr auto S = variable<"S", 3, 3>;
inline constexpr auto T = variable<"T", 2, 3, 4>;
inline constexpr auto label = class_label<"label", 3>;
inline constexpr auto places = variable<"places", 2>;  // small whole numbers

}  // namespace of

/// Moves elements and repeats some.
inline constexpr auto movements = [] {
  using namespace of;
  return std::tuple{
      function{"transpose", [] { return transpose(A); }},
      function{"transpose<2, 0, 1>", [] { return transpose<2, 0, 1>(T); }},
      function{"reshape", [] { return reshape<2, 6>(transpose(A)); }},
      function{"broadcast", [] { return hadamard(broadcast<2, 3, 4>(row), T); }},
      function{"broadcast of extent 1", [] { return broadcast<4, 2, 3>(reshape<2, 3>(v)); }},
      function{"slice", [] { return slice<1, 1, 2>(A); }},
      function{"slice with a stride", [] { return slice<2, 3, 2, -2>(T); }},
      function{"flip", [] { return flip(T, axis<0, 2>); }},
      function{"pad", [] { return pad<1, 1, 2>(A); }},
      function{"concatenate", [] { return concatenate(v, 2_c * row, v); }},
      function{"concatenate columns", [] { return concatenate(axis<1>, A, transpose(B)); }},
      function{"stack of numbers", [] { return stack(x, y, x * y); }},
      function{"stack of columns", [] { return stack(axis<1>, v, w, v * w); }},
      function{"split in halves", [] {
                 auto const parts = split<2>(v);
                 return get<0>(parts) * get<1>(parts);
               }},
      function{"split by sizes", [] { return get<1>(split<1, 2>(A, axis<1>)); }},
      function{"repeat", [] { return repeat<2>(A, axis<1>); }},
      function{"repeat_each", [] { return repeat_each<3>(v); }},
  };
}();

/// Chooses elements.
inline constexpr auto choices = [] {
  using namespace of;
  return std::tuple{
      function{"gather", [] { return gather<0, 2, 0, 1, 1>(A); }},
      function{"gather by label", [] { return gather<1>(A, label); }},
      function{"gather by places", [] { return gather<1>(T, places); }},
      function{"one_hot", [] { return hadamard(one_hot<3>(label), column); }, true},
      function{"diagonal", [] { return diagonal(A); }},
      function{"diagonal_matrix", [] { return diagonal_matrix(v); }},
      function{"lower_triangle", [] { return lower_triangle(A); }},
      function{"upper_triangle", [] { return upper_triangle<1>(B); }},
      function{"trace", [] { return trace(S * S); }},
  };
}();

/// Takes several elements to one.
inline constexpr auto reductions = [] {
  using namespace of;
  return std::tuple{
      function{"sum", [] { return sum(T, axis<0, 2>); }},
      function{"mean", [] { return mean(A, axis<0>); }},
      function{"product", [] { return product(v); }},
      function{"product along axes", [] { return product(T, axis<0, 1>); }},
      function{"max", [] { return max(A, axis<1>); }},
      function{"min", [] { return min(T); }},
      function{"norm1", [] { return norm1(A, axis<0>); }},
      function{"norm2", [] { return norm2(v); }},
      function{"norm2 along axes", [] { return norm2(T, axis<0, 2>); }},
      function{"norm_inf", [] { return norm_inf(A, axis<1>); }},
  };
}();

/// Takes several elements to one in more than one step.
inline constexpr auto statistics = [] {
  using namespace of;
  return std::tuple{
      function{"variance", [] { return variance(v); }},
      function{"variance of a sample", [] { return variance<1>(T, axis<0, 2>); }},
      function{"standard_deviation", [] { return standard_deviation(A, axis<0>); }},
      function{"standard_deviation of a sample", [] { return standard_deviation<1>(v); }},
      function{"logsumexp", [] { return logsumexp(T, axis<1>); }},
      function{"argmax", [] { return argmax(A, axis<1>); }},
      function{"argmin", [] { return argmin(T); }},
      function{"cumulative_sum", [] { return cumulative_sum(T, axis<1>); }},
      function{"cumulative_sum<-1>", [] { return cumulative_sum<-1>(v); }},
  };
}();

/// Products of linear algebra.
inline constexpr auto products = [] {
  using namespace of;
  return std::tuple{
      function{"vector * matrix", [] { return row * A; }},
      function{"matrix * vector", [] { return A * column; }},
      function{"matrix * matrix", [] { return A * B; }},
      function{"matrix * transposed", [] { return A * transpose(A); }},
      function{"dot", [] { return dot(v, w); }},
      function{"outer", [] { return outer(row, column); }},
      function{"hadamard", [] { return hadamard(A, transpose(B)); }},
      function{"quadratic_form", [] { return quadratic_form(S, column); }},
  };
}();

/// Sums of products by their indices, and loops.
inline constexpr auto contractions = [] {
  using namespace of;
  return std::tuple{
      function{"einsum ij,jk->ik", [] { return einsum<"ij,jk->ik">(A, B); }},
      function{"einsum ij,jk", [] { return einsum<"ij, jk">(A, B); }},
      function{"einsum ii->i", [] { return einsum<"ii->i">(S); }},
      function{"einsum iji->ji", [] {
                 return einsum<"iji->ji">(reshape<3, 2, 3>(concatenate(v, w, v)));
               }},
      function{"einsum ij->j", [] { return einsum<"ij->j">(A); }},
      function{"einsum bij,bjk->bik", [] { return einsum<"bij,bkj->bik">(T, T); }},
      function{"einsum of four", [] {
                 return einsum<"i,ij,jk,k->">(row, A, S, column);
               }},
      function{"einsum of three", [] { return einsum<"ij,kl,jl->ik">(A, B, outer(column, row)); }},
      function{"iterate", [] {
                 return iterate<3>([](auto const& z) { return tanh(z * S); }, column);
               }},
      function{"fold", [] {
                 return fold(split<3>(A, axis<1>), x,
                             [](auto const& state, auto const& part) {
                               return state * state + sum(part);
                             });
               }},
  };
}();

/// Functions of a vector or along an axis, and losses.
inline constexpr auto activations = [] {
  using namespace of;
  return std::tuple{
      function{"softmax", [] { return softmax(v); }},
      function{"softmax along an axis", [] { return softmax(T, axis<1>); }},
      function{"log_softmax", [] { return log_softmax(A); }},
      function{"glu", [] { return glu(v); }},
      function{"glu along an axis", [] { return glu(A, axis<0>); }},
      function{"maxout", [] { return maxout<3>(v); }},
      function{"maxout along an axis", [] { return maxout<2>(T, axis<0>); }},
      function{"cross_entropy", [] { return cross_entropy(column, label); }},
      function{"mean_squared_error", [] { return mean_squared_error(A, transpose(B)); }},
      function{"binary_cross_entropy", [] { return binary_cross_entropy(v, w); }},
  };
}();

/// Numbers for the arguments, none of them 0, inside the domain and on no kink; whole numbers for
/// labels and places.
inline ramp::check::point regular_arguments(graph const& g, ramp::xoshiro256& random) {
  for (int attempt = 0; attempt < 10000; ++attempt) {
    auto at = random_point(g, random);
    for (std::size_t a = 0; a < at.size(); ++a) {
      bool const whole = g.arguments[a].name == "label" || g.arguments[a].name == "places";
      for (double& x : at[a])
        x = whole ? static_cast<double>(ramp::uniform_below(3, random)) : x + 0x1p-6;
    }
    auto const here = ramp::check::active_pieces(g, ramp::check::evaluate_at(g, at));
    if (here.in_domain && !here.on_kink) return at;
  }
  std::abort();
}

/// The numbers of the arguments that have a derivative.
inline ramp::list<int> differentiable(graph const& g) {
  ramp::list<int> wrt;
  for (std::size_t a = 0; a < g.arguments.size(); ++a)
    if (g.arguments[a].name != "label" && g.arguments[a].name != "places")
      wrt.push_back(static_cast<int>(a));
  return wrt;
}

}  // namespace laws
