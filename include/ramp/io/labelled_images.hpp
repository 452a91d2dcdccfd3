// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <ramp/core/result.hpp>
#include <ramp/io/file.hpp>
#include <ramp/io/file_error.hpp>
#include <ramp/io/idx.hpp>

namespace ramp::io {

/// Grey images of one size and a class for each, as MNIST and its kin hold them.
struct labelled_images {
  std::size_t count = 0;
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<std::uint8_t> pixels;  ///< [count, rows, columns], 0 is black
  std::vector<std::uint8_t> labels;  ///< [count]

  /// The pixels as numbers between 0 and 1. Allocation: the numbers. Cost: linear.
  [[nodiscard]] std::vector<float> unit_range() const {
    std::vector<float> numbers(pixels.size());
    for (std::size_t i = 0; i < pixels.size(); ++i)
      numbers[i] = static_cast<float>(pixels[i]) * (1.0f / 255.0f);
    return numbers;
  }
};

/// Reads a file of images and the file of their labels, each checked on its own and against the
/// other. `read` as in `read_idx`. Errors: those of `read_idx`, count_mismatch and
/// label_out_of_range. Allocation: bytes and elements. Cost: linear.
template <class Read = file_reader>
result<labelled_images, file_error> read_labelled_images(char const* image_path,
                                                         char const* label_path,
                                                         std::size_t classes,
                                                         Read const& read = {}) {
  auto images = read_idx<std::uint8_t, 3>(image_path, read);
  if (!images) return images.error();
  auto const label_bytes = read(label_path);
  if (!label_bytes) return label_bytes.error();
  bool const uncompressed = label_bytes.value().uncompressed;
  auto labels = parse_idx<std::uint8_t, 1>(label_bytes.value().bytes, label_path, uncompressed);
  if (!labels) return labels.error();

  labelled_images set;
  auto const& size = images.value().dimensions;
  set.count = size[0];
  set.rows = size[1];
  set.columns = size[2];
  set.pixels = std::move(images.value().elements);
  set.labels = std::move(labels.value().elements);

  if (set.labels.size() != set.count)
    return file_error{.kind = file_error_kind::count_mismatch,
                      .file = shortened_name(label_path),
                      .offset = 4,
                      .expected = set.count,
                      .actual = set.labels.size(),
                      .uncompressed = uncompressed};
  constexpr std::size_t label_header = 8;
  for (std::size_t i = 0; i < set.count; ++i)
    if (set.labels[i] >= classes)
      return file_error{.kind = file_error_kind::label_out_of_range,
                        .file = shortened_name(label_path),
                        .offset = label_header + i,
                        .expected = classes,
                        .actual = set.labels[i],
                        .uncompressed = uncompressed};
  return set;
}

}  // namespace ramp::io
