// SPDX-License-Identifier: BSL-1.0
#pragma once

// What the policies answer for the compositions of support/composites.hpp, and whether that is
// right.

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "composites.hpp"

namespace composites {

/// A gradient, or bounds of one.
struct answer {
  numbers gradient{};       // or its lower bound
  numbers upper{};          // of bounds
  bool is_right = false;    // in the set, or around it
  bool is_promised = true;  // by a direction: it settles every tie
  bool is_stated = true;    // by a convention: the program would compile

  bool counts() const { return is_promised && is_stated; }
  /// With a star if it is wrong, a question mark if nothing was promised; "-" if there is none.
  std::string text() const {
    if (!is_stated) return "-";
    std::string const between = gradient.size() == 1 ? "," : " to ";
    std::string text = text_of(gradient);
    if (!upper.empty()) text += between + text_of(upper);
    if (!upper.empty() && gradient.size() == 1) text = "[" + text + "]";
    return text + (is_promised ? "" : "?") + (is_right ? "" : "*");
  }
};

inline numbers flat(ramp::check::point const& by_name) {
  numbers all;
  for (numbers const& values : by_name) all.insert(all.end(), values.begin(), values.end());
  return all;
}

/// Under a policy that is a choice for each kink.
template <auto Policy>
answer by_choice(composite const& c, ramp::rewriting spellings) {
  ramp::lowered const f = c.lower(Policy.value, spellings);
  if (f.faults.unstated_convention >= 0) return {.is_stated = false};
  numbers g =
      flat(ramp::check::reverse_gradient(f.graph, f.roots[0].node, c.wrt(), c.at, Policy.value));
  bool const is_right = c.right.holds(g);
  return {.gradient = std::move(g), .is_right = is_right};
}

inline answer along(composite const& c, ramp::rewriting spellings,
                    std::vector<ramp::check::point> const& directions) {
  ramp::kink_policy const otherwise = ramp::standard.value;
  ramp::lowered const f = c.lower(otherwise, spellings);
  auto const found =
      ramp::check::gradient_along(f.graph, f.roots[0].node, c.wrt(), c.at, directions, otherwise);
  numbers g = flat(found.gradient);
  bool const is_right = c.right.holds(g);
  return {.gradient = std::move(g), .is_right = is_right, .is_promised = found.unsettled == 0.0};
}
inline answer by_direction(composite const& c, ramp::rewriting spellings) {
  return along(c, spellings, {c.direction});
}
inline answer by_unit_vectors(composite const& c, ramp::rewriting spellings) {
  answer a = along(c, spellings, ramp::check::unit_directions(c.wrt(), c.at));
  a.is_promised = true;
  return a;
}

inline answer by_bounds(composite const& c, ramp::rewriting spellings) {
  ramp::lowered const f = c.lower(ramp::standard.value, spellings);
  auto const found = ramp::check::gradient_bounds(f.graph, f.roots[0].node, c.wrt(), c.at);
  if (found.fault >= 0) return {.is_stated = false};
  numbers lower = flat(found.lower);
  numbers upper = flat(found.upper);
  bool const is_right = c.right.is_within(lower, upper);
  return {.gradient = std::move(lower), .upper = std::move(upper), .is_right = is_right};
}

/// A policy of gradient(f, wrt(...), policy), and how a composition is asked under it.
struct policy {
  char const* name;
  char const* heading;  // a short name
  answer (*ask)(composite const&, ramp::rewriting);
  bool promises = false;  // to be right wherever the answer counts
};

inline constexpr policy policies[] = {
    {"standard", "std", by_choice<ramp::standard>},
    {"at_zero<0.0>", "0", by_choice<ramp::at_zero<0.0>>},
    {"at_zero<1.0>", "1", by_choice<ramp::at_zero<1.0>>},
    {"symmetric", "1/2", by_choice<ramp::symmetric>},
    {"pytorch", "PyT", by_choice<ramp::pytorch>},
    {"jax", "JAX", by_choice<ramp::jax>},
    {"tensorflow", "TF", by_choice<ramp::tensorflow>},
    {"smooth<0.1>", "smooth", by_choice<ramp::smooth<0.1>>},
    {"directional", "along", by_direction, true},
    {"lexicographic", "lexi", by_unit_vectors, true},
    {"interval", "interval", by_bounds, true},
};
inline constexpr std::size_t policy_count = sizeof policies / sizeof policies[0];

/// How often a policy is right, of the answers that count.
struct tally {
  int right = 0, asked = 0;

  friend bool operator==(tally const&, tally const&) = default;
};
inline tally tally_of(policy const& p, std::vector<composite> const& all,
                      ramp::rewriting spellings) {
  tally result;
  for (composite const& c : all)
    if (answer const a = p.ask(c, spellings); a.counts()) {
      ++result.asked;
      result.right += a.is_right;
    }
  return result;
}

}  // namespace composites
