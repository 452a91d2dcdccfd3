// SPDX-License-Identifier: BSL-1.0
// Straight-line code over numbers: every kind of memory that they come from and go to. Every
// operation is in operations.hpp.
#include <ramp/backend/scalars_kernel.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include <ramp/ir/matrix_value.hpp>

#include "planned.hpp"

using namespace planned;
using backend::apply_scalar;
using ramp::ir::reduce_to;

namespace {

/// Numbers of the caller, of the model and constants, of which some are stored and some are not.
struct numbers {
  static constexpr program build(int) {
    program p;
    value const x = p.variable("x", {});
    value const y = p.input("y", {});
    value const w = p.parameter("w", {});
    value const kept = x * w - 2.5;
    value const inner = (kept * kept).combine<op::sqrt>(0.0);
    p.output(kept);
    p.output(inner.combine<op::fma>(0.0, y, w));
    p.output(x.combine<op::less>(0.0, y).combine<op::where>(0.0, kept, inner * 0.125));
    p.output(y.combine<op::gate>(0.25, x - y));
    p.update(w, w - inner);
    return p;
  }
};

/// Three numbers of the caller and two constants, and two values that are stored.
struct in_registers {
  static constexpr program build(int) {
    program p;
    value const x = p.variable("x", {});
    value const y = p.variable("y", {});
    value const z = p.variable("z", {});
    value const inner = x * y - 2.5;
    p.output((inner * z).combine<op::exp>(0.0));
    p.output((inner * x) / (inner * y) + x.number(0.1));
    return p;
  }
};

/// A long chain, in which every value is used twice.
template <int Length>
struct chain {
  static constexpr program build(int) {
    program p;
    value a = p.variable("a", {});
    value b = p.variable("b", {});
    for (int i = 0; i < Length; ++i) {
      value const c = (a - b) * 0.5;
      a = b;
      b = c;
    }
    p.output(b);
    p.output(a);
    return p;
  }
};

/// Two kernels of scalars with a kernel of another kind between them.
struct around_another {
  static constexpr program build(int) {
    program p;
    value const x = p.variable("x", {});
    value const m = p.variable("m", shape(2, 2));
    value const scale = (x * x + x.number(1.0)).combine<op::sqrt>(0.0);
    value const strong = m + spread(scale, m.space, {}) * 4.0 *
                                 ramp::ir::comparison_of_places<op::equal>(m, true);
    value const d = ramp::ir::matrix_operation<op::determinant>(strong);
    p.output(d * d - x);
    p.output(scale);
    return p;
  }
};

/// A parameter that is overwritten while others read its old value.
struct exchanged {
  static constexpr program build(int) {
    program p;
    value const a = p.parameter("a", {});
    value const b = p.parameter("b", {});
    p.update(a, b * 2.0);
    p.update(b, a - b);
    p.output(a * b);
    return p;
  }
};

template <class Case>
using kernel_of = backend::scalars_kernel<compiled<Case, float, 7, false>, 0>;

}  // namespace

TEST_CASE("operands beyond the arity of an operation are not looked at", "[backend]") {
  float const nan = std::nanf("");
  CHECK(apply_scalar<op::neg>(2.0f, nan, nan, 0.0) == -2.0f);
  CHECK(apply_scalar<op::sub>(2.0f, 5.0f, nan, 0.0) == -3.0f);
  CHECK(apply_scalar<op::fma>(2.0f, 5.0f, 1.0f, 0.0) == 11.0f);
  CHECK(apply_scalar<op::sign>(0.0f, nan, nan, 0.25) == 0.25f);
  CHECK(apply_scalar<op::gate>(8.0f, 0.0f, nan, 0.25) == 2.0f);
  CHECK(apply_scalar<op::share>(8.0, 3.0, 3.0, 0.125) == 1.0);
  CHECK(apply_scalar<op::share>(8.0f, 3.0f, 2.0f, 0.125) == 8.0f);
}

TEST_CASE("each value that comes from memory is loaded once, each that goes there stored",
          "[backend]") {
  using kernel = kernel_of<in_registers>;
  static_assert(compiled<in_registers, float, 7, false>::plan.kernels.size() == 1);
  static_assert(kernel::q.kind == kernel_kind::scalars && kernel::q.count == 8);
  static_assert(kernel::wires.loads == 5 && kernel::wires.stores == 2);
  using long_one = kernel_of<chain<30>>;
  static_assert(long_one::q.count == 60);
  static_assert(long_one::wires.loads == 3 && long_one::wires.stores == 2);
  // what is no operand is one that is there
  constexpr auto all = [] {
    bool within = true;
    for (int i = 0; i < kernel::q.count; ++i)
      for (int k = 0; k < 3; ++k) {
        int const at = kernel::wires.operand.at[i].at[k];
        int const member = at - kernel::wiring::most;
        within = within && (member < 0 ? at < kernel::wires.loads : member < i);
      }
    return within;
  }();
  static_assert(all);
  SUCCEED();
}

TEST_CASE("numbers from and to every kind of memory", "[backend]") {
  check<in_registers, float>();
  check<numbers, float>();
  check<numbers, double>();
  check<exchanged, float>();
  check<around_another, float>();
  CHECK(kernels_of<around_another>(kernel_kind::scalars) == 2);
}

TEST_CASE("a long chain of operations", "[backend]") {
  check<chain<1>, float>();
  check<chain<40>, double>();  // more than one kernel takes
  CHECK(kernels_of<chain<40>>(kernel_kind::scalars) == 2);
}

TEST_CASE("a model changes with the last tile", "[backend]") {
  using P = compiled<exchanged, float, 7, false>;
  alignas(64) float arena[64] = {};
  alignas(64) float state[64] = {};
  auto const& places = P::plan.argument_storage;
  float& a = state[places[0].base];
  float& b = state[places[1].base];
  a = 3.0f;
  b = 5.0f;
  backend::context<float> c{arena, state, nullptr, true, false};
  kernel_of<exchanged>::run(c);
  CHECK(a == 3.0f);
  CHECK(b == 5.0f);
  c.last = true;
  kernel_of<exchanged>::run(c);
  CHECK(a == 10.0f);
  CHECK(b == -2.0f);
  auto const output = static_cast<std::size_t>(P::plan.roots[2].node);
  CHECK(arena[P::plan.placements[output].at.base] == 15.0f);
}
