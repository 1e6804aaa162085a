// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/payload.h"

#include <algorithm>
#include <bit>
#include <optional>

namespace vigil::bundle {

MemberSalt member_salt(const PayloadSalt& salt, std::string_view name) {
  crypto::Blake2b256Stream hash;
  hash.update(salt);
  hash.update(as_bytes(name));
  return hash.finish();
}

crypto::Blake2b256Stream begin_member_hash(const MemberSalt& salt, std::string_view name) {
  crypto::Blake2b256Stream hash;
  hash.update(salt);
  hash.update(as_bytes(name));
  hash.update(as_bytes("\n"));
  return hash;
}

Json recipients_json(const std::vector<crypto::age::Recipient>& recipients) {
  Json::List list;
  for (const crypto::age::Recipient& recipient : recipients)
    list.emplace_back(crypto::age::to_string(recipient));
  return list;
}

std::string emit_inner(const Manifest& manifest, std::size_t index, const PayloadSalt& salt) {
  Json::List payloads;
  for (const PayloadEntry& entry : manifest.payloads)
    payloads.push_back(
        Json::Object{{"name", entry.name}, {"recipients", recipients_json(entry.recipients)}});
  const Json json = Json::Object{{"format", kInnerFormat},
                                 {"salt", hex_encode(salt)},
                                 {"payload", manifest.payloads[index].name},
                                 {"device", crypto::minisign::to_string(manifest.device)},
                                 {"sequence", static_cast<std::int64_t>(manifest.sequence)},
                                 {"previous", to_string(manifest.previous)},
                                 {"payloads", std::move(payloads)}};
  return emit_json(json) + "\n";
}

Result<PayloadSalt> check_inner(std::string_view text, const Manifest& manifest,
                                std::size_t index) {
  const auto refused = [] {
    return fail(ErrorKind::kInvalid, "open.inner",
                "The payload does not belong to this bundle: what it says inside differs from the "
                "signed manifest.");
  };
  const JsonLimits limits{.size_bytes = kInnerLimitBytes, .depth = 4, .trailing_newline = true};
  const Result<Json> json = parse_canonical_json(text, limits);
  if (!json.has_value()) return refused();
  const Json* member = json->find("salt");
  if (member == nullptr || member->string() == nullptr) return refused();
  const std::optional<Bytes> bytes = hex_decode(*member->string());
  PayloadSalt salt{};
  if (!bytes.has_value() || bytes->size() != salt.size()) return refused();
  std::ranges::copy(*bytes, salt.begin());
  // All else is known from the manifest, so the text has one possible spelling.
  if (emit_inner(manifest, index, salt) != text) return refused();
  return salt;
}

std::string emit_members(const std::vector<crypto::Blake2b256>& hashes) {
  Json::List list;
  for (const crypto::Blake2b256& hash : hashes) list.emplace_back(hex_encode(hash));
  return emit_json(Json::Object{{"format", kMembersFormat}, {"members", std::move(list)}}) + "\n";
}

std::uint64_t members_size_bytes(std::size_t member_count) {
  return emit_members(std::vector<crypto::Blake2b256>(member_count)).size();
}

std::uint64_t padme(std::uint64_t size_bytes) {
  if (size_bytes < 2) return size_bytes;
  const auto exponent = static_cast<unsigned>(std::bit_width(size_bytes)) - 1;
  const auto mantissa_bits = static_cast<unsigned>(std::bit_width(exponent));
  if (exponent <= mantissa_bits) return size_bytes;
  const std::uint64_t mask = (std::uint64_t{1} << (exponent - mantissa_bits)) - 1;
  return (size_bytes + mask) & ~mask;
}

}  // namespace vigil::bundle
