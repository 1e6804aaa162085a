// SPDX-License-Identifier: Apache-2.0
//
// Delivers everything that waits in an outbox. Thread: one thread at a time.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "sync/deliver.h"
#include "sync/outbox.h"

namespace vigil::sync {

struct PushOptions {
  DeliveryOptions delivery;  // its progress is replaced by the one here
  std::function<void(const bundle::BundleId&, std::uint64_t sent_bytes, std::uint64_t total_bytes)>
      progress;
};

struct Refusal {
  bundle::BundleId id;
  Error reason;
};

struct PushReport {
  std::vector<Delivery> delivered;
  // By the hub, or never shown to it: missing or damaged here (is_lost_here() in sealed_file.h).
  // They stay in the outbox, the rest went on.
  std::vector<Refusal> refused;
  // Why the rest waits: "sync.unreachable", "sync.hub_full", "sync.not_the_hub", "sync.receipt", or
  // the disk.
  std::optional<Error> stopped;
};

[[nodiscard]] PushReport push(HubLink& hub, Outbox& outbox, const trust::Roster& roster,
                              const PushOptions& options);

}  // namespace vigil::sync
