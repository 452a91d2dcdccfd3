// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include <ramp/expr/update.hpp>
#include <ramp/function/execute.hpp>
#include <ramp/function/source.hpp>
#include <ramp/pass/eliminate_dead_code.hpp>
#include <ramp/pass/plan_memory.hpp>
#include <ramp/pass/rewrite.hpp>

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

/// The I-th argument of a lowered program as the leaf that the user wrote.
template <class Source, std::size_t I>
struct leaf_at {
  static constexpr ir::argument const& a = program_of<Source>.arguments[I];
  template <std::size_t... D>
  static constexpr auto make(std::index_sequence<D...>) {
    constexpr auto name = [] {
      char characters[a.name.size() + 1]{};
      for (std::size_t c = 0; c < a.name.size(); ++c) characters[c] = a.name[c];
      return fixed_string<a.name.size() + 1>(characters);
    }();
    return leaf<name, a.kind, a.classes, a.extents[static_cast<int>(D)]...>{};
  }
  using type = decltype(make(std::make_index_sequence<static_cast<std::size_t>(a.extents.rank)>{}));
};

/// Forward pass, loss, gradients and updates of a training step as one program.
template <class Loss, class Rule, class... Policies>
struct training_source {
  using loss_source = lambda_source<Loss, Policies...>;
  static constexpr auto const& forward = program_of<loss_source>;

  static constexpr auto count = [] {
    std::size_t n = 0;
    for (ir::argument const& a : forward.arguments) n += a.kind == role_of_leaf::parameter;
    return n;
  }();
  static constexpr auto indices = [] {
    std::array<std::size_t, count> at{};
    std::size_t n = 0;
    for (std::size_t i = 0; i < forward.arguments.size(); ++i)
      if (forward.arguments[i].kind == role_of_leaf::parameter) at[n++] = i;
    return at;
  }();

  template <std::size_t I>
  using parameter_at = typename leaf_at<loss_source, indices[I]>::type;
  template <std::size_t I>
  using update_at = decltype(std::declval<Rule const&>()(
      parameter_at<I>{}, gradient_of_loss<parameter_at<I>>{}));

  /// Numbers of the update rule, shared by all parameters.
  static constexpr int literal_count = update_at<0>::literal_count;
  static constexpr auto literals(Rule const& rule) {
    return rule(parameter_at<0>{}, gradient_of_loss<parameter_at<0>>{}).literals;
  }

  static constexpr lowered lower() {
    lowering l(whole_program_policy<Policies...>::value);
    constexpr auto const& loss = loss_source::expression;
    double const* constants = nullptr;
    if constexpr (loss.literal_count > 0) constants = loss.literals.at.data();
    l.use_constants(constants);
    using expression_type = std::remove_cvref_t<decltype(loss)>;
    value const total = l.visit<expression_type>(0);
    std::vector<lowered_root> roots{{lowered_kind::value, ir::full(total), -1, {}}};

    std::vector<int> wrt;
    std::vector<ir::argument> parameters;
    for (ir::argument const& a : l.builder.graph.arguments)
      if (a.kind == role_of_leaf::parameter) parameters.push_back(a);
    for (ir::argument const& a : parameters)
      wrt.push_back(l.builder.graph.argument_node(l.builder.graph.find_or_add(a)));
    std::vector<int> const gradients =
        l.builder.reverse(total.index, l.builder.graph.constant(1.0), wrt);
    for (std::size_t i = 0; i < wrt.size(); ++i)
      if (gradients[i] >= 0)
        l.gradients.push_back({parameters[i].name,
                               l.builder.seen(gradients[i], parameters[i].extents)});

    l.use_arguments(literal_count);
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (root_writer<update_at<I>>::write(l, 0, roots), ...);
    }(std::make_index_sequence<count>{});
    return {std::move(l.builder.graph), std::move(roots), std::move(l.builder.means),
            l.clashing_name, l.clashing_update};
  }
};

/// A lowered program over samples, in tiles of `Tile` samples, up to the plan. T: element type.
/// `Source` has the members of `lambda_source`.
constexpr ir::graph batched_graph(lowered const& l, int tile, std::vector<pass::root>& roots,
                                  std::vector<char>& per_sample) {
  std::vector<int> nodes;
  for (lowered_root const& r : l.roots) nodes.push_back(r.node);
  ir::graph g = pass::batch(l.graph, nodes, per_sample, tile, l.means);
  g = pass::strip_policies(g, nodes);
  g = pass::eliminate_dead_code(g, nodes);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    bool const update = l.roots[i].kind == lowered_kind::update;
    roots.push_back({nodes[i], update ? pass::root_kind::update : pass::root_kind::output,
                     l.roots[i].target});
  }
  return g;
}

}  // namespace ramp::detail
