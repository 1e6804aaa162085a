// SPDX-License-Identifier: Apache-2.0
//
// The tus half of the hub: creation, offset, bytes, termination.
#include <ctime>
#include <utility>

#include <fmt/format.h>

#include "sync/hub/checksum.h"
#include "sync/hub/hub.h"
#include "sync/protocol/tus.h"

namespace vigil::hub {
namespace {

using sync::tus::kAlarmHeader;

constexpr std::int64_t kDayMs = 86'400'000;
// A refused PATCH's remaining body is read up to here so that the answer arrives.
constexpr std::uint64_t kSwallowLimitBytes = 2 * 1024 * 1024;

// RFC 9110 IMF-fixdate.
std::string http_date(WallTime time) {
  const std::time_t seconds = time.ms / 1000;
  std::tm parts{};
  if (gmtime_r(&seconds, &parts) == nullptr) return "Thu, 01 Jan 1970 00:00:00 GMT";
  constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kDays[parts.tm_wday],
                     parts.tm_mday, kMonths[parts.tm_mon], parts.tm_year + 1900, parts.tm_hour,
                     parts.tm_min, parts.tm_sec);
}

std::string location(const bundle::BundleId& id) {
  return "/files/" + to_string(id);
}

void add_alarm(Response& response, const LedgerEntry& entry) {
  if (entry.alarm != Alarm::kNone) {
    response.headers[std::string(kAlarmHeader)] = to_string(entry.alarm);
  }
}

Response failed(const Error& error) {
  return error_response(status_of(error), error);
}

std::unexpected<Error> no_upload() {
  return fail(ErrorKind::kNotFound, "hub.no_upload", "There is no such upload.");
}

// The bytes of one PATCH. Without a checksum they go to the disk as they come, so that a connection
// that dies loses nothing that arrived; with one they wait in memory until it holds.
class Patch final : public Exchange {
 public:
  Patch(Hub& hub, std::shared_ptr<Upload> upload, std::uint64_t writer,
        std::optional<Checksum> checksum)
      : hub_(hub), upload_(std::move(upload)), writer_(writer), checksum_(std::move(checksum)) {}

  bool receive(ByteView bytes) override {
    if (failure_) {
      swallowed_bytes_ += bytes.size();
      return swallowed_bytes_ <= kSwallowLimitBytes;
    }
    if (checksum_) {
      if (bytes.size() > kChecksumLimitBytes - waiting_.size()) {
        failure_ = Error{ErrorKind::kInvalid, "hub.size",
                         "A request with a checksum may carry at most 4 MiB."};
        return true;
      }
      waiting_.insert(waiting_.end(), bytes.begin(), bytes.end());
      return true;
    }
    keep(upload_->append(writer_, bytes));
    return !failure_ || failure_->code != "hub.preempted";
  }

  Response finish() override {
    if (!failure_ && checksum_) {
      if (!holds(*checksum_, waiting_)) {
        return error_response(460, {ErrorKind::kInvalid, "tus.checksum",
                                    "The bytes do not have the checksum that came with them."});
      }
      keep(upload_->append(writer_, waiting_));
    }
    if (failure_) return failed(*failure_);
    const auto offset = upload_->finish_write(writer_);
    if (!offset) return hub_.failed_upload(upload_->ticket().id, offset.error());
    Response response;
    response.status = 204;
    response.headers["Upload-Offset"] = std::to_string(*offset);
    response.headers["Upload-Expires"] = http_date(upload_->ticket().expires);
    if (*offset != upload_->ticket().length_bytes) return response;
    const auto entry = hub_.file_upload(*upload_);
    if (!entry) return failed(entry.error());
    add_alarm(response, *entry);
    return response;
  }

 private:
  void keep(const Status& status) {
    if (status) return;
    failure_ = status.error();
    // At once: a client that is cut before its end never comes to finish().
    (void)hub_.failed_upload(upload_->ticket().id, *failure_);
  }

  Hub& hub_;
  std::shared_ptr<Upload> upload_;
  std::uint64_t writer_;
  std::optional<Checksum> checksum_;
  Bytes waiting_;
  std::optional<Error> failure_;
  std::uint64_t swallowed_bytes_ = 0;
};

}  // namespace

Response Hub::options_reply() const {
  Response response;
  response.status = 204;
  response.headers["Tus-Version"] = sync::tus::kVersion;
  response.headers["Tus-Extension"] = sync::tus::kExtensions;
  response.headers["Tus-Max-Size"] = std::to_string(options_.upload_limit_bytes);
  response.headers["Tus-Checksum-Algorithm"] = kChecksumAlgorithms;
  return response;
}

// The client is told anyway; whoever keeps the hub must hear of a disk that fails too.
Response Hub::failed_upload(const bundle::BundleId& id, const Error& error) const {
  if (error.kind == ErrorKind::kStorage) tell("bundle.waiting", &id, error.code);
  return failed(error);
}

Result<UploadTicket> Hub::admit(const Request& request) const {
  const std::string* length = request.header("upload-length");
  const auto length_bytes = length == nullptr ? std::nullopt : parse_decimal(*length);
  if (!length_bytes || *length_bytes == 0) {
    return fail(ErrorKind::kUsage, "tus.length",
                "Upload-Length must say how many bytes the bundle has.");
  }
  if (*length_bytes > options_.upload_limit_bytes) {
    return fail(
        ErrorKind::kInvalid, "hub.size",
        fmt::format("The hub takes bundles of at most {} bytes.", options_.upload_limit_bytes));
  }
  const std::string* header = request.header("upload-metadata");
  VIGIL_ASSIGN(const sync::tus::Metadata metadata,
               sync::tus::parse_metadata(header == nullptr ? std::string_view() : *header));
  const auto manifest = metadata.find(sync::tus::kManifestKey);
  const auto signature = metadata.find(sync::tus::kSignatureKey);
  if (manifest == metadata.end() || signature == metadata.end()) {
    return fail(ErrorKind::kUsage, "tus.metadata",
                "Upload-Metadata must carry the bundle's manifest and signature.");
  }
  UploadTicket ticket;
  ticket.length_bytes = *length_bytes;
  ticket.manifest_json = as_text(manifest->second);
  ticket.signature_file = as_text(signature->second);
  ticket.id = bundle::bundle_id(ticket.manifest_json);
  ticket.expires.ms = clock_.now().ms + options_.upload_lifetime_days * kDayMs;
  return ticket;
}

// The bundle that is announced, judged before its first byte.
static Status judge_announcement(const UploadTicket& ticket, const trust::Roster& roster) {
  VIGIL_ASSIGN(
      const bundle::SignedManifest announced,
      bundle::check_manifest(ticket.manifest_json, ticket.signature_file, roster.device_keys()));
  VIGIL_TRY(judge_by_roster(roster, announced.manifest));
  std::vector<std::uint64_t> sizes = {ticket.manifest_json.size(), ticket.signature_file.size()};
  for (const auto& payload : announced.manifest.payloads) sizes.push_back(payload.size_bytes);
  if (bundle::archive_size_bytes(sizes) != ticket.length_bytes) {
    return fail(ErrorKind::kInvalid, "hub.length",
                "Upload-Length is not the size that the manifest gives the bundle.");
  }
  return {};
}

Response Hub::create_upload(const Request& request) {
  auto ticket = admit(request);
  if (!ticket) {
    tell("upload.refused", nullptr, ticket.error().code);
    return failed(ticket.error());
  }
  Response response;
  response.status = 201;
  response.headers["Location"] = location(ticket->id);
  response.headers["Cache-Control"] = "no-store";
  // The same bundle again, after a lost reply or by another way: here it is already.
  if (const auto entry = ledger_->find(ticket->id)) {
    response.headers["Upload-Offset"] = std::to_string(entry->size_bytes);
    add_alarm(response, *entry);
    return response;
  }
  const std::size_t expired = uploads_->remove_expired(clock_.now());
  if (expired > 0) tell("upload.expired", nullptr, std::to_string(expired));
  if (const Status judged = judge_announcement(*ticket, rosters_->current()->roster); !judged) {
    tell("upload.refused", &ticket->id, judged.error().code);
    return failed(judged.error());
  }
  const auto upload = uploads_->find_or_create(*ticket, options_.open_uploads_limit);
  if (!upload) return failed_upload(ticket->id, upload.error());
  const auto offset = (*upload)->durable_offset();
  if (!offset) return failed_upload(ticket->id, offset.error());
  response.headers["Upload-Offset"] = std::to_string(*offset);
  response.headers["Upload-Expires"] = http_date((*upload)->ticket().expires);
  tell("upload.begin", &ticket->id, "");
  return response;
}

Response Hub::head_upload(const bundle::BundleId& id) {
  Response response;
  response.headers["Cache-Control"] = "no-store";
  if (const auto entry = ledger_->find(id)) {
    response.headers["Upload-Offset"] = std::to_string(entry->size_bytes);
    response.headers["Upload-Length"] = std::to_string(entry->size_bytes);
    add_alarm(response, *entry);
    return response;
  }
  const auto upload = uploads_->find(id);
  if (!upload) return failed(no_upload().error());
  const auto offset = upload->durable_offset();
  if (!offset) return failed_upload(id, offset.error());
  const UploadTicket& ticket = upload->ticket();
  response.headers["Upload-Offset"] = std::to_string(*offset);
  response.headers["Upload-Length"] = std::to_string(ticket.length_bytes);
  response.headers["Upload-Expires"] = http_date(ticket.expires);
  response.headers["Upload-Metadata"] =
      sync::tus::emit_metadata(ticket.manifest_json, ticket.signature_file);
  return response;
}

std::unique_ptr<Exchange> Hub::patch_upload(const Request& request, const bundle::BundleId& id) {
  const std::string* type = request.header("content-type");
  if (type == nullptr || *type != sync::tus::kBodyType) {
    return answer_at_once(
        error_response(415, {ErrorKind::kUsage, "tus.content_type",
                             fmt::format("A PATCH carries {}.", sync::tus::kBodyType)}));
  }
  const std::string* header = request.header("upload-offset");
  const auto offset = header == nullptr ? std::nullopt : parse_decimal(*header);
  if (!offset) {
    return answer_at_once(failed(
        {ErrorKind::kUsage, "tus.offset", "Upload-Offset must say where the bytes belong."}));
  }
  std::optional<Checksum> checksum;
  if (const std::string* claim = request.header("upload-checksum")) {
    auto parsed = parse_checksum(*claim);
    if (!parsed) return answer_at_once(failed(parsed.error()));
    checksum = std::move(*parsed);
  }
  const auto upload = uploads_->find(id);
  if (!upload) {
    const auto entry = ledger_->find(id);
    if (!entry) return answer_at_once(failed(no_upload().error()));
    if (*offset != entry->size_bytes) {
      return answer_at_once(
          failed({ErrorKind::kConflict, "hub.offset", "This bundle is here already, whole."}));
    }
    Response response;
    response.status = 204;
    response.headers["Upload-Offset"] = std::to_string(entry->size_bytes);
    add_alarm(response, *entry);
    return answer_at_once(std::move(response));
  }
  const std::string* length = request.header("content-length");
  const auto body_bytes = length == nullptr ? std::nullopt : parse_decimal(*length);
  if (body_bytes && *offset <= upload->ticket().length_bytes &&
      *body_bytes > upload->ticket().length_bytes - *offset) {
    return answer_at_once(failed(
        {ErrorKind::kInvalid, "hub.size", "More bytes are announced than the bundle has left."}));
  }
  const auto writer = upload->begin_write(*offset);
  if (!writer) return answer_at_once(failed(writer.error()));
  return std::make_unique<Patch>(*this, upload, *writer, std::move(checksum));
}

Response Hub::delete_upload(const bundle::BundleId& id) {
  if (ledger_->find(id)) {
    return failed(
        {ErrorKind::kDenied, "hub.kept", "A bundle that was taken stays: its leaf is in the log."});
  }
  const auto upload = uploads_->find(id);
  if (!upload || !upload->begin_filing()) return failed(no_upload().error());
  const Status removed = uploads_->remove(id);
  upload->end_filing(removed.has_value());
  if (!removed) return failed(removed.error());
  tell("upload.deleted", &id, "");
  Response response;
  response.status = 204;
  return response;
}

}  // namespace vigil::hub
