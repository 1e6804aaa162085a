// SPDX-License-Identifier: Apache-2.0
#include "sync/hub/checksum.h"

#include <algorithm>
#include <array>
#include <utility>

#include <nettle/sha1.h>

#include "core/crypto/hash.h"

namespace vigil::hub {
namespace {

std::array<std::uint8_t, SHA1_DIGEST_SIZE> sha1_of(ByteView bytes) {
  sha1_ctx context;
  sha1_init(&context);
  sha1_update(&context, bytes.size(), bytes.data());
  std::array<std::uint8_t, SHA1_DIGEST_SIZE> digest{};
  sha1_digest(&context, digest.size(), digest.data());
  return digest;
}

}  // namespace

Result<Checksum> parse_checksum(std::string_view header) {
  const std::size_t space = header.find(' ');
  const std::string_view name = header.substr(0, space);
  const auto digest =
      space == std::string_view::npos ? std::nullopt : base64_decode(header.substr(space + 1));
  if (digest && name == "sha1" && digest->size() == SHA1_DIGEST_SIZE) {
    return Checksum{Checksum::Algorithm::kSha1, *digest};
  }
  if (digest && name == "sha256" && digest->size() == crypto::Sha256().size()) {
    return Checksum{Checksum::Algorithm::kSha256, *digest};
  }
  return fail(ErrorKind::kUsage, "tus.checksum_algorithm",
              "Upload-Checksum is \"sha1\" or \"sha256\", a space and the digest in base64.");
}

bool holds(const Checksum& checksum, ByteView bytes) {
  if (checksum.algorithm == Checksum::Algorithm::kSha1) {
    return std::ranges::equal(checksum.digest, sha1_of(bytes));
  }
  return std::ranges::equal(checksum.digest, crypto::sha256(bytes));
}

}  // namespace vigil::hub
