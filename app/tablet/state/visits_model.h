// SPDX-License-Identifier: Apache-2.0
//
// The list of visits.
#pragma once

#include <string>
#include <vector>

#include "app/tablet/screens/model.h"
#include "app/words/words.h"
#include "core/base/clock.h"
#include "core/vault/outbox.h"
#include "core/vault/visits.h"

namespace vigil::tablet {

struct StoredVisit {
  vault::Visit visit;
  // Of an open one.
  int answered = 0;
  int asked = 0;
  bool unread = false;    // the vault cannot say
  std::string team_note;  // visit_about.h
};
struct StoredVisits {
  std::vector<StoredVisit> visits;
  std::vector<vault::OutboxEntry> outbox;
};
[[nodiscard]] Result<StoredVisits> stored_visits(vault::Vault& vault);

// Those that hold `search`. enrolled and sending are the caller's.
[[nodiscard]] VisitsModel visits_model(const words::Words& words, const Clock& clock,
                                       const StoredVisits& stored, const std::string& search);

}  // namespace vigil::tablet
