// SPDX-License-Identifier: BSL-1.0
// error: a training step or prediction with trap counts in a work space of the caller
// error: then work.traps\(\)
#include <ramp/ramp.hpp>

#include <vector>

using namespace ramp;

inline constexpr auto point = input<"point", 2>;
inline constexpr auto loss = [] { return mean_over_batch(sum(relu(dense<"a", 3>(point)))); };

#ifdef TWIN
inline constexpr auto step = training_step<float>(loss, sgd{}, trap_and_stop);
#else
inline constexpr auto step = training_step<float>(loss, sgd{}, trap);
#endif

inline bool run(decltype(step)::model_type& model, std::vector<float> const& data) {
  return step(model, point = data).has_value();
}
