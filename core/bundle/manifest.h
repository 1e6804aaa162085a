// SPDX-License-Identifier: Apache-2.0
//
// What is public about a bundle. Facility, date, form and person are never in it.
// docs/formats/bundle.md has every member with its reason.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/crypto/age.h"
#include "core/crypto/minisign.h"

namespace vigil::bundle {

// BLAKE2b-256 of manifest.json: names the bundle for ever, on every carrier.
struct BundleId {
  std::array<std::uint8_t, 32> value{};
  friend auto operator<=>(const BundleId&, const BundleId&) = default;
};
[[nodiscard]] std::string to_string(const BundleId& id);  // 64 hex digits
[[nodiscard]] Result<BundleId> parse_bundle_id(std::string_view hex);

inline constexpr std::string_view kFormat = "vigil-bundle-1";
inline constexpr std::string_view kManifestName = "manifest.json";
inline constexpr std::string_view kSignatureName = "manifest.json.minisig";
inline constexpr std::string_view kPayloadName = "payload.age";
inline constexpr std::string_view kRestrictedName = "restricted.age";
inline constexpr std::size_t kManifestLimitBytes = 64 * 1024;

struct PayloadEntry {
  std::string name;  // payload.age, then restricted.age where there is one
  std::uint64_t size_bytes = 0;
  crypto::Blake2b512 digest{};   // of the whole encrypted payload; what `b2sum` prints
  crypto::Blake2b256 members{};  // of the payload's members.json, which is full of random salts:
                                 // says nothing by itself, but lets the office show one member to a
                                 // court without its key and without the rest
  std::vector<crypto::age::Recipient> recipients;  // as many X25519 stanzas as this list is long
  friend bool operator==(const PayloadEntry&, const PayloadEntry&) = default;
};

struct Manifest {
  crypto::minisign::PublicKey device;
  std::uint64_t sequence = 0;  // from 1, without holes
  BundleId previous;           // all zero for sequence 1
  std::vector<PayloadEntry> payloads;
  friend bool operator==(const Manifest&, const Manifest&) = default;
};

// Canonical JSON with a trailing newline; parse(emit(m)) == m and emit(parse(t)) == t.
[[nodiscard]] std::string emit_manifest(const Manifest& manifest);
[[nodiscard]] Result<Manifest> parse_manifest(std::string_view text);
[[nodiscard]] BundleId bundle_id(std::string_view manifest_json);
// The signature's trusted comment: the format again, so that a downgrade shows in the signature.
[[nodiscard]] std::string trusted_comment(const Manifest& manifest);

}  // namespace vigil::bundle
