// SPDX-License-Identifier: BSL-1.0
#include <ramp/backend/text/sink.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

using ramp::backend::text_sink;

namespace {

constexpr void write(text_sink& out) {
  out << "rows " << 12 << "" << ", columns " << -3 << " of ";
  out << std::numeric_limits<long long>::min();
}
constexpr std::string_view written = "rows 12, columns -3 of -9223372036854775808";

constexpr auto in_memory = [] {
  std::array<char, written.size()> memory{};
  text_sink sink(memory.data());
  write(sink);
  return memory;
}();

}  // namespace

TEST_CASE("a sink measures, fills memory or calls a function", "[text]") {
  static_assert([] {
    text_sink nowhere;
    write(nowhere);
    return nowhere.size();
  }() == written.size());
  static_assert(std::string_view(in_memory.data(), in_memory.size()) == written);

  std::vector<std::string> pieces;
  text_sink to_function(
      [](void* to, std::string_view piece) {
        static_cast<std::vector<std::string>*>(to)->emplace_back(piece);
      },
      &pieces);
  write(to_function);
  CHECK(to_function.size() == written.size());
  std::string whole;
  for (auto const& piece : pieces) whole += piece;
  CHECK(whole == written);
  CHECK(pieces[0] == "rows ");
  CHECK(pieces[1] == "12");
}
