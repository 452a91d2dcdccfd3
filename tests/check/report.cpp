// SPDX-License-Identifier: BSL-1.0
#include <ramp/check/report.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <string>

using ramp::check::entry;
using ramp::check::report;
using ramp::check::verdict;

namespace {

entry make(std::string_view name, int index, double analytic, double numerical, double tolerance) {
  entry e{name, index, analytic, numerical, numerical, tolerance, verdict::agrees};
  if (e.badness() > 1.0) e.outcome = verdict::differs;
  return e;
}

}  // namespace

TEST_CASE("a report counts and keeps the worst entry", "[check]") {
  report r;
  CHECK(!r.passed());  // nothing compared is not a success
  r.add(make("a", 0, 1.0, 1.0, 1e-9));
  CHECK(r.passed());
  r.add(make("b", 3, 2.0, 2.5, 1e-2));
  r.add(make("c", 1, 2.0, 2.0 + 2e-9, 1e-9));
  entry skipped = make("d", 0, 0.0, 0.0, 1.0);
  skipped.outcome = verdict::skipped_near_kink;
  r.add(skipped);
  CHECK(!r.passed());
  CHECK(r.compared == 3);
  CHECK(r.different == 2);
  CHECK(r.skipped() == 1);
  CHECK(r.worst.argument == "b");
  CHECK(r.worst.index == 3);

  report sum;
  sum.add(r);
  sum.add(r);
  CHECK(sum.compared == 6);
  CHECK(sum.worst.argument == "b");
}

TEST_CASE("badness is a distance in tolerances", "[check]") {
  entry e{"x", 0, 0.0, 1.0, 2.0, 0.5, verdict::agrees};
  CHECK(e.badness() == 2.0);
  e.analytic = 1.5;
  CHECK(e.badness() == 0.0);
  e.analytic = 2.25;
  CHECK(e.badness() == 0.5);
  e.analytic = std::nan("");
  CHECK(e.badness() > 1e300);
}

TEST_CASE("the text names the worst entry with both values", "[check]") {
  report r;
  r.add(make("w", 5, 0.25, 0.5, 0.125));
  CHECK(text(r) ==
        "1 derivative compared (0 on a kink), 1 differs; 0 skipped.\n"
        "Worst: \"w\"[5] is 0.25 by differentiation, 0.5 numerically (tolerance 0.125).");
  entry kink{"x", 0, 0.5, 0.0, 1.0, 0.125, verdict::agrees_on_kink};
  report k;
  k.add(kink);
  CHECK(text(k) ==
        "1 derivative compared (1 on a kink), 0 differ; 0 skipped.\n"
        "Worst: \"x\"[0] is 0.5 by differentiation, 0 to 1 numerically (tolerance 0.125).");
}

TEST_CASE("the text names second derivatives, products, and how numbers came about", "[check]") {
  report r;
  entry second = make("w", 5, 0.25, 0.5, 0.125);
  second.by = "x";
  second.by_index = 2;
  r.add(second);
  r.way = "in this order";
  r.reference = "in the other";
  CHECK(
      text(r).find("Worst: \"w\"[5] of the gradient by \"x\"[2] is 0.25 in this order, 0.5 in the "
                   "other (tolerance 0.125).") != std::string::npos);
  report product;
  product.add(make("<g, v>", -1, 0.25, 0.5, 0.125));
  CHECK(text(product).find("Worst: <g, v> is 0.25 by") != std::string::npos);
}

TEST_CASE("an expected entry judges a derivative, unless it was skipped", "[check]") {
  entry const expected{"x", 0, 0.0, 1.0, 2.0, 0.5, verdict::agrees_on_kink};
  CHECK(expected.compared_with(1.5).outcome == verdict::agrees_on_kink);
  CHECK(expected.compared_with(2.75).outcome == verdict::differs);
  CHECK(expected.compared_with(std::nan("")).outcome == verdict::differs);
  entry skipped = expected;
  skipped.outcome = verdict::skipped_noisy;
  CHECK(skipped.compared_with(7.0).outcome == verdict::skipped_noisy);
  CHECK(skipped.compared_with(7.0).analytic == 7.0);
}
