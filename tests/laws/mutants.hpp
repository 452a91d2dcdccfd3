// SPDX-License-Identifier: BSL-1.0
#pragma once

// Derivative rules with one planted error each. All mutants of a rule are nodes of one graph, so
// one evaluation computes all, and a change that changes nothing is told by its being the same
// node.

#include <ramp/ir/verify.hpp>
#include <ramp/pass/differentiate.hpp>

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cases.hpp"

namespace laws {

enum class error_kind { sign, factor, dropped_term, wrong_operand, wrong_policy };
inline constexpr std::string_view error_names[] = {"sign", "factor", "dropped term",
                                                   "wrong operand", "off-by-one policy"};

struct mutant {
  error_kind kind;
  std::string what;
  int adjoint = -1;  // what the operand would receive: a node, or -1 for nothing
};

/// The derivative rule of operand k of a case's root under a policy, and its mutants. The adjoint
/// of the root is the last argument, or, of a forward rule, the tangent of the operand.
struct planted_rule {
  graph g;
  int argument = 0;  // that operand k is
  int right = -1;    // what it receives, or how the root moves
  std::vector<mutant> mutants;
};

namespace detail {

class planter {
 public:
  /// `forward`: the forward rule, of operations on matrices that have one.
  planter(one_case const& c, std::size_t k, ramp::kink_policy policy, bool forward = false)
      : node_(c.g[c.root]), k_(k), forward_(forward) {
    made_.g = c.g;
    made_.argument = made_.g[node_.operand[k]].attribute[0];
    argument(made_.g, "given", forward ? made_.g[node_.operand[k]].result_shape()
                                       : node_.result_shape());
    if (has_matrices())
      rule_.emplace(ramp::pass::detail::matrix_rule(made_.g, node_, c.root, policy));
    else rule_.emplace(made_.g, node_, c.root, policy);
    adjoint_ = argument_value();
    for (std::size_t i = 0; i < node_.arity; ++i)
      outside_.push_back(moves() ? ramp::ir::value_of(made_.g, node_.operand[i]) : rule_->x[i]);
    outside_.push_back(rule_->y);
    outside_.push_back(adjoint_);
    first_ = made_.g.size();
    result_ = applied(k, policy);
    last_ = made_.g.size();
    made_.right = received(result_);
  }
  planter(planter const&) = delete;

  planted_rule plant() && {
    if (result_.absent()) {
      add(error_kind::factor, "1 for 0", adjoint_);
    } else {
      add(error_kind::sign, "the result", -result_);
      add(error_kind::factor, "the result", result_ * 1.5);
      add(error_kind::dropped_term, "the result", {});
      for (value const& v : outside_) add(error_kind::dropped_term, "all but an operand", v);
      for (int i = first_; i < last_; ++i) change_node(i);
    }
    for (std::size_t other = 0; other < node_.arity; ++other)
      if (!forward_ || rule_->x[other].space == rule_->x[k_].space)
        add(error_kind::wrong_operand, "the rule of another operand",
            applied(other, rule_->policy));
    return std::move(made_);
  }

  /// The same rule under another policy: one mutant, if it is another rule.
  planted_rule plant_policies(std::vector<ramp::kink_policy> const& policies) && {
    for (auto p : policies) add(error_kind::wrong_policy, "another policy", applied(k_, p));
    return std::move(made_);
  }

 private:
  [[nodiscard]] bool moves() const { return ramp::pass::detail::moves_elements(node_.operation); }
  /// Of what a rule on matrices returns.
  [[nodiscard]] shape whole_shape() const {
    return forward_ ? node_.result_shape() : ramp::ir::matrix_shape(node_, static_cast<int>(k_));
  }
  [[nodiscard]] bool has_matrices() const {
    return ramp::pass::detail::has_matrix_rules(node_.operation);
  }
  value argument_value() {
    int const last = static_cast<int>(made_.g.arguments.size()) - 1;
    if (forward_) {
      value tangent = rule_->x[k_];
      tangent.index = made_.g.argument_node(last);
      return tangent;
    }
    if (has_matrices()) return ramp::ir::value_of(made_.g, made_.g.argument_node(last));
    return {&made_.g, made_.g.argument_node(last), axis_map::identity(node_.rank),
            moves() ? node_.result_shape() : node_.iteration};
  }

  value applied(std::size_t k, ramp::kink_policy policy) {
    rule_->k = static_cast<int>(k);
    rule_->g = adjoint_;
    auto const own = std::exchange(rule_->policy, policy);
    value result = forward_ ? ramp::pass::detail::apply_push(*rule_)
                            : ramp::pass::detail::apply_rule(*rule_);
    rule_->policy = own;
    return result;
  }

  /// What the operand gets of a rule's result, as the reverse pass has it; -1 if nothing.
  int received(value part) {
    if (part.absent()) return -1;
    if (moves() || forward_) return ramp::ir::materialized(part);
    if (has_matrices()) {
      int const rank = made_.g[node_.operand[k_]].rank;
      axis_map const map = ramp::ir::matrix_map(node_, static_cast<int>(k_), rank);
      return ramp::ir::reduce_to<ramp::op::sum>(part, map, rank).index;
    }
    part.space = node_.iteration;
    return ramp::ir::reduce_to<ramp::op::sum>(part, node_.map[k_], made_.g[node_.operand[k_]].rank)
        .index;
  }

  void add(error_kind kind, std::string what, value const& part) {
    shape const expected = made_.g.arguments[static_cast<std::size_t>(made_.argument)].extents;
    if (moves() && !part.absent() && !(part.space == expected)) return;
    if (has_matrices() && !part.absent() && !(part.space == whole_shape())) return;
    int const adjoint = received(part);
    if (adjoint == made_.right || !seen_.insert(adjoint).second) return;
    made_.mutants.push_back({kind, std::move(what), adjoint});
  }

  /// The rule's nodes made again, changed by `edit` before they are inserted and by `wrap` after.
  void rebuild(error_kind kind, std::string const& what,
               std::function<void(int, node&)> const& edit,
               std::function<int(int, int)> const& wrap = nullptr) {
    ramp::list<int> renumbered;
    for (int i = 0; i < last_; ++i) {
      renumbered.push_back(i);
      if (i < first_) continue;
      node n = made_.g[i];
      for (std::size_t k = 0; k < n.arity; ++k)
        n.operand[k] = renumbered[static_cast<std::size_t>(n.operand[k])];
      if (edit) edit(i, n);
      renumbered.back() = made_.g.intern(n);
      if (wrap) renumbered.back() = wrap(i, renumbered.back());
    }
    value part = result_;
    part.index = renumbered[static_cast<std::size_t>(part.index)];
    add(kind, what, part);
  }

  void change_node(int at) {
    node const n = made_.g[at];
    std::string const name(ramp::op::facts_of(n.operation).name);
    auto value_changed = [&](error_kind kind, auto edit) {
      rebuild(kind, "the value of " + name, nullptr, [&](int i, int made) {
        return i == at ? ramp::ir::materialized(edit(ramp::ir::value_of(made_.g, made))) : made;
      });
    };
    value_changed(error_kind::sign, [](value const& v) { return -v; });
    value_changed(error_kind::factor, [](value const& v) { return v * 1.5; });
    auto changed = [&](error_kind kind, std::string const& what, auto edit) {
      rebuild(kind, what + " " + name, [&](int i, node& m) {
        if (i == at) edit(m);
      });
    };
    if (ramp::op::facts_of(n.operation).attributed) {
      changed(error_kind::wrong_policy, "the other weight in",
              [](node& m) { m.value = 1 - m.value; });
      changed(error_kind::wrong_policy, "one more weight in", [](node& m) { m.value += 1; });
    }
    if (ramp::op::is_elementwise(n.operation)) change_operands(at, n, name);
    if (ramp::op::facts_of(n.operation).kind == ramp::op::category::scan)
      changed(error_kind::wrong_operand, "the other direction of",
              [](node& m) { m.attribute[2] = -m.attribute[2]; });
    if (ramp::op::is_matrix(n.operation)) {
      auto const square = ramp::ir::dimensions_of(n, 0);
      axis_map transposed = axis_map::identity(n.iteration.rank);
      transposed.set(square.rows, square.columns);
      transposed.set(square.columns, square.rows);
      changed(error_kind::wrong_operand, "the transposed operand of", [&](node& m) {
        m.map[0] = transposed.after(m.map[0], made_.g[m.operand[0]].rank);
      });
      if (n.is(code<ramp::op::triangular_solve>))
        changed(error_kind::wrong_operand, "the other triangle in",
                [](node& m) { m.attribute[0] = 1 - m.attribute[0]; });
    }
    if (n.is(code<ramp::op::slice>) || n.is(code<ramp::op::pad>))
      for (int by : {-1, 1}) {
        graph trial = made_.g;
        node moved = n;
        moved.attribute[1] += by;
        trial.intern(moved);
        if (ramp::ir::verify(trial) == "")
          changed(error_kind::wrong_operand, "elements one further in",
                  [&](node& m) { m.attribute[1] += by; });
      }
  }

  static bool commutes(ramp::ir::opcode operation) {
    namespace op = ramp::op;
    return operation == code<op::add> || operation == code<op::mul> ||
           operation == code<op::equal> || operation == code<op::not_equal>;
  }

  void change_operands(int at, node const& n, std::string const& name) {
    for (std::size_t k = 0; k < n.arity; ++k) {
      std::string const where = " operand " + std::to_string(k) + " of " + name;
      auto changed = [&](error_kind kind, std::string const& what, auto edit) {
        rebuild(kind, what + where, [&](int i, node& m) {
          if (i == at) edit(m);
        });
      };
      changed(error_kind::sign, "-",
              [&](node& m) { m.operand[k] = (-ramp::ir::value_of(made_.g, m.operand[k])).index; });
      changed(error_kind::dropped_term, "all but", [&](node& m) {
        node view;
        view.operation = code<ramp::op::view>;
        view.arity = 1;
        view.rank = m.rank;
        view.iteration = m.iteration;
        view.operand[0] = m.operand[k];
        view.map[0] = m.map[k];
        m = view;
      });
      for (value const& other : outside_)
        if (n.operand[k] < first_ && other.space == n.iteration)
          changed(error_kind::wrong_operand, "another value for", [&](node& m) {
            m.operand[k] = other.index;
            m.map[k] = other.map;
          });
      for (std::size_t j = 0; j < k && !commutes(n.operation); ++j)
        changed(error_kind::wrong_operand, "exchanged", [&](node& m) {
          std::swap(m.operand[j], m.operand[k]);
          std::swap(m.map[j], m.map[k]);
        });
    }
  }

  planted_rule made_;
  node node_;
  std::size_t k_;
  bool forward_;
  std::optional<ramp::pass::rule> rule_;
  value adjoint_;
  value result_;
  std::vector<value> outside_;  // what the rule is given
  int first_ = 0;               // of the rule's own nodes
  int last_ = 0;
  std::set<int> seen_;
};

}  // namespace detail
}  // namespace laws
