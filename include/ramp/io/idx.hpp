// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <type_traits>
#include <vector>

#include <ramp/core/result.hpp>
#include <ramp/io/file.hpp>
#include <ramp/io/file_error.hpp>

namespace ramp::io {

/// An array from an IDX file: its dimensions, and its elements in row-major order.
template <class T, std::size_t Rank>
struct idx_array {
  std::array<std::size_t, Rank> dimensions{};
  std::vector<T> elements;
};

namespace detail {

/// The type code of the format, its third byte.
template <class T>
inline constexpr std::uint8_t idx_code = [] {
  if constexpr (std::is_same_v<T, std::uint8_t>) return std::uint8_t{0x08};
  if constexpr (std::is_same_v<T, std::int8_t>) return std::uint8_t{0x09};
  if constexpr (std::is_same_v<T, std::int16_t>) return std::uint8_t{0x0B};
  if constexpr (std::is_same_v<T, std::int32_t>) return std::uint8_t{0x0C};
  if constexpr (std::is_same_v<T, float>) return std::uint8_t{0x0D};
  if constexpr (std::is_same_v<T, double>) return std::uint8_t{0x0E};
  return std::uint8_t{0};
}();

template <std::size_t Size>
constexpr auto big_endian(std::uint8_t const* bytes) {
  using number = std::conditional_t<Size == 8, std::uint64_t, std::uint32_t>;
  number value = 0;
  for (std::size_t i = 0; i < Size; ++i) value = static_cast<number>(value << 8 | bytes[i]);
  if constexpr (Size == 1)
    return static_cast<std::uint8_t>(value);
  else if constexpr (Size == 2)
    return static_cast<std::uint16_t>(value);
  else
    return value;
}

}  // namespace detail

/// Reads an array of `Rank` dimensions and elements of type T (unsigned or signed byte, 16- or
/// 32-bit integer, float, double) from the bytes of an IDX file; `name` is what errors call it.
/// Errors: bad_magic, wrong_element_type, wrong_rank, truncated, trailing_bytes, each with its
/// offset. Dimensions that the data cannot fill are an error before any memory is asked for.
/// Format: two zero bytes, type, rank, a 32-bit size per dimension, elements; all big-endian.
/// Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits".
/// Allocation: the elements. Cost: linear.
template <class T, std::size_t Rank>
result<idx_array<T, Rank>, file_error> parse_idx(std::span<std::uint8_t const> bytes,
                                                 char const* name, bool uncompressed = false) {
  static_assert(detail::idx_code<T> != 0,
                "ramp: read_idx<T, Rank> takes T = uint8_t, int8_t, int16_t, int32_t, float or "
                "double, the element types of the IDX format");
  static_assert(Rank > 0 && Rank < 256, "ramp: an IDX file has 1 to 255 dimensions");

  auto const fail = [&](file_error_kind kind, std::uint64_t offset, std::uint64_t expected,
                        std::uint64_t actual) {
    return file_error{.kind = kind,
                      .file = shortened_name(name),
                      .offset = offset,
                      .expected = expected,
                      .actual = actual,
                      .uncompressed = uncompressed};
  };
  auto const ends_early = [&](std::uint64_t needed) {
    return fail(file_error_kind::truncated, bytes.size(), needed, bytes.size());
  };

  constexpr std::size_t header = 4 + 4 * Rank;
  if (bytes.size() < 4) return ends_early(header);
  if (bytes[0] != 0 || bytes[1] != 0)
    return fail(file_error_kind::bad_magic, 0, 0, detail::big_endian<4>(bytes.data()));
  if (bytes[2] != detail::idx_code<T>)
    return fail(file_error_kind::wrong_element_type, 2, detail::idx_code<T>, bytes[2]);
  if (bytes[3] != Rank) return fail(file_error_kind::wrong_rank, 3, Rank, bytes[3]);
  if (bytes.size() < header) return ends_early(header);

  idx_array<T, Rank> array;
  std::uint64_t needed = sizeof(T);
  constexpr auto most = std::numeric_limits<std::uint64_t>::max();
  for (std::size_t i = 0; i < Rank; ++i) {
    auto const size = detail::big_endian<4>(bytes.data() + 4 + 4 * i);
    array.dimensions[i] = size;
    needed = size != 0 && needed > most / size ? most : needed * size;
  }
  // a product beyond 64 bits counts as the largest number, unless a later dimension is zero
  auto const payload = bytes.size() - header;
  if (needed > payload) return ends_early(needed > most - header ? most : needed + header);
  if (needed < payload)
    return fail(file_error_kind::trailing_bytes, header + needed, header + needed, bytes.size());

  auto const* from = bytes.data() + header;
  array.elements.resize(payload / sizeof(T));
  for (auto& element : array.elements) {
    element = std::bit_cast<T>(detail::big_endian<sizeof(T)>(from));
    from += sizeof(T);
  }
  return array;
}

/// Reads an IDX file: `read_idx<std::uint8_t, 3>("train-images-idx3-ubyte")`. `read` fetches the
/// bytes: `read_file`, or `read_gzip_file` of <ramp/io/gzip.hpp> for plain and compressed files.
/// Errors: those of `read` and of `parse_idx`. Allocation: bytes and elements. Cost: linear.
template <class T, std::size_t Rank, class Read = file_reader>
result<idx_array<T, Rank>, file_error> read_idx(char const* path, Read const& read = {}) {
  auto const content = read(path);
  if (!content) return content.error();
  return parse_idx<T, Rank>(content.value().bytes, path, content.value().uncompressed);
}

}  // namespace ramp::io
