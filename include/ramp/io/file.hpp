// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <vector>

#include <ramp/core/result.hpp>
#include <ramp/io/file_error.hpp>

namespace ramp::io {

/// The bytes of a file, and whether they were decompressed on the way.
struct file_bytes {
  std::vector<std::uint8_t> bytes;
  bool uncompressed = false;
};

/// More than this is refused unless the caller says otherwise: 1 GiB.
inline constexpr std::size_t default_size_limit = std::size_t{1} << 30;

namespace detail {

/// An open file, closed at the end. Not a unique_ptr: <memory> is three times as much to compile as
/// the rest of this header.
class open_file {
 public:
  explicit open_file(char const* path) : file_(std::fopen(path, "rb")) {}
  open_file(open_file const&) = delete;
  open_file& operator=(open_file const&) = delete;
  ~open_file() {
    if (file_ != nullptr) std::fclose(file_);
  }
  [[nodiscard]] std::FILE* get() const { return file_; }

 private:
  std::FILE* file_;
};

inline file_error system_error(char const* path, int number) {
  return {.kind = number == ENOENT ? file_error_kind::not_found : file_error_kind::not_readable,
          .file = shortened_name(path),
          .actual = static_cast<std::uint64_t>(number)};
}

/// Reads up to `count` bytes to the end of `bytes`; their number, or the error.
inline result<std::size_t, file_error> read_some(std::FILE* file, char const* path,
                                                 std::vector<std::uint8_t>& bytes,
                                                 std::size_t count) {
  auto const before = bytes.size();
  bytes.resize(before + count);
  auto const got = std::fread(bytes.data() + before, 1, count, file);
  bytes.resize(before + got);
  if (got < count && std::ferror(file) != 0) return system_error(path, errno);
  return got;
}

}  // namespace detail

/// Reads whole files: `read_file(path)`, or `file_reader{.size_limit = 100}(path)`.
/// Errors: not_found, not_readable, too_large. Allocation: the bytes. Cost: linear.
struct file_reader {
  std::size_t size_limit = default_size_limit;

  result<file_bytes, file_error> operator()(char const* path) const {
    detail::open_file const file(path);
    if (file.get() == nullptr) return detail::system_error(path, errno);
    file_bytes content;
    for (std::size_t block = std::size_t{1} << 16;; block += block / 2) {
      auto const got = detail::read_some(file.get(), path, content.bytes, block);
      if (!got) return got.error();
      if (content.bytes.size() > size_limit)
        return file_error{.kind = file_error_kind::too_large,
                          .file = shortened_name(path),
                          .offset = size_limit,
                          .expected = size_limit};
      if (got.value() < block) return content;
    }
  }
};
inline constexpr file_reader read_file{};

}  // namespace ramp::io
