// SPDX-License-Identifier: Apache-2.0
//
// What is known of each checklist of a visit, so that its page and its review need not open them
// all for every frame. Only what the vault has is in here, and only until it changes: who opens a
// checklist to change it forgets its view first. Wiped with the vault. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/tablet/state/overview.h"
#include "app/visit/open_forms.h"
#include "core/base/clock.h"
#include "core/vault/visits.h"

namespace vigil::tablet {

class RecordViews {
 public:
  // Makes those that are missing, in order, and stops `pause_ms` after it began (at least one is
  // made). False where some are missing still. Findings and notes are read anew each time.
  [[nodiscard]] Result<bool> gather(vault::Vault& vault, const Clock& clock,
                                    visit::OpenForms& forms,
                                    const std::vector<vault::Record>& records,
                                    std::string_view language, std::int64_t pause_ms);
  // In the order of `records`; those missing are left out. Valid until the next call of another
  // member.
  [[nodiscard]] std::vector<const RecordView*> list(
      const std::vector<vault::Record>& records) const;
  [[nodiscard]] bool has(vault::RecordId record) const { return views_.contains(record.value); }
  void forget(vault::RecordId record) { views_.erase(record.value); }
  void clear() { views_.clear(); }

 private:
  std::map<std::int64_t, RecordView> views_;  // by record
  std::string language_;                      // that they are in
};

}  // namespace vigil::tablet
