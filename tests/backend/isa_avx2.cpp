// SPDX-License-Identifier: BSL-1.0
// Compiled with -mavx2 -mfma and linked with isa.cpp, which is not.
#include "isa_program.hpp"

int avx2_pack_bytes() { return isa_pack_bytes; }

void run_with_avx2(float const* x, float const* w, float* sums) { run_isa_case(x, w, sums); }
