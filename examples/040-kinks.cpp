// SPDX-License-Identifier: BSL-1.0
// What every policy answers where compositions have no derivative, beside what would be right.

#include <cstddef>
#include <cstdio>
#include <string>
#include <vector>

#include "support/answers.hpp"

using namespace ramp;
using namespace ramp::literals;
using namespace composites;

namespace {

// A program says which policy it wants. This function is 0 everywhere, and has several kinks at 0.
constexpr auto x = variable<"x">;
constexpr auto zero = relu(x) - relu(x - relu(-x));
static_assert(compile(derivative(zero, wrt(x)))(x = 0.0) == 0.0);
static_assert(compile(derivative(zero, wrt(x), at_zero<1.0>))(x = 0.0) == -1.0);
static_assert(compile(derivative(zero, wrt(x), directional(1_c)))(x = 0.0) == 0.0);
static_assert(compile(derivative(zero, wrt(x), lexicographic))(x = 0.0) == 0.0);

// Here every policy is asked about many functions, on graphs that are made at run time.

std::vector<std::string> answers(composite const& c, rewriting spellings) {
  std::vector<std::string> texts;
  for (policy const& p : policies) texts.push_back(p.ask(c, spellings).text());
  return texts;
}

/// One line, with a column for each policy.
void show_line(std::string const& function, std::string const& right,
               std::vector<std::string> const& texts) {
  std::printf("%-40s %8s", function.c_str(), right.c_str());
  for (std::string const& t : texts) std::printf(" %6s", t.c_str());
  std::printf("\n");
}

/// A line for each answer, with those who give it.
void show_groups(std::vector<std::string> const& texts) {
  std::vector<char> is_shown(texts.size(), 0);
  for (std::size_t p = 0; p < texts.size(); ++p) {
    if (is_shown[p] != 0) continue;
    std::string who;
    for (std::size_t q = p; q < texts.size(); ++q)
      if (texts[q] == texts[p]) {
        who += (who.empty() ? "" : ", ") + std::string(policies[q].heading);
        is_shown[q] = 1;
      }
    std::printf("    %-26s %s\n", texts[p].c_str(), who.c_str());
  }
}

}  // namespace

int main() {
  std::vector<composite> const one = of_one(), several = of_several();

  // A second line says what rewriting makes of the spelling, where that changes an answer.
  std::printf("[one]\n");
  std::vector<std::string> headings;
  for (policy const& p : policies) headings.push_back(p.heading);
  show_line("at 0 unless said", "right", headings);
  for (composite const& c : one) {
    auto const spelled = answers(c, rewriting::off), rewritten = answers(c, rewriting::on);
    show_line(c.text, c.right.text, spelled);
    if (rewritten != spelled) show_line("  rewritten", "", rewritten);
  }

  std::printf("[several]\n");
  for (composite const& c : several) {
    auto const spelled = answers(c, rewriting::off), rewritten = answers(c, rewriting::on);
    std::printf("%s: %s\n", c.text.c_str(), c.right.text.c_str());
    show_groups(spelled);
    if (rewritten == spelled) continue;
    std::printf("  rewritten\n");
    show_groups(rewritten);
  }

  std::printf("[counts]\n");
  std::vector<composite> all = one;
  all.insert(all.end(), several.begin(), several.end());
  bool is_kept = true;  // what some policies promise
  for (rewriting spellings : {rewriting::off, rewriting::on}) {
    std::printf("%s\n", spellings == rewriting::off ? "as spelled, by the chain rule alone:"
                                                    : "rewritten, as in every program:");
    for (policy const& p : policies) {
      tally const t = tally_of(p, all, spellings);
      std::printf("%s: right %d of %d\n", p.name, t.right, t.asked);
      is_kept = is_kept && (!p.promises || t.right == t.asked);
    }
  }
  return is_kept ? 0 : 1;
}
