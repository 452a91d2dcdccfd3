// SPDX-License-Identifier: BSL-1.0
// Matrix products of every alignment, and what runs in their epilogue.
#include "planned.hpp"

using namespace planned;

namespace {

/// x [samples][Depth] times w [Depth][Lanes], and the two products of its derivative.
template <int Lanes, int Depth>
struct products {
  static constexpr program build(int samples) {
    program p;
    value const x = p.input("x", shape(samples, Depth));
    value const w = p.parameter("w", shape(Depth, Lanes));
    value const g = p.input("g", shape(samples, Lanes));
    p.output(product(x, w));
    p.output(product(g, w, false, true));
    p.output(product(x, g, true, false));
    return p;
  }
};

/// Bias, activation, a value the epilogue reads from memory, a column sum and what follows it.
template <int Lanes, int Depth>
struct layer {
  static constexpr program build(int samples) {
    program p;
    value const x = p.input("x", shape(samples, Depth));
    value const w = p.parameter("w", shape(Depth, Lanes));
    value const b = p.parameter("b", shape(Lanes));
    value const other = p.input("other", shape(samples, Lanes));
    value const z = product(x, w);
    value const h = (z + spread(b, z.space, {1}) - z.number(4.0)).combine<op::relu>(0.0);
    value const y = h * other;
    value const column = ramp::ir::reduce_to<op::sum>(y, dimensions({1}), 1);
    p.output(h);
    p.output(y);
    p.output(column * b - 1.0);
    return p;
  }
};

template <int Lanes, int Depth>
void check_sizes() {
  INFO(Lanes << " lanes, depth " << Depth);
  check_all<products<Lanes, Depth>>();
  check_all<layer<Lanes, Depth>>();
  CHECK(kernels_of<products<Lanes, Depth>>(kernel_kind::contract) == 3);
  CHECK(kernels_of<layer<Lanes, Depth>>(kernel_kind::contract) == 1);
}

/// A vector times a matrix, and an outer product.
struct vectors {
  static constexpr program build(int) {
    program p;
    value const v = p.variable("v", shape(9));
    value const m = p.variable("m", shape(9, 11));
    shape const space(11, 9);
    p.output(ramp::ir::reduce_to<op::sum>(spread(v, space, {1}) * spread(m, space, {1, 0}),
                                          dimensions({0}), 1));
    shape const square(9, 9);
    p.output(spread(v, square, {0}) * spread(v, square, {1}));
    return p;
  }
};

/// A cheap vector that elements of the epilogue read, and what follows its column sum.
struct shared_vector {
  static constexpr program build(int samples) {
    program p;
    value const x = p.input("x", shape(samples, 5));
    value const w = p.parameter("w", shape(5, 9));
    value const b = p.parameter("b", shape(9));
    value const d = b * 2.0;
    value const z = product(x, w);
    value const y = (z * spread(d, z.space, {1})).combine<op::sqrt>(0.0);
    p.output(y);
    p.output(ramp::ir::reduce_to<op::sum>(y, dimensions({1}), 1) * d);
    value const h = (y - spread(d, z.space, {1})).combine<op::abs>(0.0);
    p.output(h);
    return p;
  }
};

/// Both factors depend on the samples; the second product reads the first one transposed.
struct chain {
  static constexpr program build(int samples) {
    program p;
    value const x = p.input("x", shape(samples, 5));
    value const w = p.parameter("w", shape(5, 6));
    value const h = product(x, w).combine<op::tanh>(0.0);
    p.output(product(h, h, true, false));
    p.output(product(h, p.parameter("v", shape(6, 3))));
    return p;
  }
};

/// A product and its transpose, in one sum.
struct symmetric {
  static constexpr program build(int) {
    program p;
    value const x = p.variable("x", shape(9, 9));
    value const y = product(x, x);
    p.output(y + spread(y, y.space, {1, 0}));
    return p;
  }
};

}  // namespace

TEST_CASE("a product of any size equals its definition", "[backend]") {
  check_sizes<1, 1>();
  check_sizes<4, 3>();
  check_sizes<5, 17>();
  check_sizes<16, 8>();
  check_sizes<17, 33>();
  check_sizes<40, 2>();
}

TEST_CASE("more rows than one tile, in panels and not", "[backend]") {
  check<products<24, 5>, float, 32>();
  check<products<24, 5>, float, 37>();
  check<layer<10, 20>, double, 33>();
}

TEST_CASE("few rows take more lanes, and split long sums", "[backend]") {
  check<products<32, 40>, float, 1>();
  check<products<64, 18>, float, 3>();
  check<products<16, 34>, double, 3>();
  check<products<3, 16>, float, 32>();
  check<layer<8, 32>, float, 2>();
  check<layer<3, 16>, double, 32>();
  check<products<8, 33>, float, 1>();
  check<products<4, 5>, float, 36, 2>();
}

TEST_CASE("products with vectors", "[backend]") { check_all<vectors>(); }

TEST_CASE("a product of results in another layout", "[backend]") {
  check_all<symmetric>();
  check_all<chain>();
  check_all<shared_vector>();
  check<chain, float, 24>();
  CHECK(kernels_of<chain>(kernel_kind::copy) >= 1);
}

TEST_CASE("products over samples go on from tile to tile", "[backend]") {
  check<products<5, 17>, float, 7, 3>();
  check<layer<5, 3>, double, 4, 2>();
}
