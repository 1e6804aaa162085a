// SPDX-License-Identifier: Apache-2.0
//
// What several parts of core/vault ask about visits and records. core/vault's own.
#pragma once

#include "core/base/error.h"
#include "core/vault/ids.h"
#include "core/vault/store.h"
#include "core/vault/visits.h"

namespace vigil::vault {

[[nodiscard]] Result<Visit> read_visit(Store& store, VisitId id);
// kConflict "visit.sealed".
[[nodiscard]] Status require_open(Store& store, VisitId id);
// kNotFound "record.absent". A record exists only while its visit is open.
[[nodiscard]] Status require_record(Store& store, RecordId id);
[[nodiscard]] Result<std::vector<Record>> read_records(Store& store, VisitId visit);
[[nodiscard]] Result<bundle::BundleId> bundle_id_of(ByteView blob);
// Midnight (UTC) before: what is kept of a time once a visit is sealed.
[[nodiscard]] WallTime day_of(WallTime time);

}  // namespace vigil::vault
