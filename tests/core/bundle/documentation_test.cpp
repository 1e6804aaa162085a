// SPDX-License-Identifier: Apache-2.0
//
// The worked examples of docs/formats/{age,minisign,bundle}.md, made again from their keys, byte
// for byte. Every secret in them is a row of equal bytes, and of use to nobody.
#include <algorithm>

#include <gtest/gtest.h>

#include "core/bundle/evidence.h"
#include "core/bundle/payload.h"
#include "core/crypto/age_header.h"
#include "core/crypto/age_payload.h"
#include "core/crypto/age_stanza.h"
#include "core/crypto/bech32.h"
#include "tests/core/bundle/sample.h"
#include "tests/support/run_program.h"

namespace vigil::bundle {
namespace {

using crypto::SecretBytes;

SecretBytes row_of(std::size_t size_bytes, std::uint8_t byte) {
  SecretBytes secret(size_bytes);
  std::ranges::fill(secret.writable(), byte);
  return secret;
}

crypto::age::Identity office() {
  constexpr std::string_view kPrefix = "age-secret-key-";
  std::string text(crypto::bech32_size(kPrefix, 32), '\0');
  crypto::bech32_encode(kPrefix, row_of(32, 0x11).view(),
                        {reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return crypto::age::Identity::parse(text).value();
}

// Encrypts with file key 0x22..., ephemeral 0x33... and nonce 0x44....
Bytes encrypt(ByteView plaintext) {
  const SecretBytes file_key = row_of(crypto::age::kFileKeyBytes, 0x22);
  const auto stanza =
      crypto::age::wrap_x25519_with(office().recipient(), file_key, row_of(32, 0x33));
  crypto::BytesSink sink;
  sink.bytes = crypto::age::write_header({stanza.value()}, file_key);
  crypto::age::PayloadEncryptor encryptor(file_key, Bytes(crypto::age::kNonceBytes, 0x44), sink);
  EXPECT_TRUE(encryptor.write(plaintext).has_value());
  EXPECT_TRUE(encryptor.finish().has_value());
  return std::move(sink.bytes);
}

// Key number 0x55..., seed 0x66....
crypto::minisign::SecretKey device() {
  return crypto::minisign::SecretKey::from_seed({0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55},
                                                row_of(32, 0x66));
}

std::string document(const std::string& name) {
  const Bytes content = vigil::test::read_file(VIGIL_SOURCE_DIR "/docs/formats/" + name);
  return std::string(as_text(content));
}

void expect_in(const std::string& page, const std::string& what, const std::string& text) {
  EXPECT_NE(page.find("\n" + text), std::string::npos) << what << " should read\n" << text;
}

// Hexadecimal in lines of 32 bytes.
std::string lines_of(ByteView bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 32)
    text += hex_encode(bytes.subspan(at, std::min<std::size_t>(32, bytes.size() - at))) + "\n";
  return text;
}

TEST(Documentation, TheAgeExampleIsMadeAgain) {
  const std::string page = document("age.md");
  const Bytes file = encrypt(as_bytes("Vigil\n"));
  const std::size_t header_bytes = crypto::age::parse_header(file).value().size_bytes;
  expect_in(page, "identity", std::string(office().to_text().text()));
  expect_in(page, "recipient", crypto::age::to_string(office().recipient()));
  expect_in(page, "header", std::string(as_text(file).substr(0, header_bytes)));
  expect_in(page, "payload", lines_of(ByteView(file).subspan(header_bytes)));
}

TEST(Documentation, TheMinisignExampleIsMadeAgain) {
  const std::string page = document("minisign.md");
  expect_in(page, "public key",
            crypto::minisign::public_key_file(device().public_key(), "of the worked example"));
  expect_in(page, "secret key", std::string(device().to_file({}, 0).value().text()));
  expect_in(page, "signature",
            crypto::minisign::sign(device(), crypto::blake2b_512(as_bytes("Vigil\n")), "example"));
}

TEST(Documentation, TheBundleExampleIsMadeAgain) {
  const std::string page = document("bundle.md");
  PayloadSalt salt{};
  salt.fill(0x77);
  Manifest manifest;
  manifest.device = device().public_key();
  manifest.sequence = 1;
  PayloadEntry& entry = manifest.payloads.emplace_back();
  entry.name = kPayloadName;
  entry.recipients = {office().recipient()};
  const std::string inner = emit_inner(manifest, 0, salt);
  auto hash = begin_member_hash(member_salt(salt, "submission.xml"), "submission.xml");
  hash.update(as_bytes("<data/>"));
  const std::string members = emit_members({hash.finish()});
  const Bytes plain = write_archive({{std::string(kInnerName), to_bytes(inner)},
                                     {"submission.xml", to_bytes("<data/>")},
                                     {std::string(kMembersName), to_bytes(members)},
                                     {std::string(kPaddingName), Bytes(5632)}})
                          .value();
  const Bytes payload = encrypt(plain);
  entry.size_bytes = payload.size();
  entry.digest = crypto::blake2b_512(payload);
  entry.members = crypto::blake2b_256(as_bytes(members));
  const std::string text = emit_manifest(manifest);
  const std::string signature = crypto::minisign::sign(
      device(), crypto::blake2b_512(as_bytes(text)), trusted_comment(manifest));
  const Bytes bundle = write_archive({{std::string(kManifestName), to_bytes(text)},
                                      {std::string(kSignatureName), to_bytes(signature)},
                                      {std::string(kPayloadName), payload}})
                           .value();
  expect_in(page, "bundle.json", inner);
  expect_in(page, "members.json", members);
  expect_in(page, "manifest.json", text);
  expect_in(page, "manifest.json.minisig", signature);
  expect_in(page, "id", to_string(bundle_id(text)) + "\n");
  expect_in(page, "size", std::to_string(bundle.size()) + " bytes\n");
  expect_in(page, "digest of the file", hex_encode(crypto::blake2b_256(bundle)) + "\n");
  expect_in(page, "first header", lines_of(tar_header(kManifestName, text.size())));

  test::MemoryFile file(bundle);
  const auto checked = check_bundle(file, {device().public_key()});
  ASSERT_TRUE(checked.has_value()) << checked.error().message;
  std::vector<crypto::age::Identity> identities;
  identities.push_back(office());
  test::Stage stage;
  const Status opened = open_payload(file, *checked, 0, identities, stage);
  EXPECT_TRUE(opened.has_value()) << opened.error().message;
}

TEST(Documentation, TheEvidenceExampleIsMadeAgain) {
  const std::string page = document("evidence.md");
  AnswersSalt secret{};
  secret.fill(0x55);
  PayloadSalt payload_secret{};
  payload_secret.fill(0x77);
  const AnswerText lawyer{"r1-/data/lawyer", "no"};
  const AnswerText judge{"r1-/data/judge", "yes"};
  const auto hash = [&](const AnswerText& answer) {
    return answer_hash(answer_salt(secret, answer.ref), answer);
  };
  const std::string answers = emit_answers({hash(lawyer), hash(judge)});
  expect_in(page, "answers.json", answers);
  expect_in(page, "salt of the answer", hex_encode(answer_salt(secret, lawyer.ref)) + "\n");
  expect_in(page, "hash of the answer", hex_encode(hash(lawyer)) + "\n");

  auto list_hash = begin_member_hash(member_salt(payload_secret, kAnswersName), kAnswersName);
  list_hash.update(as_bytes(answers));
  EvidencePack pack;
  pack.members_json[0] = emit_members({list_hash.finish()});
  Manifest manifest;
  manifest.device = device().public_key();
  manifest.sequence = 1;
  PayloadEntry& entry = manifest.payloads.emplace_back();
  entry.name = kPayloadName;
  entry.recipients = {office().recipient()};
  entry.members = crypto::blake2b_256(as_bytes(pack.members_json[0]));
  pack.manifest_json = emit_manifest(manifest);
  pack.signature_file = "a signature\n";
  pack.roster_json = "a roster\n";
  pack.roster_signature_file = "its signature\n";
  pack.files = {
      {0, std::string(kAnswersName), member_salt(payload_secret, kAnswersName), to_bytes(answers)}};
  pack.answers = {{0, answer_salt(secret, lawyer.ref), lawyer}};
  ASSERT_TRUE(check_evidence(pack, manifest));
  const Bytes archive = write_evidence(pack).value();
  const auto members = read_archive(archive).value();
  expect_in(page, "members.json", pack.members_json[0]);
  expect_in(page, "evidence.json", std::string(as_text(members[0].content)));
  expect_in(page, "digest of the file", hex_encode(crypto::blake2b_256(archive)) + "\n");
}

}  // namespace
}  // namespace vigil::bundle
