// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <initializer_list>
#include <utility>

namespace ramp {

/// A std::vector for work inside constant expressions, where a compiler counts every statement:
/// reading an element of a std::vector takes five of the million that clang allows, of this two,
/// appending thirty, of this six. The passes make hundreds of thousands of such accesses for a
/// large model. It is less to read, too: with vectors in its place every source that includes the
/// library takes 0.1 s longer. T is default-constructible. Memory: exists during compilation, and
/// in tests; no compiled function has one.
template <class T>
class list {
 public:
  using value_type = T;

  constexpr list() = default;
  constexpr list(std::size_t count, T const& value) { assign(count, value); }
  constexpr list(std::initializer_list<T> values) : list(values.begin(), values.end()) {}
  constexpr list(T const* from, T const* to) {
    reserve(static_cast<std::size_t>(to - from));
    for (; from != to; ++from) first_[size_++] = *from;
  }
  constexpr list(list const& other) : list(other.begin(), other.end()) {}
  constexpr list(list&& other) noexcept
      : first_(std::exchange(other.first_, nullptr)),
        size_(std::exchange(other.size_, 0)),
        capacity_(std::exchange(other.capacity_, 0)) {}
  constexpr list& operator=(list other) noexcept {
    std::swap(first_, other.first_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
    return *this;
  }
  constexpr ~list() { delete[] first_; }

  [[nodiscard]] constexpr std::size_t size() const { return size_; }
  [[nodiscard]] constexpr bool empty() const { return size_ == 0; }
  /// Precondition: 0 <= i < size().
  [[nodiscard]] constexpr T& operator[](auto i) { return first_[i]; }
  [[nodiscard]] constexpr T const& operator[](auto i) const { return first_[i]; }
  [[nodiscard]] constexpr T& back() { return first_[size_ - 1]; }
  [[nodiscard]] constexpr T const& back() const { return first_[size_ - 1]; }
  [[nodiscard]] constexpr T* data() { return first_; }
  [[nodiscard]] constexpr T const* data() const { return first_; }
  [[nodiscard]] constexpr T* begin() { return first_; }
  [[nodiscard]] constexpr T* end() { return first_ + size_; }
  [[nodiscard]] constexpr T const* begin() const { return first_; }
  [[nodiscard]] constexpr T const* end() const { return first_ + size_; }

  constexpr void push_back(T const& value) {
    if (size_ == capacity_) {
      T const copy = value;  // may be an element of this list
      reserve(capacity_ < 8 ? 16 : capacity_ * 2);
      first_[size_++] = copy;
    } else {
      first_[size_++] = value;
    }
  }
  constexpr void pop_back() { --size_; }
  constexpr void clear() { size_ = 0; }
  constexpr void assign(std::size_t count, T const& value) {
    clear();
    resize(count, value);
  }
  /// New elements are copies of `value`.
  constexpr void resize(std::size_t count, T const& value = {}) {
    if (count > capacity_) reserve(count > capacity_ * 2 ? count : capacity_ * 2);
    for (; size_ < count; ++size_) first_[size_] = value;
    size_ = count;
  }
  constexpr void reserve(std::size_t capacity) {
    if (capacity <= capacity_) return;
    T* const moved = new T[capacity]{};
    for (std::size_t i = 0; i < size_; ++i) moved[i] = std::move(first_[i]);
    delete[] first_;
    first_ = moved;
    capacity_ = capacity;
  }

  friend constexpr bool operator==(list const& a, list const& b) {
    if (a.size_ != b.size_) return false;
    for (std::size_t i = 0; i < a.size_; ++i)
      if (!(a.first_[i] == b.first_[i])) return false;
    return true;
  }

 private:
  T* first_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace ramp
