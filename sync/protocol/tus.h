// SPDX-License-Identifier: Apache-2.0
//
// tus 1.0.0 as both sides speak it (tus.io/protocols/resumable-upload), and the few names that
// Vigil adds to it. docs/formats/hub.md. Thread: pure.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace vigil::sync::tus {

inline constexpr std::string_view kVersion = "1.0.0";
inline constexpr std::string_view kVersionHeader = "Tus-Resumable";
inline constexpr std::string_view kExtensions = "creation,checksum,expiration,termination";
inline constexpr std::string_view kBodyType = "application/offset+octet-stream";
// Keys of Upload-Metadata: manifest.json and manifest.json.minisig, whole.
inline constexpr std::string_view kManifestKey = "manifest";
inline constexpr std::string_view kSignatureKey = "signature";
// On every reply about a bundle that was taken although something is wrong with it: the code.
inline constexpr std::string_view kAlarmHeader = "Vigil-Alarm";

// At most so much is sent, and lost at worst, in one request.
inline constexpr std::uint64_t kChunkLimitBytes = std::uint64_t{1} << 20;

using Metadata = std::map<std::string, Bytes, std::less<>>;
// "key b64,key2 b64": unique keys without spaces or commas, values in canonical base64 or absent.
// kInvalid "tus.metadata".
[[nodiscard]] Result<Metadata> parse_metadata(std::string_view header);
[[nodiscard]] std::string emit_metadata(std::string_view manifest_json,
                                        std::string_view signature_file);

}  // namespace vigil::sync::tus
