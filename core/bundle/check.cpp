// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/check.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/bundle/archive_format.h"

namespace vigil::bundle {
namespace {

using crypto::minisign::PublicKey;

constexpr std::size_t kReadBytes = 256 * 1024;
constexpr std::size_t kSignatureLimitBytes = 16 * 1024;  // two comments and two signatures
constexpr std::size_t kLogEntryLimitBytes = 65535;       // C2SP tlog-tiles: a 16-bit length

std::unexpected<Error> refuse(std::string_view code, std::string message) {
  return fail(ErrorKind::kInvalid, code, std::move(message));
}

std::unexpected<Error> bad_signature() {
  return refuse("bundle.signature",
                "The bundle's signature does not hold: its manifest or signature was changed.");
}

struct Signer {
  PublicKey device;
  std::string trusted_comment;
};

Result<Signer> find_signer(std::string_view manifest_json, std::string_view signature_file,
                           const std::vector<PublicKey>& devices) {
  const auto number = crypto::minisign::signer_of(signature_file);
  if (!number.has_value()) return bad_signature();
  const crypto::Blake2b512 digest = crypto::blake2b_512(as_bytes(manifest_json));
  bool known = false;
  for (const PublicKey& device : devices) {
    if (device.key_number != *number) continue;
    known = true;
    auto comment = crypto::minisign::verify(device, digest, signature_file,
                                            crypto::minisign::UntrustedComment::kOurs);
    if (comment.has_value()) return Signer{device, std::move(*comment)};
  }
  if (known) return bad_signature();
  return fail(ErrorKind::kDenied, "bundle.stranger",
              "The bundle is signed by a device that this office does not know.");
}

Result<std::string> read_text(ReadableFile& file, const MemberPlace& place) {
  std::string text(place.size_bytes, '\0');
  VIGIL_ASSIGN(const std::size_t count,
               file.read_at(place.offset_bytes,
                            {reinterpret_cast<std::uint8_t*>(text.data()), text.size()}));
  if (count != text.size()) return refuse("bundle.archive", "The bundle is cut short.");
  return text;
}

// The members that a bundle must have, in their order.
Status check_members(const std::vector<MemberPlace>& places) {
  constexpr std::array kNames{kManifestName, kSignatureName, kPayloadName, kRestrictedName};
  bool good = places.size() >= 3 && places.size() <= kNames.size();
  for (std::size_t i = 0; good && i < places.size(); ++i) good = places[i].name == kNames[i];
  if (!good)
    return refuse("bundle.archive",
                  "The file is not a bundle: it does not hold the files that a bundle has.");
  return {};
}

Status check_digest(ReadableFile& file, const MemberPlace& place, const PayloadEntry& entry) {
  crypto::Blake2b512Stream digest;
  Bytes buffer(static_cast<std::size_t>(std::min<std::uint64_t>(kReadBytes, place.size_bytes)));
  for (std::uint64_t done = 0; done < place.size_bytes;) {
    const auto wanted =
        static_cast<std::size_t>(std::min<std::uint64_t>(kReadBytes, place.size_bytes - done));
    VIGIL_ASSIGN(const std::size_t count,
                 file.read_at(place.offset_bytes + done, std::span(buffer).first(wanted)));
    if (count == 0) return refuse("bundle.archive", "The bundle is cut short.");
    digest.update(ByteView(buffer).first(count));
    done += count;
  }
  if (digest.finish() != entry.digest)
    return refuse(
        "bundle.digest",
        fmt::format("The bundle's {} is not the one that the device signed.", entry.name));
  return {};
}

// The stanzas are anonymous, but their number and type are not: one more would be a hidden reader.
Status check_recipients(ReadableFile& file, const MemberPlace& place, const PayloadEntry& entry) {
  Bytes start(static_cast<std::size_t>(
      std::min<std::uint64_t>(crypto::age::kHeaderLimitBytes, place.size_bytes)));
  VIGIL_ASSIGN(const std::size_t count, file.read_at(place.offset_bytes, start));
  start.resize(count);
  const Result<crypto::age::Header> header = crypto::age::parse_header(start);
  const bool good = header.has_value() && header->stanzas.size() == entry.recipients.size() &&
                    std::ranges::all_of(header->stanzas, [](const crypto::age::Stanza& stanza) {
                      return stanza.arguments.front() == "X25519";
                    });
  if (!good)
    return refuse(
        "bundle.recipients",
        fmt::format("The bundle's {} is not locked to the recipients that it names.", entry.name));
  return {};
}

}  // namespace

Result<SignedManifest> check_manifest(std::string_view manifest_json,
                                      std::string_view signature_file,
                                      const std::vector<PublicKey>& devices) {
  if (manifest_json.size() + signature_file.size() > kLogEntryLimitBytes)
    return refuse("bundle.manifest", "The bundle's manifest is refused: it is too long.");
  VIGIL_ASSIGN(const Signer signer, find_signer(manifest_json, signature_file, devices));
  VIGIL_ASSIGN(Manifest manifest, parse_manifest(manifest_json));
  if (manifest.device != signer.device)
    return refuse("bundle.manifest",
                  "The bundle's manifest is refused: it names another device than its signer.");
  if (signer.trusted_comment != trusted_comment(manifest))
    return refuse("bundle.format",
                  "The bundle's signature was made for another format than its manifest says.");
  return SignedManifest{bundle_id(manifest_json), std::move(manifest)};
}

namespace {

// All that is known before the payloads are read.
Result<CheckedBundle> check_signed_parts(ReadableFile& file,
                                         const std::vector<PublicKey>& devices) {
  Result<std::vector<MemberPlace>> places = scan_archive(file, 4);
  if (!places.has_value()) {
    Error error = std::move(places).error();
    if (error.kind == ErrorKind::kInvalid) error.code = "bundle.archive";
    return std::unexpected(std::move(error));
  }
  VIGIL_TRY(check_members(*places));
  CheckedBundle bundle;
  bundle.size_bytes = file.size_bytes();
  if ((*places)[0].size_bytes > kManifestLimitBytes)
    return refuse("bundle.manifest", "The bundle's manifest is refused: it is too long.");
  if ((*places)[1].size_bytes > kSignatureLimitBytes) return bad_signature();
  VIGIL_ASSIGN(bundle.manifest_json, read_text(file, (*places)[0]));
  VIGIL_ASSIGN(bundle.signature_file, read_text(file, (*places)[1]));
  VIGIL_ASSIGN(SignedManifest signed_manifest,
               check_manifest(bundle.manifest_json, bundle.signature_file, devices));
  bundle.id = signed_manifest.id;
  bundle.manifest = std::move(signed_manifest.manifest);
  bundle.payloads.assign(places->begin() + 2, places->end());
  const std::vector<PayloadEntry>& entries = bundle.manifest.payloads;
  if (entries.size() != bundle.payloads.size())
    return refuse("bundle.size", "The bundle does not hold the payloads that its manifest names.");
  for (std::size_t i = 0; i < entries.size(); ++i)
    if (entries[i].size_bytes != bundle.payloads[i].size_bytes)
      return refuse("bundle.size", fmt::format("The bundle's {} has not the size that was signed.",
                                               entries[i].name));
  return bundle;
}

}  // namespace

Result<CheckedBundle> check_bundle(ReadableFile& file, const std::vector<PublicKey>& devices) {
  VIGIL_ASSIGN(CheckedBundle bundle, check_signed_parts(file, devices));
  const std::vector<PayloadEntry>& entries = bundle.manifest.payloads;
  for (std::size_t i = 0; i < entries.size(); ++i)
    VIGIL_TRY(check_digest(file, bundle.payloads[i], entries[i]));
  for (std::size_t i = 0; i < entries.size(); ++i)
    VIGIL_TRY(check_recipients(file, bundle.payloads[i], entries[i]));
  return bundle;
}

Result<CheckedBundle> check_outline(ReadableFile& file, const std::vector<PublicKey>& devices) {
  VIGIL_ASSIGN(CheckedBundle bundle, check_signed_parts(file, devices));
  for (std::size_t i = 0; i < bundle.payloads.size(); ++i)
    VIGIL_TRY(check_recipients(file, bundle.payloads[i], bundle.manifest.payloads[i]));
  return bundle;
}

Bytes log_entry(std::string_view manifest_json, std::string_view signature_file) {
  Bytes entry = to_bytes(manifest_json);
  entry.insert(entry.end(), signature_file.begin(), signature_file.end());
  return entry;
}

Result<LogEntryParts> split_log_entry(ByteView entry) {
  const std::string_view text = as_text(entry);
  const std::size_t end = text.find('\n');  // the manifest is one line
  if (end == std::string_view::npos || text.size() > kLogEntryLimitBytes)
    return refuse("bundle.entry", "The log's entry is not a manifest with its signature.");
  return LogEntryParts{std::string(text.substr(0, end + 1)), std::string(text.substr(end + 1))};
}

}  // namespace vigil::bundle
