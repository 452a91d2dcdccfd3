// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

namespace ramp::check {

/// How one derivative compared.
enum class verdict {
  agrees,             ///< equal to the numerical derivative, within the tolerance
  agrees_on_kink,     ///< between the derivatives to the left and to the right
  differs,            ///< neither
  skipped_undefined,  ///< the function is not finite here
  skipped_near_kink,  ///< no step is small enough to stay on one piece or inside the domain
  skipped_noisy       ///< no step gives a numerical derivative worth comparing with
};

/// One derivative: with respect to element `index` of the argument `argument`; of second
/// derivatives, this element of the gradient differentiated by element `by_index` of `by`.
struct entry {
  std::string_view argument;
  int index = 0;  // -1: of no element; `argument` says what it is instead
  double analytic = 0.0;
  double lower = 0.0;  // the numerical derivative; on a kink the smaller and the larger one-sided
  double upper = 0.0;
  double tolerance = 0.0;
  verdict outcome = verdict::agrees;
  std::string_view by{};
  int by_index = 0;

  /// Distance from what is allowed, in tolerances: above 1 differs. Infinite for a NaN.
  [[nodiscard]] double badness() const {
    double const distance = analytic < lower ? lower - analytic : analytic - upper;
    if (!(analytic == analytic)) return 1.0 / 0.0;
    return distance <= 0.0 ? 0.0 : distance / tolerance;
  }

  /// The verdict on `derivative`, where there is something to compare it with.
  [[nodiscard]] entry compared_with(double derivative) const {
    entry e = *this;
    e.analytic = derivative;
    bool const compares = outcome == verdict::agrees || outcome == verdict::agrees_on_kink;
    if (compares && !(e.badness() <= 1.0)) e.outcome = verdict::differs;
    return e;
  }
};

/// What a check found. `worst` is the compared entry farthest from its numerical value.
struct report {
  int compared = 0;
  int on_kinks = 0;  // of those compared
  int skipped_undefined = 0;
  int skipped_near_kink = 0;
  int skipped_noisy = 0;
  int different = 0;
  entry worst;
  // how `analytic` and its bounds came about, for the text
  std::string_view way = "by differentiation";
  std::string_view reference = "numerically";

  /// Nothing differs, and at least one entry was compared.
  [[nodiscard]] bool passed() const { return different == 0 && compared > 0; }
  [[nodiscard]] int skipped() const {
    return skipped_undefined + skipped_near_kink + skipped_noisy;
  }

  void add(entry const& e) {
    switch (e.outcome) {
      case verdict::skipped_undefined: ++skipped_undefined; return;
      case verdict::skipped_near_kink: ++skipped_near_kink; return;
      case verdict::skipped_noisy: ++skipped_noisy; return;
      case verdict::differs: ++different; break;
      case verdict::agrees_on_kink: ++on_kinks; break;
      case verdict::agrees: break;
    }
    if (compared++ == 0 || e.badness() > worst.badness()) worst = e;
  }
  void add(report const& other) {
    if (other.compared > 0 && (compared == 0 || other.worst.badness() > worst.badness()))
      worst = other.worst;
    compared += other.compared;
    on_kinks += other.on_kinks;
    skipped_undefined += other.skipped_undefined;
    skipped_near_kink += other.skipped_near_kink;
    skipped_noisy += other.skipped_noisy;
    different += other.different;
  }
};

/// The report as a few sentences, such as
/// `24 derivatives compared (2 on a kink), 1 differs; 3 skipped (3 too near a kink).`
/// `Worst: "w"[5] is 0.25 by differentiation, 0.5 numerically (tolerance 1.2e-11).`
inline std::string text(report const& r) {
  auto number = [](double x) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.17g", x);
    return std::string(buffer);
  };
  auto element = [](std::string_view name, int index) {
    if (index < 0) return std::string(name);
    return "\"" + std::string(name) + "\"[" + std::to_string(index) + "]";
  };
  std::string s = std::to_string(r.compared) +
                  (r.compared == 1 ? " derivative compared (" : " derivatives compared (") +
                  std::to_string(r.on_kinks) + " on a kink), " + std::to_string(r.different) +
                  (r.different == 1 ? " differs; " : " differ; ") + std::to_string(r.skipped()) +
                  " skipped";
  if (r.skipped() > 0)
    s += " (" + std::to_string(r.skipped_near_kink) +
         " too near a kink or the end of the domain, " + std::to_string(r.skipped_undefined) +
         " where the function is not finite, " + std::to_string(r.skipped_noisy) +
         " without a usable numerical derivative)";
  s += ".";
  if (r.compared == 0) return s;
  entry const& w = r.worst;
  s += "\nWorst: " + element(w.argument, w.index);
  if (!w.by.empty()) s += " of the gradient by " + element(w.by, w.by_index);
  s += " is " + number(w.analytic) + " " + std::string(r.way) + ", " + number(w.lower);
  if (w.upper != w.lower) s += " to " + number(w.upper);
  return s + " " + std::string(r.reference) + " (tolerance " + number(w.tolerance) + ").";
}

}  // namespace ramp::check
