// SPDX-License-Identifier: Apache-2.0
#include "core/trust/handover.h"

#include <gtest/gtest.h>

#include "core/crypto/hash.h"

namespace vigil::trust {
namespace {

namespace minisign = crypto::minisign;

TEST(Handover, OnlyTheOldRootHandsOver) {
  const auto old_root = minisign::SecretKey::generate();
  const auto fresh = minisign::SecretKey::generate();
  const std::string text = write_handover(old_root, fresh.public_key());
  EXPECT_EQ(read_handover(text, old_root.public_key()).value(), fresh.public_key());
  EXPECT_EQ(read_handover(text, fresh.public_key()).error().code, "handover.signature");
  EXPECT_EQ(read_handover("", old_root.public_key()).error().code, "handover.format");
  EXPECT_EQ(read_handover(write_handover(old_root, old_root.public_key()), old_root.public_key())
                .error()
                .code,
            "handover.format")
      << "to itself";
}

TEST(Handover, NoChangedOrMissingByteIsRead) {
  const auto old_root = minisign::SecretKey::generate();
  const std::string text = write_handover(old_root, minisign::SecretKey::generate().public_key());
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string changed = text;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_FALSE(read_handover(changed, old_root.public_key())) << at;
    EXPECT_FALSE(read_handover(text.substr(0, at), old_root.public_key())) << at;
  }
}

TEST(Handover, ASignatureForAnotherPurposeDoesNotServe) {
  const auto old_root = minisign::SecretKey::generate();
  const std::string text = write_handover(old_root, minisign::SecretKey::generate().public_key());
  const std::string line = text.substr(0, text.find('\n') + 1);
  EXPECT_EQ(read_handover(line + minisign::sign(old_root, crypto::blake2b_512(as_bytes(line)),
                                                "vigil-roster-1 version 1"),
                          old_root.public_key())
                .error()
                .code,
            "handover.signature");
}

}  // namespace
}  // namespace vigil::trust
