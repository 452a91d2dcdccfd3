// SPDX-License-Identifier: BSL-1.0
#include <ramp/optimize/sgd.hpp>

#include <catch2/catch.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <ramp/ramp.hpp>

#include "../function/oracle.hpp"

using namespace ramp;
using oracle::elements_of;
using oracle::named_values;

namespace {

constexpr auto x = input<"x", 6>;
constexpr auto y = input<"y", 3>;
constexpr auto w = parameter<"w", 6, 3>;
constexpr auto b = parameter<"b", 3>;
constexpr auto loss = mean_squared_error(x * w + b, y);
constexpr auto mean_loss = [] { return mean_over_batch(loss); };

/// Momentum as a user would write it.
struct written_by_hand {
  double learning_rate, beta;
  constexpr auto operator()(auto p, auto g) const {
    auto m = state_like<"momentum">(p);
    auto next = (m <<= beta * m + g);
    return updates(next, p <<= p - learning_rate * next);
  }
};

/// Nesterov's momentum.
struct nesterov {
  double learning_rate = 0.1, beta = 0.9;
  constexpr auto operator()(auto p, auto g) const {
    auto m = state_like<"velocity">(p);
    auto next = (m <<= beta * m + g);
    return updates(next, p <<= p - learning_rate * (g + beta * next));
  }
};

/// Decays matrices only, and steps biases at a pace of their own.
struct by_rank {
  double weight_rate = 0.1, decay = 0.25, bias_rate = 0.4;
  constexpr auto operator()(auto p, auto g) const {
    if constexpr (decltype(p)::shape_of.rank == 2)
      return p <<= p - weight_rate * (g + decay * p);
    else
      return p <<= p - bias_rate * g;
  }
};

/// Leaves biases as they are, and counts its steps.
struct counting {
  double learning_rate = 0.1;
  constexpr auto operator()(auto p, auto g) const {
    auto steps = state<"steps">;
    if constexpr (decltype(p)::shape_of.rank == 2)
      return updates(steps <<= steps + constant<1.0>, p <<= p - learning_rate * g);
    else
      return updates();
  }
};

/// Does not look at the gradient.
struct shrinking {
  constexpr auto operator()(auto p, auto) const {
    return updates(state<"steps"> <<= state<"steps"> + constant<1.0>, p <<= constant<0.5> * p);
  }
};

/// Does not descend: keeps the gradient as it is, and turns square matrices around.
struct keeping {
  constexpr auto operator()(auto p, auto g) const {
    auto kept = state_like<"gradient">(p) <<= g;
    constexpr shape s = decltype(p)::shape_of;
    if constexpr (s.rank == 2 && s[0] == s[1]) return updates(kept, p <<= transpose(p));
    else return updates(kept);
  }
};

constexpr auto plain = training_step<float>(mean_loss, sgd{0.1});
constexpr auto heavy = training_step<float>(mean_loss, momentum{0.1, 0.9});
constexpr auto heavy_by_hand = training_step<float>(mean_loss, written_by_hand{0.1, 0.9});
constexpr auto heavy_in_tiles = training_step<float>(mean_loss, momentum{0.1, 0.9}, tile<8>);
constexpr auto accelerated = training_step<float>(mean_loss, nesterov{});
constexpr auto ranked = training_step<float>(mean_loss, by_rank{});
constexpr auto counted = training_step<float>(mean_loss, counting{});

// parameters of every rank and lane width, so that every kind of kernel updates one
constexpr auto x2 = input<"x2", 2>;
constexpr auto few = parameter<"few", 2, 3>;
constexpr auto cube = parameter<"cube", 2, 3, 4>;
constexpr auto turned = parameter<"square", 16, 16>;
constexpr auto odd = parameter<"odd", 5, 5>;
constexpr auto one = parameter<"one">;
constexpr auto other_loss = sum(x2 * few) * sum(x2) + sum(hadamard(cube, cube)) * sum(x2) +
                            sum(turned * turned) * one + sum(hadamard(odd, odd));
constexpr auto other_mean = [] { return mean_over_batch(other_loss); };
constexpr auto shrunk = training_step<float>(other_mean, shrinking{}, tile<8>);
constexpr auto kept = training_step<float>(other_mean, keeping{}, tile<8>);

struct data_set {
  std::vector<float> x = oracle::noise<float>(6 * 20, 1);
  std::vector<float> y = oracle::noise<float>(3 * 20, 2);
  [[nodiscard]] named_values values() const {
    return {{"x", oracle::doubles(x)}, {"y", oracle::doubles(y)}};
  }
};

template <class Step>
auto start(Step const& step) {
  auto model = step.initial_state(he_normal{}, 5);
  oracle::perturb(model, 0.2, 6);
  return model;
}

/// Runs steps beside `by_hand(values, name, i, gradient)`, which moves one element of `values`.
template <class Step, class Rule>
void check_steps(Step const& step, Rule const& by_hand, int steps) {
  data_set const data;
  auto model = start(step);
  auto expected = elements_of(model);
  oracle::sample_loss const single(loss);
  for (int n = 0; n < steps; ++n) {
    auto values = data.values();
    values.insert(expected.begin(), expected.end());
    auto const answer = single.mean(values, 20);
    for (auto const& [name, gradient] : answer.gradients)
      for (std::size_t i = 0; i < gradient.size(); ++i) by_hand(expected, name, i, gradient[i]);
    auto const result = step(model, x = data.x, y = data.y);
    REQUIRE(result);
    CHECK(static_cast<double>(result.value()) == Approx(answer.loss).epsilon(1e-5));
    CHECK(oracle::distance(elements_of(model), expected) < 1e-5);
  }
}

}  // namespace

TEST_CASE("sgd is w - learning_rate * g", "[optimize]") {
  check_steps(
      plain,
      [](named_values& v, std::string const& name, std::size_t i, double g) {
        v[name][i] -= 0.1 * g;
      },
      10);
}

TEST_CASE("momentum keeps a decaying sum of gradients", "[optimize]") {
  auto const by_hand = [](named_values& v, std::string const& name, std::size_t i, double g) {
    double& m = v[name + ".momentum"][i];
    m = 0.9 * m + g;
    v[name][i] -= 0.1 * m;
  };
  check_steps(heavy, by_hand, 10);
  check_steps(heavy_in_tiles, by_hand, 10);
}

TEST_CASE("a rule that a user writes is as good as the library's, to the last bit", "[optimize]") {
  data_set const data;
  auto a = start(heavy);
  auto b_ = start(heavy_by_hand);
  for (int n = 0; n < 10; ++n) {
    REQUIRE(heavy(a, x = data.x, y = data.y));
    REQUIRE(heavy_by_hand(b_, x = data.x, y = data.y));
  }
  CHECK(a.state == b_.state);
  CHECK(a.state != start(heavy).state);
}

TEST_CASE("an update is one node: what is computed from it reads the new value", "[optimize]") {
  check_steps(
      accelerated,
      [](named_values& v, std::string const& name, std::size_t i, double g) {
        double& m = v[name + ".velocity"][i];
        m = 0.9 * m + g;
        v[name][i] -= 0.1 * (g + 0.9 * m);
      },
      10);
}

TEST_CASE("a rule may tell parameters apart, with numbers of their own", "[optimize]") {
  check_steps(
      ranked,
      [](named_values& v, std::string const& name, std::size_t i, double g) {
        if (name == "w") v[name][i] -= 0.1 * (g + 0.25 * v[name][i]);
        else v[name][i] -= 0.4 * g;
      },
      5);
}

TEST_CASE("a rule may leave a parameter out, and keep numbers for the whole model", "[optimize]") {
  check_steps(
      counted,
      [](named_values& v, std::string const& name, std::size_t i, double g) {
        if (name != "w") return;
        v[name][i] -= 0.1 * g;
        if (i == 0) v["steps"][0] += 1.0;
      },
      5);
  data_set const data;
  auto model = start(counted);
  for (int n = 0; n < 3; ++n) REQUIRE(counted(model, x = data.x, y = data.y));
  CHECK(model[state<"steps">]() == 3.0f);
  CHECK(model[b](1) == start(counted)[b](1));
}

TEST_CASE("the memory of a rule starts at zero and is read like a parameter", "[optimize]") {
  data_set const data;
  auto model = start(heavy);
  auto const memory = model[state_like<"momentum">(w)];
  for (int i = 0; i < memory.size(); ++i) CHECK(memory[i] == 0.0f);
  REQUIRE(heavy(model, x = data.x, y = data.y));
  CHECK(memory(5, 2) != 0.0f);
}

TEST_CASE("an update that needs no gradient happens once a step, not once a tile", "[optimize]") {
  auto const data = oracle::noise<float>(2 * 20, 1);  // three tiles
  auto model = start(shrunk);
  auto const before = elements_of(model);
  for (int n = 0; n < 2; ++n) REQUIRE(shrunk(model, x2 = data));
  CHECK(model[state<"steps">]() == 2.0f);
  for (auto const& [name, elements] : elements_of(model))
    for (std::size_t i = 0; i < elements.size(); ++i)
      if (name != "steps") CHECK(elements[i] == 0.25 * before.at(name)[i]);
}

TEST_CASE("an update may be the gradient itself, or move elements", "[optimize]") {
  std::size_t const count = 28;  // four tiles: an even number, and the last one not full
  auto data = oracle::noise<float>(2 * count, 1);
  auto model = start(kept);
  auto const before = model;
  auto values = elements_of(model);
  values["x2"] = oracle::doubles(data);
  auto const answer = oracle::sample_loss(other_loss).mean(values, count);
  data[2 * 27] = std::numeric_limits<float>::infinity();  // found when three tiles have run
  CHECK(!kept(model, x2 = data));
  CHECK(model == before);
  data[2 * 27] = static_cast<float>(values["x2"][2 * 27]);
  REQUIRE(kept(model, x2 = data));
  auto const after = elements_of(model);
  for (auto const& [name, gradient] : answer.gradients)
    for (std::size_t i = 0; i < gradient.size(); ++i)
      CHECK(after.at(name + ".gradient")[i] == Approx(gradient[i]).epsilon(1e-4).margin(1e-5));
  for (int i = 0; i < 16; ++i)
    for (int j = 0; j < 16; ++j) CHECK(model[turned](i, j) == before[turned](j, i));
  for (int i = 0; i < 5; ++i)
    for (int j = 0; j < 5; ++j) CHECK(model[odd](i, j) == before[odd](j, i));
}
