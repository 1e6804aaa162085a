// SPDX-License-Identifier: Apache-2.0
//
// An office, tablets, a log and sealed bundles, made afresh for each test.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/verify/judge.h"
#include "core/bundle/manifest.h"
#include "core/log/tiles.h"
#include "core/trust/roster.h"

namespace vigil::verify::test {

struct Tablet {
  crypto::minisign::SecretKey key = crypto::minisign::SecretKey::generate();
  std::uint64_t sequence = 0;
  bundle::BundleId previous;
};

class World {
 public:
  // Two tablets in roster version 1, an empty log in "log".
  explicit World(Files& files);

  // Seals the next bundle of a tablet as `path`.
  void seal(Tablet& tablet, const std::string& path);
  // As seal(), but does not remember it: the next one will be a fork of it.
  void seal_and_forget(Tablet& tablet, const std::string& path);
  // Appends a sealed bundle to the log; with `receipt` also writes PATH.receipt.
  void log(const std::string& path, bool receipt = false);
  [[nodiscard]] Bytes entry_of(const std::string& path);
  [[nodiscard]] std::string checkpoint() const;
  [[nodiscard]] trust::SignedRoster sign() const;

  [[nodiscard]] Question question(std::vector<std::string> paths, bool with_log);
  [[nodiscard]] Report judge(const Question& question);
  [[nodiscard]] Report judge(std::vector<std::string> paths, bool with_log);

  Files& files;
  crypto::minisign::SecretKey root = crypto::minisign::SecretKey::generate();
  crypto::age::Identity general = crypto::age::Identity::generate();
  vigil::log::SignerKey log_key =
      vigil::log::SignerKey::generate("hub.example/log", vigil::log::KeyType::kLog);
  vigil::log::SignerKey witness_key =
      vigil::log::SignerKey::generate("auditor-1", vigil::log::KeyType::kWitness);
  Tablet first;
  Tablet second;
  trust::Roster roster;
  std::unique_ptr<vigil::log::LogWriter> writer;
};

// The claim of this key, with its reason; "absent" where there is none.
[[nodiscard]] std::string verdict(const std::vector<Claim>& claims, std::string_view claim);
[[nodiscard]] std::string reason(const std::vector<Claim>& claims, std::string_view claim);

inline constexpr std::string_view kHolds = "holds";
inline constexpr std::string_view kNot = "does not hold";
inline constexpr std::string_view kOpen = "could not be checked";

}  // namespace vigil::verify::test
