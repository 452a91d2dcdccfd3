// SPDX-License-Identifier: BSL-1.0
#include <ramp/io/labelled_images.hpp>

#include <catch2/catch.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include <ramp/io/gzip.hpp>

#include "gzip_bytes.hpp"
#include "temporary_file.hpp"

using ramp::io::file_error_kind;
using ramp::io::read_labelled_images;

namespace {

// three images of 1 x 2 pixels
bytes const images = {0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255, 51, 102, 153, 204};
bytes const labels = {0, 0, 8, 1, 0, 0, 0, 3, 2, 0, 1};

}  // namespace

TEST_CASE("images and their labels", "[io]") {
  temporary_file const image_file(images);
  temporary_file const label_file(labels);
  auto const read = read_labelled_images(image_file.path(), label_file.path(), 3);
  REQUIRE(read);
  auto const& set = read.value();
  CHECK(set.count == 3);
  CHECK(set.rows == 1);
  CHECK(set.columns == 2);
  CHECK(set.labels == bytes{2, 0, 1});
  auto const numbers = set.unit_range();
  REQUIRE(numbers.size() == 6);
  CHECK(numbers[0] == 0.0f);
  CHECK(numbers[1] == 1.0f);
  CHECK(numbers[2] == Approx(0.2f));
}

TEST_CASE("images and labels that do not belong together", "[io]") {
  temporary_file const image_file(images);
  temporary_file const two({0, 0, 8, 1, 0, 0, 0, 2, 2, 0});
  auto const mismatch = read_labelled_images(image_file.path(), two.path(), 3);
  REQUIRE_FALSE(mismatch);
  CHECK(mismatch.error().kind == file_error_kind::count_mismatch);
  CHECK(mismatch.error().message() ==
        std::string(two.path()) + ": at byte 4: 2 labels for 3 images");

  temporary_file const label_file(labels);
  auto const outside = read_labelled_images(image_file.path(), label_file.path(), 2);
  REQUIRE_FALSE(outside);
  CHECK(outside.error().kind == file_error_kind::label_out_of_range);
  CHECK(outside.error().message() ==
        std::string(label_file.path()) + ": at byte 8: label 2 found; the classes are 0 to 1");

  // of compressed files the place is one of the data
  temporary_file const packed_labels(gzip_bytes(labels));
  auto const packed = read_labelled_images(image_file.path(), packed_labels.path(), 2,
                                           ramp::io::read_gzip_file);
  CHECK(packed.error().message() == std::string(packed_labels.path()) +
                                        ": at byte 8 of the uncompressed data: label 2 found; the "
                                        "classes are 0 to 1");
  temporary_file const packed_two(gzip_bytes({0, 0, 8, 1, 0, 0, 0, 2, 2, 0}));
  auto const packed_mismatch = read_labelled_images(image_file.path(), packed_two.path(), 3,
                                                    ramp::io::read_gzip_file);
  CHECK(packed_mismatch.error().message() ==
        std::string(packed_two.path()) +
            ": at byte 4 of the uncompressed data: 2 labels for 3 images");
  // that of the labels, which need not be compressed when the images are
  temporary_file const packed_images(gzip_bytes(images));
  CHECK_FALSE(read_labelled_images(packed_images.path(), label_file.path(), 2,
                                   ramp::io::read_gzip_file)
                  .error()
                  .uncompressed);

  // the two files in the wrong order
  auto const swapped = read_labelled_images(label_file.path(), image_file.path(), 3);
  CHECK(swapped.error().kind == file_error_kind::wrong_rank);
}
