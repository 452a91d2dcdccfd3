// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstddef>
#include <cstdio>
#include <ctime>
#include <string_view>

#include <ramp/core/message.hpp>

namespace ramp::train {

/// Where training stands, as text: `epoch 3/10 [=====>    ]  52 %  loss 0.4312  2.1 s left`.
struct progress_state {
  std::size_t epoch = 0;  ///< counted from 1
  std::size_t epochs = 0;
  std::size_t step = 0;   ///< steps done in this epoch
  std::size_t steps = 0;  ///< steps in an epoch
  double loss = 0.0;
  double seconds = 0.0;  ///< since training began

  [[nodiscard]] fixed_text<160> text() const {
    constexpr std::size_t width = 20;
    auto const total = static_cast<double>(epochs) * static_cast<double>(steps);
    auto const done =
        static_cast<double>(epoch - 1) * static_cast<double>(steps) + static_cast<double>(step);
    auto const in_epoch = steps == 0 ? 1.0 : static_cast<double>(step) / static_cast<double>(steps);
    auto const filled = static_cast<std::size_t>((in_epoch < 1.0 ? in_epoch : 1.0) * width);
    constexpr std::string_view bar = "====================";
    constexpr std::string_view blank = "                    ";

    char numbers[64];
    fixed_text<160> line;
    line.append("epoch ").append(epoch).append("/").append(epochs).append(" [");
    line.append(bar.substr(0, filled)).append(blank.substr(filled)).append("]");
    std::snprintf(numbers, sizeof numbers, " %3d %%  loss %.4f", static_cast<int>(100.0 * in_epoch),
                  loss);
    line.append(std::string_view(numbers));
    if (done > 0.0 && done < total) {
      std::snprintf(numbers, sizeof numbers, "  %.1f s left", seconds / done * (total - done));
      line.append(std::string_view(numbers));
    }
    return line;
  }
};

/// Seconds on a clock that never goes back (<chrono> would be most of this header's compile time).
[[nodiscard]] inline double seconds_now() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// A line that is written over while work goes on. On a terminal it is renewed at most ten times a
/// second; elsewhere (a file, a pipe) it is a plain line at most every ten seconds.
/// Allocation: none.
class progress_line {
 public:
  explicit progress_line(std::FILE* out = stderr)
      : progress_line(out, isatty(fileno(out)) != 0, terminal_columns(out)) {}
  progress_line(std::FILE* out, bool terminal, std::size_t columns)
      : out_(out), terminal_(terminal), columns_(columns) {}
  progress_line(progress_line const&) = delete;
  progress_line& operator=(progress_line const&) = delete;
  ~progress_line() { clear(); }

  /// True when `show` would write: ask before you compute what to show.
  [[nodiscard]] bool due(double now = seconds_now()) const {
    return now - last_ >= (terminal_ ? 0.1 : 10.0);
  }

  /// Writes `text` if it is time to.
  void show(std::string_view text, double now = seconds_now()) {
    if (!due(now)) return;
    last_ = now;
    if (!terminal_) {
      print("", text, "\n");
      return;
    }
    print("\r", text.substr(0, columns_ - 1), "\x1b[K");
    visible_ = true;
  }

  /// Writes `text` as a line that stays.
  void keep(std::string_view text) {
    clear();
    print("", text, "\n");
  }

  /// Removes what `show` left on a terminal.
  void clear() {
    if (visible_) print("\r", "", "\x1b[K");
    visible_ = false;
  }

 private:
  void print(std::string_view before, std::string_view text, std::string_view after) {
    for (auto const part : {before, text, after}) std::fwrite(part.data(), 1, part.size(), out_);
    std::fflush(out_);
  }

  static std::size_t terminal_columns(std::FILE* out) {
    winsize size{};
    if (ioctl(fileno(out), TIOCGWINSZ, &size) != 0 || size.ws_col < 2) return 80;
    return size.ws_col;
  }

  std::FILE* out_;
  bool terminal_;
  std::size_t columns_;
  bool visible_ = false;
  double last_ = seconds_now();
};

}  // namespace ramp::train
