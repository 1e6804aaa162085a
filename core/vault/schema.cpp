// SPDX-License-Identifier: Apache-2.0
#include "core/vault/schema.h"

#include <array>
#include <string>

namespace vigil::vault {
namespace {

// What a step says is frozen once released: a change is a new step.
constexpr const char* kStep1 = R"sql(
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  secret INTEGER NOT NULL CHECK (secret IN (0, 1)),
  value BLOB NOT NULL
) STRICT;

CREATE TABLE forms (
  form INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  version TEXT NOT NULL,
  title TEXT NOT NULL,
  xform TEXT NOT NULL,
  current INTEGER NOT NULL CHECK (current IN (0, 1)),
  UNIQUE (id, version)
) STRICT;
CREATE TABLE form_media (
  form INTEGER NOT NULL REFERENCES forms ON DELETE CASCADE,
  name TEXT NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (form, name)
) STRICT;

CREATE TABLE visits (
  visit INTEGER PRIMARY KEY AUTOINCREMENT,
  code TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('open', 'sealed', 'acknowledged', 'erased')),
  created_ms INTEGER NOT NULL,
  bundle BLOB,
  CHECK ((state = 'open') = (bundle IS NULL))
) STRICT;
CREATE TRIGGER visit_stays_sealed BEFORE UPDATE OF state ON visits
  WHEN OLD.state <> 'open' AND NEW.state = 'open'
  BEGIN SELECT RAISE(ABORT, 'a sealed visit is not opened again'); END;

-- What sealing must take away has no foreign keys: rebuild_tables() relies on SQLite clearing these
-- tables whole, which it does not do where a key has to be looked after (scrub.h).
CREATE TABLE places (
  visit INTEGER PRIMARY KEY,
  place TEXT NOT NULL,
  kind TEXT NOT NULL,
  amends BLOB
) STRICT;

CREATE TABLE records (
  record INTEGER PRIMARY KEY AUTOINCREMENT,
  visit INTEGER NOT NULL REFERENCES visits ON DELETE CASCADE,
  form INTEGER NOT NULL REFERENCES forms,
  created_ms INTEGER NOT NULL,
  answered INTEGER NOT NULL DEFAULT 0,
  asked INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX records_by_visit ON records (visit);
CREATE TRIGGER record_of_open_visit BEFORE INSERT ON records
  WHEN (SELECT state FROM visits WHERE visit = NEW.visit) <> 'open'
  BEGIN SELECT RAISE(ABORT, 'the visit is sealed'); END;

CREATE TABLE answers (
  record INTEGER NOT NULL,
  ref TEXT NOT NULL,
  value TEXT NOT NULL,
  salt BLOB,
  event INTEGER NOT NULL,
  PRIMARY KEY (record, ref)
) STRICT, WITHOUT ROWID;
CREATE TABLE flags (
  record INTEGER NOT NULL,
  ref TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('note', 'later', 'finding')),
  text TEXT NOT NULL,
  salt BLOB NOT NULL,
  event INTEGER NOT NULL,
  PRIMARY KEY (record, ref, kind)
) STRICT, WITHOUT ROWID;
CREATE TABLE events (
  record INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  line TEXT NOT NULL,
  PRIMARY KEY (record, sequence)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER event_is_final BEFORE UPDATE ON events
  BEGIN SELECT RAISE(ABORT, 'an event does not change'); END;

CREATE TABLE attachments (
  attachment INTEGER PRIMARY KEY AUTOINCREMENT,
  record INTEGER NOT NULL,
  ref TEXT NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  key BLOB NOT NULL,
  size_bytes INTEGER NOT NULL,
  complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
  UNIQUE (record, name)
) STRICT;
CREATE TABLE chunks (
  attachment INTEGER NOT NULL,
  number INTEGER NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (attachment, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
  sequence INTEGER PRIMARY KEY,
  bundle BLOB NOT NULL UNIQUE,
  visit INTEGER NOT NULL,
  size_bytes INTEGER NOT NULL,
  sealed_ms INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'uploading', 'acknowledged', 'refused')),
  upload_url TEXT NOT NULL DEFAULT '',
  sent_bytes INTEGER NOT NULL DEFAULT 0,
  refusal TEXT NOT NULL DEFAULT '',
  receipt TEXT NOT NULL DEFAULT '',
  erased INTEGER NOT NULL DEFAULT 0 CHECK (erased IN (0, 1)),
  CHECK (erased = 0 OR state = 'acknowledged')
) STRICT;
CREATE TRIGGER chain_is_kept BEFORE DELETE ON outbox
  BEGIN SELECT RAISE(ABORT, 'the chain of sequences is kept'); END;
CREATE TRIGGER receipt_is_final BEFORE UPDATE OF state ON outbox
  WHEN OLD.state = 'acknowledged' AND NEW.state <> 'acknowledged'
  BEGIN SELECT RAISE(ABORT, 'an acknowledged bundle stays acknowledged'); END;
)sql";

constexpr const char* kStep2 = R"sql(
CREATE TABLE bundles (
  bundle BLOB PRIMARY KEY,
  device BLOB NOT NULL,
  sequence INTEGER NOT NULL,
  previous BLOB NOT NULL,
  roster_version INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  imported_ms INTEGER NOT NULL,
  path TEXT NOT NULL,
  UNIQUE (device, sequence)
) STRICT;
CREATE TABLE members (
  member INTEGER PRIMARY KEY,
  bundle BLOB NOT NULL REFERENCES bundles ON DELETE CASCADE,
  payload INTEGER NOT NULL,
  name TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  key BLOB NOT NULL,
  UNIQUE (bundle, payload, name)
) STRICT;
CREATE TABLE member_chunks (
  member INTEGER NOT NULL REFERENCES members ON DELETE CASCADE,
  number INTEGER NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (member, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE submissions (
  submission INTEGER PRIMARY KEY AUTOINCREMENT,
  bundle BLOB NOT NULL REFERENCES bundles ON DELETE CASCADE,
  member_prefix TEXT NOT NULL,
  visit_code TEXT NOT NULL,
  place TEXT NOT NULL,
  kind TEXT NOT NULL,
  form_id TEXT NOT NULL,
  form_version TEXT NOT NULL,
  instance_id TEXT NOT NULL,
  general_xml TEXT NOT NULL,
  restricted_xml TEXT NOT NULL
) STRICT;
CREATE INDEX submissions_by_bundle ON submissions (bundle);
CREATE TABLE submission_answers (
  submission INTEGER NOT NULL REFERENCES submissions ON DELETE CASCADE,
  ref TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (submission, ref)
) STRICT, WITHOUT ROWID;
CREATE TABLE submission_flags (
  submission INTEGER NOT NULL REFERENCES submissions ON DELETE CASCADE,
  ref TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (submission, ref, kind)
) STRICT, WITHOUT ROWID;
CREATE TABLE quarantine (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  file_name TEXT NOT NULL,
  path TEXT NOT NULL,
  code TEXT NOT NULL,
  reason TEXT NOT NULL,
  time_ms INTEGER NOT NULL
) STRICT;
)sql";

// Team and tasks of a visit; in visits from before they stand in a note, if anywhere.
constexpr const char* kStep3 = R"sql(
ALTER TABLE places ADD COLUMN team INTEGER NOT NULL DEFAULT 0;
ALTER TABLE places ADD COLUMN tasks TEXT NOT NULL DEFAULT '';
ALTER TABLE submissions ADD COLUMN team INTEGER NOT NULL DEFAULT 0;
ALTER TABLE submissions ADD COLUMN tasks TEXT NOT NULL DEFAULT '';
)sql";

// What was typed and is no answer yet; where somebody was in a checklist, and in which language.
// No foreign keys: rebuild_tables().
constexpr const char* kStep4 = R"sql(
CREATE TABLE unfinished (
  record INTEGER NOT NULL,
  ref TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (record, ref)
) STRICT, WITHOUT ROWID;
ALTER TABLE records ADD COLUMN position TEXT NOT NULL DEFAULT '';
ALTER TABLE records ADD COLUMN language TEXT NOT NULL DEFAULT '';
)sql";

constexpr std::array<const char*, 4> kSteps = {kStep1, kStep2, kStep3, kStep4};

Status run_steps(sql::Database& database, int from, int to) {
  for (int step = from; step < to; ++step) {
    VIGIL_TRY(database.execute(kSteps[static_cast<std::size_t>(step)]));
  }
  return database.execute(("PRAGMA user_version=" + std::to_string(to)).c_str());
}

}  // namespace

int newest_schema() {
  return static_cast<int>(kSteps.size());
}

Status make_schema(sql::Database& database, int version) {
  // Space of purged attachments goes back to the file system (Database::shrink()). Both are
  // properties of the file and must come before its first table.
  VIGIL_TRY(database.execute("PRAGMA auto_vacuum=INCREMENTAL; PRAGMA journal_mode=WAL"));
  VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(database));
  VIGIL_TRY(database.execute(("PRAGMA application_id=" + std::to_string(kApplicationId)).c_str()));
  VIGIL_TRY(run_steps(database, 0, version));
  return transaction.commit();
}

Status migrate_schema(sql::Database& database) {
  VIGIL_ASSIGN(const std::int64_t application, database.integer("PRAGMA application_id"));
  if (application != kApplicationId) {
    return fail(
        ErrorKind::kInvalid, "vault.foreign",
        "vault.db is an encrypted database, but not a Vigil vault. Put back the right one.");
  }
  VIGIL_ASSIGN(const std::int64_t version, database.integer("PRAGMA user_version"));
  if (version > newest_schema()) {
    return fail(
        ErrorKind::kInvalid, "vault.newer",
        "This vault was written by a newer Vigil. Install that version; nothing was changed.");
  }
  if (version < kOldestSchema) {
    return fail(ErrorKind::kInvalid, "vault.older",
                "This vault is from a Vigil too old for this one to read. Open it once with the "
                "version before; nothing was changed.");
  }
  // It is ours: from here on it may be written. One commit costs one sync in this mode.
  VIGIL_TRY(database.execute("PRAGMA journal_mode=WAL"));
  if (version == newest_schema()) return {};
  VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(database));
  VIGIL_TRY(run_steps(database, static_cast<int>(version), newest_schema()));
  return transaction.commit();
}

}  // namespace vigil::vault
