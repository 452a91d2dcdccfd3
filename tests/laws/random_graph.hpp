// SPDX-License-Identifier: BSL-1.0
#pragma once

// Random well-formed graphs over every operation and over shapes up to rank 4, with a point at
// which every node is finite, inside its domain and on no kink.

#include <ramp/ir/verify.hpp>

#include "graphs.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

namespace laws {

struct random_graph {
  graph g;
  ramp::check::point at;
  ramp::list<int> wrt;     // argument numbers
  ramp::list<int> values;  // every node that was made, the latest last
  double worst = 0.0;       // largest difference that canonical form made to a node's value
};

class graph_generator {
 public:
  explicit graph_generator(std::uint64_t seed) : random_(seed) {}

  /// A graph of `count` operations beside its leaves.
  random_graph operator()(int count) {
    begin();
    for (int rejected = 0; count > 0 && rejected < 4000;) {
      if (add_one()) --count;
      else ++rejected;
    }
    return made_;
  }

  /// A graph of an operation for each of `steps`, which is drawn from that number alone and what is
  /// there before it: what a search for the smallest graph that breaks a law can take away from.
  random_graph operator()(std::vector<std::uint32_t> const& steps) {
    begin();
    for (std::uint32_t const s : steps) {
      random_ = ramp::xoshiro256(s);
      for (int attempt = 0; attempt < 40 && !add_one();) ++attempt;
    }
    return made_;
  }

 private:
  void begin() {
    made_ = {};
    for (shape const& s : {shape(), shape(3), shape(2, 3), shape(2, 3, 2), shape(2, 2, 3, 2),
                           shape(2, 3, 3)}) {
      made_.values.push_back(argument(made_.g, "x", s).index);
      made_.wrt.push_back(static_cast<int>(made_.wrt.size()));
    }
    made_.at = random_point(made_.g, random_);
    for (std::size_t i = 0; i < 18; i += i % 9 == 8 ? 1 : 4) made_.at.back()[i] += 6.0;  // regular
    for (double x : {0.0, 1.0, 0.5, -1.0}) made_.values.push_back(made_.g.constant(x));
  }
  bool add_one() {
    auto const n = propose();
    return n && accept(*n);
  }

  int below(int bound) {
    return static_cast<int>(ramp::uniform_below(static_cast<std::uint64_t>(bound), random_));
  }
  bool one_in(int chances) { return below(chances) == 0; }
  int any_value() {  // recent ones twice as often, so that graphs grow deep
    auto const size = static_cast<int>(made_.values.size());
    int const i = one_in(2) ? below(size) : size - 1 - below((size + 1) / 2);
    return made_.values[static_cast<std::size_t>(i)];
  }
  int any_tensor() {
    for (;;) {
      int const i = any_value();
      if (made_.g[i].rank > 0) return i;
    }
  }
  node const& at(int i) const { return made_.g[i]; }

  /// Iteration dimensions in random order and place, at most `limit`, for an operand of this shape.
  axis_map spread(shape const& s, shape& iteration, int limit) {
    ramp::list<int> extents(static_cast<std::size_t>(s.rank), 0);
    std::vector<int> owner;
    for (int d = 0; d < s.rank; ++d)
      owner.insert(owner.begin() + below(static_cast<int>(owner.size()) + 1), d);
    if (!one_in(3))
      for (int d = 0; d < s.rank; ++d) owner[static_cast<std::size_t>(d)] = d;
    while (static_cast<int>(owner.size()) < limit && one_in(4))
      owner.insert(owner.begin() + below(static_cast<int>(owner.size()) + 1), -1);
    axis_map m;
    iteration = {};
    for (int d : owner) {
      if (d >= 0) m.set(d, iteration.rank);
      iteration = iteration.appended(d >= 0 ? s[d] : 2 + below(2));
    }
    return m;
  }

  /// A map of this shape into an iteration space, if its extents are found there.
  std::optional<axis_map> fit(shape const& s, shape const& iteration) {
    axis_map m;
    unsigned taken = 0;
    for (int d = 0; d < s.rank; ++d) {
      ramp::list<int> free;
      for (int e = 0; e < iteration.rank; ++e)
        if ((taken >> e & 1u) == 0 && iteration[e] == s[d]) free.push_back(e);
      if (free.empty()) return {};
      int const e = free[static_cast<std::size_t>(below(static_cast<int>(free.size())))];
      taken |= 1u << e;
      m.set(d, e);
    }
    return m;
  }

  std::optional<node> propose() {
    node n;
    n.operation = static_cast<ramp::ir::opcode>(below(ramp::op::table::size));
    auto const& facts = ramp::op::facts_of(n.operation);
    n.arity = facts.arity;
    using ramp::op::category;
    switch (facts.kind) {
      case category::leaf:
      case category::composite: return {};
      case category::elementwise: return elementwise(n, facts.attributed, facts.kinked);
      case category::reduction: return reduction(n);
      case category::contraction: return contraction(n);
      case category::scan: return layout(n);
      case category::matrix: return matrices(n);
      case category::layout: return n.is(code<ramp::op::view>) ? transposed(n) : layout(n);
    }
    return {};
  }

  node elementwise(node n, bool attributed, bool kinked) {
    n.operand[0] = any_value();
    n.map[0] = spread(at(n.operand[0]).result_shape(), n.iteration, ramp::max_rank);
    n.rank = n.iteration.rank;
    for (std::size_t k = 1; k < n.arity; ++k)
      for (;;) {
        // what is read a second time may be read along other dimensions
        int const o = one_in(4) ? n.operand[0] : any_value();
        auto const m = fit(at(o).result_shape(), n.iteration);
        if (!m) continue;
        n.operand[k] = o;
        n.map[k] = *m;
        break;
      }
    if (attributed) n.value = 0.25 * below(5);
    if (kinked && one_in(4)) n.policy = {ramp::kink_rule::at_zero, 0.25 * below(5)};
    return n;
  }

  node reduction(node n) {
    n.operand[0] = any_tensor();
    shape space;
    axis_map const m = spread(at(n.operand[0]).result_shape(), space, ramp::max_rank + 1);
    return outputs_first(n, space, {m}, below(std::min(space.rank, ramp::max_rank + 1)));
  }

  std::optional<node> contraction(node n) {
    n.operand = {any_tensor(), any_tensor(), -1};
    shape space;
    axis_map const a = spread(at(n.operand[0]).result_shape(), space, at(n.operand[0]).rank);
    shape const other = at(n.operand[1]).result_shape();
    axis_map b;
    unsigned taken = 0;
    int const first = space.rank;
    for (int d = 0; d < other.rank; ++d) {
      int e = 0;
      while (e < first && ((taken >> e & 1u) != 0 || space[e] != other[d] || one_in(4))) ++e;
      if (e == first) {
        if (space.rank == 6) return {};
        e = space.rank;
        space = space.appended(other[d]);
      }
      taken |= 1u << e;
      b.set(d, e);
    }
    return outputs_first(n, space, {a, b}, below(std::min(space.rank, ramp::max_rank + 1)));
  }

  /// Renumbers a space such that `rank` dimensions chosen by chance come first.
  node outputs_first(node n, shape const& space, std::array<axis_map, 2> maps, int rank) {
    std::vector<int> order;
    for (int d = 0; d < space.rank; ++d)
      order.insert(order.begin() + below(static_cast<int>(order.size()) + 1), d);
    std::array<int, ramp::max_dimensions> position{};
    for (int d = 0; d < space.rank; ++d) {
      int const from = order[static_cast<std::size_t>(d)];
      position[static_cast<std::size_t>(from)] = d;
      n.iteration = n.iteration.appended(space[from]);
    }
    n.rank = rank;
    for (std::size_t k = 0; k < n.arity; ++k)
      for (int d = 0; d < at(n.operand[k]).rank; ++d)
        n.map[k].set(d, position[static_cast<std::size_t>(maps[k][d])]);
    return n;
  }

  std::optional<node> matrices(node n) {
    n.operand[0] = any_tensor();
    shape const s = at(n.operand[0]).result_shape();
    // 1. two dimensions of one extent are the matrices, the others the batch
    int const rows = below(s.rank);
    int const columns = below(s.rank);
    if (rows == columns || s[rows] != s[columns]) return {};
    axis_map m;
    shape batch;
    for (int d = 0; d < s.rank; ++d) {
      if (d == rows || d == columns) continue;
      m.set(d, batch.rank);
      batch = batch.appended(s[d]);
    }
    bool const solves = ramp::op::facts_of(n.operation).form == ramp::op::matrix_form::columns;
    n.attribute[0] = n.is(code<ramp::op::triangular_solve>) ? below(2) : 0;
    n.rank = batch.rank + 2;
    n.iteration = batch.appended(s[rows]).appended(solves ? 1 + below(3) : s[rows]);
    if (solves) n.iteration = n.iteration.appended(s[rows]);
    m.set(rows, solves ? batch.rank + 2 : batch.rank);
    m.set(columns, solves ? batch.rank : batch.rank + 1);
    n.map[0] = m;
    if (ramp::op::facts_of(n.operation).form == ramp::op::matrix_form::number) n.rank = batch.rank;
    if (solves && ramp::ir::column_extent(n) == 1 && one_in(2)) --n.rank;
    // 2. the other operand is what fits
    if (n.arity == 1) return n;
    n.operand[1] = any_tensor();
    auto const fitting = fit(at(n.operand[1]).result_shape(), ramp::ir::matrix_shape(n, 1));
    if (!fitting) return {};
    auto const own = ramp::ir::dimensions_of(n, 1);
    axis_map to_iteration = axis_map::identity(batch.rank);
    to_iteration.set(batch.rank, own.rows);
    to_iteration.set(batch.rank + 1, own.columns);
    n.map[1] = to_iteration.after(*fitting, at(n.operand[1]).rank);
    return n;
  }

  node transposed(node n) {
    n.operand[0] = any_tensor();
    n.map[0] = spread(at(n.operand[0]).result_shape(), n.iteration, ramp::max_rank);
    n.rank = n.iteration.rank;
    return n;
  }

  std::optional<node> layout(node n) {
    n.operand[0] = any_tensor();
    shape s = at(n.operand[0]).result_shape();
    int const axis = below(s.rank);
    n.attribute[0] = axis;
    if (n.is(code<ramp::op::reshape>)) {
      n.attribute = {};
      int const count = s.elements();
      s = one_in(2) ? shape(count) : count % 2 == 0 ? shape(2, count / 2) : shape(count, 1);
    } else if (ramp::op::facts_of(n.operation).kind == ramp::op::category::scan) {
      n.attribute[2] = one_in(2) ? 1 : -1;
    } else if (n.is(code<ramp::op::slice>)) {
      int const step = 1 + below(2);
      int const length = 1 + below((s[axis] - 1) / step + 1);
      int const reach = (length - 1) * step;
      n.attribute[1] = below(s[axis] - reach);
      n.attribute[2] = step;
      if (one_in(3)) n.attribute = {axis, n.attribute[1] + reach, -step};
      s[axis] = length;
    } else if (n.is(code<ramp::op::pad>)) {
      int const step = 1 + below(2);
      int const reach = (s[axis] - 1) * step;
      n.attribute[1] = below(2);
      n.attribute[2] = step;
      s[axis] = 1 + reach + n.attribute[1] + below(2);
      if (one_in(3)) n.attribute = {axis, n.attribute[1] + reach, -step};
    } else {
      n.operand[1] = any_tensor();
      shape const t = at(n.operand[1]).result_shape();
      if (t.rank != s.rank) return {};
      for (int d = 0; d < s.rank; ++d)
        if (d != axis && s[d] != t[d]) return {};
      n.attribute[1] = s[axis];
      s[axis] += t[axis];
    }
    n.iteration = s;
    n.rank = s.rank;
    return n;
  }

  bool accept(node const& n) {
    if (n.result_shape().elements() > 100) return false;
    graph trial = made_.g;
    int const i = trial.insert(n);
    auto const e = ramp::check::evaluate_at(trial, made_.at);
    for (double x : e.values)
      if (!(std::fabs(x) < 50.0)) return false;
    auto const here = ramp::check::active_pieces(trial, e);
    if (here.on_kink || !here.in_domain) return false;
    compare_with_definition(n, e[i], trial.is_constant(i));
    made_.g = trial;
    made_.values.push_back(i);
    return true;
  }

  /// The node as it was proposed, not brought into canonical form.
  void compare_with_definition(node const& n, double const* canonical, bool one_number) {
    graph raw = made_.g;
    int const i = raw.intern(n);
    auto const e = ramp::check::evaluate_at(raw, made_.at);
    for (int k = 0; k < n.result_shape().elements(); ++k)
      made_.worst = std::fmax(made_.worst, std::fabs(e[i][k] - canonical[one_number ? 0 : k]));
  }

  ramp::xoshiro256 random_;
  random_graph made_;
};

}  // namespace laws
