// SPDX-License-Identifier: Apache-2.0
//
// Answers pass through ordinary strings, documents and the buffers of many libraries before they
// are encrypted. In a program linked with this, whatever is given back to the C library's heap is
// wiped first, by whom it may have been taken: a locked vault then leaves nothing behind in it. The
// measured cost is in docs/threat-model.md.
//
// glibc lets a program put its own allocation functions in front (its manual, "Replacing malloc");
// these hand on to its own. GLib before 2.76 has a heap of its own for small blocks, in which
// GStreamer keeps pieces of recordings: what goes back to that one is wiped too. Left out under the
// sanitizers, which do the same for their purposes.
#include <cstring>

#include <dlfcn.h>
#include <malloc.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define VIGIL_OWN_FREE 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    __has_feature(memory_sanitizer)
#define VIGIL_OWN_FREE 0
#endif
#endif
#ifndef VIGIL_OWN_FREE
#define VIGIL_OWN_FREE 1
#endif

#if VIGIL_OWN_FREE

// NOLINTBEGIN(bugprone-reserved-identifier): glibc's names for its own functions
extern "C" {
void __libc_free(void* memory);
void* __libc_malloc(std::size_t size);
}
// NOLINTEND(bugprone-reserved-identifier)

namespace {

void wipe(void* memory, std::size_t size) {
  std::memset(memory, 0, size);
  // The compiler may not leave out what it thinks nobody reads.
  asm volatile("" : : "r"(memory) : "memory");
}

}  // namespace

extern "C" {

void free(void* memory) noexcept {
  if (memory == nullptr) return;
  wipe(memory, ::malloc_usable_size(memory));
  __libc_free(memory);
}

// Always by hand: the C library's would move a block and leave the old bytes where they were.
void* realloc(void* memory, std::size_t size) noexcept {
  if (memory == nullptr) return __libc_malloc(size);
  if (size == 0) {
    ::free(memory);
    return nullptr;
  }
  const std::size_t had = ::malloc_usable_size(memory);
  if (size <= had && size >= had / 2) {
    // The rest stays with the block and is wiped with it.
    return memory;
  }
  void* const moved = __libc_malloc(size);
  if (moved == nullptr) return nullptr;
  std::memcpy(moved, memory, size < had ? size : had);
  ::free(memory);
  return moved;
}

// Blocks on a chain (g_slice_free_chain) are GLib's own lists, which hold no bytes of ours.
void g_slice_free1(std::size_t size, void* memory) {
  using Function = void (*)(std::size_t, void*);
  static const auto kNext = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "g_slice_free1"));
  if (memory != nullptr) wipe(memory, size);
  if (kNext != nullptr) kNext(size, memory);
}

}  // extern "C"

#endif
