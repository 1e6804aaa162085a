// SPDX-License-Identifier: Apache-2.0
#include "core/vault/forms_store.h"

#include <optional>

#include "core/vault/store.h"

namespace vigil::vault {
namespace {

std::unexpected<Error> absent(std::string_view id) {
  return fail(ErrorKind::kNotFound, "form.absent",
              "The checklist " + std::string(id) +
                  " is not installed in this version. Take in the office's newest kit.");
}

Result<InstalledForm> read_form(sql::Database& database, sql::Statement& statement,
                                std::string_view id) {
  VIGIL_ASSIGN(const bool row, statement.step());
  if (!row) return absent(id);
  InstalledForm form;
  const std::int64_t number = statement.integer(0);
  form.id = statement.text(1);
  form.version = statement.text(2);
  form.title = statement.text(3);
  form.xform = statement.text(4);
  sql::Statement media(database,
                       "SELECT name, content FROM form_media WHERE form = ? ORDER BY name");
  media.bind(number);
  while (true) {
    VIGIL_ASSIGN(const bool more, media.step());
    if (!more) return form;
    const ByteView content = media.blob(1);
    form.media.push_back({media.text(0), Bytes(content.begin(), content.end())});
  }
}

// The row of an installed form, nullopt where there is none. kConflict where the text differs.
Result<std::optional<std::int64_t>> same_form(sql::Database& database, const InstalledForm& form) {
  sql::Statement statement(database,
                           "SELECT form, xform = ? FROM forms WHERE id = ? AND version = ?");
  statement.bind(form.xform).bind(form.id).bind(form.version);
  VIGIL_ASSIGN(const bool row, statement.step());
  if (!row) return std::nullopt;
  if (statement.integer(1) == 0) {
    return fail(ErrorKind::kConflict, "form.changed",
                "The checklist " + form.id + " version " + form.version +
                    " is installed with another text. Give the changed checklist a new version.");
  }
  return statement.integer(0);
}

Status insert_form(sql::Database& database, const InstalledForm& form) {
  sql::Statement insert(
      database, "INSERT INTO forms (id, version, title, xform, current) VALUES (?, ?, ?, ?, 1)");
  VIGIL_TRY(insert.bind(form.id).bind(form.version).bind(form.title).bind(form.xform).run());
  const std::int64_t number = database.last_row_id();
  for (const FormMedia& media : form.media) {
    sql::Statement statement(database,
                             "INSERT INTO form_media (form, name, content) VALUES (?, ?, ?)");
    VIGIL_TRY(statement.bind(number).bind(media.name).bind(media.content).run());
  }
  return {};
}

}  // namespace

Status install_form(Vault& vault, const InstalledForm& form) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  sql::Database& database = store->database;
  VIGIL_ASSIGN(auto transaction, sql::Transaction::begin(database));
  VIGIL_ASSIGN(const auto existing, same_form(database, form));
  sql::Statement others(database, "UPDATE forms SET current = 0 WHERE id = ?");
  VIGIL_TRY(others.bind(form.id).run());
  if (existing.has_value()) {
    sql::Statement again(database, "UPDATE forms SET current = 1 WHERE form = ?");
    VIGIL_TRY(again.bind(*existing).run());
  } else {
    VIGIL_TRY(insert_form(database, form));
  }
  return transaction.commit();
}

Result<std::vector<FormSummary>> installed_forms(Vault& vault) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  sql::Statement statement(store->database,
                           "SELECT id, version, title, current FROM forms ORDER BY title, form");
  std::vector<FormSummary> forms;
  while (true) {
    VIGIL_ASSIGN(const bool row, statement.step());
    if (!row) return forms;
    forms.push_back(
        {statement.text(0), statement.text(1), statement.text(2), statement.integer(3) == 1});
  }
}

Result<InstalledForm> installed_form(Vault& vault, std::string_view id, std::string_view version) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  sql::Statement statement(
      store->database,
      "SELECT form, id, version, title, xform FROM forms WHERE id = ? AND version = ?");
  statement.bind(id).bind(version);
  return read_form(store->database, statement, id);
}

Result<InstalledForm> current_form(Vault& vault, std::string_view id) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  sql::Statement statement(
      store->database,
      "SELECT form, id, version, title, xform FROM forms WHERE id = ? AND current = 1");
  statement.bind(id);
  return read_form(store->database, statement, id);
}

}  // namespace vigil::vault
