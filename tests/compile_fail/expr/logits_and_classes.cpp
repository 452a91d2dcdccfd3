// SPDX-License-Identifier: BSL-1.0
// error: needs one logit for each class
// error: \b5\b.*\b10\b
// error: "logits"
// error: "label"
#include <ramp/ramp.hpp>

#ifdef TWIN
constexpr int classes = 5;
#else
constexpr int classes = 10;
#endif
inline constexpr auto loss =
    cross_entropy(ramp::variable<"logits", 5>, ramp::class_label<"label", classes>);
