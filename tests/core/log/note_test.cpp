// SPDX-License-Identifier: Apache-2.0
#include "core/log/note.h"

#include <gtest/gtest.h>

namespace vigil::log {
namespace {

SignerKey parse_key(std::string_view text) {
  auto key = SignerKey::parse(crypto::SecretBytes::copy_of(as_bytes(text)));
  EXPECT_TRUE(key);
  return std::move(*key);
}

Checkpoint some_checkpoint(std::string_view origin) {
  return {std::string(origin), 42, leaf_hash(as_bytes("root"))};
}

std::string code_of(const Result<VerifiedCheckpoint>& result) {
  return result ? "ok" : result.error().code;
}

struct World {
  SignerKey log = SignerKey::generate("hub.example/log", KeyType::kLog);
  SignerKey witness = SignerKey::generate("auditor-1", KeyType::kWitness);
  SignerKey other = SignerKey::generate("auditor-2", KeyType::kWitness);
  Checkpoint checkpoint = some_checkpoint("hub.example/log");
  std::string note = sign_checkpoint(checkpoint, log);
};

TEST(NoteKey, TextFormsReadBackAndRefuseDamage) {
  const SignerKey key = SignerKey::generate("hub.example/log", KeyType::kLog);
  const std::string text = to_string(key.verifier());
  const auto parsed = parse_verifier_key(text);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(*parsed, key.verifier());
  EXPECT_EQ(to_string(*parsed), text);
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string damaged = text;
    damaged[i] = damaged[i] == 'A' ? 'B' : 'A';
    const auto result = parse_verifier_key(damaged);
    ASSERT_FALSE(result) << damaged;
    EXPECT_EQ(result.error().code, "note.key");
  }
  const crypto::SecretBytes secret = key.to_text();
  EXPECT_EQ(parse_key(secret.text()).verifier(), key.verifier());
  EXPECT_EQ(parse_key(std::string(secret.text()) + "\n").verifier(), key.verifier());
}

TEST(NoteKey, KeysOfOneSeedDifferByPurpose) {
  const SignerKey log = SignerKey::generate("a", KeyType::kLog);
  VerifierKey witness = log.verifier();
  witness.type = KeyType::kWitness;
  EXPECT_NE(to_string(log.verifier()).substr(2, 8), to_string(witness).substr(2, 8));
}

// The example key of the Go note package's documentation: both sides of one published key.
TEST(NoteKey, TheKnownExampleKeyIsReadAsGoReadsIt) {
  const SignerKey key =
      parse_key("PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz");
  EXPECT_EQ(to_string(key.verifier()),
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
}

TEST(Checkpoint, SignedIsVerified) {
  const World w;
  const auto verified = verify_checkpoint(w.note, w.log.verifier(), {}, 0);
  ASSERT_TRUE(verified);
  EXPECT_EQ(verified->checkpoint, w.checkpoint);
  EXPECT_TRUE(verified->cosignatures.empty());
}

TEST(Checkpoint, EveryChangedByteIsRefused) {
  const World w;
  for (std::size_t i = 0; i < w.note.size(); ++i) {
    for (const int bit : {0x01, 0x10, 0x40}) {
      std::string damaged = w.note;
      damaged[i] = static_cast<char>(damaged[i] ^ bit);
      EXPECT_NE(code_of(verify_checkpoint(damaged, w.log.verifier(), {}, 0)), "ok") << i;
    }
  }
}

TEST(Checkpoint, EveryCutIsRefused) {
  const World w;
  for (std::size_t size = 0; size < w.note.size(); ++size)
    EXPECT_NE(code_of(verify_checkpoint(w.note.substr(0, size), w.log.verifier(), {}, 0)), "ok");
}

TEST(Checkpoint, AStrangersLogIsRefused) {
  const World w;
  const SignerKey stranger = SignerKey::generate("hub.example/log", KeyType::kLog);
  EXPECT_EQ(code_of(verify_checkpoint(w.note, stranger.verifier(), {}, 0)), "note.signature");
}

TEST(Checkpoint, OfAnotherOriginIsRefused) {
  const World w;
  const std::string note = sign_checkpoint(some_checkpoint("hub.example/other"), w.log);
  EXPECT_EQ(code_of(verify_checkpoint(note, w.log.verifier(), {}, 0)), "note.origin");
}

TEST(Checkpoint, CosignaturesOfKnownWitnessesCountTowardsTheQuorum) {
  const World w;
  const std::vector<VerifierKey> witnesses{w.witness.verifier(), w.other.verifier()};
  EXPECT_EQ(code_of(verify_checkpoint(w.note, w.log.verifier(), witnesses, 1)), "note.quorum");
  const auto once = cosign_checkpoint(w.note, w.witness, 1'700'000'000);
  ASSERT_TRUE(once);
  const auto one = verify_checkpoint(*once, w.log.verifier(), witnesses, 1);
  ASSERT_TRUE(one);
  ASSERT_EQ(one->cosignatures.size(), 1U);
  EXPECT_EQ(one->cosignatures[0].witness, "auditor-1");
  EXPECT_EQ(one->cosignatures[0].time_s, 1'700'000'000U);
  EXPECT_EQ(code_of(verify_checkpoint(*once, w.log.verifier(), witnesses, 2)), "note.quorum");

  const auto twice = cosign_checkpoint(*once, w.other, 1'700'000'001);
  ASSERT_TRUE(twice);
  EXPECT_EQ(code_of(verify_checkpoint(*twice, w.log.verifier(), witnesses, 2)), "ok");
  const auto unknown = verify_checkpoint(*twice, w.log.verifier(), {}, 0);
  ASSERT_TRUE(unknown);
  EXPECT_TRUE(unknown->cosignatures.empty());
}

TEST(Checkpoint, OneWitnessTwiceIsStillOne) {
  const World w;
  const auto once = cosign_checkpoint(w.note, w.witness, 1'700'000'000);
  ASSERT_TRUE(once);
  const std::string line = once->substr(w.note.size());
  const std::vector<VerifierKey> witnesses{w.witness.verifier(), w.other.verifier()};
  EXPECT_EQ(code_of(verify_checkpoint(*once + line, w.log.verifier(), witnesses, 2)),
            "note.quorum");
  const auto again = cosign_checkpoint(*once, w.witness, 1'700'000'009);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->size(), once->size());
}

TEST(Checkpoint, AKnownWitnessWhoseSignatureFailsRefusesTheNote) {
  const World w;
  const auto cosigned = cosign_checkpoint(w.note, w.witness, 1'700'000'000);
  ASSERT_TRUE(cosigned);
  const std::string line = cosigned->substr(w.note.size());
  const std::string other_note =
      sign_checkpoint({w.checkpoint.origin, 43, w.checkpoint.root}, w.log);
  EXPECT_EQ(
      code_of(verify_checkpoint(other_note + line, w.log.verifier(), {w.witness.verifier()}, 0)),
      "note.signature");
  EXPECT_EQ(code_of(verify_checkpoint(other_note + line, w.log.verifier(), {}, 0)), "ok");
}

TEST(Checkpoint, SixteenSignaturesAreRead) {
  const World w;
  std::string note = w.note;
  std::vector<VerifierKey> witnesses;
  for (int i = 0; i < 16; ++i) {
    const SignerKey witness = SignerKey::generate("w" + std::to_string(i), KeyType::kWitness);
    witnesses.push_back(witness.verifier());
    const auto next = cosign_checkpoint(note, witness, 1);
    ASSERT_TRUE(next);
    note = *next;
  }
  EXPECT_EQ(code_of(verify_checkpoint(note, w.log.verifier(), witnesses, 16)), "ok");
}

TEST(Checkpoint, UnverifiedReadingChecksTheFormOnly) {
  const World w;
  const auto read = read_checkpoint_unverified(w.note);
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, w.checkpoint);
  EXPECT_FALSE(read_checkpoint_unverified("hub\n42\n"));
}

}  // namespace
}  // namespace vigil::log
