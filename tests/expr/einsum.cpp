// SPDX-License-Identifier: BSL-1.0
#include <catch2/catch.hpp>

#include <limits>
#include <vector>

#include <ramp/expr/derivative.hpp>
#include <ramp/expr/einsum.hpp>
#include <ramp/expr/linear_algebra.hpp>
#include <ramp/expr/reduction.hpp>
#include <ramp/expr/trace.hpp>

#include "expr/evaluate.hpp"

using namespace ramp;

namespace {

using numbers = std::vector<double>;

constexpr auto x = variable<"x">;
constexpr auto u = variable<"u", 2>;
constexpr auto w = variable<"w", 3>;
constexpr auto A = variable<"A", 2, 3>;
constexpr auto B = variable<"B", 3, 2>;
constexpr auto S = variable<"S", 3, 3>;
constexpr auto T = variable<"T", 2, 3, 2>;

std::vector<test::bound> const values{
    {"x", 3.0},
    {"u", {10, 20}},
    {"w", {1, 2, 3}},
    {"A", {1, 2, 3, 4, 5, 6}},
    {"B", {1, 0, 0, 1, 1, 1}},
    {"S", {1, 2, 3, 4, 5, 6, 7, 8, 9}},
    {"T", {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}},
};

numbers value(auto const& f) { return test::elements(f, values); }

int count_of(ir::opcode operation, auto const& f) {
  lowerer l(standard.value);
  l.add_constant(f);
  lowered const program = l.finish();
  int count = 0;
  std::vector<char> needed(program.graph.nodes.size(), 0);
  needed[static_cast<std::size_t>(program.roots[0].node)] = 1;
  for (int i = program.roots[0].node; i >= 0; --i) {
    if (needed[static_cast<std::size_t>(i)] == 0) continue;
    ir::node const& n = program.graph[i];
    count += n.is(operation) ? 1 : 0;
    for (std::size_t k = 0; k < n.arity; ++k) needed[static_cast<std::size_t>(n.operand[k])] = 1;
  }
  return count;
}

}  // namespace

TEST_CASE("einsum of one operand", "[expr]") {
  CHECK(value(einsum<"ij->ji">(A)) == numbers{1, 4, 2, 5, 3, 6});
  CHECK(value(einsum<"ij->j">(A)) == numbers{5, 7, 9});
  CHECK(value(einsum<"ij->">(A)) == numbers{21});
  CHECK(value(einsum<"ba">(A)) == numbers{1, 4, 2, 5, 3, 6});  // in the order of the alphabet
  CHECK(value(einsum<"ii->i">(S)) == numbers{1, 5, 9});
  CHECK(value(einsum<"ii">(S)) == numbers{15});
  CHECK(value(einsum<"iji->ij">(T)) == numbers{0, 2, 4, 7, 9, 11});
  CHECK(value(einsum<"iji->j">(T)) == numbers{7, 11, 15});
  CHECK(value(einsum<"kij -> jki">(T)) == value(transpose<2, 0, 1>(T)));
  CHECK(value(einsum<"->">(x)) == numbers{3});
}

TEST_CASE("einsum of two operands", "[expr]") {
  CHECK(value(einsum<"ij,jk->ik">(A, B)) == numbers{4, 5, 10, 11});
  CHECK(value(einsum<"ij,jk">(A, B)) == numbers{4, 5, 10, 11});
  CHECK(value(einsum<"ij,jk->ki">(A, B)) == numbers{4, 10, 5, 11});
  CHECK(value(einsum<"ij,kj">(A, A)) == value(A * transpose(A)));
  CHECK(value(einsum<"i,i">(w, w)) == numbers{14});
  CHECK(value(einsum<"i,j">(u, w)) == value(outer(u, w)));
  CHECK(value(einsum<"i,i->i">(w, w)) == numbers{1, 4, 9});
  CHECK(value(einsum<"ij,ji->">(A, B)) == numbers{1 + 0 + 3 + 0 + 5 + 6});
  CHECK(value(einsum<",i->i">(x, w)) == numbers{3, 6, 9});
  CHECK(value(einsum<"ij,k->i">(A, w)) == numbers{36, 90});
  CHECK(value(einsum<"ii,i->i">(S, w)) == numbers{1, 10, 27});
  // rows of B times columns of T, for each last index of T
  CHECK(value(einsum<"jk,kjl->jl">(B, T)) == numbers{0, 1, 8, 9, 14, 16});
}

TEST_CASE("einsum of three and four operands", "[expr]") {
  CHECK(value(einsum<"i,ij,j">(u, A, w)) == value(dot(u, A * w)));
  CHECK(value(einsum<"ij,jk,kl->il">(A, S, B)) == value(A * S * B));
  CHECK(value(einsum<"ij,jk,kl,lm->im">(A, B, A, S)) == value(A * B * A * S));
  CHECK(value(einsum<"i,i,i->i">(w, w, w)) == numbers{1, 8, 27});
  CHECK(value(einsum<"i,j,k->">(u, w, w)) == numbers{30 * 6 * 6});
}

TEST_CASE("einsum: a matrix product is one, and what is cheap comes first", "[expr]") {
  using ir::code;
  CHECK(count_of(code<op::contract>, einsum<"ij,jk->ik">(A, B)) == 1);
  CHECK(count_of(code<op::mul>, einsum<"ij,jk->ik">(A, B)) == 0);
  CHECK(count_of(code<op::contract>, einsum<"ij,jk,kl->il">(A, S, B)) == 2);
  // the sum over j comes before the product with a vector over i: there is no matrix
  lowerer l(standard.value);
  l.add_constant(einsum<"i,j,j->i">(u, w, w));
  for (ir::node const& n : l.finish().graph.nodes) CHECK(n.iteration.rank < 2);
}

TEST_CASE("einsum has derivatives, and elements off a diagonal no say", "[expr]") {
  CHECK(value(gradient(einsum<"ij,ji->">(A, B), wrt(A))) == numbers{1, 0, 1, 0, 1, 1});
  CHECK(value(gradient(einsum<"ii,i->">(S, w), wrt(S))) == numbers{1, 0, 0, 0, 2, 0, 0, 0, 3});
  CHECK(value(gradient(einsum<"i,ij,j">(w, S, w), wrt(w))) == value((S + transpose(S)) * w));
  CHECK(value(quadratic_form(S, w)) == value(einsum<"i,ij,j">(w, S, w)));
  auto spoiled = values;
  spoiled[5] = {"S", {1, std::numeric_limits<double>::quiet_NaN(), 3, 4, 5, 6, 7, 8, 9}};
  CHECK(test::elements(einsum<"ii">(S), spoiled) == numbers{15});
}

TEST_CASE("einsum of traced values", "[expr]") {
  constexpr auto f = trace<"A", "B">(
      [](auto a, auto b) { return einsum<"ij,jk->ik">(a, b); }, shaped<2, 3>, shaped<3, 2>);
  CHECK(value(f) == numbers{4, 5, 10, 11});
}

TEST_CASE("einsum of traced values whose shapes are not those of the text", "[expr]") {
  auto const product = [](auto a, auto b) { return einsum<"ij,jk->ik">(a, b); };
  CHECK_FALSE(test::refuses(product, shape(2, 3), shape(3, 4)));
  CHECK(test::refuses(product, shape(2, 3), shape(2, 4)));
  CHECK(test::refuses(product, shape(2, 3), shape(3)));
  auto const diagonal = [](auto a) { return einsum<"ii->i">(a); };
  CHECK_FALSE(test::refuses(diagonal, shape(3, 3)));
  CHECK(test::refuses(diagonal, shape(3, 2)));
}
