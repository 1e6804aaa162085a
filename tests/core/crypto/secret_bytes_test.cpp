// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/secret_bytes.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "core/crypto/background_hash.h"
#include "core/crypto/passphrase.h"

namespace vigil::crypto {
namespace {

TEST(SecretBytes, MovesAndLeavesNothing) {
  SecretBytes a = SecretBytes::copy_of(as_bytes("secret"));
  SecretBytes b = std::move(a);
  EXPECT_EQ(b.text(), "secret");
  EXPECT_TRUE(a.empty());  // NOLINT(bugprone-use-after-move): what is left is part of the contract
  a = b.clone();
  EXPECT_EQ(a.text(), "secret");
  a.truncate(3);
  EXPECT_EQ(a.text(), "sec");
  a.clear();
  EXPECT_TRUE(a.empty());
}

TEST(SecretBytes, ComparesByContent) {
  EXPECT_TRUE(equal_secrets(as_bytes("ab"), as_bytes("ab")));
  EXPECT_FALSE(equal_secrets(as_bytes("ab"), as_bytes("ac")));
  EXPECT_FALSE(equal_secrets(as_bytes("ab"), as_bytes("abc")));
  EXPECT_TRUE(equal_secrets({}, {}));
}

TEST(SecretBytesDeathTest, AReadAfterReleaseStopsTheProgram) {
  EXPECT_DEATH(
      {
        SecretBytes secret(16);
        const volatile std::uint8_t* data = secret.view().data();
        secret.clear();
        (void)data[0];
      },
      "");
}

[[noreturn]] void make_a_secret_without_allowance() {
  const rlimit nothing{0, 0};
  setrlimit(RLIMIT_MEMLOCK, &nothing);
  const SecretBytes secret(16);
  // Privileged processes may lock all the same; then there is nothing to be said.
  if (memory_lock_status().has_value())
    std::fputs("the system refuses to lock memory: not here\n", stderr);
  std::_Exit(0);
}

TEST(SecretBytesDeathTest, MemoryThatCannotBeLockedIsSaid) {
  // In a child of its own, as the limit and the flag are the whole process's.
  EXPECT_EXIT(make_a_secret_without_allowance(), testing::ExitedWithCode(0),
              "the system refuses to lock memory");
}

TEST(Passphrase, GivesTheSameKeyForTheSameSaltOnly) {
  const auto passphrase = SecretBytes::copy_of(as_bytes("correct horse"));
  const Salt salt{1, 2, 3};
  const auto key = derive_key(passphrase, salt, {});
  ASSERT_TRUE(key.has_value());
  EXPECT_TRUE(equal_secrets(key->view(), derive_key(passphrase, salt, {})->view()));
  EXPECT_FALSE(equal_secrets(key->view(), derive_key(passphrase, Salt{}, {})->view()));
  EXPECT_FALSE(equal_secrets(
      key->view(), derive_key(SecretBytes::copy_of(as_bytes("Correct horse")), salt, {})->view()));
}

TEST(Passphrase, CostsOutsideTheBoundsAreRefusedUnallocated) {
  const auto passphrase = SecretBytes::copy_of(as_bytes("x"));
  for (const Argon2Cost cost :
       {Argon2Cost{(64ULL << 20) - 1, 3}, Argon2Cost{64ULL << 20, 2},
        Argon2Cost{(1ULL << 30) + 1, 3}, Argon2Cost{1ULL << 40, 3}, Argon2Cost{64ULL << 20, 65}}) {
    const auto key = derive_key(passphrase, {}, cost);
    ASSERT_FALSE(key.has_value());
    EXPECT_EQ(key.error().code, "passphrase.cost");
  }
}

TEST(Box, OpensWithItsKeyAndContextOnly) {
  const SecretBytes key = SecretBytes::random(32);
  for (const std::string_view text : {"", "a key"}) {
    const Bytes box = seal_box(key, as_bytes(text), "slot 1");
    const auto opened = open_box(key, box, "slot 1");
    ASSERT_TRUE(opened.has_value());
    EXPECT_EQ(opened->text(), text);
    EXPECT_FALSE(open_box(key, box, "slot 2").has_value());
    EXPECT_FALSE(open_box(SecretBytes::random(32), box, "slot 1").has_value());
    for (std::size_t at = 0; at < box.size(); ++at) {
      Bytes changed = box;
      changed[at] ^= 1;
      EXPECT_FALSE(open_box(key, changed, "slot 1").has_value()) << at;
      EXPECT_FALSE(open_box(key, ByteView(box).first(at), "slot 1").has_value()) << at;
    }
  }
}

TEST(BackgroundHash, IsTheSameAsInline) {
  Bytes data(5'000'000);
  random_fill(data);
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{262143},
                                 std::size_t{262144}, std::size_t{262145}, data.size()}) {
    for (const std::size_t piece : {std::size_t{1000}, std::size_t{65552}, data.size()}) {
      BackgroundHash<64> hash;
      for (std::size_t at = 0; at < size; at += piece)
        hash.update(ByteView(data).subspan(at, std::min(piece, size - at)));
      EXPECT_EQ(hash.finish(), blake2b_512(ByteView(data).first(size))) << size;
    }
  }
}

TEST(BackgroundHash, MayBeGivenUp) {
  BackgroundHash<32> hash;
  hash.update(Bytes(3'000'000));
}

}  // namespace
}  // namespace vigil::crypto
