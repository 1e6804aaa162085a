// SPDX-License-Identifier: Apache-2.0
//
// The attachments of a record and their keys. core/vault's own.
#pragma once

#include <vector>

#include "core/vault/attachments.h"
#include "core/vault/store.h"

namespace vigil::vault {

[[nodiscard]] Result<std::vector<Attachment>> read_attachments(Store& store, RecordId record);
[[nodiscard]] Result<crypto::SecretBytes> attachment_key(Store& store, AttachmentId id);

}  // namespace vigil::vault
