// SPDX-License-Identifier: BSL-1.0
#pragma once

// Everything that can run a program. The law in evaluator_law.hpp runs over this list; a new back
// end is one struct and one name in `evaluators`.

#include <ramp/function/execute.hpp>

#include <string_view>
#include <tuple>
#include <vector>

namespace laws {

/// What `compile(...)` calls. `Source` is a class with `static constexpr ramp::lowered lower()`;
/// `arguments[i]` and `outputs[j]` are row-major.
struct compiled_evaluator {
  static constexpr std::string_view name = "compile";

  template <class Source, class T>
  static void run(T const* const* arguments, T* const* outputs) {
    ramp::detail::execute<Source, T>(arguments, outputs);
  }
};

/// The reference evaluator on the same frozen program: freezing keeps what lowering said.
struct reference_evaluator {
  static constexpr std::string_view name = "reference";

  template <class Source, class T>
  static void run(T const* const* arguments, T* const* outputs) {
    auto const& program = ramp::detail::program_of<Source>;
    auto const g = program.graph();
    std::vector<T const*> const pointers(arguments, arguments + g.arguments.size());
    auto const e = ramp::ir::evaluate<T>(g, pointers);
    for (std::size_t j = 0; j < program.roots.size(); ++j)
      for (int i = 0; i < program.roots[j].extents.elements(); ++i)
        outputs[j][i] = e[program.roots[j].node][i];
  }
};

using evaluators = std::tuple<reference_evaluator, compiled_evaluator>;

}  // namespace laws
