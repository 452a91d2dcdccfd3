// SPDX-License-Identifier: BSL-1.0
#include <ramp/function/output.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

using namespace ramp;
using detail::count_written;
using detail::first_written;
using detail::is_output;
using detail::output_index;
using detail::takes_results;
using detail::takes_results_of;

namespace {

/// Results of four shapes.
struct four_shapes {
  template <bool = false>
  static constexpr lowered lower() {
    lowered l;
    for (shape const& s : {shape(), shape(3), shape(2, 5), shape(2, 1, 4, 3)})
      l.roots.push_back({lowered_kind::value, l.graph.constant(1.0), -1, s});
    return l;
  }
};
template <class T, std::size_t I>
using result = detail::result_of<T, four_shapes, I>;

static_assert(std::is_same_v<result<double, 0>, double>);
static_assert(std::is_same_v<result<float, 1>, tensor<float, 3>>);
static_assert(std::is_same_v<result<double, 2>, tensor<double, 2, 5>>);
static_assert(std::is_same_v<result<float, 3>, tensor<float, 2, 1, 4, 3>>);

/// What results are written to where `output` is bound to a `Memory`, which may be a reference.
template <class Memory>
using element = detail::written_element<decltype(output = std::declval<Memory>())>;

static_assert(std::is_same_v<element<double&>, double>);
static_assert(std::is_same_v<element<double const&>, double const>);
static_assert(std::is_same_v<element<float (&)[3]>, float>);
static_assert(std::is_same_v<element<float const (&)[3]>, float const>);
static_assert(std::is_same_v<element<float (&)[3][2]>, float[2]>);
static_assert(std::is_same_v<element<std::array<int, 4>&>, int>);
static_assert(std::is_same_v<element<std::array<double, 4> const&>, double const>);
static_assert(std::is_same_v<element<std::vector<double>&>, double>);
static_assert(std::is_same_v<element<tensor<float, 2>&>, float>);
// a span may be a temporary, for it refers to what is written; a number may not
static_assert(std::is_same_v<element<std::span<float>>, float>);
static_assert(std::is_same_v<element<std::span<float const>>, float const>);
static_assert(std::is_same_v<element<double>, double const>);
static_assert(std::is_same_v<element<std::vector<double>>, double const>);
static_assert(std::is_void_v<element<std::nullptr_t&>>);

static_assert(takes_results_of<double, double> && takes_results_of<float, float>);
static_assert(!takes_results_of<float, double> && !takes_results_of<double const, double>);
static_assert(!takes_results_of<void, double> && !takes_results_of<float[2], float>);
static_assert(takes_results<float> && takes_results<double>);
static_assert(!takes_results<int> && !takes_results<float const> && !takes_results<void>);

}  // namespace

TEST_CASE("a place for a result is bound like a name, without a copy", "[function]") {
  std::array<double, 3> memory{};
  auto const bound = output_at<2> = memory;
  static_assert(output_index<decltype(output_at<2> = memory)> == 2);
  static_assert(is_output<decltype(output_at<2> = memory)>);
  static_assert(!is_output<double> && output_index<std::array<double, 3>> == -1);
  CHECK(&bound.value == &memory);
  static_assert(std::is_same_v<decltype(output), output_place<0> const>);
  static_assert(output_index<decltype(output = memory)> == 0);
  static_assert(is_output<decltype(output = memory)>);
  static_assert(output_place<3>::index == 3);
  std::vector<double> numbers(4);
  double const* const first = numbers.data();
  auto const owned = output = std::move(numbers);
  CHECK(owned.value.data() == first);
}

TEST_CASE("memory for results has a first element and a size", "[function]") {
  double number = 0.0;
  CHECK(first_written(number) == &number);
  CHECK(count_written(number) == 1);
  float array[3]{};
  CHECK(first_written(array) == array);
  CHECK(count_written(array) == 3);
  std::vector<double> numbers(4);
  CHECK(first_written(numbers) == numbers.data());
  CHECK(count_written(numbers) == 4);
  std::span<double> const part(numbers.data() + 1, 2);
  CHECK(first_written(part) == &numbers[1]);
  CHECK(count_written(part) == 2);
  tensor<float, 2, 3> matrix{};
  CHECK(first_written(matrix) == &matrix(0, 0));
  CHECK(count_written(matrix) == 6);
  CHECK(count_written(std::vector<float>()) == 0);
}
