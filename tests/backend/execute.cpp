// SPDX-License-Identifier: BSL-1.0
// Which kernels run, and when. Optimised, unlike the tests of single kernels: a compiler may drop a
// kernel whose stores it lost track of.
#include <ramp/backend/execute.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include <ramp/ir/matrix_value.hpp>

#include "planned.hpp"

using namespace planned;
using backend::kernel_code;
using backend::run_kernels;
using ramp::ir::reduce_to;

namespace {

/// A program in single precision, and memory to run it in.
template <class Case, int Samples = 4, bool SeveralTiles = false>
struct machine {
  using program = compiled<Case, float, Samples, SeveralTiles>;
  static constexpr auto& plan = program::plan;
  static constexpr int count = static_cast<int>(plan.kernels.size());

  alignas(64) float arena[static_cast<std::size_t>(plan.arena_elements) + 16];
  alignas(64) float state[static_cast<std::size_t>(plan.state_elements) + 16];
  float const* arguments[plan.arguments.size()] = {};
  bool first = true, last = true;

  machine() {
    for (float& x : arena) x = std::nanf("");
    for (float& x : state) x = 1.0f;
  }

  template <int From, int To>
  void run() {
    run_kernels<program, From, To>(
        backend::context<float>{arena, state, arguments, first, last});
  }
  [[nodiscard]] float output(std::size_t root, int element = 0) const {
    auto const i = static_cast<std::size_t>(plan.roots[root].node);
    return arena[plan.placements[i].at.offset_of(plan.nodes[i].result_shape(), element)];
  }
  /// The kernel of a root.
  static constexpr int kernel(std::size_t root) {
    return plan.placements[static_cast<std::size_t>(plan.roots[root].node)].kernel;
  }
};

/// One kernel of each kind.
struct of_each_kind {
  static constexpr program build(int) {
    program p;
    value const m = p.variable("m", shape(8, 8));
    value const s = p.variable("s", {});
    value const k = p.variable("k", shape(2, 3, 4));
    p.output(s.combine<op::exp>(0.0));
    p.output(m.combine<op::exp>(0.0));
    p.output(product(m, m));
    p.output(ramp::ir::matrix_operation<op::inverse>(m));
    p.output(reduce_to<op::reduce_max>(k, dimensions({1}), 1));
    // e is stored along the other dimension too
    value const e = m.combine<op::sqrt>(0.0);
    p.output(product(e, m));
    p.output(product(m, e, false, true));
    return p;
  }
};

template <template <class, int> class Code, class M>
constexpr bool has_kernel_of(kernel_kind kind) {
  bool found = false;
  [&]<int... K>(std::integer_sequence<int, K...>) {
    ((found = found || (M::plan.kernels[K].kind == kind &&
                        std::is_same_v<kernel_code<typename M::program, K>,
                                       Code<typename M::program, K>>)),
     ...);
  }(std::make_integer_sequence<int, M::count>{});
  return found;
}

using all_kinds = machine<of_each_kind>;
static_assert(has_kernel_of<backend::scalars_kernel, all_kinds>(kernel_kind::scalars));
static_assert(has_kernel_of<backend::rows_kernel, all_kinds>(kernel_kind::rows));
static_assert(has_kernel_of<backend::contract_kernel, all_kinds>(kernel_kind::contract));
static_assert(has_kernel_of<backend::matrix_kernel, all_kinds>(kernel_kind::matrix));
static_assert(has_kernel_of<backend::generic_kernel, all_kinds>(kernel_kind::generic));
static_assert(has_kernel_of<backend::copy_kernel, all_kinds>(kernel_kind::copy));

/// Three kernels, of which each reads what the one before has stored.
struct in_a_row {
  static constexpr program build(int) {
    program p;
    value const m = p.variable("m", shape(2, 2));
    value const inverse = ramp::ir::matrix_operation<op::inverse>(m);
    value const twice = ramp::ir::matrix_operation<op::inverse>(inverse);
    p.output(inverse);
    p.output(twice);
    p.output(ramp::ir::matrix_operation<op::determinant>(twice));
    return p;
  }
};

/// A sum over samples, and an update and an output that wait for it.
struct update_at_the_end {
  static constexpr program build(int samples) {
    program p;
    value const x = p.input("x", shape(samples, 2));
    value const w = p.parameter("w", shape(2));
    value const m = p.variable("m", shape(2, 2));
    value const total = reduce_to<op::sum>(x, dimensions({1}), 1);
    p.update(w, ramp::ir::matrix_operation<op::solve>(m, total));
    p.output(ramp::ir::matrix_operation<op::triangular_solve>(m, total));
    return p;
  }
};

/// One short formula, and one loop.
struct formula {
  static constexpr program build(int) {
    program p;
    value const x = p.variable("x", {});
    p.output(x * x - 1.0);
    return p;
  }
};
struct loop {
  static constexpr program build(int) {
    program p;
    value const v = p.variable("v", shape(20));
    p.output(v * v - 1.0);
    return p;
  }
};

}  // namespace

TEST_CASE("kernels run from one to another, in their order", "[backend]") {
  using M = machine<in_a_row>;
  static_assert(M::count == 3 && M::kernel(0) == 0 && M::kernel(1) == 1 && M::kernel(2) == 2);
  float const m[] = {2, 1, 1, 1};
  M all;
  all.arguments[0] = m;
  all.run<0, 3>();
  CHECK(all.output(0, 3) == 2.0f);
  CHECK(all.output(1, 0) == 2.0f);
  CHECK(all.output(2) == Approx(1.0));
  M parts;
  parts.arguments[0] = m;
  parts.run<0, 0>();
  CHECK(std::isnan(parts.output(0)));
  parts.run<0, 1>();
  CHECK(parts.output(0, 3) == 2.0f);
  CHECK(std::isnan(parts.output(1)));
  parts.run<1, 2>();
  CHECK(parts.output(1, 0) == 2.0f);
  CHECK(std::isnan(parts.output(2)));
}

TEST_CASE("what waits for all samples runs with the last tile", "[backend]") {
  using M = machine<update_at_the_end, 4, true>;
  static_assert(M::count == 3 && M::plan.kernels[0].when == pass::stage::every_tile &&
                M::plan.kernels[1].when == pass::stage::last_tile &&
                M::plan.kernels[2].when == pass::stage::last_tile);
  float const x[] = {1, 2, 3, 4, 5, 6, 7, 8};  // columns add up to 16 and 20
  float const m[] = {2, 0, 0, 4};
  M program;
  program.arguments[0] = x;
  program.arguments[2] = m;
  auto const w = [&](int i) {
    return program.state[M::plan.argument_storage[1].offset_of(shape(2), i)];
  };
  program.last = false;
  for (float& number : program.arena) number = 1.0f;  // so that what runs too early shows
  program.run<0, 3>();
  CHECK(w(0) == 1.0f);
  CHECK(w(1) == 1.0f);
  CHECK(program.output(1, 0) == 1.0f);
  CHECK(program.output(1, 1) == 1.0f);
  program.first = false;
  program.run<0, 3>();
  program.last = true;
  program.run<0, 3>();
  CHECK(w(0) == 24.0f);  // three times
  CHECK(w(1) == 15.0f);
  CHECK(program.output(1, 0) == 24.0f);
  CHECK(program.output(1, 1) == 15.0f);
}

TEST_CASE("every kind of kernel runs", "[backend]") { check<of_each_kind, float, 4>(512); }

TEST_CASE("stores are kept", "[backend]") {
  check<outer, float, 7>();
  check<outer, double, 7>();
}

TEST_CASE("a kernel of its own, called in a loop", "[backend]") {
  machine<formula> short_one;
  static_assert(machine<formula>::count == 1);
  float x = 0.0f, total = 0.0f;
  short_one.arguments[0] = &x;
  for (int i = 0; i < 100; ++i) {
    x = static_cast<float>(i);
    short_one.run<0, 1>();
    total += short_one.output(0);
  }
  CHECK(total == 328250.0f);  // the squares from 0 to 99, less 100
  machine<loop> long_one;
  static_assert(machine<loop>::count == 1);
  float v[20];
  long_one.arguments[0] = v;
  total = 0.0f;
  for (int i = 0; i < 10; ++i) {
    for (int j = 0; j < 20; ++j) v[j] = static_cast<float>(i + j);
    long_one.run<0, 1>();
    for (int j = 0; j < 20; ++j) total += long_one.output(0, j);
  }
  CHECK(total == 47300.0f);  // (i + j)^2 - 1
}
