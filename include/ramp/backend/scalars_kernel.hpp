// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include <ramp/backend/access.hpp>

namespace ramp::backend {
inline namespace RAMP_ISA {

/// `Op` on up to three numbers; those beyond its arity are not looked at.
template <class Op, class T>
RAMP_ALWAYS_INLINE T apply_scalar(T a, [[maybe_unused]] T b, [[maybe_unused]] T c,
                                  [[maybe_unused]] double attribute) {
  if constexpr (op::attributed<Op>) {
    T const weight = static_cast<T>(attribute);
    if constexpr (Op::arity == 1) return Op::value(a, weight);
    else if constexpr (Op::arity == 2) return Op::value(a, b, weight);
    else return Op::value(a, b, c, weight);
  } else if constexpr (Op::arity == 1) {
    return Op::value(a);
  } else if constexpr (Op::arity == 2) {
    return Op::value(a, b);
  } else {
    return Op::value(a, b, c);
  }
}

/// Straight-line code over scalars. All values, those that come from memory first, are elements of
/// one local array, which the optimiser takes apart. The code of a node is then one expression and
/// no function of its own: a program of a thousand scalars compiles in seconds.
template <class P, int K>
struct scalars_kernel {
  using T = value_type<P>;
  static constexpr kernel q = kernel_of<P>(K);

  /// Where the operands of each member are among the local values, and what is loaded and stored.
  struct wiring {
    static constexpr int most = 3 * q.count + 1;
    small_array<small_array<int, 3>, q.count> operand{};
    small_array<int, most> loaded{};  // the nodes that come from memory
    small_array<int, q.count> stored{};  // the members that go there
    int loads = 0;
    int stores = 0;

    constexpr int local(int source) {
      if (place_of<P>(source).kernel == K) return most + place_of<P>(source).local;
      for (int i = 0; i < loads; ++i)
        if (loaded.at[i] == source) return i;
      loaded.at[loads] = source;
      return loads++;
    }
    constexpr wiring() {
      for (int i = 0; i < q.count; ++i) {
        int const n = P::plan.member(K, i);
        for (int k = 0; k < 3; ++k)  // beyond the arity: some number that is there
          operand.at[i].at[k] =
              k < node_of<P>(n).arity ? local(operand_of<P>(n, k)) : operand.at[i].at[0];
        memory const where = place_of<P>(n).at.where;
        if (where == memory::arena || where == memory::state) stored.at[stores++] = i;
      }
    }
  };
  static constexpr wiring wires{};

  template <int I>
  static constexpr node const& member = node_of<P>(P::plan.member(K, I));

  RAMP_ALWAYS_INLINE static T loaded(context<T> const& c, memory where, int base_offset,
                                     double constant) {
    return where == memory::literal    ? static_cast<T>(constant)
           : where == memory::arena    ? c.arena[base_offset]
           : where == memory::argument ? *c.arguments[base_offset]
                                       : c.state[base_offset];
  }

  RAMP_ALWAYS_INLINE static void run(context<T> c) {
    run(c, std::make_integer_sequence<int, wires.loads>{},
        std::make_integer_sequence<int, q.count>{},
        std::make_integer_sequence<int, wires.stores>{});
  }

 private:
  template <int... L, int... I, int... S>
  RAMP_ALWAYS_INLINE static void run(context<T> c, std::integer_sequence<int, L...>,
                                     std::integer_sequence<int, I...>,
                                     std::integer_sequence<int, S...>) {
    T v[static_cast<std::size_t>(wiring::most + q.count)];
    ((v[L] = loaded(c, place_of<P>(wires.loaded.at[L]).at.where,
                    place_of<P>(wires.loaded.at[L]).at.base,
                    node_of<P>(wires.loaded.at[L]).value)),
     ...);
    ((v[wiring::most + I] = apply_scalar<op::operation_at<member<I>.operation>>(
          v[wires.operand.at[I].at[0]], v[wires.operand.at[I].at[1]],
          v[wires.operand.at[I].at[2]], member<I>.value)),
     ...);
    (store<P, P::plan.member(K, wires.stored.at[S])>(c, v[wiring::most + wires.stored.at[S]], 0, 0),
     ...);
  }
};

}  // namespace RAMP_ISA
}  // namespace ramp::backend
