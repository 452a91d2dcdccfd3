// SPDX-License-Identifier: BSL-1.0
#include <ramp/train/progress.hpp>

#include <catch2/catch.hpp>

#include <cstdio>
#include <memory>
#include <string>

using ramp::train::progress_line;
using ramp::train::progress_state;

namespace {

/// What is written to a file while this lives.
class recording {
 public:
  [[nodiscard]] std::FILE* file() const { return file_.get(); }
  [[nodiscard]] std::string text() const {
    std::rewind(file_.get());
    std::string written(4096, '\0');
    written.resize(std::fread(written.data(), 1, written.size(), file_.get()));
    return written;
  }

 private:
  struct closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, closer> file_{std::tmpfile()};
};

}  // namespace

TEST_CASE("a progress text", "[train]") {
  progress_state state{
      .epoch = 3, .epochs = 10, .step = 13, .steps = 25, .loss = 0.43124, .seconds = 6.3};
  CHECK(state.text() == "epoch 3/10 [==========          ]  52 %  loss 0.4312  18.7 s left");
  state = {.epoch = 1, .epochs = 2, .step = 0, .steps = 25, .loss = 2.5, .seconds = 0.0};
  CHECK(state.text() == "epoch 1/2 [                    ]   0 %  loss 2.5000");
  state = {.epoch = 2, .epochs = 2, .step = 25, .steps = 25, .loss = 0.25, .seconds = 9.0};
  CHECK(state.text() == "epoch 2/2 [====================] 100 %  loss 0.2500");
}

TEST_CASE("a progress line on a terminal is renewed, cut to the width, and removed", "[train]") {
  recording const out;
  auto const start = ramp::train::seconds_now();
  {
    progress_line line(out.file(), true, 10);
    line.show("too soon", start);
    line.show("123456789abc", start + 1.0);
    line.show("too soon", start + 1.05);
    line.show("next", start + 1.101);
    line.keep("stays, whatever its length");
    line.show("last", start + 2.0);
  }
  CHECK(out.text() ==
        "\r123456789\x1b[K\rnext\x1b[K"
        "\r\x1b[Kstays, whatever its length\n"
        "\rlast\x1b[K\r\x1b[K");
}

TEST_CASE("a progress line in a file is a few plain lines", "[train]") {
  recording const out;
  auto const start = ramp::train::seconds_now();
  {
    progress_line line(out.file());  // not a terminal, as it finds out itself
    for (int i = 0; i < 250; ++i) line.show("at " + std::to_string(i), start + i * 0.1 + 0.01);
    line.keep("done");
  }
  CHECK(out.text() == "at 100\nat 200\ndone\n");
}
