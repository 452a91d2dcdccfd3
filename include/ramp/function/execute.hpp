// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <vector>

#include <ramp/function/source.hpp>
#include <ramp/ir/evaluate.hpp>

namespace ramp::detail {

/// Runs a program. `arguments[i]` points to the row-major elements of argument i, `outputs[j]` to
/// the memory of root j, which overlaps with nothing.
template <class Source, class T>
constexpr void execute(T const* const* arguments, T* const* outputs) {
  auto const& program = program_of<Source>;
  ir::graph const g = program.graph();
  std::vector<T const*> const pointers(arguments, arguments + program.arguments.size());
  ir::evaluation<T> const values = ir::evaluate<T>(g, pointers);
  for (std::size_t j = 0; j < program.roots.size(); ++j) {
    int const count = program.roots[j].extents.elements();
    T const* const from = values[program.roots[j].node];
    for (int i = 0; i < count; ++i) outputs[j][i] = from[i];
  }
}

}  // namespace ramp::detail
