// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <ramp/core/result.hpp>
#include <ramp/io/file.hpp>
#include <ramp/io/file_error.hpp>

namespace ramp::io {

namespace detail {

struct inflate_stream {
  z_stream z{};
  bool open = false;

  inflate_stream() { open = inflateInit2(&z, 15 + 16) == Z_OK; }  // 16: with a gzip header
  inflate_stream(inflate_stream const&) = delete;
  inflate_stream& operator=(inflate_stream const&) = delete;
  ~inflate_stream() {
    if (open) inflateEnd(&z);
  }
};

inline std::uint32_t little_endian(std::uint8_t const* bytes) {
  std::uint32_t number = 0;
  for (int i = 3; i >= 0; --i) number = number << 8 | bytes[i];
  return number;
}

}  // namespace detail

/// Decompresses gzip data of one or more members. `name` is what errors call it.
/// Errors: truncated, damaged, checksum, wrong_length, trailing_bytes, too_large, and not_readable
/// (no memory).
/// Allocation: the bytes. Cost: linear. Precondition: less than 4 GiB of compressed data.
inline result<file_bytes, file_error> gunzip(std::span<std::uint8_t const> compressed,
                                             char const* name,
                                             std::size_t size_limit = default_size_limit) {
  detail::inflate_stream stream;
  auto& z = stream.z;
  auto const fail = [&](file_error_kind kind, std::uint64_t expected, std::uint64_t actual) {
    return file_error{.kind = kind,
                      .file = shortened_name(name),
                      .offset = compressed.size() - z.avail_in,
                      .expected = expected,
                      .actual = actual};
  };
  if (!stream.open) return fail(file_error_kind::not_readable, 0, ENOMEM);
  z.next_in = const_cast<Bytef*>(compressed.data());  // zlib only reads it
  z.avail_in = static_cast<uInt>(compressed.size());

  file_bytes content{.bytes = {}, .uncompressed = true};
  std::size_t size = 0;
  for (;;) {
    if (size == content.bytes.size())
      content.bytes.resize(std::max(std::size_t{1} << 16, 2 * size));
    auto const room = std::min<std::size_t>(content.bytes.size() - size, std::size_t{1} << 30);
    z.next_out = content.bytes.data() + size;
    z.avail_out = static_cast<uInt>(room);
    auto const status = inflate(&z, Z_NO_FLUSH);
    size += room - z.avail_out;
    if (size > size_limit) return fail(file_error_kind::too_large, size_limit, size);
    if (status == Z_STREAM_END) {
      if (z.avail_in == 0) break;
      // another member may follow, and nothing else
      auto const end = compressed.size() - z.avail_in;
      if (compressed[end] != 0x1F || inflateReset(&z) != Z_OK)
        return fail(file_error_kind::trailing_bytes, end, compressed.size());
    } else if (status == Z_DATA_ERROR) {
      std::string_view const reason = z.msg == nullptr ? "" : z.msg;
      bool const is_sum = reason == "incorrect data check";
      if (!is_sum && reason != "incorrect length check")
        return fail(file_error_kind::damaged, 0, 0);
      // of the trailer, inflate has read the check sum, and the length if that was right
      auto const stored = detail::little_endian(z.next_in - 4);
      auto wrong = is_sum ? fail(file_error_kind::checksum, stored, z.adler)
                          : fail(file_error_kind::wrong_length, stored, z.total_out);
      wrong.offset -= 4;
      return wrong;
    } else if (status == Z_BUF_ERROR || (status == Z_OK && z.avail_in == 0 && z.avail_out != 0)) {
      return fail(file_error_kind::truncated, 0, compressed.size());
    } else if (status != Z_OK) {
      return fail(file_error_kind::not_readable, 0, ENOMEM);
    }
  }
  content.bytes.resize(size);
  return content;
}

/// Reads whole files and decompresses those of gzip data (they begin with 1f 8b); any other file
/// is returned as it is: `read_gzip_file(path)`. Errors: those of `read_file` and of `gunzip`.
/// Allocation: the bytes, compressed and not. Cost: linear.
struct gzip_file_reader {
  std::size_t size_limit = default_size_limit;

  result<file_bytes, file_error> operator()(char const* path) const {
    auto content = file_reader{size_limit}(path);
    if (!content) return content;
    auto const& bytes = content.value().bytes;
    if (bytes.size() < 2 || bytes[0] != 0x1F || bytes[1] != 0x8B) return content;
    return gunzip(bytes, path, size_limit);
  }
};
inline constexpr gzip_file_reader read_gzip_file{};

}  // namespace ramp::io
