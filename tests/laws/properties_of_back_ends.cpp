// SPDX-License-Identifier: BSL-1.0
// The law of back ends as a property: programs that are drawn while they are compiled, at points
// that are drawn when they run.
#include <catch2/catch.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <ramp/ir/matrix_value.hpp>

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

/// A function of two square matrices and a vector with its derivatives in both modes, in which one
/// value is read in several ways: as it is, transposed, along rows, along columns, summed.
template <std::uint64_t Seed>
struct drawn_matrices {
  static constexpr int literal_count = 0;
  static constexpr int extent = 9;  // some packs and a rest
  static constexpr double share = 1.0 / extent;
  static constexpr int operations = 10;

  static constexpr ramp::lowered lower() {
    ramp::lowered l;
    shape const square(extent, extent);
    std::vector<value> matrices{argument(l.graph, "a", square), argument(l.graph, "b", square)};
    std::vector<value> vectors{argument(l.graph, "v", shape(extent))};
    ramp::xoshiro256 random(Seed);
    auto below = [&](std::size_t bound) {
      return static_cast<std::size_t>(ramp::uniform_below(bound, random));
    };
    auto any = [&](std::vector<value> const& of) {  // one of the latest
      std::size_t const recent = of.size() > 3 ? of.size() - 3 : 0;
      return of[recent + below(of.size() - recent)];
    };
    auto along = [&](value const& v, int dimension) {
      axis_map m;
      m.set(0, dimension);
      return ramp::ir::remapped(v, m, square);
    };
    for (int i = 0; i < operations; ++i) {
      std::size_t const which = below(9);
      value const m = any(matrices), v = any(vectors);
      int const dimension = static_cast<int>(below(2));
      value const read = along(v, dimension);
      axis_map kept;
      kept.set(0, dimension);
      switch (which) {
        case 0: matrices.push_back(m.combine<op::tanh>(0.0)); break;
        case 1: matrices.push_back((m + ramp::ir::transposed(any(matrices))) * 0.5); break;
        case 2: matrices.push_back(m.combine<op::max>(0.0, ramp::ir::transposed(m))); break;
        case 3: matrices.push_back((m * read).combine<op::softsign>(0.0)); break;
        case 4: matrices.push_back((along(v, 0) - along(any(vectors), 1)) * 0.5); break;
        case 5: matrices.push_back(ramp::ir::matrix_product(m, any(matrices)) * share); break;
        case 6: vectors.push_back(ramp::ir::reduce_to<op::sum>(m, kept, 1) * share); break;
        case 7: vectors.push_back(ramp::ir::matrix_product(m, v) * share); break;
        default: vectors.push_back(v.combine<op::sin>(0.0)); break;
      }
    }
    value const all = matrices.back() + along(vectors.back(), 1);
    for (int node : differentiate_case(l.graph, all.index, ramp::at_zero<0.25>.value))
      l.roots.push_back({ramp::lowered_kind::value, node, -1, l.graph[node].result_shape()});
    return l;
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

/// Whether a result is further off than 64 units in the last place of what is at least 1.
template <class T>
bool differs(T given, double wanted) {
  double const size = std::fmax(1.0, std::fabs(wanted));
  double const difference = std::fabs(static_cast<double>(given) - wanted);
  return !(difference <= 64.0 * std::numeric_limits<T>::epsilon() * size);
}

/// Kernels over packs, with some lanes left over, and straight-line code for each element are the
/// reference evaluator in double.
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

/// Kernels over matrices are the reference evaluator in double, to the same accuracy.
template <std::uint64_t Seed, class T>
std::string fault_of_kernels(std::vector<double> const& numbers) {
  using program = drawn_matrices<Seed>;
  static ramp::lowered const lowered = program::lower();
  point at;
  std::size_t next = 0;
  for (ramp::ir::argument const& a : lowered.graph.arguments) {
    at.emplace_back();
    for (int i = 0; i < a.extents.elements(); ++i, ++next)
      at.back().push_back(numbers.empty() ? 0.0 : numbers[next % numbers.size()]);
  }
  auto const expected = results_of<program, double, reference_evaluator>(lowered, at);
  auto const given = results_of<program, T, compiled_evaluator>(lowered, at);
  for (std::size_t k = 0; k < expected.size(); ++k)
    if (differs(given[k], expected[k]))
      return "element " + std::to_string(k) + " is " + std::to_string(given[k]) + " for " +
             std::to_string(expected[k]);
  return {};
}

/// `Program` shows what a fault was found in.
template <class Program, class Fault>
void check_program(std::string const& name, Fault fault_of) {
  rc::prop(name, [fault_of] {
    auto const numbers = *rc::gen::scale(0.4, rc::gen::container<std::vector<double>>(
                                                  rc::gen::resize(rc::kNominalSize, quarters())));
    auto const fault = fault_of(numbers);
    if (fault.empty()) return;
    auto const l = Program::lower();
    RC_FAIL(fault + "\nof\n" + text(l.graph, {l.roots[0].node}));
  });
}
template <std::uint64_t Seed, class T>
void check_back_ends() {
  check_program<drawn_program<Seed, 1>>("program " + std::to_string(Seed),
                                        fault_of_back_ends<Seed, T>);
}
template <std::uint64_t Seed, class T>
void check_kernels() {
  check_program<drawn_matrices<Seed>>("matrices " + std::to_string(Seed),
                                      fault_of_kernels<Seed, T>);
}

}  // namespace

TEST_CASE("properties of back ends", "[laws]") {
  check_back_ends<1, double>();
  check_back_ends<2, float>();
  check_kernels<1, double>();
  check_kernels<2, float>();
  check_kernels<3, double>();
  check_kernels<4, float>();
}
