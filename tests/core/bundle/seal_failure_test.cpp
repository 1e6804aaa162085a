// SPDX-License-Identifier: Apache-2.0
//
// What sealing does when it cannot: nothing is left behind, and nothing that was there is harmed.
#include <functional>

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "tests/core/bundle/sample.h"

namespace vigil::bundle {
namespace {

using test::Keys;
using vigil::test::MemoryFiles;

std::string refusal(const BundleDraft& draft, const Keys& keys) {
  MemoryFiles files;
  const auto sealed = seal_bundle(draft, keys.device, files, "b.tar");
  EXPECT_FALSE(files.exists("b.tar")) << "a refused draft leaves nothing";
  return sealed.has_value() ? "" : sealed.error().code;
}

TEST(SealFailure, ADraftByTheWrongRulesIsRefused) {
  const Keys keys;
  const auto changed = [&](const std::function<void(BundleDraft&)>& change) {
    BundleDraft draft = test::draft(keys, true);
    change(draft);
    return refusal(draft, keys);
  };
  const std::string code = "seal.draft";
  EXPECT_EQ(changed([](BundleDraft& d) { d.sequence = 0; }), code);
  EXPECT_EQ(changed([](BundleDraft& d) { d.sequence = 2; }), code) << "without a previous one";
  EXPECT_EQ(changed([](BundleDraft& d) { d.previous.value[0] = 1; }), code);
  EXPECT_EQ(changed([](BundleDraft& d) { d.sequence = 1ULL << 54; }), code);
  EXPECT_EQ(changed([](BundleDraft& d) { d.payload.recipients.clear(); }), code);
  EXPECT_EQ(changed([](BundleDraft& d) { d.restricted.recipients.clear(); }), code);
  EXPECT_EQ(
      changed([](BundleDraft& d) { d.payload.recipients.push_back(d.payload.recipients.front()); }),
      code);
  EXPECT_EQ(changed([](BundleDraft& d) { d.payload.members.clear(); }), code);
  for (const std::string name :
       {"", "../x", "Photo.jpg", "bundle.json", "members.json", "padding", "submission.xml"})
    EXPECT_EQ(changed([&](BundleDraft& d) { d.payload.members[1].name = name; }), code) << name;
  EXPECT_EQ(changed([](BundleDraft& d) { d.payload.members[0].size_bytes = 1ULL << 40; }), code);
}

TEST(SealFailure, AMemberOfAnotherSizeThanAnnouncedIsRefused) {
  const Keys keys;
  for (const std::uint64_t size_bytes : {0U, 1U, 27U, 29U, 100'000U}) {
    BundleDraft draft = test::draft(keys, false);
    draft.payload.members[0].size_bytes = size_bytes;  // it has 28
    EXPECT_EQ(refusal(draft, keys), "seal.size") << size_bytes;
  }
}

TEST(SealFailure, AMemberThatCannotBeReadPassesItsFailureOn) {
  const Keys keys;
  BundleDraft draft = test::draft(keys, false);
  draft.payload.members[1].open = []() -> Result<std::unique_ptr<crypto::Source>> {
    return fail(ErrorKind::kStorage, "photo.gone", "The photo cannot be read.");
  };
  EXPECT_EQ(refusal(draft, keys), "photo.gone");
}

TEST(SealFailure, ARecipientThatOpensToEverybodyIsRefused) {
  const Keys keys;
  BundleDraft draft = test::draft(keys, false);
  draft.payload.recipients = {crypto::age::Recipient{}};  // a point of low order
  EXPECT_EQ(refusal(draft, keys), "age.recipient");
}

TEST(SealFailure, ADiskThatFillsUpLeavesNothing) {
  const Keys keys;
  const BundleDraft draft = test::draft(keys, true);
  const std::size_t whole = test::seal(keys, draft).size();
  for (std::size_t bytes = 0; bytes < whole; bytes += 1237) {
    MemoryFiles files;
    files.fail_after_bytes(bytes);
    const auto sealed = seal_bundle(draft, keys.device, files, "b.tar");
    ASSERT_FALSE(sealed.has_value()) << bytes;
    EXPECT_EQ(sealed.error().kind, ErrorKind::kStorage);
    EXPECT_FALSE(files.exists("b.tar")) << bytes;
  }
}

TEST(SealFailure, AFileThatIsThereIsNotTouched) {
  const Keys keys;
  MemoryFiles files;
  files.put("b.tar", as_bytes("an older bundle"));
  const auto sealed = seal_bundle(test::draft(keys, false), keys.device, files, "b.tar");
  ASSERT_FALSE(sealed.has_value());
  EXPECT_EQ(sealed.error().kind, ErrorKind::kConflict);
  EXPECT_EQ(as_text(files.contents().at("b.tar")), "an older bundle");
}

TEST(SealFailure, AStageThatFailsIsHeard) {
  const Keys keys;
  const Bytes bytes = test::seal(keys, test::draft(keys, false));
  test::MemoryFile file(bytes);
  const auto checked = check_bundle(file, {keys.device.public_key()});
  std::vector<crypto::age::Identity> identities;
  identities.push_back(keys.office.clone());
  test::Stage stage;
  stage.fail_at = "photo-1.jpg";
  const Status opened = open_payload(file, *checked, 0, identities, stage);
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().code, "stage.full");
}

TEST(SealFailure, APayloadExchangedAfterTheCheckIsRefused) {
  // Any recipient knows the file key and can make another payload that opens.
  const Keys keys;
  const Bytes bytes = test::seal(keys, test::draft(keys, false));
  test::MemoryFile checked_file(bytes);
  auto checked = check_bundle(checked_file, {keys.device.public_key()});
  ASSERT_TRUE(checked.has_value());
  checked->manifest.payloads[0].digest[0] ^= 1;
  std::vector<crypto::age::Identity> identities;
  identities.push_back(keys.office.clone());
  test::Stage stage;
  const Status opened = open_payload(checked_file, *checked, 0, identities, stage);
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().code, "open.payload");
}

// A disk that keeps nothing, and a source that costs nothing: what is left is our own memory.
class Nowhere final : public WritableFile {
 public:
  Status append(ByteView) override { return {}; }
  Status write_at(std::uint64_t, ByteView) override { return {}; }
  Status sync() override { return {}; }
};

class Zeros final : public crypto::Source {
 public:
  explicit Zeros(std::uint64_t size_bytes) : left_bytes_(size_bytes) {}
  Result<std::size_t> read(std::span<std::uint8_t> buffer) override {
    const std::size_t count = std::min<std::uint64_t>(buffer.size(), left_bytes_);
    std::fill_n(buffer.begin(), count, std::uint8_t{0});
    left_bytes_ -= count;
    return count;
  }

 private:
  std::uint64_t left_bytes_;
};

class NowhereFiles final : public Files {
 public:
  Result<std::unique_ptr<WritableFile>> create(const std::string&) override {
    return std::make_unique<Nowhere>();
  }
  Result<Bytes> read(const std::string& path, std::uint64_t n) override {
    return rest.read(path, n);
  }
  Status write_atomically(const std::string&, ByteView, bool) override { return {}; }
  Result<std::unique_ptr<ReadableFile>> open(const std::string& p) override { return rest.open(p); }
  Result<std::unique_ptr<WritableFile>> append_to(const std::string& p) override {
    return create(p);
  }
  Status rename(const std::string&, const std::string&) override { return {}; }
  Status remove(const std::string&) override { return {}; }
  bool exists(const std::string&) override { return false; }
  Status make_directories(const std::string&) override { return {}; }
  Result<std::vector<std::string>> list(const std::string& d) override { return rest.list(d); }
  MemoryFiles rest;
};

TEST(Seal, TakesLittleMemoryForMuchData) {
  const Keys keys;
  static constexpr std::uint64_t kSizeBytes = 200'000'000;
  BundleDraft draft = test::draft(keys, false);
  draft.payload.members.push_back(
      {"film.mp4", kSizeBytes, []() -> Result<std::unique_ptr<crypto::Source>> {
         return std::make_unique<Zeros>(kSizeBytes);
       }});
  NowhereFiles files;
  rusage before{};
  getrusage(RUSAGE_SELF, &before);
  ASSERT_TRUE(seal_bundle(draft, keys.device, files, "b.tar").has_value());
  rusage after{};
  getrusage(RUSAGE_SELF, &after);
  EXPECT_LE(after.ru_maxrss - before.ru_maxrss, 32 * 1024) << "KiB";
}

}  // namespace
}  // namespace vigil::bundle
