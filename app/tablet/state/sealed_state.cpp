// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/sealed_state.h"

namespace vigil::tablet {

SealedState sealed_state(const vault::Visit& visit, const vault::OutboxEntry* entry) {
  if (visit.state == vault::VisitState::kErased) return SealedState::kErased;
  if (visit.state == vault::VisitState::kAcknowledged) return SealedState::kAcknowledged;
  if (entry == nullptr) return SealedState::kQueued;
  switch (entry->state) {
    case vault::UploadState::kQueued:
      return SealedState::kQueued;
    case vault::UploadState::kUploading:
      return SealedState::kUploading;
    case vault::UploadState::kAcknowledged:
      return SealedState::kAcknowledged;
    case vault::UploadState::kRefused:
      return SealedState::kRefused;
  }
  return SealedState::kQueued;
}

int sent_percent(const vault::OutboxEntry* entry) {
  if (entry == nullptr || entry->size_bytes == 0) return 0;
  return static_cast<int>(entry->sent_bytes * 100 / entry->size_bytes);
}

}  // namespace vigil::tablet
