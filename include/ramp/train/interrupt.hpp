// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <csignal>

namespace ramp::train {

namespace detail {

inline volatile std::sig_atomic_t interrupt_requested = 0;

inline void note_interrupt(int number) {
  interrupt_requested = 1;
  std::signal(number, SIG_DFL);  // a second Ctrl-C ends the program at once
}

}  // namespace detail

/// While one of these lives, the first Ctrl-C only makes `requested()` true, so that a training
/// loop can stop after the current step and report what it has. One at a time.
class interrupt_guard {
 public:
  interrupt_guard() {
    detail::interrupt_requested = 0;
    before_ = std::signal(SIGINT, detail::note_interrupt);
  }
  interrupt_guard(interrupt_guard const&) = delete;
  interrupt_guard& operator=(interrupt_guard const&) = delete;
  ~interrupt_guard() { std::signal(SIGINT, before_ == SIG_ERR ? SIG_DFL : before_); }

  [[nodiscard]] bool requested() const { return detail::interrupt_requested != 0; }

 private:
  using handler = void (*)(int);
  handler before_ = SIG_DFL;
};

}  // namespace ramp::train
