// SPDX-License-Identifier: BSL-1.0
// error: class labels are integers
// error: "kind"
// error: double
#include <ramp/ramp.hpp>

inline constexpr auto logits = ramp::variable<"logits", 3>;
inline constexpr auto kind = ramp::class_label<"kind", 3>;
inline constexpr auto loss = ramp::compile(ramp::cross_entropy(logits, kind));
#ifdef TWIN
inline constexpr auto y = loss(logits = {1.0, 2.0, 3.0}, kind = 1);
#else
inline constexpr auto y = (loss(logits = {1.0, 2.0, 3.0}, kind = 1.7), 0);
#endif
