// SPDX-License-Identifier: BSL-1.0
#include <ramp/pass/fuse_rows.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <initializer_list>

#include "partition.hpp"

using namespace planned;
using pass::role;
using pass::detail::free_dimension;

namespace {

value exponential(value const& v) { return v.combine<op::exp>(0.0); }
template <class Op = op::sum>
value row_folds(value const& v) {
  return ramp::ir::reduce_to<Op>(v, dimensions({0}), 1);
}
template <class Op = op::sum>
value column_folds(value const& v) {
  return ramp::ir::reduce_to<Op>(v, dimensions({1}), 1);
}
value total(value const& v) { return ramp::ir::reduce_to<op::sum>(v, {}, 0); }

void start(partition& t, value const& v) {
  pass::detail::start_rows(t.k, v.index, t.numbered(v));
}
/// Whether `v` joins the kernel that was started last.
bool joins(partition& t, value const& v) {
  return pass::detail::join_rows(t.k, v.index, t.numbered(v), t.kernels() - 1);
}
bool is_part(partition const& t, value const& v, role part, std::initializer_list<int> dims) {
  auto const& place = t.place(v);
  bool same = place.part == part && place.kernel == t.kernels() - 1;
  int e = 0;
  for (int d : dims) same = same && place.place[e++] == d;
  return same;
}

}  // namespace

TEST_CASE("a row kernel starts with lanes along the dimension that suits best", "[pass]") {
  program p;
  value const m = exponential(p.variable("m", shape(6, 32)));
  value const thin = exponential(p.variable("thin", shape(32, 3)));
  value const v = exponential(p.variable("v", shape(5)));
  partition t(p);
  start(t, m);
  CHECK(t.last_kernel().kind == kernel_kind::rows);
  CHECK(t.last_kernel().extent == std::array{6, 32, 1});
  CHECK(is_part(t, m, role::element, {0, 1}));
  CHECK(t.place(m).at.lane == 1);
  start(t, thin);  // its operand lies along 3, which would waste more than reading across costs
  CHECK(t.last_kernel().extent == std::array{3, 32, 1});
  CHECK(is_part(t, thin, role::element, {1, 0}));
  CHECK(t.place(thin).at.lane == 0);
  start(t, v);
  CHECK(t.last_kernel().extent == std::array{1, 5, 1});
  CHECK(is_part(t, v, role::lane, {1}));
}

TEST_CASE("lanes lie as the next fold wants them, though the operand lies otherwise", "[pass]") {
  program p;
  value const m = exponential(p.variable("m", shape(16, 16)));
  value const rows = row_folds(m);
  partition t(p);
  start(t, m);
  CHECK(is_part(t, m, role::element, {1, 0}));
  REQUIRE(joins(t, rows));
  CHECK(is_part(t, rows, role::row_fold, {1, 0}));
}

TEST_CASE("a fold starts along the lanes or across them", "[pass]") {
  program p;
  value const m = p.variable("m", shape(8, 8));
  value const columns = column_folds(m);
  value const rows = row_folds(m);
  value const short_rows = row_folds(p.variable("short", shape(32, 3)));
  value const all = total(m);
  value const of_vector = total(p.variable("v", shape(7)));
  partition t(p);
  start(t, columns);
  CHECK(is_part(t, columns, role::row_fold, {1, 0}));
  start(t, rows);  // m lies along the dimension that is folded
  CHECK(is_part(t, rows, role::lane_fold, {0, 1}));
  start(t, short_rows);
  CHECK(is_part(t, short_rows, role::row_fold, {1, 0}));
  start(t, all);
  CHECK(is_part(t, all, role::lane_fold, {0, 1}));
  CHECK(t.last_kernel().extent == std::array{8, 8, 1});
  start(t, of_vector);
  CHECK(is_part(t, of_vector, role::lane_fold, {1}));
}

TEST_CASE("where an operand is computed on the spot its layout does not matter", "[pass]") {
  program p;
  value const m = p.variable("m", shape(8, 8));
  value const rows = row_folds(m);
  partition t(p);
  t.k.repeatable[t.made(m)] = 1;
  start(t, rows);
  CHECK(is_part(t, rows, role::row_fold, {1, 0}));  // a fold across the lanes costs less
}

TEST_CASE("what follows elementwise is computed in the same loops", "[pass]") {
  program p;
  value const m = exponential(p.variable("m", shape(6, 32)));
  value const next = m / p.variable("n", shape(6, 32));
  value const lanes = exponential(p.variable("v", shape(32)));
  partition t(p);
  start(t, m);
  REQUIRE(joins(t, next));
  CHECK(is_part(t, next, role::element, {0, 1}));
  CHECK(t.k.order.size() == 2);
  // one value for each lane: with no row of its own
  REQUIRE(joins(t, lanes));
  CHECK(is_part(t, lanes, role::lane, {1}));
}

TEST_CASE("a kernel of lanes alone gets rows from the first that has some", "[pass]") {
  program p;
  value const v = exponential(p.variable("v", shape(32)));
  shape const space(6, 32);
  value const wide = spread(v, space, {1}) / p.variable("m", space);
  value const other = spread(v, shape(7, 32), {1}) / p.variable("n", shape(7, 32));
  partition t(p);
  start(t, v);
  CHECK(t.last_kernel().extent == std::array{1, 32, 1});
  REQUIRE(joins(t, wide));
  CHECK(t.last_kernel().extent == std::array{6, 32, 1});
  CHECK(is_part(t, wide, role::element, {0, 1}));
  CHECK_FALSE(joins(t, other));  // 7 rows
  CHECK(t.made(other) == -1);
  CHECK(t.last_kernel().extent == std::array{6, 32, 1});
}

TEST_CASE("folds of elements join along either dimension, and along both", "[pass]") {
  program p;
  value const m = exponential(p.variable("m", shape(6, 32)));
  value const columns = column_folds(m);
  value const largest = column_folds<op::reduce_max>(m);
  value const rows = row_folds(m);
  value const all = total(m);
  partition t(p);
  start(t, m);
  REQUIRE(joins(t, columns));
  CHECK(is_part(t, columns, role::row_fold, {1, 0}));
  REQUIRE(joins(t, largest));
  CHECK(is_part(t, largest, role::row_fold, {1, 0}));
  REQUIRE(joins(t, rows));
  CHECK(is_part(t, rows, role::lane_fold, {0, 1}));
  REQUIRE(joins(t, all));
  CHECK(is_part(t, all, role::lane_fold, {0, 1}));
}

TEST_CASE("a value for each row alone is none of these loops", "[pass]") {
  program p;
  value const m = exponential(p.variable("m", shape(6, 32)));
  value const rows = exponential(p.variable("v", shape(6)));
  value const numbers = exponential(p.variable("s", shape()));
  value const sum = total(p.variable("u", shape(6)));
  partition t(p);
  start(t, m);
  CHECK_FALSE(joins(t, sum));
  CHECK_FALSE(joins(t, rows));
  CHECK_FALSE(joins(t, numbers));
}

TEST_CASE("of folds along the lanes more is computed once, at the end", "[pass]") {
  program p;
  value const m = exponential(p.variable("m", shape(6, 32)));
  value const rows = row_folds(m);
  value const all = total(m);
  value const root = rows.combine<op::sqrt>(0.0);
  value const last = root / rows;
  value const logarithm = all.combine<op::log>(0.0);
  value const mixed = m / spread(rows, m.space, {0});
  value const sum_of_folds = total(root);
  partition t(p);
  start(t, m);
  REQUIRE(joins(t, rows));
  REQUIRE(joins(t, all));
  REQUIRE(joins(t, root));
  CHECK(is_part(t, root, role::post, {0}));
  REQUIRE(joins(t, last));
  CHECK(is_part(t, last, role::post, {0}));
  REQUIRE(joins(t, logarithm));
  CHECK(is_part(t, logarithm, role::post, {}));
  CHECK_FALSE(joins(t, mixed));         // of elements, too
  CHECK_FALSE(joins(t, sum_of_folds));  // folds again
}

TEST_CASE("a vector that is read for rows and for lanes is none of these loops", "[pass]") {
  program p;
  value const v = exponential(p.variable("v", shape(8)));
  value const table = spread(v, shape(8, 8), {0}) / spread(v, shape(8, 8), {1});
  partition t(p);
  start(t, v);
  CHECK_FALSE(joins(t, table));
}

TEST_CASE("dimensions that no operand fixes are matched by their extents", "[pass]") {
  auto const matched = [](std::initializer_list<int> given, std::array<int, 3> extent,
                          shape const& space, std::initializer_list<int> expected,
                          std::array<int, 3> grown) {
    ramp::ir::node n;
    n.iteration = space;
    axis_map dims;
    int e = 0;
    for (int d : given) dims.set(e++, d);
    pass::kernel k;
    k.extent = extent;
    bool same = pass::detail::match_free_dimensions(n, k, dims, extent) && extent == grown;
    e = 0;
    for (int d : expected) same = same && dims[e++] == d;
    return same;
  };
  int const none = free_dimension;
  CHECK(matched({none, none}, {6, 32, 1}, shape(6, 32), {0, 1}, {6, 32, 1}));
  CHECK(matched({none, none}, {6, 32, 1}, shape(32, 6), {1, 0}, {6, 32, 1}));
  CHECK(matched({none, none}, {8, 8, 1}, shape(8, 8), {0, 1}, {8, 8, 1}));
  CHECK(matched({none, 0}, {8, 8, 1}, shape(8, 8), {1, 0}, {8, 8, 1}));
  CHECK(matched({none, 1}, {1, 32, 1}, shape(7, 32), {0, 1}, {7, 32, 1}));  // rows for 7
  CHECK(matched({none}, {6, 32, 1}, shape(32), {1}, {6, 32, 1}));
  CHECK(matched({}, {6, 32, 1}, shape(), {}, {6, 32, 1}));
  CHECK_FALSE(matched({none, 1}, {6, 32, 1}, shape(7, 32), {0, 1}, {7, 32, 1}));
  CHECK_FALSE(matched({0, none}, {1, 32, 1}, shape(1, 7), {0, 1}, {1, 32, 1}));
  CHECK_FALSE(matched({1, none}, {6, 32, 1}, shape(32, 32), {1, 1}, {6, 32, 1}));
}

TEST_CASE("what is final in the last tile only is not computed among what every tile does",
          "[pass]") {
  program p;
  value const x = exponential(p.input("x", shape(4, 8)));
  value const sums = column_folds(x);
  value const all = total(x);
  value const root = sums.combine<op::sqrt>(0.0);
  value const logarithm = all.combine<op::log>(0.0);
  partition t(p);
  start(t, x);
  REQUIRE(joins(t, sums));
  REQUIRE(joins(t, all));
  CHECK(t.last_kernel().accumulates);
  CHECK_FALSE(joins(t, root));    // one for each lane, among the loops
  CHECK(joins(t, logarithm));     // at the end
}
