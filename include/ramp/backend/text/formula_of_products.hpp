// SPDX-License-Identifier: BSL-1.0
#pragma once

// The part of formula_writer that is about sums, products and functions of matrices. Included by
// backend/text/formula.hpp.

#include <string_view>

#include <ramp/backend/text/formula.hpp>

namespace ramp::backend {

/// Whether a formula would begin with a minus; in a product all signs count.
constexpr bool formula_writer::is_negative(view const& v) const {
  if (!continues(v)) return false;
  int const i = v.index;
  if (is_number(i)) return has_sign(number(i));
  if (!is_product(i)) return false;
  bool const first = is_negative(operand(i, 0));
  return is<op::neg>(i) ? !first : first != is_negative(operand(i, 1));
}

constexpr void formula_writer::terms(view const& v, bool subtracted, bool& first) {
  if (continues(v) && is_sum(v.index) && !subtracted) {
    terms(operand(v.index, 0), false, first);
    terms(operand(v.index, 1), is<op::sub>(v.index), first);
    return;
  }
  bool const minus = subtracted != is_negative(v);
  out << (first ? (minus ? "-" : "") : (minus ? " - " : " + "));
  first = false;
  magnitude(v, of_product);
}

constexpr formula_writer::kind_of_factor formula_writer::kind_of(view const& v) const {
  int const i = v.index;
  if (!is_plain(v)) return kind_of_factor::other;
  if (is_number(i)) return kind_of_factor::number;
  if (is_named(i)) return kind_of_factor::name;
  bool const has_name = is<op::argument>(i) && g.summed_over_batch(nodes_[i]) < 0;
  return has_name ? kind_of_factor::name : kind_of_factor::other;
}

constexpr void formula_writer::take_stock(view const& v, bool divides, inventory& of) const {
  int const i = v.index;
  if (continues(v) && is_product(i)) {
    take_stock(operand(i, 0), divides, of);
    if (is<op::mul>(i)) take_stock(operand(i, 1), divides, of);
    if (is<op::div>(i)) take_stock(operand(i, 1), true, of);
    return;
  }
  kind_of_factor const kind = divides ? kind_of_factor::divisor : kind_of(v);
  ++of.count[static_cast<int>(kind)];
  if (kind == kind_of_factor::number && !is<op::constant>(i)) ++of.run_time_numbers;
  if (rank(i) > 0) ++of.tensors;
}

/// The constants in a product, as few numbers as are exact.
constexpr void formula_writer::constants(view const& v, double& product, bool& first) {
  int const i = v.index;
  if (continues(v) && is_product(i)) {
    constants(operand(i, 0), product, first);
    if (is<op::mul>(i)) constants(operand(i, 1), product, first);
  } else if (is<op::constant>(i)) {
    double const next = has_sign(nodes_[i].value) ? -nodes_[i].value : nodes_[i].value;
    if (!ir::detail::product_is_exact(product, next)) {
      constant(product, first);
      product = 1.0;
    }
    product *= next;
  }
}
constexpr void formula_writer::constant(double x, bool& first) {
  out << (first ? "" : " * ") << number_text(x).view();
  first = false;
}

constexpr void formula_writer::factors(view const& v, kind_of_factor which, bool one_tensor,
                                       bool& first) {
  int const i = v.index;
  if (continues(v) && is_product(i)) {
    factors(operand(i, 0), which, one_tensor, first);
    if (is<op::mul>(i)) factors(operand(i, 1), which, one_tensor, first);
    if (is<op::div>(i) && which == kind_of_factor::divisor) {
      out << " / ";
      magnitude(operand(i, 1), of_product + 1);
    }
  } else if (which == kind_of(v) && !is<op::constant>(i)) {
    out << (first ? "" : " * ");
    first = false;
    // a multiple of a matrix product needs no parentheses, its product with a vector does
    magnitude(v, one_tensor && is<op::contract>(i) ? of_product : of_product + 1);
  }
}

/// A value without the sign that `is_negative` has seen.
constexpr void formula_writer::magnitude(view const& v, int level) {
  int const i = v.index;
  if (!continues(v)) return write(v, level);
  if (is_number(i)) return write_magnitude_of_number(i);
  if (!is_product(i)) return body(i, level);
  inventory all;
  take_stock(v, false, all);
  auto const [numbers, names, others, divisors] = all.count;
  bool const closed = level > of_product && numbers + names + others + divisors > 1;
  bool const one_tensor = all.tensors < 2;
  bool first = true;
  double product = 1.0;
  out << (closed ? "(" : "");
  if (numbers > all.run_time_numbers) constants(v, product, first);
  bool const alone = all.run_time_numbers + names + others == 0 && first;
  if (product != 1.0 || alone) constant(product, first);  // a 1 only if there is nothing else
  if (all.run_time_numbers > 0) factors(v, kind_of_factor::number, one_tensor, first);
  if (names > 0) factors(v, kind_of_factor::name, one_tensor, first);
  if (others > 0) factors(v, kind_of_factor::other, one_tensor, first);
  if (divisors > 0) factors(v, kind_of_factor::divisor, one_tensor, first);
  out << (closed ? ")" : "");
}

constexpr void formula_writer::write_magnitude_of_number(int i) {
  constexpr std::string_view blank = "                         ";  // a number and a minus before
  static_assert(blank.size() == number_capacity + 1);
  bool const is_value = is<op::constant>(i) || g.numbers == printed_graph::numbers_are::values;
  double const x = number(i);
  if (is_value) out << number_text(has_sign(x) ? -x : x).view();
  else if (g.numbers == printed_graph::numbers_are::blanks) out << blank;
  else out << "(number " << nodes_[i].attribute[0] + 1 << ")";
}

/// Operations on matrices. What all of a batch share goes unmentioned in a plan.
constexpr void formula_writer::matrices(int i) {
  ir::node const& n = g[i];
  bool const is_triangular = is<op::triangular_solve>(i);
  if (is_triangular) out << (n.attribute[0] == 0 ? "solve_lower" : "solve_upper");
  else out << op::facts_of(n.operation).text.symbol;
  for (int k = 0; k < n.arity; ++k) {
    out << (k > 0 ? ", " : "(");
    int const o = n.operand[k];
    write(view{o, ir::matrix_map(n, k, rank(o)), ir::matrix_shape(n, k)}, lowest);
  }
  out << ")";
}

}  // namespace ramp::backend
