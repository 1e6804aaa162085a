// SPDX-License-Identifier: Apache-2.0
//
// The only home of keys and passphrases: memory that is locked, fenced by guard pages, left out of
// core dumps and wiped when released (libsodium's sodium_malloc). Move-only. Where the system
// refuses to lock memory, it is said: once on stderr, and by memory_lock_status(), which a program
// that keeps secrets for long asks at its start. Thread: a value; one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace vigil::crypto {

// Must run once before anything else here; also done on first use. Aborts where libsodium cannot
// start, as nothing of ours may go on without randomness.
void initialise();

// kStorage "secret.lock" when some secret of this process is in memory that the system refused to
// lock (RLIMIT_MEMLOCK: each live secret takes one page), so that it may be written to swap.
[[nodiscard]] Status memory_lock_status();

class SecretBytes {
 public:
  SecretBytes() = default;                       // empty
  explicit SecretBytes(std::size_t size_bytes);  // zeroed; CHECKs that memory could be had
  SecretBytes(SecretBytes&& other) noexcept;
  SecretBytes& operator=(SecretBytes&& other) noexcept;
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;
  ~SecretBytes();

  [[nodiscard]] static SecretBytes copy_of(ByteView bytes);
  [[nodiscard]] static SecretBytes random(std::size_t size_bytes);
  [[nodiscard]] SecretBytes clone() const;

  // Views die with the object.
  [[nodiscard]] std::span<std::uint8_t> writable() { return {data_, size_bytes_}; }
  [[nodiscard]] ByteView view() const { return {data_, size_bytes_}; }
  [[nodiscard]] std::string_view text() const { return as_text(view()); }
  [[nodiscard]] std::size_t size() const { return size_bytes_; }
  [[nodiscard]] bool empty() const { return size_bytes_ == 0; }

  // Wipes and releases; afterwards empty.
  void clear();
  // Keeps the first `size_bytes` bytes; CHECKs that there are as many. The rest is wiped.
  void truncate(std::size_t size_bytes);

 private:
  std::uint8_t* data_ = nullptr;
  std::size_t size_bytes_ = 0;
};

// Constant time.
[[nodiscard]] bool equal_secrets(ByteView a, ByteView b);

// Wipes memory that is not a SecretBytes (a buffer a library filled).
void wipe(std::span<std::uint8_t> memory);
// Wipes what functions that have returned left on this thread's stack, some hundred KiB deep.
void wipe_dead_stack();

// Public randomness: ids, salts, nonces.
void random_fill(std::span<std::uint8_t> memory);
[[nodiscard]] std::uint64_t random_u64();

}  // namespace vigil::crypto
