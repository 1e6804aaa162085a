// SPDX-License-Identifier: Apache-2.0
#include "sync/protocol/tus.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace vigil::sync::tus {
namespace {

std::unexpected<Error> bad_metadata() {
  return fail(ErrorKind::kInvalid, "tus.metadata",
              "Upload-Metadata is not a list of unique keys with base64 values.");
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

bool is_key(std::string_view key) {
  return !key.empty() && std::ranges::all_of(key, [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace

Result<Metadata> parse_metadata(std::string_view header) {
  Metadata metadata;
  while (true) {
    const std::size_t comma = header.find(',');
    const std::string_view pair = trimmed(header.substr(0, comma));
    const std::size_t space = pair.find(' ');
    const std::string_view key = pair.substr(0, space);
    if (!is_key(key)) return bad_metadata();
    Bytes value;
    if (space != std::string_view::npos) {
      auto decoded = base64_decode(pair.substr(space + 1));
      if (!decoded) return bad_metadata();
      value = std::move(*decoded);
    }
    if (!metadata.emplace(std::string(key), std::move(value)).second) return bad_metadata();
    if (comma == std::string_view::npos) return metadata;
    header.remove_prefix(comma + 1);
  }
}

std::string emit_metadata(std::string_view manifest_json, std::string_view signature_file) {
  return fmt::format("{} {},{} {}", kManifestKey, base64_encode(as_bytes(manifest_json)),
                     kSignatureKey, base64_encode(as_bytes(signature_file)));
}

}  // namespace vigil::sync::tus
