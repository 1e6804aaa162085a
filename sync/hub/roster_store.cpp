// SPDX-License-Identifier: Apache-2.0
#include "sync/hub/roster_store.h"

#include <utility>

#include "core/bundle/archive.h"

namespace vigil::hub {
namespace {

constexpr std::string_view kRosterName = "roster.json";
constexpr std::string_view kSignatureName = "roster.json.minisig";
constexpr std::uint64_t kKeyFileLimitBytes = 4096;

Result<Bytes> to_archive(const trust::SignedRoster& text) {
  return bundle::write_archive({{std::string(kRosterName), to_bytes(text.roster_json)},
                                {std::string(kSignatureName), to_bytes(text.signature_file)}});
}

}  // namespace

Result<PublishedRoster> RosterStore::read_archive(ByteView archive) const {
  VIGIL_ASSIGN(const std::vector<bundle::Member> members, bundle::read_archive(archive));
  if (members.size() != 2 || members[0].name != kRosterName || members[1].name != kSignatureName) {
    return fail(ErrorKind::kInvalid, "hub.roster",
                "A roster travels as roster.json and roster.json.minisig, and nothing else.");
  }
  PublishedRoster published;
  published.text.roster_json = as_text(members[0].content);
  published.text.signature_file = as_text(members[1].content);
  VIGIL_ASSIGN(published.roster, trust::verify_roster(published.text, root_));
  published.archive.assign(archive.begin(), archive.end());
  return published;
}

Result<std::unique_ptr<RosterStore>> RosterStore::open(Files& files, const std::string& folder) {
  std::unique_ptr<RosterStore> store(new RosterStore(files, folder));
  VIGIL_ASSIGN(const Bytes root, files.read(folder + "/root.pub", kKeyFileLimitBytes));
  VIGIL_ASSIGN(store->root_, crypto::minisign::parse_public_key_file(root));
  VIGIL_ASSIGN(const Bytes json, files.read(folder + "/roster.json", kRosterLimitBytes));
  VIGIL_ASSIGN(const Bytes signature,
               files.read(folder + "/roster.json.minisig", kRosterLimitBytes));
  const trust::SignedRoster text{std::string(as_text(json)), std::string(as_text(signature))};
  VIGIL_ASSIGN(const Bytes archive, to_archive(text));
  VIGIL_ASSIGN(PublishedRoster first, store->read_archive(archive));

  const std::string later_path = folder + "/roster.archive";
  if (files.exists(later_path)) {
    VIGIL_ASSIGN(const Bytes later_archive, files.read(later_path, kRosterLimitBytes));
    VIGIL_ASSIGN(PublishedRoster later, store->read_archive(later_archive));
    if (later.roster.version > first.roster.version) first = std::move(later);
  }
  store->current_ = std::make_shared<const PublishedRoster>(std::move(first));
  return store;
}

std::shared_ptr<const PublishedRoster> RosterStore::current() {
  const std::lock_guard lock(mutex_);
  return current_;
}

Result<bool> RosterStore::publish(ByteView archive) {
  VIGIL_ASSIGN(PublishedRoster next, read_archive(archive));
  const std::lock_guard lock(mutex_);
  if (next.archive == current_->archive) return false;
  VIGIL_TRY(trust::check_succession(current_->text, current_->roster, next.text, next.roster));
  if (next.roster.log != current_->roster.log) {
    return fail(ErrorKind::kInvalid, "hub.log_key",
                "This roster names another log key than the one this hub signs with.");
  }
  VIGIL_TRY(files_.write_atomically(folder_ + "/roster.archive", next.archive, false));
  current_ = std::make_shared<const PublishedRoster>(std::move(next));
  return true;
}

}  // namespace vigil::hub
