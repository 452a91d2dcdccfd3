// SPDX-License-Identifier: BSL-1.0
#include <ramp/check/branches.hpp>

#include <catch2/catch.hpp>

#include "laws/graphs.hpp"

using namespace laws;
using ramp::check::active_pieces;
using ramp::check::evaluate_at;
namespace op = ramp::op;

TEST_CASE("points on one smooth piece have equal pieces, others have not", "[check]") {
  graph g;
  value const x = argument(g, "x", shape(2));
  value const y = argument(g, "y");
  value shifted = x - y;
  shifted.space = x.space;
  ramp::ir::reduce_to<op::reduce_max>(shifted.combine<op::abs>(0.0), {}, 0);
  auto pieces = [&](double a, double b, double c) {
    return active_pieces(g, evaluate_at(g, {{a, b}, {c}}));
  };
  CHECK(pieces(1, 3, 0) == pieces(2, 5, 1));
  CHECK(!(pieces(1, 3, 0) == pieces(3, 1, 0)));   // another element is the largest
  CHECK(!(pieces(1, 3, 0) == pieces(-1, 3, 0)));  // another sign
  CHECK(!(pieces(1, 3, 0) == pieces(1, 3, 2)));   // the same sign of x, another of x - y
  CHECK(!pieces(1, 3, 0).on_kink);
  CHECK(pieces(0, 3, 0).on_kink);   // abs at 0
  CHECK(pieces(3, -3, 0).on_kink);  // two largest elements
}

TEST_CASE("leaving the domain of an operation is seen", "[check]") {
  graph g;
  value const x = argument(g, "x");
  int const root = x.combine<op::log>(0.0).index;
  REQUIRE(g[root].is(code<op::log>));
  auto pieces = [&](double a) { return active_pieces(g, evaluate_at(g, {{a}})); };
  CHECK(pieces(1.0) == pieces(2.0));
  CHECK(pieces(1.0).in_domain);
  CHECK(!pieces(-1.0).in_domain);
  CHECK(!(pieces(1.0) == pieces(-1.0)));
}

TEST_CASE("ties that lose are no kinks", "[check]") {
  graph g;
  value const x = argument(g, "x", shape(3));
  ramp::ir::reduce_to<op::reduce_max>(x, {}, 0);
  auto pieces = [&](std::vector<double> const& v) { return active_pieces(g, evaluate_at(g, {v})); };
  CHECK(!pieces({1, 1, 2}).on_kink);
  CHECK(pieces({1, 2, 2}).on_kink);
  CHECK(!(pieces({2, 2, 2}) == pieces({1, 2, 2})));  // a tie of three, a tie of two
}
