// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>

#include <ramp/core/message.hpp>

namespace ramp {

/// What can be wrong with data that is known at run time only.
enum class error_kind : std::uint8_t {
  empty_input,         ///< no samples were given
  wrong_length,        ///< `actual` elements where `expected` are needed
  incomplete_sample,   ///< `actual` elements are no whole number of samples of `expected` elements
  label_out_of_range,  ///< label `actual` of `expected` classes
  index_out_of_range,  ///< index `actual` into `expected` items
  not_finite,          ///< an element is infinite or not a number: `value`
  loss_not_finite,     ///< the loss is infinite or not a number: `value`
  kink_hit,            ///< under trap_and_stop: the operation `name` is at a kink
  outside_domain,      ///< under trap_and_stop: `name` has no finite value or derivative
};

/// "No sample" or "no element" in an `error`.
inline constexpr std::size_t no_position = static_cast<std::size_t>(-1);

/// Which input was wrong, where, and how. Which members count depends on `kind`.
/// `name` must outlive the error; the names of inputs are literals, so they do.
struct error {
  error_kind kind{};
  std::string_view name{};
  std::size_t sample = no_position;
  std::size_t element = no_position;
  std::int64_t expected = 0;
  std::int64_t actual = 0;
  double value = 0.0;
  /// Says that the call had a model to change and did not change it.
  bool state_unchanged = false;

  /// One sentence, such as
  /// `input "image": sample 17, element 203 is not finite (NaN); the model state is unchanged`.
  /// Allocation: none; names beyond 80 characters are shortened.
  [[nodiscard]] constexpr fixed_text<256> message() const;

  friend constexpr bool operator==(error const&, error const&) = default;
};

namespace detail {

/// Where a result keeps its value or its error. Of plain data it is plain data: copied as bytes,
/// and in constant expressions too.
template <class T, class E,
          bool Plain = std::is_trivially_copyable_v<T> && std::is_trivially_copyable_v<E>>
struct result_storage {
  constexpr explicit result_storage(T&& given) : value(std::move(given)), has_value(true) {}
  constexpr explicit result_storage(E&& given) : error(std::move(given)), has_value(false) {}

  union {
    T value;
    E error;
  };
  bool has_value;
};

// Placement new, not std::construct_at: <memory> would be most of this header's compile time.
template <class T, class E>
struct result_storage<T, E, false> {
  explicit result_storage(T&& given) : value(std::move(given)), has_value(true) {}
  explicit result_storage(E&& given) : error(std::move(given)), has_value(false) {}
  result_storage(result_storage const& other) : has_value(other.has_value) { construct(other); }
  result_storage(result_storage&& other) noexcept : has_value(other.has_value) {
    construct(std::move(other));
  }
  result_storage& operator=(result_storage other) noexcept {
    destroy();
    has_value = other.has_value;
    construct(std::move(other));
    return *this;
  }
  ~result_storage() { destroy(); }

  template <class Other>
  void construct(Other&& other) {
    if (has_value)
      ::new (static_cast<void*>(&value)) T(std::forward<Other>(other).value);
    else
      ::new (static_cast<void*>(&error)) E(std::forward<Other>(other).error);
  }
  void destroy() {
    if (has_value)
      value.~T();
    else
      error.~E();
  }

  union {
    T value;
    E error;
  };
  bool has_value;
};

}  // namespace detail

/// A value, or the error in whose place it would stand. No exceptions, no allocation; usable in
/// constant expressions where the value is trivially copyable.
/// `if (auto loss = step(...)) use(loss.value()); else show(loss.error().message());`
template <class T, class E = error>
class [[nodiscard]] result {
  static_assert(!std::is_same_v<T, E>, "ramp: a result's value and its error need two types");

 public:
  using value_type = T;
  using error_type = E;

  // NOLINTBEGIN(google-explicit-constructor): `return loss;` and `return error{...};` read best
  constexpr result(T value) : held_(std::move(value)) {}
  constexpr result(E error) : held_(std::move(error)) {}
  // NOLINTEND(google-explicit-constructor)

  [[nodiscard]] constexpr explicit operator bool() const { return held_.has_value; }
  [[nodiscard]] constexpr bool has_value() const { return held_.has_value; }

  /// Precondition: `*this` holds a value. Otherwise the program ends with a trap.
  [[nodiscard]] constexpr T& value() & { return need(held_.has_value), held_.value; }
  [[nodiscard]] constexpr T const& value() const& { return need(held_.has_value), held_.value; }
  [[nodiscard]] constexpr T&& value() && { return need(held_.has_value), std::move(held_.value); }
  /// The value, or `other` where there is none.
  [[nodiscard]] constexpr T value_or(T other) const& {
    return held_.has_value ? held_.value : other;
  }

  /// Precondition: `*this` holds an error. Otherwise the program ends with a trap.
  [[nodiscard]] constexpr E const& error() const { return need(!held_.has_value), held_.error; }

 private:
  static constexpr void need(bool held) {
    if (!held) __builtin_trap();
  }

  detail::result_storage<T, E> held_;
};

/// Success, or an error: what a call returns that only writes to the caller's memory.
template <class E>
class [[nodiscard]] result<void, E> {
 public:
  using value_type = void;
  using error_type = E;

  constexpr result() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): `return error{...};` reads best
  constexpr result(E error) : error_(std::move(error)), has_value_(false) {}

  [[nodiscard]] constexpr explicit operator bool() const { return has_value_; }
  [[nodiscard]] constexpr bool has_value() const { return has_value_; }
  /// Precondition: `*this` holds an error. Otherwise the program ends with a trap.
  [[nodiscard]] constexpr E const& error() const {
    if (has_value_) __builtin_trap();
    return error_;
  }

 private:
  E error_{};
  bool has_value_ = true;
};

namespace detail {

constexpr std::string_view describe_not_finite(double value) {
  if (value != value) return "NaN";
  return value > 0.0 ? "infinity" : "-infinity";
}

constexpr std::string_view plural(std::int64_t count, std::string_view one, std::string_view many) {
  return count == 1 ? one : many;
}

}  // namespace detail

constexpr fixed_text<256> error::message() const {
  fixed_text<256> text;
  bool const trapped = kind == error_kind::kink_hit || kind == error_kind::outside_domain;
  if (!name.empty() && !trapped)
    text.append("input \"").append(name.substr(0, 80)).append("\": ");
  auto const elements = [](std::int64_t n) { return detail::plural(n, " element", " elements"); };
  auto const place = [&] {
    if (sample != no_position) text.append("sample ").append(sample);
    if (sample != no_position && element != no_position) text.append(", ");
    if (element != no_position) text.append("element ").append(element);
    if (sample == no_position && element == no_position) text.append("the value");
  };
  switch (kind) {
    case error_kind::empty_input: text.append("no samples were given"); break;
    case error_kind::wrong_length:
      text.append(expected).append(elements(expected)).append(" expected, ");
      text.append(actual).append(" given");
      break;
    case error_kind::incomplete_sample:
      text.append(actual).append(elements(actual));
      text.append(" are not a whole number of samples of ").append(expected);
      text.append(elements(expected));
      break;
    case error_kind::label_out_of_range:
      place();
      text.append(" is label ").append(actual).append("; the classes are 0 to ");
      text.append(expected - 1);
      break;
    case error_kind::index_out_of_range:
      place();
      text.append(" is index ").append(actual).append("; the indices are 0 to ");
      text.append(expected - 1);
      break;
    case error_kind::not_finite:
      place();
      text.append(" is not finite (").append(detail::describe_not_finite(value)).append(")");
      break;
    case error_kind::loss_not_finite:
      text.append("the loss is not finite (").append(detail::describe_not_finite(value));
      text.append(")");
      break;
    case error_kind::kink_hit:
    case error_kind::outside_domain:
      if (sample != no_position) text.append("sample ").append(sample).append(": ");
      text.append(name.substr(0, 80)).append(name.size() > 80 ? "... is " : " is ");
      text.append(kind == error_kind::kink_hit ? "at a kink" : "outside of its domain");
      break;
  }
  if (state_unchanged) text.append("; the model state is unchanged");
  return text;
}

}  // namespace ramp
