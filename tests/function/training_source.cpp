// SPDX-License-Identifier: BSL-1.0
#include <ramp/function/training_source.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <vector>

#include <ramp/expr/functions.hpp>
#include <ramp/expr/kinked.hpp>
#include <ramp/expr/linear_algebra.hpp>
#include <ramp/expr/reduction.hpp>
#include <ramp/ir/evaluate.hpp>
#include <ramp/ir/verify.hpp>

using namespace ramp;
using detail::gradient_of_loss;
using detail::training_source;

namespace {

constexpr auto x = input<"x", 2>;
constexpr auto w = parameter<"w", 2>;
constexpr auto b = parameter<"b">;
constexpr auto unused = parameter<"unused", 3>;

/// The mean of w x + b, with a parameter that no gradient reaches.
struct loss {
  constexpr auto operator()() const {
    return mean_over_batch(sum(hadamard(w, x)) + b) + 0.0 * sum(unused > 0.0);
  }
};
/// Descends, w at a rate of its own.
struct rule {
  double rate, rate_of_w;
  template <class Parameter, class Gradient>
  constexpr auto operator()(Parameter const& p, Gradient const& g) const {
    if constexpr (Parameter::argument.name == "w") return p <<= p - rate_of_w * g;
    else return p <<= p - rate * g;
  }
};
/// Keeps the last gradient beside each parameter.
struct remembering {
  template <class Parameter, class Gradient>
  constexpr auto operator()(Parameter const& p, Gradient const& g) const {
    auto const last = state_like<"last">(p);
    return updates(last <<= g, p <<= p - last);
  }
};
struct kinked {
  constexpr auto operator()() const { return mean_over_batch(abs(sum(hadamard(w, x)))); }
};
struct clipped {
  template <class Parameter, class Gradient>
  constexpr auto operator()(Parameter const& p, Gradient const& g) const {
    return p <<= p - relu(g);
  }
};

using source = training_source<loss, rule>;

/// The value of root `j` of a program, with numbers for its arguments in their order.
std::vector<double> root_at(lowered const& l, std::size_t j,
                            std::vector<std::vector<double>> const& at) {
  REQUIRE(at.size() == l.graph.arguments.size());
  ramp::list<double const*> pointers;
  for (auto const& a : at) pointers.push_back(a.data());
  auto const e = ir::evaluate<double>(l.graph, pointers);
  int const n = l.roots[j].node;
  return {e[n], e[n] + l.graph[n].result_shape().elements()};
}

std::size_t argument_number(lowered const& l, std::string_view name, std::size_t nth = 0) {
  for (std::size_t i = 0; i < l.graph.arguments.size(); ++i)
    if (l.graph.arguments[i].name == name && nth-- == 0) return i;
  FAIL("no argument " << name);
  return 0;
}

}  // namespace

TEST_CASE("parameters are found in the order of the loss, as the user wrote them", "[training]") {
  static_assert(source::parameter_count == 3);
  static_assert(std::is_same_v<source::parameter_at<0>, std::remove_const_t<decltype(w)>>);
  static_assert(std::is_same_v<source::parameter_at<1>, std::remove_const_t<decltype(b)>>);
  static_assert(std::is_same_v<source::parameter_at<2>, std::remove_const_t<decltype(unused)>>);
  for (std::size_t k = 0; k < 3; ++k)
    CHECK(source::forward.arguments[source::indices[k]].kind == role_of_leaf::parameter);
  using second = detail::leaf_at<source::loss_source, 1>::type;
  static_assert(std::is_same_v<second, std::remove_const_t<decltype(x)>>);
  std::vector<std::size_t> all;
  source::for_parameters([&]<std::size_t... I>() { (all.push_back(I), ...); });
  CHECK(all == std::vector<std::size_t>{0, 1, 2});
}

TEST_CASE("a rule is called with each parameter and returns updates", "[training]") {
  static_assert(std::is_same_v<source::parameters,
                               expressions<source::parameter_at<0>, source::parameter_at<1>,
                                           source::parameter_at<2>>>);
  static_assert(detail::is_updates<decltype(source::update<0>(rule{}))>);
  static_assert(
      detail::is_updates<decltype(training_source<loss, remembering>::update<1>(remembering{}))>);
  static_assert(!detail::is_updates<decltype(w + w)>);
  static_assert(!detail::is_updates<expressions<decltype(w <<= x), decltype(w + w)>>);
}

TEST_CASE("a gradient is an expression of the parameter's shape, and no other's", "[training]") {
  using of_w = gradient_of_loss<std::remove_const_t<decltype(w)>>;
  using of_b = gradient_of_loss<std::remove_const_t<decltype(b)>>;
  static_assert(expression<of_w>);
  static_assert(of_w::shape_of == shape(2) && of_b::shape_of == shape());
  static_assert(of_w::identity != of_b::identity);
  static_assert(of_w::identity != decltype(w)::identity);
}

TEST_CASE("each parameter has the numbers of the rule for itself", "[training]") {
  auto const all = source::all_updates({0.5, 0.125});
  static_assert(decltype(all)::literal_count == 3);
  CHECK(all.literals.at[0] == 0.125);
  CHECK(all.literals.at[1] == 0.5);
  CHECK(all.literals.at[2] == 0.5);
}

TEST_CASE("a step is the loss and an update of each parameter", "[training]") {
  lowered const l = source::lower();
  REQUIRE(ir::verify(l.graph) == "");
  REQUIRE(l.roots.size() == 4);
  CHECK(l.roots[0].kind == lowered_kind::value);
  for (std::size_t j = 1; j < 4; ++j) CHECK(l.roots[j].kind == lowered_kind::update);
  CHECK(l.traps.empty());
  auto const target = [&](std::size_t j) {
    return l.graph.arguments[static_cast<std::size_t>(l.roots[j].target)].name;
  };
  CHECK(target(1) == "w");
  CHECK(target(2) == "b");
  CHECK(target(3) == "unused");

  auto const nameless = [](ir::argument const& a) { return a.name.empty(); };
  CHECK(std::count_if(l.graph.arguments.begin(), l.graph.arguments.end(), nameless) == 3);

  // by hand: the sums over samples, of the loss and of each gradient, are arguments of the graph
  std::vector<std::vector<double>> at;
  for (ir::argument const& a : l.graph.arguments)
    at.emplace_back(static_cast<std::size_t>(a.extents.elements()), 1.0);
  at[argument_number(l, "w")] = {1, 2};
  at[argument_number(l, "b")] = {10};
  at[argument_number(l, "unused")] = {1, -1, 0};
  std::vector<double> const rates{0.125, 0.5, 0.25};
  for (std::size_t k = 0; k < 3; ++k) at[argument_number(l, "", k)] = {rates[k]};
  for (auto const& mean : l.means) {
    auto& sum = at[static_cast<std::size_t>(mean.argument)];
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] = 8.0 * static_cast<double>(sum.size() + i);
  }
  CHECK(root_at(l, 1, at) == std::vector<double>{1 - 0.125 * 16, 2 - 0.125 * 24});
  CHECK(root_at(l, 2, at) == std::vector<double>{10 - 0.5 * 8});
  CHECK(root_at(l, 3, at) == std::vector<double>{1, -1, 0});  // has no gradient
}

TEST_CASE("a rule may keep memory of its own", "[training]") {
  lowered const l = training_source<loss, remembering>::lower();
  REQUIRE(l.roots.size() == 1 + 2 * 3);
  auto const& memory = l.graph.arguments[static_cast<std::size_t>(l.roots[1].target)];
  CHECK(memory.name == "w.last");
  CHECK(memory.kind == role_of_leaf::state);
  CHECK(memory.extents == shape(2));
}

TEST_CASE("traps watch the loss and come before its derivatives, not the updates", "[training]") {
  using watched = training_source<kinked, clipped, std::remove_const_t<decltype(trap)>>;
  lowered const l = watched::lower<true>();
  CHECK(watched::lower().roots.size() == 2);
  REQUIRE(l.roots.size() == 3);
  CHECK(l.roots[1].kind == lowered_kind::counter);
  CHECK(l.roots[2].kind == lowered_kind::update);
  REQUIRE(l.traps.size() == 1);
  CHECK(l.graph[l.traps[0].place].is(ir::code<op::abs>));
  CHECK(l.asks_for_traps);
}
