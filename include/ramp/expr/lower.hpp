// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include <ramp/core/list.hpp>
#include <ramp/expr/builder.hpp>
#include <ramp/expr/expression.hpp>
#include <ramp/expr/leaf.hpp>

// The only place that knows both expression types and the graph.

namespace ramp {

/// What a lowered expression is to its program.
enum class lowered_kind : std::uint8_t {
  value,   ///< handed to the caller
  update,  ///< the new value of argument `target`
  counter  ///< how many elements hit a trap
};

struct lowered_root {
  lowered_kind kind{};
  int node = -1;
  int target = -1;
  shape extents;  // the node may be one number for all elements of a constant
};

/// An expression as a graph.
///
/// A program over samples is written for one of them, and `mean_over_batch(e)` says where they come
/// together. There the graph is cut: node `means[i].node`, e times the weight of a sample, is to be
/// computed for each sample, and the rest of the graph reads its sum as argument
/// `means[i].argument`. A gradient that passes through the cut adds sums of its own, one for each
/// parameter, so that weight decay and the like, which are outside of the mean, need no care.
/// Arguments are in order of first appearance; so are, among them, the parameters. Raw numbers of
/// an expression value come first, without names.
struct lowered {
  ir::graph graph;
  list<lowered_root> roots;
  list<detail::batch_mean> means;
  detail::program_faults faults{};
  bool asks_for_traps = false;
  list<pass::trap_site> traps;  // one for each root that is a counter, in their order
};

/// Whether common spellings of one function become one (pass/rewrite.hpp), as in every program that
/// is compiled. Without, a derivative at a kink is what the chain rule alone makes of the spelling.
enum class rewriting : bool { off, on };

namespace detail {

/// What happens to raw numbers: they become constants, or numbered arguments.
enum class literals_are : std::uint8_t { constants, arguments };

class lowering {
 public:
  struct builder builder;

  constexpr explicit lowering(kink_policy policy, rewriting spellings = rewriting::on)
      : buckets_(64, -1) {
    builder.set_policy(policy);
    builder.rewrites = spellings == rewriting::on;
  }

  /// The numbers of the expression that is lowered next.
  constexpr void use_constants(double const* numbers) {
    numbers_ = numbers;
    base_ = -1;
  }
  constexpr void use_arguments(int count) {
    base_ = static_cast<int>(builder.graph.arguments.size());
    for (int i = 0; i < count; ++i)
      builder.graph.arguments.push_back({"", ir::argument_kind::number, {}, 0});
  }

  /// The value of an expression whose numbers start at number `first`. An expression without
  /// numbers is lowered once, however often it occurs.
  template <class Expression>
  constexpr value visit(int first) {
    if constexpr (Expression::literal_count != 0 || is_leaf<Expression>) {
      return Expression::lower(*this, first);
    } else {
      std::uint64_t const hash = Expression::identity ^ key_of(builder.policy);
      void const* const type = &address_of_type<Expression>;
      if (entry const* known = find(hash, type)) return known->result;
      value const made = Expression::lower(*this, first);
      remember({hash, type, builder.policy, made});
      return made;
    }
  }

  template <class Function, class... Operands>
  constexpr value function(int first) {
    kink_policy const outer = builder.policy;
    constexpr bool differentiates = requires { Function::inner_policy; };
    if constexpr (differentiates) builder.set_policy(Function::inner_policy.or_else(outer));
    // elements of a braced list are evaluated in order
    std::array<value, sizeof...(Operands)> operands{
        visit<Operands>(std::exchange(first, first + Operands::literal_count))...};
    if constexpr (differentiates)
      for (value& v : operands) v = builder.finished(v);
    [[maybe_unused]] int const before = builder.graph.size();
    value result = meaning<Function>::build(builder, operands);
    if constexpr (differentiates) {
      result = builder.settled(result, outer);
      constexpr bool directed = requires { Function::is_directed; };  // then nothing is a tie
      builder.derived(before, operands, directed ? kink_policy{} : builder.policy);
    }
    builder.policy = outer;
    return result;
  }

  constexpr value literal(int i) {
    if (base_ < 0) return builder.number(numbers_[i]);
    return ir::value_of(builder.graph, builder.graph.argument_node(base_ + i));
  }
  constexpr value number(double x) { return builder.number(x); }

  constexpr value argument(ir::argument const& a) {
    for (std::size_t i = 0; i < builder.graph.arguments.size(); ++i) {
      ir::argument const& known = builder.graph.arguments[i];
      if (known.name == a.name && !(known == a))
        builder.faults.clashing_name = static_cast<int>(i);
    }
    return builder.argument(a);
  }

  /// The derivative of a training step's loss with respect to a parameter, once it is known.
  constexpr value gradient_of(ir::argument const& parameter) {
    for (known_gradient const& g : gradients)
      if (g.parameter == parameter.name) return g.result;
    return builder.number(0.0);
  }
  struct known_gradient {
    std::string_view parameter;
    value result;
  };
  list<known_gradient> gradients;

  /// The new value of `target`. However often an update occurs, it is one node.
  template <class Target, class Expression>
  constexpr value update(int first) {
    int const target = builder.graph.find_or_add(Target::argument);
    for (update_entry const& u : updates_) {
      if (u.target != target) continue;
      if (u.type != &address_of_type<Expression>) builder.faults.clashing_update = target;
      return u.result;
    }
    value result = visit<Expression>(first);
    result.space = Target::shape_of;  // a scalar is the new value of every element
    updates_.push_back({target, &address_of_type<Expression>, result});
    return result;
  }

 private:
  struct entry {
    std::uint64_t hash = 0;
    void const* type = nullptr;
    kink_policy policy;
    value result;
  };
  struct update_entry {
    int target;
    void const* type;
    value result;
  };

  static constexpr std::uint64_t key_of(kink_policy p) {
    return static_cast<std::uint64_t>(p.rule) * 0x9E3779B97F4A7C15ull;
  }

  [[nodiscard]] constexpr entry const* find(std::uint64_t hash, void const* type) const {
    for (std::size_t i = hash % buckets_.size(); buckets_[i] >= 0; i = (i + 1) % buckets_.size()) {
      entry const& e = memo_[static_cast<std::size_t>(buckets_[i])];
      if (e.type == type && e.policy == builder.policy) return &e;
    }
    return nullptr;
  }

  constexpr void remember(entry const& e) {
    memo_.push_back(e);
    if (memo_.size() * 2 > buckets_.size()) {
      buckets_ = list<int>(buckets_.size() * 4, -1);
      for (std::size_t i = 0; i < memo_.size(); ++i) place(i);
    } else {
      place(memo_.size() - 1);
    }
  }
  constexpr void place(std::size_t index) {
    std::size_t i = memo_[index].hash % buckets_.size();
    while (buckets_[i] >= 0) i = (i + 1) % buckets_.size();
    buckets_[i] = static_cast<int>(index);
  }

  list<entry> memo_;
  list<int> buckets_;  // open-addressing hash table over `memo_`
  list<update_entry> updates_;
  double const* numbers_ = nullptr;
  int base_ = -1;
};

/// The function of an update, `target <<= value` (expr/update.hpp).
template <class Target>
struct assign;

template <class T>
inline constexpr bool is_update = false;
template <class Target, class Expression>
inline constexpr bool is_update<operation<assign<Target>, Expression>> = true;

template <class Expression>
struct root_writer {
  static constexpr void write(lowering& l, int first, list<lowered_root>& roots) {
    value const v = l.builder.finished(l.visit<Expression>(first));
    lowered_root r{lowered_kind::value, ir::full(v), -1, v.space};
    if constexpr (is_update<Expression>) {
      r.kind = lowered_kind::update;
      r.target = l.builder.graph.find_or_add(Expression::function::target::argument);
    }
    roots.push_back(r);
  }
};

template <class... Es>
struct root_writer<expressions<Es...>> {
  static constexpr void write(lowering& l, [[maybe_unused]] int first,
                              list<lowered_root>& roots) {
    (root_writer<Es>::write(l, std::exchange(first, first + Es::literal_count), roots), ...);
  }
};

/// Counts what `results`, nodes of a program, and whatever they are derived from, hit of traps.
/// `Asked`, on which the call depends, lets a program without traps not pay for what finds them.
template <bool Asked, class Lowering>
constexpr list<pass::trap_site> count_traps(Lowering& l, list<int> const& results,
                                            list<lowered_root>& roots) {
  trap_log const& log = l.builder.traps;
  list<char> derived(l.builder.graph.nodes.size(), 0);
  for (trap_log::range const& r : log.derived)
    for (int i = r.first; i < r.end; ++i) derived[i] = 1;
  for (int i : log.written) derived[i] = 0;
  list<pass::trapped_function> functions = log.functions;
  for (int r : results) functions.push_back({r, l.builder.policy});
  auto sites = pass::find_traps(l.builder.graph, functions, derived, l.builder.means);
  for (pass::trap_site const& s : sites) roots.push_back({lowered_kind::counter, s.count, -1, {}});
  return sites;
}

}  // namespace detail

/// Adds expressions to one graph, so that what they share is computed once: call `add` for each,
/// then `finish`. `policy` is that of the whole program.
class lowerer {
 public:
  constexpr explicit lowerer(kink_policy policy, rewriting spellings = rewriting::on)
      : lowering_(policy, spellings) {}

  /// Raw numbers are constants: for the result of a captureless lambda.
  template <class E>
  constexpr void add_constant(E const& e) {
    double const* numbers = nullptr;
    if constexpr (E::literal_count > 0) numbers = e.literals.at.data();
    lowering_.use_constants(numbers);
    detail::root_writer<E>::write(lowering_, 0, roots_);
  }
  /// Only the type is known: raw numbers are arguments without a name, in the order of
  /// `e.literals`.
  template <class E>
  constexpr void add() {
    lowering_.use_arguments(E::literal_count);
    detail::root_writer<E>::write(lowering_, 0, roots_);
  }

  /// To be called once, at the end. With counters for the traps of the program, if wanted.
  template <bool WithCounters = false>
  constexpr lowered finish() {
    list<pass::trap_site> traps;
    if constexpr (WithCounters) {
      list<int> results;
      for (lowered_root const& r : roots_) results.push_back(r.node);
      traps = detail::count_traps<WithCounters>(lowering_, results, roots_);
    }
    auto& made = lowering_.builder;
    return {std::move(made.graph), std::move(roots_), std::move(made.means),
            made.faults, made.traps.asked, std::move(traps)};
  }

 private:
  detail::lowering lowering_;
  list<lowered_root> roots_;
};

}  // namespace ramp
