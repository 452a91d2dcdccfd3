// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include <ramp/core/small_array.hpp>
#include <ramp/op/table.hpp>

namespace ramp::ir {
namespace detail {

template <class Op>
constexpr double fold_constants([[maybe_unused]] std::array<double, 3> const& x,
                                [[maybe_unused]] double attribute) {
  if constexpr (!op::elementwise<Op>) return 0.0;
  else if constexpr (op::attributed<Op>) {
    if constexpr (Op::arity == 1) return Op::value(x[0], attribute);
    else if constexpr (Op::arity == 2) return Op::value(x[0], x[1], attribute);
    else return Op::value(x[0], x[1], x[2], attribute);
  } else if constexpr (Op::arity == 1) return Op::value(x[0]);
  else if constexpr (Op::arity == 2) return Op::value(x[0], x[1]);
  else return Op::value(x[0], x[1], x[2]);
}

using fold_function = double (*)(std::array<double, 3> const&, double);

template <class... Ops>
constexpr auto make_fold_table(op::operation_list<Ops...>) {
  return small_array<fold_function, sizeof...(Ops)>{{&fold_constants<Ops>...}};
}

/// The value of every elementwise operation on doubles, by opcode.
inline constexpr auto fold_table = make_fold_table(op::table{});

/// Whether x * y is not rounded: small integers, or a power of two.
constexpr bool product_is_exact(double x, double y) {
  auto is_small_integer = [](double v) {
    return v >= -0x1p26 && v <= 0x1p26 && static_cast<double>(static_cast<int>(v)) == v;
  };
  auto is_power_of_two = [](double v) { return std::bit_cast<std::uint64_t>(v) << 12 == 0; };
  if (is_small_integer(x) && is_small_integer(y)) return true;
  if (!is_power_of_two(x) && !is_power_of_two(y)) return false;
  // by the exponents: a product that overflows is no constant expression
  auto exponent = [](double v) {
    return static_cast<int>(std::bit_cast<std::uint64_t>(v) >> 52 & 0x7FF);
  };
  auto is_normal = [](int biased) { return biased > 0 && biased < 0x7FF; };
  int const a = exponent(x);
  int const b = exponent(y);
  return is_normal(a) && is_normal(b) && is_normal(a + b - 0x3FF);
}

}  // namespace detail

/// The value of an elementwise operation on numbers.
constexpr double apply_elementwise(op::opcode c, std::array<double, 3> const& x,
                                   double attribute) {
  return detail::fold_table.at[static_cast<int>(c)](x, attribute);
}

}  // namespace ramp::ir
