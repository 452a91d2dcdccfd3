// SPDX-License-Identifier: BSL-1.0
#include <array>
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
  return 0;
}
