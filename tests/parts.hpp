// SPDX-License-Identifier: BSL-1.0
#pragma once

// What has to be compiled for every operation is compiled in parts, one source file each, or the
// compiler would need minutes and gigabytes for one. Part I of N takes every N-th operation of
// op::table, so a new one needs no change; a part that is missing shows in the sum.

#include <ramp/op/table.hpp>

#include <type_traits>

namespace parts {

/// Calls f.operator()<Op>() for the operations of part I of N.
template <int I, int N, class F>
constexpr void for_each(F f) {
  [&]<class... Ops>(ramp::op::operation_list<Ops...>) {
    auto one = [&]<class Op>(std::type_identity<Op>) {
      if constexpr (static_cast<int>(ramp::op::code<Op>) % N == I) f.template operator()<Op>();
    };
    (one(std::type_identity<Ops>{}), ...);
  }(ramp::op::table{});
}

/// How many operations the parts of this executable take together.
inline int taken = 0;

/// Counts the operations of a part, before main, if the part is there.
template <int I, int N>
struct part {
  static inline int const count = [] {
    int n = 0;
    for_each<I, N>([&]<class>() { ++n; });
    taken += n;
    return n;
  }();
};

}  // namespace parts
