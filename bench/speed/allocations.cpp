// SPDX-License-Identifier: BSL-1.0
//
// Takes the place of the C library's allocation functions, for the shared libraries of the peers as
// well; operator new, in libstdc++, calls malloc or aligned_alloc and is counted there. glibc only.
#include "allocations.hpp"

#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <memory>

extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
}

namespace {
thread_local long count = 0;
}

extern "C" {
void* malloc(std::size_t size) {
  ++count;
  return __libc_malloc(size);
}

void* calloc(std::size_t number, std::size_t size) {
  ++count;
  return __libc_calloc(number, size);
}

void* realloc(void* old, std::size_t size) {
  ++count;
  return __libc_realloc(old, size);
}

void* memalign(std::size_t alignment, std::size_t size) {
  ++count;
  return __libc_memalign(alignment, size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size) { return memalign(alignment, size); }

int posix_memalign(void** result, std::size_t alignment, std::size_t size) {
  void* const p = memalign(alignment, size);
  if (!p) return ENOMEM;
  *result = p;
  return 0;
}
}

namespace bench {

long heap_allocations() { return count; }

bool heap_allocations_are_counted() {
  struct alignas(64) aligned {
    char byte;
  };
  // The compiler may drop an allocation whose address nobody sees.
  auto const seen = [](auto allocate) {
    long const before = count;
    auto const p = allocate();
    asm volatile("" : : "r"(std::to_address(p)) : "memory");
    return count > before;
  };
  struct free_memory {
    void operator()(void* p) const { std::free(p); }
  };
  using memory = std::unique_ptr<char, free_memory>;
  return seen([] { return std::make_unique<int>(); }) &&
         seen([] { return std::make_unique<aligned>(); }) &&
         seen([] { return memory(static_cast<char*>(std::malloc(1))); }) &&
         seen([] { return memory(static_cast<char*>(std::calloc(1, 1))); }) &&
         seen([] { return memory(static_cast<char*>(std::realloc(nullptr, 1))); }) &&
         seen([] { return memory(static_cast<char*>(std::aligned_alloc(64, 64))); });
}

}  // namespace bench
