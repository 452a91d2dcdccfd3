// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace bench {

/// Heap allocations made by this thread since it started, by any of malloc, calloc, realloc,
/// aligned_alloc, memalign, posix_memalign and every form of operator new.
long heap_allocations();

/// Whether allocations are seen at all: makes one of each kind and looks.
bool heap_allocations_are_counted();

}  // namespace bench
