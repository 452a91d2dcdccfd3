// SPDX-License-Identifier: BSL-1.0
#include <ramp/backend/text/label.hpp>

#include <catch2/catch.hpp>

#include <string_view>
#include <vector>

#include <ramp/ir/value.hpp>

using namespace ramp;
using backend::find_labels;
using backend::label;
using backend::printed_graph;
using ir::value;
using pass::root_kind;

namespace {

/// A graph over numbers, and the labels that its nodes get.
struct program {
  ir::graph g;
  ramp::list<pass::root> roots;

  value number(std::string_view name, ir::argument_kind kind = ir::argument_kind::variable) {
    return ir::value_of(g, g.argument_node(g.find_or_add({name, kind, {}, 0})));
  }
  void output(value const& v) { roots.push_back({v.index, root_kind::output, -1}); }
  void update(value const& target, value const& v) {
    roots.push_back({v.index, root_kind::update, g[target.index].attribute[0]});
  }
  [[nodiscard]] std::vector<label> labels(std::vector<label> given = {}) const {
    given.resize(g.nodes.size());
    find_labels({.nodes = {g.nodes.data(), g.nodes.size()},
                 .arguments = {g.arguments.data(), g.arguments.size()},
                 .roots = roots},
                given);
    return given;
  }
};

value exponential(value const& v) { return v.combine<op::exp>(0.0); }
value sine(value const& v) { return v.combine<op::sin>(0.0); }

int named(std::vector<label> const& all) {
  int count = 0;
  for (label const& l : all) count += l.exists() ? 1 : 0;
  return count;
}

label const& of(std::vector<label> const& all, value const& v) {
  return all[static_cast<std::size_t>(v.index)];
}

}  // namespace

TEST_CASE("what is short is repeated, what is long or stands often is named", "[text]") {
  auto is_named = [](int uses, auto const& build) {
    program p;
    value const shared = build(p.number("x"));
    std::string_view const others = "abcdefgh";
    for (int i = 0; i < uses; ++i)
      p.output(shared * p.number(others.substr(static_cast<std::size_t>(i), 1)));
    auto const all = p.labels();
    CHECK(of(all, shared).uses == uses);
    CHECK(named(all) == (of(all, shared).exists() ? 1 : 0));
    return of(all, shared).number == 1;
  };
  auto const small = [](value const& x) { return sine(x); };
  auto const medium = [](value const& x) { return exponential(-(x * x)); };
  auto const large = [](value const& x) { return sine(x) * exponential(-(x * x)) + x; };
  CHECK(!is_named(8, small));
  CHECK(!is_named(2, medium));
  CHECK(is_named(3, medium));
  CHECK(!is_named(1, large));
  CHECK(is_named(2, large));
}

TEST_CASE("what no root needs has neither uses nor a name", "[text]") {
  program p;
  value const x = p.number("x");
  value const dead = exponential(-(x * x)) + x;
  value const also_dead = dead * dead + sine(dead);
  p.output(sine(x));
  auto const all = p.labels();
  CHECK(of(all, dead).uses == 0);
  CHECK(of(all, also_dead).uses == 0);
  CHECK(of(all, x).uses == 1);
  CHECK(named(all) == 0);
}

TEST_CASE("a formula is cut where it is too deep", "[text]") {
  auto names_in_chain = [](int length) {
    program p;
    value v = p.number("x");
    for (int i = 0; i < length; ++i) v = sine(v);
    p.output(v);
    auto const all = p.labels();
    for (label const& l : all) CHECK(l.depth <= 41);
    return named(all);
  };
  CHECK(names_in_chain(40) == 0);
  CHECK(names_in_chain(41) == 0);  // the root is printed whether it has a name or not
  CHECK(names_in_chain(60) == 1);
  CHECK(names_in_chain(200) == 4);
}

TEST_CASE("a formula is cut where it is too wide", "[text]") {
  program p;
  std::vector<value> row;
  std::string_view const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  for (std::size_t i = 0; i < letters.size(); ++i)
    row.push_back(sine(p.number(letters.substr(i, 1))));
  // a balanced sum: wide, not deep
  while (row.size() > 1) {
    std::vector<value> half;
    for (std::size_t i = 0; i + 1 < row.size(); i += 2) half.push_back(row[i] + row[i + 1]);
    if (row.size() % 2 == 1) half.push_back(row.back());
    row = half;
  }
  p.output(sine(row[0]));
  auto const all = p.labels();
  CHECK(named(all) >= 1);
  for (label const& l : all) CHECK(l.weight <= 2 * 120 + 1);
}

TEST_CASE("an update that is read has the name of its target", "[text]") {
  program p;
  value const w = p.number("w", ir::argument_kind::parameter);
  value const m = p.number("m", ir::argument_kind::state);
  value const next = m * m.number(0.5) + w;
  value const stepped = w - next;
  p.update(m, next);
  p.update(w, stepped);
  auto const all = p.labels();
  CHECK(of(all, next).target == p.g[m.index].attribute[0]);
  CHECK(of(all, next).number == 0);
  CHECK(of(all, stepped).target == -1);  // nobody reads it
  CHECK(named(all) == 1);
}

TEST_CASE("names that are there stay, and what is stored gets a number", "[text]") {
  program p;
  value const x = p.number("x");
  value const a = sine(x);
  value const b = exponential(a);
  p.output(b * b);
  std::vector<label> given(p.g.nodes.size());
  given[static_cast<std::size_t>(a.index)].text = "output[0]";
  given[static_cast<std::size_t>(b.index)].stored = true;
  auto const all = p.labels(given);
  CHECK(of(all, a).text == "output[0]");
  CHECK(of(all, a).number == 0);
  CHECK(of(all, b).number == 1);
  CHECK(of(all, b).weight == 2);  // exp(output[0])
}
