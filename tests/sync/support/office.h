// SPDX-License-Identifier: Apache-2.0
//
// A small office for tests: root, log key, two tablets, a collector, one opening identity; a hub's
// folder as `vigilctl office hub` would leave it; sealed bundles of any size. CHECKs instead of
// returning errors.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/files.h"
#include "core/bundle/manifest.h"
#include "core/crypto/age.h"
#include "core/crypto/minisign.h"
#include "core/log/note.h"
#include "core/trust/roster.h"

namespace vigil::test {

class TurnedClock final : public Clock {
 public:
  explicit TurnedClock(std::int64_t now_ms = 1'700'000'000'000) : now_ms_(now_ms) {}
  [[nodiscard]] WallTime now() const override { return {now_ms_}; }
  [[nodiscard]] std::int64_t monotonic_ms() const override { return steady_ms_; }
  [[nodiscard]] int utc_offset_minutes(WallTime) const override { return 0; }
  void turn_to(std::int64_t now_ms) { now_ms_ = now_ms; }
  void pass_ms(std::int64_t ms) { steady_ms_ += ms; }

 private:
  std::int64_t now_ms_;
  std::int64_t steady_ms_ = 1000;
};

struct MadeBundle {
  bundle::BundleId id;
  std::string path;
  std::uint64_t size_bytes = 0;
  std::string manifest_json;
  std::string signature_file;
  Bytes bytes;  // the whole file
};

class TestOffice {
 public:
  TestOffice();

  // Signs the roster as it is now and writes roster.json, roster.json.minisig, root.pub, log.key.
  void write_hub_folder(Files& files, const std::string& folder) const;
  [[nodiscard]] trust::SignedRoster signed_roster() const;
  [[nodiscard]] Bytes roster_archive() const;

  // Seals `payload_bytes` of noise as bundle `sequence` of `device` at `path`.
  [[nodiscard]] MadeBundle seal(Files& files, const std::string& path, std::uint64_t sequence,
                                const bundle::BundleId& previous = {},
                                std::uint64_t payload_bytes = 1000,
                                const crypto::minisign::SecretKey* device = nullptr) const;

  crypto::minisign::SecretKey root = crypto::minisign::SecretKey::generate();
  crypto::minisign::SecretKey tablet = crypto::minisign::SecretKey::generate();
  crypto::minisign::SecretKey other_tablet = crypto::minisign::SecretKey::generate();
  crypto::minisign::SecretKey collector = crypto::minisign::SecretKey::generate();
  log::SignerKey log_key = log::SignerKey::generate("hub.test.example/log", log::KeyType::kLog);
  crypto::age::Identity identity = crypto::age::Identity::generate();
  trust::Roster roster;
};

}  // namespace vigil::test
