// SPDX-License-Identifier: BSL-1.0
// Trains a classifier of pictures, and shows what it reaches and what it costs.

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <ramp/io.hpp>
#include <ramp/io/gzip.hpp>
#include <ramp/ramp.hpp>
#include <ramp/train.hpp>

#include "support/heap_counter.hpp"

using namespace ramp;

// The model, written for one picture.
constexpr auto image = input<"image", 28 * 28>;
constexpr auto label = class_label<"label", 10>;
constexpr auto hidden = relu(dense<"hidden", 128>(image));
constexpr auto logits = dense<"output", 10>(hidden);
constexpr auto loss = cross_entropy(logits, label);

constexpr double learning_rate = 0.05;
constexpr std::size_t batch_size = 64;

// Forward pass, loss, gradients and update as one function, and prediction as another; both take
// any number of pictures.
constexpr auto training = training_step<float>([] { return mean_over_batch(loss); },
                                               momentum{.learning_rate = learning_rate}, tile<64>);
constexpr auto predict = compile<float>([] { return logits; });

namespace {

constexpr std::array<std::string_view, 10> classes{"T-shirt", "trousers",  "pullover", "dress",
                                                   "coat",    "sandal",    "shirt",    "sneaker",
                                                   "bag",     "ankle boot"};
constexpr float per_grey_level = 1.0f / 255;

struct options {
  bool full = false;
  std::size_t epochs = 0;
  char const* svg = "examples/output/fashion-mnist.svg";
};

struct data_set {
  io::labelled_images train, test;
};

/// What training reached, and what it took.
struct record {
  std::vector<float> step_losses;
  std::vector<float> epoch_losses;
  std::vector<float> scores;  // of the test pictures, [n, classes]
  double accuracy = 0.0;      // on them
  double seconds_in_steps = 0.0;
  std::size_t pictures_in_steps = 0;
  long allocations = 0;
  bool interrupted = false;
};

constexpr std::size_t most_epochs = 1000;

/// A whole number from 1 to `most`, and nothing else.
std::optional<std::size_t> count_in(std::string_view text, std::size_t most) {
  std::size_t number = 0;
  auto const* const end = text.data() + text.size();
  auto const [stop, fault] = std::from_chars(text.data(), end, number);
  if (fault != std::errc{} || stop != end || number == 0 || number > most) return std::nullopt;
  return number;
}

std::optional<options> parse(int count, char const* const* arguments) {
  options o;
  for (int i = 1; i < count; ++i) {
    std::string_view const word = arguments[i];
    bool const has_value = i + 1 < count;
    if (word == "--full")
      o.full = true;
    else if (word == "--epochs" && has_value) {
      auto const epochs = count_in(arguments[++i], most_epochs);
      if (!epochs) {
        std::fprintf(stderr, "--epochs takes a whole number from 1 to %zu, not \"%s\"\n",
                     most_epochs, arguments[i]);
        return std::nullopt;
      }
      o.epochs = *epochs;
    } else if (word == "--svg" && has_value)
      o.svg = arguments[++i];
    else {
      std::fprintf(stderr, "usage: 100-fashion-mnist [--full] [--epochs NUMBER] [--svg FILE]\n");
      return std::nullopt;
    }
  }
  if (o.epochs == 0) o.epochs = o.full ? 5 : 20;
  return o;
}

std::optional<data_set> read(bool full) {
  std::string const folder =
      full ? "/usr/share/datasets/fashion-mnist/" : "examples/data/fashion-mnist/";
  auto const part = [&](char const* images, char const* labels) {
    return io::read_labelled_images((folder + images).c_str(), (folder + labels).c_str(),
                                    classes.size(), io::read_gzip_file);
  };
  auto train = full ? part("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz")
                    : part("train-images.idx.gz", "train-labels.idx.gz");
  auto test = full ? part("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz")
                   : part("test-images.idx.gz", "test-labels.idx.gz");
  if (train && test) return data_set{std::move(train).value(), std::move(test).value()};
  io::file_error const& wrong = train ? test.error() : train.error();
  std::fprintf(stderr, "%s\n", wrong.message().c_str());
  if (wrong.kind == io::file_error_kind::not_found)
    std::fprintf(stderr, "%s\n",
                 full ? "The whole data set is the Debian package dataset-fashion-mnist."
                      : "The data set is read from the directory of the project: run it there.");
  return std::nullopt;
}

/// 1234567 as 1,234,567.
std::string grouped(std::size_t number) {
  std::string digits = std::to_string(number);
  for (auto at = digits.size(); at > 3;) digits.insert(at -= 3, 1, ',');
  return digits;
}

/// Trains, and tests after each epoch, until all epochs are done or Ctrl-C is pressed.
std::optional<record> run(data_set const& data, std::size_t epochs) {
  // As large as the model is, it may live on the stack, in static memory or on the heap.
  static auto model = training.initial_state(he_normal{}, 1);
  static decltype(training)::workspace workspace;
  auto step = training;

  std::vector<std::uint32_t> indices(data.train.count);
  train::shuffled_order order(indices, 2);
  std::size_t const steps = (data.train.count + batch_size - 1) / batch_size;
  auto const all_steps = static_cast<double>(epochs * steps);
  record r;
  r.step_losses.reserve(epochs * steps);
  r.epoch_losses.reserve(epochs);
  r.scores.resize(data.test.count * classes.size());

  train::interrupt_guard const interrupt;
  train::progress_line progress;
  auto const give_up = [&](error const& e) {
    progress.keep(e.message());
    return std::nullopt;
  };
  long const allocations_before = heap_counter::count;
  double const start = train::seconds_now();
  for (std::size_t epoch = 1; epoch <= epochs && !interrupt.requested(); ++epoch) {
    double sum = 0.0;
    std::size_t done = 0;
    for (auto const batch : train::batches(order.next_epoch(), batch_size)) {
      if (interrupt.requested()) break;
      // the numbers of an update rule may change from step to step: this one falls to zero
      step.rule.learning_rate =
          learning_rate * (1.0 - static_cast<double>(r.step_losses.size()) / all_steps);

      double const begin = train::seconds_now();
      auto const batch_loss =
          step(model, workspace, image = scaled(data.train.pixels, per_grey_level),
               label = data.train.labels, samples(batch));
      double const now = train::seconds_now();
      if (!batch_loss) return give_up(batch_loss.error());

      r.seconds_in_steps += now - begin;
      r.pictures_in_steps += batch.size();
      r.step_losses.push_back(batch_loss.value());
      sum += static_cast<double>(batch_loss.value()) * static_cast<double>(batch.size());
      ++done;
      if (progress.due(now))
        progress.show(train::progress_state{.epoch = epoch,
                                            .epochs = epochs,
                                            .step = done,
                                            .steps = steps,
                                            .loss = batch_loss.value(),
                                            .seconds = now - start}
                          .text());
    }

    auto const tested =
        predict(model, image = scaled(data.test.pixels, per_grey_level), output = r.scores);
    if (!tested) return give_up(tested.error());
    auto const accuracy = train::accuracy(r.scores, data.test.labels, classes.size());
    if (!accuracy) return give_up(accuracy.error());
    r.accuracy = accuracy.value();
    progress.clear();
    if (done < steps) break;
    r.epoch_losses.push_back(static_cast<float>(sum / static_cast<double>(data.train.count)));
    std::printf("epoch %2zu   loss %.4f   test accuracy %.1f %%\n", epoch,
                static_cast<double>(r.epoch_losses.back()), 100.0 * r.accuracy);
  }
  r.allocations = heap_counter::count - allocations_before;
  r.interrupted = interrupt.requested();
  return r;
}

/// Which two classes the network mixes up most.
void print_confusion(record const& r, io::labelled_images const& test) {
  std::array<std::array<int, classes.size()>, classes.size()> taken_for{};
  for (std::size_t i = 0; i < test.count; ++i) {
    auto const scores =
        std::span<float const>(r.scores).subspan(i * classes.size(), classes.size());
    ++taken_for[test.labels[i]][train::argmax(scores)];
  }
  std::size_t is = 0, seen = 1;
  for (std::size_t i = 0; i < classes.size(); ++i)
    for (std::size_t j = 0; j < classes.size(); ++j)
      if (i != j && taken_for[i][j] > taken_for[is][seen]) is = i, seen = j;
  std::printf("most confused       %s taken for %s, %d times\n", classes[is].data(),
              classes[seen].data(), taken_for[is][seen]);
}

void print_costs(record const& r, data_set const& data) {
  auto const steps = r.step_losses.size();
  std::printf("test accuracy       %.1f %% of %s pictures\n", 100.0 * r.accuracy,
              grouped(data.test.count).c_str());
  print_confusion(r, data.test);
  std::printf("time per step       %.0f microseconds for %zu pictures\n",
              1e6 * r.seconds_in_steps / static_cast<double>(steps), batch_size);
  auto const rate = static_cast<double>(r.pictures_in_steps) / r.seconds_in_steps;
  std::printf("samples per second  %s\n", grouped(static_cast<std::size_t>(rate)).c_str());
  std::printf("model state         %s bytes: parameters and momentum\n",
              grouped(sizeof(decltype(training)::model_type)).c_str());
  std::printf("work space          %s bytes\n",
              grouped(sizeof(decltype(training)::workspace)).c_str());
  if (heap_counter::works())
    std::printf("heap allocations    %ld in %s steps and all tests\n", r.allocations,
                grouped(steps).c_str());
  else
    std::printf("heap allocations    not counted in this build\n");
}

void write_curve(record const& r, std::size_t steps, char const* path) {
  double const step = 1.0 / static_cast<double>(steps);
  std::array<train::curve, 2> const curves{
      train::curve{.name = "each batch",
                   .values = r.step_losses,
                   .first = step,
                   .step = step,
                   .faint = true},
      train::curve{.name = "mean of an epoch", .values = r.epoch_losses, .first = 0.5}};
  std::error_code ignored;  // writing the file says what is wrong
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), ignored);
  auto const written = train::write_svg_file({.title = "Fashion-MNIST, 784-128-10",
                                              .x_label = "epoch",
                                              .y_label = "cross-entropy of the training pictures",
                                              .curves = curves},
                                             path);
  if (written)
    std::printf("loss curve          %s\n", path);
  else
    std::fprintf(stderr, "%s: %s\n", path, std::strerror(written.error()));
}

/// What this program is expected to reach; less is a failure, not a result.
double promised_accuracy(options const& o) {
  if (o.full) return o.epochs >= 5 ? 0.87 : 0.80;
  return o.epochs >= 20 ? 0.84 : 0.65;
}

}  // namespace

int main(int count, char** arguments) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);  // a line at a time, into pipes too
  auto const o = parse(count, arguments);
  if (!o) return 2;
  auto const data = read(o->full);
  if (!data) return 2;
  std::printf(
      "%s pictures to learn from, %s to be tested on: 28 x 28 pixels, %zu classes\n"
      "a network of 784, 128 and 10 units with relu: %zu epochs of batches of %zu\n\n",
      grouped(data->train.count).c_str(), grouped(data->test.count).c_str(), classes.size(),
      o->epochs, batch_size);

  auto const r = run(*data, o->epochs);
  if (!r) return 1;
  if (r->interrupted)
    std::printf("interrupted after %s steps\n", grouped(r->step_losses.size()).c_str());
  if (r->step_losses.empty()) return 0;
  std::printf("\n");
  print_costs(*r, *data);
  write_curve(*r, (data->train.count + batch_size - 1) / batch_size, o->svg);
  std::printf("\nthe training step, compiled for tiles of 64 pictures:\n");
  plan_text(training).pieces(
      [](std::string_view piece) { std::fwrite(piece.data(), 1, piece.size(), stdout); });
  std::printf("\n");
  if (r->interrupted) return 0;

  if (r->accuracy < promised_accuracy(*o)) {
    std::fprintf(stderr, "the test accuracy is below %.0f %%\n", 100.0 * promised_accuracy(*o));
    return 1;
  }
  return r->allocations == 0 ? 0 : 1;
}
