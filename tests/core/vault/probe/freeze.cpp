// SPDX-License-Identifier: Apache-2.0
#include "core/vault/answers.h"
#include "core/vault/attachments.h"
#include "core/vault/forms_store.h"
#include "core/vault/inbox.h"
#include "core/vault/schema.h"
#include "core/vault/visits.h"
#include "tests/core/vault/probe/modes.h"
#include "tests/core/vault/probe/open_probe.h"

namespace vigil::vault::probe {
namespace {

// From the second schema on: what an office has.
void import_one(Vault& vault) {
  ImportedBundle came;
  came.id.value.fill(0x0c);
  came.sequence = 1;
  came.verdict = "valid";
  came.path = "inbox/frozen";
  auto stage = begin_import(vault, came);
  CHECK(stage.has_value());
  ImportedSubmission submission;
  submission.bundle = came.id;
  submission.member_prefix = "r1-";
  submission.visit_code = "RIVER-08";
  submission.place = "Frozen station";
  submission.kind = "police";
  submission.form_id = "custody";
  submission.form_version = "1";
  submission.answers = {{"/data/a", "frozen answer"}};
  CHECK((*stage)->add_submission(submission).has_value());
  CHECK((*stage)->commit().has_value());
}

}  // namespace

int freeze(const std::string& folder, const std::string& key_hex, int schema_version) {
  const auto files = platform::posix_files();
  const auto clock = platform::system_clock();
  const Host host{*files, *clock};
  auto key = crypto::SecretBytes::copy_of(*hex_decode(key_hex));
  CHECK(files->make_directories(folder).has_value());
  auto database = sql::Database::open(path_in(folder, kDatabaseFile), key, sql::OpenMode::kCreate);
  CHECK(database.has_value());
  CHECK(make_schema(*database, schema_version).has_value());
  Vault vault(
      std::make_unique<Store>(host, folder, std::move(*database), std::move(key), "0a0b0c0d"));
  CHECK(put_setting(vault, kRoleSetting, as_bytes("tablet")).has_value());
  CHECK(install_form(vault, {"custody", "1", "Police custody", "<h:html/>", {}}).has_value());
  const auto visit = new_visit(vault, {"Frozen station", "police", std::nullopt});
  const auto record = add_record(vault, visit->id, "custody", "1");
  CHECK(record.has_value());
  CHECK(add_repeat(vault, *record, "/data/p[1]").has_value());
  CHECK(apply(vault, *record, {{"/data/a", "frozen"}, {"/data/p[1]/n", "one"}}).has_value());
  CHECK(apply(vault, *record, {{"/data/a", "frozen answer"}}).has_value());
  auto writer = begin_attachment(vault, *record, "/data/photo", "a.jpg", "image/jpeg");
  CHECK((*writer)->append(Bytes(5000, 7)).has_value());
  CHECK((*writer)->commit().has_value());
  if (schema_version >= 2) import_one(vault);
  return 0;
}

}  // namespace vigil::vault::probe
