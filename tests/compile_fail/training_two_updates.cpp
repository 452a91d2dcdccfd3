// SPDX-License-Identifier: BSL-1.0
// error: has two different updates in one step
// error: named<.*"norm"
#include <ramp/ramp.hpp>

using namespace ramp;

inline constexpr auto x = input<"x", 2>;
inline constexpr auto loss = sum(dense<"scores", 3>(x));

#ifdef TWIN
inline constexpr auto memory = [](auto w) { return state_like<"norm">(w); };
#else
inline constexpr auto memory = [](auto) { return state<"norm">; };
#endif

// for each of the two parameters the sum of the squares of its gradient
struct rule {
  constexpr auto operator()(auto w, auto g) const {
    auto const square = sum(hadamard(g, g), axis<0>);
    if constexpr (decltype(w)::shape_of.rank == 1)
      return updates(memory(w) <<= 0 * memory(w) + square, w <<= w - 0.1 * g);
    else
      return updates(memory(w) <<= 0 * memory(w) + sum(square), w <<= w - 0.1 * g);
  }
};
inline constexpr auto step = training_step<float>([] { return mean_over_batch(loss); }, rule{});
