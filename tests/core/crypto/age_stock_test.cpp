// SPDX-License-Identifier: Apache-2.0
//
// The stock age reads what we write, and we read what it writes.
#include <gtest/gtest.h>

#include "core/crypto/age.h"
#include "core/crypto/age_armor.h"
#include "core/crypto/age_encryptor.h"
#include "tests/support/run_program.h"

namespace vigil::crypto::age {
namespace {

using test::run_program;
using test::TemporaryFolder;

Bytes pattern(std::size_t size_bytes) {
  Bytes bytes(size_bytes);
  std::uint32_t state = 12345;
  for (std::uint8_t& byte : bytes) {
    state = state * 1664525 + 1013904223;
    byte = static_cast<std::uint8_t>(state >> 24);
  }
  return bytes;
}

std::string put_identity(const TemporaryFolder& folder, std::string_view name,
                         const Identity& identity) {
  const SecretBytes text = identity.to_text();
  return folder.put(name, text.view());
}

Bytes encrypt_to(const std::vector<Recipient>& recipients, ByteView plaintext) {
  BytesSource source(plaintext);
  BytesSink sink;
  EXPECT_TRUE(encrypt(recipients, source, sink).has_value());
  return std::move(sink.bytes);
}

Result<Bytes> decrypt_with(const Keys& keys, ByteView file) {
  BytesSource source(file);
  BytesSink sink;
  VIGIL_TRY(decrypt_maybe_armored(keys, source, sink));
  return std::move(sink.bytes);
}

Keys keys_of(const Identity& identity) {
  Keys keys;
  keys.identities.push_back(identity.clone());
  return keys;
}

// Around every edge of a chunk and of what is read at once.
constexpr std::size_t kSizes[] = {0,     1,      15,     16,     4096,   65535,   65536,
                                  65537, 131071, 131072, 131073, 196608, 1048576, 1048577};

TEST(AgeStock, ReadsWhatWeWrite) {
  const TemporaryFolder folder;
  const Identity identity = Identity::generate();
  const std::string key = put_identity(folder, "key", identity);
  for (const std::size_t size_bytes : kSizes) {
    const Bytes plaintext = pattern(size_bytes);
    const Bytes file = encrypt_to({identity.recipient()}, plaintext);
    EXPECT_EQ(file.size(), file_size_bytes(1, size_bytes));
    const auto result = run_program({"age", "-d", "-i", key}, as_text(file));
    ASSERT_EQ(result.exit_status, 0) << size_bytes << ": " << result.errors;
    EXPECT_TRUE(result.output == as_text(plaintext)) << size_bytes;
  }
}

TEST(AgeStock, WritesWhatWeRead) {
  const Identity identity = Identity::generate();
  const Identity other = Identity::generate();
  for (const std::size_t size_bytes : kSizes) {
    const Bytes plaintext = pattern(size_bytes);
    const auto result = run_program(
        {"age", "-r", to_string(other.recipient()), "-r", to_string(identity.recipient())},
        as_text(plaintext));
    ASSERT_EQ(result.exit_status, 0) << result.errors;
    const auto opened = decrypt_with(keys_of(identity), as_bytes(result.output));
    ASSERT_TRUE(opened.has_value()) << size_bytes << ": " << opened.error().message;
    EXPECT_TRUE(*opened == plaintext) << size_bytes;
  }
}

TEST(AgeStock, EachOfManyRecipientsOpensOurs) {
  const TemporaryFolder folder;
  std::vector<Identity> identities;
  std::vector<Recipient> recipients;
  for (int i = 0; i < 20; ++i) {
    identities.push_back(Identity::generate());
    recipients.push_back(identities.back().recipient());
  }
  const Bytes file = encrypt_to(recipients, as_bytes("for twenty"));
  EXPECT_EQ(file.size(), file_size_bytes(20, 10));
  for (const std::size_t i : {0U, 9U, 19U}) {
    const std::string key = put_identity(folder, "key", identities[i]);
    const auto result = run_program({"age", "-d", "-i", key}, as_text(file));
    EXPECT_EQ(result.exit_status, 0) << result.errors;
    EXPECT_EQ(result.output, "for twenty");
  }
}

TEST(AgeStock, KeysOfAgeKeygenAreOurs) {
  const auto made = run_program({"age-keygen"});
  ASSERT_EQ(made.exit_status, 0) << made.errors;
  const auto identities = Identity::parse_file(as_bytes(made.output));
  ASSERT_TRUE(identities.has_value()) << identities.error().message;
  ASSERT_EQ(identities->size(), 1U);
  EXPECT_NE(made.output.find(to_string(identities->front().recipient())), std::string::npos);
  EXPECT_NE(made.output.find(identities->front().to_text().text()), std::string::npos);
}

TEST(AgeStock, ArmorGoesBothWays) {
  const TemporaryFolder folder;
  const Identity identity = Identity::generate();
  const std::string key = put_identity(folder, "key", identity);
  for (const std::size_t size_bytes : {0U, 1U, 29U, 30U, 31U, 47U, 48U, 49U, 200'000U}) {
    const Bytes plaintext = pattern(size_bytes);
    const Bytes binary = encrypt_to({identity.recipient()}, plaintext);
    BytesSource source(binary);
    BytesSink ours;
    ASSERT_TRUE(armor(source, ours).has_value());
    const auto read = run_program({"age", "-d", "-i", key}, as_text(ours.bytes));
    EXPECT_EQ(read.exit_status, 0) << read.errors;
    EXPECT_TRUE(read.output == as_text(plaintext)) << size_bytes;

    const auto theirs =
        run_program({"age", "-a", "-r", to_string(identity.recipient())}, as_text(plaintext));
    ASSERT_EQ(theirs.exit_status, 0);
    const auto opened = decrypt_with(keys_of(identity), as_bytes(theirs.output));
    ASSERT_TRUE(opened.has_value()) << opened.error().message;
    EXPECT_TRUE(*opened == plaintext) << size_bytes;
  }
}

// The stock tool takes passphrases from a terminal only; script(1) gives it one.
std::string shell_quoted_age(const std::string& arguments, const std::string& passphrase) {
  return "printf '" + passphrase + "\\n" + passphrase + "\\n' | script -qec 'age " + arguments +
         "' /dev/null";
}

TEST(AgeStock, PassphraseFilesGoBothWays) {
  if (run_program({"script", "-qec", "true", "/dev/null"}).exit_status != 0)
    GTEST_SKIP() << "this machine gives no pseudo-terminal (is /dev/pts mounted?)";
  const TemporaryFolder folder;
  folder.put("plain", as_bytes("for the safe"));
  const auto locked = run_program(
      {"sh", "-c", shell_quoted_age("-p -o theirs.age plain", "correct horse")}, {}, folder.path());
  ASSERT_EQ(locked.exit_status, 0) << locked.output << locked.errors;
  Keys keys;
  keys.passphrase = SecretBytes::copy_of(as_bytes("correct horse"));
  const auto opened = decrypt_with(keys, folder.get("theirs.age"));
  ASSERT_TRUE(opened.has_value()) << opened.error().message;
  EXPECT_EQ(as_text(*opened), "for the safe");

  BytesSource source(as_bytes("for the safe"));
  BytesSink ours;
  ASSERT_TRUE(encrypt_with_passphrase(keys.passphrase, 10, source, ours).has_value());
  folder.put("ours.age", ours.bytes);
  const auto read =
      run_program({"sh", "-c", shell_quoted_age("-d -o ours.plain ours.age", "correct horse")}, {},
                  folder.path());
  ASSERT_EQ(read.exit_status, 0) << read.output << read.errors;
  EXPECT_EQ(as_text(folder.get("ours.plain")), "for the safe");
}

}  // namespace
}  // namespace vigil::crypto::age
