// SPDX-License-Identifier: Apache-2.0
//
// The visit whose pages are shown, and what was read of its checklists. Wiped with the vault.
// Thread: the vault's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/tablet/state/record_views.h"
#include "app/visit/open_forms.h"
#include "core/base/clock.h"
#include "core/vault/visits.h"

namespace vigil::tablet {

struct GatheredRecords {
  std::vector<vault::Record> list;
  bool whole = false;  // each has its view
};

struct OpenVisit {
  vault::VisitId id;
  RecordViews views;  // of its checklists
  visit::OpenForms forms;
  std::string review_error;

  void show(vault::VisitId visit) {
    if (id != visit) views.clear();
    id = visit;
  }
  // It is sealed: nothing of it is left to show.
  void leave() {
    id = {};
    views.clear();
  }
  // As RecordViews::gather().
  [[nodiscard]] Result<GatheredRecords> gather(vault::Vault& vault, const Clock& clock,
                                               std::string_view language, std::int64_t pause_ms) {
    GatheredRecords records;
    VIGIL_ASSIGN(records.list, vault::records(vault, id));
    VIGIL_ASSIGN(records.whole,
                 views.gather(vault, clock, forms, records.list, language, pause_ms));
    return records;
  }
};

}  // namespace vigil::tablet
