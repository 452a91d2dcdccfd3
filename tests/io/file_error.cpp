// SPDX-License-Identifier: BSL-1.0
#include <ramp/io/file_error.hpp>

#include <catch2/catch.hpp>

#include <cstdint>
#include <limits>
#include <string>

using ramp::io::file_error;
using ramp::io::file_error_kind;
using ramp::io::shortened_name;

TEST_CASE("a long file name keeps its end", "[io]") {
  CHECK(shortened_name("short") == "short");
  std::string const exact(160, 'a');
  CHECK(shortened_name(exact) == exact);
  std::string const longer = "front" + std::string(160, 'b');
  CHECK(shortened_name(longer) == "..." + std::string(157, 'b'));
}

TEST_CASE("every message fits with the longest name and numbers", "[io]") {
  constexpr auto most = std::numeric_limits<std::uint64_t>::max();
  for (int kind = 0; kind <= static_cast<int>(file_error_kind::label_out_of_range); ++kind) {
    auto const error = file_error{.kind = static_cast<file_error_kind>(kind),
                                  .file = shortened_name(std::string(200, 'n')),
                                  .offset = most,
                                  .expected = most - 1,
                                  .actual = most,
                                  .uncompressed = true};
    auto const message = error.message();
    CAPTURE(message.view());
    CHECK(message.size() > 164);
    CHECK(message.size() < 400);
  }
}
