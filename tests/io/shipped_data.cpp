// SPDX-License-Identifier: BSL-1.0
// The data that comes with the examples is whole and what its description says.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include <ramp/io/gzip.hpp>
#include <ramp/io/labelled_images.hpp>

TEST_CASE("the subset of Fashion-MNIST", "[io]") {
  std::string const directory = EXAMPLE_DATA "/fashion-mnist/";
  struct set {
    std::string name;
    std::size_t per_class;
  };
  for (auto const& [name, per_class] : {set{"train", 400}, set{"test", 50}}) {
    auto const read = ramp::io::read_labelled_images((directory + name + "-images.idx.gz").c_str(),
                                                     (directory + name + "-labels.idx.gz").c_str(),
                                                     10, ramp::io::read_gzip_file);
    REQUIRE(read);
    auto const& images = read.value();
    CHECK(images.count == 10 * per_class);
    CHECK(images.rows == 28);
    CHECK(images.columns == 28);
    CHECK(images.pixels.size() == images.count * 28 * 28);
    for (std::uint8_t label = 0; label < 10; ++label)
      CHECK(static_cast<std::size_t>(
                std::count(images.labels.begin(), images.labels.end(), label)) == per_class);
    // pictures, not noise and not nothing: between a quarter and three quarters of it is black
    auto const black = std::count(images.pixels.begin(), images.pixels.end(), std::uint8_t{0});
    CHECK(static_cast<double>(black) / static_cast<double>(images.pixels.size()) ==
          Approx(0.5).margin(0.25));
  }
}
