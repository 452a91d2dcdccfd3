// SPDX-License-Identifier: BSL-1.0
// error: has at least one class
// error: "label"
#include <ramp/ramp.hpp>

using namespace ramp;

#ifdef TWIN
constexpr auto label = class_label<"label", 1>;
#else
constexpr auto label = class_label<"label", 0>;
#endif
constexpr auto hot = one_hot<3>(label);
