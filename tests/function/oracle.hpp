// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include <ramp/check/gradient.hpp>
#include <ramp/core/random.hpp>
#include <ramp/expr/lower.hpp>
#include <ramp/ir/evaluate.hpp>
#include <ramp/pass/reverse.hpp>

// What a training step has to compute, in the plainest way: sample by sample, in double, without
// batching, fusion, planning or kernels.

namespace oracle {

/// Elements by name, row-major; those of inputs sample after sample.
using named_values = std::map<std::string, std::vector<double>>;

/// All parameters of a model and all memory of its update rule.
template <class Model>
named_values elements_of(Model const& m) {
  named_values all;
  auto const& plan = Model::program::plan;
  for (std::size_t a = 0; a < plan.arguments.size(); ++a) {
    if (plan.argument_storage[a].where != ramp::pass::memory::state) continue;
    auto& elements = all[std::string(plan.arguments[a].name)];
    for (int i = 0; i < plan.arguments[a].extents.elements(); ++i)
      elements.push_back(static_cast<double>(m.state[static_cast<std::size_t>(
          plan.argument_storage[a].offset_of(plan.arguments[a].extents, i))]));
  }
  return all;
}

/// Adds noise to every parameter, so that no bias stays zero and no activation at a kink.
template <class Model>
void perturb(Model& m, double scale, std::uint64_t seed) {
  ramp::xoshiro256 random(seed);
  auto const& plan = Model::program::plan;
  for (std::size_t a = 0; a < plan.arguments.size(); ++a) {
    if (plan.arguments[a].kind != ramp::role_of_leaf::parameter) continue;
    for (int i = 0; i < plan.arguments[a].extents.elements(); ++i)
      m.state[static_cast<std::size_t>(
          plan.argument_storage[a].offset_of(plan.arguments[a].extents, i))] +=
          static_cast<typename Model::value_type>(scale * ramp::normal<double>(random));
  }
}

template <class T>
std::vector<T> noise(std::size_t count, std::uint64_t seed) {
  ramp::xoshiro256 random(seed);
  std::vector<T> numbers(count);
  for (T& x : numbers) x = ramp::normal<T>(random);
  return numbers;
}

template <class T>
std::vector<T> labels(std::size_t count, std::uint64_t classes, std::uint64_t seed) {
  ramp::xoshiro256 random(seed);
  std::vector<T> numbers(count);
  for (T& x : numbers) x = static_cast<T>(ramp::uniform_below(classes, random));
  return numbers;
}

template <class T>
std::vector<double> doubles(std::vector<T> const& numbers) {
  return {numbers.begin(), numbers.end()};
}

/// The largest distance between two sets of elements with the same names.
inline double distance(named_values const& a, named_values const& b) {
  REQUIRE(a.size() == b.size());
  double worst = 0.0;
  for (auto const& [name, elements] : a) {
    INFO(name);
    REQUIRE(b.count(name) == 1);
    REQUIRE(b.at(name).size() == elements.size());
    for (std::size_t i = 0; i < elements.size(); ++i) {
      double const d = std::abs(elements[i] - b.at(name)[i]);
      worst = d <= worst ? worst : d;  // a NaN is the largest distance
    }
  }
  return worst;
}

/// The loss of one sample, and its gradients by all parameters.
class sample_loss {
 public:
  template <class Loss>
  explicit sample_loss(Loss const& loss, ramp::kink_policy policy = ramp::standard.value) {
    ramp::lowerer l(policy);
    l.add_constant(loss);
    ramp::lowered program = l.finish();
    g_ = std::move(program.graph);
    root_ = program.roots[0].node;
    ramp::list<int> wrt;
    for (std::size_t a = 0; a < g_.arguments.size(); ++a)
      if (g_.arguments[a].kind == ramp::role_of_leaf::parameter) {
        parameters_.push_back(static_cast<int>(a));
        wrt.push_back(g_.argument_node(static_cast<int>(a)));
      }
    gradients_ = ramp::pass::reverse(g_, {root_}, {g_.constant(1.0)}, wrt, policy);
  }

  struct answer {
    double loss = 0.0;
    named_values gradients;
  };

  /// Means over all samples.
  [[nodiscard]] answer mean(named_values const& values, std::size_t samples) const {
    answer sum;
    auto const share = 1.0 / static_cast<double>(samples);
    for (std::size_t s = 0; s < samples; ++s) {
      auto const point = arguments(values, s);
      ramp::list<double const*> pointers;
      for (auto const& elements : point) pointers.push_back(elements.data());
      auto const e = ramp::ir::evaluate<double>(g_, pointers);
      sum.loss += share * e[root_][0];
      for (std::size_t p = 0; p < parameters_.size(); ++p) {
        auto const& parameter = g_.arguments[static_cast<std::size_t>(parameters_[p])];
        auto& gradient = sum.gradients[std::string(parameter.name)];
        gradient.resize(static_cast<std::size_t>(parameter.extents.elements()));
        if (gradients_[p] < 0) continue;
        bool const one = g_[gradients_[p]].rank == 0;  // a number for all elements
        for (std::size_t i = 0; i < gradient.size(); ++i)
          gradient[i] += share * e[gradients_[p]][one ? 0 : i];
      }
    }
    return sum;
  }

  /// Whether the gradient of a sample agrees with differences of the loss.
  [[nodiscard]] bool agrees_with_differences(named_values const& values, std::size_t sample) const {
    return ramp::check::check_gradient(g_, root_, parameters_, arguments(values, sample)).passed();
  }

 private:
  [[nodiscard]] std::vector<std::vector<double>> arguments(named_values const& values,
                                                           std::size_t sample) const {
    std::vector<std::vector<double>> all;
    for (auto const& a : g_.arguments) {
      auto const& given = values.at(std::string(a.name));
      auto const count = static_cast<std::ptrdiff_t>(a.extents.elements());
      auto const first =
          ramp::pass::is_per_sample(a) ? static_cast<std::ptrdiff_t>(sample) * count : 0;
      REQUIRE(static_cast<std::ptrdiff_t>(given.size()) >= first + count);
      all.emplace_back(given.begin() + first, given.begin() + first + count);
    }
    return all;
  }

  ramp::ir::graph g_;
  int root_ = -1;
  ramp::list<int> parameters_, gradients_;
};

/// Takes one step of sgd from perturbed parameters and compares the loss and the new parameters
/// with those of the oracle. `data`: what the bindings bind, as doubles.
template <class Step, class Loss, class... Bindings>
void check_step(Step const& step, Loss const& loss, named_values data, std::size_t samples,
                double tolerance, Bindings const&... bindings) {
  auto model = step.initial_state(ramp::he_normal{}, 5);
  perturb(model, 0.2, 6);
  auto const before = elements_of(model);
  data.insert(before.begin(), before.end());
  sample_loss const one(loss);
  auto const expected = one.mean(data, samples);
  CHECK(one.agrees_with_differences(data, samples - 1));
  auto next = before;
  double largest = 0.0;
  for (auto const& [name, gradient] : expected.gradients)
    for (std::size_t i = 0; i < gradient.size(); ++i) {
      next[name][i] -= step.rule.learning_rate * gradient[i];
      largest = std::max(largest, std::abs(gradient[i]));
    }
  CHECK(largest > 1e-3);  // or there would be nothing to compare
  auto const start = model;
  auto const result = step(model, bindings...);
  REQUIRE(result);
  // whatever the scratch memory holds, the step says the same, to the last bit
  auto again = start;
  typename Step::workspace poisoned;
  poisoned.arena.fill(std::numeric_limits<typename Step::model_type::value_type>::quiet_NaN());
  poisoned.staged.fill(std::numeric_limits<typename Step::model_type::value_type>::quiet_NaN());
  auto const repeated = step(again, poisoned, bindings...);
  REQUIRE(repeated);
  CHECK(repeated.value() == result.value());
  CHECK(again == model);
  CHECK(std::abs(static_cast<double>(result.value()) - expected.loss) <=
        tolerance * (1.0 + std::abs(expected.loss)));
  CHECK(distance(elements_of(model), next) <= tolerance);
  CHECK(distance(elements_of(model), before) > 100 * tolerance);
}

}  // namespace oracle
