// SPDX-License-Identifier: BSL-1.0
// The law of the checks: whatever is wrong in a derivative rule, one of them finds it. Every rule
// of op::table gets one error at a time, in its sign, a factor, a term, an operand or the policy;
// every mutant is found, or computes the same numbers.
#include "mutants.hpp"

#include <ramp/check/modes.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <string>

using namespace laws;
using ramp::check::entry;
using ramp::check::point;

namespace {

/// What finds a mutant.
enum class finder { differences, direction, tie, modes, nothing };

struct score {
  int made = 0;
  std::array<int, 4> found{};  // by the finder
  int equivalent = 0;

  [[nodiscard]] int caught() const { return found[0] + found[1] + found[2] + found[3]; }
  score& operator+=(score const& other) {
    made += other.made;
    equivalent += other.equivalent;
    for (std::size_t i = 0; i < found.size(); ++i) found[i] += other.found[i];
    return *this;
  }
};

struct scores {
  std::array<score, std::size(error_names)> of{};  // by the kind of error
  std::map<std::string, int> equivalent;           // what gives the same numbers, and how often
};

/// The derivative rules of one operation, and the points at which errors in them are looked for.
class examination {
 public:
  explicit examination(law_subject const& subject) : case_(subject.make(0.25)), scalar_(case_.g) {
    point weights;
    root_ = weighted_sum(scalar_, {case_.root}, weights);
    weights_ = weights[0];
    ramp::xoshiro256 random(7);
    points_.push_back(subject.regular(random));
    points_.push_back(subject.regular(random));
    first_tie_ = points_.size();
    add_ties();
    first_special_ = points_.size();
    for (double x : {0.0, 1.0, -1.0, 2.0, -2.0}) {
      points_.push_back(filled({x, 2.0, 2.5}));
      strengthen_diagonal(case_, points_.back());  // not all derivatives exist where det A = 0
    }
    others_.push_back(subject.regular(random));
    for (int i = 0; i < 30; ++i) {
      others_.push_back(random_point(case_.g, random));
      strengthen_diagonal(case_, others_.back());
    }
    direction_ = random_point(case_.g, random);
    expected_.resize(points_.size());
  }

  /// Plants every error in every rule, under policies of either kind for operations with kinks.
  void plant_errors(scores& all) {
    for (std::size_t k = 0; k < root().arity; ++k) {
      weighted_ = is_weighted(k);
      examine(detail::planter(case_, k, ramp::standard.value).plant(), ramp::standard.value, all);
      if (ramp::pass::detail::has_matrix_rules(root().operation))
        examine_forward(detail::planter(case_, k, ramp::standard.value, true).plant(), all);
      if (!has_ties()) continue;
      auto const policy = ramp::at_zero<0.25>.value;
      examine(detail::planter(case_, k, policy).plant(), policy, all);
      for (auto p : policies())
        examine(detail::planter(case_, k, p).plant_policies(policies()), p, all);
    }
  }

 private:
  [[nodiscard]] node const& root() const { return case_.g[case_.root]; }
  [[nodiscard]] bool has_ties() const { return first_special_ > first_tie_; }

  /// Whether the weight of a tie has a say in the rule of operand k. Not at a point with slopes in
  /// every direction, nor at a jump.
  [[nodiscard]] bool is_weighted(std::size_t k) const {
    auto const under = [&](ramp::kink_policy policy) {
      return detail::planter(case_, k, policy).plant_policies({}).g;
    };
    return under(ramp::at_zero<0.0>.value).nodes != under(ramp::at_zero<1.0>.value).nodes;
  }

  [[nodiscard]] std::vector<ramp::kink_policy> policies() const {
    std::vector<ramp::kink_policy> all;
    for (auto p : {ramp::standard.value, ramp::at_zero<0.0>.value, ramp::at_zero<0.25>.value,
                   ramp::at_zero<1.0>.value, ramp::symmetric.value, ramp::pytorch.value,
                   ramp::jax.value, ramp::tensorflow.value})
      if (!ramp::op::is_unstated(root().operation, p)) all.push_back(p);
    return all;
  }

  /// Up to rounding, which in matrices goes by their largest element. NaN is the same as NaN.
  [[nodiscard]] bool same_numbers(std::vector<double> const& x, std::vector<double> const& y,
                                  double tolerance = 1e-14) const {
    double largest = 0.0;
    if (ramp::op::is_matrix(root().operation))
      for (double e : y) largest = std::fmax(largest, std::fabs(e));
    for (std::size_t i = 0; i < x.size(); ++i) {
      bool const both_nan = std::isnan(x[i]) && std::isnan(y[i]);
      double const allowed = std::fmax(tolerance * std::fabs(y[i]), 1e-12 * largest);
      // nothing is near an infinity
      bool const near = std::isfinite(y[i]) && std::fabs(x[i] - y[i]) <= allowed;
      if (!both_nan && !near && x[i] != y[i]) return false;
    }
    return true;
  }

  /// Every element of an argument the same number.
  [[nodiscard]] point filled(std::array<double, 3> x) const {
    point at;
    for (std::size_t a = 0; a < case_.g.arguments.size(); ++a)
      at.emplace_back(static_cast<std::size_t>(case_.g.arguments[a].extents.elements()), x[a]);
    return at;
  }

  [[nodiscard]] ramp::check::pieces pieces_at(point const& at) const {
    return ramp::check::active_pieces(case_.g, ramp::check::evaluate_at(case_.g, at));
  }

  void add_ties() {
    constexpr std::size_t enough = 16;
    for (double a = -8.0; a <= 8.0; a += 0.5)
      for (double b : {0.0, -0.5, 1.0, 2.0})
        for (double c : {1.5, 0.0}) {
          if ((root().arity < 2 && b != 0.0) || (root().arity < 3 && c != 1.5)) continue;
          auto const at = filled({a, b, c});
          auto const here = pieces_at(at);
          if (here.on_kink && here.in_domain && points_.size() < first_tie_ + enough)
            points_.push_back(at);
        }
  }

  void examine(planted_rule const& planted, ramp::kink_policy policy, scores& all) {
    REQUIRE(ramp::ir::verify(planted.g) == "");
    REQUIRE(found_by(planted, planted.right, policy) == finder::nothing);
    for (mutant const& m : planted.mutants) {
      score& s = all.of[static_cast<std::size_t>(m.kind)];
      ++s.made;
      auto const by = found_by(planted, m.adjoint, policy);
      if (by != finder::nothing) {
        ++s.found[static_cast<std::size_t>(by)];
      } else if (computes_the_same(planted, m.adjoint)) {
        ++s.equivalent;
        ++all.equivalent[description(planted, m)];
      } else {
        FAIL_CHECK("not found: " << description(planted, m));
      }
    }
  }

  /// The forward rule must say what the reverse rule does, in which there are no errors.
  void examine_forward(planted_rule const& planted, scores& all) {
    REQUIRE(ramp::ir::verify(planted.g) == "");
    auto const a = static_cast<std::size_t>(planted.argument);
    auto right = [&](point const& at) {
      auto const gradient = ramp::check::reverse_gradient(
          scalar_, root_, {planted.argument}, with_weights(at), ramp::standard.value);
      return dot(gradient[0], direction_[a]);
    };
    auto differs = [&](int moved, point const& at) {
      return !same_numbers({dot(weights_, how_root_moves(planted, moved, at))}, {right(at)});
    };
    for (point const& at : others_) REQUIRE(!differs(planted.right, at));
    for (mutant const& m : planted.mutants) {
      score& s = all.of[static_cast<std::size_t>(m.kind)];
      ++s.made;
      bool const found = std::any_of(others_.begin(), others_.end(),
                                     [&](point const& at) { return differs(m.adjoint, at); });
      bool const same = std::all_of(others_.begin(), others_.end(), [&](point const& at) {
        return same_numbers(how_root_moves(planted, m.adjoint, at),
                            how_root_moves(planted, planted.right, at));
      });
      if (found) {
        ++s.found[static_cast<std::size_t>(finder::modes)];
      } else if (same) {
        ++s.equivalent;
        ++all.equivalent["forward, " + description(planted, m)];
      } else {
        FAIL_CHECK("not found: forward, " << description(planted, m));
      }
    }
  }

  static double dot(std::vector<double> const& x, std::vector<double> const& y) {
    double sum = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) sum += x[i] * y[i];
    return sum;
  }

  [[nodiscard]] std::vector<double> how_root_moves(planted_rule const& planted, int moved,
                                                   point at) const {
    at.push_back(direction_[static_cast<std::size_t>(planted.argument)]);
    auto const e = ramp::check::evaluate_at(planted.g, at);
    return ramp::check::values_of(planted.g, e, moved, weights_.size());
  }

  [[nodiscard]] std::string description(planted_rule const& planted, mutant const& m) const {
    auto const a = static_cast<std::size_t>(planted.argument);
    return std::string(ramp::op::facts_of(root().operation).name) + " by " +
           std::string(planted.g.arguments[a].name) + ": " +
           std::string(error_names[static_cast<std::size_t>(m.kind)]) + ", " + m.what;
  }

  finder found_by(planted_rule const& planted, int adjoint, ramp::kink_policy policy) {
    auto const a = static_cast<std::size_t>(planted.argument);
    for (std::size_t p = 0; p < points_.size(); ++p) {
      auto const values = received(planted, adjoint, points_[p]);
      if (ramp::check::compare_gradient(expected(p, a), {values}).different > 0)
        return finder::differences;
      if (p < first_tie_ || p >= first_special_) continue;
      if (differs_along(p, a, values, policy)) return finder::direction;
      if (policy.rule == ramp::kink_rule::at_zero && weighted_ &&
          weighs_wrong(planted, adjoint, p, policy.s))
        return finder::tie;
    }
    for (auto const* set : {&points_, &others_})
      for (point const& at : *set)
        if (pieces_at(at).in_domain &&
            !same_numbers(forward(at, a, policy), received(planted, adjoint, at), 1e-10))
          return finder::modes;
    return finder::nothing;
  }

  [[nodiscard]] point with_weights(point at) const {
    at.push_back(weights_);
    return at;
  }

  /// What an operand gets from a rule.
  [[nodiscard]] std::vector<double> received(planted_rule const& planted, int adjoint,
                                             point const& at) const {
    auto const e = ramp::check::evaluate_at(planted.g, with_weights(at));
    return ramp::check::values_of(planted.g, e, adjoint,
                                  at[static_cast<std::size_t>(planted.argument)].size());
  }

  /// What it should get, by differences, element by element.
  std::vector<entry> const& expected(std::size_t p, std::size_t a) {
    auto& at_point = expected_[p];
    at_point.resize(case_.g.arguments.size());
    if (at_point[a].empty()) {
      at_point[a] = ramp::check::numerical_gradient(scalar_, root_, {static_cast<int>(a)},
                                                    with_weights(points_[p]));
      if (root().is(code<ramp::op::stop_gradient>))  // flat by design
        for (entry& e : at_point[a]) e.lower = e.upper = 0.0;
    }
    return at_point[a];
  }

  /// By differences along the direction in which all elements move alike, and a tie stays one. The
  /// other operands get what is right.
  [[nodiscard]] bool differs_along(std::size_t p, std::size_t a, std::vector<double> const& values,
                                   ramp::kink_policy policy) const {
    auto const at = with_weights(points_[p]);
    point gradient = ramp::check::reverse_gradient(scalar_, root_, case_.wrt(), at, policy);
    gradient[a] = values;
    point direction;
    for (auto const& x : points_[p]) direction.emplace_back(x.size(), 1.0);
    return ramp::check::compare_directional_derivative(scalar_, root_, case_.wrt(), at, direction,
                                                       gradient)
               .different > 0;
  }

  /// Under at_zero<s>, whatever an operand gets at a tie is s times what it gets a little above it,
  /// by the first operand, and 1 - s times what it gets a little below.
  [[nodiscard]] bool weighs_wrong(planted_rule const& planted, int adjoint, std::size_t p,
                                  double s) const {
    auto beside = [&](double by) {
      point at = points_[p];
      for (double& x : at[0]) x += by;
      return received(planted, adjoint, at);
    };
    auto const here = received(planted, adjoint, points_[p]);
    auto const above = beside(0x1p-30);
    auto const below = beside(-0x1p-30);
    for (std::size_t i = 0; i < here.size(); ++i) {
      double const mixed = s * above[i] + (1.0 - s) * below[i];
      if (!(std::fabs(here[i] - mixed) <= 1e-6 * std::fmax(1.0, std::fabs(mixed)))) return true;
    }
    return false;
  }

  [[nodiscard]] std::vector<double> forward(point const& at, std::size_t a,
                                            ramp::kink_policy policy) const {
    return ramp::check::forward_jacobian(scalar_, root_, {static_cast<int>(a)}, with_weights(at),
                                         policy)[0];
  }

  /// In the domain of the operation.
  [[nodiscard]] bool computes_the_same(planted_rule const& planted, int adjoint) const {
    for (auto const* set : {&points_, &others_})
      for (point const& at : *set)
        if (pieces_at(at).in_domain &&
            !same_numbers(received(planted, adjoint, at), received(planted, planted.right, at)))
          return false;
    return true;
  }

  one_case case_;
  graph scalar_;  // the case's result, weighted and summed
  int root_ = -1;
  std::vector<double> weights_;
  // regular points; ties, at which all elements tie alike; points at which derivatives are special
  std::vector<point> points_;
  std::size_t first_tie_ = 0;
  std::size_t first_special_ = 0;
  bool weighted_ = false;  // the rule that is examined
  std::vector<point> others_;
  point direction_;  // of every argument, for forward rules
  std::vector<std::vector<std::vector<entry>>> expected_;  // by point and argument, when needed
};

}  // namespace

TEST_CASE("every derivative rule: a planted error is found", "[laws]") {
  scores all;
  for (auto const& subject : operations()) {
    auto const c = subject.make(0.25);
    if (ramp::op::facts_of(c.g[c.root].operation).name != subject.name) continue;  // a composite
    INFO(subject.name);
    examination(subject).plant_errors(all);
  }

  score total;
  auto print = [](std::string_view name, score const& s) {
    std::printf("%-18s %6d %6d %13d %12d %8d %8d %17d\n", name.data(), s.made, s.caught(),
                s.found[0], s.found[1], s.found[2], s.found[3], s.equivalent);
  };
  std::printf(
      "planted errors       made  found  by differences  a direction  at ties  "
      "in modes  the same numbers\n");
  for (std::size_t i = 0; i < all.of.size(); ++i) {
    print(error_names[i], all.of[i]);
    total += all.of[i];
    CHECK(all.of[i].made > 50);
  }
  print("in all", total);
  std::printf("No errors, for they give the same numbers at every point:\n");
  for (auto const& [what, times] : all.equivalent) std::printf("  %s (%d)\n", what.c_str(), times);
  std::printf("MUTANTS: found %d of %d, and %d that are equivalent\n", total.caught(), total.made,
              total.equivalent);
  CHECK(total.caught() + total.equivalent == total.made);
}
