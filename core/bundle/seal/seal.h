// SPDX-License-Identifier: Apache-2.0
//
// Seals a submission: encrypts to the office, signs as the device, one pass over the data, constant
// memory. Write-only: what is sealed here cannot be opened here.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/bundle/manifest.h"
#include "core/crypto/stream.h"

namespace vigil::bundle {

// One file inside a payload. `open` is called once, while sealing.
struct PayloadMember {
  std::string name;  // is_member_name(), not "bundle.json", "members.json", "padding"
  std::uint64_t size_bytes = 0;
  std::function<Result<std::unique_ptr<crypto::Source>>()> open;
};

struct PayloadDraft {
  std::vector<crypto::age::Recipient> recipients;  // at least one
  std::vector<PayloadMember> members;
};

struct BundleDraft {
  std::uint64_t sequence = 0;
  BundleId previous;
  PayloadDraft payload;
  PayloadDraft restricted;  // no members: no restricted.age
};

struct SealedBundle {
  BundleId id;
  std::uint64_t size_bytes = 0;
};

// Writes the bundle to `path`, synced; the file must not exist. On failure nothing is left there.
// The first inner member, bundle.json, repeats device, sequence, previous and recipients; after the
// draft's members comes members.json with their salted hashes; the last, padding, brings the size
// to Padmé's steps. Needs one pass over the data and constant memory. kUsage "seal.draft";
// kConflict or kStorage from `files`; kStorage "seal.size": a member's source gave more or fewer
// bytes than announced; whatever a member's source fails with.
[[nodiscard]] Result<SealedBundle> seal_bundle(const BundleDraft& draft,
                                               const crypto::minisign::SecretKey& device_key,
                                               Files& files, const std::string& path);

}  // namespace vigil::bundle
