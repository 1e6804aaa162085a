// SPDX-License-Identifier: Apache-2.0
//
// A bundle's file before it leaves: is it still what was sealed? A disk or a stick may have changed
// or lost it, and then neither a hub nor a person should be asked about it.
#pragma once

#include <memory>

#include "core/base/files.h"
#include "sync/deliver.h"
#include "sync/outbox.h"

namespace vigil::sync {

// Reads the file once, against the manifest in it: sizes, digests, and that its own device signed
// it. Whether that device counts, the hub and the office say. kInvalid "sync.damaged".
[[nodiscard]] Result<SealedFile> check_sealed(ReadableFile& file);

// A bundle of the outbox, open and checked to be the one that waits there.
struct OpenedBundle {
  std::unique_ptr<ReadableFile> file;
  SealedFile sealed;
};
// kNotFound "sync.missing": there is no file any more; kInvalid "sync.damaged": it is not what was
// sealed, or cannot be read; kUnavailable: as the outbox says (locked).
[[nodiscard]] Result<OpenedBundle> open_sealed(Outbox& outbox, const Outbox::Item& item);

// Both concern one bundle and its file here, neither the way nor the hub.
[[nodiscard]] bool is_lost_here(const Error& error);

}  // namespace vigil::sync
