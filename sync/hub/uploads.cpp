// SPDX-License-Identifier: Apache-2.0
#include "sync/hub/uploads.h"

#include <utility>

namespace vigil::hub {
namespace {

constexpr std::uint64_t kTicketLimitBytes = 512 * 1024;
constexpr std::string_view kTicketEnding = ".json";
constexpr std::string_view kBytesEnding = ".part";

}  // namespace

std::string Uploads::path(const bundle::BundleId& id, std::string_view ending) const {
  return folder_ + "/" + to_string(id) + std::string(ending);
}

Result<std::unique_ptr<Uploads>> Uploads::open(Files& files, std::string folder) {
  std::unique_ptr<Uploads> uploads(new Uploads(files, std::move(folder)));
  VIGIL_TRY(files.make_directories(uploads->folder_));
  VIGIL_ASSIGN(const std::vector<std::string> names, files.list(uploads->folder_));
  for (const std::string& name : names) {
    if (name.ends_with(kTicketEnding)) VIGIL_TRY(uploads->load(name));
  }
  for (const std::string& name : names) {
    if (!name.ends_with(kBytesEnding)) continue;
    const auto id = bundle::parse_bundle_id(name.substr(0, name.size() - kBytesEnding.size()));
    if (!id || !uploads->uploads_.contains(*id)) {
      VIGIL_TRY(files.remove(uploads->folder_ + "/" + name));
    }
  }
  return uploads;
}

Status Uploads::load(const std::string& name) {
  VIGIL_ASSIGN(const Bytes text, files_.read(folder_ + "/" + name, kTicketLimitBytes));
  auto parsed = parse_ticket(as_text(text));
  // A disk that damaged an announcement must not keep the hub from starting: the tablet makes it
  // again.
  if (!parsed) return files_.remove(folder_ + "/" + name);
  UploadTicket ticket = std::move(*parsed);
  const std::string bytes_path = path(ticket.id, kBytesEnding);
  std::uint64_t size_bytes = 0;
  if (files_.exists(bytes_path)) {
    VIGIL_ASSIGN(const auto file, files_.open(bytes_path));
    size_bytes = file->size_bytes();
  }
  if (size_bytes > ticket.length_bytes) {
    VIGIL_TRY(files_.remove(bytes_path));
    size_bytes = 0;
  }
  const bundle::BundleId id = ticket.id;
  uploads_[id] = std::make_shared<Upload>(files_, bytes_path, std::move(ticket), size_bytes);
  return {};
}

std::shared_ptr<Upload> Uploads::find(const bundle::BundleId& id) {
  const std::lock_guard lock(mutex_);
  const auto found = uploads_.find(id);
  return found == uploads_.end() ? nullptr : found->second;
}

Result<std::shared_ptr<Upload>> Uploads::find_or_create(const UploadTicket& ticket,
                                                        std::size_t limit) {
  const std::lock_guard lock(mutex_);
  const auto found = uploads_.find(ticket.id);
  if (found != uploads_.end()) {
    if (found->second->ticket().length_bytes != ticket.length_bytes) {
      return fail(ErrorKind::kConflict, "hub.length",
                  "This bundle was announced before with another length.");
    }
    return found->second;
  }
  if (uploads_.size() >= limit) {
    return fail(ErrorKind::kUnavailable, "hub.busy",
                "The hub has as many open uploads as it takes; try again later.");
  }
  const std::string text = emit_ticket(ticket);
  VIGIL_TRY(files_.write_atomically(path(ticket.id, kTicketEnding), as_bytes(text), true));
  auto upload = std::make_shared<Upload>(files_, path(ticket.id, kBytesEnding), ticket, 0);
  uploads_[ticket.id] = upload;
  return upload;
}

Status Uploads::remove(const bundle::BundleId& id) {
  const std::lock_guard lock(mutex_);
  // Bytes first: an announcement without bytes is a fresh upload, bytes without one are litter.
  VIGIL_TRY(files_.remove(path(id, kBytesEnding)));
  VIGIL_TRY(files_.remove(path(id, kTicketEnding)));
  uploads_.erase(id);
  return {};
}

std::vector<std::shared_ptr<Upload>> Uploads::all() {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<Upload>> out;
  for (const auto& [id, upload] : uploads_) out.push_back(upload);
  return out;
}

std::size_t Uploads::remove_expired(WallTime now) {
  std::size_t count = 0;
  for (const auto& upload : all()) {
    if (upload->ticket().expires >= now || !upload->begin_filing()) continue;
    const bool removed = remove(upload->ticket().id).has_value();
    upload->end_filing(removed);
    count += removed ? 1 : 0;
  }
  return count;
}

std::vector<bundle::BundleId> Uploads::ids() {
  std::vector<bundle::BundleId> out;
  for (const auto& upload : all()) out.push_back(upload->ticket().id);
  return out;
}

std::vector<std::shared_ptr<Upload>> Uploads::complete() {
  std::vector<std::shared_ptr<Upload>> whole;
  for (auto& upload : all()) {
    const auto offset = upload->durable_offset();
    if (offset && *offset == upload->ticket().length_bytes) whole.push_back(std::move(upload));
  }
  return whole;
}

}  // namespace vigil::hub
