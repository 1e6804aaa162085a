// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/media_files.h"

namespace vigil::tablet {

Status drop_torn_files(vault::Vault& vault, vault::RecordId record) {
  VIGIL_ASSIGN(const auto stored, vault::attachments(vault, record));
  for (const vault::Attachment& file : stored) {
    if (!file.complete) VIGIL_TRY(vault::remove_attachment(vault, file.id));
  }
  return {};
}

}  // namespace vigil::tablet
