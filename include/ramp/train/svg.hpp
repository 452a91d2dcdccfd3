// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cerrno>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <limits>
#include <span>
#include <string_view>
#include <type_traits>

#include <ramp/core/result.hpp>

namespace ramp::train {

/// One curve of a plot: `values[i]` stands at x = first + i * step. Values that are not finite
/// leave a gap.
struct curve {
  std::string_view name{};
  std::span<float const> values{};
  double first = 0.0;
  double step = 1.0;
  /// Thin and pale: for what is noisy, such as the loss of each step behind the mean of each epoch.
  bool faint = false;
};

/// A plot of curves over one x axis. The texts and values must outlive it.
struct plot {
  std::string_view title{};
  std::string_view x_label{};
  std::string_view y_label{};
  std::span<curve const> curves{};
  bool logarithmic = false;  ///< the y axis; values that are not positive leave a gap
};

namespace detail {

// <algorithm> would be a third of this header's compile time.
template <class T>
constexpr T least(T a, T b) {
  return b < a ? b : a;
}
template <class T>
constexpr T most(T a, T b) {
  return a < b ? b : a;
}

struct axis_range {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  void include(double value) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  /// Something to draw even of no value or one.
  void widen() {
    if (!(low <= high)) low = 0.0, high = 1.0;
    if (low == high) low -= 0.5, high += 0.5;
  }
};

/// 1, 2 or 5 times a power of ten, so that a range has between four and nine ticks.
inline double tick_step(axis_range range) {
  auto const rough = (range.high - range.low) / 6.0;
  auto const power = std::pow(10.0, std::floor(std::log10(rough)));
  auto const mantissa = rough / power;
  return power * (mantissa < 1.5 ? 1.0 : mantissa < 3.5 ? 2.0 : mantissa < 7.5 ? 5.0 : 10.0);
}

/// Writes to a sink, a function of a string_view.
template <class Sink>
class svg_writer {
 public:
  svg_writer(plot const& what, Sink& sink) : plot_(what), sink_(sink) {}

  void write() {
    measure();
    head();
    y_ticks();
    x_ticks();
    for (std::size_t i = 0; i < plot_.curves.size(); ++i) draw(plot_.curves[i], colour(i));
    legend();
    sink_("\n</svg>\n");
  }

 private:
  static constexpr double width = 760.0, height = 440.0;
  static constexpr double left = 76.0, right = 740.0, top = 48.0, bottom = 384.0;

  static constexpr std::string_view colour(std::size_t i) {
    // dark enough on white, and apart for readers who do not tell red from green
    constexpr std::string_view colours[] = {"#0b62a4", "#c44e00", "#00795c", "#8e44ad", "#555555"};
    return colours[i % (sizeof colours / sizeof colours[0])];
  }

  /// One more line.
  void print(char const* format, auto... arguments) {
    char line[256];
    auto const size = std::snprintf(line, sizeof line, format, arguments...);
    sink_("\n");
    sink_(std::string_view(line, least(sizeof line - 1, static_cast<std::size_t>(size))));
  }

  void text(std::string_view characters) {
    for (char const& c : characters) {
      if (c == '&')
        sink_("&amp;");
      else if (c == '<')
        sink_("&lt;");
      else if (c == '>')
        sink_("&gt;");
      else
        sink_(std::string_view(&c, 1));
    }
  }

  [[nodiscard]] bool drawable(double value) const {
    return std::isfinite(value) && (!plot_.logarithmic || value > 0.0);
  }
  [[nodiscard]] double scaled(double value) const {
    return plot_.logarithmic ? std::log10(value) : value;
  }
  [[nodiscard]] double x_of(double x) const {
    return left + (x - x_.low) / (x_.high - x_.low) * (right - left);
  }
  [[nodiscard]] double y_of(double value) const {
    return bottom - (scaled(value) - y_.low) / (y_.high - y_.low) * (bottom - top);
  }

  [[nodiscard]] double x_of(curve const& c, std::size_t i) const {
    return x_of(c.first + c.step * static_cast<double>(i));
  }
  [[nodiscard]] double y_of(curve const& c, std::size_t i) const {
    return y_of(static_cast<double>(c.values[i]));
  }

  void measure() {
    for (auto const& c : plot_.curves) {
      for (auto const value : c.values)
        if (drawable(static_cast<double>(value))) y_.include(scaled(static_cast<double>(value)));
      if (c.values.empty()) continue;
      x_.include(c.first);
      x_.include(c.first + c.step * static_cast<double>(c.values.size() - 1));
    }
    if (x_.low > 0.0 && x_.low < 0.15 * x_.high) x_.low = 0.0;
    x_.widen();
    y_.widen();
    if (!plot_.logarithmic && y_.low >= 0.0 && y_.low < 0.4 * y_.high) y_.low = 0.0;
    auto const margin = 0.04 * (y_.high - y_.low);
    y_.high += margin;
    if (plot_.logarithmic || y_.low != 0.0) y_.low -= margin;
  }

  void head() {
    sink_(R"(<svg xmlns="http://www.w3.org/2000/svg" font-size="13" fill="#333333")");
    sink_(R"( font-family="DejaVu Sans, Helvetica, Arial, sans-serif")");
    print(R"(  viewBox="0 0 %g %g" width="%g" height="%g">)", width, height, width, height);
    print(R"(<rect width="%g" height="%g" fill="#ffffff"/>)", width, height);
    print(R"(<text x="%g" y="28" font-size="16" font-weight="bold">)", left);
    text(plot_.title);
    sink_("</text>");
    print(R"(<text x="%g" y="%g" text-anchor="middle">)", (left + right) / 2.0, bottom + 44.0);
    text(plot_.x_label);
    sink_("</text>");
    print(R"--(<text transform="translate(22 %g) rotate(-90)" text-anchor="middle">)--",
          (top + bottom) / 2.0);
    text(plot_.y_label);
    sink_("</text>");
  }

  void y_tick(double value) {
    auto const y = y_of(value);
    if (y > bottom + 0.1 || y < top - 0.1) return;
    print(R"(<path d="M%g %.1fH%g" stroke="#dddddd"/>)", left, y, right);
    print(R"(<text x="%g" y="%.1f" text-anchor="end">%g</text>)", left - 8.0, y + 4.5, value);
  }

  void y_ticks() {
    if (!plot_.logarithmic || y_.high - y_.low < 0.7) {
      // a short logarithmic range has plain ticks
      axis_range const range =
          plot_.logarithmic ? axis_range{std::pow(10.0, y_.low), std::pow(10.0, y_.high)} : y_;
      auto const step = tick_step(range);
      for (auto i = std::ceil(range.low / step); i * step <= range.high; i += 1.0) y_tick(i * step);
      return;
    }
    auto const every_decade = most(1.0, std::ceil((y_.high - y_.low) / 8.0));
    for (auto decade = std::floor(y_.low); decade <= y_.high; decade += every_decade) {
      auto const power = std::pow(10.0, decade);
      y_tick(power);
      if (y_.high - y_.low < 3.0) {
        y_tick(2.0 * power);
        y_tick(5.0 * power);
      }
    }
  }

  void x_ticks() {
    // epochs and steps are whole numbers
    auto const step = x_.high - x_.low < 2.0 ? tick_step(x_) : most(1.0, tick_step(x_));
    print(R"(<path d="M%g %gV%gH%g" fill="none" stroke="#333333"/>)", left, top, bottom, right);
    for (auto i = std::ceil(x_.low / step); i * step <= x_.high * (1.0 + 1e-12); i += 1.0) {
      auto const x = x_of(i * step);
      print(R"(<path d="M%.1f %gv5" stroke="#333333"/>)", x, bottom);
      print(R"(<text x="%.1f" y="%g" text-anchor="middle">%g</text>)", x, bottom + 20.0, i * step);
    }
  }

  /// Where there are more than two values to a pixel, the lowest and the highest of each half pixel
  /// are drawn: the picture is the same, the file is not larger than the picture.
  void draw(curve const& c, std::string_view stroke) {
    print(R"(<path fill="none" stroke="%.*s" stroke-width="%s")", static_cast<int>(stroke.size()),
          stroke.data(), c.faint ? "1" : "2.2");
    print(R"(stroke-opacity="%s" stroke-linejoin="round" d=")", c.faint ? "0.35" : "1");
    constexpr auto points = static_cast<std::size_t>(2.0 * (right - left));
    auto const group = most(std::size_t{1}, 2 * c.values.size() / points);
    bool pen_down = false;
    std::size_t drawn = 0;
    auto const point = [&](std::size_t i) {
      print("%s%.1f %.1f", pen_down ? "L" : "M", x_of(c, i), y_of(c, i));
      pen_down = true;
      ++drawn;
    };
    for (std::size_t begin = 0; begin < c.values.size(); begin += group) {
      auto const end = least(begin + group, c.values.size());
      auto low = end, high = end;
      for (auto i = begin; i < end; ++i) {
        if (!drawable(static_cast<double>(c.values[i]))) continue;
        if (low == end || c.values[i] < c.values[low]) low = i;
        if (high == end || c.values[i] > c.values[high]) high = i;
      }
      if (low == end) {
        pen_down = false;
        continue;
      }
      point(least(low, high));
      if (low != high) point(most(low, high));
    }
    sink_(R"("/>)");
    if (!c.faint && drawn <= 60)
      for (std::size_t i = 0; i < c.values.size(); ++i)
        if (drawable(static_cast<double>(c.values[i])))
          print(R"(<circle cx="%.1f" cy="%.1f" r="3.2" fill="%.*s"/>)", x_of(c, i), y_of(c, i),
                static_cast<int>(stroke.size()), stroke.data());
  }

  void legend() {
    if (plot_.curves.size() < 2) return;
    std::size_t longest = 0;
    for (auto const& c : plot_.curves) longest = most(longest, c.name.size());
    auto const text_left = right - 12.0 - 7.6 * static_cast<double>(longest);
    print(R"(<rect x="%g" y="%g" width="%g" height="%g" fill="#ffffff" fill-opacity="0.85"/>)",
          text_left - 42.0, top + 2.0, right - text_left + 42.0,
          12.0 + 20.0 * static_cast<double>(plot_.curves.size()));
    for (std::size_t i = 0; i < plot_.curves.size(); ++i) {
      auto const y = top + 20.0 + 20.0 * static_cast<double>(i);
      auto const& c = plot_.curves[i];
      print(R"(<path d="M%g %gh28" stroke="%.*s" stroke-width="%s" stroke-opacity="%s"/>)",
            text_left - 36.0, y - 4.5, static_cast<int>(colour(i).size()), colour(i).data(),
            c.faint ? "1" : "2.2", c.faint ? "0.35" : "1");
      print(R"(<text x="%g" y="%g">)", text_left, y);
      text(c.name);
      sink_("</text>");
    }
  }

  plot const& plot_;
  Sink& sink_;
  axis_range x_, y_;
};

}  // namespace detail

/// Writes a plot as SVG to `sink`, a function of a std::string_view that is called with one piece
/// after the other. Allocation: none. Cost: linear in the values.
/// Precondition: LC_NUMERIC is the C locale, as in every program that does not change it.
template <class Sink>
void write_svg(plot const& what, Sink&& sink) {
  detail::svg_writer<std::remove_reference_t<Sink>>(what, sink).write();
}

/// The same to a file, which is replaced. The error is the system's number for it (an errno).
/// Allocation: that of stdio.
inline result<void, int> write_svg_file(plot const& what, char const* path) {
  std::FILE* const file = std::fopen(path, "wb");
  if (file == nullptr) return errno;
  bool good = true;
  write_svg(what, [&](std::string_view piece) {
    good = good && std::fwrite(piece.data(), 1, piece.size(), file) == piece.size();
  });
  auto const number = errno;
  if (std::fclose(file) != 0) return errno;
  if (!good) return number;
  return {};
}

}  // namespace ramp::train
