// SPDX-License-Identifier: Apache-2.0
//
// A small sealed bundle and the keys that belong to it, for the tests of this folder.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/bundle/check.h"
#include "core/bundle/open/open.h"
#include "core/bundle/seal/seal.h"
#include "tests/support/memory_files.h"

namespace vigil::bundle::test {

// A file of an archive that lives in memory.
class MemoryFile final : public ReadableFile {
 public:
  explicit MemoryFile(Bytes content) : content_(std::move(content)) {}
  std::uint64_t size_bytes() const override { return content_.size(); }
  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> buffer) override;

 private:
  Bytes content_;
};

// Keeps what a payload held, in order.
class Stage final : public MemberStage {
 public:
  Status begin_member(std::string_view name, std::uint64_t size_bytes) override;
  Status content(ByteView bytes) override;
  Status end_member() override;
  std::vector<Member> members;
  std::string fail_at;  // the stage itself fails when this member begins
};

[[nodiscard]] PayloadMember member(std::string name, std::string_view content);

struct Keys {
  crypto::minisign::SecretKey device = crypto::minisign::SecretKey::generate();
  crypto::age::Identity office = crypto::age::Identity::generate();
  crypto::age::Identity recovery = crypto::age::Identity::generate();
  crypto::age::Identity health = crypto::age::Identity::generate();
};

// Sequence 1, one submission with a photo, and a restricted part where `restricted`.
[[nodiscard]] BundleDraft draft(const Keys& keys, bool restricted);
[[nodiscard]] Bytes seal(const Keys& keys, const BundleDraft& draft);
[[nodiscard]] Result<CheckedBundle> check(const Keys& keys, const Bytes& bundle);

// The code of the failure of the outer check, then of opening every payload; empty when all holds.
// `released` gets what came out of the payloads before the failure.
[[nodiscard]] std::string verdict(const Keys& keys, const Bytes& bundle,
                                  std::vector<Member>* released = nullptr);

}  // namespace vigil::bundle::test
