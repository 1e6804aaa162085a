// SPDX-License-Identifier: Apache-2.0
//
// A kit carries roster, forms, translations and country data to tablets, by network or stick: one
// canonical archive signed by the office root. docs/formats/roster.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/bundle/archive.h"
#include "core/trust/hub_address.h"
#include "core/trust/roster.h"

namespace vigil::trust {

inline constexpr std::uint64_t kKitLimitBytes = 64ULL << 20;

// A form goes in as XForm XML: "form-<id>.xml"; country data as "limits.csv"; places as
// "places.csv".
struct Kit {
  SignedRoster roster;
  std::optional<HubAddress> hub;      // where tablets send; absent: the office does not say
  std::vector<bundle::Member> files;  // names as in archives, sorted
};

// kInvalid "kit.files": a name no kit may have, not in order of name, or too much in all;
// "kit.hub": check_hub() refuses it; else what verify_roster() says.
[[nodiscard]] Result<Bytes> write_kit(const Kit& kit, const crypto::minisign::SecretKey& root);
// Everything is verified with `root` before it is returned. kInvalid "kit.archive",
// "kit.signature", "kit.newer" (a format of a later Vigil), "kit.hub", "kit.files", and what
// verify_roster() says.
struct VerifiedKit {
  Kit kit;
  Roster roster;
};
[[nodiscard]] Result<VerifiedKit> read_kit(ByteView archive,
                                           const crypto::minisign::PublicKey& root);
// For a tablet's very first kit, when the root's key is not known yet: what key does this kit
// claim? The kit holds together under that key, no more: the person compares its fingerprint words
// with the office's before anything is trusted.
[[nodiscard]] Result<crypto::minisign::PublicKey> claimed_root(ByteView archive);

}  // namespace vigil::trust
