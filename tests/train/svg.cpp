// SPDX-License-Identifier: BSL-1.0
#include <ramp/train/svg.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstddef>
#include <limits>
#include <regex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using ramp::train::curve;
using ramp::train::plot;

namespace {

std::string svg_of(plot const& what) {
  std::string text;
  ramp::train::write_svg(what, [&](std::string_view piece) { text += piece; });
  return text;
}

std::size_t count(std::string const& text, std::string_view what) {
  std::size_t n = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++n;
  return n;
}

/// The points of the curves, each curve's `d` attribute in turn.
std::vector<std::pair<double, double>> points(std::string const& text) {
  std::vector<std::pair<double, double>> found;
  std::regex const point("\n[ML]([0-9.]+) ([0-9.]+)");
  for (std::sregex_iterator it(text.begin(), text.end(), point), end; it != end; ++it)
    found.emplace_back(std::stod((*it)[1]), std::stod((*it)[2]));
  return found;
}

/// The ticks of the y axis: the numbers and where they stand.
std::vector<std::pair<double, double>> y_ticks(std::string const& text) {
  std::vector<std::pair<double, double>> found;
  std::regex const tick("y=\"([0-9.]+)\" text-anchor=\"end\">([^<]+)<");
  for (std::sregex_iterator it(text.begin(), text.end(), tick), end; it != end; ++it)
    found.emplace_back(std::stod((*it)[2]), std::stod((*it)[1]) - 4.5);
  return found;
}

}  // namespace

TEST_CASE("the points of a curve stand where the ticks say", "[train]") {
  for (bool const logarithmic : {false, true}) {
    auto const losses =
        logarithmic ? std::vector{10.0f, 1.0f, 0.2f} : std::vector{2.0f, 1.0f, 0.4f};
    curve const curves[] = {{.name = "loss", .values = losses, .first = 1.0, .step = 1.0}};
    auto const text = svg_of({.title = "t",
                              .x_label = "epoch",
                              .y_label = "loss",
                              .curves = curves,
                              .logarithmic = logarithmic});
    auto const drawn = points(text);
    auto const ticks = y_ticks(text);
    REQUIRE(drawn.size() == 3);
    std::size_t matched = 0;
    for (std::size_t i = 0; i < 3; ++i)
      for (auto const& [value, y] : ticks)
        if (std::abs(value - static_cast<double>(losses[i])) < 1e-6) {
          CHECK(drawn[i].second == Approx(y).margin(0.11));
          ++matched;
        }
    CHECK(matched == 3);
    CHECK(drawn[1].first - drawn[0].first == Approx(drawn[2].first - drawn[1].first).margin(0.2));
    CHECK(count(text, "<circle") == 3);
  }
}

TEST_CASE("texts are escaped, and the document is closed", "[train]") {
  std::vector<float> const values = {1.0f, 2.0f};
  curve const curves[] = {{.name = "a<b", .values = values}, {.name = "c", .values = values}};
  auto const text = svg_of({.title = "x & y", .x_label = ">", .y_label = "", .curves = curves});
  CHECK(count(text, ">x &amp; y</text>") == 1);
  CHECK(count(text, ">a&lt;b</text>") == 1);
  CHECK(count(text, ">&gt;</text>") == 1);
  CHECK(count(text, "<text") == count(text, "</text>"));
  CHECK(text.starts_with("<svg "));
  CHECK(text.ends_with("</svg>\n"));
}

TEST_CASE("values that cannot be drawn leave a gap", "[train]") {
  auto const nan = std::numeric_limits<float>::quiet_NaN();
  auto const infinity = std::numeric_limits<float>::infinity();
  std::vector<float> const values = {1.0f, 2.0f, nan, 3.0f, infinity, -1.0f, 4.0f};
  curve const curves[] = {{.name = "x", .values = values}};
  auto plain = svg_of({.curves = curves});
  CHECK(count(plain, "\nM") == 3);
  CHECK(count(plain, "\nL") == 2);
  CHECK(count(plain, "nan") + count(plain, "inf") == 0);
  auto const logarithmic = svg_of({.curves = curves, .logarithmic = true});
  CHECK(count(logarithmic, "\nM") == 3);
  CHECK(points(logarithmic).size() == 4);
}

TEST_CASE("a plot of nothing, and of one value, is still a plot", "[train]") {
  CHECK(count(svg_of({}), "nan") == 0);
  std::vector<float> const one = {0.7f};
  curve const curves[] = {{.name = "x", .values = one}};
  auto const text = svg_of({.curves = curves});
  CHECK(count(text, "nan") == 0);
  CHECK(count(text, "<circle") == 1);
  CHECK(y_ticks(text).size() >= 4);
}

TEST_CASE("a long curve keeps its extremes in a file of bounded size", "[train]") {
  std::vector<float> values(1'000'000, 1.0f);
  values[123'456] = 9.0f;
  values[765'432] = -7.0f;
  curve const curves[] = {{.name = "x", .values = values, .faint = true}};
  auto const text = svg_of({.curves = curves});
  CHECK(text.size() < 60'000);
  auto const drawn = points(text);
  auto const [high, low] = std::minmax_element(
      drawn.begin(), drawn.end(), [](auto const& a, auto const& b) { return a.second < b.second; });
  CHECK(low->second - high->second > 300.0);
  CHECK((high->first - 76.0) / 664.0 == Approx(0.123456).margin(0.002));
  CHECK((low->first - 76.0) / 664.0 == Approx(0.765432).margin(0.002));
}

TEST_CASE("an SVG file, or why there is none", "[train]") {
  auto const failed = ramp::train::write_svg_file({}, "/no/such/directory/plot.svg");
  REQUIRE_FALSE(failed);
  CHECK(failed.error() == ENOENT);
  auto const full = ramp::train::write_svg_file({}, "/dev/full");
  REQUIRE_FALSE(full);
  CHECK(full.error() == ENOSPC);
}
