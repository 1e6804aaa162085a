// SPDX-License-Identifier: Apache-2.0
#include "sync/hub/challenge.h"

#include <algorithm>

#include "core/crypto/secret_bytes.h"
#include "sync/protocol/authorization.h"

namespace vigil::hub {
namespace {

constexpr std::int64_t kLifetimeMs = 120'000;
// Anybody may ask for a challenge; beyond this the oldest is forgotten, so memory stays bounded.
constexpr std::size_t kOpenLimit = 1024;

}  // namespace

std::string Challenges::issue() {
  std::array<std::uint8_t, 32> random{};
  crypto::random_fill(random);
  std::string nonce = hex_encode(random);
  const std::int64_t now_ms = clock_.monotonic_ms();
  const std::lock_guard lock(mutex_);
  std::erase_if(issued_at_ms_,
                [&](const auto& item) { return now_ms - item.second > kLifetimeMs; });
  if (issued_at_ms_.size() >= kOpenLimit) {
    issued_at_ms_.erase(
        std::min_element(issued_at_ms_.begin(), issued_at_ms_.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; }));
  }
  issued_at_ms_[nonce] = now_ms;
  return nonce;
}

bool Challenges::redeem(std::string_view nonce) {
  const std::int64_t now_ms = clock_.monotonic_ms();
  const std::lock_guard lock(mutex_);
  const auto found = issued_at_ms_.find(nonce);
  if (found == issued_at_ms_.end()) return false;
  const bool in_time = now_ms - found->second <= kLifetimeMs;
  issued_at_ms_.erase(found);
  return in_time;
}

Status check_authorization(const std::string* header, std::string_view method,
                           std::string_view target, const trust::Roster& roster,
                           Challenges& challenges) {
  VIGIL_ASSIGN(const sync::Authorization claim,
               sync::parse_authorization(header == nullptr ? std::string_view() : *header));
  // The signature first: a nonce is spent only by somebody who holds a key, not by a guess.
  VIGIL_TRY(sync::verify_authorization(claim, method, target));
  if (!challenges.redeem(claim.nonce)) {
    return fail(ErrorKind::kDenied, "hub.auth",
                "The challenge is unknown, used or too old: ask for a fresh one.");
  }
  const trust::Device* device = roster.find_device(claim.key);
  if (device == nullptr || device->role != trust::DeviceRole::kOffice ||
      device->revoked_after_sequence) {
    return fail(ErrorKind::kDenied, "hub.role",
                "Only an office device of the current roster may ask for this.");
  }
  return {};
}

}  // namespace vigil::hub
