// SPDX-License-Identifier: BSL-1.0
#include <ramp/pass/plan.hpp>

#include <catch2/catch.hpp>

#include <cstddef>

using namespace ramp;
using pass::draft;
using pass::freeze;
using pass::is_checked;
using pass::plan_size;
using pass::root_kind;

namespace {

constexpr ir::node numbered(int i) {
  ir::node n;
  n.value = i;
  return n;
}

/// `nodes` nodes in two kernels, of which the first has its members at the end of the list.
constexpr draft example(int nodes) {
  draft d;
  for (int i = 0; i < nodes; ++i) {
    d.nodes.push_back(numbered(i));
    d.placements.push_back({.kernel = i < 2 ? 1 : 0, .local = 10 + i});
    d.members.push_back(i);
  }
  pass::kernel first{.kind = pass::kernel_kind::contract, .main = 3, .first = 2};
  first.count = nodes - 2;
  d.kernels = {first, {.kind = pass::kernel_kind::rows, .first = 0, .count = 2}};
  d.roots = {{nodes - 1, root_kind::loss}, {0, root_kind::update, 1, true}};
  d.arguments = {{"x", ir::argument_kind::input, shape(3), 0},
                 {"w", ir::argument_kind::parameter, shape(2, 5), 0}};
  for (ir::argument const& a : d.arguments)
    d.argument_storage.push_back(pass::row_major(a.extents, pass::memory::argument, 7));
  d.arena_elements = 100;
  d.state_elements = 20;
  d.kernels_before_update = 1;
  d.fault = pass::plan_fault::circle;
  return d;
}

template <class Plan>
void check_example(Plan const& p, int nodes) {
  draft const d = example(nodes);
  REQUIRE(p.used.nodes == nodes);
  for (int i = 0; i < nodes; ++i) {
    auto const at = static_cast<std::size_t>(i);
    CHECK(p.nodes[at] == d.nodes[i]);
    CHECK(p.placements[at].kernel == d.placements[i].kernel);
    CHECK(p.placements[at].local == 10 + i);
    CHECK(p.members[at] == i);
    CHECK(p.scheduled[at] == (i < nodes - 2 ? i + 2 : i + 2 - nodes));
  }
  CHECK(p.kernels[0].kind == pass::kernel_kind::contract);
  CHECK(p.kernels[0].main == 3);
  CHECK(p.member(0, 0) == 2);
  CHECK(p.member(0, nodes - 3) == nodes - 1);
  CHECK(p.member(1, 1) == 1);
  CHECK(p.roots[0] == d.roots[0]);
  CHECK(p.roots[1] == d.roots[1]);
  CHECK(p.arguments[1] == d.arguments[1]);
  CHECK(p.argument_storage[0] == d.argument_storage[0]);
  CHECK(p.argument_storage[1] == d.argument_storage[1]);
  CHECK(p.arena_elements == 100);
  CHECK(p.state_elements == 20);
  CHECK(p.kernels_before_update == 1);
  CHECK(p.fault == pass::plan_fault::circle);
}

/// What `planned` asks of a program whose plan has `Nodes` nodes where it began with `Lowered`.
template <int Lowered, int Nodes>
struct maker {
  static constexpr int lowered_nodes = Lowered;
  static constexpr int roots = 2;
  static constexpr int arguments = 2;
  static constexpr draft make() { return example(Nodes); }
};

}  // namespace

TEST_CASE("a loss and a counter are looked at before the first update", "[pass]") {
  CHECK(is_checked(root_kind::loss));
  CHECK(is_checked(root_kind::counter));
  CHECK_FALSE(is_checked(root_kind::output));
  CHECK_FALSE(is_checked(root_kind::update));
}

TEST_CASE("a plan fits where it has room for each of its lists", "[pass]") {
  plan_size const size{5, 4, 3, 2, 1};
  CHECK(size.fits(size));
  CHECK(size.fits({6, 5, 4, 3, 2}));
  plan_size const small[] = {
      {4, 9, 9, 9, 9}, {9, 3, 9, 9, 9}, {9, 9, 2, 9, 9}, {9, 9, 9, 1, 9}, {9, 9, 9, 9, 0}};
  for (plan_size const& room : small) CHECK_FALSE(size.fits(room));
}

TEST_CASE("a frozen draft is the draft, its members in the order of the kernels", "[pass]") {
  constexpr plan_size exact = size_of(example(6));
  CHECK(exact.nodes == 6);
  CHECK(exact.kernels == 2);
  CHECK(exact.members == 6);
  CHECK(exact.roots == 2);
  CHECK(exact.arguments == 2);
  constexpr auto plan = freeze<exact>(example(6));
  check_example(plan, 6);
  CHECK(plan.nodes.size() == 6);

  constexpr plan_size roomy{12, 5, 9, 4, 3};
  constexpr auto loose = freeze<roomy>(example(6));
  check_example(loose, 6);
  CHECK(loose.nodes[6] == ir::node{});
  check_example(freeze<exact>(loose, loose.used), 6);  // a plan, cut to size
}

TEST_CASE("a draft that does not fit leaves its size and nothing else", "[pass]") {
  constexpr plan_size narrow{5, 2, 6, 2, 2};
  auto const plan = freeze<narrow>(example(6));
  CHECK(plan.used.nodes == 6);
  CHECK_FALSE(plan.used.fits(narrow));
  for (ir::node const& n : plan.nodes) CHECK(n == ir::node{});
  for (int m : plan.members) CHECK(m == 0);
  CHECK(plan.arena_elements == 0);
  CHECK(plan.fault == pass::plan_fault::none);
}

TEST_CASE("a draft without anything is a plan without anything", "[pass]") {
  constexpr auto plan = freeze<plan_size{}>(draft{});
  CHECK(plan.nodes.empty());
  CHECK(plan.scheduled.empty());
  CHECK(plan.fault == pass::plan_fault::none);
}

TEST_CASE("a program is planned into room to spare, and again if that is too little", "[pass]") {
  using spare = pass::planned<maker<8, 40>>;
  static_assert(spare::room.nodes == 8 + 2 + 32);
  static_assert(spare::roomy.used.fits(spare::room));
  constexpr auto cut = spare::cut();
  check_example(cut, 40);
  CHECK(cut.nodes.size() == 40);

  using large = pass::planned<maker<8, 43>>;
  static_assert(!large::roomy.used.fits(large::room));
  constexpr auto again = large::cut();
  check_example(again, 43);
  CHECK(again.nodes.size() == 43);
}
