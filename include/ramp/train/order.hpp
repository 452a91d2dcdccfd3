// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <ramp/core/random.hpp>
#include <ramp/core/result.hpp>

namespace ramp::train {

/// The order in which samples are visited, new in each epoch. Samples stay where they are; their
/// indices are shuffled, in memory of the caller that must outlive this. The same seed gives the
/// same orders on every platform.
class shuffled_order {
 public:
  /// Fills `indices` with 0, 1, 2 ... Allocation: none. Precondition: at most 2^32 indices.
  constexpr shuffled_order(std::span<std::uint32_t> indices, std::uint64_t seed)
      : indices_(indices), generator_(seed) {
    for (std::size_t i = 0; i < indices_.size(); ++i) indices_[i] = static_cast<std::uint32_t>(i);
  }

  /// Shuffles, and gives the new order; it holds until the next call. Cost: linear.
  constexpr std::span<std::uint32_t const> next_epoch() {
    shuffle(indices_, generator_);
    return indices_;
  }

 private:
  std::span<std::uint32_t> indices_;
  xoshiro256 generator_;
};

/// An order cut into batches of `size` samples, for a range-for loop. The last one is shorter where
/// the number of samples is no multiple of the size. Precondition: size > 0.
class batches {
 public:
  constexpr batches(std::span<std::uint32_t const> order, std::size_t size)
      : order_(order), size_(size) {}

  class iterator {
   public:
    using value_type = std::span<std::uint32_t const>;
    using difference_type = std::ptrdiff_t;

    constexpr iterator() = default;
    constexpr iterator(std::span<std::uint32_t const> left, std::size_t size)
        : left_(left), size_(size) {}

    constexpr value_type operator*() const { return left_.first(length()); }
    constexpr iterator& operator++() {
      left_ = left_.subspan(length());
      return *this;
    }
    constexpr iterator operator++(int) {
      auto const before = *this;
      ++*this;
      return before;
    }
    friend constexpr bool operator==(iterator const& a, iterator const& b) {
      return a.left_.size() == b.left_.size();
    }

   private:
    [[nodiscard]] constexpr std::size_t length() const {
      return size_ < left_.size() ? size_ : left_.size();
    }

    std::span<std::uint32_t const> left_;
    std::size_t size_ = 1;
  };

  [[nodiscard]] constexpr iterator begin() const { return {order_, size_}; }
  [[nodiscard]] constexpr iterator end() const { return {order_.last(0), size_}; }
  /// The number of batches.
  [[nodiscard]] constexpr std::size_t size() const { return (order_.size() + size_ - 1) / size_; }

 private:
  std::span<std::uint32_t const> order_;
  std::size_t size_;
};

/// Copies the rows that `indices` name from `rows` [n, width] to the front of `out`: the samples of
/// one batch, side by side. Errors, before anything is written: incomplete_sample (`rows`),
/// wrong_length (`out` is too small), index_out_of_range. Allocation: none. Cost: linear in the
/// batch. Precondition: width > 0.
template <class T>
constexpr result<void> gather(std::span<T const> rows, std::size_t width,
                              std::span<std::uint32_t const> indices, std::span<T> out) {
  auto const number = [](std::size_t n) { return static_cast<std::int64_t>(n); };
  if (rows.size() % width != 0)
    return error{.kind = error_kind::incomplete_sample,
                 .name = "rows",
                 .expected = number(width),
                 .actual = number(rows.size())};
  if (out.size() < indices.size() * width)
    return error{.kind = error_kind::wrong_length,
                 .name = "out",
                 .expected = number(indices.size() * width),
                 .actual = number(out.size())};
  auto const count = rows.size() / width;
  for (std::size_t i = 0; i < indices.size(); ++i)
    if (indices[i] >= count)
      return error{.kind = error_kind::index_out_of_range,
                   .name = "indices",
                   .element = i,
                   .expected = number(count),
                   .actual = indices[i]};
  T* to = out.data();
  for (auto const index : indices)
    for (T const& element : rows.subspan(index * width, width)) *to++ = element;
  return {};
}
/// The same for anything that converts to spans, such as vectors.
template <class T>
constexpr result<void> gather(auto const& rows, std::size_t width,
                              std::span<std::uint32_t const> indices, std::span<T> out) {
  return gather<T>(std::span<T const>(rows), width, indices, out);
}

}  // namespace ramp::train
