// SPDX-License-Identifier: BSL-1.0
#include <ramp/pass/rematerialize.hpp>

#include <catch2/catch.hpp>

#include <ramp/pass/fuse.hpp>

#include "backend/planned.hpp"

using namespace planned;
using pass::role;

namespace {

pass::draft fused(program const& p) { return pass::fuse(p.g, p.roots, 8, 16); }

/// The members of kernels that compute one operation, one after the other.
template <class Op>
std::vector<pass::placement> places_of(pass::draft const& d) {
  std::vector<pass::placement> all;
  for (int m : d.members)
    if (d.nodes[m].is(ramp::ir::code<Op>)) all.push_back(d.placements[m]);
  return all;
}

value exponential(value const& v) { return v.combine<op::exp>(0.0); }
value total(value const& v) { return ramp::ir::reduce_to<op::sum>(v, {}, 0); }

/// Two sums over matrices of 5 and of 7 rows of 16, both of which read what `make` makes of two
/// vectors, for all rows.
template <class Make>
pass::draft read_by_two_kernels(Make const& make) {
  program p;
  value const a = p.variable("a", shape(16));
  value const shared = make(a, p.variable("b", shape(16)));
  p.output(total(exponential(spread(shared, shape(5, 16), {1}) *
                             p.variable("m", shape(5, 16)))));
  p.output(total(exponential(spread(shared, shape(7, 16), {1}) *
                             p.variable("n", shape(7, 16)))));
  return fused(p);
}

}  // namespace

TEST_CASE("each kernel computes a cheap node again", "[pass]") {
  auto const d = read_by_two_kernels([](value const& a, value const& b) { return a - b; });
  auto const places = places_of<op::sub>(d);
  REQUIRE(places.size() == 2);
  CHECK(places[0].kernel != places[1].kernel);
  for (auto const& p : places) {
    CHECK(d.kernels[p.kernel].kind == kernel_kind::rows);
    CHECK(p.part == role::lane);  // the same for all rows: outside of the loop over them
  }
}

TEST_CASE("chains of cheap nodes go together", "[pass]") {
  auto const d = read_by_two_kernels(
      [](value const& a, value const& b) { return (a - b) * (a + b); });
  CHECK(places_of<op::sub>(d).size() == 2);
  CHECK(places_of<op::add>(d).size() == 2);
}

TEST_CASE("what costs more is computed once and stored", "[pass]") {
  auto const d = read_by_two_kernels(
      [](value const& a, value const& b) { return (a - b).combine<op::sin>(0.0); });
  CHECK(places_of<op::sin>(d).size() == 1);
  CHECK(places_of<op::sub>(d).size() == 1);
}

TEST_CASE("a cheap node that the caller wants is computed once", "[pass]") {
  program p;
  value const a = p.variable("a", shape(16));
  value const difference = a - p.variable("b", shape(16));
  p.output(difference);
  p.output(total(exponential(spread(difference, shape(5, 16), {1}) *
                             p.variable("m", shape(5, 16)))));
  CHECK(places_of<op::sub>(fused(p)).size() == 1);
}

TEST_CASE("a kernel that reads from memory has a cheap node stored, once for all", "[pass]") {
  program p;
  value const m = p.variable("m", shape(6, 4)) - p.variable("n", shape(6, 4));
  p.output(product(m, p.variable("a", shape(4, 5))));
  p.output(product(m, p.variable("b", shape(4, 3))));
  p.output(product(p.variable("c", shape(3, 6)), m));
  auto const d = fused(p);
  CHECK(places_of<op::contract>(d).size() == 3);
  auto const places = places_of<op::sub>(d);
  REQUIRE(places.size() == 1);
  CHECK(d.kernels[places[0].kernel].kind == kernel_kind::generic);
  CHECK(d.kernels[places[0].kernel].count == 1);
}
