// SPDX-License-Identifier: BSL-1.0
// Two translation units for two instruction sets, one program: neither may call the other's code.
#include "isa_program.hpp"

int avx2_pack_bytes();
void run_with_avx2(float const* x, float const* w, float* sums);

TEST_CASE("two instruction sets live in one program", "[backend]") {
  constexpr int xs = isa_case::samples * isa_case::inputs;
  constexpr int ws = isa_case::inputs * isa_case::units;
  ramp::xoshiro256 random(3);
  auto draw = [&] { return 0.25f * (1.0f + static_cast<float>(ramp::uniform_below(4, random))); };
  float x[xs], w[ws], here[isa_case::samples] = {}, there[isa_case::samples] = {};
  double wide_x[xs], wide_w[ws];
  for (int i = 0; i < xs; ++i) wide_x[i] = static_cast<double>(x[i] = draw());
  for (int i = 0; i < ws; ++i) wide_w[i] = static_cast<double>(w[i] = draw() - 0.625f);

  run_isa_case(x, w, here);
  bool const has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (has_avx2) run_with_avx2(x, w, there);

  auto const whole = isa_case::build(isa_case::samples);
  auto const expected = ramp::ir::evaluate<double>(whole.g, {wide_x, wide_w});
  for (int i = 0; i < isa_case::samples; ++i) {
    double const wanted = expected[whole.roots[0].node][i];
    CHECK(planned::close(static_cast<double>(here[i]), wanted, 1e-5));
    if (has_avx2) CHECK(planned::close(static_cast<double>(there[i]), wanted, 1e-5));
  }
#if defined(__x86_64__) && !defined(__AVX__)
  CHECK(isa_pack_bytes == 16);
  CHECK(avx2_pack_bytes() == 32);
#endif
}
