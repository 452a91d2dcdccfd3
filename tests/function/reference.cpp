// SPDX-License-Identifier: BSL-1.0
#include <ramp/function/reference.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstddef>
#include <vector>

#include "backend/planned.hpp"

using namespace planned;
using ramp::detail::reference;

namespace {

/// x w + b times t and u - v for each sample, the sum over the samples, and updates of both
/// parameters, of which w has 3 rows of 20: more than one panel. The product has its kernel before
/// u - v has one, which it needs.
struct linear {
  static constexpr program build(int samples) {
    program p;
    value const x = p.input("x", shape(samples, 3));
    value const w = p.parameter("w", shape(3, 20));
    value const b = p.parameter("b", shape(20));
    value const t = p.variable("t", shape(20));
    value const z = product(x, w) + spread(b, shape(samples, 20), {1});
    value const u = p.input("u", shape(samples));
    value const v = p.input("v", shape(samples));
    value const each = z * spread(t, z.space, {1}) * spread(u - v, z.space, {0});
    p.output(each);
    p.output(ramp::ir::reduce_to<op::sum>(each, dimensions({1}), 1));
    value const gradient = product(x, spread(t, shape(samples, 20), {1}), true);
    p.update(w, w - gradient * 0.5);
    p.update(b, b * 2.0);
    return p;
  }
};
using tiles = compiled<linear, double, 2, true>;

struct inputs {
  std::array<double, 6 * 3> x{};
  std::array<double, 3 * 20> w{};
  std::array<double, 20> b{}, t{};
  std::array<double, 6> u{}, v{};

  constexpr inputs() {
    double next = 1.0;
    for (double& e : x) e = next += 0.5;
    for (double& e : w) e = next -= 0.25;
    for (double& e : b) e = next += 0.125;
    for (double& e : t) e = next -= 0.5;
    for (double& e : u) e = next += 1.0;
    for (double& e : v) e = next += 0.5;
  }
  /// What the caller hands over for tile `i`, and nothing for what is in the state.
  [[nodiscard]] constexpr std::array<double const*, 6> tile(std::size_t i) const {
    return {x.data() + 6 * i, nullptr, nullptr, t.data(), u.data() + 2 * i, v.data() + 2 * i};
  }
};
using state_type = std::array<double, static_cast<std::size_t>(tiles::plan.state_elements)>;

constexpr std::size_t place(std::size_t argument, int element) {
  return static_cast<std::size_t>(tiles::plan.argument_storage[argument].offset_of(
      tiles::plan.arguments[argument].extents, element));
}
constexpr state_type state_of(inputs const& in) {
  state_type s{};
  for (int i = 0; i < 60; ++i) s[place(1, i)] = in.w[static_cast<std::size_t>(i)];
  for (int i = 0; i < 20; ++i) s[place(2, i)] = in.b[static_cast<std::size_t>(i)];
  return s;
}

/// What `count` tiles of two samples give: the results of the last tile and the new state.
struct results {
  std::array<double, 40> each{};
  std::array<double, 20> sums{};
  state_type state{};
  friend constexpr bool operator==(results const&, results const&) = default;
};
constexpr results run(inputs const& in, std::size_t count) {
  reference<tiles> r;
  results all;
  all.state = state_of(in);
  for (std::size_t i = 0; i < count; ++i) r.run_tile(in.tile(i), all.state);
  for (std::size_t i = 0; i < 40; ++i) all.each[i] = r[tiles::plan.roots[0].node][i];
  for (std::size_t i = 0; i < 20; ++i) all.sums[i] = r[tiles::plan.roots[1].node][i];
  r.update(all.state);
  return all;
}

constexpr results three_tiles = run(inputs(), 3);

/// Root `j` of the same program for all samples at once.
std::vector<double> whole(inputs const& in, std::size_t j) {
  program const p = linear::build(6);
  ramp::list<double const*> const pointers{in.x.data(), in.w.data(), in.b.data(),
                                           in.t.data(), in.u.data(), in.v.data()};
  auto const e = ramp::ir::evaluate<double>(p.g, pointers);
  int const n = p.roots[j].node;
  return {e[n], e[n] + p.g[n].result_shape().elements()};
}

}  // namespace

TEST_CASE("tile after tile gives what all samples give at once", "[function]") {
  inputs const in;
  results const r = run(in, 3);
  auto const each = whole(in, 0);
  for (std::size_t i = 0; i < 40; ++i) CHECK(r.each[i] == Approx(each[80 + i]));
  auto const sums = whole(in, 1);
  for (std::size_t i = 0; i < 20; ++i) CHECK(r.sums[i] == Approx(sums[i]));
  auto const new_w = whole(in, 2);
  for (int i = 0; i < 60; ++i)
    CHECK(r.state[place(1, i)] == Approx(new_w[static_cast<std::size_t>(i)]));
  auto const new_b = whole(in, 3);
  for (int i = 0; i < 20; ++i)
    CHECK(r.state[place(2, i)] == Approx(new_b[static_cast<std::size_t>(i)]));
}

TEST_CASE("a constant expression gives the same to the last bit", "[function]") {
  CHECK(run(inputs(), 3) == three_tiles);
}

TEST_CASE("sums go on from tile to tile, and what is of one tile does not", "[function]") {
  inputs same;
  for (std::size_t i = 6; i < same.x.size(); ++i) same.x[i] = same.x[i % 6];
  for (std::size_t i = 2; i < same.u.size(); ++i) same.u[i] = same.u[i % 2];
  for (std::size_t i = 2; i < same.v.size(); ++i) same.v[i] = same.v[i % 2];
  results const once = run(same, 1);
  results const twice = run(same, 2);
  CHECK(once.each == twice.each);
  for (std::size_t i = 0; i < 20; ++i) CHECK(twice.sums[i] == 2 * once.sums[i]);
  for (int i = 0; i < 20; ++i) CHECK(twice.state[place(2, i)] == once.state[place(2, i)]);
}

TEST_CASE("the state is read where it lies, and its padding is left alone", "[function]") {
  inputs const in;
  auto state = state_of(in);
  std::array<bool, std::tuple_size_v<state_type>> used{};
  for (int i = 0; i < 60; ++i) used[place(1, i)] = true;
  for (int i = 0; i < 20; ++i) used[place(2, i)] = true;
  for (std::size_t i = 0; i < used.size(); ++i)
    if (!used[i]) state[i] = -7.0;
  reference<tiles> r;
  r.run_tile(in.tile(0), state);
  r.update(state);
  std::size_t padding = 0;
  for (std::size_t i = 0; i < used.size(); ++i) {
    if (used[i]) continue;
    ++padding;
    CHECK(state[i] == -7.0);
  }
  CHECK(padding > 0);
}
