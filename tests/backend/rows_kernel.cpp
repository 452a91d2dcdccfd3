// SPDX-License-Identifier: BSL-1.0
// Folds along rows and lanes, and what is computed before, between and after them.
#include "planned.hpp"

using namespace planned;
using ramp::ir::reduce_to;

namespace {

/// Sums and extrema of a matrix over its rows, its lanes and both.
template <int Columns>
struct folds {
  static constexpr program build(int) {
    program p;
    value const x = p.variable("x", shape(7, Columns));
    auto every = [&]<class Op>(std::type_identity<Op>) {
      p.output(reduce_to<Op>(x, dimensions({1}), 1));
      p.output(reduce_to<Op>(x.combine<op::neg>(0.0), dimensions({0}), 1));
      p.output(reduce_to<Op>(x, {}, 0));
    };
    every(std::type_identity<op::sum>{});
    every(std::type_identity<op::reduce_max>{});
    every(std::type_identity<op::reduce_min>{});
    return p;
  }
};

/// exp(x - max) / sum, its logarithm and the mean loss: three phases along either dimension.
template <int Columns, int Along>
struct softmax {
  static constexpr program build(int) {
    program p;
    value const x = p.variable("x", shape(6, Columns));
    axis_map const kept = dimensions({1 - Along});
    value const largest = spread(reduce_to<op::reduce_max>(x, kept, 1), x.space, {1 - Along});
    value const e = (x - largest).combine<op::exp>(0.0);
    value const total = reduce_to<op::sum>(e, kept, 1);
    value const share = e / spread(total, x.space, {1 - Along});
    p.output(share);
    p.output(reduce_to<op::sum>(total.combine<op::log>(0.0), {}, 0) * 0.25);
    p.output(reduce_to<op::sum>(share * x, dimensions({Along}), 1));
    return p;
  }
};

/// A mean and a variance for each row, and a matrix computed from them.
struct normalized {
  static constexpr program build(int samples) {
    program p;
    value const x = p.input("x", shape(samples, 5));
    value const mean = reduce_to<op::sum>(x, dimensions({0}), 1) * 0.2;
    value const centred = x - spread(mean, x.space, {0});
    value const variance = reduce_to<op::sum>(centred * centred, dimensions({0}), 1) * 0.2;
    value const scale = (variance + variance.number(0.5)).combine<op::sqrt>(0.0);
    p.output(centred / spread(scale, x.space, {0}));
    p.output(variance);
    return p;
  }
};

/// A cheap element that two phases need, fed by an expensive one that must be kept.
struct two_phases {
  static constexpr program build(int samples) {
    program p;
    value const x = p.input("x", shape(samples, 6));
    value const e = x.combine<op::exp>(0.0);
    value const cheap = e * 2.0 - x;
    value const least = reduce_to<op::reduce_min>(cheap, dimensions({0}), 1);
    value const ratio = cheap / spread(least, x.space, {0});
    p.output(reduce_to<op::sum>(ratio + e, dimensions({0}), 1));
    return p;
  }
};

/// A matrix read along the other dimension than it lies in memory.
struct transposed {
  static constexpr program build(int) {
    program p;
    value const x = p.variable("x", shape(5, 9));
    value const y = p.variable("y", shape(9, 5));
    p.output(x + spread(y, x.space, {1, 0}));
    p.output(reduce_to<op::sum>(x * spread(y, x.space, {1, 0}), dimensions({0}), 1));
    return p;
  }
};

/// What one kernel computes and another one reads in two ways: a matrix and its transpose, a vector
/// for rows and for columns.
struct read_in_two_ways {
  static constexpr program build(int) {
    program p;
    value const x = p.variable("x", shape(9, 9));
    value const v = p.variable("v", shape(9));
    value const e = x.combine<op::exp>(0.0);
    value const d = v.combine<op::exp>(0.0);
    p.output(e + spread(e, e.space, {1, 0}));
    p.output(reduce_to<op::sum>(e * spread(e, e.space, {1, 0}), dimensions({0}), 1));
    p.output(spread(d, e.space, {0}) * spread(d, e.space, {1}));
    return p;
  }
};

/// Sums over samples of a number and of a row for each sample, and what is computed from them.
struct sums_over_samples {
  static constexpr program build(int samples) {
    program p;
    value const x = p.input("x", shape(samples));
    value const m = p.input("m", shape(samples, 5));
    value const total = reduce_to<op::sum>(x * x, {}, 0);
    value const columns = reduce_to<op::sum>(m.combine<op::sqrt>(0.0), dimensions({1}), 1);
    p.output(total);
    p.output(columns);
    p.output(total * 3.0 - 1.0);
    p.output(columns * columns);
    return p;
  }
};

}  // namespace

TEST_CASE("folds of any shape equal their definition", "[backend]") {
  check_all<folds<1>>();
  check_all<folds<5>>();
  check_all<folds<8>>();
  check_all<folds<19>>();
}

TEST_CASE("softmax along rows and along lanes", "[backend]") {
  check_all<softmax<10, 0>>();
  check_all<softmax<10, 1>>();
  check_all<softmax<16, 1>>();
  check_all<softmax<3, 1>>();
}

TEST_CASE("packs of lanes side by side, and fewer of them at the end", "[backend]") {
  check<softmax<3, 1>, float, 96>();
  check<softmax<3, 1>, float, 43>();
  check<softmax<3, 1>, double, 22>();
  check<softmax<20, 1>, float, 43>();  // too many rows for it
}

TEST_CASE("values between folds", "[backend]") {
  check_all<normalized>();
  check_all<two_phases>();
  check_all<outer>();
  check_all<transposed>();
  check_all<read_in_two_ways>();
}

TEST_CASE("sums over samples go on from tile to tile", "[backend]") {
  check<sums_over_samples, float>();
  check<sums_over_samples, float, 7, 3>();
  check<sums_over_samples, double, 5, 2>();
  check<sums_over_samples, float, 16, 2>();
}
