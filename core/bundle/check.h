// SPDX-License-Identifier: Apache-2.0
//
// The outer check of a bundle: all that can be known without an opening key. The hub, the office
// and the auditor run this same code. Failures come in a fixed order: archive, signature, manifest,
// payload size, payload digest, recipients.
#pragma once

#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/bundle/archive.h"
#include "core/bundle/manifest.h"

namespace vigil::bundle {

struct CheckedBundle {
  BundleId id;
  Manifest manifest;
  std::string manifest_json;          // the exact signed bytes
  std::string signature_file;         // canonical four lines
  std::vector<MemberPlace> payloads;  // parallel to manifest.payloads
  std::uint64_t size_bytes = 0;
};

// What manifest.json and its signature say, before any payload is looked at: the signature is
// verified with one of `devices` before the text is parsed. kInvalid "bundle.signature",
// "bundle.manifest", "bundle.format"; kDenied "bundle.stranger": signed by none of them.
struct SignedManifest {
  BundleId id;
  Manifest manifest;
};
[[nodiscard]] Result<SignedManifest> check_manifest(
    std::string_view manifest_json, std::string_view signature_file,
    const std::vector<crypto::minisign::PublicKey>& devices);

// The whole outer check; streams the payloads once. Also "bundle.archive", "bundle.size",
// "bundle.digest", "bundle.recipients".
[[nodiscard]] Result<CheckedBundle> check_bundle(
    ReadableFile& file, const std::vector<crypto::minisign::PublicKey>& devices);

// The same but for the payloads' digests: for an importer that goes on to open_payload(), which
// digests while it decrypts and refuses a payload that is not the signed one, so that one pass
// does.
[[nodiscard]] Result<CheckedBundle> check_outline(
    ReadableFile& file, const std::vector<crypto::minisign::PublicKey>& devices);

// What a log keeps of a bundle: manifest.json then manifest.json.minisig, at most 65,535 bytes.
[[nodiscard]] Bytes log_entry(std::string_view manifest_json, std::string_view signature_file);
// Splits it again. kInvalid "bundle.entry".
struct LogEntryParts {
  std::string manifest_json;
  std::string signature_file;
};
[[nodiscard]] Result<LogEntryParts> split_log_entry(ByteView entry);

}  // namespace vigil::bundle
