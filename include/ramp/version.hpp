// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace ramp {

/// The release this header belongs to, by semantic versioning.
struct version_number {
  int major;
  int minor;
  int patch;
};

inline constexpr version_number version{0, 1, 0};

}  // namespace ramp
