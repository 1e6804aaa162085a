// SPDX-License-Identifier: Apache-2.0
#include "core/vault/answer_rows.h"
#include "core/vault/flag_names.h"
#include "core/vault/inbox.h"
#include "core/vault/visit_rows.h"

namespace vigil::vault {
namespace {

// Columns: submission, bundle, member_prefix, visit_code, place, kind, form_id, form_version,
// instance_id, team, tasks.
Result<ImportedSubmission> submission_of(const sql::Statement& row) {
  ImportedSubmission submission;
  submission.id = {row.integer(0)};
  VIGIL_ASSIGN(submission.bundle, bundle_id_of(row.blob(1)));
  submission.member_prefix = row.text(2);
  submission.visit_code = row.text(3);
  submission.place = row.text(4);
  submission.kind = row.text(5);
  submission.form_id = row.text(6);
  submission.form_version = row.text(7);
  submission.instance_id = row.text(8);
  submission.team = {static_cast<int>(row.integer(9)), split_task_line(row.text(10))};
  return submission;
}

Result<std::vector<Answer>> read_answers(Store& store, SubmissionId id) {
  sql::Statement statement(store.database,
                           "SELECT ref, value FROM submission_answers WHERE submission = ?");
  statement.bind(id.value);
  return read_answer_rows(statement);
}

Result<std::vector<Flag>> read_submission_flags(Store& store, SubmissionId id) {
  sql::Statement statement(
      store.database,
      "SELECT ref, kind, text FROM submission_flags WHERE submission = ? ORDER BY ref, kind");
  statement.bind(id.value);
  std::vector<Flag> list;
  while (true) {
    VIGIL_ASSIGN(const bool row, statement.step());
    if (!row) return list;
    list.push_back({statement.text(0), flag_kind(statement.text(1)).value_or(FlagKind::kNote),
                    statement.text(2)});
  }
}

}  // namespace

Result<std::vector<ImportedSubmission>> submissions(Vault& vault) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  sql::Statement statement(
      store->database,
      "SELECT submission, bundle, member_prefix, visit_code, place, kind, form_id, form_version, "
      "instance_id, team, tasks FROM submissions ORDER BY submission DESC");
  std::vector<ImportedSubmission> list;
  while (true) {
    VIGIL_ASSIGN(const bool row, statement.step());
    if (!row) return list;
    VIGIL_ASSIGN(ImportedSubmission next, submission_of(statement));
    list.push_back(std::move(next));
  }
}

Result<ImportedSubmission> submission(Vault& vault, SubmissionId id) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  sql::Statement statement(
      store->database,
      "SELECT submission, bundle, member_prefix, visit_code, place, kind, form_id, form_version, "
      "instance_id, team, tasks, general_xml, restricted_xml FROM submissions WHERE submission = "
      "?");
  statement.bind(id.value);
  VIGIL_ASSIGN(const bool row, statement.step());
  if (!row) {
    return fail(ErrorKind::kNotFound, "submission.absent", "There is no such submission here.");
  }
  VIGIL_ASSIGN(ImportedSubmission found, submission_of(statement));
  found.general_xml = statement.text(11);
  found.restricted_xml = statement.text(12);
  VIGIL_ASSIGN(found.answers, read_answers(*store, id));
  VIGIL_ASSIGN(found.flags, read_submission_flags(*store, id));
  return found;
}

Result<std::vector<Finding>> findings(Vault& vault) {
  VIGIL_ASSIGN(Store* const store, vault.store());
  sql::Statement statement(
      store->database,
      "SELECT submission, visit_code, form_id, ref, text FROM submission_flags "
      "JOIN submissions USING (submission) WHERE submission_flags.kind = 'finding' "
      "ORDER BY submission, ref");
  std::vector<Finding> list;
  while (true) {
    VIGIL_ASSIGN(const bool row, statement.step());
    if (!row) return list;
    list.push_back({{statement.integer(0)},
                    statement.text(1),
                    statement.text(2),
                    statement.text(3),
                    statement.text(4)});
  }
}

}  // namespace vigil::vault
