// SPDX-License-Identifier: BSL-1.0
// Operations on matrices: stored in any way, one by one or in batches, with and without what a
// whole batch shares.
#include "planned.hpp"

#include <ramp/ir/matrix_value.hpp>

using namespace planned;
namespace ir = ramp::ir;

namespace {

/// `v` with 16 added to the diagonals: regular, and positive definite if it is symmetric.
constexpr value strong(value const& v) {
  return ir::widened(v + ir::comparison_of_places<op::equal>(v, true) * 16.0, v.space);
}

/// One matrix for each sample.
struct batches {
  static constexpr program build(int samples) {
    program p;
    value const x = strong(p.input("x", shape(samples, 5, 5)));
    value const b = p.input("b", shape(samples, 5));
    p.output(ir::matrix_operation<op::inverse>(x));
    p.output(ir::matrix_operation<op::cholesky>(x));
    p.output(ir::matrix_operation<op::determinant>(x * (1.0 / 16)));
    p.output(ir::matrix_operation<op::log_determinant>(ir::transposed(x)));
    p.output(ir::matrix_operation<op::log_abs_determinant>(x));
    p.output(ir::matrix_operation<op::cofactors>(x * (1.0 / 16)));
    p.output(ir::matrix_operation<op::solve>(x, b));
    p.output(ir::matrix_operation<op::solve>(ir::transposed(x), x));
    p.output(ir::matrix_operation<op::triangular_solve>(x, b));
    p.output(ir::matrix_operation<op::triangular_solve>(ir::transposed(x), b, true));
    return p;
  }
};

/// What is read straight from the caller's memory, and results that are scalars or alone.
struct single {
  static constexpr program build(int) {
    program p;
    value const a = p.variable("a", shape(3, 3));
    value const b = p.variable("b", shape(3, 17));
    value const s = strong(a);
    p.output(ir::matrix_operation<op::determinant>(a));
    p.output(ir::matrix_operation<op::cofactors>(a));
    p.output(ir::matrix_operation<op::cofactors_along>(a, s));
    p.output(ir::matrix_operation<op::solve>(s, b));
    p.output(ir::matrix_operation<op::determinant>(s) * ir::matrix_operation<op::determinant>(a));
    return p;
  }
};

/// Operands that are numbers, counted, or the same for a whole batch, of which the inner or the
/// outer dimension varies.
struct shared {
  static constexpr program build(int samples) {
    program p;
    value const w = strong(p.parameter("w", shape(4, 4)));
    value const x = p.input("x", shape(samples, 4));
    value const y = p.input("y", shape(samples, 2, 4, 3));
    value const two = strong(p.variable("two", shape(2, 4, 4)));
    value const each = strong(p.input("each", shape(samples, 4, 4)));
    auto beside = [&](value const& v, shape const& space, std::initializer_list<int> along) {
      return ir::remapped(v, dimensions(along), space);
    };
    p.output(ir::matrix_operation<op::solve>(beside(w, shape(samples, 4, 4), {1, 2}), x));
    shape const space(samples, 2, 4, 4);
    p.output(ir::matrix_operation<op::solve>(beside(w, space, {2, 3}), y));
    p.output(ir::matrix_operation<op::solve>(beside(two, space, {1, 2, 3}), y));
    p.output(ir::matrix_operation<op::solve>(beside(each, space, {0, 2, 3}), y));
    p.output(ir::matrix_operation<op::cofactors_along>(beside(each, space, {0, 2, 3}),
                                                       beside(two, space, {1, 2, 3})));
    p.output(ir::matrix_operation<op::solve>(each, ir::widened(x.number(1.0), shape(samples, 4))));
    value const counted{&p.g, p.g.iota(4), dimensions({1}), shape(samples, 4)};
    p.output(ir::matrix_operation<op::triangular_solve>(each, counted));
    return p;
  }
};

/// A parameter that is overwritten by its own inverse, another one by a sum over samples that went
/// through one.
struct updates {
  static constexpr program build(int samples) {
    program p;
    value const w = p.parameter("w", shape(4, 4));
    value const v = p.parameter("v", shape(4));
    value const x = p.input("x", shape(samples, 4));
    value const weights = p.input("weights", shape(samples));
    value const solved = ir::matrix_operation<op::solve>(
        ir::remapped(strong(w), dimensions({1, 2}), shape(samples, 4, 4)), x);
    value const weighted = solved * ir::widened(weights, solved.space);
    value const total = ir::reduce_to<op::sum>(weighted, dimensions({1}), 1);
    p.loss(ir::reduce_to<op::sum>(total, {}, 0));
    p.update(v, ir::matrix_operation<op::solve>(strong(w), total));
    p.update(w, ir::matrix_operation<op::inverse>(strong(w)));
    return p;
  }
};

}  // namespace

TEST_CASE("a matrix for each sample", "[backend]") {
  check_all<batches>();
  check<batches, float, 32>();
  CHECK(kernels_of<batches>(kernel_kind::matrix) == 10);
}

TEST_CASE("single matrices", "[backend]") { check_all<single>(); }

TEST_CASE("matrices that several of a batch share", "[backend]") { check_all<shared>(); }

TEST_CASE("updates through matrices", "[backend]") {
  check_all<updates>();
  check<updates, double, 3, 3>();
}
