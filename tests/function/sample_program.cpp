// SPDX-License-Identifier: BSL-1.0
// Memory: scratch memory holds nothing from call to call, and no call touches the heap.
#include <ramp/ramp.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <memory>
#include <vector>

#include "oracle.hpp"

float distance_after_training_without_exceptions(int steps);

// Sanitizers bring allocation functions of their own.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define COUNTS_ALLOCATIONS 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define COUNTS_ALLOCATIONS 0
#else
#define COUNTS_ALLOCATIONS 1
#endif
#else
#define COUNTS_ALLOCATIONS 1
#endif

namespace {
thread_local long allocations = 0;
}

#if COUNTS_ALLOCATIONS
// glibc: operator new, in libstdc++, calls malloc or aligned_alloc.
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);

void* malloc(std::size_t size) {
  ++allocations;
  return __libc_malloc(size);
}
void* calloc(std::size_t number, std::size_t size) {
  ++allocations;
  return __libc_calloc(number, size);
}
void* realloc(void* old, std::size_t size) {
  ++allocations;
  return __libc_realloc(old, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
  ++allocations;
  return __libc_memalign(alignment, size);
}
}
#endif

using namespace ramp;

namespace {

constexpr auto x = input<"x", 7>;
constexpr auto label = class_label<"label", 3>;
constexpr auto scores = dense<"scores", 3>(relu(dense<"hidden", 19>(x)));
constexpr auto step = training_step<float>(
    [] { return mean_over_batch(cross_entropy(scores, label)); }, momentum{0.1, 0.9});
constexpr auto predict = compile<float>([] { return softmax(scores); });

using model_type = decltype(step)::model_type;

struct data_set {
  explicit data_set(std::size_t count)
      : x(oracle::noise<float>(7 * count, 1)),
        label(oracle::labels<std::uint8_t>(count, 3, 2)),
        probabilities(3 * count) {}
  std::vector<float> x;
  std::vector<std::uint8_t> label;
  std::vector<float> probabilities;
};

template <class Workspace>
void poison(Workspace& w) {
  w.arena.fill(std::numeric_limits<float>::quiet_NaN());
  w.staged.fill(std::numeric_limits<float>::quiet_NaN());
}

}  // namespace

TEST_CASE("staged arguments begin on lines of their own, and are those of samples", "[workspace]") {
  using layout = detail::sample_layout<decltype(step)::program>;
  constexpr std::size_t line = pass::panel_bytes / sizeof(float);
  constexpr auto tile = static_cast<std::size_t>(default_tile);
  std::size_t end = 0;
  for (std::size_t i = 0; i < layout::count; ++i) {
    CAPTURE(i);
    CHECK(layout::offsets[i] == end);
    std::size_t const room = layout::offsets[i + 1] - layout::offsets[i];
    CHECK(room % line == 0);
    if (layout::is_per_sample(i)) CHECK(room >= layout::elements(i) * tile);
    else CHECK(room == 0);
    end += room;
  }
  CHECK(layout::bound.size() == 2);
  CHECK(layout::arguments[layout::bound[0]].name == "x");
  CHECK(layout::elements(layout::bound[0]) == 7);
  CHECK(layout::weight.size() == 1);
  CHECK(layout::numbers.size() == 4 * 3);  // of each parameter beta, the rate and beta once more
  static_assert(alignof(decltype(step)::workspace) == pass::panel_bytes);
}

TEST_CASE("no call reads what another one left in scratch memory", "[training_step][workspace]") {
  for (std::size_t count : {1u, 7u, 32u, 33u, 90u}) {
    CAPTURE(count);
    data_set d(count);
    auto const start = step.initial_state(he_normal{}, 5);
    auto clean = start;
    auto poisoned = start;
    decltype(step)::workspace w;
    decltype(predict)::workspace<model_type> v;
    for (int i = 0; i < 4; ++i) {
      decltype(step)::workspace fresh;
      auto const a = step(clean, fresh, x = d.x, label = d.label);
      poison(w);
      auto const b = step(poisoned, w, x = d.x, label = d.label);
      REQUIRE(a);
      REQUIRE(b);
      CHECK(a.value() == b.value());
      CHECK(clean == poisoned);
    }
    REQUIRE(predict(clean, x = d.x, output = d.probabilities));
    auto const expected = d.probabilities;
    poison(v);
    REQUIRE(predict(clean, v, x = d.x, output = d.probabilities));
    CHECK(d.probabilities == expected);
  }
}

TEST_CASE("scratch memory of the thread and of the caller are equally good",
          "[training_step][workspace]") {
  data_set d(50);
  auto own = step.initial_state(he_normal{}, 5);
  auto shared = own;
  decltype(step)::workspace w;
  for (int i = 0; i < 3; ++i) {
    REQUIRE(step(own, w, x = d.x, label = d.label));
    REQUIRE(step(shared, x = d.x, label = d.label));
  }
  CHECK(own == shared);
}

TEST_CASE("a call that failed leaves nothing behind in scratch memory",
          "[training_step][workspace]") {
  data_set d(70);
  auto undisturbed = step.initial_state(he_normal{}, 5);
  auto model = undisturbed;
  decltype(step)::workspace w, v;
  auto wrong = d.x;
  wrong[7 * 69] = std::numeric_limits<float>::infinity();  // in the third tile: two have run
  for (int i = 0; i < 3; ++i) {
    CHECK(!step(model, w, x = wrong, label = d.label));
    REQUIRE(step(model, w, x = d.x, label = d.label));
    REQUIRE(step(undisturbed, v, x = d.x, label = d.label));
  }
  CHECK(model == undisturbed);
}

TEST_CASE("no step and no prediction allocates", "[training_step][workspace]") {
  data_set d(50);
  std::array<std::uint32_t, 5> const chosen = {4, 4, 2, 49, 0};
  auto model = step.initial_state(he_normal{}, 5);
  long const before = allocations;
  bool const fine = step(model, x = d.x, label = d.label) &&
                    step(model, x = scaled(d.x, 0.5f), label = d.label) &&
                    step(model, x = d.x, label = d.label, samples(chosen)) &&
                    predict(model, x = d.x, output = d.probabilities);
  d.x[3] = std::numeric_limits<float>::infinity();
  auto const wrong = step(model, x = d.x, label = d.label);
  bool const told = !wrong && wrong.error().message().size() > 0;
  long const after = allocations;
  CHECK(fine);
  CHECK(told);
  CHECK(after == before);
#if COUNTS_ALLOCATIONS
  auto const seen = [](auto allocate) {
    long const count = allocations;
    auto const p = allocate();
    asm volatile("" : : "r"(&*p) : "memory");
    return allocations > count;
  };
  CHECK(seen([] { return std::make_unique<int>(); }));
  CHECK(seen([] { return std::make_unique<model_type>(); }));
#endif
}

TEST_CASE("training needs neither exceptions nor run-time type information",
          "[training_step][workspace]") {
  CHECK(distance_after_training_without_exceptions(0) > 0.1f);
  CHECK(distance_after_training_without_exceptions(500) < 0.1f);
  CHECK(distance_after_training_without_exceptions(500) >= 0.0f);
}
