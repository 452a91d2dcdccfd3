// SPDX-License-Identifier: BSL-1.0
//
// Figures of one run, as a table and as JSON.
#pragma once

#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace bench {

struct figure {
  double microseconds;    // the median of the repetitions, for one step
  long heap_allocations;  // from the first step to the last
};

struct case_figures {
  std::string name;
  std::map<std::string, figure> one_tile, ten_tiles;  // by contestant
};

inline std::optional<figure> find(std::map<std::string, figure> const& figures,
                                  std::string const& contestant) {
  auto const found = figures.find(contestant);
  if (found == figures.end()) return std::nullopt;
  return found->second;
}

inline std::optional<double> ratio(std::map<std::string, figure> const& figures) {
  auto const ours = find(figures, "ramp");
  auto const reference = find(figures, "hand-written");
  if (!ours || !reference) return std::nullopt;
  return ours->microseconds / reference->microseconds;
}

/// Four significant digits, which is more than the machine repeats.
inline std::string number(double x) {
  char text[32];
  std::snprintf(text, sizeof text, x < 10.0 ? "%.3f" : x < 100.0 ? "%.2f" : "%.1f", x);
  return text;
}

inline std::string microseconds(std::optional<figure> const& f) {
  return f ? number(f->microseconds) : "-";
}

inline std::string or_dash(std::optional<double> const& x) { return x ? number(*x) : "-"; }

/// One line for each case; with `header`, the names of the columns above.
inline void print_table(std::FILE* out, std::vector<case_figures> const& cases,
                        std::string const& compiler, std::vector<std::string> const& peers,
                        bool header) {
  auto const line = [&](std::vector<std::string> const& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i)
      std::fprintf(out, i < 2 ? "%s%-*s" : "%s%*s", i == 0 ? "" : "  ",
                   i == 0   ? 4
                   : i == 1 ? 10
                   : i < 9  ? 12
                            : 14,
                   cells[i].c_str());
    std::fprintf(out, "\n");
  };
  if (header) {
    std::fprintf(out, "Training step, microseconds. 10 tiles: a batch ten times as large.\n");
    std::vector<std::string> cells{"case",     "compiler",     "ramp",  "hand-written", "ratio",
                                   "10 tiles", "hand-written", "ratio", "heap allocs"};
    cells.insert(cells.end(), peers.begin(), peers.end());
    line(cells);
  }
  for (auto const& c : cases) {
    auto const ours = find(c.one_tile, "ramp");
    std::vector<std::string> cells{c.name,
                                   compiler,
                                   microseconds(ours),
                                   microseconds(find(c.one_tile, "hand-written")),
                                   or_dash(ratio(c.one_tile)),
                                   microseconds(find(c.ten_tiles, "ramp")),
                                   microseconds(find(c.ten_tiles, "hand-written")),
                                   or_dash(ratio(c.ten_tiles)),
                                   ours ? std::to_string(ours->heap_allocations) : "-"};
    for (auto const& peer : peers) cells.push_back(microseconds(find(c.one_tile, peer)));
    line(cells);
  }
}

/// One object on a line for each case; bench/run makes them one list. A figure that does not exist
/// is null.
inline void print_json(std::FILE* out, std::vector<case_figures> const& cases,
                       std::string const& compiler, std::vector<std::string> const& peers) {
  auto const value = [&](char const* key, std::optional<double> const& x) {
    if (x)
      std::fprintf(out, ", \"%s\": %.6g", key, *x);
    else
      std::fprintf(out, ", \"%s\": null", key);
  };
  auto const time = [&](char const* key, std::optional<figure> const& f) {
    value(key, f ? std::optional(f->microseconds) : std::nullopt);
  };
  for (auto const& c : cases) {
    auto const ours = find(c.one_tile, "ramp");
    std::fprintf(out, "{\"case\": \"%s\", \"compiler\": \"%s\"", c.name.c_str(), compiler.c_str());
    time("ramp_us", ours);
    time("reference_us", find(c.one_tile, "hand-written"));
    value("ratio", ratio(c.one_tile));
    value("heap_allocations",
          ours ? std::optional(static_cast<double>(ours->heap_allocations)) : std::nullopt);
    time("ten_tiles_us", find(c.ten_tiles, "ramp"));
    time("ten_tiles_reference_us", find(c.ten_tiles, "hand-written"));
    value("ten_tiles_ratio", ratio(c.ten_tiles));
    std::fprintf(out, ", \"peers\": {");
    char const* separator = "";
    for (auto const& peer : peers)
      if (auto const f = find(c.one_tile, peer)) {
        std::fprintf(out, "%s\"%s\": %.6g", separator, peer.c_str(), f->microseconds);
        separator = ", ";
      }
    std::fprintf(out, "}}\n");
  }
}

}  // namespace bench
