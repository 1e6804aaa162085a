// SPDX-License-Identifier: Apache-2.0
#include "tests/core/bundle/sample.h"

#include <algorithm>

#include "core/base/check.h"

namespace vigil::bundle::test {

Result<std::size_t> MemoryFile::read_at(std::uint64_t offset, std::span<std::uint8_t> buffer) {
  if (offset >= content_.size()) return 0;
  const std::size_t count = std::min<std::size_t>(buffer.size(), content_.size() - offset);
  std::copy_n(content_.begin() + static_cast<std::ptrdiff_t>(offset), count, buffer.begin());
  return count;
}

Status Stage::begin_member(std::string_view name, std::uint64_t) {
  if (name == fail_at) return fail(ErrorKind::kStorage, "stage.full", "The disk is full.");
  members.push_back({std::string(name), {}});
  return {};
}

Status Stage::content(ByteView bytes) {
  members.back().content.insert(members.back().content.end(), bytes.begin(), bytes.end());
  return {};
}

Status Stage::end_member() {
  return {};
}

PayloadMember member(std::string name, std::string_view content) {
  return {std::move(name), content.size(), [content]() -> Result<std::unique_ptr<crypto::Source>> {
            return std::make_unique<crypto::BytesSource>(as_bytes(content));
          }};
}

BundleDraft draft(const Keys& keys, bool restricted) {
  BundleDraft draft;
  draft.sequence = 1;
  draft.payload.recipients = {keys.office.recipient(), keys.recovery.recipient()};
  draft.payload.members = {member("submission.xml", "<data><cell>12</cell></data>"),
                           member("photo-1.jpg", "not really a photo")};
  if (restricted) {
    draft.restricted.recipients = {keys.health.recipient()};
    draft.restricted.members = {member("restricted.xml", "<data><injury>yes</injury></data>")};
  }
  return draft;
}

Bytes seal(const Keys& keys, const BundleDraft& draft) {
  vigil::test::MemoryFiles files;
  const Result<SealedBundle> sealed = seal_bundle(draft, keys.device, files, "b.tar");
  CHECK(sealed.has_value());
  Bytes bytes = files.contents().at("b.tar");
  CHECK(sealed->size_bytes == bytes.size());
  return bytes;
}

Result<CheckedBundle> check(const Keys& keys, const Bytes& bundle) {
  MemoryFile file(bundle);
  return check_bundle(file, {keys.device.public_key()});
}

std::string verdict(const Keys& keys, const Bytes& bundle, std::vector<Member>* released) {
  MemoryFile file(bundle);
  const Result<CheckedBundle> checked = check_bundle(file, {keys.device.public_key()});
  if (!checked.has_value()) return checked.error().code;
  for (std::size_t i = 0; i < checked->payloads.size(); ++i) {
    std::vector<crypto::age::Identity> identities;
    identities.push_back(keys.office.clone());
    identities.push_back(keys.health.clone());
    Stage stage;
    const Status opened = open_payload(file, *checked, i, identities, stage);
    if (released != nullptr) std::ranges::move(stage.members, std::back_inserter(*released));
    if (!opened.has_value()) return opened.error().code;
  }
  return "";
}

}  // namespace vigil::bundle::test
