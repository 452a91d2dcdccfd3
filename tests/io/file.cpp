// SPDX-License-Identifier: BSL-1.0
#include <ramp/io/file.hpp>

#include <catch2/catch.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

#include "temporary_file.hpp"

using ramp::io::file_error_kind;

TEST_CASE("a file is read whole, whatever its size", "[io]") {
  for (std::size_t size : {0u, 1u, 65535u, 65536u, 65537u, 400000u}) {
    bytes content(size);
    for (std::size_t i = 0; i < size; ++i) content[i] = static_cast<std::uint8_t>(i * i + i / 7);
    temporary_file const file(content);
    auto const read = ramp::io::read_file(file.path());
    REQUIRE(read);
    CHECK(read.value().bytes == content);
    CHECK_FALSE(read.value().uncompressed);
  }
}

TEST_CASE("a file that cannot be read", "[io]") {
  temporary_file const file(bytes(100));
  auto const missing = file.directory() + "/nothing-here";
  auto const absent = ramp::io::read_file(missing.c_str());
  REQUIRE_FALSE(absent);
  CHECK(absent.error().kind == file_error_kind::not_found);
  CHECK(absent.error().message() == missing + ": no such file");

  auto const directory = ramp::io::read_file(file.directory().c_str());
  REQUIRE_FALSE(directory);
  CHECK(directory.error().kind == file_error_kind::not_readable);
  CHECK(directory.error().message() == file.directory() + ": cannot be read: Is a directory");
}

TEST_CASE("a file beyond the limit is refused", "[io]") {
  temporary_file const file(bytes(100));
  CHECK(ramp::io::file_reader{.size_limit = 100}(file.path()));
  auto const read = ramp::io::file_reader{.size_limit = 99}(file.path());
  REQUIRE_FALSE(read);
  CHECK(read.error().kind == file_error_kind::too_large);
  CHECK(read.error().message() ==
        std::string(file.path()) + ": at byte 99: the data goes on beyond the limit of 99 bytes");
}
