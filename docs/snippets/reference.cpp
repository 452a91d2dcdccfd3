// SPDX-License-Identifier: BSL-1.0
// The tables of docs/reference.md: what one writes, what shape it has, what it is.
#include <cstdio>
#include <string>
#include <string_view>
#include <type_traits>

#include <ramp/ramp.hpp>

using namespace ramp;
using namespace ramp::literals;

namespace {

// [names]
constexpr auto s = variable<"s">;  // a number
constexpr auto t = variable<"t">;
constexpr auto v = variable<"v", 3>;  // a vector
constexpr auto w = variable<"w", 3>;
constexpr auto A = variable<"A", 2, 3>;  // two rows, three columns
constexpr auto B = variable<"B", 3, 4>;
constexpr auto S = variable<"S", 3, 3>;     // a square matrix
constexpr auto T = variable<"T", 2, 3, 4>;  // a tensor
constexpr auto label = class_label<"label", 10>;
constexpr auto f = dot(v, v) * s;  // a number
constexpr auto u = v * B;          // a vector of 4
// [/names]

struct hermite : own_operation<1> {
  static constexpr std::string_view name = "hermite";
  static constexpr auto define(auto const& r) {
    return r.x[0] * r.template apply<op::exp>(-0.5 * (r.x[0] * r.x[0]));
  }
};

std::string text_of(shape const& extents) {
  std::string all;
  for (int d = 0; d < extents.rank; ++d) all += (d == 0 ? "[" : ", ") + std::to_string(extents[d]);
  return all.empty() ? "number" : all + "]";
}

template <class E>
struct shape_text {
  static std::string of() { return text_of(E::shape_of); }
};
template <class First, class... Rest>
struct shape_text<expressions<First, Rest...>> {
  static std::string of() {
    std::string all = shape_text<First>::of();
    ((all += ", " + shape_text<Rest>::of()), ...);
    return all;
  }
};

void print(char const* code, std::string const& extents, char const* what) {
  constexpr int width = 35;
  if (std::string_view(code).size() > width) std::printf("%s\n%*s", code, width, "");
  else std::printf("%-*s", width, code);
  std::printf(" %-10s %s\n", extents.c_str(), what);
}

}  // namespace

/// The expression as it is written, its shape, and what it is.
#define ROW(what, ...) \
  print(#__VA_ARGS__, shape_text<std::remove_cvref_t<decltype(__VA_ARGS__)>>::of(), what)

int main() {
  std::puts("[names-of-values]");
  ROW("bound by the caller; one for all samples", variable<"v", 3>);
  ROW("one for each sample; this is the shape of one", input<"image", 784>);
  ROW("one for each sample: 0 to 9", class_label<"label", 10>);
  ROW("learned; part of a model", parameter<"weight", 784, 128>);
  ROW("a number that may change from call to call", hyperparameter<"beta">);
  ROW("a constant by its type, known to the simplifier", 0.5_c);
  ROW("the same for every double", constant<0x1p-40>);

  std::puts("[operators]");
  ROW("also - / and unary -: element by element", v + w);
  ROW("a number goes with any shape; nothing else repeats", s + A);
  ROW("elementwise between vectors", v * w);
  ROW("the product of matrices", A * B);
  ROW("a vector is a column on the right", A * v);
  ROW("and a row on the left", v * B);
  ROW("also <= > >= == !=: 1 or 0, without a derivative", v < w);
  ROW("also || and !: 0 is false; both sides are computed", v < w && w < s);
  ROW("v, else 0; the other branch has no say at all", where(v > 0.0, v, 0.0));

  std::puts("[elementwise]");
  ROW("also exp2, expm1 (exp(v) - 1 near 0)", exp(v));
  ROW("also log2, log1p (log(1 + v) near 0)", log(v));
  ROW("also cbrt, rsqrt (1 / sqrt(v))", sqrt(v));
  ROW("v * v", square(v));
  ROW("v to the power w", pow(v, w));
  ROW("sqrt(v * v + w * w), which does not overflow", hypot(v, w));
  ROW("v * w + s, rounded once where there is such a thing", fma(v, w, s));
  ROW("also cos, tan, asin, acos, atan; radians", sin(v));
  ROW("the angle of the point (w, v), -pi to pi", atan2(v, w));
  ROW("also cosh, tanh, asinh, acosh, atanh", sinh(v));
  ROW("also erfc (1 - erf(v))", erf(v));
  ROW("also normal_cdf, log_normal_pdf, log_normal_cdf", normal_pdf(v));
  ROW("log |Gamma(v)|; digamma is its derivative", lgamma(v));
  ROW("derivative n of digamma, n from 1 to 20", polygamma<2>(v));
  ROW("v * log(w), and 0 where v is 0", xlogy(v, w));
  ROW("log(exp(v) + exp(w)), which does not overflow", logaddexp(v, w));
  ROW("log(v / (1 - v)), the inverse of sigmoid", logit(v));
  ROW("also ceil, round (halves away from 0): derivative 0", floor(v));
  ROW("the remainder with the sign of v", fmod(v, w));
  ROW("-1, 0 or 1: derivative 0", sign(v));
  ROW("kinks; with a policy abs(v, symmetric)", abs(v));
  ROW("also min: element by element", max(v, w));
  ROW("min(max(v, low), high); bounds may be expressions", clamp(v, -1.0, t));
  ROW("the value; a constant to every derivative", stop_gradient(v));

  std::puts("[activations]");
  ROW("max(v, 0)", relu(v));
  ROW("v where positive, 0.1 v elsewhere; 0.01 if unsaid", leaky_relu<0.1>(v));
  ROW("the same with a slope that is an expression", parametric_relu(v, t));
  ROW("min(relu(v), 6)", relu6(v));
  ROW("clamp(v, -1, 1)", hard_tanh(v));
  ROW("relu6(v + 3) / 6; hard_swish(v) is v times that", hard_sigmoid(v));
  ROW("v where positive, a (exp(v) - 1) elsewhere; a = 1", elu<1.0>(v));
  ROW("a (exp(v / a) - 1) elsewhere: no kink", celu<1.0>(v));
  ROW("elu that keeps mean 0 and variance 1", selu(v));
  ROW("v where above 0.5, -1 elsewhere: it jumps", threshold<0.5, -1.0>(v));
  ROW("1 / (1 + exp(-v)); log_sigmoid is its logarithm", sigmoid(v));
  ROW("log(1 + exp(v))", softplus(v));
  ROW("v / (1 + |v|)", softsign(v));
  ROW("v * sigmoid(v)", silu(v));
  ROW("v * normal_cdf(v); gelu_tanh approximates it", gelu(v));
  ROW("v * tanh(softplus(v))", mish(v));
  ROW("exp(A) over its sum along the last axis", softmax(A));
  ROW("its logarithm, along another axis", log_softmax(A, axis<0>));
  ROW("half of an axis times sigmoid of the other half", glu(T));
  ROW("the largest of each 2 neighbours", maxout<2>(T));

  std::puts("[layers]");
  ROW("v * weight + bias, parameters hidden.weight, .bias", dense<"hidden", 8>(v));
  ROW("one after the other", sequential(dense<"a", 8>, activation::relu)(v));

  std::puts("[losses]");
  ROW("-log(softmax(logits)[label])", cross_entropy(dense<"out", 10>(v), label));
  ROW("-(w log p + (1 - w) log(1 - p)), p = sigmoid(v)", binary_cross_entropy(v, w));
  ROW("the mean over the elements", mean_squared_error(v, w));
  ROW("likewise; kinks as abs", mean_absolute_error(v, w));
  ROW("x * x / 2 near 0, a line beyond 1; delta = 1", huber<1.0>(v - w));
  ROW("relu(1 - v) of a margin", hinge(v));
  ROW("the mean over all samples of a batch", mean_over_batch(f));

  std::puts("[reductions]");
  ROW("over all axes", sum(A));
  ROW("over these axes, which the result lacks", sum(T, axis<0, 2>));
  ROW("the sum over the number of elements", mean(A, axis<1>));
  ROW("derivatives are exact where elements are 0", product(A, axis<1>));
  ROW("also min; elements that tie share evenly", max(A, axis<1>));
  ROW("also argmin: the first place; no derivative", argmax(A, axis<1>));
  ROW("log(sum(exp(A))) along the last axis or a named one", logsumexp(A));
  ROW("the mean squared distance from the mean", variance(A, axis<1>));
  ROW("over n - 1: the estimate from a sample", variance<1>(v));
  ROW("its square root; derivative 0 where it is 0", standard_deviation(v));
  ROW("the sum of absolute values; kinks as abs", norm1(v));
  ROW("of the sum of squares the root; no square overflows", norm2(A, axis<1>));
  ROW("the largest absolute value", norm_inf(v));
  ROW("along the last axis or a named one", cumulative_sum(A));
  ROW("from the end", cumulative_sum<-1>(A, axis<0>));

  std::puts("[layout]");
  ROW("the same elements in row-major order", reshape<3, 2>(A));
  ROW("axes reversed; moves nothing", transpose(A));
  ROW("axis d of the result is axis order[d]; moves nothing", transpose<2, 0, 1>(T));
  ROW("along new axes in front and axes of extent 1", broadcast<5, 2, 3>(A));
  ROW("axis, first, count, step; a negative step reverses", slice<1, 2, 2, -2>(A));
  ROW("backwards along one axis, or along all", flip(A, axis<1>));
  ROW("axis, zeros before, zeros after", pad<1, 1, 2>(A));
  ROW("one after the other, along axis 0 or a named one", concatenate(axis<1>, A, A));
  ROW("side by side along a new axis: 0 or a named one", stack(v, w));
  ROW("one expression for each equal part", split<3>(v));
  ROW("parts of these sizes", split<1, 2>(A, axis<1>));
  ROW("the whole, 2 times, along axis 0 or a named one", repeat<2>(A));
  ROW("each element 2 times", repeat_each<2>(v));
  ROW("axis, then constant places", gather<1, 2, 0>(A));
  ROW("the row that a value names; 0 if there is none", gather<0>(S, s));
  ROW("1 at the place, 0 elsewhere; no derivative", one_hot<10>(label));

  std::puts("[products]");
  ROW("element by element, of any equal shapes", hadamard(A, A));
  ROW("of two vectors", dot(v, w));
  ROW("all products; the axes of v, then those of w", outer(v, w));
  ROW("v S v; derivative by v: (S + S^T) v", quadratic_form(S, v));
  ROW("each letter an index; summed if not in the result", einsum<"ij,jk->ik">(A, B));
  ROW("a product for each b", einsum<"bij,jk->bik">(einsum<"bij->bji">(T), S));
  ROW("what stands twice is a diagonal; here the trace", einsum<"ii">(S));
  ROW("up to four operands, the smallest product first", einsum<"i,ij,j->">(v, S, w));

  std::puts("[matrices]");
  ROW("x of S * x = v, by elimination with pivoting", solve(S, v));
  ROW("for each column", solve(S, B));
  ROW("reads the lower triangle only; solve_upper likewise", solve_lower(S, v));
  ROW("solve is faster and more accurate", inverse(S));
  ROW("lower L, S = L L^T; reads the lower triangle", cholesky(S));
  ROW("derivative, the cofactors, right if singular", determinant(S));
  ROW("also log_abs_determinant: no overflow", log_determinant(S));
  ROW("of any matrix", diagonal(A));
  ROW("0 beside the diagonal", diagonal_matrix(v));
  ROW("0 above; <1> keeps one more diagonal, <-1> one less", lower_triangle(S));
  ROW("0 below; <1> keeps one less diagonal, <-1> one more", upper_triangle(S));
  ROW("the sum of the diagonal", trace(S));

  std::puts("[control]");
  ROW("f(f(f(s)))", iterate<3>([](auto x) { return cos(x); }, s));
  ROW("f(... f(0, first) ..., last)", fold(split<3>(v), 0_c, [](auto a, auto x) { return a + x; }));
  ROW("ordinary code, run once by the compiler", trace<"x">([](auto x) { return x * x; }));
  ROW("with arguments that are no numbers", trace<"x">([](auto x) { return x * x; }, shaped<3>));
  ROW("an operation of your own; a policy may follow", apply<hermite>(v));

  std::puts("[derivatives]");
  ROW("of a number: gradient; else jacobian", derivative(u, wrt(v)));
  ROW("of a number, by any names at once; reverse mode", gradient(f, wrt(v)));
  ROW("one for each name", gradient(f, wrt(v, s)));
  ROW("the axes of u, then those of v", jacobian(u, wrt(v)));
  ROW("of a number; forward over reverse mode", hessian(f, wrt(v)));
  ROW("the Jacobian times a direction; forward mode", jvp(u, wrt(v), w));
  ROW("weights times the Jacobian; reverse mode", vjp(u, wrt(v), u));
  ROW("at kinks as w moves what is there", gradient(f, wrt(v), directional(w)));
  ROW("as every unit vector in turn does", gradient(f, wrt(v), lexicographic));
  ROW("a lower and an upper bound", gradient(f, wrt(v), interval));
  ROW("how many kinks w leaves undecided", unsettled_ties(f, wrt(v), directional(w)));
}
