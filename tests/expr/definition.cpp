// SPDX-License-Identifier: BSL-1.0
#include <ramp/expr/definition.hpp>

#include <catch2/catch.hpp>

#include <array>

using namespace ramp;
using detail::apply_operation;
using detail::builder;
using ir::value;

namespace {

/// relu of the first operand.
struct ramped {
  static constexpr op::category kind = op::category::composite;
  static constexpr value define(auto const& r) { return r.template apply<op::relu>(r.x[0]); }
};

/// The same under a policy of its own, of which the policies around know nothing.
struct ramped_alone {
  static constexpr op::category kind = op::category::composite;
  static constexpr value define(auto const& r) {
    return r.template apply_under<op::relu>(symmetric.value, r.x[0]);
  }
};

/// Made of another one.
struct ramped_twice {
  static constexpr op::category kind = op::category::composite;
  static constexpr value define(auto const& r) {
    return r.template apply<op::add>(r.template apply<ramped>(r.x[0]), r.constant(2.0));
  }
};

/// The number of the policy in force, whatever the operand is.
struct weight_in_force {
  static constexpr op::category kind = op::category::composite;
  static constexpr value define(auto const& r) { return r.constant(r.policy.s); }
};

/// With a rule of its own.
struct marked {
  static constexpr op::category kind = op::category::composite;
  static constexpr int arity = 1;
  static constexpr value define(auto const& r) { return r.x[0] * r.constant(3.0); }
  static constexpr value chain(pass::rule const& r) { return r.g; }
};
struct marked_otherwise : marked {
  static constexpr value chain(pass::rule const& r) { return -r.g; }
};

value argument(builder& b, shape const& s) {
  b.graph.arguments.push_back({"", ir::argument_kind::variable, s, 0});
  int const number = static_cast<int>(b.graph.arguments.size()) - 1;
  return ir::value_of(b.graph, b.graph.argument_node(number));
}

template <class Op>
value applied(builder& b, value const& x, kink_policy use = {}) {
  return apply_operation<Op>(b, use, std::array{x});
}

}  // namespace

TEST_CASE("an operation is one node, a composite what it is defined as", "[expr]") {
  builder b;
  value const x = argument(b, shape(3));
  CHECK(b.graph[applied<op::exp>(b, x).index].is(ir::code<op::exp>));
  ir::node const& square = b.graph[applied<op::square>(b, x).index];
  CHECK(square.is(ir::code<op::mul>));
  CHECK(square.operand[0] == x.index);
  CHECK(square.operand[1] == x.index);
  CHECK(applied<ramped>(b, x).index == applied<op::relu>(b, x).index);
  ir::node const& sum = b.graph[applied<ramped_twice>(b, x).index];
  CHECK(sum.is(ir::code<op::add>));
  CHECK(sum.operand[0] == applied<op::relu>(b, x).index);
  CHECK(b.graph.is_constant(sum.operand[1], 2.0));
}

TEST_CASE("a composite has the shape of its operands, number or not", "[expr]") {
  builder b;
  value const x = argument(b, shape(2, 3));
  value const number = applied<weight_in_force>(b, x);
  CHECK(number.space == shape(2, 3));
  CHECK(b.graph[number.index].rank == 0);
  CHECK(applied<op::square>(b, x).space == shape(2, 3));
  std::array const operands{b.number(0.5), x, b.number(-1.0)};
  CHECK(apply_operation<op::threshold>(b, {}, operands).space == shape(2, 3));
}

TEST_CASE("the policy of a use is handed on to the parts", "[expr]") {
  builder b;
  value const x = argument(b, {});
  auto const policy_of = [&](value const& v) { return b.graph[v.index].policy; };
  CHECK(policy_of(applied<ramped>(b, x)) == kink_policy{});
  CHECK(policy_of(applied<ramped>(b, x, at_zero<0.25>.value)) == at_zero<0.25>.value);
  CHECK(policy_of(applied<ramped_alone>(b, x, at_zero<0.25>.value)) == symmetric.value);
  // the one in force is that of the use, or else that around it
  b.policy = at_zero<0.75>.value;
  CHECK(b.graph.is_constant(applied<weight_in_force>(b, x).index, 0.75));
  CHECK(policy_of(applied<ramped>(b, x)) == kink_policy{});
  CHECK(b.graph.is_constant(applied<weight_in_force>(b, x, at_zero<0.25>.value).index, 0.25));
}

TEST_CASE("conventions of other systems are said as a weight", "[expr]") {
  builder b;
  constexpr conventions known{.standard = 0, .pytorch = 1, .jax = 0.5, .tensorflow = 0.25};
  auto const weight = [&](kink_policy use, kink_policy in_force) {
    detail::definition<1> const r{&b, use, in_force, {}};
    return r.policy_but_for(known);
  };
  CHECK(weight({}, pytorch.value) == at_zero<1.0>.value);
  CHECK(weight(jax.value, jax.value) == at_zero<0.5>.value);
  CHECK(weight({}, tensorflow.value) == at_zero<0.25>.value);
  for (kink_policy use : {kink_policy{}, symmetric.value, smooth<0.1>.value, standard.value})
    CHECK(weight(use, use.or_else(standard.value)) == use);
}

TEST_CASE("a composite that a system does not have is reported", "[expr]") {
  auto const reported = [](kink_policy around, kink_policy use) {
    builder b;
    b.policy = around;
    value const x = argument(b, {});
    (void)applied<op::hinge>(b, x, use);
    return b.faults.unstated_convention;
  };
  CHECK(reported(pytorch.value, {}) == -1);
  CHECK(reported(jax.value, {}) == -1);
  CHECK(reported(tensorflow.value, {}) == op::number_of<op::hinge>());
  CHECK(reported(standard.value, tensorflow.value) == op::number_of<op::hinge>());
  CHECK(reported(tensorflow.value, standard.value) == -1);
}

TEST_CASE("a definition with a rule is kept together with it", "[expr]") {
  builder b;
  value const x = argument(b, shape(2));
  ir::node const made = b.graph[applied<marked>(b, x, symmetric.value).index];
  CHECK(made.is(ir::code<op::defined>));
  CHECK(made.policy == symmetric.value);
  CHECK(made.operand[1] == x.index);
  CHECK(made.operand[2] == x.index);
  // a rule is written down once, another one beside it
  (void)applied<marked>(b, argument(b, {}));
  CHECK(b.graph.rules.size() == 1);
  ir::node const other = b.graph[applied<marked_otherwise>(b, x).index];
  CHECK(b.graph.rules.size() == 2);
  CHECK(other.attribute[0] != made.attribute[0]);
  // there is no derivative by an operand that the operation does not have
  pass::rule r(b.graph, b.graph[x.index], x.index, standard.value);
  r.g = x;
  CHECK(detail::own_rule<marked>(r).index == x.index);
  r.k = 1;
  CHECK(detail::own_rule<marked>(r).absent());
}
