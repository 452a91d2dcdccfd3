// SPDX-License-Identifier: BSL-1.0
#pragma once

// One program that isa.cpp and isa_avx2.cpp both compile, each for its own instruction set. All of
// it has internal linkage or lies in an inline namespace named after the instruction set; nothing
// of the standard library runs in it.

#include "planned.hpp"

namespace {

struct isa_case {
  static constexpr int samples = 7, inputs = 5, units = 19;

  static constexpr planned::program build(int count) {
    planned::program p;
    planned::value const x = p.input("x", ramp::shape(count, inputs));
    planned::value const w = p.variable("w", ramp::shape(inputs, units));
    planned::value const z = planned::product(x, w);
    planned::value const h = z.combine<ramp::op::tanh>(0.0) * z.combine<ramp::op::exp>(0.0);
    p.output(ramp::ir::reduce_to<ramp::op::sum>(h, planned::dimensions({0}), 1));
    return p;
  }
};

/// Bytes of a pack in this translation unit.
constexpr int isa_pack_bytes = RAMP_PACK_BYTES;

/// x [samples][inputs] and w [inputs][units] to one sum for each sample.
[[maybe_unused]] void run_isa_case(float const* x, float const* w, float* sums) {
  using P = planned::compiled<isa_case, float, isa_case::samples, false>;
  alignas(64) static float arena[static_cast<std::size_t>(P::plan.arena_elements)];
  float const* const arguments[] = {x, w};
  ramp::backend::context<float> c;
  c.arena = arena;
  c.arguments = arguments;
  ramp::backend::run_kernels<P, 0, static_cast<int>(P::plan.kernels.size())>(c);
  constexpr auto at = P::plan.placements[static_cast<std::size_t>(P::plan.roots[0].node)].at;
  for (int i = 0; i < isa_case::samples; ++i) sums[i] = arena[at.base + at.offset_along(0, i)];
}

}  // namespace
