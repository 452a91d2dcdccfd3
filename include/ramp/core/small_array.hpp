// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace ramp {

/// A std::array with less between the brackets and the element: constant evaluation is limited in
/// steps, and an access to a std::array takes five of them, to this two, to `at[i]` none. The
/// passes of a compiler make many.
template <class T, int N>
struct small_array {
  T at[N];

  [[nodiscard]] constexpr T const& operator[](auto i) const { return at[i]; }
  [[nodiscard]] constexpr T& operator[](auto i) { return at[i]; }

  friend constexpr bool operator==(small_array const& a, small_array const& b) {
    for (int i = 0; i < N; ++i)
      if (!(a.at[i] == b.at[i])) return false;
    return true;
  }
};

}  // namespace ramp
