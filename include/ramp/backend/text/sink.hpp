// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstddef>
#include <string_view>

#include <ramp/core/message.hpp>

namespace ramp::backend {

/// Where text goes: nowhere, to be measured; to memory, which is large enough because the text has
/// been measured; or in pieces to a function, such as one that writes to a stream.
/// Allocation: none.
class text_sink {
 public:
  constexpr text_sink() = default;
  constexpr explicit text_sink(char* memory) : memory_(memory) {}
  constexpr text_sink(void (*function)(void*, std::string_view), void* receiver)
      : function_(function), receiver_(receiver) {}

  constexpr text_sink& operator<<(std::string_view piece) {
    if (memory_ != nullptr) piece.copy(memory_ + size_, piece.size());
    if (function_ != nullptr) function_(receiver_, piece);
    size_ += piece.size();
    return *this;
  }
  constexpr text_sink& operator<<(std::integral auto number) {
    return *this << fixed_text<24>{}.append(number).view();
  }

  /// Characters so far.
  [[nodiscard]] constexpr std::size_t size() const { return size_; }

 private:
  char* memory_ = nullptr;
  void (*function_)(void*, std::string_view) = nullptr;
  void* receiver_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace ramp::backend
