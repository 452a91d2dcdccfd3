// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/core/list.hpp>

namespace ramp::pass {

/// Hands out ranges of one block of memory whose size is only known at the end: first fit over the
/// gaps, which are kept in order and merged. Cost of a call: linear in the gaps, which are few.
/// Single elements come from cache lines of their own, so that thousands of scalars do not take a
/// line each.
class arena {
 public:
  constexpr explicit arena(int line) : line_(line) {}

  /// Elements that the ranges handed out so far need.
  [[nodiscard]] constexpr int size() const { return top_; }

  /// Offset of `count` elements, at the start of a cache line unless count is 1.
  constexpr int allocate(int count) {
    if (count > 1) return allocate_lines(rounded(count));
    if (singles_.empty()) {
      int const start = allocate_lines(line_);
      for (int i = line_ - 1; i >= 0; --i) singles_.push_back(start + i);
    }
    int const single = singles_.back();
    singles_.pop_back();
    return single;
  }

  constexpr void release(int offset, int count) {
    if (count == 1) {
      singles_.push_back(offset);
      return;
    }
    gap freed{offset, rounded(count)};
    int const n = static_cast<int>(gaps_.size());
    int i = 0;
    while (i < n && gaps_[i].offset < offset) ++i;
    bool const joins_next = i < n && freed.offset + freed.size == gaps_[i].offset;
    bool const joins_last = i > 0 && gaps_[i - 1].offset + gaps_[i - 1].size == freed.offset;
    if (joins_next) freed.size += gaps_[i].size;
    if (joins_last) {
      gaps_[i - 1].size += freed.size;
      if (joins_next) erase(i);
    } else if (joins_next) {
      gaps_[i] = freed;
    } else {
      gaps_.push_back(freed);
      for (int k = n; k > i; --k) gaps_[k] = gaps_[k - 1];
      gaps_[i] = freed;
    }
  }

 private:
  struct gap {
    int offset = 0, size = 0;
  };

  [[nodiscard]] constexpr int rounded(int count) const {
    return (count + line_ - 1) / line_ * line_;
  }

  constexpr void erase(int i) {
    int const n = static_cast<int>(gaps_.size());
    for (int k = i; k + 1 < n; ++k) gaps_[k] = gaps_[k + 1];
    gaps_.pop_back();
  }

  constexpr int allocate_lines(int count) {
    int const n = static_cast<int>(gaps_.size());
    for (int i = 0; i < n; ++i) {
      gap& g = gaps_[i];
      bool const at_top = g.offset + g.size == top_;  // the block can grow there
      if (g.size < count && !at_top) continue;
      int const offset = g.offset;
      if (g.size < count) top_ = offset + count;
      g.offset += count;
      g.size -= count;
      if (g.size <= 0) erase(i);
      return offset;
    }
    top_ += count;
    return top_ - count;
  }

  int line_;
  int top_ = 0;
  list<gap> gaps_;
  list<int> singles_;
};

}  // namespace ramp::pass
