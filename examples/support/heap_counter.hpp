// SPDX-License-Identifier: BSL-1.0
#pragma once

// Counts heap allocations of the whole program, to show that training makes none. Takes the place
// of the C library's allocation functions, which operator new calls too. For one source of a
// program.

#include <cerrno>
#include <cstddef>
#include <cstdlib>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || \
    __has_feature(thread_sanitizer)
#define EXAMPLE_IS_SANITIZED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define EXAMPLE_IS_SANITIZED
#endif

namespace heap_counter {
inline long count = 0;
}

// Sanitizers have allocation functions of their own, and other C libraries other names.
#if defined(__GLIBC__) && !defined(EXAMPLE_IS_SANITIZED)

extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);

void* malloc(std::size_t size) {
  ++heap_counter::count;
  return __libc_malloc(size);
}
void* calloc(std::size_t number, std::size_t size) {
  ++heap_counter::count;
  return __libc_calloc(number, size);
}
void* realloc(void* old, std::size_t size) {
  ++heap_counter::count;
  return __libc_realloc(old, size);
}
void* memalign(std::size_t alignment, std::size_t size) {
  ++heap_counter::count;
  return __libc_memalign(alignment, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) { return memalign(alignment, size); }
int posix_memalign(void** result, std::size_t alignment, std::size_t size) {
  void* const memory = memalign(alignment, size);
  if (memory == nullptr) return ENOMEM;
  *result = memory;
  return 0;
}
}

#endif

namespace heap_counter {

/// Whether allocations are seen at all: makes one and looks.
inline bool works() {
  long const before = count;
  int* const one = new int(1);
  asm volatile("" : : "r"(one) : "memory");  // else the compiler may leave the allocation out
  delete one;
  return count > before;
}

}  // namespace heap_counter
