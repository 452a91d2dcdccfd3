// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <ramp/backend/text/label.hpp>
#include <ramp/backend/text/number.hpp>
#include <ramp/backend/text/sink.hpp>
#include <ramp/ir/graph.hpp>
#include <ramp/ir/matrix.hpp>

namespace ramp::backend {

/// Writes nodes of a graph as formulas, in the notation in which a user writes expressions where
/// there is one. Sums and products are written as chains, numbers and names first in a product, so
/// that the mathematics shows and not the order of evaluation. What no user writes:
///   iota(10)                 the vector 0, 1 ... 9; identity(10): the matrix
///   where(x > 0, g, 0)       also the derivative of relu, although that lets a NaN in x through
///   gate<0.5>(x, g)          g where x > 0, 0 where x < 0, 0.5 * g at x = 0
///   share<0.5>(a, b, g)      g where a > b, 0 where a < b, 0.5 * g where they tie
///   fork<0.5>(x, a, b)       a where x > 0, b where x < 0, 0.5 * a + 0.5 * b at x = 0
///   sign<1>(x)               1 where x > 0, -1 where x < 0, 1 at x = 0; sign(x): 0 there
///   unit_component(x, n)     x / n, 0 where n = 0; unit_component<0.5>(x, n): 0.5 there
///   spread<axis, first, n, step>(x)  zeros, n along an axis, but for x at first, first + step, ...
///   [i,j] sum_k A[k,i,j] * B[k,i]    a product that is no matrix product
///   cofactors(A)             the gradient of determinant(A); cofactors_along(A, E): its derivative
///   mean_over_batch(x)       also sum_over_batch(x) and sample_weight, 1 / number of samples
///   w'                       the new value of w
/// Allocation: none. Cost: linear in the text.
class formula_writer {
 public:
  constexpr formula_writer(printed_graph const& graph, std::span<label const> labels,
                           std::string_view prefix, text_sink& sink)
      : g(graph),
        nodes_(graph.nodes.data()),
        labels_(labels.data()),
        prefix_(prefix),
        out(sink) {}

  /// The formula of node i, whether it has a name or not.
  constexpr void definition(int i) {
    defined_ = i;
    write(i, lowest);
    defined_ = -1;
  }
  /// What stands for node i in other formulas.
  constexpr void reference(int i) { write(i, lowest); }

 private:
  using axis_map = ir::axis_map;

  /// An operand as its user reads it.
  struct view {
    int index;
    axis_map map;
    shape space;
  };

  // a formula binds at least as tightly as its surroundings want
  static constexpr int lowest = 0;
  static constexpr int of_sum = op::add::text.precedence;
  static constexpr int of_product = op::mul::text.precedence;
  static constexpr int of_prefix = op::neg::text.precedence;

  static constexpr std::size_t at(int i) { return static_cast<std::size_t>(i); }
  template <class Op>
  constexpr bool is(int i) const {
    return nodes_[i].operation == ir::code<Op>;
  }
  constexpr int rank(int i) const { return nodes_[i].rank; }
  constexpr view operand(int i, int k) const {
    return {nodes_[i].operand[at(k)], nodes_[i].map[at(k)], nodes_[i].iteration};
  }
  constexpr view whole(int i) const {
    return {i, axis_map::identity(rank(i)), nodes_[i].result_shape()};
  }
  constexpr bool is_named(int i) const { return i != defined_ && labels_[i].exists(); }
  constexpr bool is_plain(view const& v) const {
    return rank(v.index) == 0 ||
           (rank(v.index) == v.space.rank && v.map == axis_map::identity(v.space.rank));
  }
  /// Whether the operand's own formula continues that of its reader.
  constexpr bool continues(view const& v) const { return is_plain(v) && !is_named(v.index); }

  constexpr bool is_number(int i) const {
    return is<op::constant>(i) || (is<op::argument>(i) && g.argument_of(nodes_[i]).name.empty());
  }
  constexpr double number(int i) const {
    if (is<op::constant>(i)) return nodes_[i].value;
    return g.numbers == printed_graph::numbers_are::values ? g.values[nodes_[i].attribute[0]] : 0.0;
  }
  static constexpr bool has_sign(double x) { return std::bit_cast<std::uint64_t>(x) >> 63 != 0; }

  constexpr bool is_sum(int i) const { return is<op::add>(i) || is<op::sub>(i); }
  /// The product of tensors with two dimensions is hadamard(a, b), unlike that of matrices.
  constexpr bool is_product(int i) const {
    if (is<op::neg>(i) || is<op::div>(i)) return true;
    if (!is<op::mul>(i) || is_mean(i)) return false;
    int const first = rank(nodes_[i].operand[0]);
    int const second = rank(nodes_[i].operand[1]);
    return rank(i) < 2 || first == 0 || second == 0 || (g.in_plan && first != second);
  }
  /// A sum times 1 / number of elements.
  constexpr bool is_mean(int i) const {
    if (!is<op::mul>(i) || !is<op::constant>(nodes_[i].operand[1])) return false;
    view const s = operand(i, 0);
    if (!continues(s) || !is<op::sum>(s.index)) return false;
    ir::node const& sum = nodes_[s.index];
    int folded = 1;
    for (int d = sum.rank; d < sum.iteration.rank; ++d) folded *= sum.extent(d);
    return nodes_[nodes_[i].operand[1]].value == 1.0 / folded;
  }

  // sums and products: in formula_of_products.hpp
  enum class kind_of_factor { number, name, other, divisor };
  /// What a product consists of.
  struct inventory {
    int count[4] = {};       // factors by kind, constants among the numbers
    int run_time_numbers = 0;
    int tensors = 0;
  };
  constexpr bool is_negative(view const& v) const;
  constexpr void terms(view const& v, bool subtracted, bool& first);
  constexpr kind_of_factor kind_of(view const& v) const;
  constexpr void take_stock(view const& v, bool divides, inventory& of) const;
  constexpr void constants(view const& v, double& product, bool& first);
  constexpr void constant(double x, bool& first);
  constexpr void factors(view const& v, kind_of_factor which, bool one_tensor, bool& first);
  constexpr void magnitude(view const& v, int level);
  constexpr void write_magnitude_of_number(int i);

  // --- anything ----------------------------------------------------------------------------------

  constexpr void write(view const& v, int level) {
    if (is_plain(v)) return write(v.index, level);
    if (is_outer(v)) return outer(v);
    int const parentheses = open_repeated(v.map, nodes_[v.index].result_shape(), v.space);
    write(v.index, parentheses > 0 ? lowest : level);
    close(parentheses);
  }
  constexpr void close(int parentheses) {
    for (; parentheses > 0; --parentheses) out << ")";
  }
  constexpr void write(int i, int level) {
    if (is_named(i)) name(i);
    else body(i, level);
  }

  constexpr void name(int i) {
    label const& l = labels_[i];
    if (!l.text.empty()) out << l.text;
    else if (l.target >= 0) out << g.arguments[at(l.target)].name << "'";
    else out << prefix_ << l.number;
  }

  constexpr void body(int i, int level) {
    ir::node const& n = nodes_[i];
    op::detail::facts const& facts = op::facts_of(n.operation);
    if (is_sum(i) || is_product(i) || is_number(i)) {
      bool const closed = level > of_sum && (is_sum(i) || is_negative(whole(i)));
      bool first = true;
      if (closed) level = lowest;
      out << (closed ? "(" : "");
      if (is_sum(i) || is_negative(whole(i))) terms(whole(i), false, first);
      else magnitude(whole(i), level);
      out << (closed ? ")" : "");
    } else if (is_mean(i)) {
      fold(n.operand[0], "mean");
    } else if (op::is_leaf(n.operation)) {
      leaf(i);
    } else if (op::is_reduction(n.operation)) {
      fold(i, facts.text.symbol);
    } else if (facts.kind == op::category::contraction) {
      contraction(i, level);
    } else if (facts.kind == op::category::layout || facts.kind == op::category::scan) {
      layout(i, level);
    } else if (facts.kind == op::category::matrix) {
      matrices(i);
    } else if (facts.text.precedence > 0) {
      infix(i, level);
    } else {
      function(i);
    }
  }

  constexpr void leaf(int i) {
    if (is<op::iota>(i)) {
      out << "iota(" << nodes_[i].extent(0) << ")";
      return;
    }
    ir::argument const& a = g.argument_of(nodes_[i]);
    int const sum = g.summed_over_batch(nodes_[i]);
    if (sum < 0) {
      out << (a.name == pass::sample_weight_name ? "sample_weight" : a.name);
      return;
    }
    int const weight = nodes_[sum].operand[1];
    bool const is_mean = !is_named(sum) && is<op::mul>(sum) && is<op::argument>(weight) &&
                         g.argument_of(nodes_[weight]).name == pass::sample_weight_name;
    out << (is_mean ? "mean_over_batch(" : "sum_over_batch(");
    write(is_mean ? nodes_[sum].operand[0] : sum, lowest);
    out << ")";
  }

  /// Comparisons, && and ||, and the product of matrices by elements.
  constexpr void infix(int i, int level) {
    if (is<op::mul>(i)) return is_outer(whole(i)) ? outer(whole(i)) : call("hadamard", i);
    if (is_identity(i)) {
      out << "identity(" << nodes_[i].extent(0) << ")";
      return;
    }
    op::notation const& text = op::facts_of(nodes_[i].operation).text;
    int const own = text.precedence;
    bool const closed = level > own;
    out << (closed ? "(" : "");
    if (nodes_[i].arity == 1) {
      out << text.symbol;
      write(operand(i, 0), own);
    } else {
      bool const ordered = is<op::less>(i) || is<op::less_equal>(i);
      // people write x > 0, not 0 < x
      bool const turned = ordered && is_number(nodes_[i].operand[0]) &&
                          !is_number(nodes_[i].operand[1]);
      std::string_view symbol = text.symbol;
      if (turned) symbol = is<op::less>(i) ? ">" : ">=";
      int const inner = own < op::equal::text.precedence ? own : of_sum;
      write(operand(i, turned ? 1 : 0), inner);
      out << " " << symbol << " ";
      write(operand(i, turned ? 0 : 1), inner);
    }
    out << (closed ? ")" : "");
  }

  constexpr void function(int i) {
    ir::node const& n = nodes_[i];
    if (is<op::gate>(i) || is<op::output_gate>(i)) return gate(i);
    if (is<op::share>(i)) return share(i);
    if (is<op::stop_gradient>(i) && g.in_plan) return write(operand(i, 0), lowest);
    if (is<op::fork>(i)) return fork(i);
    out << op::facts_of(n.operation).text.symbol;
    if (n.value != 0.0) out << "<" << number_text(n.value).view() << ">";
    call("", i);
  }
  constexpr void call(std::string_view function, int i) {
    out << function << "(";
    for (int k = 0; k < nodes_[i].arity; ++k) {
      out << (k > 0 ? ", " : "");
      write(operand(i, k), lowest);
    }
    out << ")";
  }

  // derivatives at kinks: in formula_of_kinks.hpp
  constexpr void gate(int i);
  constexpr void share(int i);
  constexpr void fork(int i);
  constexpr void weighted(std::string_view name, double weight, view const& a, view const& b,
                          view const* c);
  constexpr void selection(view const& a, double weight, view const* b, view const& chosen,
                           view const* other);

  // tensors: in formula_of_tensors.hpp
  constexpr void extents(shape const& s);
  constexpr int open_repeated(axis_map map, shape const& own, shape const& space);
  constexpr void fold(int i, std::string_view name);
  constexpr bool is_dot(int i) const;
  constexpr bool is_stack(int i) const;
  constexpr void stack(int i, bool& first);
  constexpr bool is_outer(view const& v) const;
  constexpr bool is_identity(int i) const;
  constexpr void outer(view const& v);
  constexpr void contraction(int i, int level);
  constexpr void matrix(int i, int k, bool transposed, bool left);
  constexpr void index_form(int i);
  constexpr void layout(int i, int level);
  constexpr void matrices(int i);
  constexpr void parts(int i, bool& first);

  printed_graph const& g;
  ir::node const* nodes_;  // pointers: this runs inside the compiler, which counts every call
  label const* labels_;
  std::string_view prefix_;
  text_sink& out;
  int defined_ = -1;
};

}  // namespace ramp::backend

#include <ramp/backend/text/formula_of_kinks.hpp>
#include <ramp/backend/text/formula_of_products.hpp>
#include <ramp/backend/text/formula_of_tensors.hpp>
