// SPDX-License-Identifier: BSL-1.0
#include <ramp/expr/bind.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
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
