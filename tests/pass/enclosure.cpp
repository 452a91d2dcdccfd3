// SPDX-License-Identifier: BSL-1.0
// What looks beyond the operands of a node: each case makes the nodes by hand.
#include <ramp/pass/enclosure.hpp>

#include <catch2/catch.hpp>

#include <cstddef>
#include <limits>
#include <vector>

#include "ends.hpp"

using namespace ends;
using ramp::ir::reduce_to;
using ramp::ir::widened;

namespace {

constexpr auto operations =
    only<op::outward, op::add_toward, op::mul_toward, op::abs, op::neg, op::add, op::sub, op::mul,
         op::min, op::max, op::less, op::equal, op::logical_and, op::logical_or, op::logical_not,
         op::where, op::fork, op::share, op::relu, op::slice, op::reshape, op::view, op::sum,
         op::contract, op::reduce_min, op::reduce_max, op::reduce_product,
         op::cumulative_sum>;

/// A graph of which every node has bounds: arguments ends of their own, what is computed from them
/// none but those that a case gives.
struct context {
  graph g;
  node n;
  ramp::list<bounds> all;
  ramp::list<char> may_vary;
  ramp::pass::enclosure r;

  context() {
    r.owner = &g;
    r.at = &n;
    r.known = &all;
    r.varying = &may_vary;
  }
  context(context const&) = delete;
  context& operator=(context const&) = delete;

  void know(int i, bounds b, bool varies = true) {
    while (all.size() <= static_cast<std::size_t>(i)) {
      all.push_back({});
      may_vary.push_back(0);
    }
    all[i] = b;
    may_vary[i] = varies ? 1 : 0;
  }
  /// A node whose ends are the next two arguments.
  value unknown(shape const& extents = {}) {
    value const v = argument(g, extents);
    know(v.index, two_ends(g, extents));
    return v;
  }
  /// Looks at a node from now on; the ends of its operands are known.
  void look_at(int i) {
    n = g[i];
    for (std::size_t k = 0; k < n.arity; ++k) {
      auto const seen = [&](value const& v) {
        return value{&g, v.index, g[v.index].rank == 0 ? axis_map{} : n.map[k], n.iteration};
      };
      bounds const& b = all[n.operand[k]];
      r.x[k] = {seen(b.lower), seen(b.upper)};
      r.varies[k] = may_vary[n.operand[k]] != 0;
    }
  }
  /// The ends of `b`; arguments that are not given are ends of nodes, in their order. A node itself
  /// is not looked at.
  [[nodiscard]] std::vector<interval> found(bounds b, point const& given) const {
    point arguments;
    std::size_t next = 0;
    for (std::size_t i = 0; i < g.arguments.size(); ++i) {
      auto const count = static_cast<std::size_t>(g.arguments[i].extents.elements());
      // the value of an unknown stands before its ends
      arguments.push_back(i % 3 == 0 ? std::vector<double>(count, not_a_number) : given[next++]);
    }
    REQUIRE(next == given.size());
    b.lower.index = materialized(b.lower);
    b.upper.index = materialized(b.upper);
    return elements<operations>(b, arguments);
  }
  [[nodiscard]] interval found_one(bounds const& b, std::initializer_list<double> given) const {
    point all_given;
    for (double x : given) all_given.push_back({x});
    return found(b, all_given)[0];
  }
};

value shared(double weight, value const& g, value const& a, value const& b) {
  return g.combine<op::share>(weight, a, b);
}
value chosen(value const& condition, value const& a, value const& b) {
  return condition.combine<op::where>(0.0, a, b);
}
using numbers = std::vector<double>;

axis_map keeping(int rank) { return axis_map::identity(rank); }

}  // namespace

TEST_CASE("of a sum of what a tie gives to either side, one term counts", "[interval]") {
  context c;
  value const g1 = c.unknown(), g2 = c.unknown(), a = c.unknown(), b = c.unknown();
  value const p = shared(ramp::any_weight, g1, a, b);
  value const q = shared(ramp::any_weight, g2, b, a);
  bounds const zero_or{constant(c.g, 0.0).lower, c.all[g1.index].upper};
  c.know(p.index, zero_or);
  c.know(q.index, c.all[g2.index]);
  c.look_at((p + q).index);
  bounds const sum = c.r.sum();
  CHECK(c.found_one(sum, {2, 3, 5, 8, 1, 4, 2, 6}) == interval{2, 8});
  CHECK(c.found_one(sum, {2, 3, 5, 8, 7, 9, 2, 6}) == interval{2, 3});
  CHECK(c.found_one(sum, {2, 3, 5, 8, 1, 2, 3, 6}) == interval{5, 8});
  CHECK(c.found_one(sum, {2, 3, 5, 8, 6, 9, 2, 6}) == interval{2, 8});  // they may tie

  // with weights, or against another operand, both count
  value const weighted = shared(0.5, g1, a, b);
  value const with_weights = weighted + shared(0.5, g2, b, a);
  c.know(weighted.index, zero_or);
  c.know(c.g[with_weights.index].operand[1], c.all[g2.index]);
  c.look_at(with_weights.index);
  CHECK(c.found_one(c.r.sum(), {2, 3, 5, 8, 7, 9, 2, 6}) == interval{5, 11});
  value const same_side = shared(ramp::any_weight, g2, a, b);
  c.know(same_side.index, c.all[g2.index]);
  c.look_at((p + same_side).index);
  CHECK(c.found_one(c.r.sum(), {2, 3, 5, 8, 7, 9, 2, 6}) == interval{5, 11});
  value const another = shared(ramp::any_weight, g2, b, g1);
  c.know(another.index, c.all[g2.index]);
  c.look_at((p + another).index);
  CHECK(c.found_one(c.r.sum(), {2, 3, 5, 8, 7, 9, 2, 6}) == interval{5, 11});
}

TEST_CASE("of a sum of two branches of one condition, one counts", "[interval]") {
  context c;
  value const condition = c.unknown(), u = c.unknown(), v = c.unknown();
  value const zero = u.number(0.0);
  value const first = chosen(condition, u, zero), second = chosen(condition, zero, v);
  c.know(first.index, {zero, c.all[u.index].upper});
  c.know(second.index, {zero, c.all[v.index].upper});
  // whichever stands first
  for (value const& total : {first + second, second + first}) {
    c.look_at(total.index);
    bounds const sum = c.r.sum();
    auto const of = [&](double low, double high) {
      return c.found_one(sum, {low, high, 2, 3, 5, 8});
    };
    CHECK(of(1.0, 2.0) == interval{2, 3});
    CHECK(of(-2.0, -1.0) == interval{2, 3});  // not 0
    CHECK(of(-1.0, 1.0) == interval{2, 8});
    CHECK(of(0.0, 0.0) == interval{2, 8});  // next to it the other side counts
  }
  // of other branches both count
  value const third = chosen(condition, v, zero);
  c.know(third.index, c.all[second.index]);
  c.look_at((first + third).index);
  CHECK(c.found_one(c.r.sum(), {1, 2, 2, 3, 5, 8}) == interval{0, 11});
  // and of other conditions
  value const other = c.unknown();
  value const fourth = chosen(other, zero, v);
  c.know(fourth.index, c.all[second.index]);
  c.look_at((first + fourth).index);
  CHECK(c.found_one(c.r.sum(), {1, 2, 2, 3, 5, 8, 1, 2}) == interval{0, 11});
}

TEST_CASE("an element of an extreme competes with the others alone", "[interval]") {
  for (bool const maximum : {true, false}) {
    context c;
    value const v = c.unknown(shape(3));
    value const slope = c.unknown(shape(3));
    value const extreme = maximum ? reduce_to<op::reduce_max>(v, {}, 0)
                                  : reduce_to<op::reduce_min>(v, {}, 0);
    bounds const elements_of = c.all[v.index];
    auto const over = [&](value const& end) {
      return maximum ? reduce_to<op::reduce_max>(end, {}, 0)
                     : reduce_to<op::reduce_min>(end, {}, 0);
    };
    c.know(extreme.index, {over(elements_of.lower), over(elements_of.upper)});
    value const beside = widened(extreme, shape(3));
    value const share = maximum ? shared(ramp::any_weight, slope, v, beside)
                                : shared(ramp::any_weight, slope, beside, v);
    c.look_at(share.index);
    bounds const lead = c.r.lead(1, 2);
    double const side = maximum ? 1.0 : -1.0;
    auto const of = [&](std::vector<double> low, std::vector<double> high) {
      for (double& x : low) x *= side;
      for (double& x : high) x *= side;
      if (!maximum) std::swap(low, high);
      return c.found(lead, {low, high, {0, 0, 0}, {0, 0, 0}});
    };
    // the second is at least 4, the others at most 3: it is ahead by 1 at least, by 3 at most
    CHECK(of({0, 4, 1}, {2, 6, 3}) ==
          std::vector<interval>{{-6, -2}, {1, 2}, {-5, -1}});
    // two that may be largest: none is ahead for sure
    auto const tied = of({0, 4, 1}, {6, 6, 3});
    CHECK(tied[0] == interval{-6, 2});
    CHECK(tied[1] == interval{-2, 2});
    CHECK(tied[2] == interval{-5, -1});
  }
}

TEST_CASE("the lead over what is no extreme of it is a difference", "[interval]") {
  context c;
  value const slope = c.unknown(), a = c.unknown(), b = c.unknown();
  c.look_at(shared(ramp::any_weight, slope, a, b).index);
  CHECK(c.found_one(c.r.lead(1, 2), {0, 0, 1, 3, 2, 5}) == interval{-4, 1});
}

TEST_CASE("a sum of many terms moves outward by half a unit for each", "[interval]") {
  context c;
  value const v = c.unknown(shape(10));
  c.look_at(reduce_to<op::sum>(v, {}, 0).index);
  CHECK(c.r.terms() == 10.0);
  bounds const sum = c.r.summed();
  std::vector<double> const tenths(10, 0.1);
  auto const found = c.found(sum, {tenths, tenths})[0];
  CHECK(found.lower < 10.0 * static_cast<__float128>(0.1));
  CHECK(found.upper > 10.0 * static_cast<__float128>(0.1));
  CHECK(found.upper - found.lower < 1e-14);
  // of the absolute values: what cancels is not forgotten
  std::vector<double> cancels(10, 0.0);
  cancels[0] = 1e16;
  cancels[1] = 1.0;
  cancels[2] = -1e16;
  auto const small = c.found(sum, {cancels, cancels})[0];
  CHECK(small.lower <= 1.0);
  CHECK(small.upper >= 1.0);
  // along one dimension
  context m;
  value const matrix = m.unknown(shape(2, 3));
  m.look_at(reduce_to<op::sum>(matrix, keeping(1), 1).index);
  CHECK(m.r.terms() == 3.0);
  auto const rows = m.found(m.r.summed(), {{1, 2, 3, 4, 5, 6}, {2, 3, 4, 5, 6, 7}});
  CHECK(rows[0].lower == Approx(6.0));
  CHECK(rows[0].upper == Approx(9.0));
  CHECK(rows[1].upper == Approx(18.0));
}

TEST_CASE("sums along an axis, each rounded outward", "[interval]") {
  for (int const direction : {1, -1}) {
    context c;
    value const v = c.unknown(shape(4));
    node scan;
    scan.operation = code<op::cumulative_sum>;
    scan.arity = 1;
    scan.rank = 1;
    scan.iteration = shape(4);
    scan.operand[0] = v.index;
    scan.map[0] = keeping(1);
    scan.attribute = {0, 0, direction};
    c.look_at(c.g.insert(scan));
    auto const found = c.found(c.r.summed_along(), {{1, -2, 3, 0.1}, {2, -1, 4, 0.1}});
    std::vector<double> const lower{1, -1, 2, 2.1}, upper{2, 1, 5, 5.1};
    std::vector<double> const lower_back{2.1, 1.1, 3.1, 0.1}, upper_back{5.1, 3.1, 4.1, 0.1};
    for (std::size_t i = 0; i < 4; ++i) {
      double const low = direction > 0 ? lower[i] : lower_back[i];
      double const high = direction > 0 ? upper[i] : upper_back[i];
      CHECK(found[i].lower < low);
      CHECK(found[i].upper > high);
      CHECK(found[i].lower == Approx(low).epsilon(1e-14));
      CHECK(found[i].upper == Approx(high).epsilon(1e-14));
    }
    // what cancels is not forgotten
    std::vector<double> const cancels{direction * 1e16, 1, direction * -1e16, 0};
    auto const rest = c.found(c.r.summed_along(), {cancels, cancels})[direction > 0 ? 3 : 0];
    CHECK(rest.lower <= 1.0);
    CHECK(rest.upper >= 1.0);
  }
}

TEST_CASE("the product of elements whose signs are open", "[interval]") {
  context c;
  value const v = c.unknown(shape(3, 2));
  c.look_at(reduce_to<op::reduce_product>(v, keeping(1), 1).index);
  auto const found = c.found(c.r.multiplied(), {{1, 2, -1, 2, -2, -3}, {2, 3, 1, 5, -1, 4}});
  CHECK(found == std::vector<interval>{{2, 6}, {-5, 5}, {-8, 6}});
}

TEST_CASE("what those share that tie for an extreme: the hull over those that may be it",
          "[interval]") {
  for (bool const maximum : {true, false}) {
    context c;
    value const slope = c.unknown(shape(3));
    value const v = c.unknown(shape(3));
    value const extreme = maximum ? reduce_to<op::reduce_max>(v, {}, 0)
                                  : reduce_to<op::reduce_min>(v, {}, 0);
    bounds const ends_of_v = c.all[v.index];
    auto const over = [&](value const& end) {
      return maximum ? reduce_to<op::reduce_max>(end, {}, 0)
                     : reduce_to<op::reduce_min>(end, {}, 0);
    };
    c.know(extreme.index, {over(ends_of_v.lower), over(ends_of_v.upper)});
    value const beside = widened(extreme, shape(3));
    value const share = maximum ? shared(ramp::any_weight, slope, v, beside)
                                : shared(ramp::any_weight, slope, beside, v);
    c.know(share.index, c.all[slope.index]);
    c.look_at(reduce_to<op::sum>(share, {}, 0).index);
    REQUIRE(!c.r.mean_of_shares().lower.absent());
    bounds const mean = c.r.summed();
    point const slopes{{2, 10, 5}, {3, 11, 8}};
    auto const of = [&](std::vector<double> low, std::vector<double> high) {
      for (double& x : low) x *= maximum ? 1.0 : -1.0;
      for (double& x : high) x *= maximum ? 1.0 : -1.0;
      if (!maximum) std::swap(low, high);
      return c.found(mean, {slopes[0], slopes[1], low, high})[0];
    };
    CHECK(of({3, 0, 3}, {4, 1, 4}) == interval{2, 8});
    CHECK(of({3, 0, 0}, {4, 1, 2}) == interval{2, 3});
    CHECK(of({3, 0, 3}, {4, 3, 4}) == interval{2, 11});  // may tie
    CHECK(of({not_a_number, 0, 3}, {not_a_number, 3, 4}) ==
          interval{not_a_number, not_a_number});
  }
}

TEST_CASE("other sums of shares are sums", "[interval]") {
  context c;
  value const slope = c.unknown(shape(3)), v = c.unknown(shape(3)), w = c.unknown(shape(3));
  value const apart = shared(ramp::any_weight, slope, v, w);
  c.know(apart.index, c.all[slope.index]);
  c.look_at(reduce_to<op::sum>(apart, {}, 0).index);
  CHECK(c.r.mean_of_shares().lower.absent());
  // the extreme of rows, of which all are summed
  context m;
  value const matrix = m.unknown(shape(2, 3)), slopes = m.unknown(shape(2, 3));
  value const of_rows = reduce_to<op::reduce_max>(matrix, keeping(1), 1);
  m.know(of_rows.index, m.all[matrix.index]);
  value const share =
      shared(ramp::any_weight, slopes, matrix, widened(of_rows, shape(2, 3)));
  m.know(share.index, m.all[slopes.index]);
  m.look_at(reduce_to<op::sum>(share, {}, 0).index);
  CHECK(m.r.mean_of_shares().lower.absent());
  m.look_at(reduce_to<op::sum>(share, keeping(1), 1).index);
  CHECK(!m.r.mean_of_shares().lower.absent());
}

TEST_CASE("a product of matrices of which one factor is a number, is nearly one, or is none",
          "[interval]") {
  context c;
  value const a = c.unknown(shape(2, 3));
  value const b = c.unknown(shape(3));
  shape const space(2, 3);
  value const product =
      reduce_to<op::sum>(a * value{&c.g, b.index, axis_map{1}, space}, keeping(1), 1);
  REQUIRE(c.g[product.index].is(code<op::contract>));
  std::vector<double> const low_a{1, -2, 0.5, 3, 0, -1}, high_a{2, -1, 0.75, 4, 1, 1};
  std::vector<double> const low_b{-1, 2, 0.1}, high_b{1, 3, 0.2};
  struct row {
    std::vector<double> low_a, high_a, low_b, high_b;
  };
  std::vector<double> const three(6, 3.0), low(3, -2.0), zero(3, 0.0);
  for (row const& t : {row{low_a, low_a, low_b, low_b}, row{low_a, low_a, low_b, high_b},
                       row{low_a, high_a, low_b, low_b}, row{low_a, high_a, low_b, high_b},
                       row{std::vector<double>(6, 1.0), three, low, zero}}) {
    c.look_at(product.index);
    if (t.low_a == t.high_a) c.r.x[0].upper = c.r.x[0].lower;
    if (t.low_b == t.high_b) c.r.x[1].upper = c.r.x[1].lower;
    auto const found = c.found(c.r.sum_of_products(), {t.low_a, t.high_a, t.low_b, t.high_b});
    for (std::size_t i = 0; i < 2; ++i) {
      __float128 lower = 0, upper = 0;
      double room = 4e-14;  // none but for rounding where a factor is a number
      for (std::size_t k = 0; k < 3; ++k) {
        __float128 least = std::numeric_limits<double>::max(), most = -least;
        for (double x : {t.low_a[3 * i + k], t.high_a[3 * i + k]})
          for (double y : {t.low_b[k], t.high_b[k]}) {
            __float128 const p = static_cast<__float128>(x) * y;
            least = p < least ? p : least;
            most = p > most ? p : most;
          }
        room += 0.5 * (t.high_a[3 * i + k] - t.low_a[3 * i + k]) * (t.high_b[k] - t.low_b[k]);
        lower += least;
        upper += most;
      }
      CHECK(found[i].lower <= lower);
      CHECK(found[i].upper >= upper);
      CHECK(found[i].lower > static_cast<double>(lower) - room);
      CHECK(found[i].upper < static_cast<double>(upper) + room);
    }
  }
}

TEST_CASE("a sum of products has no bounds where a factor has none", "[interval]") {
  context c;
  value const a = c.unknown(shape(2, 2));
  value const b = c.unknown(shape(2));
  shape const space(2, 2);
  value const product =
      reduce_to<op::sum>(a * value{&c.g, b.index, axis_map{1}, space}, keeping(1), 1);
  c.look_at(product.index);
  bounds const both = c.r.sum_of_products();
  c.r.x[1].upper = c.r.x[1].lower;
  bounds const of_first = c.r.sum_of_products();
  c.look_at(product.index);
  c.r.x[0].upper = c.r.x[0].lower;
  bounds const of_second = c.r.sum_of_products();
  interval const everything{-infinity, infinity};
  // one row of the matrix has none: the other row does not see it
  numbers const low{-infinity, 0, 1, -3}, high{infinity, infinity, 1, -3};
  numbers const known{1, 2};
  for (bounds const& r : {both, of_first}) {
    auto const found = c.found(r, {low, high, known, known});
    CHECK(found[0] == everything);
    CHECK(found[1].lower == Approx(-5.0));
    CHECK(found[1].upper == Approx(-5.0));
  }
  // an element of the vector, whatever it is multiplied by
  numbers const matrix{0.5, 1, 0, 1};
  for (bounds const& r : {both, of_second})
    for (double const from : {-infinity, 0.0})
      for (interval const& i : c.found(r, {matrix, matrix, {from, 2}, {infinity, 2}}))
        CHECK(i == everything);
}
