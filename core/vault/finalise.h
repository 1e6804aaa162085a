// SPDX-License-Identifier: Apache-2.0
//
// Sealing a visit: submission, journal and attachments become a signed, encrypted bundle in
// outbox/, and every readable row of the visit goes, in one step that a crash leaves wholly done or
// wholly undone. Afterwards nothing on this device opens the visit, passphrase or not.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/bundle/manifest.h"
#include "core/crypto/age.h"
#include "core/crypto/minisign.h"
#include "core/vault/ids.h"
#include "core/vault/vault.h"

namespace vigil::vault {

// A file the caller puts into a payload: visit.json, a submission document. `name` is a bundle
// member name; those of one record begin with member_prefix() of its place in the visit.
struct SubmissionFile {
  std::string name;
  Bytes content;
};

// "r1-" for the first record of records(visit), and so on.
[[nodiscard]] std::string member_prefix(std::size_t record_number_from_1);

// Which refs of a record belong to the restricted payload: their attachments, flags and salts go
// there. A ref covers everything below it.
struct RestrictedRefs {
  RecordId record;
  std::vector<std::string> refs;
};

struct FinaliseRequest {
  const crypto::minisign::SecretKey* device_key = nullptr;  // Requires: set
  std::vector<crypto::age::Recipient> recipients;           // at least one
  std::vector<crypto::age::Recipient> restricted_recipients;
  std::vector<SubmissionFile> files;             // payload.age
  std::vector<SubmissionFile> restricted_files;  // restricted.age
  std::vector<RestrictedRefs> restricted_refs;
  // Told while sealing, on the vault's thread: how much of the visit is read. May be empty.
  std::function<void(std::uint64_t done_bytes, std::uint64_t total_bytes)> progress;
};

struct FinalisedVisit {
  bundle::BundleId id;
  std::uint64_t sequence = 0;
  std::string path;  // of the bundle in outbox/
  std::uint64_t size_bytes = 0;
};

// The vault adds per record r<n>-journal.jsonl, r<n>-salts.jsonl (lines {"seq":..,"salt":hex}),
// r<n>-flags.jsonl (lines {"ref","kind","text"}) and r<n>-<attachment name>; salts, flags and
// attachments of restricted refs are in restricted.age under the same names.
// kNotFound "visit.absent"; kConflict "visit.sealed"; kInvalid "finalise.recipients": something is
// restricted and nobody may read it; kInvalid "finalise.members": two files of one name, or no fit
// name; kConflict "attachment.incomplete"; kStorage.
[[nodiscard]] Result<FinalisedVisit> finalise(Vault& vault, VisitId visit,
                                              const FinaliseRequest& request);

// The device's chain: what the next bundle will carry. `sequence` 0: none sealed yet.
struct ChainHead {
  std::uint64_t sequence = 0;
  bundle::BundleId last;
};
[[nodiscard]] Result<ChainHead> chain_head(Vault& vault);

}  // namespace vigil::vault
