// SPDX-License-Identifier: Apache-2.0
//
// Visits and the checklists (records) filled during them. Once a visit is sealed its place, kind,
// team and records are gone from the vault; code, day and state stay.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/bundle/manifest.h"
#include "core/vault/ids.h"
#include "core/vault/team.h"
#include "core/vault/vault.h"

namespace vigil::vault {

enum class VisitState {
  kOpen,          // being filled in
  kSealed,        // finalised: nothing on this device opens it
  kAcknowledged,  // a receipt was verified; the ciphertext is still here
  kErased,        // the ciphertext is gone too
};
[[nodiscard]] std::string_view to_string(VisitState state);  // "open", "sealed", ...

// Of a place and of a kind. A line on a screen: three of a tablet's, in Cyrillic.
inline constexpr std::size_t kPlaceLimitBytes = 1000;

struct NewVisit {
  std::string place;  // free text of the monitor
  std::string kind;   // for example "police", as the kit names it
  // The sealed visit this one corrects; what sealed wrongly is never edited.
  std::optional<bundle::BundleId> amends;
  Team team = {};
};

struct Visit {
  VisitId id;
  std::string code;  // random and speakable, "RIVER-08"; unique in this vault
  VisitState state = VisitState::kOpen;
  std::string place;                       // empty once sealed
  std::string kind;                        // empty once sealed
  WallTime created;                        // the device's clock; only the day once sealed
  std::optional<bundle::BundleId> bundle;  // once sealed
  std::optional<bundle::BundleId> amends;  // while open
  Team team;                               // while open
};

// Makes the code and takes the time from the vault's clock. kInvalid "visit.team": as is_team().
[[nodiscard]] Result<Visit> new_visit(Vault& vault, const NewVisit& fields);
// Newest first.
[[nodiscard]] Result<std::vector<Visit>> visits(Vault& vault);
[[nodiscard]] Result<Visit> visit(Vault& vault, VisitId id);  // kNotFound "visit.absent"
[[nodiscard]] Result<Visit> visit_by_code(Vault& vault, std::string_view code);  // the same
// Open visits only, else kConflict "visit.sealed". kInvalid "visit.place": past kPlaceLimitBytes.
[[nodiscard]] Status set_place(Vault& vault, VisitId id, const std::string& place,
                               const std::string& kind);
// The same; kInvalid "visit.team".
[[nodiscard]] Status set_team(Vault& vault, VisitId id, const Team& team);
// Erases an open visit with all its records, as if it had never been. kConflict "visit.sealed".
[[nodiscard]] Status discard_visit(Vault& vault, VisitId id);

struct Record {
  RecordId id;
  VisitId visit;
  std::string form_id;
  std::string form_version;
  WallTime created;
  int answered = 0;  // as the client last told
  int asked = 0;
  std::string position;  // where somebody left it, in the client's own words; empty: nowhere yet
  std::string language;  // the form's language it is filled in; empty: nobody said
};

// Adds a checklist to an open visit. kNotFound "form.absent", "visit.absent"; kConflict
// "visit.sealed".
[[nodiscard]] Result<RecordId> add_record(Vault& vault, VisitId visit, std::string_view form_id,
                                          std::string_view form_version);
// In the order they were added.
[[nodiscard]] Result<std::vector<Record>> records(Vault& vault, VisitId visit);
[[nodiscard]] Result<Record> record(Vault& vault, RecordId id);  // kNotFound "record.absent"
[[nodiscard]] Status set_progress(Vault& vault, RecordId id, int answered, int asked);
// Both are free text of at most 2 KiB (kInvalid "record.place"); kNotFound "record.absent".
[[nodiscard]] Status set_position(Vault& vault, RecordId id, std::string_view position);
[[nodiscard]] Status set_language(Vault& vault, RecordId id, std::string_view language);
[[nodiscard]] Status discard_record(Vault& vault, RecordId id);

}  // namespace vigil::vault
