// SPDX-License-Identifier: Apache-2.0
//
// Opens a payload for those who hold an identity. Only the office links this.
#pragma once

#include <string>
#include <vector>

#include "core/bundle/check.h"
#include "core/bundle/payload.h"
#include "core/crypto/age.h"

namespace vigil::bundle {

// Receives members while a payload is being decrypted. Nothing may be committed before
// open_payload() has returned success (design rule 8): stage, then commit.
class MemberStage {
 public:
  virtual ~MemberStage() = default;
  // First of all, once bundle.json has been found to repeat the manifest: the secret that the
  // members' salts come from, for who makes evidence.
  [[nodiscard]] virtual Status payload_salt(const PayloadSalt&) { return {}; }
  [[nodiscard]] virtual Status begin_member(std::string_view name, std::uint64_t size_bytes) = 0;
  [[nodiscard]] virtual Status content(ByteView bytes) = 0;
  [[nodiscard]] virtual Status end_member() = 0;
  // members.json, after the last member.
  [[nodiscard]] virtual Status members_list(std::string_view) { return {}; }
};

// Decrypts payload number `index` of a bundle that check_bundle() or check_outline() passed; its
// digest is taken on the way and must be the signed one. kDenied "open.no_match": none of the
// identities opens it; kInvalid "open.payload" (damaged), "open.inner" (bundle.json does not repeat
// the manifest: the payload was taken from another bundle), "open.members". bundle.json and padding
// are checked here and not handed on.
[[nodiscard]] Status open_payload(ReadableFile& file, const CheckedBundle& bundle,
                                  std::size_t index,
                                  const std::vector<crypto::age::Identity>& identities,
                                  MemberStage& stage);

}  // namespace vigil::bundle
