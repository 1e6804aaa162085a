// SPDX-License-Identifier: Apache-2.0
//
// One bundle to the hub over tus, over any network that lets a few bytes through now and then. Goes
// on from the hub's own offset after any cut; "delivered" means that the receipt verified, and
// nothing else does. Thread: one thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "core/base/files.h"
#include "core/bundle/manifest.h"
#include "core/log/receipt.h"
#include "core/trust/roster.h"
#include "sync/hub_link.h"

namespace vigil::sync {

// Bytes that the hub holds safely, of all; called after each change.
using Progress = std::function<void(std::uint64_t sent_bytes, std::uint64_t total_bytes)>;

struct DeliveryOptions {
  Patience patience;
  // One request carries at most so much; halves at a second cut in a row, grows back slowly.
  std::uint64_t chunk_limit_bytes = std::uint64_t{1} << 20;
  std::uint64_t chunk_least_bytes = std::uint64_t{64} << 10;
  Progress progress;  // may be empty
};

struct Delivery {
  bundle::BundleId id;
  std::string receipt;  // tlog-proof, verified
  std::uint64_t index = 0;
  std::string alarm;             // "hub.fork" and the like, empty mostly: a person must look
  std::uint64_t sent_bytes = 0;  // bodies handed to the network, repeats included
  int cuts = 0;                  // requests that found no answer
};

// A bundle as it lies on the disk.
struct SealedFile {
  bundle::BundleId id;
  std::string manifest_json;
  std::string signature_file;
  std::uint64_t size_bytes = 0;
};
// Reads the first two members; judges nothing else. kInvalid "sync.bundle": not a bundle.
[[nodiscard]] Result<SealedFile> read_sealed(ReadableFile& file);

// kUnavailable "sync.unreachable", "sync.hub_full", "sync.not_the_hub", "sync.no_certificates":
// later; what the hub has, it keeps. kInvalid or kDenied "sync.refused": the hub says no, and why.
// kInvalid "sync.receipt": the hub's receipt does not hold by this roster: the bundle must be kept
// and a person told.
[[nodiscard]] Result<Delivery> deliver(HubLink& hub, const SealedFile& bundle, ReadableFile& file,
                                       const trust::Roster& roster, const DeliveryOptions& options);

}  // namespace vigil::sync
