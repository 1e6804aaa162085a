// SPDX-License-Identifier: Apache-2.0
//
// The office fetches what the hub took, byte for byte, into a folder, each with its receipt of the
// log as <id>.receipt beside it; going on after any cut. Judging and opening is the import's
// business. Thread: one thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/bundle/manifest.h"
#include "core/crypto/minisign.h"
#include "sync/hub_link.h"

namespace vigil::sync {

// What the hub says it has.
struct Listed {
  std::uint64_t index = 0;  // in the log
  bundle::BundleId id;
  crypto::minisign::PublicKey device;
  std::uint64_t sequence = 0;
  std::uint64_t size_bytes = 0;
  std::string alarm;  // "hub.fork" and the like, empty mostly
};
// Everything above log index `after`. kDenied "sync.refused": this key is no office device's.
[[nodiscard]] Result<std::vector<Listed>> list_bundles(HubLink& hub,
                                                       const crypto::minisign::SecretKey& office,
                                                       std::optional<std::uint64_t> after,
                                                       const Patience& patience);

struct PullOptions {
  Patience patience;
  std::optional<std::uint64_t> after;  // log index of the last one fetched before
  // Keys whose signatures count; a bundle of another device is handed on all the same, as the
  // import keeps what it cannot judge.
  std::vector<crypto::minisign::PublicKey> devices;
  std::function<void(const Listed&, std::uint64_t got_bytes)> progress;  // may be empty
};

struct Fetched {
  Listed listed;
  std::string path;    // <inbox>/<id>.vigil; a damaged one: <inbox>/quarantine/<id>.vigil
  bool known = false;  // it was there before
  std::optional<Error> damage;
};
struct PullReport {
  std::vector<Fetched> bundles;
  // Give it as `after` next time; it stays before the first damaged one.
  std::optional<std::uint64_t> last_index;
  std::optional<Error> stopped;  // why the rest was not fetched
};
[[nodiscard]] PullReport pull(HubLink& hub, const crypto::minisign::SecretKey& office, Files& files,
                              const std::string& inbox, const PullOptions& options);

// Hands the hub an event of a chain (core/trust/event.h). kInvalid "sync.refused": it does not
// count by the hub's roster.
[[nodiscard]] Status send_event(HubLink& hub, std::string_view text, const Patience& patience);
// Every event that the hub has, into <inbox>/<name>.event, new ones only; returns how many were
// new. Whoever uses one reads and judges it.
[[nodiscard]] Result<std::size_t> fetch_events(HubLink& hub, Files& files, const std::string& inbox,
                                               const Patience& patience);

// The roster as an archive of roster.json and roster.json.minisig; verify before use.
[[nodiscard]] Result<Bytes> fetch_roster(HubLink& hub, const Patience& patience);
// Hands the hub a newer roster. kInvalid "sync.refused": it is not newer or not the root's.
[[nodiscard]] Status publish_roster(HubLink& hub, ByteView archive, const Patience& patience);

}  // namespace vigil::sync
