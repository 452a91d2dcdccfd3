// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>

#include <ramp/core/result.hpp>

namespace ramp::train {

/// The position of the largest number; of equal ones the first. NaN is smaller than any number.
/// Precondition: `scores` is not empty. Allocation: none. Cost: linear.
template <std::floating_point T>
[[nodiscard]] constexpr std::size_t argmax(std::span<T const> scores) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < scores.size(); ++i)
    if (scores[i] > scores[best] || (scores[best] != scores[best] && scores[i] == scores[i]))
      best = i;
  return best;
}

/// How many samples have their largest score in the class of their label. `scores` [n, classes] are
/// probabilities, logits or anything else that grows with them; `labels` [n] hold 0 to classes - 1.
/// Errors: empty_input, incomplete_sample, wrong_length, label_out_of_range, not_finite (a NaN; an
/// infinite score is a score). Allocation: none. Cost: linear. Precondition: classes > 0.
template <std::floating_point T, std::integral Label>
constexpr result<std::size_t> correct(std::span<T const> scores, std::span<Label const> labels,
                                      std::size_t classes) {
  auto const number = [](auto n) { return static_cast<std::int64_t>(n); };
  if (scores.empty()) return error{.kind = error_kind::empty_input, .name = "scores"};
  if (scores.size() % classes != 0)
    return error{.kind = error_kind::incomplete_sample,
                 .name = "scores",
                 .expected = number(classes),
                 .actual = number(scores.size())};
  auto const samples = scores.size() / classes;
  if (labels.size() != samples)
    return error{.kind = error_kind::wrong_length,
                 .name = "labels",
                 .expected = number(samples),
                 .actual = number(labels.size())};
  std::size_t hits = 0;
  for (std::size_t i = 0; i < samples; ++i) {
    if (std::cmp_less(labels[i], 0) || std::cmp_greater_equal(labels[i], classes))
      return error{.kind = error_kind::label_out_of_range,
                   .name = "labels",
                   .sample = i,
                   .expected = number(classes),
                   .actual = number(labels[i])};
    auto const row = scores.subspan(i * classes, classes);
    for (std::size_t j = 0; j < classes; ++j)
      if (row[j] != row[j])
        return error{.kind = error_kind::not_finite,
                     .name = "scores",
                     .sample = i,
                     .element = j,
                     .value = std::numeric_limits<double>::quiet_NaN()};
    hits += std::cmp_equal(labels[i], argmax(row)) ? 1u : 0u;
  }
  return hits;
}

/// The share of samples, 0 to 1, that `correct` counts; the same arguments and errors.
template <std::floating_point T, std::integral Label>
constexpr result<double> accuracy(std::span<T const> scores, std::span<Label const> labels,
                                  std::size_t classes) {
  auto const hits = correct(scores, labels, classes);
  if (!hits) return hits.error();
  return static_cast<double>(hits.value()) / static_cast<double>(labels.size());
}

/// The same for contiguous ranges such as vectors.
template <class Scores, class Labels>
  requires requires(Scores const& s, Labels const& l) { std::span(s), std::span(l); }
constexpr result<double> accuracy(Scores const& scores, Labels const& labels, std::size_t classes) {
  using score = typename decltype(std::span(scores))::value_type;
  using label = typename decltype(std::span(labels))::value_type;
  return accuracy<score, label>(std::span<score const>(scores), std::span<label const>(labels),
                                classes);
}

}  // namespace ramp::train
