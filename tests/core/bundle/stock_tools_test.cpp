// SPDX-License-Identifier: Apache-2.0
//
// What an outsider with stock tools finds in our bundle: tar, minisign and b2sum for anybody, age
// for an office that holds a key. And what they pack, we accept.
#include <gtest/gtest.h>

#include "core/bundle/payload.h"
#include "tests/core/bundle/sample.h"
#include "tests/support/run_program.h"

namespace vigil::bundle {
namespace {

using test::Keys;
using vigil::test::run_program;
using vigil::test::TemporaryFolder;

std::string put_identity(const TemporaryFolder& folder, const crypto::age::Identity& identity) {
  const crypto::SecretBytes text = identity.to_text();
  return folder.put("identity", text.view());
}

std::vector<std::string> canonical_tar(const std::string& archive,
                                       const std::vector<std::string>& names) {
  std::vector<std::string> command{"tar",       "--format=ustar",  "--mtime=@0",  "--owner=0",
                                   "--group=0", "--numeric-owner", "--mode=0644", "-cf",
                                   archive};
  command.insert(command.end(), names.begin(), names.end());
  return command;
}

// A folder where the bundle was unpacked with tar.
class Unpacked {
 public:
  explicit Unpacked(const Bytes& bundle) {
    folder.put("bundle.tar", bundle);
    const auto listed = run_program({"tar", "-tf", "bundle.tar"}, {}, folder.path());
    names = listed.output;
    const auto result = run_program({"tar", "-xf", "bundle.tar"}, {}, folder.path());
    EXPECT_EQ(result.exit_status, 0) << result.errors;
    EXPECT_EQ(result.errors, "");
  }
  TemporaryFolder folder;
  std::string names;
};

TEST(StockTools, ReachTheVerdictOnAWholeBundle) {
  const Keys keys;
  const Bytes bytes = test::seal(keys, test::draft(keys, true));
  const auto checked = test::check(keys, bytes);
  ASSERT_TRUE(checked.has_value());
  const Unpacked unpacked(bytes);
  EXPECT_EQ(unpacked.names, "manifest.json\nmanifest.json.minisig\npayload.age\nrestricted.age\n");
  const auto signature = run_program({"minisign", "-VHm", "manifest.json", "-P",
                                      crypto::minisign::to_string(keys.device.public_key())},
                                     {}, unpacked.folder.path());
  EXPECT_EQ(signature.exit_status, 0) << signature.errors;
  EXPECT_NE(signature.output.find("Trusted comment: vigil-bundle-1"), std::string::npos)
      << signature.output;
  std::string sums;
  for (const PayloadEntry& entry : checked->manifest.payloads)
    sums += hex_encode(entry.digest) + "  " + entry.name + "\n";
  const auto digests = run_program({"b2sum", "-c", "-"}, sums, unpacked.folder.path());
  EXPECT_EQ(digests.exit_status, 0) << digests.errors;
  const auto id = run_program({"b2sum", "-l", "256", "manifest.json"}, {}, unpacked.folder.path());
  EXPECT_TRUE(id.output.starts_with(to_string(checked->id))) << id.output;

  const std::string key = put_identity(unpacked.folder, keys.office);
  const auto opened = run_program({"sh", "-c", "age -d -i identity payload.age | tar -xvf -"}, {},
                                  unpacked.folder.path());
  EXPECT_EQ(opened.exit_status, 0) << opened.errors;
  EXPECT_EQ(opened.output, "bundle.json\nsubmission.xml\nphoto-1.jpg\nmembers.json\npadding\n");
  EXPECT_EQ(as_text(unpacked.folder.get("submission.xml")), "<data><cell>12</cell></data>");
}

TEST(StockTools, TarPacksTheSameBytes) {
  const Keys keys;
  const Bytes bytes = test::seal(keys, test::draft(keys, true));
  const Unpacked unpacked(bytes);
  const auto packed = run_program(
      canonical_tar("again.tar",
                    {"manifest.json", "manifest.json.minisig", "payload.age", "restricted.age"}),
      {}, unpacked.folder.path());
  ASSERT_EQ(packed.exit_status, 0) << packed.errors;
  EXPECT_TRUE(unpacked.folder.get("again.tar") == bytes);
}

TEST(StockTools, TheirsIsAcceptedWhereItIsByTheRules) {
  // A bundle made with tar, age, b2sum and minisign alone: the rules need no program of ours.
  const Keys keys;
  const TemporaryFolder folder;
  Manifest manifest;
  manifest.device = keys.device.public_key();
  manifest.sequence = 1;
  PayloadEntry& entry = manifest.payloads.emplace_back();
  entry.name = kPayloadName;
  entry.recipients = {keys.office.recipient()};
  const PayloadSalt salt{};
  const std::string content = "<data/>";
  crypto::Blake2b256Stream hash =
      begin_member_hash(member_salt(salt, "submission.xml"), "submission.xml");
  hash.update(as_bytes(content));
  const std::string members = emit_members({hash.finish()});
  folder.put("bundle.json", as_bytes(emit_inner(manifest, 0, salt)));
  folder.put("submission.xml", as_bytes(content));
  folder.put("members.json", as_bytes(members));
  folder.put("padding", {});
  ASSERT_EQ(run_program(canonical_tar("inner.tar",
                                      {"bundle.json", "submission.xml", "members.json", "padding"}),
                        {}, folder.path())
                .exit_status,
            0);
  ASSERT_EQ(run_program({"age", "-r", crypto::age::to_string(keys.office.recipient()), "-o",
                         "payload.age", "inner.tar"},
                        {}, folder.path())
                .exit_status,
            0);
  entry.size_bytes = folder.get("payload.age").size();
  const auto sum = run_program({"b2sum", "payload.age"}, {}, folder.path());
  const auto digest = hex_decode(sum.output.substr(0, 128));
  ASSERT_TRUE(digest.has_value());
  std::ranges::copy(*digest, entry.digest.begin());
  entry.members = crypto::blake2b_256(as_bytes(members));
  folder.put("manifest.json", as_bytes(emit_manifest(manifest)));
  const auto secret = keys.device.to_file({}, 0);
  ASSERT_TRUE(secret.has_value());
  folder.put("key", secret->view());
  const auto made = run_program({"minisign", "-Sm", "manifest.json", "-s", "key", "-t",
                                 trusted_comment(manifest), "-c", "signature by Vigil"},
                                {}, folder.path());
  ASSERT_EQ(made.exit_status, 0) << made.errors;
  ASSERT_EQ(run_program(canonical_tar("bundle.tar",
                                      {"manifest.json", "manifest.json.minisig", "payload.age"}),
                        {}, folder.path())
                .exit_status,
            0);
  EXPECT_EQ(test::verdict(keys, folder.get("bundle.tar")), "");
}

TEST(StockTools, OneMemberCanBeShownWithoutTheRest) {
  // What a court gets: the signed manifest, members.json, and one file with its salt.
  const Keys keys;
  const Bytes bytes = test::seal(keys, test::draft(keys, false));
  const auto checked = test::check(keys, bytes);
  const Unpacked unpacked(bytes);
  put_identity(unpacked.folder, keys.office);
  const auto opened =
      run_program({"sh", "-c",
                   "age -d -i identity payload.age | tar -xf - && b2sum -l 256 members.json &&"
                   // The office's part: the salt of one member, from the payload's own.
                   "salt=$(sed 's/.*\"salt\":\"\\([0-9a-f]*\\)\".*/\\1/' bundle.json) &&"
                   "bytes() { perl -e 'print pack(\"H*\", shift)' \"$1\"; } &&"
                   "member_salt=$( (bytes \"$salt\"; printf photo-1.jpg) | b2sum -l 256 |"
                   " cut -c1-64) &&"
                   // The court's part.
                   "(bytes \"$member_salt\"; echo photo-1.jpg; cat photo-1.jpg) |"
                   " b2sum -l 256"},
                  {}, unpacked.folder.path());
  ASSERT_EQ(opened.exit_status, 0) << opened.errors;
  EXPECT_TRUE(opened.output.starts_with(hex_encode(checked->manifest.payloads[0].members)))
      << opened.output;
  const std::string leaf = opened.output.substr(opened.output.find('\n') + 1, 64);
  const std::string members(as_text(unpacked.folder.get("members.json")));
  EXPECT_NE(members.find(leaf), std::string::npos) << leaf << " in " << members;
}

}  // namespace
}  // namespace vigil::bundle
