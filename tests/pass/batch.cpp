// SPDX-License-Identifier: BSL-1.0
// The law of batching: row s of the batched program is the program on sample s.
#include <ramp/pass/batch.hpp>

#include <ramp/core/random.hpp>
#include <ramp/ir/evaluate.hpp>
#include <ramp/ir/verify.hpp>

#include <catch2/catch.hpp>

#include <vector>

using namespace ramp;
using ir::argument_kind;
using ir::axis_map;
using ir::graph;
using ir::value;

namespace {

constexpr int samples = 3;

struct one_sample {
  graph g;
  ramp::list<int> roots;

  one_sample() {
    value const x = argument("x", argument_kind::input, shape(4));
    value const label = argument("label", argument_kind::label, shape());
    value const w = argument("w", argument_kind::parameter, shape(4, 6));
    value left = x;
    left.map.set(0, 1);
    value right = w;
    right.map.set(0, 1);
    right.map.set(1, 0);
    left.space = right.space = shape(6, 4);
    value const h = ir::reduce_to<op::sum>(left * right, axis_map::identity(1), 1);
    value index = ir::value_of(g, g.iota(6));
    value wide = label;
    wide.space = index.space;
    value const hit = index.combine<op::equal>(0.0, wide);
    roots.push_back(materialized(h));
    roots.push_back(materialized(ir::reduce_to<op::sum>(hit * h, {}, 0)));
    roots.push_back(materialized(ir::reduce_to<op::reduce_max>(h, {}, 0) - label));
    roots.push_back(moved<op::slice>(h, shape(2), 0, 3));
    roots.push_back(moved<op::pad>(h, shape(9), 0, 2));
    roots.push_back(moved<op::slice>(h, shape(3), 0, 5, -2));
    roots.push_back(moved<op::pad>(h, shape(12), 0, 1, 2));
    roots.push_back(moved<op::reshape>(h, shape(2, 3), 0, 0));
    // the second operand is the same for all samples
    ir::node n = mover<op::concatenate>(h, shape(30), 0, 6);
    n.arity = 2;
    n.operand[1] = moved<op::reshape>(w, shape(24), 0, 0);
    roots.push_back(g.insert(n));
    roots.push_back(materialized(w * 2.0));  // does not depend on a sample
  }

  value argument(char const* name, argument_kind kind, shape const& s) {
    int const classes = kind == argument_kind::label ? 6 : 0;
    return ir::value_of(g, g.argument_node(g.find_or_add({name, kind, s, classes})));
  }
  template <class Op>
  ir::node mover(value const& v, shape const& result, int axis, int offset, int step = 1) {
    ir::node n;
    n.operation = ir::code<Op>;
    n.arity = 1;
    n.rank = result.rank;
    n.iteration = result;
    n.operand[0] = ir::full(v);
    n.attribute = {axis, offset, step};
    return n;
  }
  template <class Op>
  int moved(value const& v, shape const& result, int axis, int offset, int step = 1) {
    return g.insert(mover<Op>(v, result, axis, offset, step));
  }
};

}  // namespace

TEST_CASE("a batched program computes every sample's values", "[pass]") {
  one_sample p;
  ramp::list<int> roots = p.roots;
  ramp::list<char> per_sample;
  graph const batched = pass::batch(p.g, roots, per_sample, samples);
  CHECK(ir::verify(batched).empty());

  xoshiro256 random(5);
  std::vector<std::vector<double>> all;
  for (auto const& a : batched.arguments) {
    auto& values = all.emplace_back();
    for (int i = 0; i < a.extents.elements(); ++i)
      values.push_back(static_cast<double>(uniform_below(6, random)));
  }
  ramp::list<double const*> pointers;
  for (auto const& v : all) pointers.push_back(v.data());
  auto const whole = ir::evaluate<double>(batched, pointers);
  for (int s = 0; s < samples; ++s) {
    ramp::list<double const*> at;
    for (std::size_t a = 0; a < all.size(); ++a)
      at.push_back(all[a].data() + (pass::is_per_sample(p.g.arguments[a])
                                        ? s * p.g.arguments[a].extents.elements()
                                        : 0));
    auto const one = ir::evaluate<double>(p.g, at);
    for (std::size_t r = 0; r < roots.size(); ++r) {
      int const count = p.g[p.roots[r]].result_shape().elements();
      double const* const row = whole[roots[r]] + (per_sample[r] != 0 ? s * count : 0);
      INFO("root " << r << ", sample " << s);
      for (int i = 0; i < count; ++i) CHECK(row[i] == one[p.roots[r]][i]);
    }
  }
  CHECK(per_sample == ramp::list<char>{1, 1, 1, 1, 1, 1, 1, 1, 1, 0});
}
