// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <zlib.h>

#include <cstddef>
#include <cstdint>
#include <vector>

/// The bytes as one gzip member.
inline std::vector<std::uint8_t> gzip_bytes(std::vector<std::uint8_t> const& plain) {
  z_stream z{};
  if (deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
  std::vector<std::uint8_t> packed(deflateBound(&z, static_cast<uLong>(plain.size())) + 64);
  z.next_in = const_cast<Bytef*>(plain.data());
  z.avail_in = static_cast<uInt>(plain.size());
  z.next_out = packed.data();
  z.avail_out = static_cast<uInt>(packed.size());
  auto const status = deflate(&z, Z_FINISH);
  packed.resize(packed.size() - z.avail_out);
  deflateEnd(&z);
  return status == Z_STREAM_END ? packed : std::vector<std::uint8_t>{};
}
