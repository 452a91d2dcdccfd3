// SPDX-License-Identifier: BSL-1.0
#include <ramp/backend/text/program.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <string_view>
#include <vector>

#include <ramp/ir/value.hpp>

using namespace ramp;
using backend::free_prefix;
using backend::on_one_line;

namespace {

std::string_view prefix_beside(std::vector<std::string_view> const& names) {
  std::vector<ir::argument> arguments;
  for (std::string_view name : names) {
    ir::argument& a = arguments.emplace_back();
    a.name = name;
  }
  return free_prefix(arguments);
}

std::string one_line(std::string_view written) {
  std::string line;
  on_one_line(written, [&](std::string_view piece) { line += piece; });
  return line;
}

std::string written(ir::graph const& g, ramp::list<pass::root> const& roots) {
  backend::printed_graph const p{.nodes = {g.nodes.data(), g.nodes.size()},
                                 .arguments = {g.arguments.data(), g.arguments.size()},
                                 .roots = roots};
  std::vector<backend::label> labels(g.nodes.size());
  backend::find_labels(p, labels);
  std::string text;
  auto const append = [](void* to, std::string_view piece) {
    static_cast<std::string*>(to)->append(piece);
  };
  backend::text_sink sink(append, &text);
  backend::write_program(p, labels, sink);
  return text;
}

}  // namespace

TEST_CASE("names of intermediate values keep clear of the user's", "[text]") {
  CHECK(prefix_beside({}) == "t");
  CHECK(prefix_beside({"x", "t", "tt", "at1", "t1x", "T1", "t_1"}) == "t");
  CHECK(prefix_beside({"t1"}) == "tt");
  CHECK(prefix_beside({"t07"}) == "tt");
  CHECK(prefix_beside({"tt12"}) == "ttt");
  CHECK(prefix_beside({"ttt3", "t1"}) == "tttt");
}

TEST_CASE("a root has a line, which others refer to", "[text]") {
  ir::graph g;
  auto variable = [&](std::string_view name) {
    return ir::value_of(
        g, g.argument_node(g.find_or_add({name, ir::argument_kind::variable, {}, 0})));
  };
  auto const x = variable("x");
  auto const wave = x.combine<op::sin>(0.0) * (-(x * x)).combine<op::exp>(0.0);
  auto const scaled = x * wave;
  auto output = [](ir::value const& v) {
    return pass::root{v.index, pass::root_kind::output, -1};
  };
  CHECK(written(g, {output(scaled)}) == "x * sin(x) * exp(-x * x)");
  CHECK(written(g, {output(wave), output(scaled)}) == "t1 = sin(x) * exp(-x * x)\nx * t1");
  // the same root twice is written once
  CHECK(written(g, {output(wave), output(wave)}) == "t1 = sin(x) * exp(-x * x)\nt1");
  // what is no root stands below
  auto const both = wave * wave + wave;
  CHECK(written(g, {output(both)}) == "t1 * t1 + t1\nwhere t1 = sin(x) * exp(-x * x)");
  CHECK(written(g, {{both.index, pass::root_kind::update, 0}}) ==
        "x <<= t1 * t1 + t1\nwhere t1 = sin(x) * exp(-x * x)");
}

TEST_CASE("the names in a program keep clear of the user's", "[text]") {
  ir::graph g;
  auto const t1 = ir::value_of(
      g, g.argument_node(g.find_or_add({"t1", ir::argument_kind::variable, {}, 0})));
  auto const u = t1.combine<op::sin>(0.0) * t1.combine<op::cos>(0.0) + t1.combine<op::exp>(0.0);
  CHECK(written(g, {{(u * u).index, pass::root_kind::output, -1}}) ==
        "tt1 * tt1\nwhere tt1 = sin(t1) * cos(t1) + exp(t1)");
}

TEST_CASE("an update that others read is named after its target", "[text]") {
  ir::graph g;
  auto argument = [&](std::string_view name, ir::argument_kind kind) {
    return ir::value_of(g, g.argument_node(g.find_or_add({name, kind, shape(5), 0})));
  };
  auto const w = argument("W", ir::argument_kind::parameter);
  auto const memory = argument("W.momentum", ir::argument_kind::state);
  auto const next = memory * 0.9 + w;
  auto const stepped = w - next * 0.1;
  CHECK(written(g, {{next.index, pass::root_kind::update, g[memory.index].attribute[0]},
                    {stepped.index, pass::root_kind::update, g[w.index].attribute[0]}}) ==
        "W.momentum <<= 0.9 * W.momentum + W\n"
        "W <<= W - 0.1 * W.momentum'");
}

TEST_CASE("sharing and depth do not blow the text up", "[text]") {
  ir::graph g;
  auto const x = ir::value_of(
      g, g.argument_node(g.find_or_add({"x", ir::argument_kind::variable, {}, 0})));
  auto const one = [](ir::value const& v) {
    return ramp::list<pass::root>{{v.index, pass::root_kind::output, -1}};
  };
  auto power = x + x.number(1.0);
  for (int i = 0; i < 11; ++i) power = power * power;
  CHECK(written(g, one(power)).size() < 400);
  auto polynomial = x;
  for (int i = 0; i < 300; ++i) polynomial = polynomial * x + x;
  std::string const text = written(g, one(polynomial));
  CHECK(text.size() < 6000);
  CHECK(text.find("\nwhere t1 = ") != std::string::npos);
  CHECK(text.find("\n      t2 = ") != std::string::npos);
}

TEST_CASE("lines become one", "[text]") {
  CHECK(one_line("") == "");
  CHECK(one_line("x + y") == "x + y");
  CHECK(one_line("t1 * x\nwhere t1 = sin(x)\n      t2 = cos(x)") ==
        "t1 * x, where t1 = sin(x), t2 = cos(x)");
}
