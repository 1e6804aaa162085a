// SPDX-License-Identifier: Apache-2.0
//
// What stands inside a payload besides the submission's own files: bundle.json first, then the
// members, members.json and padding. docs/formats/bundle.md.
//
// Each member has a salted hash, BLAKE2b-256(salt || name || "\n" || content), and each salt comes
// from the payload's own secret, BLAKE2b-256(secret || name). members.json lists only the hashes,
// and the signed manifest holds the digest of members.json: so the office can hand one member with
// its salt and members.json to a court, which checks them against the signature with b2sum, and
// learns nothing of the others but how many they are. Thread: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/bundle/manifest.h"
#include "core/crypto/hash.h"

namespace vigil::bundle {

inline constexpr std::string_view kInnerFormat = "vigil-payload-1";
inline constexpr std::string_view kMembersFormat = "vigil-members-1";
inline constexpr std::string_view kInnerName = "bundle.json";
inline constexpr std::string_view kMembersName = "members.json";
inline constexpr std::string_view kPaddingName = "padding";

// Not secret by its size, but never outside a payload: who has it can try guesses on the hashes.
using PayloadSalt = std::array<std::uint8_t, 32>;
using MemberSalt = std::array<std::uint8_t, 32>;

[[nodiscard]] MemberSalt member_salt(const PayloadSalt& salt, std::string_view name);
// The hash of a member whose content is fed to what this returns.
[[nodiscard]] crypto::Blake2b256Stream begin_member_hash(const MemberSalt& salt,
                                                         std::string_view name);

// bundle.json of payload number `index`: repeats device, sequence, previous and the recipients of
// every payload, so that no payload can be moved into another bundle.
[[nodiscard]] std::string emit_inner(const Manifest& manifest, std::size_t index,
                                     const PayloadSalt& salt);
// The salt of a bundle.json that repeats this manifest exactly. kInvalid "open.inner".
[[nodiscard]] Result<PayloadSalt> check_inner(std::string_view text, const Manifest& manifest,
                                              std::size_t index);
// Longest bundle.json: a manifest's own limit, as it says little else.
inline constexpr std::size_t kInnerLimitBytes = kManifestLimitBytes;

[[nodiscard]] std::string emit_members(const std::vector<crypto::Blake2b256>& hashes);
[[nodiscard]] std::uint64_t members_size_bytes(std::size_t member_count);

[[nodiscard]] Json recipients_json(const std::vector<crypto::age::Recipient>& recipients);

// Padmé (Nikitin et al. 2019): the least size >= `size_bytes` whose floating-point mantissa is no
// longer than its exponent. A size then tells O(log log n) bits, at 12 % overhead at most.
[[nodiscard]] std::uint64_t padme(std::uint64_t size_bytes);

}  // namespace vigil::bundle
