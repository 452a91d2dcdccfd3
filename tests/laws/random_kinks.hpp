// SPDX-License-Identifier: BSL-1.0
#pragma once

// Random compositions of piecewise linear functions at points where many of them are on a kink. All
// numbers are multiples of small powers of two, so what a law compares at such a point and next to
// it is exact.

#include <ramp/pass/rewrite.hpp>

#include "graphs.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace laws {

struct kinked_composition {
  graph g;
  int root = -1;  // a scalar
  ramp::check::point at;
  ramp::list<int> wrt;  // argument numbers

  [[nodiscard]] ramp::list<int> wrt_nodes() {
    ramp::list<int> nodes;
    for (int w : wrt) nodes.push_back(g.argument_node(w));
    return nodes;
  }
};

class kink_generator {
 public:
  explicit kink_generator(std::uint64_t seed) : random_(seed) {}

  /// A function of a vector and a number, of about `count` operations; with `rewriting`, as
  /// lowering builds it.
  kinked_composition operator()(int count, bool rewriting) {
    begin(rewriting);
    while (count-- > 0) values_.push_back(next());
    return finish();
  }

  /// The same of one operation for each of `steps`, which is drawn from that number alone.
  kinked_composition operator()(std::vector<std::uint32_t> const& steps, bool rewriting) {
    begin(rewriting);
    for (std::uint32_t const s : steps) {
      random_ = ramp::xoshiro256(s);
      values_.push_back(next());
    }
    return finish();
  }

 private:
  void begin(bool rewriting) {
    made_ = {};
    rewriting_ = rewriting;
    values_ = {argument(made_.g, "x", shape(3)), argument(made_.g, "y")};
    made_.wrt = {0, 1};
    made_.at = {{integer(), integer(), integer()}, {integer()}};
  }
  /// A chain of few operations is a function of few values: sums up the last ones.
  kinked_composition finish() {
    value total = summed(values_.back());
    for (std::size_t back = 2; back <= 4 && back <= values_.size(); ++back)
      total = insert<ramp::op::add>(total, summed(values_[values_.size() - back]));
    made_.root = total.index;
    return made_;
  }

  int below(int bound) {
    return static_cast<int>(ramp::uniform_below(static_cast<std::uint64_t>(bound), random_));
  }
  double integer() { return below(3) - 1.0; }
  value any() {  // the latest ones more often, so that compositions grow deep
    auto const size = static_cast<int>(values_.size());
    int const from = below(3) == 0 ? 0 : size > 4 ? size - 4 : 0;
    return values_[static_cast<std::size_t>(from + below(size - from))];
  }
  value number() {
    constexpr std::array<double, 6> numbers{-2.0, -1.0, 0.0, 0.5, 1.0, 2.0};
    return values_[0].number(numbers[static_cast<std::size_t>(below(6))]);
  }

  template <class Op, class... Values>
  value insert(Values const&... operands) {
    std::array<value, sizeof...(Values)> const all{operands...};
    node n;
    n.operation = code<Op>;
    n.arity = static_cast<std::uint8_t>(all.size());
    for (value const& v : all)
      if (v.space.rank >= n.rank) {
        n.rank = v.space.rank;
        n.iteration = v.space;
      }
    for (std::size_t k = 0; k < all.size(); ++k) {
      n.operand[k] = all[k].index;
      if (made_.g[all[k].index].rank > 0) n.map[k] = all[k].map;
    }
    int const i =
        rewriting_ ? ramp::pass::insert_rewritten(made_.g, n) : made_.g.insert(n);
    shape const space = n.iteration;
    return {&made_.g, i, made_.g[i].rank == 0 ? axis_map{} : axis_map::identity(space.rank), space};
  }
  value summed(value const& v) { return reduced<ramp::op::sum>(v); }
  template <class Op>
  value reduced(value const& v) {
    return v.space.rank == 0 ? v : ramp::ir::reduce_to<Op>(v, {}, 0);
  }
  /// A vector in another order of its elements.
  value turned(value const& v) {
    if (v.space.rank == 0 || made_.g.is_constant(v.index)) return v;
    std::array<value, 2> parts;
    for (int k = 0; k < 2; ++k) {
      node n;
      n.operation = code<ramp::op::slice>;
      n.arity = 1;
      n.rank = 1;
      n.iteration = shape(k == 0 ? 2 : 1);
      n.operand[0] = ramp::ir::full(v);
      n.attribute = {0, k == 0 ? 1 : 0, 1};
      parts[static_cast<std::size_t>(k)] = ramp::ir::value_of(made_.g, made_.g.insert(n));
    }
    node n;
    n.operation = code<ramp::op::concatenate>;
    n.arity = 2;
    n.rank = 1;
    n.iteration = v.space;
    n.operand = {parts[0].index, parts[1].index, -1};
    n.attribute = {0, 2, 0};
    return ramp::ir::value_of(made_.g, made_.g.insert(n));
  }

  value next() {
    value const a = any();
    value const b = any();
    switch (below(13)) {
      case 0: return insert<ramp::op::add>(a, b);
      case 1: return insert<ramp::op::sub>(a, b);
      case 2: return insert<ramp::op::neg>(a);
      case 3: return insert<ramp::op::mul>(a, number());
      case 4: return insert<ramp::op::relu>(a);
      case 5: return insert<ramp::op::abs>(a);
      case 6: return insert<ramp::op::leaky_relu>(a, a.number(0.25));
      case 7: return insert<ramp::op::max>(a, b);
      case 8: return insert<ramp::op::min>(a, b);
      case 9: return insert<ramp::op::max>(a, number());
      case 10: return reduced<ramp::op::reduce_max>(a);
      case 11: return reduced<ramp::op::reduce_min>(a);
      default: return turned(a);
    }
  }

  ramp::xoshiro256 random_;
  bool rewriting_ = false;
  kinked_composition made_;
  std::vector<value> values_;
};

}  // namespace laws
