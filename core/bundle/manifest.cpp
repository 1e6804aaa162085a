// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/manifest.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "core/base/json.h"
#include "core/bundle/archive.h"
#include "core/bundle/payload.h"

namespace vigil::bundle {
namespace {

std::unexpected<Error> refuse(std::string_view what) {
  return fail(ErrorKind::kInvalid, "bundle.manifest",
              fmt::format("The bundle's manifest is refused: {}.", what));
}

// Fills `out` from lower-case hexadecimal; false where the text is anything else.
template <std::size_t kSize>
bool read_hex(std::string_view text, std::array<std::uint8_t, kSize>& out) {
  const std::optional<Bytes> bytes = hex_decode(text);
  if (!bytes.has_value() || bytes->size() != kSize) return false;
  std::ranges::copy(*bytes, out.begin());
  return true;
}

Json payload_json(const PayloadEntry& entry) {
  return Json::Object{{"name", entry.name},
                      {"size_bytes", static_cast<std::int64_t>(entry.size_bytes)},
                      {"digest", hex_encode(entry.digest)},
                      {"members", hex_encode(entry.members)},
                      {"recipients", recipients_json(entry.recipients)}};
}

Result<std::vector<crypto::age::Recipient>> read_recipients(const Json::List& list) {
  std::vector<crypto::age::Recipient> recipients;
  for (const Json& item : list) {
    if (item.string() == nullptr) return refuse("a recipient is not a text");
    const Result<crypto::age::Recipient> recipient = crypto::age::parse_recipient(*item.string());
    if (!recipient.has_value()) return refuse("a recipient is not an age key");
    if (std::ranges::find(recipients, *recipient) != recipients.end())
      return refuse("a recipient stands twice");
    recipients.push_back(*recipient);
  }
  if (recipients.empty()) return refuse("a payload has no recipient");
  return recipients;
}

Result<PayloadEntry> read_payload(const Json& value, std::string_view name) {
  JsonReader reader(value, "manifest.json");
  PayloadEntry entry;
  entry.name = reader.string("name");
  entry.size_bytes = static_cast<std::uint64_t>(
      reader.number("size_bytes", 0, static_cast<std::int64_t>(kMemberLimitBytes)));
  const std::string digest = reader.string("digest");
  const std::string members = reader.string("members");
  const Json::List& recipients = reader.list("recipients");
  if (const Status done = reader.finish(); !done.has_value()) return refuse(done.error().message);
  if (entry.name != name) return refuse("a payload has another name than it must");
  if (!read_hex(digest, entry.digest)) return refuse("a digest is not 128 hexadecimal digits");
  if (!read_hex(members, entry.members)) return refuse("a digest is not 64 hexadecimal digits");
  VIGIL_ASSIGN(entry.recipients, read_recipients(recipients));
  return entry;
}

}  // namespace

std::string to_string(const BundleId& id) {
  return hex_encode(id.value);
}

Result<BundleId> parse_bundle_id(std::string_view hex) {
  BundleId id;
  if (!read_hex(hex, id.value))
    return fail(ErrorKind::kInvalid, "bundle.id",
                "A bundle's id must be 64 hexadecimal digits in small letters.");
  return id;
}

std::string emit_manifest(const Manifest& manifest) {
  Json::List payloads;
  for (const PayloadEntry& entry : manifest.payloads) payloads.push_back(payload_json(entry));
  const Json json = Json::Object{{"format", kFormat},
                                 {"device", crypto::minisign::to_string(manifest.device)},
                                 {"sequence", static_cast<std::int64_t>(manifest.sequence)},
                                 {"previous", to_string(manifest.previous)},
                                 {"payloads", std::move(payloads)}};
  return emit_json(json) + "\n";
}

Result<Manifest> parse_manifest(std::string_view text) {
  const JsonLimits limits{.size_bytes = kManifestLimitBytes, .depth = 4, .trailing_newline = true};
  const Result<Json> json = parse_canonical_json(text, limits);
  if (!json.has_value()) return refuse(json.error().message);
  if (const Json* format = json->find("format");
      format != nullptr && format->string() != nullptr && *format->string() != kFormat)
    return fail(ErrorKind::kInvalid, "bundle.format",
                "The bundle is of a format that this version does not know: update this program.");
  JsonReader reader(*json, "manifest.json");
  (void)reader.string("format");
  const std::string device = reader.string("device");
  Manifest manifest;
  manifest.sequence = static_cast<std::uint64_t>(reader.number("sequence", 1, kJsonNumberLimit));
  const std::string previous = reader.string("previous");
  const Json::List& payloads = reader.list("payloads");
  if (const Status done = reader.finish(); !done.has_value()) return refuse(done.error().message);
  const Result<crypto::minisign::PublicKey> key = crypto::minisign::parse_public_key(device);
  if (!key.has_value()) return refuse("the device's key is not a minisign key");
  manifest.device = *key;
  if (!read_hex(previous, manifest.previous.value))
    return refuse("'previous' is not a bundle's id");
  if ((manifest.sequence == 1) != (manifest.previous == BundleId{}))
    return refuse("only the first bundle of a device has no previous one");
  constexpr std::array kNames{kPayloadName, kRestrictedName};
  if (payloads.empty() || payloads.size() > kNames.size())
    return refuse("it must name one payload or two");
  for (std::size_t i = 0; i < payloads.size(); ++i) {
    VIGIL_ASSIGN(PayloadEntry entry, read_payload(payloads[i], kNames[i]));
    manifest.payloads.push_back(std::move(entry));
  }
  // Keys have one spelling each, so this holds for all that got here; it is asked because
  // everything signed hangs on it.
  if (emit_manifest(manifest) != text) return refuse("it is not spelled in the one canonical way");
  return manifest;
}

BundleId bundle_id(std::string_view manifest_json) {
  return {crypto::blake2b_256(as_bytes(manifest_json))};
}

std::string trusted_comment(const Manifest&) {
  return std::string(kFormat);
}

}  // namespace vigil::bundle
