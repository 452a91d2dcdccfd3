// SPDX-License-Identifier: BSL-1.0
#include <ramp/ir/node.hpp>

#include <catch2/catch.hpp>

#include <cmath>

using ramp::shape;
using ramp::ir::axis_map;
using ramp::ir::code;
using ramp::ir::node;
namespace op = ramp::op;

namespace {

constexpr axis_map map_of(auto... dimensions) {
  axis_map m;
  int d = 0;
  (m.set(d++, dimensions), ...);
  return m;
}

static_assert(axis_map::identity(0) == axis_map{});
static_assert(axis_map::identity(3) == map_of(0, 1, 2));
static_assert(axis_map::identity(8)[7] == 7);
static_assert(map_of(2, 0)[0] == 2 && map_of(2, 0)[1] == 0);
// first [0 -> 1, 1 -> 0], then [0 -> 2, 1 -> 0]
static_assert(map_of(2, 0).after(map_of(1, 0), 2) == map_of(0, 2));
static_assert(map_of(4, 5, 6).after(map_of(2), 1) == map_of(6));
static_assert(map_of(3, 1).after(axis_map::identity(2), 2) == map_of(3, 1));

constexpr node reduction() {
  node n;
  n.operation = code<op::sum>;
  n.arity = 1;
  n.iteration = shape(2, 3, 4);
  n.rank = 1;
  return n;
}
static_assert(reduction().reduced() == 2);
static_assert(reduction().result_shape() == shape(2));
static_assert(reduction().extent(2) == 4);

}  // namespace

TEST_CASE("a map can be set again", "[node]") {
  axis_map m = map_of(7, 7, 7);
  m.set(1, 0);
  CHECK(m == map_of(7, 0, 7));
}

TEST_CASE("nodes are equal by bits, so that -0 and 0 differ and a NaN is itself", "[node]") {
  node a;
  a.operation = code<op::constant>;
  node b = a;
  a.value = 0.0;
  b.value = -0.0;
  CHECK(!(a == b));
  a.value = b.value = std::nan("");
  CHECK(a == b);
  CHECK(a.hash() == b.hash());
}

TEST_CASE("what makes nodes different, and equal nodes have equal hashes", "[node]") {
  node const n = reduction();
  CHECK(n == reduction());
  CHECK(n.hash() == reduction().hash());
  auto differs = [&](auto change) {
    node m = n;
    change(m);
    return !(m == n);
  };
  CHECK(differs([](node& m) { m.operation = code<op::reduce_max>; }));
  CHECK(differs([](node& m) { m.rank = 2; }));
  CHECK(differs([](node& m) { m.iteration[2] = 5; }));
  CHECK(differs([](node& m) { m.operand[0] = 3; }));
  CHECK(differs([](node& m) { m.map[0].set(0, 1); }));
  CHECK(differs([](node& m) { m.attribute[1] = 1; }));
  CHECK(differs([](node& m) { m.value = 0.5; }));
  CHECK(differs([](node& m) { m.policy = ramp::symmetric.value; }));
}
