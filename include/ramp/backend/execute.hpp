// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <type_traits>

#include <ramp/backend/access.hpp>
#include <ramp/backend/contract_kernel.hpp>
#include <ramp/backend/generic_kernel.hpp>
#include <ramp/backend/matrix_kernel.hpp>
#include <ramp/backend/rows_kernel.hpp>
#include <ramp/backend/scalars_kernel.hpp>

namespace ramp::backend {
inline namespace RAMP_ISA {

/// GCC 12 turns a store to `arena + 64 i` into one to `8 p - 7 arena` where p is an induction
/// variable that is a pointer, then loses track of what it points to, takes the function for pure,
/// and drops the call. This says that memory is written; at the end of a function it costs no
/// instruction.
RAMP_ALWAYS_INLINE void keep_stores() {
#ifndef __clang__
  asm volatile("" ::: "memory");
#endif
}

template <class P, int K>
constexpr auto find_code() {
  constexpr pass::kernel_kind kind = kernel_of<P>(K).kind;
  if constexpr (kind == pass::kernel_kind::scalars)
    return std::type_identity<scalars_kernel<P, K>>{};
  else if constexpr (kind == pass::kernel_kind::rows)
    return std::type_identity<rows_kernel<P, K>>{};
  else if constexpr (kind == pass::kernel_kind::contract)
    return std::type_identity<contract_kernel<P, K>>{};
  else if constexpr (kind == pass::kernel_kind::copy)
    return std::type_identity<copy_kernel<P, K>>{};
  else if constexpr (kind == pass::kernel_kind::matrix)
    return std::type_identity<matrix_kernel<P, K>>{};
  else return std::type_identity<generic_kernel<P, K>>{};
}
template <class P, int K>
using kernel_code = typename decltype(find_code<P, K>())::type;

/// One function a kernel: a long program in one function would take superlinear time to compile.
/// The members of the context are passed one by one, in registers: a copy of it in memory would be
/// written in parts and read as a whole, which stalls for longer than a small kernel runs.
template <class P, int K>
RAMP_NOINLINE void run_kernel(value_type<P>* arena, value_type<P>* state,
                              value_type<P> const* const* arguments, bool first, bool last) {
  kernel_code<P, K>::run(context<value_type<P>>{arena, state, arguments, first, last});
  keep_stores();
}
template <class P, int K>
RAMP_ALWAYS_INLINE void run_kernel(context<value_type<P>> const& c) {
  run_kernel<P, K>(c.arena, c.state, c.arguments, c.first, c.last);
}

/// Runs kernels [From, To) in order; those of the last tile only there.
template <class P, int From, int To>
RAMP_ALWAYS_INLINE void run_kernels(context<value_type<P>> const& c) {
  unroll<To - From>([&]<int I>() RAMP_LAMBDA_INLINE {
    constexpr int k = From + I;
    if constexpr (kernel_of<P>(k).when == pass::stage::last_tile) {
      if (c.last) run_kernel<P, k>(c);
    } else if constexpr (P::plan.kernels.size() == 1) {
      // A short formula becomes part of its caller. There keep_stores is not free as it is at the
      // end of a function: arguments and results would go through memory, and a loop over calls
      // would not be vectorised. Straight-line code has no induction variable to lose track of.
      kernel_code<P, k>::run(c);
      if constexpr (kernel_of<P>(k).kind != pass::kernel_kind::scalars) keep_stores();
    } else {
      run_kernel<P, k>(c);
    }
  });
}

}  // namespace RAMP_ISA
}  // namespace ramp::backend
