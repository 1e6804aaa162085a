// SPDX-License-Identifier: Apache-2.0
//
// The files of a record, found by the name that an answer or a note has for them. Thread: the
// vault's.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/files.h"
#include "core/vault/attachments.h"

namespace vigil::tablet {

// None where the vault cannot say.
[[nodiscard]] std::vector<vault::Attachment> stored_files(vault::Vault& vault,
                                                          vault::RecordId record);
// nullptr where it is not there, or not whole.
[[nodiscard]] std::unique_ptr<ReadableFile> open_stored(vault::Vault& vault, vault::RecordId record,
                                                        std::string_view name);
// All of it. kNotFound "attachment.absent".
[[nodiscard]] Result<Bytes> read_stored(vault::Vault& vault, vault::RecordId record,
                                        std::string_view name);

}  // namespace vigil::tablet
