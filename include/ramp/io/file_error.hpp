// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <ramp/core/message.hpp>

namespace ramp::io {

/// What can be wrong with a file.
enum class file_error_kind : std::uint8_t {
  not_found,           ///< there is no such file
  not_readable,        ///< the system's error number is `actual`
  too_large,           ///< more than `expected` bytes
  truncated,           ///< `expected` bytes are needed (0: unknown, gzip), there are `actual`
  trailing_bytes,      ///< the data should end after `expected` bytes, there are `actual`
  damaged,             ///< compressed data that no compressor writes
  checksum,            ///< data with the check sum (CRC-32) `actual`, stored with `expected`
  wrong_length,        ///< `actual` bytes of data, stored as `expected`, modulo 4 GiB
  bad_magic,           ///< another format: it begins with the four bytes of `actual`
  wrong_element_type,  ///< elements of type code `actual`, not `expected`
  wrong_rank,          ///< `actual` dimensions, not `expected`
  count_mismatch,      ///< `actual` items where the file beside it has `expected`
  label_out_of_range,  ///< label `actual` of `expected` classes
};

/// Which file was wrong, where, and how. It owns its text, so it may outlive the name that was
/// passed.
struct file_error {
  file_error_kind kind{};
  /// The end of the name, where it is longer than the buffer.
  fixed_text<160> file{};
  /// Where in the file, in bytes from its beginning.
  std::uint64_t offset = 0;
  std::uint64_t expected = 0;
  std::uint64_t actual = 0;
  /// `offset` counts the bytes after decompression.
  bool uncompressed = false;

  /// One sentence, such as
  /// `data/train.gz: at byte 3 of the uncompressed data: 1 dimension found, 3 expected`.
  /// Allocation: none.
  [[nodiscard]] fixed_text<400> message() const;
};

/// The name as an error keeps it.
[[nodiscard]] constexpr fixed_text<160> shortened_name(std::string_view name) {
  constexpr std::size_t longest = 160;
  fixed_text<longest> text;
  if (name.size() <= longest) return text.append(name);
  return text.append("...").append(name.substr(name.size() - (longest - 3)));
}

namespace detail {

constexpr std::string_view idx_type_name(std::uint64_t code) {
  switch (code) {
    case 0x08: return "unsigned byte";
    case 0x09: return "signed byte";
    case 0x0B: return "16-bit integer";
    case 0x0C: return "32-bit integer";
    case 0x0D: return "float";
    case 0x0E: return "double";
    default: return "unknown";
  }
}

template <std::size_t N>
constexpr void append_hexadecimal(fixed_text<N>& text, std::uint64_t number, int digits) {
  text.append("0x");
  for (int i = digits - 1; i >= 0; --i)
    text.append(std::string_view("0123456789abcdef").substr(number >> (4 * i) & 15u, 1));
}

}  // namespace detail

inline fixed_text<400> file_error::message() const {
  fixed_text<400> text;
  text.append(file).append(": ");
  auto const count = [&](std::uint64_t n, std::string_view noun) {
    text.append(n).append(" ").append(noun).append(n == 1 ? "" : "s");
  };
  auto const at = [&] {
    text.append("at byte ").append(offset);
    text.append(uncompressed ? " of the uncompressed data: " : ": ");
  };
  auto const type = [&](std::uint64_t code) {
    detail::append_hexadecimal(text, code, 2);
    text.append(" (").append(detail::idx_type_name(code)).append(")");
  };
  switch (kind) {
    case file_error_kind::not_found: text.append("no such file"); break;
    case file_error_kind::not_readable:
      text.append("cannot be read: ").append(std::strerror(static_cast<int>(actual)));
      break;
    case file_error_kind::too_large:
      at();
      text.append("the data goes on beyond the limit of ");
      count(expected, "byte");
      break;
    case file_error_kind::truncated:
      at();
      if (expected == 0) {
        text.append("the gzip data ends here; the rest of it, up to its check sum and length, ");
        text.append("expected");
      } else {
        text.append("the data ends here; ");
        count(expected, "byte");
        text.append(" expected");
      }
      break;
    case file_error_kind::trailing_bytes:
      at();
      text.append("the data should end here; ");
      count(actual - expected, "byte");
      text.append(" too many");
      break;
    case file_error_kind::damaged:
      at();
      text.append("the compressed data is damaged; gzip data (RFC 1952) expected");
      break;
    case file_error_kind::checksum:
      at();
      text.append("data with check sum ");
      detail::append_hexadecimal(text, actual, 8);
      text.append(" found, ");
      detail::append_hexadecimal(text, expected, 8);
      text.append(" expected");
      break;
    case file_error_kind::wrong_length:
      at();
      count(actual, "byte");
      text.append(" of data found, ").append(expected).append(" expected");
      break;
    case file_error_kind::bad_magic:
      at();
      text.append("no IDX file; it begins with ");
      detail::append_hexadecimal(text, actual, 8);
      text.append(" instead of two zero bytes, type and rank");
      break;
    case file_error_kind::wrong_element_type:
      at();
      text.append("elements of type ");
      type(actual);
      text.append(" found, ");
      type(expected);
      text.append(" expected");
      break;
    case file_error_kind::wrong_rank:
      at();
      count(actual, "dimension");
      text.append(" found, ").append(expected).append(" expected");
      break;
    case file_error_kind::count_mismatch:
      at();
      count(actual, "label");
      text.append(" for ");
      count(expected, "image");
      break;
    case file_error_kind::label_out_of_range:
      at();
      text.append("label ").append(actual).append(" found; the classes are 0 to ");
      text.append(expected - 1);
      break;
  }
  return text;
}

}  // namespace ramp::io
