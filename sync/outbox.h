// SPDX-License-Identifier: Apache-2.0
//
// What waits to be delivered, as the transports see it: a tablet's vault implements it, and so does
// a folder on a stick (carrier.h). Thread: one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/bundle/manifest.h"
#include "sync/deliver.h"

namespace vigil::sync {

class Outbox {
 public:
  struct Item {
    bundle::BundleId id;
    std::uint64_t size_bytes = 0;
  };

  virtual ~Outbox() = default;
  // Not yet acknowledged, oldest first. Refused ones too: a hub with an older roster refuses today
  // what it takes tomorrow.
  [[nodiscard]] virtual Result<std::vector<Item>> waiting() = 0;
  [[nodiscard]] virtual Result<std::unique_ptr<ReadableFile>> open(const bundle::BundleId& id) = 0;
  // The hub holds so many bytes safely. For the screen: going on never depends on it.
  [[nodiscard]] virtual Status progressed(const bundle::BundleId& id, std::uint64_t sent_bytes) = 0;
  // The receipt has verified: only now may the bundle be erased, and not where the hub raised an
  // alarm about it.
  [[nodiscard]] virtual Status acknowledged(const Delivery& delivery) = 0;
  // The hub refused it, or its file here is no longer what was sealed; the reason says which.
  [[nodiscard]] virtual Status refused(const bundle::BundleId& id, const Error& reason) = 0;
};

}  // namespace vigil::sync
