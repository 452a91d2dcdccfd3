// SPDX-License-Identifier: BSL-1.0
#pragma once

// What derivatives at kinks consist of. Included by backend/text/formula.hpp.

#include <ramp/backend/text/formula.hpp>

namespace ramp::backend {

constexpr void formula_writer::gate(int i) {
  view x = operand(i, 1);
  double const weight = is<op::gate>(i) ? nodes_[i].value : 0.0;
  // relu(x) > 0 says x > 0
  if (is<op::output_gate>(i) && continues(x) && is<op::relu>(x.index)) x = operand(x.index, 0);
  if (weight == 0.0 || weight == 1.0) selection(x, weight, nullptr, operand(i, 0), nullptr);
  else weighted("gate", weight, x, operand(i, 0), nullptr);
}

constexpr void formula_writer::share(int i) {
  double const weight = nodes_[i].value;
  view const chosen = operand(i, 0);
  view const b = operand(i, 2);
  if (weight == 0.0 || weight == 1.0) selection(operand(i, 1), weight, &b, chosen, nullptr);
  else weighted("share", weight, operand(i, 1), b, &chosen);
}

constexpr void formula_writer::fork(int i) {
  double const weight = nodes_[i].value;
  view const above = operand(i, 0);
  view const below = operand(i, 1);
  if (weight == 0.0 || weight == 1.0) selection(operand(i, 2), weight, nullptr, above, &below);
  else weighted("fork", weight, operand(i, 2), above, &below);
}

/// `name<weight>(a, b, c)`; no c is null.
constexpr void formula_writer::weighted(std::string_view name, double weight, view const& a,
                                        view const& b, view const* c) {
  out << name << "<" << number_text(weight).view() << ">(";
  write(a, lowest);
  out << ", ";
  write(b, lowest);
  if (c != nullptr) {
    out << ", ";
    write(*c, lowest);
  }
  out << ")";
}

/// `where(a > b, chosen, other)`, or with >= where a tie has the weight 1; null is 0.
constexpr void formula_writer::selection(view const& a, double weight, view const* b,
                                         view const& chosen, view const* other) {
  out << "where(";
  write(a, of_sum);
  out << (weight == 0.0 ? " > " : " >= ");
  if (b != nullptr) write(*b, of_sum);
  else out << "0";
  out << ", ";
  write(chosen, lowest);
  out << ", ";
  if (other != nullptr) write(*other, lowest);
  else out << "0";
  out << ")";
}

}  // namespace ramp::backend
