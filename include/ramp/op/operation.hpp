// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <ramp/core/math.hpp>
#include <ramp/core/subgradient.hpp>

/// What every operation states about itself; `op/table.hpp` lists them all.
///
/// An operation is a struct of static members:
///   name        its name in text and in error messages
///   kind        how it relates operands to its result (below)
///   arity       number of operands
///   notation    how it is printed
///   value       elementwise only: the function, written once for float, double and SIMD packs
///   chain       elementwise only: the incoming derivative times the k-th partial derivative. The
///               Jacobian of an elementwise operation is diagonal, so one rule is both the forward
///               rule (incoming tangent) and the reverse rule (incoming adjoint)
///   define      composite only: the function in terms of others, whose derivatives it has
///   pull        other kinds: the reverse rule, from the adjoint of the result to an operand's
///   push        matrix only: the forward rule, from the tangent of an operand to the result's
///   kinks       operations whose derivative at a kink is a matter of convention: the conventions,
///               kink by kink; the derivative rule asks `r.policy.at_kink`
///   smoothed    operations with a kink that a policy can take away: the function that takes their
///               place under `smooth`
///   enclose     bounds of the result for operands in intervals, which `interval` needs; unary
///   monotone    functions say 1 if they rise, -1 if they fall, instead; so nothing does for layout
///   jumps       not continuous, so that no derivative in intervals passes it
///   branch      operations with a kink: which smooth piece is active; 0 means "on the kink". Of a
///               reduction: how an element x[0] compares with the result x[1]
///   kink        operations with `kinks`, and extrema: the same as a condition of the graph, 1 if
///               the branch is 0; of a reduction: for each element of the result
///   in_domain   where the value is a finite real number with a derivative; absent: everywhere
///   outside     operations with `in_domain`: the opposite as a condition of the graph, but 0 where
///               a NaN decides, which comes from elsewhere. Of a matrix operation: whether a matrix
///               of the batch is outside
///   max_ulp     elementwise and composite: a bound for the rounding error in float and double, in
///               units in the last place of the result; of composite ones where no part underflows
///   error_scale where terms may cancel: what these units are those of instead, if it is larger
///   absorbs_nan where a NaN operand does not make the result NaN, as IEEE or the operation's
///               meaning has it; absent: nowhere
///
/// A matrix operation takes the matrices in the last two dimensions of its operands, one by one. It
/// states how many elements of `work` it needs for n rows, what it does once for all that share
/// their first operand (`prepare`; absent: nothing), and the `value`: functions of a
/// `math::matrix_blocks<T>`, in loops over extents.
///
/// `value` calls the functions of ramp::math unqualified, after a using-declaration: the overloads
/// for SIMD packs are found by argument-dependent lookup.
///
/// Rules are templates over a `Rule` context, so that this layer needs nothing of the graph:
///   r.k, r.g, r.x[i], r.y     operand number, incoming derivative, operands, result: handles with
///                             + - * / and `r.template apply<Op>(...)`
///   r.policy                  the subgradient policy in force, never `inherit`
///   r.settled(x)              an operand whose sign decides at a kink, where the direction of a
///                             directional derivative may settle a tie (pass/directional.hpp)
///   r.settled(a, b)           the same of two operands whose order decides, at their tie
///   r.settled_vector(a, b)    the same of two operands with a kink where both are 0: hypot
///   r.settled_vector(x)       and of the operand of a reduction: norms. Where the stand-ins still
///                             are 0, the policy decides
///   r.settled_extreme<Op>(c)  of the elements of a reduction's operand that tie (c is not 0),
///                             those that win; `Op` is the reduction to the extreme value
///                             A rule settles its kinks whatever operand it is asked about, and
///                             settles operands, not what it computes from them
///   r.none()                  "no derivative flows here", which is not the same as zero
/// and, for `kink` and `outside` (pass/trap.hpp):
///   r.near(x), (a, b)         x is 0, or a is b, or within the neighbourhood that the policy names
///   r.several(p)              of a reduction: where it folds several elements of which p holds
///   r.is(x, number), r.below(x, number), r.at_most(x, number), r.at_least(x, number)
///   r.either(p, q), r.both(p, q)
///   r.is_integer(i)           operand i is a constant and an integer
///   r.is_whole(x)             the value of x is an integer
///   r.undefined()             a matrix operation: its result is not finite, its operands are
///
/// Rules of matrix operations make others with `r.template matrix<Op>(...)`. In `pull` and `push`
/// r.g, r.x[i] and r.y are matrices or, in operations on columns, vectors, and there are
///   r.product(a, b)           the matrix product
///   r.outer(a, b)             the product of a and the transpose of b
///   r.transposed(a), r.halved_diagonal(a), r.trace(a), r.sum_of_products(a, b), r.rows()
///   r.lower(a), r.upper(a)    0 beyond the diagonal, whatever was there
///
/// For `smoothed` moreover:
///   r.temperature()           a quarter of the width within which the slope is to turn
///   r.folded<Op>(x)           a fold over the reduced dimensions of a reduction
///   r.apply_under<Op>(policy, ...)   an operation whose kink cannot be reached any more
///   r.per_result(v)           `v`, such as r.y, as one number for each element of the result
///
/// `enclose` is a template over a context of its own (pass/enclosure.hpp), in which r.x[i] are
/// intervals with + - * /; r.increasing<Op>(x...), r.decreasing<Op>(x...), r.at_corners<Op>(a, b),
/// r.magnitude(x), r.clipped(x, from), r.within(x, from, to), r.chosen(condition, a, b) and others
/// make further ones, rounded outward by the `max_ulp` of `Op`. Whole matrices have r.solved(),
/// r.factorized(), r.determinant() and the like (pass/matrix_enclosure.hpp).
///
/// A definition is a template over a similar context: r.x[i], r.policy, r.constant(number),
/// `r.template apply<Op>(...)`, which hands the policy of this use on, and
///   r.apply_under<Op>(policy, ...)   the same under another policy
///   r.policy_but_for(conventions)    that of this use, with conventions of its own where it is one
///                                    of another system
namespace ramp::op {

enum class category : std::uint8_t {
  leaf,         // no operands
  elementwise,  // one value of every operand for one value of the result
  reduction,    // folds some iteration dimensions of one operand
  contraction,  // sum of products: matrix product, outer product, ...
  scan,         // folds along one axis of one operand and keeps every result on the way
  layout,       // moves elements, computes nothing
  matrix,       // a function of whole matrices: inverse, determinant, ...
  composite     // elementwise, and defined by other operations: no node of its own
};

/// How an operation is printed: `symbol` between or before its operands when `precedence` is not 0,
/// a function call otherwise. Precedences have the order of C++: 1 for ||, 7 for unary minus.
struct notation {
  std::string_view symbol;
  int precedence = 0;
};

/// What a matrix operation makes of its operands; each matrix of a batch by itself.
enum class matrix_form : std::uint8_t {
  square,  // n x n matrices of one or two n x n matrices
  number,  // a number of an n x n matrix
  columns  // n rows of an n x n matrix and n rows: X of A X = B
};

template <class Op>
concept matrix_operation = Op::kind == category::matrix;

template <class Op>
concept elementwise = Op::kind == category::elementwise;

template <class Op>
concept composite = Op::kind == category::composite;

/// Operations whose derivative depends on which piece of their definition is active.
template <class Op>
concept kinked = requires(double const* x) { Op::branch(x); };

/// Operations at whose kinks a policy decides.
template <class Op>
concept follows_policy =
    requires { Op::kinks; } || (kinked<Op> && Op::kind == category::reduction);

/// Operations whose node carries a number (a tie weight) that `value` needs.
template <class Op>
concept attributed = Op::has_attribute;

namespace detail {

/// -1, 0 or 1; NaN counts as a branch of its own (2).
constexpr int sign_of(double x) { return x > 0 ? 1 : x < 0 ? -1 : x == 0 ? 0 : 2; }

/// The same for the distances from two kinks, one below and one above.
constexpr int sign_between(double over, double under) {
  return over == 0 || under == 0 ? 0 : 4 * sign_of(over) + sign_of(under);
}

/// The step of a staircase on which x lies: 0 at an integer, where it jumps, else a number that no
/// neighbouring step has.
constexpr int step_of(double x) {
  double const below = math::floor(x);
  if (x == below || x != x) return x == below ? 0 : 2;
  constexpr double period = 0x1p30;
  return 1 + static_cast<int>(below - period * math::floor(below / period));
}

/// The sign of a - b, where that would be NaN for equal infinities too.
constexpr int order_of(double a, double b) { return a > b ? 1 : a < b ? -1 : a == b ? 0 : 2; }
/// Whether x is none of the numbers at which the gamma function is infinite: 0, -1, -2 ...
constexpr bool is_off_poles(double x) { return x > 0 || x != math::floor(x); }

}  // namespace detail
}  // namespace ramp::op
