// SPDX-License-Identifier: BSL-1.0
// error: a training step or prediction with trap counts in a work space of the caller
#include <ramp/ramp.hpp>

#include <vector>

using namespace ramp;

inline constexpr auto point = input<"point", 2>;
inline constexpr auto hidden = relu(dense<"a", 3>(point));
inline constexpr auto step =
    training_step<float>([] { return mean_over_batch(sum(hidden)); }, sgd{});
inline constexpr auto predict = compile<float>([] { return hidden; }, trap);
using model_type = decltype(step)::model_type;

inline bool run(model_type const& model, std::vector<float> const& data, std::vector<float>& to) {
#ifdef TWIN
  static decltype(predict)::workspace<model_type> work;
  return predict(model, work, point = data, output = to).has_value();
#else
  return predict(model, point = data, output = to).has_value();
#endif
}
