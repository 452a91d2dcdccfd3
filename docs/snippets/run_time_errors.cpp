// SPDX-License-Identifier: BSL-1.0
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <vector>

#include <ramp/io.hpp>
#include <ramp/ramp.hpp>

using namespace ramp;

constexpr auto image = input<"image", 4>;
constexpr auto label = class_label<"label", 3>;
constexpr auto loss = cross_entropy(dense<"output", 3>(image), label);
constexpr auto step = training_step<float>([] { return mean_over_batch(loss); }, sgd{});

namespace {

template <class Result>
void show(char const* part, Result const& r) {
  std::printf("[%s]\n%s\n", part, r ? "no error" : r.error().message().c_str());
}

}  // namespace

int main() {
  auto model = step.initial_state(he_normal{}, 1);
  std::vector<float> images(8, 0.5f);
  std::vector<std::uint8_t> labels{0, 2};
  std::vector<std::uint32_t> order{1, 0};

  auto run = [&](auto const&... more) {
    return step(model, image = images, label = labels, more...);
  };
  images.clear();
  labels.clear();
  show("empty_input", run());

  images.assign(7, 0.5f);
  labels = {0, 2};
  show("incomplete_sample", run());
  images.resize(12, 0.5f);
  show("wrong_length", run());
  images.resize(8);

  labels[1] = 3;
  show("label_out_of_range", run());
  labels[1] = 2;

  order[1] = 2;
  show("index_out_of_range", run(samples(order)));

  images[5] = std::numeric_limits<float>::quiet_NaN();
  show("not_finite", run());
  images[5] = 1e38f;
  images[4] = -1e38f;
  for (int i = 0; i < 4; ++i) model[parameter<"output.weight", 4, 3>](i, 0) = 1e3f;
  labels = {1, 1};
  show("loss_not_finite", run());

  std::array<std::uint8_t, 9> const file{0, 0, 8, 3, 0, 0, 0, 1, 0};
  show("file", io::parse_idx<std::uint8_t, 1>(file, "labels.idx"));

  std::printf("[files]\n");
  using kind = io::file_error_kind;
  auto say = [](io::file_error e) {
    e.file = io::shortened_name("train.idx");
    std::printf("%s\n", e.message().c_str());
  };
  say({.kind = kind::not_found});
  say({.kind = kind::not_readable, .actual = EACCES});
  say({.kind = kind::too_large, .offset = 1000, .expected = 1000});
  say({.kind = kind::truncated, .offset = 500, .expected = 784});
  say({.kind = kind::trailing_bytes, .offset = 800, .expected = 800, .actual = 816});
  say({.kind = kind::damaged, .offset = 31});
  say({.kind = kind::checksum, .offset = 420, .expected = 0x1C291CA3, .actual = 0x0D4A1185});
  say({.kind = kind::wrong_length, .offset = 424, .expected = 800, .actual = 784});
  say({.kind = kind::bad_magic, .actual = 0x89504E47});
  say({.kind = kind::wrong_element_type, .offset = 2, .expected = 0x08, .actual = 0x0D});
  say({.kind = kind::wrong_rank, .offset = 3, .expected = 3, .actual = 1});
  say({.kind = kind::count_mismatch, .offset = 4, .expected = 60000, .actual = 10000});
  say({.kind = kind::label_out_of_range, .offset = 12, .expected = 10, .actual = 11});
  return 0;
}
