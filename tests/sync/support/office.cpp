// SPDX-License-Identifier: Apache-2.0
#include "tests/sync/support/office.h"

#include <memory>
#include <utility>

#include "core/base/check.h"
#include "core/bundle/archive.h"
#include "core/bundle/seal/seal.h"
#include "core/crypto/secret_bytes.h"
#include "sync/deliver.h"

namespace vigil::test {
namespace {

class NoiseSource final : public crypto::Source {
 public:
  explicit NoiseSource(std::uint64_t size_bytes) : left_(size_bytes) {}
  Result<std::size_t> read(std::span<std::uint8_t> buffer) override {
    const std::size_t count =
        static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), left_));
    crypto::random_fill(buffer.first(count));
    left_ -= count;
    return count;
  }

 private:
  std::uint64_t left_;
};

void put(Files& files, const std::string& path, std::string_view text) {
  CHECK(files.write_atomically(path, as_bytes(text), true).has_value());
}

}  // namespace

TestOffice::TestOffice() {
  roster.version = 1;
  roster.office = "test-office";
  roster.root = root.public_key();
  roster.log = log_key.verifier();
  trust::Device first;
  first.key = tablet.public_key();
  first.label = "tablet-1";
  trust::Device second;
  second.key = other_tablet.public_key();
  second.label = "tablet-2";
  trust::Device office;
  office.key = collector.public_key();
  office.role = trust::DeviceRole::kOffice;
  office.label = "office-1";
  roster.devices = {first, second, office};
  roster.recipients = {{identity.recipient(), trust::RecipientRole::kGeneral, false}};
}

trust::SignedRoster TestOffice::signed_roster() const {
  auto text = trust::sign_roster(roster, root);
  CHECK(text.has_value());
  return *text;
}

Bytes TestOffice::roster_archive() const {
  const trust::SignedRoster text = signed_roster();
  auto archive = bundle::write_archive({{"roster.json", to_bytes(text.roster_json)},
                                        {"roster.json.minisig", to_bytes(text.signature_file)}});
  CHECK(archive.has_value());
  return *archive;
}

void TestOffice::write_hub_folder(Files& files, const std::string& folder) const {
  CHECK(files.make_directories(folder).has_value());
  const trust::SignedRoster text = signed_roster();
  put(files, folder + "/roster.json", text.roster_json);
  put(files, folder + "/roster.json.minisig", text.signature_file);
  put(files, folder + "/root.pub", crypto::minisign::public_key_file(root.public_key(), "root"));
  put(files, folder + "/log.key", log_key.to_text().text());
}

MadeBundle TestOffice::seal(Files& files, const std::string& path, std::uint64_t sequence,
                            const bundle::BundleId& previous, std::uint64_t payload_bytes,
                            const crypto::minisign::SecretKey* device) const {
  bundle::BundleDraft draft;
  draft.sequence = sequence;
  draft.previous = previous;
  // A later bundle must name one before it, even where the test does not care which.
  if (sequence > 1 && previous == bundle::BundleId{}) draft.previous.value.fill(0x5a);
  draft.payload.recipients = {identity.recipient()};
  draft.payload.members.push_back(
      {"noise.bin", payload_bytes, [payload_bytes]() -> Result<std::unique_ptr<crypto::Source>> {
         return std::make_unique<NoiseSource>(payload_bytes);
       }});
  const auto sealed = bundle::seal_bundle(draft, device == nullptr ? tablet : *device, files, path);
  CHECK(sealed.has_value());
  const auto file = files.open(path);
  CHECK(file.has_value());
  const auto read = sync::read_sealed(**file);
  CHECK(read.has_value());
  auto bytes = files.read(path, sealed->size_bytes);
  CHECK(bytes.has_value());
  return {sealed->id,       path, sealed->size_bytes, read->manifest_json, read->signature_file,
          std::move(*bytes)};
}

}  // namespace vigil::test
