// SPDX-License-Identifier: BSL-1.0
// Traps in programs over samples: every tile and every sample is counted, padding is not, and a
// trap that stops leaves the model as it was.
#include <ramp/function/trap.hpp>

#include <ramp/ramp.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

using namespace ramp;
using namespace ramp::literals;

namespace {

constexpr auto x = input<"x", 3>;
constexpr auto label = class_label<"label", 4>;
constexpr auto w = parameter<"w", 3, 4>;
constexpr auto b = parameter<"b", 4>;
constexpr auto hidden = relu(x * w + b);
constexpr auto loss = [] {
  return mean_over_batch(cross_entropy(hidden, label)) + 0.25 * sum(abs(b));
};

std::vector<float> some_inputs(std::size_t samples) {
  std::vector<float> all(3 * samples);
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<float>((i * i + i / 3) % 4);
  return all;
}
std::vector<std::uint8_t> some_labels(std::size_t samples) {
  std::vector<std::uint8_t> all(samples);
  for (std::size_t i = 0; i < samples; ++i) all[i] = static_cast<std::uint8_t>(i % 4);
  return all;
}

/// Weights with which about a third of the hidden units are at the kink.
template <class Step>
auto some_model(Step const& step) {
  auto model = step.initial_state(constant_initializer{}, 1);
  constexpr float values[] = {0, 1, -1, 0, 2, 0, -2};
  for (int i = 0; i < 12; ++i) model[w][i] = values[i % 7];
  model[b][1] = 0.5f;
  return model;
}

/// How often the hidden layer is at the kink, counted by hand.
template <class Model>
std::uint64_t kinks_of(Model const& model, std::vector<float> const& inputs,
                       std::vector<std::uint32_t> const& chosen) {
  std::uint64_t count = 0;
  for (std::uint32_t s : chosen)
    for (int j = 0; j < 4; ++j) {
      float u = model[b][j];
      for (int i = 0; i < 3; ++i) u += inputs[3 * s + static_cast<std::size_t>(i)] * model[w](i, j);
      count += u == 0.0f;
    }
  return count;
}

std::vector<std::uint32_t> first(std::size_t count) {
  std::vector<std::uint32_t> all(count);
  for (std::size_t i = 0; i < count; ++i) all[i] = static_cast<std::uint32_t>(i);
  return all;
}

template <class Traps>
std::string listed(Traps const& traps) {
  std::string all;
  for (auto const& hit : traps) {
    all += std::string(hit.place().view()) + (hit.kind == trap_kind::kink ? ":" : "!");
    all += std::to_string(hit.count) + " ";
  }
  return all;
}

}  // namespace

TEST_CASE("a training step counts every sample of every tile", "[trap]") {
  auto const inputs = some_inputs(70);
  auto const labels = some_labels(70);
  auto const step = training_step<float>(loss, momentum{0.1, 0.5}, trap, tile<16>);
  auto const plain = training_step<float>(loss, momentum{0.1, 0.5}, tile<16>);
  static decltype(step)::workspace memory;
  for (std::size_t samples : {70u, 16u, 5u, 32u}) {
    INFO(samples << " samples");
    auto model = some_model(step);
    auto other = some_model(plain);
    std::uint64_t const kinks = kinks_of(model, inputs, first(samples));
    REQUIRE(kinks > 2);
    auto const some_x = std::vector(inputs.begin(), inputs.begin() + 3 * std::ptrdiff_t(samples));
    auto const some_l = std::vector(labels.begin(), labels.begin() + std::ptrdiff_t(samples));
    memory.traps().clear();
    auto const loss_before = step(model, memory, x = some_x, label = some_l);
    REQUIRE(loss_before);
    CHECK(listed(memory.traps()) ==
          "relu(x * w + b):" + std::to_string(kinks) + " abs(b):3 ");
    // nothing else is different, to the last bit
    CHECK(loss_before.value() == plain(other, x = some_x, label = some_l).value());
    CHECK(model.state == other.state);
  }
}

TEST_CASE("counters add up over calls, and selected samples count each time", "[trap]") {
  auto const inputs = some_inputs(40);
  auto const step = training_step<float>(loss, sgd{0.0}, trap, tile<8>);
  auto model = some_model(step);
  static decltype(step)::workspace memory;
  std::vector<std::uint32_t> const chosen{3, 3, 17, 39, 0, 3, 8, 9, 10, 11, 3};
  for (int call = 0; call < 3; ++call)
    REQUIRE(step(model, memory, x = inputs, label = some_labels(40), samples(chosen)));
  CHECK(memory.traps()[0].count == 3 * kinks_of(model, inputs, chosen));
  CHECK(memory.traps()[0].uses >= 2);  // what a softmax reads
}

TEST_CASE("trap_and_stop leaves the model as it was, and names place and sample", "[trap]") {
  constexpr auto guarded = [] { return mean_over_batch(sum(relu(x * w + b))) + sum(b) / 4.0; };
  auto const step = training_step<float>(guarded, sgd{0.1}, trap_and_stop, tile<4>);
  auto model = some_model(step);
  for (int j = 0; j < 4; ++j) model[b][j] = 0.25f;
  std::vector<float> inputs(3 * 10, 1.0f);
  REQUIRE(step(model, x = inputs));  // without a work space of the caller
  auto const before = model;
  model = before;
  model[w](0, 0) = 1.0f;
  model[w](1, 0) = model[w](2, 0) = 0.0f;
  model[b][0] = -2.0f;
  auto const set = model;
  inputs[3 * 6] = 2.0f;  // sample 6 is at the kink, in the second tile
  inputs[3 * 9] = 2.0f;
  auto const stopped = step(model, x = inputs);
  REQUIRE(!stopped);
  CHECK(stopped.error().kind == error_kind::kink_hit);
  CHECK(stopped.error().sample == 6);
  CHECK(stopped.error().message() ==
        "sample 6: relu(x * w + b) is at a kink; the model state is unchanged");
  CHECK(model == set);
  std::vector<std::uint32_t> const chosen{1, 2, 9, 3};
  CHECK(step(model, x = inputs, samples(chosen)).error().sample == 9);
  CHECK(model == set);
  std::vector<std::uint32_t> const away{1, 2, 3};
  CHECK(step(model, x = inputs, samples(away)));
  CHECK(!(model == set));
}

TEST_CASE("a trap that depends on no sample, or on all of them", "[trap]") {
  constexpr auto all = [] {
    auto const mean = mean_over_batch(sum(x * w));
    return mean + stop_gradient(sqrt(mean - 1_c)) + relu(sum(b));
  };
  auto const step = training_step<double>(all, sgd{0.0}, trap, tile<2>);
  auto model = step.initial_state(constant_initializer{}, 1);
  static decltype(step)::workspace memory;
  std::vector<double> const ones(3 * 5, 1.0);
  model[w](0, 0) = 2.0;
  REQUIRE(step(model, memory, x = ones));
  CHECK(listed(memory.traps()) == "relu(sum(b)):1 ");
  model[w](0, 0) = 1.0;
  model[b][0] = 1.0;
  memory.traps().clear();
  REQUIRE(step(model, memory, x = ones));
  CHECK(listed(memory.traps()) == "sqrt(mean_over_batch(sum(x * w)) - 1)!1 ");
  auto const stopping = training_step<double>(all, sgd{1.0}, trap_and_stop, tile<2>);
  auto kept = stopping.initial_state(constant_initializer{}, 1);
  kept[w](0, 0) = kept[b][0] = 1.0;
  auto const before = kept;
  auto const stopped = stopping(kept, x = ones);
  REQUIRE(!stopped);
  CHECK(stopped.error().sample == no_position);
  CHECK(kept == before);
}

TEST_CASE("what made a loss infinite is named", "[trap]") {
  constexpr auto logarithm = [] { return mean_over_batch(sum(log(x * w))); };
  auto const step = training_step<float>(logarithm, sgd{0.1}, trap, tile<4>);
  auto model = step.initial_state(constant_initializer{1.0}, 1);
  static decltype(step)::workspace memory;
  std::vector<float> inputs(3 * 9, 1.0f);
  REQUIRE(step(model, memory, x = inputs));
  CHECK(memory.traps().total() == 0);
  for (std::size_t i = 0; i < 3; ++i) inputs[3 * 7 + i] = 0.0f;
  auto const failed = step(model, memory, x = inputs);
  REQUIRE(!failed);
  CHECK(failed.error().kind == error_kind::loss_not_finite);
  CHECK(listed(memory.traps()) == "log(x * w)!4 ");
}

TEST_CASE("update rules are not watched", "[trap]") {
  constexpr auto linear = [] { return mean_over_batch(sum(x * w)) + 0.0 * sum(b); };
  auto const normalized = [](auto weight, auto g) {
    return weight <<= weight - 0.1 * g / (sqrt(max(g, 0.0)) + abs(g) + 1.0);
  };
  auto const step = training_step<double>(linear, normalized, trap);
  CHECK(decltype(step)::workspace::trap_counters::size() == 0);
  auto model = step.initial_state(constant_initializer{}, 1);
  CHECK(step(model, x = std::vector<double>(3, 0.0)));  // nothing to count, so no counters
}

TEST_CASE("a training step counts in a constant expression too", "[trap]") {
  static constexpr auto small = [] { return mean_over_batch(sum(relu(x * w + b))); };
  static constexpr auto step = training_step<float>(small, sgd{0.5}, trap, tile<2>);
  struct outcome {
    std::uint64_t count = 0;
    float loss = 0, weight = 0;
  };
  constexpr auto run = [](auto& memory) {
    auto model = step.initial_state(constant_initializer{}, 1);
    model[b][0] = 1.0f;
    std::array<float, 9> const inputs{0, 1, 0, 1, 1, 1, 2, 0, 1};
    auto const value = step(model, memory, x = inputs);
    return outcome{memory.traps()[0].count, value.value(), model[w](1, 0)};
  };
  constexpr outcome known = [run] {
    decltype(step)::workspace memory;
    return run(memory);
  }();
  static_assert(known.count == 9);
  static decltype(step)::workspace memory;
  outcome const measured = run(memory);
  CHECK(measured.count == known.count);
  CHECK(measured.loss == known.loss);
  CHECK(measured.weight == known.weight);

  constexpr bool stopped = [] {
    auto const stopping = training_step<float>(small, sgd{0.5}, trap_and_stop, tile<2>);
    auto model = stopping.initial_state(constant_initializer{}, 1);
    auto const before = model;
    decltype(stopping)::workspace work;
    std::array<float, 9> const inputs{};
    auto const value = stopping(model, work, x = inputs);
    return !value && value.error().sample == 0 && model == before;
  }();
  static_assert(stopped);
}

TEST_CASE("predictions count, and stop with the sample", "[trap]") {
  auto const train = training_step<float>(loss, sgd{0.1});
  auto const model = some_model(train);
  using model_type = decltype(train)::model_type;
  auto const inputs = some_inputs(70);
  constexpr auto counted = compile<float>([] { return hidden; }, trap);
  constexpr auto plain = compile<float>([] { return hidden; });
  static decltype(counted)::workspace<model_type> memory;
  std::vector<float> results(4 * 70), expected(4 * 70);
  REQUIRE(counted(model, memory, x = inputs, output = results));
  REQUIRE(plain(model, x = inputs, output = expected));
  CHECK(results == expected);
  std::uint64_t const kinks = kinks_of(model, inputs, first(70));
  CHECK(listed(memory.traps()) == "relu(x * w + b):" + std::to_string(kinks) + " ");

  constexpr auto stopping = compile<float>([] { return log(1_c + sum(hidden) - 1_c); },
                                           trap_and_stop);
  std::vector<float> one(3 * 40, 1.0f);
  std::vector<float> logs(40);
  for (std::size_t i = 0; i < 3; ++i) one[3 * 35 + i] = 0.0f;
  auto lifted = model;
  for (int j = 0; j < 4; ++j) lifted[b][j] = -0.25f;
  for (int i = 0; i < 12; ++i) lifted[w][i] = 1.0f;
  auto const stopped = stopping(lifted, x = one, output = logs);
  REQUIRE(!stopped);
  CHECK(stopped.error().kind == error_kind::outside_domain);
  CHECK(stopped.error().sample == 35);
}

TEST_CASE("a program without traps has no room for counters", "[trap]") {
  auto const plain = training_step<float>(loss, sgd{0.1}, tile<16>);
  auto const watched = training_step<float>(loss, sgd{0.1}, tile<16>, trap);
  using plain_program = decltype(plain)::program;
  using watched_program = decltype(watched)::program;
  CHECK(sizeof(decltype(plain)::workspace) ==
        sizeof(decltype(plain)::workspace::arena) + sizeof(decltype(plain)::workspace::staged));
  CHECK(plain_program::plan.roots.size() + 3 == watched_program::plan.roots.size());
  auto const standard_too = training_step<float>(loss, sgd{0.1}, tile<16>, standard);
  using standard_program = decltype(standard_too)::program;
  CHECK(plain_program::plan.nodes == standard_program::plan.nodes);
  CHECK(plain_program::plan.members == standard_program::plan.members);
}
