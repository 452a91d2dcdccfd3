// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include <ramp/core/random.hpp>
#include <ramp/expr/leaf.hpp>
#include <ramp/pass/storage.hpp>

namespace ramp {

/// The elements of one parameter inside a model, addressed in row-major order whatever the memory
/// layout is. Refers to the model. Allocation: none; each access costs a few integer operations.
template <class T, class Leaf, pass::storage Layout>
class parameter_view {
 public:
  constexpr explicit parameter_view(T* state) : state_(state) {}

  static constexpr int size() { return Leaf::shape_of.elements(); }

  /// Element (i, j, ...). Precondition: every index is inside its extent.
  template <class... Indices>
  [[nodiscard]] constexpr T& operator()(Indices... indices) const {
    static_assert(static_cast<int>(sizeof...(Indices)) == Leaf::shape_of.rank,
                  "ramp: a parameter is indexed with one number for each of its dimensions");
    int offset = Layout.base;
    int dimension = 0;
    ((offset += Layout.offset_along(dimension++, static_cast<int>(indices))), ...);
    return state_[offset];
  }
  /// Element `i` in row-major order.
  [[nodiscard]] constexpr T& operator[](int i) const {
    return state_[Layout.offset_of(Leaf::shape_of, i)];
  }

 private:
  T* state_;
};

namespace detail {

template <class Leaf, bool Found>
inline constexpr bool is_in_model = Found;

template <class Leaf, bool Found>
constexpr auto require_in_model() {
  static_assert(is_in_model<Leaf, Found>,
                "ramp: the model has no parameter of this name and shape. It has those of the loss "
                "whose training step made it");
}

}  // namespace detail

/// Parameters and optimizer memory of a training step: one flat object of a size known at compile
/// time, copied, compared and stored like any other. Two models do not share anything.
template <class T, class Program>
struct model {
  using value_type = T;
  using program = Program;

  alignas(pass::panel_bytes) std::array<T, static_cast<std::size_t>(Program::plan.state_elements)>
      state{};

  /// The elements of a parameter, or of the memory that an update rule keeps beside it:
  /// `m[weight](i, j)`, `m[state_like<"momentum">(weight)](i, j)`.
  template <fixed_string Name, role_of_leaf Role, int Classes, int... Extents>
  [[nodiscard]] constexpr auto operator[](leaf<Name, Role, Classes, Extents...> const&) {
    return view<leaf<Name, Role, Classes, Extents...>>(state.data());
  }
  template <fixed_string Name, role_of_leaf Role, int Classes, int... Extents>
  [[nodiscard]] constexpr auto operator[](leaf<Name, Role, Classes, Extents...> const&) const {
    return view<leaf<Name, Role, Classes, Extents...>>(state.data());
  }

  /// Position of an argument of the program; -1: it has none like this.
  static constexpr int index_of(ir::argument const& wanted) {
    for (std::size_t i = 0; i < Program::plan.arguments.size(); ++i)
      if (Program::plan.arguments[i] == wanted) return static_cast<int>(i);
    return -1;
  }

  friend constexpr bool operator==(model const&, model const&) = default;

 private:
  template <class Leaf, class Element>
  static constexpr auto view(Element* elements) {
    constexpr int index = index_of(Leaf::argument);
    detail::require_in_model<Leaf, (index >= 0)>();
    if constexpr (index >= 0)
      return parameter_view<Element, Leaf,
                            Program::plan.argument_storage[static_cast<std::size_t>(index)]>(
          elements);
  }
};

}  // namespace ramp
