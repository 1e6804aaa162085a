// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/secret_bytes.h"

#include <atomic>
#include <cstdio>
#include <cstring>
#include <utility>

#include <sodium.h>
#include <sys/resource.h>

#include "core/base/check.h"

namespace vigil::crypto {
namespace {

std::atomic<bool> lock_refused{false};

// The soft limit is often far below the hard one, and raising it needs no privilege.
void raise_lock_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_MEMLOCK, &limit) != 0 || limit.rlim_cur == limit.rlim_max) return;
  limit.rlim_cur = limit.rlim_max;
  (void)setrlimit(RLIMIT_MEMLOCK, &limit);
}

// sodium_malloc() locks its pages but keeps quiet when the system refuses. Locking them once more
// costs one system call and tells.
void demand_lock(std::uint8_t* data, std::size_t size_bytes) {
  if (sodium_mlock(data, size_bytes) == 0 || lock_refused.exchange(true)) return;
  std::fputs(
      "warning: the system refuses to lock memory, so keys may be written to swap; raise the limit "
      "(ulimit -l) or turn swap off\n",
      stderr);
}

std::uint8_t* allocate(std::size_t size_bytes) {
  if (size_bytes == 0) return nullptr;
  initialise();
  auto* data = static_cast<std::uint8_t*>(sodium_malloc(size_bytes));
  CHECK(data != nullptr);
  demand_lock(data, size_bytes);
  return data;
}

}  // namespace

void initialise() {
  static const bool ready = [] {
    CHECK(sodium_init() >= 0);
    raise_lock_limit();
    return true;
  }();
  CHECK(ready);
}

Status memory_lock_status() {
  if (lock_refused.load())
    return fail(
        ErrorKind::kStorage, "secret.lock",
        "The system refuses to lock memory, so keys may be written to swap: raise the limit "
        "(ulimit -l) or turn swap off.");
  return {};
}

SecretBytes::SecretBytes(std::size_t size_bytes)
    : data_(allocate(size_bytes)), size_bytes_(size_bytes) {
  if (data_ != nullptr) std::memset(data_, 0, size_bytes_);
}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_bytes_(std::exchange(other.size_bytes_, 0)) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
  if (this != &other) {
    clear();
    data_ = std::exchange(other.data_, nullptr);
    size_bytes_ = std::exchange(other.size_bytes_, 0);
  }
  return *this;
}

SecretBytes::~SecretBytes() {
  clear();
}

SecretBytes SecretBytes::copy_of(ByteView bytes) {
  SecretBytes secret(bytes.size());
  if (!bytes.empty()) std::memcpy(secret.data_, bytes.data(), bytes.size());
  return secret;
}

SecretBytes SecretBytes::random(std::size_t size_bytes) {
  SecretBytes secret(size_bytes);
  random_fill(secret.writable());
  return secret;
}

SecretBytes SecretBytes::clone() const {
  return copy_of(view());
}

void SecretBytes::clear() {
  if (data_ != nullptr) sodium_free(data_);  // wipes
  data_ = nullptr;
  size_bytes_ = 0;
}

void SecretBytes::truncate(std::size_t size_bytes) {
  CHECK(size_bytes <= size_bytes_);
  *this = copy_of(view().first(size_bytes));
}

bool equal_secrets(ByteView a, ByteView b) {
  return a.size() == b.size() && (a.empty() || sodium_memcmp(a.data(), b.data(), a.size()) == 0);
}

void wipe(std::span<std::uint8_t> memory) {
  if (!memory.empty()) sodium_memzero(memory.data(), memory.size());
}

void wipe_dead_stack() {
  // Half of the smallest stack that a thread of ours has (musl's would be 128 KiB, glibc's 8 MiB).
  constexpr std::size_t kDepthBytes = 512 * 1024;
  sodium_stackzero(kDepthBytes);
}

void random_fill(std::span<std::uint8_t> memory) {
  initialise();
  if (!memory.empty()) randombytes_buf(memory.data(), memory.size());
}

std::uint64_t random_u64() {
  std::array<std::uint8_t, 8> bytes{};
  random_fill(bytes);
  std::uint64_t value = 0;
  std::memcpy(&value, bytes.data(), sizeof value);
  return value;
}

}  // namespace vigil::crypto
