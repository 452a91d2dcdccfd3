// SPDX-License-Identifier: BSL-1.0
// error: this operation would keep its kink
// error: ramp::op::abs
// No operation lacks a stand-in, so the program says here that one does.
#include <ramp/ramp.hpp>

struct program {
  static constexpr int literal_count = 0;
  static constexpr ramp::lowered lower() {
    ramp::lowerer l(ramp::smooth<0.1>.value);
    l.add_constant(abs(ramp::variable<"x">));
    ramp::lowered result = l.finish();
#ifndef TWIN
    result.faults.kink_left = static_cast<int>(ramp::op::code<ramp::op::abs>);
#endif
    return result;
  }
};
inline constexpr bool is_right = ramp::detail::check_lowered<program>();
