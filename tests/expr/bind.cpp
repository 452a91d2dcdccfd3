// SPDX-License-Identifier: BSL-1.0
#include <ramp/expr/bind.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <list>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include <ramp/function/tensor.hpp>

using namespace ramp;
using detail::facts_of_value;
using detail::value_facts;

namespace {

constexpr auto x = variable<"x">;
constexpr auto v = variable<"v", 3>;

bool same(value_facts const& a, value_facts const& b) {
  return a.bindable == b.bindable && a.known == b.known && a.shaped == b.shaped &&
         a.elements == b.elements && a.extents == b.extents;
}

}  // namespace

TEST_CASE("what is known of a value that has its shape in its type", "[expr]") {
  CHECK(same(facts_of_value<double>(), {true, true, true, 1, {}}));
  CHECK(same(facts_of_value<int>(), {true, true, true, 1, {}}));
  CHECK(same(facts_of_value<float[2][3]>(), {true, true, true, 6, shape(2, 3)}));
  CHECK(same(facts_of_value<std::array<std::array<double, 5>, 4>>(),
             {true, true, true, 20, shape(4, 5)}));
  CHECK(same(facts_of_value<std::array<double[2], 3>>(), {true, true, true, 6, shape(3, 2)}));
  CHECK(same(facts_of_value<tensor<float, 2, 1, 3>>(), {true, true, true, 6, shape(2, 1, 3)}));
  CHECK(same(facts_of_value<tensor<double>>(), {true, true, true, 1, {}}));
}

TEST_CASE("a flat array may be of any shape", "[expr]") {
  CHECK(same(facts_of_value<std::array<float, 6>>(), {true, true, false, 6, shape(6)}));
  CHECK(same(facts_of_value<int[6]>(), {true, true, false, 6, shape(6)}));
  CHECK(same(facts_of_value<std::span<double const, 6>>(), {true, true, false, 6, {}}));
}

TEST_CASE("a size that is not part of the type is not known before the call", "[expr]") {
  CHECK(same(facts_of_value<std::span<float>>(), {true, false, false, 0, {}}));
  CHECK(same(facts_of_value<std::vector<double>>(), {true, false, false, 0, {}}));
}

TEST_CASE("what is no contiguous memory of numbers cannot be bound", "[expr]") {
  CHECK_FALSE(detail::can_be_bound<std::list<double>>);
  CHECK_FALSE(detail::can_be_bound<std::vector<std::string>>);
  CHECK_FALSE(detail::can_be_bound<double*>);
  CHECK_FALSE(detail::can_be_bound<std::nullptr_t>);
  CHECK(detail::can_be_bound<std::vector<int>>);
  CHECK(detail::can_be_bound<std::span<std::uint8_t const>>);
}

TEST_CASE("characters and truth values are no numbers, bytes are", "[expr]") {
  CHECK_FALSE(detail::can_be_bound<bool>);
  CHECK_FALSE(detail::can_be_bound<char>);
  CHECK_FALSE(detail::can_be_bound<char8_t[3]>);
  CHECK_FALSE(detail::can_be_bound<std::array<std::array<bool, 2>, 3>>);
  CHECK_FALSE(detail::can_be_bound<std::string>);
  CHECK_FALSE(detail::can_be_bound<std::vector<bool>>);
  CHECK_FALSE(detail::can_be_bound<std::span<char const, 4>>);
  CHECK_FALSE(detail::can_be_bound<tensor<char, 2>>);
  CHECK(detail::can_be_bound<signed char>);
  CHECK(detail::can_be_bound<std::array<std::array<std::uint8_t const, 2>, 3>>);
  CHECK(detail::can_be_bound<std::vector<std::int8_t>>);
}

TEST_CASE("an array of what is no number cannot be bound", "[expr]") {
  CHECK_FALSE(detail::can_be_bound<std::array<std::string, 3>>);
  CHECK_FALSE(detail::can_be_bound<double*[3]>);
}

TEST_CASE("a binding has the facts of what it refers to or owns", "[expr]") {
  std::array<double, 3> const numbers{1, 2, 3};
  CHECK(same(detail::facts_of_binding<decltype(v = numbers)>, {true, true, false, 3, shape(3)}));
  CHECK(detail::facts_of_binding<decltype(v = {1, 2, 3})>.elements == 3);
  CHECK(detail::facts_of_binding<decltype(x = 1.0f)>.elements == 1);
}

TEST_CASE("a shape is compared where the value has one", "[expr]") {
  using leaf_2_3 = std::remove_const_t<decltype(variable<"m", 2, 3>)>;
  CHECK(detail::has_shape_of<double[2][3], leaf_2_3>);
  CHECK_FALSE(detail::has_shape_of<double[3][2], leaf_2_3>);
  // these compile, as a call with them does
  detail::require_shape<leaf_2_3, double[2][3]>();
  detail::require_shape<leaf_2_3, std::array<float, 6> const&>();
  detail::require_shape<leaf_2_3, std::vector<double>&>();
  detail::require_shape<leaf_2_3, tensor<double, 2, 3>>();
}

TEST_CASE("a label is one of its classes", "[expr]") {
  constexpr ir::argument three = class_label<"kind", 3>.argument;
  error wrong;
  CHECK(detail::check_label(0, three, wrong));
  CHECK(detail::check_label(std::uint8_t{2}, three, wrong));
  CHECK(wrong == error{});
  CHECK_FALSE(detail::check_label(3, three, wrong));
  CHECK(wrong == error{.kind = error_kind::label_out_of_range,
                       .name = "kind",
                       .expected = 3,
                       .actual = 3});
  CHECK_FALSE(detail::check_label(std::int8_t{-128}, three, wrong));
  CHECK(wrong.actual == -128);
  CHECK_FALSE(detail::check_label(std::uint64_t{1} << 32, three, wrong));
  CHECK(wrong.actual == std::int64_t{1} << 32);
}

TEST_CASE("a label beyond 63 bits is told as the largest number", "[expr]") {
  error wrong;
  constexpr auto largest = std::numeric_limits<std::int64_t>::max();
  for (std::uint64_t label : {std::uint64_t{1} << 63, ~std::uint64_t{0}}) {
    CHECK_FALSE(detail::check_label(label, class_label<"kind", 3>.argument, wrong));
    CHECK(wrong.actual == largest);
  }
}
