// SPDX-License-Identifier: BSL-1.0
#pragma once

// The only macros of the library: what differs between compilers and instruction sets.

#if !defined(__GNUC__) && !defined(__clang__)
#error "ramp needs GCC 12 or Clang 17, or a compiler with the same vector extensions"
#endif

// Rounding by adding and subtracting a large constant, signed zeros, NaN and infinity all lose
// their meaning under these options. What they gain is had by -fno-math-errno -fno-trapping-math.
#if defined(__FAST_MATH__) || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__)
#error "ramp does not support -ffast-math or -ffinite-math-only; use -fno-math-errno"
#endif

// x87 arithmetic keeps excess precision, which breaks every error-free transformation.
#if defined(__i386__) && !defined(__SSE2_MATH__)
#error "ramp needs SSE2 arithmetic: add -msse2 -mfpmath=sse"
#endif

// Inlining by force only where the optimiser runs: with sanitizers at -O0 it costs minutes.
// RAMP_LAMBDA_INLINE stands after the parameters of a lambda: [&](int i) RAMP_LAMBDA_INLINE { }
#ifdef __OPTIMIZE__
#define RAMP_ALWAYS_INLINE [[gnu::always_inline]] inline
#define RAMP_LAMBDA_INLINE __attribute__((always_inline))
#else
#define RAMP_ALWAYS_INLINE inline
#define RAMP_LAMBDA_INLINE
#endif

#define RAMP_NOINLINE [[gnu::noinline]]
#define RAMP_RESTRICT __restrict__

// RAMP_UNROLL(8) before a loop asks for eight copies of its body, all of them for a shorter loop.
#define RAMP_PRAGMA(text) _Pragma(#text)
#ifdef __clang__
#define RAMP_UNROLL(n) RAMP_PRAGMA(clang loop unroll_count(n))
#else
#define RAMP_UNROLL(n) RAMP_PRAGMA(GCC unroll n)
#endif

// RAMP_ISA names the inline namespace of everything whose machine code depends on the target, so
// that translation units built with different options never share such a function.
// RAMP_PACK_BYTES is the width of a native pack; AVX-512 stays at 256 bits, measured sufficient.
#if defined(__AVX512F__) && defined(__AVX512VL__) && defined(__AVX512DQ__)
#define RAMP_ISA avx512
#define RAMP_PACK_BYTES 32
#elif defined(__AVX2__) && defined(__FMA__)
#define RAMP_ISA avx2_fma
#define RAMP_PACK_BYTES 32
#elif defined(__AVX2__)
#define RAMP_ISA avx2
#define RAMP_PACK_BYTES 32
#elif defined(__AVX__)
#define RAMP_ISA avx
#define RAMP_PACK_BYTES 32
#elif defined(__SSE4_1__)
#define RAMP_ISA sse4
#define RAMP_PACK_BYTES 16
#elif defined(__SSE2__)
#define RAMP_ISA sse2
#define RAMP_PACK_BYTES 16
#elif defined(__aarch64__)
#define RAMP_ISA neon
#define RAMP_PACK_BYTES 16
#else
#define RAMP_ISA generic
#define RAMP_PACK_BYTES 16
#endif

// Whether AVX-512 is there for 256-bit registers.
#if defined(__AVX512F__) && defined(__AVX512VL__) && defined(__AVX512DQ__)
#define RAMP_HAS_AVX512 1
#else
#define RAMP_HAS_AVX512 0
#endif

// Whether the __builtin_ia32_ functions exist; they need no header, which the intrinsics do.
#if defined(__SSE2__)
#define RAMP_X86 1
#else
#define RAMP_X86 0
#endif

// A multiplication and an addition are one instruction with one rounding.
#if defined(__FMA__) || defined(__aarch64__) || defined(__ARM_FEATURE_FMA)
#define RAMP_HAS_FMA 1
#else
#define RAMP_HAS_FMA 0
#endif
