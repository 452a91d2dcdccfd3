// SPDX-License-Identifier: BSL-1.0
#pragma once

// What tests of properties share. More cases: RC_PARAMS="max_success=5000"; others:
// RC_PARAMS="seed=2".

#include <rapidcheck/catch.h>

#include <cstdlib>

namespace laws {

/// The same cases in every run, unless the environment asks for others.
inline int const property_parameters = setenv("RC_PARAMS", "seed=1", 0);

/// Directions or coordinates: multiples of 1/4 from -2 to 2.
inline rc::Gen<double> quarters() {
  return rc::gen::map(rc::gen::inRange(-8, 9), [](int n) { return n / 4.0; });
}

}  // namespace laws
