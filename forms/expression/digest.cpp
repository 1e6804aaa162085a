// SPDX-License-Identifier: Apache-2.0
#include "forms/expression/digest.h"

#include <algorithm>
#include <string>
#include <vector>

#include <nettle/nettle-meta.h>

namespace vigil::forms {
namespace {

Bytes run(const nettle_hash& hash, std::string_view text) {
  // max_align_t: nettle's contexts hold 64-bit integers.
  std::vector<std::max_align_t> context(hash.context_size / sizeof(std::max_align_t) + 1);
  hash.init(context.data());
  const ByteView bytes = as_bytes(text);
  hash.update(context.data(), bytes.size(), bytes.data());
  Bytes out(hash.digest_size);
  hash.digest(context.data(), out.size(), out.data());
  return out;
}

}  // namespace

std::optional<Bytes> digest_of(std::string_view text, std::string_view algorithm) {
  std::string name(algorithm);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  if (name == "MD5") return run(nettle_md5, text);
  if (name == "SHA-1") return run(nettle_sha1, text);
  if (name == "SHA-256") return run(nettle_sha256, text);
  if (name == "SHA-384") return run(nettle_sha384, text);
  if (name == "SHA-512") return run(nettle_sha512, text);
  return std::nullopt;
}

}  // namespace vigil::forms
