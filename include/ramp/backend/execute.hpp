// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/backend/access.hpp>
#include <ramp/backend/contract_kernel.hpp>
#include <ramp/backend/generic_kernel.hpp>
#include <ramp/backend/rows_kernel.hpp>

namespace ramp::backend {
inline namespace RAMP_ISA {

/// Straight-line code over scalars; values stay in registers unless another kernel reads them.
template <class P, int K>
struct scalars_kernel {
  using T = value_type<P>;
  static constexpr kernel q = kernel_of<P>(K);

  struct operands {
    context<T> const& c;
    T const* value;

    template <int N, int O>
    RAMP_ALWAYS_INLINE T get() const {
      constexpr int source = operand_of<P>(N, O);
      if constexpr (place_of<P>(source).kernel == K) return value[place_of<P>(source).local];
      else return load<P, N, O, T>(c, 0, 0);
    }
  };

  RAMP_ALWAYS_INLINE static void run(context<T> c) {
    T value[static_cast<std::size_t>(q.count)];
    unroll<q.count>([&]<int I>() RAMP_LAMBDA_INLINE {
      constexpr int n = P::plan.member(K, I);
      value[I] = compute<P, n, T>(operands{c, value});
      store<P, n>(c, value[I], 0, 0);
    });
  }
};

template <class P, int K>
RAMP_ALWAYS_INLINE void run_kernel_inline(context<value_type<P>> c) {
  constexpr pass::kernel_kind kind = kernel_of<P>(K).kind;
  if constexpr (kind == pass::kernel_kind::scalars) scalars_kernel<P, K>::run(c);
  else if constexpr (kind == pass::kernel_kind::rows) rows_kernel<P, K>::run(c);
  else if constexpr (kind == pass::kernel_kind::contract) contract_kernel<P, K>::run(c);
  else if constexpr (kind == pass::kernel_kind::copy) copy_kernel<P, K>::run(c);
  else generic_kernel<P, K>::run(c);
}

/// One function a kernel: a long program in one function would take superlinear time to compile.
template <class P, int K>
RAMP_NOINLINE void run_kernel(context<value_type<P>> c) {
  run_kernel_inline<P, K>(c);
}

/// Runs kernels [From, To) in order; those of the last tile only there.
template <class P, int From, int To>
RAMP_ALWAYS_INLINE void run_kernels(context<value_type<P>> const& c) {
  unroll<To - From>([&]<int I>() RAMP_LAMBDA_INLINE {
    constexpr int k = From + I;
    if constexpr (kernel_of<P>(k).when == pass::stage::last_tile) {
      if (c.last) run_kernel<P, k>(c);
    } else if constexpr (P::plan.kernels.size() == 1) {
      run_kernel_inline<P, k>(c);  // a short formula becomes part of its caller
    } else {
      run_kernel<P, k>(c);
    }
  });
}

}  // namespace RAMP_ISA
}  // namespace ramp::backend
