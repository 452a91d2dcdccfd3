// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

#include <ramp/core/list.hpp>
#include <ramp/expr/update.hpp>
#include <ramp/function/source.hpp>

namespace ramp::detail {

/// The derivative of the loss by a parameter, as an update rule sees it.
template <class Parameter>
struct gradient_of_loss {
  using expression_tag = void;
  static constexpr shape shape_of = Parameter::shape_of;
  static constexpr int literal_count = 0;
  static constexpr std::uint64_t identity = hash_combine(Parameter::identity, 0x67726164u);

  [[no_unique_address]] numbers<0> literals;

  template <class Lowering>
  static constexpr auto lower(Lowering& l, int) {
    return l.gradient_of(Parameter::argument);
  }
};

/// Whether an update rule may return this: an update, or several.
template <class T>
inline constexpr bool is_updates = is_update<T>;
template <class... Us>
inline constexpr bool is_updates<expressions<Us...>> = (is_update<Us> && ...);

/// Forward pass, loss, gradients and updates of a training step as one program. `lower` and
/// `literals` need a rule that can be called and returns updates (`rule_fits`).
template <class Loss, class Rule, class... Policies>
struct training_source {
  using loss_source = lambda_source<Loss, Policies...>;
  static constexpr auto const& forward = lowered_program<loss_source>;

  static constexpr std::size_t parameter_count = [] {
    std::size_t n = 0;
    for (ir::argument const& a : forward.arguments) n += a.kind == role_of_leaf::parameter;
    return n;
  }();
  static constexpr auto indices = [] {
    std::array<std::size_t, parameter_count> at{};
    std::size_t n = 0;
    for (std::size_t i = 0; i < forward.arguments.size(); ++i)
      if (forward.arguments[i].kind == role_of_leaf::parameter) at[n++] = i;
    return at;
  }();

  template <std::size_t I>
  using parameter_at = typename leaf_at<loss_source, indices[I]>::type;
  template <std::size_t I>
  static constexpr auto update(Rule const& rule) {
    return rule(parameter_at<I>{}, gradient_of_loss<parameter_at<I>>{});
  }

  /// Calls f.operator()<0, 1 ...>(), an index for each parameter.
  template <class F>
  static constexpr auto for_parameters(F&& f) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return f.template operator()<I...>();
    }(std::make_index_sequence<parameter_count>{});
  }

  using parameters = decltype(for_parameters(
      []<std::size_t... I>() { return expressions<parameter_at<I>...>{}; }));

  /// The updates of all parameters. A rule may tell parameters apart, so each has numbers of its
  /// own, in the order in which the rule wrote them.
  static constexpr auto all_updates(Rule const& rule) {
    return for_parameters([&]<std::size_t... I>() {
      return expressions<decltype(update<I>(rule))...>{joined(update<I>(rule).literals...)};
    });
  }

  /// Traps watch the loss and its derivatives; nothing is derived from the updates.
  template <bool WithCounters = false>
  static constexpr lowered lower() {
    lowering l(whole_program_policy<Policies...>::value);
    constexpr auto const& loss = loss_source::expression;
    using loss_type = std::remove_cvref_t<decltype(loss)>;
    double const* constants = nullptr;
    if constexpr (loss_type::literal_count > 0) constants = loss.literals.at.data();
    l.use_constants(constants);
    value const total = l.builder.finished(l.visit<loss_type>(0));
    list<lowered_root> roots{{lowered_kind::value, ir::full(total), -1, {}}};
    list<pass::trap_site> traps;
    // before the derivatives, so that the planner finds them before the updates
    if constexpr (WithCounters) traps = count_traps<WithCounters>(l, {roots[0].node}, roots);
    differentiate(l, total);
    using updates_type = decltype(all_updates(std::declval<Rule const&>()));
    l.use_arguments(updates_type::literal_count);
    root_writer<updates_type>::write(l, 0, roots);
    return {std::move(l.builder.graph), std::move(roots), std::move(l.builder.means),
            l.builder.faults, l.builder.traps.asked, std::move(traps)};
  }

 private:
  /// Tells the lowering the gradient of `total` by every parameter that has one.
  static constexpr void differentiate(lowering& l, value const& total) {
    list<ir::argument> parameters;
    for (ir::argument const& a : l.builder.graph.arguments)
      if (a.kind == role_of_leaf::parameter) parameters.push_back(a);
    list<int> wrt;
    for (ir::argument const& a : parameters)
      wrt.push_back(l.builder.graph.argument_node(l.builder.graph.find_or_add(a)));
    list<int> const gradients =
        l.builder.reverse(total.index, l.builder.graph.constant(1.0), wrt);
    for (std::size_t i = 0; i < wrt.size(); ++i)
      if (gradients[i] >= 0)
        l.gradients.push_back(
            {parameters[i].name, l.builder.seen(gradients[i], parameters[i].extents)});
  }
};

}  // namespace ramp::detail
