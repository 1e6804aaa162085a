// SPDX-License-Identifier: Apache-2.0
//
// The stock minisign accepts what we sign, and we accept what it signs.
#include <gtest/gtest.h>

#include "core/crypto/minisign.h"
#include "tests/support/run_program.h"

namespace vigil::crypto::minisign {
namespace {

using test::run_program;
using test::TemporaryFolder;

constexpr std::string_view kMessage = "a record of what was seen\n";

SecretBytes text_of(std::string_view text) {
  return SecretBytes::copy_of(as_bytes(text));
}

// k.pub and k.sec, without a passphrase.
int make_keys(const TemporaryFolder& folder) {
  return run_program({"minisign", "-GW", "-p", "k.pub", "-s", "k.sec"}, {}, folder.path())
      .exit_status;
}

TEST(MinisignStock, AcceptsOurSignatureAndPublicKeyFile) {
  const TemporaryFolder folder;
  const SecretKey key = SecretKey::generate();
  folder.put("m", as_bytes(kMessage));
  folder.put("m.minisig", as_bytes(sign(key, blake2b_512(as_bytes(kMessage)), "at noon\there")));
  folder.put("k.pub", as_bytes(public_key_file(key.public_key(), "of a test")));
  const auto by_file = run_program({"minisign", "-VHm", "m", "-p", "k.pub"}, {}, folder.path());
  EXPECT_EQ(by_file.exit_status, 0) << by_file.errors;
  EXPECT_NE(by_file.output.find("at noon\there"), std::string::npos) << by_file.output;
  const auto by_text =
      run_program({"minisign", "-Vm", "m", "-P", to_string(key.public_key())}, {}, folder.path());
  EXPECT_EQ(by_text.exit_status, 0) << by_text.errors;
  folder.put("m", as_bytes("another record\n"));
  const auto changed = run_program({"minisign", "-Vm", "m", "-p", "k.pub"}, {}, folder.path());
  EXPECT_NE(changed.exit_status, 0);
}

TEST(MinisignStock, SignsWhatWeAccept) {
  const TemporaryFolder folder;
  ASSERT_EQ(make_keys(folder), 0);
  folder.put("m", as_bytes(kMessage));
  ASSERT_EQ(
      run_program({"minisign", "-Sm", "m", "-s", "k.sec", "-t", "by stock"}, {}, folder.path())
          .exit_status,
      0);
  const auto key = parse_public_key_file(folder.get("k.pub"));
  ASSERT_TRUE(key.has_value()) << key.error().message;
  const auto comment = verify(*key, blake2b_512(as_bytes(kMessage)),
                              as_text(folder.get("m.minisig")), UntrustedComment::kAny);
  ASSERT_TRUE(comment.has_value()) << comment.error().message;
  EXPECT_EQ(*comment, "by stock");
  const auto strict = verify(*key, blake2b_512(as_bytes(kMessage)),
                             as_text(folder.get("m.minisig")), UntrustedComment::kOurs);
  ASSERT_FALSE(strict.has_value());
  EXPECT_EQ(strict.error().code, "minisign.comment");
}

TEST(MinisignStock, ItsLegacySignatureIsRefused) {
  const TemporaryFolder folder;
  ASSERT_EQ(make_keys(folder), 0);
  folder.put("m", as_bytes(kMessage));
  ASSERT_EQ(run_program({"minisign", "-Slm", "m", "-s", "k.sec"}, {}, folder.path()).exit_status,
            0);
  const auto key = parse_public_key_file(folder.get("k.pub"));
  const auto comment = verify(*key, blake2b_512(as_bytes(kMessage)),
                              as_text(folder.get("m.minisig")), UntrustedComment::kAny);
  ASSERT_FALSE(comment.has_value());
  EXPECT_EQ(comment.error().code, "minisign.legacy");
}

TEST(MinisignStock, UnprotectedKeyFilesGoBothWays) {
  const TemporaryFolder folder;
  ASSERT_EQ(make_keys(folder), 0);
  const Bytes theirs = folder.get("k.sec");
  EXPECT_FALSE(SecretKey::file_has_passphrase(theirs));
  const auto key = SecretKey::from_file(theirs, {});
  ASSERT_TRUE(key.has_value()) << key.error().message;
  EXPECT_EQ(key->public_key(), parse_public_key_file(folder.get("k.pub")).value());
  const auto ours = key->to_file({}, 0);
  ASSERT_TRUE(ours.has_value());
  EXPECT_EQ(ours->text(), as_text(theirs)) << "the same key gives the same file";
}

TEST(MinisignStock, ProtectedKeyFilesGoBothWays) {
  const TemporaryFolder folder;
  // minisign reads a passphrase from standard input where that is no terminal.
  const auto made = run_program({"minisign", "-G", "-p", "k.pub", "-s", "k.sec"},
                                "correct horse\ncorrect horse\n", folder.path());
  ASSERT_EQ(made.exit_status, 0) << made.output << made.errors;
  const Bytes theirs = folder.get("k.sec");
  EXPECT_TRUE(SecretKey::file_has_passphrase(theirs));
  const auto key = SecretKey::from_file(theirs, text_of("correct horse"));
  ASSERT_TRUE(key.has_value()) << key.error().message;
  EXPECT_EQ(key->public_key(), parse_public_key_file(folder.get("k.pub")).value());

  const auto ours = key->to_file(text_of("battery staple"), 16 << 20);
  ASSERT_TRUE(ours.has_value());
  folder.put("o.sec", ours->view());
  folder.put("m", as_bytes(kMessage));
  const auto signed_by_theirs =
      run_program({"minisign", "-Sm", "m", "-s", "o.sec"}, "battery staple\n", folder.path());
  EXPECT_EQ(signed_by_theirs.exit_status, 0) << signed_by_theirs.errors;
  EXPECT_TRUE(verify(key->public_key(), blake2b_512(as_bytes(kMessage)),
                     as_text(folder.get("m.minisig")), UntrustedComment::kAny)
                  .has_value());
  const auto wrong = SecretKey::from_file(ours->view(), text_of("battery"));
  ASSERT_FALSE(wrong.has_value());
  EXPECT_EQ(wrong.error().code, "minisign.passphrase");
}

}  // namespace
}  // namespace vigil::crypto::minisign
