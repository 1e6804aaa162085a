// SPDX-License-Identifier: Apache-2.0
//
// tus's checksum extension: `Upload-Checksum: sha1 <base64>`. It finds accidents on the way, early;
// what proves a bundle is its manifest. SHA-1 is there because the extension demands it.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace vigil::hub {

inline constexpr std::string_view kChecksumAlgorithms = "sha1,sha256";
// Bytes under a checksum are held in memory until it holds: four of our own chunks.
inline constexpr std::size_t kChecksumLimitBytes = std::size_t{4} << 20;

struct Checksum {
  enum class Algorithm { kSha1, kSha256 } algorithm;
  Bytes digest;
};
// kUsage "tus.checksum_algorithm": one we do not have, or a digest of another length.
[[nodiscard]] Result<Checksum> parse_checksum(std::string_view header);
[[nodiscard]] bool holds(const Checksum& checksum, ByteView bytes);

}  // namespace vigil::hub
