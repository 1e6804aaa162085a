// SPDX-License-Identifier: Apache-2.0
#include "core/log/merkle.h"

#include <map>

#include <gtest/gtest.h>

namespace vigil::log {
namespace {

// RFC 6962, 2.1, word for word: the reference our stores and proofs are held against.
Hash reference_root(std::span<const Hash> leaves) {
  if (leaves.empty()) return empty_root();
  if (leaves.size() == 1) return leaves[0];
  std::size_t k = 1;
  while (k * 2 < leaves.size()) k *= 2;
  return node_hash(reference_root(leaves.first(k)), reference_root(leaves.subspan(k)));
}

std::vector<Hash> some_leaves(std::size_t count) {
  std::vector<Hash> leaves;
  for (std::size_t i = 0; i < count; ++i)
    leaves.push_back(leaf_hash(as_bytes("entry " + std::to_string(i))));
  return leaves;
}

NodeLookup lookup_in(const std::vector<Hash>& leaves) {
  return [&leaves](unsigned level, std::uint64_t index) -> Result<Hash> {
    const std::size_t width = std::size_t{1} << level;
    return reference_root(std::span(leaves).subspan(index * width, width));
  };
}

Hash changed(Hash hash) {
  hash[7] ^= 0x10;
  return hash;
}

constexpr std::size_t kSizes = 66;  // past two powers of two

TEST(Merkle, EmptyTreeIsTheDigestOfNothing) {
  EXPECT_EQ(hex_encode(empty_root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Merkle, LeafAndNodeArePrefixedApart) {
  const Hash leaf = leaf_hash({});
  EXPECT_EQ(hex_encode(leaf), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  Bytes both(leaf.begin(), leaf.end());
  both.insert(both.end(), leaf.begin(), leaf.end());
  EXPECT_NE(node_hash(leaf, leaf), leaf_hash(both));
}

TEST(Merkle, RootEqualsTheReferenceAtEverySize) {
  for (std::size_t size = 0; size <= kSizes; ++size) {
    const auto leaves = some_leaves(size);
    const auto root = tree_root(size, lookup_in(leaves));
    ASSERT_TRUE(root);
    EXPECT_EQ(*root, reference_root(leaves)) << size;
  }
}

TEST(Merkle, RunningRootEqualsTheReferenceAtEverySize) {
  const auto leaves = some_leaves(kSizes);
  RunningRoot running;
  for (std::size_t size = 0; size <= kSizes; ++size) {
    EXPECT_EQ(running.size(), size);
    EXPECT_EQ(running.root(), reference_root(std::span(leaves).first(size)));
    if (size < kSizes) running.add(leaves[size]);
  }
}

TEST(Merkle, EveryInclusionProofHoldsAndEveryChangeToItFails) {
  for (std::size_t size = 1; size <= kSizes; ++size) {
    const auto leaves = some_leaves(size);
    const Hash root = reference_root(leaves);
    for (std::size_t index = 0; index < size; ++index) {
      const auto proof = inclusion_proof(index, size, lookup_in(leaves));
      ASSERT_TRUE(proof);
      EXPECT_TRUE(verify_inclusion(index, size, leaves[index], *proof, root));
      EXPECT_FALSE(verify_inclusion(index, size, changed(leaves[index]), *proof, root));
      EXPECT_FALSE(verify_inclusion(index, size, leaves[index], *proof, changed(root)));
      EXPECT_FALSE(verify_inclusion(index, index, leaves[index], *proof, root));
      Proof longer = *proof;
      longer.push_back(root);
      EXPECT_FALSE(verify_inclusion(index, size, leaves[index], longer, root));
      for (std::size_t k = 0; k < proof->size(); ++k) {
        Proof other = *proof;
        other[k] = changed(other[k]);
        EXPECT_FALSE(verify_inclusion(index, size, leaves[index], other, root));
        other = *proof;
        other.erase(other.begin() + static_cast<std::ptrdiff_t>(k));
        EXPECT_FALSE(verify_inclusion(index, size, leaves[index], other, root));
      }
    }
  }
}

TEST(Merkle, InclusionOfAnotherEntryFails) {
  const auto leaves = some_leaves(11);
  const auto proof = inclusion_proof(4, 11, lookup_in(leaves));
  ASSERT_TRUE(proof);
  for (std::uint64_t index = 0; index < 11; ++index)
    EXPECT_EQ(verify_inclusion(index, 11, leaves[4], *proof, reference_root(leaves)).has_value(),
              index == 4);
}

TEST(Merkle, EveryConsistencyProofHoldsAndEveryChangeToItFails) {
  const auto leaves = some_leaves(kSizes);
  const std::span all(leaves);
  for (std::size_t size = 0; size <= kSizes; ++size) {
    const Hash root = reference_root(all.first(size));
    for (std::size_t old = 0; old <= size; ++old) {
      const Hash old_root = reference_root(all.first(old));
      const auto proof = consistency_proof(old, size, lookup_in(leaves));
      ASSERT_TRUE(proof);
      EXPECT_TRUE(verify_consistency(old, size, old_root, root, *proof)) << old << " " << size;
      EXPECT_FALSE(verify_consistency(old, size, changed(old_root), root, *proof));
      if (old > 0) {
        EXPECT_FALSE(verify_consistency(old, size, old_root, changed(root), *proof));
      }
      Proof longer = *proof;
      longer.push_back(root);
      EXPECT_FALSE(verify_consistency(old, size, old_root, root, longer));
      for (std::size_t k = 0; k < proof->size(); ++k) {
        Proof other = *proof;
        other[k] = changed(other[k]);
        EXPECT_FALSE(verify_consistency(old, size, old_root, root, other));
        other.pop_back();
        EXPECT_FALSE(verify_consistency(old, size, old_root, root, other));
      }
    }
  }
}

TEST(Merkle, ALogThatShrankIsNotConsistent) {
  const auto leaves = some_leaves(5);
  const auto status = verify_consistency(5, 3, reference_root(leaves),
                                         reference_root(std::span(leaves).first(3)), {});
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, "log.consistency");
  EXPECT_FALSE(consistency_proof(5, 3, lookup_in(leaves)));
  EXPECT_FALSE(inclusion_proof(5, 5, lookup_in(leaves)));
}

TEST(Merkle, TwoFacesOfOneSizeAreNotConsistent) {
  const auto leaves = some_leaves(5);
  const Hash root = reference_root(leaves);
  EXPECT_TRUE(verify_consistency(5, 5, root, root, {}));
  EXPECT_FALSE(verify_consistency(5, 5, root, changed(root), {}));
}

TEST(Merkle, AFailingStoreFailsTheProof) {
  const NodeLookup broken = [](unsigned, std::uint64_t) -> Result<Hash> {
    return fail(ErrorKind::kNotFound, "file.absent", "A tile is missing.");
  };
  EXPECT_EQ(inclusion_proof(1, 3, broken).error().code, "file.absent");
  EXPECT_EQ(consistency_proof(1, 3, broken).error().code, "file.absent");
  EXPECT_EQ(tree_root(3, broken).error().code, "file.absent");
}

}  // namespace
}  // namespace vigil::log
