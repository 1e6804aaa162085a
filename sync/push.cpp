// SPDX-License-Identifier: Apache-2.0
#include "sync/push.h"

#include <utility>

#include "sync/sealed_file.h"

namespace vigil::sync {
namespace {

Result<Delivery> push_one(HubLink& hub, Outbox& outbox, const Outbox::Item& item,
                          const trust::Roster& roster, const PushOptions& options) {
  VIGIL_ASSIGN(const OpenedBundle bundle, open_sealed(outbox, item));
  DeliveryOptions delivery = options.delivery;
  Status saved;
  delivery.progress = [&](std::uint64_t sent_bytes, std::uint64_t total_bytes) {
    if (saved) saved = outbox.progressed(item.id, sent_bytes);
    if (options.progress) options.progress(item.id, sent_bytes, total_bytes);
  };
  auto delivered = deliver(hub, bundle.sealed, *bundle.file, roster, delivery);
  if (delivered && !saved) return std::unexpected(saved.error());
  return delivered;
}

// A bundle that is refused, damaged or gone must not hold up those after it.
bool concerns_only_this(const Error& error) {
  return error.code == "sync.refused" || is_lost_here(error) || error.kind == ErrorKind::kNotFound;
}

}  // namespace

PushReport push(HubLink& hub, Outbox& outbox, const trust::Roster& roster,
                const PushOptions& options) {
  PushReport report;
  const auto items = outbox.waiting();
  if (!items) {
    report.stopped = items.error();
    return report;
  }
  for (const Outbox::Item& item : *items) {
    auto delivered = push_one(hub, outbox, item, roster, options);
    if (delivered) {
      if (const Status kept = outbox.acknowledged(*delivered); !kept) {
        report.stopped = kept.error();
        return report;
      }
      report.delivered.push_back(std::move(*delivered));
      continue;
    }
    if (delivered.error().code == "sync.unwitnessed") {
      report.stopped = std::move(delivered).error();  // it is there; go on with the others
      continue;
    }
    if (!concerns_only_this(delivered.error())) {
      report.stopped = std::move(delivered).error();
      return report;
    }
    if (const Status kept = outbox.refused(item.id, delivered.error()); !kept) {
      report.stopped = kept.error();
      return report;
    }
    report.refused.push_back({item.id, std::move(delivered).error()});
  }
  return report;
}

}  // namespace vigil::sync
