// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/background_hash.h"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <system_error>
#include <thread>

#include "core/crypto/secret_bytes.h"

namespace vigil::crypto {
namespace {

constexpr std::size_t kBlockBytes = 256 * 1024;  // several times the cost of handing it over
constexpr std::size_t kBlocks = 8;

}  // namespace

template <std::size_t kSize>
struct BackgroundHash<kSize>::State {
  explicit State(const Blake2bStream<kSize>& start) : hash(start) {}
  ~State() {
    stop();
    for (Bytes& block : blocks) wipe(block);
  }

  void add(ByteView bytes);
  void hand_over();
  void run();
  void stop();

  Blake2bStream<kSize> hash;  // the thread's, while there is one
  // A ring: the thread owns `waiting` blocks from `first`, the caller fills the one after them.
  std::array<Bytes, kBlocks> blocks;
  std::size_t filled_bytes = 0;  // of the caller's block
  std::size_t at = 0;            // the caller's block
  std::mutex mutex;
  std::condition_variable changed;
  std::size_t first = 0;
  std::size_t waiting = 0;
  bool ended = false;
  std::thread thread;
};

template <std::size_t kSize>
void BackgroundHash<kSize>::State::add(ByteView bytes) {
  while (!bytes.empty()) {
    if (filled_bytes == kBlockBytes) hand_over();
    Bytes& block = blocks[at];
    block.resize(kBlockBytes);
    const std::size_t count = std::min(bytes.size(), kBlockBytes - filled_bytes);
    std::memcpy(block.data() + filled_bytes, bytes.data(), count);
    filled_bytes += count;
    bytes = bytes.subspan(count);
  }
}

template <std::size_t kSize>
void BackgroundHash<kSize>::State::hand_over() {
  if (!thread.joinable()) {
    try {
      thread = std::thread([this] { run(); });
    } catch (const std::system_error&) {
      // No thread to be had: slower, and right.
      hash.update(blocks[at]);
      filled_bytes = 0;
      return;
    }
  }
  std::unique_lock lock(mutex);
  ++waiting;
  changed.notify_all();
  // One block is always the caller's.
  changed.wait(lock, [&] { return waiting < kBlocks; });
  at = (at + 1) % kBlocks;
  filled_bytes = 0;
}

template <std::size_t kSize>
void BackgroundHash<kSize>::State::run() {
  std::unique_lock lock(mutex);
  while (true) {
    changed.wait(lock, [&] { return waiting > 0 || ended; });
    if (waiting == 0) return;
    const Bytes& block = blocks[first];
    lock.unlock();
    hash.update(block);
    lock.lock();
    first = (first + 1) % kBlocks;
    --waiting;
    changed.notify_all();
  }
}

template <std::size_t kSize>
void BackgroundHash<kSize>::State::stop() {
  if (!thread.joinable()) return;
  {
    const std::lock_guard lock(mutex);
    ended = true;
  }
  changed.notify_all();
  thread.join();
}

template <std::size_t kSize>
BackgroundHash<kSize>::BackgroundHash(const Blake2bStream<kSize>& start)
    : state_(std::make_unique<State>(start)) {}

template <std::size_t kSize>
BackgroundHash<kSize>::~BackgroundHash() = default;
template <std::size_t kSize>
BackgroundHash<kSize>::BackgroundHash(BackgroundHash&&) noexcept = default;
template <std::size_t kSize>
BackgroundHash<kSize>& BackgroundHash<kSize>::operator=(BackgroundHash&&) noexcept = default;

template <std::size_t kSize>
void BackgroundHash<kSize>::update(ByteView bytes) {
  state_->add(bytes);
}

template <std::size_t kSize>
std::array<std::uint8_t, kSize> BackgroundHash<kSize>::finish() {
  state_->stop();  // it hashes all that waits first
  state_->hash.update(ByteView(state_->blocks[state_->at]).first(state_->filled_bytes));
  return state_->hash.finish();
}

template class BackgroundHash<32>;
template class BackgroundHash<64>;

}  // namespace vigil::crypto
