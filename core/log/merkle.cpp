// SPDX-License-Identifier: Apache-2.0
#include "core/log/merkle.h"

#include <bit>

#include "core/base/check.h"

namespace vigil::log {
namespace {

std::unexpected<Error> bad_inclusion(std::string message) {
  return fail(ErrorKind::kInvalid, "log.inclusion", std::move(message));
}
std::unexpected<Error> bad_consistency(std::string message) {
  return fail(ErrorKind::kInvalid, "log.consistency", std::move(message));
}

// RFC 6962, 2.1: the largest power of two smaller than n. Requires: n > 1.
std::uint64_t split_point(std::uint64_t n) {
  return std::bit_floor(n - 1);
}

// Root over the leaves [begin, end). `begin` is a multiple of the power of two at or above the
// length, as every subtree of the tree is, so complete subtrees can be looked up whole.
Result<Hash> range_root(std::uint64_t begin, std::uint64_t end, const NodeLookup& node) {
  const std::uint64_t length = end - begin;
  CHECK(length > 0);
  if (std::has_single_bit(length)) {
    const auto level = static_cast<unsigned>(std::countr_zero(length));
    return node(level, begin >> level);
  }
  const std::uint64_t middle = begin + split_point(length);
  VIGIL_ASSIGN(const Hash left, range_root(begin, middle, node));
  VIGIL_ASSIGN(const Hash right, range_root(middle, end, node));
  return node_hash(left, right);
}

// RFC 6962, 2.1.1.
Status append_path(std::uint64_t index, std::uint64_t begin, std::uint64_t end,
                   const NodeLookup& node, Proof& proof) {
  if (end - begin == 1) return {};
  const std::uint64_t middle = begin + split_point(end - begin);
  const bool left = index < middle;
  VIGIL_TRY(left ? append_path(index, begin, middle, node, proof)
                 : append_path(index, middle, end, node, proof));
  VIGIL_ASSIGN(const Hash sibling,
               left ? range_root(middle, end, node) : range_root(begin, middle, node));
  proof.push_back(sibling);
  return {};
}

// RFC 6962, 2.1.2. `known`: the verifier has the hash of this very subtree already.
Status append_subproof(std::uint64_t old_size, std::uint64_t begin, std::uint64_t end, bool known,
                       const NodeLookup& node, Proof& proof) {
  if (old_size == end) {
    if (known) return {};
    VIGIL_ASSIGN(const Hash whole, range_root(begin, end, node));
    proof.push_back(whole);
    return {};
  }
  const std::uint64_t middle = begin + split_point(end - begin);
  const bool left = old_size <= middle;
  VIGIL_TRY(left ? append_subproof(old_size, begin, middle, known, node, proof)
                 : append_subproof(old_size, middle, end, false, node, proof));
  VIGIL_ASSIGN(const Hash sibling,
               left ? range_root(middle, end, node) : range_root(begin, middle, node));
  proof.push_back(sibling);
  return {};
}

// Climbs one level, and on while the old edge has no left sibling (RFC 9162, 2.1.3.2).
void skip_levels_without_sibling(std::uint64_t& edge, std::uint64_t& last) {
  while ((edge & 1) == 0 && edge != 0) {
    edge >>= 1;
    last >>= 1;
  }
}

}  // namespace

Hash leaf_hash(ByteView entry) {
  static constexpr std::uint8_t kPrefix[] = {0x00};
  return crypto::sha256(kPrefix, entry);
}

Hash node_hash(const Hash& l, const Hash& r) {
  std::array<std::uint8_t, 65> text{};
  text[0] = 0x01;
  std::copy(l.begin(), l.end(), text.begin() + 1);
  std::copy(r.begin(), r.end(), text.begin() + 33);
  return crypto::sha256(text);
}

Hash empty_root() {
  return crypto::sha256(ByteView{});
}

Status verify_inclusion(std::uint64_t index, std::uint64_t size, const Hash& leaf,
                        const Proof& proof, const Hash& root) {
  if (index >= size) return bad_inclusion("The proof's entry number lies outside the log.");
  std::uint64_t edge = index;
  std::uint64_t last = size - 1;
  Hash hash = leaf;
  for (const Hash& sibling : proof) {
    if (last == 0) return bad_inclusion("The inclusion proof has too many hashes.");
    if ((edge & 1) == 1 || edge == last) {
      hash = node_hash(sibling, hash);
      skip_levels_without_sibling(edge, last);
    } else {
      hash = node_hash(hash, sibling);
    }
    edge >>= 1;
    last >>= 1;
  }
  if (last != 0) return bad_inclusion("The inclusion proof has too few hashes.");
  if (hash != root) return bad_inclusion("The inclusion proof does not lead to the log's root.");
  return {};
}

Status verify_consistency(std::uint64_t old_size, std::uint64_t new_size, const Hash& old_root,
                          const Hash& new_root, const Proof& proof) {
  if (old_size > new_size) return bad_consistency("The newer log is shorter than the older one.");
  if (old_size == new_size || old_size == 0) {
    if (!proof.empty()) return bad_consistency("The consistency proof must be empty here.");
    const Hash& expected = old_size == new_size ? new_root : empty_root();
    if (old_root != expected)
      return bad_consistency("Two different logs of the same size were signed.");
    return {};
  }
  std::uint64_t edge = old_size - 1;
  std::uint64_t last = new_size - 1;
  while ((edge & 1) == 1) {
    edge >>= 1;
    last >>= 1;
  }
  auto next = proof.begin();
  Hash old_hash = old_root;  // a power of two: the old root is itself a node of the new tree
  if (!std::has_single_bit(old_size)) {
    if (next == proof.end()) return bad_consistency("The consistency proof has too few hashes.");
    old_hash = *next++;
  }
  Hash new_hash = old_hash;
  for (; next != proof.end(); ++next) {
    if (last == 0) return bad_consistency("The consistency proof has too many hashes.");
    if ((edge & 1) == 1 || edge == last) {
      old_hash = node_hash(*next, old_hash);
      new_hash = node_hash(*next, new_hash);
      skip_levels_without_sibling(edge, last);
    } else {
      new_hash = node_hash(new_hash, *next);
    }
    edge >>= 1;
    last >>= 1;
  }
  if (last != 0) return bad_consistency("The consistency proof has too few hashes.");
  if (old_hash != old_root || new_hash != new_root)
    return bad_consistency("The newer log does not contain the older one.");
  return {};
}

Result<Hash> tree_root(std::uint64_t size, const NodeLookup& node) {
  if (size == 0) return empty_root();
  return range_root(0, size, node);
}

Result<Proof> inclusion_proof(std::uint64_t index, std::uint64_t size, const NodeLookup& node) {
  if (index >= size) return bad_inclusion("There is no such entry in a log of this size.");
  Proof proof;
  VIGIL_TRY(append_path(index, 0, size, node, proof));
  return proof;
}

Result<Proof> consistency_proof(std::uint64_t old_size, std::uint64_t new_size,
                                const NodeLookup& node) {
  if (old_size > new_size) return bad_consistency("The newer log is shorter than the older one.");
  Proof proof;
  if (old_size == 0 || old_size == new_size) return proof;
  VIGIL_TRY(append_subproof(old_size, 0, new_size, true, node, proof));
  return proof;
}

void RunningRoot::add(const Hash& leaf) {
  Hash hash = leaf;
  for (std::uint64_t n = size_; (n & 1) == 1; n >>= 1) {
    hash = node_hash(subtrees_.back(), hash);
    subtrees_.pop_back();
  }
  subtrees_.push_back(hash);
  ++size_;
}

Hash RunningRoot::root() const {
  if (subtrees_.empty()) return empty_root();
  Hash hash = subtrees_.back();
  for (auto left = subtrees_.rbegin() + 1; left != subtrees_.rend(); ++left)
    hash = node_hash(*left, hash);
  return hash;
}

}  // namespace vigil::log
