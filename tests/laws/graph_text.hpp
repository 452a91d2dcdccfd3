// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/backend/text/program.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "graphs.hpp"

namespace laws {

/// Some nodes of a graph as formulas.
inline std::string text(graph const& g, ramp::list<int> const& nodes) {
  ramp::list<ramp::pass::root> roots;
  for (int i : nodes) roots.push_back({i});
  ramp::backend::printed_graph const printed{.nodes = {g.nodes.begin(), g.nodes.size()},
                                             .arguments = {g.arguments.begin(), g.arguments.size()},
                                             .roots = roots};
  std::vector<ramp::backend::label> labels(g.nodes.size());
  ramp::backend::find_labels(printed, labels);
  std::string all;
  ramp::backend::text_sink sink(
      [](void* to, std::string_view piece) { static_cast<std::string*>(to)->append(piece); }, &all);
  ramp::backend::write_program(printed, labels, sink);
  return all;
}

}  // namespace laws
