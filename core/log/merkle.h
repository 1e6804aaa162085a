// SPDX-License-Identifier: Apache-2.0
//
// RFC 6962 Merkle tree arithmetic. Pure functions over hashes; no storage. docs/formats/log.md.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/crypto/hash.h"

namespace vigil::log {

using Hash = crypto::Sha256;
using Proof = std::vector<Hash>;  // leaf to root

[[nodiscard]] Hash leaf_hash(ByteView entry);                // SHA-256(0x00 || entry)
[[nodiscard]] Hash node_hash(const Hash& l, const Hash& r);  // SHA-256(0x01 || l || r)
[[nodiscard]] Hash empty_root();

// kInvalid "log.inclusion" / "log.consistency".
[[nodiscard]] Status verify_inclusion(std::uint64_t index, std::uint64_t size, const Hash& leaf,
                                      const Proof& proof, const Hash& root);
[[nodiscard]] Status verify_consistency(std::uint64_t old_size, std::uint64_t new_size,
                                        const Hash& old_root, const Hash& new_root,
                                        const Proof& proof);

// Hash of the complete subtree at `level` (0 = leaves) and `index`; the store of tiles answers it.
using NodeLookup = std::function<Result<Hash>(unsigned level, std::uint64_t index)>;
[[nodiscard]] Result<Hash> tree_root(std::uint64_t size, const NodeLookup& node);
[[nodiscard]] Result<Proof> inclusion_proof(std::uint64_t index, std::uint64_t size,
                                            const NodeLookup& node);
[[nodiscard]] Result<Proof> consistency_proof(std::uint64_t old_size, std::uint64_t new_size,
                                              const NodeLookup& node);

// The root of the entries that have passed, at any moment; memory is one hash a level.
class RunningRoot {
 public:
  void add(const Hash& leaf);
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] Hash root() const;

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> subtrees_;  // complete ones, largest first
};

}  // namespace vigil::log
