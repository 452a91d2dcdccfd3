// SPDX-License-Identifier: BSL-1.0
#include <ramp/ir/constant_folding.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <tuple>

#include <ramp/ir/node.hpp>

namespace op = ramp::op;
using ramp::ir::apply_elementwise;
using ramp::ir::code;
using ramp::ir::detail::product_is_exact;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

template <class Op>
double by_definition(std::array<double, 3> const& x, double attribute) {
  return std::apply(
      [&](auto... first) {
        if constexpr (op::attributed<Op>) return Op::value(first..., attribute);
        else return Op::value(first...);
      },
      [&] {
        std::array<double, static_cast<std::size_t>(Op::arity)> of{};
        for (std::size_t k = 0; k < of.size(); ++k) of[k] = x[k];
        return of;
      }());
}

template <class Op>
void check_value() {
  if constexpr (op::elementwise<Op>) {
    INFO(Op::name);
    std::array const x{0.375, -0.25, 2.5};
    CHECK(std::bit_cast<std::uint64_t>(apply_elementwise(code<Op>, x, 2.0)) ==
          std::bit_cast<std::uint64_t>(by_definition<Op>(x, 2.0)));
  }
}

template <class... Ops>
void check_values(op::operation_list<Ops...>) {
  (check_value<Ops>(), ...);
}

}  // namespace

TEST_CASE("every elementwise operation on constants is its own value", "[constant_folding]") {
  check_values(op::table{});
  static_assert(apply_elementwise(code<op::sub>, {3.0, 5.0}, 0.0) == -2.0);
  static_assert(apply_elementwise(code<op::where>, {0.0, 5.0, 6.0}, 0.0) == 6.0);
  static_assert(apply_elementwise(code<op::sign>, {0.0}, 0.25) == 0.25);
}

TEST_CASE("a product is exact where it is not rounded", "[constant_folding]") {
  CHECK(product_is_exact(3.0, 5.0));
  CHECK(product_is_exact(0x1p26, -0x1p26));
  CHECK(product_is_exact(0.0, 7.0));
  CHECK(product_is_exact(0.1, 0.5));
  CHECK(product_is_exact(-4.0, 0.1));
  CHECK_FALSE(product_is_exact(0.1, 3.0));
  CHECK_FALSE(product_is_exact(0x1p26 + 1.0, 3.0));
  CHECK_FALSE(product_is_exact(1.5, 1.25));  // it is, but that takes more than a look to tell
}

TEST_CASE("a product that leaves the range of normal numbers is not exact", "[constant_folding]") {
  CHECK(product_is_exact(0x1.8p-1021, 0.5));
  CHECK_FALSE(product_is_exact(0x1.8p-1022, 0.5));
  CHECK_FALSE(product_is_exact(0x1.8p1022, 4.0));
  // in a constant expression too, where an overflow would be an error
  static_assert(!product_is_exact(1e300, 1e300) && !product_is_exact(1e300, 0x1p1000));
  CHECK(product_is_exact(0x1p1022, 2.0));
  CHECK_FALSE(product_is_exact(0.1, infinity));
  CHECK_FALSE(product_is_exact(0.1, 0.0));
  CHECK_FALSE(product_is_exact(2.0, std::numeric_limits<double>::quiet_NaN()));
}
