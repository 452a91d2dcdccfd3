// SPDX-License-Identifier: BSL-1.0
#include <ramp/core/fixed_string.hpp>

#include <catch2/catch.hpp>

#include <set>
#include <string>
#include <type_traits>

using ramp::fixed_string;

namespace {

template <fixed_string Name>
struct named {
  static constexpr std::string_view name = Name.view();
};

static_assert(named<"x">::name == "x");
static_assert(named<"">::name.empty());
static_assert(std::is_same_v<named<"weight">, named<"weight">>);
static_assert(!std::is_same_v<named<"x">, named<"y">>);
static_assert(fixed_string("ab") == fixed_string("ab"));
static_assert(fixed_string("a\0b").view().size() == 3, "a zero is a character like others");

}  // namespace

TEST_CASE("hash_text is FNV-1a", "[fixed_string]") {
  // reference values: draft-eastlake-fnv, test vectors for the 64-bit FNV-1a
  CHECK(ramp::detail::hash_text("") == 0xcbf29ce484222325u);
  CHECK(ramp::detail::hash_text("a") == 0xaf63dc4c8601ec8cu);
  CHECK(ramp::detail::hash_text("foobar") == 0x85944171f73967e8u);
}

TEST_CASE("hash_combine depends on order and spreads", "[fixed_string]") {
  using ramp::detail::hash_combine;
  CHECK(hash_combine(1, 2) != hash_combine(2, 1));
  std::set<std::uint64_t> seen;
  for (std::uint64_t a = 0; a < 100; ++a)
    for (std::uint64_t b = 0; b < 100; ++b) seen.insert(hash_combine(a, b));
  CHECK(seen.size() == 10000);
}
