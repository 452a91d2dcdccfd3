// SPDX-License-Identifier: BSL-1.0
#pragma once

// Every elementwise operation over the table of operations, as one program.

#include "planned.hpp"

namespace planned {

/// `Op` of x, y and z as far as it takes operands; gates with a tie weight of 1/4.
template <class Op>
constexpr value apply(value const& x, value const& y, value const& z) {
  constexpr double attribute = op::attributed<Op> ? 0.25 : 0.0;
  if constexpr (Op::arity == 1) return x.combine<Op>(attribute);
  else if constexpr (Op::arity == 2) return x.combine<Op>(attribute, y);
  else return x.combine<Op>(attribute, y, z);
}

/// Calls f.operator()<Op>() for the elementwise operations whose place in the table is in
/// [From, To).
template <int From, int To, class F>
constexpr void for_elementwise(F f) {
  []<class... Ops>(op::operation_list<Ops...>, F& g) {
    int place = 0;
    auto one = [&]<class Op>(std::type_identity<Op>) {
      if constexpr (op::elementwise<Op>) {
        if (place >= From && place < To) g.template operator()<Op>();
      }
      ++place;
    };
    (one(std::type_identity<Ops>{}), ...);
  }(op::table{}, f);
}

/// As kernels over rows and lanes; operands with both dimensions, the lanes only, the rows only.
template <int From, int To>
struct over_rows {
  static constexpr program build(int samples) {
    program p;
    value const x = p.input("x", shape(samples, 5));
    value const b = p.variable("b", shape(5));
    value const c = p.input("c", shape(samples));
    for_elementwise<From, To>([&]<class Op>() {
      p.output(apply<Op>(x, spread(b, x.space, {1}), spread(c, x.space, {0})));
    });
    return p;
  }
};

/// In the epilogue of one product.
template <int From, int To>
struct in_epilogue {
  static constexpr program build(int samples) {
    program p;
    value const x = p.input("x", shape(samples, 3));
    value const w = p.parameter("w", shape(3, 5));
    value const z = product(x, w);
    value const b = p.variable("b", shape(5));
    value const y = p.input("y", shape(samples, 5));
    for_elementwise<From, To>(
        [&]<class Op>() { p.output(apply<Op>(z, y, spread(b, z.space, {1}))); });
    return p;
  }
};

/// Of numbers.
template <int From, int To>
struct of_scalars {
  static constexpr program build(int) {
    program p;
    value const x = p.variable("x", shape());
    value const y = p.variable("y", shape());
    value const z = p.variable("z", shape());
    for_elementwise<From, To>([&]<class Op>() { p.output(apply<Op>(x, y, z)); });
    return p;
  }
};

template <int From, int To>
void check_operations() {
  check<over_rows<From, To>, float>();
  check<over_rows<From, To>, double>();
  check<in_epilogue<From, To>, float>(1e4);  // of arguments up to 12: exp, pow and tanh' condition
  check<in_epilogue<From, To>, double>(1e4);
  check<of_scalars<From, To>, float>();
  check<of_scalars<From, To>, double>();
}

}  // namespace planned
