// SPDX-License-Identifier: Apache-2.0
#include "app/visit/vault_outbox.h"

namespace vigil::visit {

Result<std::vector<sync::Outbox::Item>> VaultOutbox::waiting() {
  VIGIL_ASSIGN(const auto entries, vault::outbox(vault_));
  std::vector<Item> items;
  for (const vault::OutboxEntry& entry : entries)
    if (entry.state != vault::UploadState::kAcknowledged)
      items.push_back({entry.id, entry.size_bytes});
  return items;
}

Result<std::unique_ptr<ReadableFile>> VaultOutbox::open(const bundle::BundleId& id) {
  VIGIL_ASSIGN(const auto entry, vault::outbox_entry(vault_, id));
  return files_.open(entry.path);
}

Status VaultOutbox::progressed(const bundle::BundleId& id, std::uint64_t sent_bytes) {
  return vault::set_upload_progress(vault_, id,
                                    {vault::UploadState::kUploading, {}, sent_bytes, {}});
}

Status VaultOutbox::acknowledged(const sync::Delivery& delivery) {
  if (!delivery.alarm.empty()) {
    VIGIL_ASSIGN(const auto entry, vault::outbox_entry(vault_, delivery.id));
    return vault::set_upload_progress(
        vault_, delivery.id,
        {vault::UploadState::kRefused,
         {},
         entry.size_bytes,
         "The hub has it, but raised an alarm (" + delivery.alarm +
             "): an office may not be able to take it in, so it stays here. Tell the office."});
  }
  VIGIL_TRY(vault::acknowledge(vault_, delivery.id, delivery.receipt));
  VIGIL_ASSIGN([[maybe_unused]] const int erased, vault::apply_retention(vault_, retention_days_));
  return {};
}

Status VaultOutbox::refused(const bundle::BundleId& id, const Error& reason) {
  return vault::set_upload_progress(vault_, id,
                                    {vault::UploadState::kRefused, {}, 0, reason.message});
}

}  // namespace vigil::visit
