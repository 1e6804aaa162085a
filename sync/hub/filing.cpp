// SPDX-License-Identifier: Apache-2.0
//
// What happens to an upload once its last byte is here, and to what a crash left half-way.
#include <utility>

#include <fmt/format.h>

#include "core/base/json.h"
#include "sync/hub/hub.h"

namespace vigil::hub {
namespace {

bool is_refusal(const Error& error) {
  return error.kind == ErrorKind::kInvalid || error.kind == ErrorKind::kDenied;
}

}  // namespace

Result<bool> judge_by_roster(const trust::Roster& roster, const bundle::Manifest& manifest) {
  VIGIL_TRY(trust::check_recipients(roster, manifest));
  switch (trust::judge_author(roster, manifest, false)) {
    case trust::AuthorVerdict::kValid:
      return true;
    case trust::AuthorVerdict::kUnprovenTime:
      return false;
    case trust::AuthorVerdict::kRevoked:
      return fail(ErrorKind::kDenied, "hub.revoked",
                  "The device's key was revoked before this bundle: ask the office.");
    case trust::AuthorVerdict::kBeforeEnrolment:
      return fail(ErrorKind::kDenied, "hub.enrolment",
                  "The bundle's number lies before the device's enrolment: ask the office.");
    case trust::AuthorVerdict::kUnknown:
      break;
  }
  return fail(ErrorKind::kDenied, "bundle.stranger",
              "The hub's roster does not know this device: ask the office to send the hub the "
              "newest roster.");
}

Result<LedgerEntry> Hub::judge_and_take(Upload& upload) {
  const UploadTicket& ticket = upload.ticket();
  // A disk that failed between the move and the leaf left the file in its final place.
  const std::string path =
      files_.exists(upload.path()) ? upload.path() : ledger_->bundle_path(ticket.id);
  VIGIL_ASSIGN(const auto file, files_.open(path));
  const auto published = rosters_->current();
  VIGIL_ASSIGN(const bundle::CheckedBundle checked,
               bundle::check_bundle(*file, published->roster.device_keys()));
  if (checked.id != ticket.id || checked.signature_file != ticket.signature_file) {
    return fail(ErrorKind::kInvalid, "hub.other_bundle",
                "What came is not the bundle that was announced.");
  }
  VIGIL_ASSIGN(const bool in_time, judge_by_roster(published->roster, checked.manifest));
  return ledger_->take(checked, path, !in_time);
}

Result<LedgerEntry> Hub::file_upload(Upload& upload) {
  const bundle::BundleId id = upload.ticket().id;
  if (!upload.begin_filing()) {
    if (const auto entry = ledger_->find(id)) return *entry;
    return fail(ErrorKind::kNotFound, "hub.no_upload", "There is no such upload.");
  }
  Result<LedgerEntry> taken = judge_and_take(upload);
  const bool refused = !taken && is_refusal(taken.error());
  if (refused) keep_refused(upload, taken.error());
  const bool over = taken.has_value() || refused;
  // A ticket that stays behind is cleared at the next start; the bundle is taken all the same.
  if (over && !uploads_->remove(id)) tell("upload.ticket_left", &id, "");
  upload.end_filing(over);
  if (taken) {
    tell("bundle.taken", &id, std::string(to_string(taken->alarm)));
  } else {
    tell(refused ? "bundle.refused" : "bundle.waiting", &id, taken.error().code);
  }
  return taken;
}

void Hub::keep_refused(const Upload& upload, const Error& reason) {
  const std::string base = folder_ + "/refused/" + to_string(upload.ticket().id);
  const std::string why = emit_json(Json(Json::Object{{"code", Json(reason.code)},
                                                      {"message", Json(reason.message)},
                                                      {"time_ms", Json(clock_.now().ms)}})) +
                          "\n";
  const Status moved = files_.rename(upload.path(), base + ".vigil");
  const Status told = files_.write_atomically(base + ".json", as_bytes(why), true);
  if (!moved || !told) tell("refused.not_kept", &upload.ticket().id, "hub.storage");
}

Status Hub::recover() {
  VIGIL_ASSIGN(const std::vector<std::string> orphans, ledger_->orphans());
  for (const std::string& path : orphans) {
    VIGIL_ASSIGN(const auto file, files_.open(path));
    const auto published = rosters_->current();
    const auto checked = bundle::check_bundle(*file, published->roster.device_keys());
    const auto in_time = checked ? judge_by_roster(published->roster, checked->manifest)
                                 : Result<bool>(std::unexpected(checked.error()));
    if (in_time) {
      VIGIL_TRY(ledger_->take(*checked, path, !*in_time));
      tell("bundle.recovered", &checked->id, "");
      continue;
    }
    if (!is_refusal(in_time.error())) return std::unexpected(in_time.error());
    VIGIL_TRY(files_.rename(path, folder_ + "/refused/" + path.substr(path.rfind('/') + 1)));
    tell("bundle.refused", nullptr, in_time.error().code);
  }
  VIGIL_ASSIGN(uploads_, Uploads::open(files_, folder_ + "/uploads"));
  for (const bundle::BundleId& id : uploads_->ids()) {
    if (ledger_->find(id)) VIGIL_TRY(uploads_->remove(id));
  }
  for (const auto& upload : uploads_->complete()) {
    const auto filed = file_upload(*upload);
    if (!filed && !is_refusal(filed.error())) return std::unexpected(filed.error());
  }
  return {};
}

}  // namespace vigil::hub
