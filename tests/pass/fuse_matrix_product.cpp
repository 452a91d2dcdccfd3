// SPDX-License-Identifier: BSL-1.0
#include <ramp/pass/fuse_matrix_product.hpp>

#include <catch2/catch.hpp>

#include <array>

#include "partition.hpp"

using namespace planned;
using pass::role;
using pass::detail::is_matrix_product;
using pass::detail::join_matrix_product;
using pass::detail::start_matrix_product;

namespace {

value exponential(value const& v) { return v.combine<op::exp>(0.0); }
value column_sums(value const& v) {
  return ramp::ir::reduce_to<op::sum>(v, dimensions({1}), 1);
}
value row_sums(value const& v) { return ramp::ir::reduce_to<op::sum>(v, dimensions({0}), 1); }

void start(partition& t, value const& v) {
  start_matrix_product(t.k, v.index, t.numbered(v));
}
/// Whether `v` joins the kernel that was started last, or another.
bool joins(partition& t, value const& v, int kernel = -1) {
  return join_matrix_product(t.k, v.index, t.numbered(v),
                             kernel < 0 ? t.kernels() - 1 : kernel);
}

/// x w, of 32 rows, 16 columns and a depth of 8.
struct begun {
  program p;
  value x = p.variable("x", shape(32, 8));
  value w = p.variable("w", shape(8, 16));
  value bias = p.variable("bias", shape(16));
  value main = product(x, w);
  value wide_bias = spread(bias, main.space, {1});
};

}  // namespace

TEST_CASE("a matrix product has rows of one operand, columns of the other, one depth", "[pass]") {
  program p;
  value const of_rank[] = {p.variable("s", shape()), p.variable("v", shape(4)),
                           p.variable("m", shape(4, 4)), p.variable("t", shape(4, 4, 4))};
  partition const t(p);
  using map = std::initializer_list<int>;
  auto const is_product = [&](int rank, int dimensions_in_all, map left, map right) {
    ramp::ir::node n;
    n.operation = ramp::ir::code<op::contract>;
    n.arity = 2;
    n.rank = rank;
    for (int d = 0; d < dimensions_in_all; ++d) n.iteration = n.iteration.appended(4);
    n.operand = {t.made(of_rank[left.size()]), t.made(of_rank[right.size()]), -1};
    n.map = {dimensions(left), dimensions(right), {}};
    ramp::ir::node other = n;
    other.operation = ramp::ir::code<op::mul>;
    CHECK_FALSE(is_matrix_product(t.k, other));
    return is_matrix_product(t.k, n);
  };
  CHECK(is_product(2, 3, {0, 2}, {2, 1}));
  CHECK(is_product(2, 3, {2, 0}, {1, 2}));
  CHECK(is_product(2, 3, {1, 2}, {2, 0}));  // the result is transposed
  CHECK(is_product(1, 2, {0, 1}, {1}));
  CHECK(is_product(1, 2, {1}, {1, 0}));
  CHECK_FALSE(is_product(0, 1, {0}, {0}));            // a number
  CHECK_FALSE(is_product(1, 3, {0, 1}, {1, 2}));      // two depths
  CHECK_FALSE(is_product(1, 3, {0, 1, 2}, {1, 2}));
  CHECK_FALSE(is_product(3, 4, {0, 1, 3}, {3, 2}));   // three dimensions of a result
  CHECK_FALSE(is_product(2, 3, {0, 2}, {1}));         // a depth that one has not
  CHECK_FALSE(is_product(2, 3, {0, 2}, {2}));         // no columns
  CHECK_FALSE(is_product(1, 2, {0, 1}, {0, 1}));      // row by row
  CHECK_FALSE(is_product(2, 3, {0, 1, 2}, {2}));      // slices of a tensor times a vector
  CHECK_FALSE(is_product(2, 3, {0, 2}, {0, 1, 2}));   // a matrix for each row
}

TEST_CASE("a product runs along the columns and reads the operand that lies so", "[pass]") {
  begun b;
  partition t(b.p);
  start(t, b.main);
  REQUIRE(t.kernels() == 1);
  CHECK(t.last_kernel().kind == kernel_kind::contract);
  CHECK(t.last_kernel().extent == std::array{32, 16, 8});
  CHECK(t.last_kernel().vector_operand == 1);
  CHECK(t.last_kernel().main == t.made(b.main));
  auto const& place = t.place(b.main);
  CHECK(place.part == role::main);
  CHECK((place.place[0] == 0 && place.place[1] == 1 && place.place[2] == 2));
  CHECK(place.at.lane == 1);
}

TEST_CASE("rows along the lanes, where columns would waste them", "[pass]") {
  program p;
  value const x = p.variable("x", shape(16, 8));
  value const w = p.variable("w", shape(8, 3));
  value const main = product(w, x, true, true);  // [3, 16]: neither operand lies so
  value const turned = product(x, w);            // [16, 3]
  partition t(p);
  start(t, turned);
  // 16 lanes of rows, of a copy of x whose packs run along them
  REQUIRE(t.kernels() == 2);
  CHECK(t.k.d.kernels[0].kind == kernel_kind::copy);
  CHECK(t.last_kernel().extent == std::array{3, 16, 8});
  CHECK(t.last_kernel().vector_operand == 0);
  CHECK(t.place(turned).place[0] == 1);
  CHECK(t.place(turned).at.lane == 0);
  auto const& n = t.k.now(t.made(turned));
  CHECK(t.k.now(n.operand[0]).is(ramp::ir::code<op::view>));
  CHECK(t.k.place(n.operand[0]).at.lane == 0);
  // of which there is one for all
  start(t, main);
  CHECK(t.kernels() == 3);
  CHECK(t.k.now(t.made(main)).operand[1] == n.operand[0]);
}

TEST_CASE("rows lie along the lanes for a fold over the columns that follows", "[pass]") {
  program p;
  value const main = product(p.variable("x", shape(16, 8)), p.variable("w", shape(8, 16)));
  p.output(row_sums(exponential(main)));
  partition t(p);
  start(t, main);
  CHECK(t.place(main).at.lane == 0);
  CHECK(t.last_kernel().vector_operand == 0);
}

TEST_CASE("an operand that lies along the lanes is not copied", "[pass]") {
  program p;
  value const x = p.variable("x", shape(8, 16));
  value const w = p.variable("w", shape(32, 8));
  value const main = product(x, w, true, true);
  partition t(p);
  start(t, main);
  CHECK(t.kernels() == 1);
  CHECK(t.last_kernel().extent == std::array{32, 16, 8});
  CHECK(t.last_kernel().vector_operand == 0);
}

TEST_CASE("a matrix times a vector has one row", "[pass]") {
  program p;
  value const a = p.variable("a", shape(16, 32));
  value const v = p.variable("v", shape(16));
  value const main = column_sums(spread(v, a.space, {0}) * a);
  partition t(p);
  start(t, main);
  CHECK(t.last_kernel().extent == std::array{1, 32, 16});
  CHECK(t.last_kernel().vector_operand == 1);
  CHECK((t.place(main).place[0] == 1 && t.place(main).place[1] == 2));
}

TEST_CASE("what is computed elementwise of a product joins it", "[pass]") {
  begun b;
  value const e = exponential(b.main);
  value const scaled = e / b.wide_bias;
  partition t(b.p);
  start(t, b.main);
  REQUIRE(joins(t, e));
  CHECK(t.place(e).part == role::element);
  CHECK((t.place(e).place[0] == 0 && t.place(e).place[1] == 1));
  REQUIRE(joins(t, scaled));
  CHECK(t.place(scaled).kernel == 0);
  CHECK(t.k.order.size() == 3);
}

TEST_CASE("the accumulators start from a bias if nothing else wants the product", "[pass]") {
  auto const starts = [](auto const& make, auto const& also) {
    begun b;
    value const made = make(b);
    also(b);
    partition t(b.p);
    start(t, b.main);
    REQUIRE(joins(t, made));
    CHECK((t.place(made).part == role::start) == (t.last_kernel().start == t.made(made)));
    return t.place(made).part == role::start;
  };
  auto const nothing = [](begun&) {};
  auto const sum = [](begun& b) { return b.main + b.wide_bias; };
  CHECK(starts(sum, nothing));
  CHECK_FALSE(starts([](begun& b) { return b.main - b.wide_bias; }, nothing));
  CHECK_FALSE(starts([](begun& b) { return b.main + b.main.number(2.0); }, nothing));
  CHECK_FALSE(starts([](begun& b) { return b.main + b.p.variable("m", shape(32, 16)); }, nothing));
  CHECK_FALSE(starts(
      [](begun& b) { return b.main + spread(b.p.variable("s", shape()), b.main.space, {}); },
      nothing));
  CHECK_FALSE(starts(
      [](begun& b) {
        value const numbers = ramp::ir::value_of(b.p.g, b.p.g.iota(16));
        return b.main + spread(numbers, b.main.space, {1});
      },
      nothing));
  CHECK_FALSE(starts([](begun& b) { return exponential(b.main); }, nothing));
  CHECK_FALSE(starts(sum, [](begun& b) { exponential(b.main); }));  // has another reader
  CHECK_FALSE(starts(sum, [](begun& b) { b.p.output(b.main); }));
}

TEST_CASE("a second bias is added at the end", "[pass]") {
  begun b;
  value const once = b.main + b.wide_bias;
  value const twice = once + spread(b.p.variable("second", shape(16)), once.space, {1});
  partition t(b.p);
  start(t, b.main);
  REQUIRE(joins(t, once));
  REQUIRE(joins(t, twice));
  CHECK(t.place(twice).part == role::element);
  CHECK(t.last_kernel().start == t.made(once));
}

TEST_CASE("sums over the rows join, and what is computed of them at the end", "[pass]") {
  begun b;
  value const e = exponential(b.main);
  value const sums = column_sums(e);
  value const root = sums.combine<op::sqrt>(0.0);
  value const mixed = e / spread(sums, e.space, {1});
  partition t(b.p);
  start(t, b.main);
  REQUIRE(joins(t, e));
  REQUIRE(joins(t, sums));
  CHECK(t.place(sums).part == role::column_sum);
  CHECK(t.place(sums).place[0] == 1);
  REQUIRE(joins(t, root));
  CHECK(t.place(root).part == role::post);
  CHECK_FALSE(joins(t, mixed));  // elements are gone when the sums are known
  CHECK(t.made(mixed) == -1);
}

TEST_CASE("what has other loops does not join a product", "[pass]") {
  begun b;
  value const rows = row_sums(b.main);
  value const largest = ramp::ir::reduce_to<op::reduce_max>(b.main, dimensions({1}), 1);
  value const total = ramp::ir::reduce_to<op::sum>(b.main, {}, 0);
  value const square = product(b.p.variable("s", shape(16, 8)), b.w);
  value const turned = exponential(square) + spread(square, square.space, {1, 0});
  partition t(b.p);
  start(t, b.main);
  CHECK_FALSE(joins(t, rows));
  CHECK_FALSE(joins(t, largest));
  CHECK_FALSE(joins(t, total));
  start(t, square);
  value const e = ramp::ir::value_of(*square.owner, square.index + 1);
  REQUIRE(joins(t, e));
  CHECK_FALSE(joins(t, turned));
}

TEST_CASE("a product over the samples is added to by every tile, what is made of it by the last",
          "[pass]") {
  program p;
  value const x = p.input("x", shape(8, 3));
  value const g = p.input("g", shape(8, 5));
  value const gradient = product(x, g, true);
  value const step = exponential(gradient);
  value const sums = column_sums(gradient);
  partition t(p);
  start(t, gradient);
  CHECK(t.last_kernel().accumulates);
  CHECK(t.last_kernel().when == pass::stage::every_tile);
  REQUIRE(joins(t, step));
  CHECK(t.place(step).part == role::element);
  CHECK_FALSE(joins(t, sums));  // each tile would add all that came before

  program q;
  value const same = product(q.input("x", shape(8, 3)), q.input("g", shape(8, 5)), true);
  value const shifted = same + spread(q.variable("b", shape(5)), same.space, {1});
  partition u(q);
  start(u, same);
  REQUIRE(joins(u, shifted));
  CHECK(u.place(shifted).part == role::element);  // the accumulators start from earlier tiles
}
