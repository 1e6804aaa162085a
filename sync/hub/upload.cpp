// SPDX-License-Identifier: Apache-2.0
#include "sync/hub/upload.h"

#include <algorithm>
#include <utility>

#include "core/base/json.h"

namespace vigil::hub {
namespace {

// The manifest (64 KiB) with every character escaped, and the rest.
constexpr JsonLimits kTicketLimits{.size_bytes = 512 * 1024, .depth = 1, .trailing_newline = true};

std::unexpected<Error> preempted() {
  return fail(ErrorKind::kConflict, "hub.preempted",
              "A newer request has taken over this upload; ask for the offset and go on from it.");
}

}  // namespace

Upload::Upload(Files& files, std::string path, UploadTicket ticket, std::uint64_t size_bytes)
    : files_(files), path_(std::move(path)), ticket_(std::move(ticket)), size_bytes_(size_bytes) {}

Status Upload::open_file() {
  if (file_) return {};
  VIGIL_ASSIGN(file_, files_.append_to(path_));
  return {};
}

Result<std::uint64_t> Upload::sync_locked() {
  if (synced_bytes_ != size_bytes_) {
    VIGIL_TRY(open_file());
    VIGIL_TRY(file_->sync());
    synced_bytes_ = size_bytes_;
  }
  return size_bytes_;
}

Result<std::uint64_t> Upload::durable_offset() {
  const std::lock_guard lock(mutex_);
  ++writer_;
  return sync_locked();
}

Result<std::uint64_t> Upload::begin_write(std::uint64_t offset_bytes) {
  const std::lock_guard lock(mutex_);
  if (filing_ != Filing::kNo && offset_bytes != ticket_.length_bytes) return preempted();
  ++writer_;
  if (offset_bytes != size_bytes_) {
    return fail(ErrorKind::kConflict, "hub.offset",
                "The upload stands at another offset; ask for it with HEAD and go on from there.");
  }
  return writer_;
}

Status Upload::append(std::uint64_t writer, ByteView bytes) {
  const std::lock_guard lock(mutex_);
  if (writer != writer_ || filing_ != Filing::kNo) return preempted();
  if (bytes.size() > ticket_.length_bytes - size_bytes_) {
    return fail(ErrorKind::kInvalid, "hub.length", "More bytes arrive than were announced.");
  }
  VIGIL_TRY(open_file());
  const Status written = file_->append(bytes);
  if (written) {
    size_bytes_ += bytes.size();
    return {};
  }
  // A disk that filled up may have taken a part: what lies there is still a true beginning.
  file_.reset();
  if (auto file = files_.open(path_)) {
    size_bytes_ = std::min((*file)->size_bytes(), size_bytes_ + bytes.size());
  }
  return written;
}

Result<std::uint64_t> Upload::finish_write(std::uint64_t writer) {
  const std::lock_guard lock(mutex_);
  if (writer != writer_) return preempted();
  return sync_locked();
}

bool Upload::begin_filing() {
  std::unique_lock lock(mutex_);
  filing_over_.wait(lock, [this] { return filing_ != Filing::kNow; });
  if (filing_ == Filing::kOver) return false;
  filing_ = Filing::kNow;
  file_.reset();
  return true;
}

void Upload::end_filing(bool filed) {
  const std::lock_guard lock(mutex_);
  filing_ = filed ? Filing::kOver : Filing::kNo;
  filing_over_.notify_all();
}

std::string emit_ticket(const UploadTicket& ticket) {
  return emit_json(Json(Json::Object{
             {"id", Json(to_string(ticket.id))},
             {"length_bytes", Json(static_cast<std::int64_t>(ticket.length_bytes))},
             {"expires_ms", Json(ticket.expires.ms)},
             {"manifest", Json(ticket.manifest_json)},
             {"signature", Json(ticket.signature_file)},
         })) +
         "\n";
}

Result<UploadTicket> parse_ticket(std::string_view text) {
  VIGIL_ASSIGN(const Json json, parse_canonical_json(text, kTicketLimits));
  JsonReader reader(json, "upload ticket");
  UploadTicket ticket;
  const std::string id = reader.string("id");
  ticket.length_bytes =
      static_cast<std::uint64_t>(reader.number("length_bytes", 1, kJsonNumberLimit));
  ticket.expires.ms = reader.number("expires_ms", -kJsonNumberLimit, kJsonNumberLimit);
  ticket.manifest_json = reader.string("manifest");
  ticket.signature_file = reader.string("signature");
  VIGIL_TRY(reader.finish());
  VIGIL_ASSIGN(ticket.id, bundle::parse_bundle_id(id));
  return ticket;
}

}  // namespace vigil::hub
