// SPDX-License-Identifier: BSL-1.0
#include <ramp/io/gzip.hpp>

#include <catch2/catch.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

#include <ramp/core/random.hpp>

#include "gzip_bytes.hpp"
#include "temporary_file.hpp"

using ramp::io::file_error_kind;
using ramp::io::gunzip;

namespace {

bytes noise(std::size_t size) {
  ramp::xoshiro256 generator(size);
  bytes content(size);
  for (auto& byte : content) byte = static_cast<std::uint8_t>(ramp::uniform_below(17, generator));
  return content;
}

}  // namespace

TEST_CASE("gunzip gives back what was compressed", "[io]") {
  for (std::size_t size : {0u, 1u, 1000u, 65536u, 65537u, 300000u}) {
    auto const content = noise(size);
    auto const unpacked = gunzip(gzip_bytes(content), "x");
    REQUIRE(unpacked);
    CHECK(unpacked.value().bytes == content);
    CHECK(unpacked.value().uncompressed);
  }
  auto const two = gunzip(joined({gzip_bytes(noise(500)), gzip_bytes(noise(700))}), "x");
  REQUIRE(two);
  CHECK(two.value().bytes == joined({noise(500), noise(700)}));
}

TEST_CASE("a reader of compressed files reads plain ones too", "[io]") {
  auto const content = noise(5000);
  temporary_file const packed(gzip_bytes(content));
  temporary_file const plain(content);
  auto const a = ramp::io::read_gzip_file(packed.path());
  auto const b = ramp::io::read_gzip_file(plain.path());
  REQUIRE(a);
  REQUIRE(b);
  CHECK(a.value().bytes == content);
  CHECK(b.value().bytes == content);
  CHECK(a.value().uncompressed);
  CHECK_FALSE(b.value().uncompressed);
  CHECK(ramp::io::read_gzip_file("/nowhere/at/all").error().kind == file_error_kind::not_found);
}

TEST_CASE("gzip data that ends early", "[io]") {
  auto const packed = gzip_bytes(noise(3000));
  for (std::size_t size = 0; size < packed.size(); size += size < 20 ? 1 : 37) {
    auto const part = gunzip(bytes(packed.begin(), packed.begin() + static_cast<long>(size)), "x");
    REQUIRE_FALSE(part);
    CHECK(part.error().kind == file_error_kind::truncated);
    CHECK(part.error().message() ==
          "x: at byte " + std::to_string(size) +
              ": the gzip data ends here; the rest of it, up to its check sum and length, "
              "expected");
  }
}

TEST_CASE("gzip data with a byte changed", "[io]") {
  auto const packed = gzip_bytes(noise(3000));

  auto const sum = crc32(0, noise(3000).data(), 3000);
  auto wrong_sum = packed;
  wrong_sum[packed.size() - 8] ^= 1;
  auto const of_sum = gunzip(wrong_sum, "x").error();
  CHECK(of_sum.kind == file_error_kind::checksum);
  CHECK(of_sum.offset == packed.size() - 8);
  CHECK(of_sum.expected == (sum ^ 1));
  CHECK(of_sum.actual == sum);

  auto wrong_length = packed;
  wrong_length.back() ^= 1;
  auto const of_length = gunzip(wrong_length, "x").error();
  CHECK(of_length.kind == file_error_kind::wrong_length);
  CHECK(of_length.message() == "x: at byte " + std::to_string(packed.size() - 4) +
                                   ": 3000 bytes of data found, 16780216 expected");

  // the second of two members is told from the first
  auto const second = gunzip(joined({gzip_bytes(noise(500)), wrong_length}), "x").error();
  CHECK(second.kind == file_error_kind::wrong_length);
  CHECK(second.actual == 3000);

  auto wrong_method = packed;
  wrong_method[2] = 9;
  CHECK(gunzip(wrong_method, "x").error().kind == file_error_kind::damaged);
  CHECK(gunzip(wrong_method, "x")
            .error()
            .message()
            .view()
            .ends_with(": the compressed data is damaged; gzip data (RFC 1952) expected"));

  // Whatever single byte is changed, nothing wrong is ever taken for the data. Bytes 4 to 9 of the
  // header (time and system) carry no data.
  for (std::size_t i = 0; i < packed.size(); ++i) {
    auto changed = packed;
    changed[i] ^= 0x55;
    auto const read = gunzip(changed, "x");
    if (read) CHECK(read.value().bytes == noise(3000));
    if (i >= 10) CHECK_FALSE(read);
  }
}

TEST_CASE("bytes after gzip data", "[io]") {
  auto const packed = gzip_bytes(noise(100));
  auto const read = gunzip(joined({packed, {1, 2, 3}}), "x");
  REQUIRE_FALSE(read);
  CHECK(read.error().kind == file_error_kind::trailing_bytes);
  CHECK(read.error().message() == "x: at byte " + std::to_string(packed.size()) +
                                      ": the data should end here; 3 bytes too many");
}

TEST_CASE("gzip data beyond the limit", "[io]") {
  auto const packed = gzip_bytes(bytes(1'000'000));
  CHECK(gunzip(packed, "x", 1'000'000));
  auto const read = gunzip(packed, "x", 999'999);
  REQUIRE_FALSE(read);
  CHECK(read.error().kind == file_error_kind::too_large);
  CHECK(read.error().message().view().ends_with("beyond the limit of 999999 bytes"));

  temporary_file const file(packed);
  CHECK(ramp::io::gzip_file_reader{.size_limit = 5000}(file.path()).error().kind ==
        file_error_kind::too_large);
}
