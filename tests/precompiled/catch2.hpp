// SPDX-License-Identifier: BSL-1.0
#include <catch2/catch.hpp>
