// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include <ramp/expr/call.hpp>
#include <ramp/expr/elementwise.hpp>
#include <ramp/expr/leaf.hpp>
#include <ramp/expr/lower.hpp>

namespace ramp {
namespace detail {

struct mean_of_samples {
  static constexpr shape result(shape const& s) { return s; }
  static constexpr value build(builder& b, std::array<value, 1> const& operands) {
    return b.mean_over_batch(operands[0]);
  }
};

template <class Target>
struct assign {
  using target = Target;
  static constexpr shape result(shape const&) { return Target::shape_of; }
};

/// The memory of parameter `Of` under an update rule: "hidden.weight.momentum".
template <fixed_string Memory, class Of>
struct state_of;
template <fixed_string Memory, fixed_string Name, role_of_leaf Role, int Classes, int... Extents>
struct state_of<Memory, leaf<Name, Role, Classes, Extents...>> {
  static_assert(Role == role_of_leaf::parameter,
                "ramp: state_like<\"momentum\">(w) is memory beside a parameter, and w is none");
  static constexpr auto name = concatenated(concatenated(Name, fixed_string(".")), Memory);
  using type = leaf<name, role_of_leaf::state, 0, Extents...>;
};

template <class T>
inline constexpr bool can_be_updated = false;
template <fixed_string Name, role_of_leaf Role, int Classes, int... Extents>
inline constexpr bool can_be_updated<leaf<Name, Role, Classes, Extents...>> =
    Role == role_of_leaf::parameter || Role == role_of_leaf::state;

template <class Target, class E, int Wanted, int Given>
inline constexpr bool is_new_value_of = Wanted == Given;

}  // namespace detail

/// An update is its value and the place where it goes; see `operator<<=`.
template <class Target, class Expression>
struct operation<detail::assign<Target>, Expression> {
  using expression_tag = void;
  using function = detail::assign<Target>;
  static constexpr shape shape_of = Target::shape_of;
  static constexpr int literal_count = Expression::literal_count;
  static constexpr std::uint64_t identity =
      detail::hash_combine(Target::identity + 1, Expression::identity);

  [[no_unique_address]] detail::numbers<literal_count> literals;

  template <class Lowering>
  static constexpr auto lower(Lowering& l, int first) {
    return l.template update<Target, Expression>(first);
  }
};

/// Where the samples of a batch come together: the mean of `a` over all of them. What is computed
/// from it is computed once for a batch, so `mean_over_batch(loss) + 0.5e-4 * sum(w * w)` is a loss
/// with weight decay. Gradients pass through it.
template <operand A>
constexpr auto mean_over_batch(A const& a) {
  return detail::call<detail::mean_of_samples>(a);
}

/// Memory of the shape of parameter w that an update rule keeps between steps; zeros at first.
template <fixed_string Memory, class Parameter>
constexpr auto state_like(Parameter const&) {
  static_assert(detail::is_leaf<Parameter>,
                "ramp: state_like<\"momentum\">(w) is memory beside a parameter, and w is none");
  return typename detail::state_of<Memory, Parameter>::type{};
}

/// A number that an update rule keeps between steps, one for the whole model; 0 at first.
template <fixed_string Name>
inline constexpr leaf<Name, role_of_leaf::state, 0> state{};

/// The update of a parameter or of an update rule's memory: an expression that has the new value,
/// as one node however often it is used, while `target` stands for the old one.
template <fixed_string Name, role_of_leaf Role, int Classes, int... Extents, class E,
          class Target = leaf<Name, Role, Classes, Extents...>,
          int Wanted = detail::fault_of_shape<Target, E>().left,
          int Given = detail::fault_of_shape<Target, E>().right>
constexpr auto operator<<=(leaf<Name, Role, Classes, Extents...> const&, E const& e) {
  static_assert(detail::can_be_updated<Target>,
                "ramp: an update `w <<= ...` is for parameters and the memory of update rules");
  detail::require_operands<E>();
  // here and not in a function of its own, as the way through an update rule is long
  static_assert(detail::is_new_value_of<Target, E, Wanted, Given>,
                "ramp: an update `w <<= e` has the shape of w or is a scalar; the last two numbers "
                "are how many dimensions are wanted and given, or the first extents that differ. "
                "Use sum, reshape<...>(e) or transpose(e)");
  auto const value = detail::as_expression(e);
  return operation<detail::assign<Target>, std::remove_const_t<decltype(value)>>{value.literals};
}

/// Several updates as one: what an update rule returns. All of them read old values, whatever the
/// order.
template <class... Updates>
constexpr auto updates(Updates const&... all) {
  static_assert((detail::is_update<Updates> && ...),
                "ramp: updates(...) takes updates, such as w <<= w - 0.1 * g");
  if constexpr ((detail::is_update<Updates> && ...))
    return expressions<Updates...>{detail::joined(all.literals...)};
}

/// Several results of one program.
template <class... Outputs>
constexpr auto outputs(Outputs const&... all) {
  constexpr bool fits = ((expression<Outputs> || detail::is_expressions<Outputs>)&&...);
  static_assert(fits, "ramp: outputs(...) takes expressions, as in "
                      "outputs(f, gradient(f, wrt(x)))");
  if constexpr (fits)
    return expressions<Outputs...>{detail::joined(all.literals...)};
}

}  // namespace ramp
