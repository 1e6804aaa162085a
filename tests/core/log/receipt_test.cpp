// SPDX-License-Identifier: Apache-2.0
#include "core/log/receipt.h"

#include <gtest/gtest.h>

namespace vigil::log {
namespace {

// A tree of three entries: a proof with two hashes.
struct World {
  SignerKey key = SignerKey::generate("hub.example/log", KeyType::kLog);
  std::vector<Bytes> entries{to_bytes("a"), to_bytes("b"), to_bytes("c")};
  std::string receipt;

  World() {
    const Hash a = leaf_hash(entries[0]);
    const Hash b = leaf_hash(entries[1]);
    const Hash c = leaf_hash(entries[2]);
    const Hash root = node_hash(node_hash(a, b), c);
    receipt = emit_receipt({1, {a, c}, sign_checkpoint({"hub.example/log", 3, root}, key)});
  }
  [[nodiscard]] std::string verdict(std::string_view text, std::size_t entry = 1) const {
    const auto result = verify_receipt(text, entries[entry], key.verifier(), {}, 0);
    return result ? "ok" : result.error().code;
  }
};

TEST(Receipt, HoldsForItsEntryAndForNoOther) {
  const World w;
  const auto verified = verify_receipt(w.receipt, w.entries[1], w.key.verifier(), {}, 0);
  ASSERT_TRUE(verified);
  EXPECT_EQ(verified->index, 1U);
  EXPECT_EQ(verified->checkpoint.checkpoint.size, 3U);
  EXPECT_EQ(w.verdict(w.receipt, 0), "receipt.proof");
  EXPECT_EQ(w.verdict(w.receipt, 2), "receipt.proof");
}

TEST(Receipt, WhatParsesIsEmittedAgainToTheSameBytes) {
  const World w;
  const auto parsed = parse_receipt(w.receipt);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(emit_receipt(*parsed), w.receipt);
}

TEST(Receipt, EveryChangedByteAndEveryCutIsRefused) {
  const World w;
  for (std::size_t i = 0; i < w.receipt.size(); ++i) {
    std::string damaged = w.receipt;
    damaged[i] = static_cast<char>(damaged[i] ^ 1);
    EXPECT_NE(w.verdict(damaged), "ok") << i;
    EXPECT_NE(w.verdict(w.receipt.substr(0, i)), "ok") << i;
  }
  EXPECT_NE(w.verdict(w.receipt + "x"), "ok");
  EXPECT_NE(w.verdict(w.receipt + "\n"), "ok");
}

TEST(Receipt, OfAnotherLogIsRefused) {
  const World w;
  const SignerKey other = SignerKey::generate("hub.example/log", KeyType::kLog);
  const auto result = verify_receipt(w.receipt, w.entries[1], other.verifier(), {}, 0);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, "receipt.checkpoint");
}

TEST(Receipt, WithoutTheWitnessesThatPolicyDemandsIsRefused) {
  const World w;
  const SignerKey witness = SignerKey::generate("auditor", KeyType::kWitness);
  const auto demand = [&](std::string_view text) {
    return verify_receipt(text, w.entries[1], w.key.verifier(), {witness.verifier()}, 1);
  };
  ASSERT_FALSE(demand(w.receipt));
  EXPECT_EQ(demand(w.receipt).error().code, "receipt.checkpoint");
  auto parsed = parse_receipt(w.receipt);
  ASSERT_TRUE(parsed);
  const auto cosigned = cosign_checkpoint(parsed->checkpoint, witness, 5);
  ASSERT_TRUE(cosigned);
  parsed->checkpoint = *cosigned;
  EXPECT_TRUE(demand(emit_receipt(*parsed)));
}

}  // namespace
}  // namespace vigil::log
