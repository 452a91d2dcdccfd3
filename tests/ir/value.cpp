// SPDX-License-Identifier: BSL-1.0
#include <ramp/ir/value.hpp>

#include <catch2/catch.hpp>

#include "laws/graphs.hpp"

using namespace laws;
namespace op = ramp::op;

TEST_CASE("an absent value vanishes from sums and takes products with it", "[value]") {
  graph g;
  value const x = argument(g, "x");
  value const none{};
  CHECK((x + none).index == x.index);
  CHECK((none + x).index == x.index);
  CHECK((x - none).index == x.index);
  CHECK((none - x).index == (-x).index);
  CHECK((x * none).absent());
  CHECK((none * x).absent());
  CHECK((x / none).absent());
  CHECK((-none).absent());
  CHECK((none + none).absent());
  CHECK(ramp::ir::reduce_to<op::sum>(none, {}, 0).absent());
}

TEST_CASE("a number takes the space of what it meets", "[value]") {
  graph g;
  value const x = argument(g, "x", shape(3));
  CHECK(g[(1.0 - x).index].result_shape() == shape(3));
  CHECK((x * 2.0).space == shape(3));
}

TEST_CASE("full has every element, materialized need not", "[value]") {
  graph g;
  value const two{&g, g.constant(2.0), {}, shape(2, 2)};
  CHECK(ramp::ir::materialized(two) == two.index);
  int const i = ramp::ir::full(two);
  CHECK(g[i].result_shape() == shape(2, 2));
  auto const e = ramp::check::evaluate_at(g, {});
  for (int k = 0; k < 4; ++k) CHECK(e[i][k] == 2.0);
}

TEST_CASE("reduce_to keeps the named dimensions, in the named order", "[value]") {
  graph g;
  value const t = argument(g, "t", shape(2, 3, 2));
  value const r = ramp::ir::reduce_to<op::reduce_max>(t, map_of(2, 0), 2);
  CHECK(g[r.index].result_shape() == shape(2, 2));
  auto const e = ramp::check::evaluate_at(g, {{1, 2, 3, 4, 5, 6, 12, 11, 10, 9, 8, 7}});
  // r[k, i] is the largest of t[i, :, k]
  CHECK(std::vector<double>(e[r.index], e[r.index] + 4) == std::vector<double>{5, 12, 6, 11});
}

TEST_CASE("widened repeats along the dimensions that a reduction folded", "[value]") {
  graph g;
  value const m = argument(g, "m", shape(2, 3));
  value const rows = ramp::ir::reduce_to<op::sum>(m, map_of(0), 1);
  value const centred = m - ramp::ir::widened(rows, m.space);
  auto const e = ramp::check::evaluate_at(g, {{1, 2, 3, 4, 5, 6}});
  CHECK(std::vector<double>(e[centred.index], e[centred.index] + 6) ==
        std::vector<double>{-5, -4, -3, -11, -10, -9});
}
