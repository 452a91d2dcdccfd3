// SPDX-License-Identifier: BSL-1.0
#pragma once

// Every elementwise operation over the table of operations, as one program.

#include "parts.hpp"
#include "planned.hpp"

namespace planned {

/// `Op` of x, y and z as far as it takes operands; gates with a tie weight of 1/4.
template <class Op>
constexpr value apply(value const& x, value const& y, value const& z) {
  constexpr bool has_order = std::is_same_v<Op, op::polygamma>;
  constexpr double attribute = has_order ? 1.0 : op::attributed<Op> ? 0.25 : 0.0;
  if constexpr (Op::arity == 1) return x.combine<Op>(attribute);
  else if constexpr (Op::arity == 2) return x.combine<Op>(attribute, y);
  else return x.combine<Op>(attribute, y, z);
}

/// Calls f.operator()<Op>() for the elementwise operations of part I of N.
template <int I, int N, class F>
constexpr void for_elementwise(F f) {
  parts::for_each<I, N>([&]<class Op>() {
    if constexpr (op::elementwise<Op>) f.template operator()<Op>();
  });
}

/// As kernels over rows and lanes; operands with both dimensions, the lanes only, the rows only.
template <int I, int N>
struct over_rows {
  static constexpr program build(int samples) {
    program p;
    value const x = p.input("x", shape(samples, 5));
    value const b = p.variable("b", shape(5));
    value const c = p.input("c", shape(samples));
    for_elementwise<I, N>([&]<class Op>() {
      p.output(apply<Op>(x, spread(b, x.space, {1}), spread(c, x.space, {0})));
    });
    return p;
  }
};

/// In the epilogue of one product.
template <int I, int N>
struct in_epilogue {
  static constexpr program build(int samples) {
    program p;
    value const x = p.input("x", shape(samples, 3));
    value const w = p.parameter("w", shape(3, 5));
    value const z = product(x, w);
    value const b = p.variable("b", shape(5));
    value const y = p.input("y", shape(samples, 5));
    for_elementwise<I, N>(
        [&]<class Op>() { p.output(apply<Op>(z, y, spread(b, z.space, {1}))); });
    return p;
  }
};

/// Of numbers.
template <int I, int N>
struct of_scalars {
  static constexpr program build(int) {
    program p;
    value const x = p.variable("x", shape());
    value const y = p.variable("y", shape());
    value const z = p.variable("z", shape());
    for_elementwise<I, N>([&]<class Op>() { p.output(apply<Op>(x, y, z)); });
    return p;
  }
};

template <int I, int N>
void check_operations() {
  CHECK(parts::part<I, N>::count > 0);
  check<over_rows<I, N>, float>();
  check<over_rows<I, N>, double>();
  check<in_epilogue<I, N>, float>(1e4);  // of arguments up to 12: exp, pow and tanh' condition
  check<in_epilogue<I, N>, double>(1e4);
  check<of_scalars<I, N>, float>();
  check<of_scalars<I, N>, double>();
}

}  // namespace planned
