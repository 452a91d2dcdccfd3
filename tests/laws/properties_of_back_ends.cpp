// SPDX-License-Identifier: BSL-1.0
// The law of back ends as a property: programs that are drawn while they are compiled, at points
// that are drawn when they run.
#include <catch2/catch.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "evaluators.hpp"
#include "graph_text.hpp"
#include "properties.hpp"

using namespace laws;
using ramp::check::point;
namespace op = ramp::op;

namespace {

/// A function of elements of `x` and `y` with its derivatives in both modes. No operation changes
/// much more than its operands do, so that what differs in rounding stays a few units.
template <std::uint64_t Seed, int Elements>
struct drawn_program {
  static constexpr int literal_count = 0;
  static constexpr int operations = 12;

  static constexpr ramp::lowered lower() {
    ramp::lowered l;
    shape const s = Elements == 1 ? shape() : shape(Elements);
    std::vector<value> values{argument(l.graph, "x", s), argument(l.graph, "y", s)};
    ramp::xoshiro256 random(Seed);
    auto below = [&](std::size_t bound) {
      return static_cast<std::size_t>(ramp::uniform_below(bound, random));
    };
    while (values.size() < operations + 2) {
      std::size_t const recent = values.size() > 5 ? values.size() - 5 : 0;
      value const a = values[recent + below(values.size() - recent)];
      value const b = values[below(values.size())];
      values.push_back(combined(below(16), a, b));
    }
    value all = values.back();
    for (std::size_t i = values.size() - 4; i + 1 < values.size(); ++i) all = all + values[i];
    for (int node : differentiate_case(l.graph, all.index, ramp::at_zero<0.25>.value))
      l.roots.push_back({ramp::lowered_kind::value, node, -1, l.graph[node].result_shape()});
    return l;
  }

 private:
  static constexpr value combined(std::size_t which, value const& a, value const& b) {
    switch (which) {
      case 0: return a.combine<op::sin>(0.0);
      case 1: return a.combine<op::cos>(0.0);
      case 2: return a.combine<op::tanh>(0.0);
      case 3: return a.combine<op::sigmoid>(0.0);
      case 4: return a.combine<op::erf>(0.0);
      case 5: return a.combine<op::atan>(0.0);
      case 6: return a.combine<op::softplus>(0.0);
      case 7: return a.combine<op::normal_cdf>(0.0);
      case 8: return a.combine<op::relu>(0.0);
      case 9: return a.combine<op::abs>(0.0);
      case 10: return a.combine<op::max>(0.0, b);
      case 11: return a.combine<op::min>(0.0, b);
      case 12: return (a + b) * 0.5;
      case 13: return (a - b) * 0.5;
      case 14: return (a * b).combine<op::softsign>(0.0);
      default: return a.combine<op::less>(0.0, b).combine<op::where>(0.0, a * 0.5, b);
    }
  }
};

/// The results of a program by one evaluator, one after the other.
template <class Source, class T, class Evaluator>
std::vector<T> results_of(ramp::lowered const& l, point const& at) {
  call<T> c(l, at);
  Evaluator::template run<Source, T>(c.arguments.data(), c.outputs.data());
  std::vector<T> all;
  for (auto const& r : c.results) all.insert(all.end(), r.begin(), r.end());
  return all;
}

/// Kernels over packs, with some lanes left over, and straight-line code for each element are the
/// reference evaluator in double, up to 64 units in the last place of what is at least 1.
template <std::uint64_t Seed, class T>
std::string fault_of_back_ends(std::vector<double> const& numbers) {
  constexpr int elements = 19;
  using vector = drawn_program<Seed, elements>;
  using scalar = drawn_program<Seed, 1>;
  static ramp::lowered const packed = vector::lower();
  static ramp::lowered const single = scalar::lower();
  point at{{}, {}};
  for (std::size_t i = 0; i < 2 * elements; ++i)
    at[i % 2].push_back(i < numbers.size() ? numbers[i] : 0.0);
  auto const expected = results_of<vector, double, reference_evaluator>(packed, at);
  auto differs = [](T given, double wanted) {
    double const size = std::fmax(1.0, std::fabs(wanted));
    double const difference = std::fabs(static_cast<double>(given) - wanted);
    return !(difference <= 64.0 * std::numeric_limits<T>::epsilon() * size);
  };
  auto const packs = results_of<vector, T, compiled_evaluator>(packed, at);
  for (std::size_t k = 0; k < expected.size(); ++k)
    if (differs(packs[k], expected[k]))
      return "packs give " + std::to_string(packs[k]) + " for " + std::to_string(expected[k]);
  for (std::size_t i = 0; i < elements; ++i) {
    auto const one = results_of<scalar, T, compiled_evaluator>(single, {{at[0][i]}, {at[1][i]}});
    for (std::size_t j = 0; j < one.size(); ++j)
      if (differs(one[j], expected[j * elements + i]))
        return "straight-line code gives " + std::to_string(one[j]) + " for " +
               std::to_string(expected[j * elements + i]);
  }
  return {};
}

template <std::uint64_t Seed, class T>
void check_back_ends() {
  rc::prop("program " + std::to_string(Seed), [] {
    auto const numbers = *rc::gen::scale(0.4, rc::gen::container<std::vector<double>>(
                                                  rc::gen::resize(rc::kNominalSize, quarters())));
    auto const fault = fault_of_back_ends<Seed, T>(numbers);
    if (fault.empty()) return;
    auto const l = drawn_program<Seed, 1>::lower();
    RC_FAIL(fault + "\nof\n" + text(l.graph, {l.roots[0].node}));
  });
}

}  // namespace

TEST_CASE("properties of back ends", "[laws]") {
  check_back_ends<1, double>();
  check_back_ends<2, float>();
}
