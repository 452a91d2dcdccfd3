// SPDX-License-Identifier: BSL-1.0
#include <ramp/io/idx.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <ramp/io/gzip.hpp>

#include "gzip_bytes.hpp"
#include "temporary_file.hpp"

using ramp::io::file_error_kind;
using ramp::io::parse_idx;
using ramp::io::read_idx;

namespace {

bytes const matrix = {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6};

struct fault {
  file_error_kind kind;
  std::string message;
};

template <class T, std::size_t Rank>
fault fault_of(bytes const& content) {
  auto const read = parse_idx<T, Rank>(content, "x");
  if (read) return {file_error_kind::not_found, "no error"};
  return {read.error().kind, std::string(read.error().message().view())};
}

bytes with(bytes content, std::size_t position, std::uint8_t value) {
  content.at(position) = value;
  return content;
}

}  // namespace

TEST_CASE("an IDX array of bytes", "[io]") {
  auto const read = parse_idx<std::uint8_t, 2>(matrix, "x");
  REQUIRE(read);
  CHECK(read.value().dimensions == std::array<std::size_t, 2>{2, 3});
  CHECK(read.value().elements == bytes{1, 2, 3, 4, 5, 6});

  auto const empty = parse_idx<std::uint8_t, 1>(bytes{0, 0, 8, 1, 0, 0, 0, 0}, "x");
  REQUIRE(empty);
  CHECK(empty.value().elements.empty());
}

TEST_CASE("IDX elements wider than a byte are big-endian", "[io]") {
  auto const read = []<class T>(std::uint8_t code, bytes const& elements) {
    auto const count = static_cast<std::uint8_t>(elements.size() / sizeof(T));
    return parse_idx<T, 1>(joined({{0, 0, code, 1, 0, 0, 0, count}, elements}), "x")
        .value()
        .elements;
  };
  CHECK(read.operator()<std::int8_t>(0x09, {0xFF, 0x01}) == std::vector<std::int8_t>{-1, 1});
  CHECK(read.operator()<std::int16_t>(0x0B, {0x01, 0x02, 0xFF, 0xFE}) ==
        std::vector<std::int16_t>{258, -2});
  CHECK(read.operator()<std::int32_t>(0x0C, {0x01, 0x02, 0x03, 0x04}) ==
        std::vector<std::int32_t>{0x01020304});
  CHECK(read.operator()<float>(0x0D, {0xC0, 0x20, 0, 0}) == std::vector<float>{-2.5f});
  CHECK(read.operator()<double>(0x0E, {0x3F, 0xF8, 0, 0, 0, 0, 0, 0}) == std::vector<double>{1.5});
}

TEST_CASE("IDX files with a wrong header", "[io]") {
  auto const magic = fault_of<std::uint8_t, 2>(with(matrix, 0, 0x89));
  CHECK(magic.kind == file_error_kind::bad_magic);
  CHECK(magic.message ==
        "x: at byte 0: no IDX file; it begins with 0x89000802 instead of two zero bytes, type and "
        "rank");
  auto const type = fault_of<std::uint8_t, 2>(with(matrix, 2, 0x0D));
  CHECK(type.kind == file_error_kind::wrong_element_type);
  CHECK(type.message ==
        "x: at byte 2: elements of type 0x0d (float) found, 0x08 (unsigned byte) expected");
  CHECK(fault_of<double, 2>(with(matrix, 2, 7)).message ==
        "x: at byte 2: elements of type 0x07 (unknown) found, 0x0e (double) expected");
  auto const rank = fault_of<std::uint8_t, 3>(matrix);
  CHECK(rank.kind == file_error_kind::wrong_rank);
  CHECK(rank.message == "x: at byte 3: 2 dimensions found, 3 expected");
  CHECK(fault_of<std::uint8_t, 2>(with(matrix, 3, 1)).message ==
        "x: at byte 3: 1 dimension found, 2 expected");
}

TEST_CASE("IDX files of a wrong length", "[io]") {
  for (std::size_t size = 0; size < matrix.size(); ++size) {
    auto const short_file = bytes(matrix.begin(), matrix.begin() + static_cast<long>(size));
    auto const end = fault_of<std::uint8_t, 2>(short_file);
    CHECK(end.kind == file_error_kind::truncated);
    CHECK(end.message == "x: at byte " + std::to_string(size) + ": the data ends here; " +
                             (size < 12 ? "12" : "18") + " bytes expected");
  }
  auto const longer = fault_of<std::uint8_t, 2>(joined({matrix, {7}}));
  CHECK(longer.kind == file_error_kind::trailing_bytes);
  CHECK(longer.message == "x: at byte 18: the data should end here; 1 byte too many");
}

TEST_CASE("IDX dimensions larger than any memory", "[io]") {
  bytes content = {0, 0, 8, 3};
  content.insert(content.end(), 12, 0xFF);
  auto const huge = fault_of<std::uint8_t, 3>(content);
  CHECK(huge.kind == file_error_kind::truncated);
  CHECK(huge.message == "x: at byte 16: the data ends here; 18446744073709551615 bytes expected");
  // a zero after an overflow is still an empty array
  std::fill(content.end() - 4, content.end(), std::uint8_t{0});
  CHECK(parse_idx<std::uint8_t, 3>(content, "x").value().elements.empty());
}

TEST_CASE("IDX files, plain and compressed", "[io]") {
  temporary_file const plain(matrix);
  temporary_file const packed(gzip_bytes(matrix));
  CHECK(read_idx<std::uint8_t, 2>(plain.path()).value().elements.size() == 6);
  CHECK(read_idx<std::uint8_t, 2>(plain.path(), ramp::io::read_gzip_file).value().elements ==
        read_idx<std::uint8_t, 2>(packed.path(), ramp::io::read_gzip_file).value().elements);

  auto const rank = read_idx<std::uint8_t, 1>(packed.path(), ramp::io::read_gzip_file);
  CHECK(rank.error().message() == std::string(packed.path()) +
                                      ": at byte 3 of the uncompressed data: 2 dimensions found, 1 "
                                      "expected");
  CHECK(read_idx<std::uint8_t, 2>(packed.path()).error().kind == file_error_kind::bad_magic);
  CHECK(read_idx<std::uint8_t, 2>("/nowhere").error().kind == file_error_kind::not_found);
}
