// SPDX-License-Identifier: Apache-2.0
//
// The office's side: bundles as they came, what was opened from them, and what could not be judged.
// An import is staged in one transaction: nothing is there before commit(), whatever happens.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/bundle/manifest.h"
#include "core/bundle/open/open.h"
#include "core/crypto/minisign.h"
#include "core/vault/answers.h"
#include "core/vault/team.h"
#include "core/vault/vault.h"

namespace vigil::vault {

struct SubmissionId {
  std::int64_t value = 0;
  friend auto operator<=>(const SubmissionId&, const SubmissionId&) = default;
};

struct ImportedBundle {
  bundle::BundleId id;
  crypto::minisign::PublicKey device;
  std::uint64_t sequence = 0;
  bundle::BundleId previous;
  std::uint64_t roster_version = 0;  // the verdict is as of this roster
  std::string verdict;               // the judge's word: "valid", "unproven time", ...
  WallTime imported;
  std::string path;  // the copy in inbox/, byte for byte; import_bundle_file() made it
};

// One filled checklist out of a bundle.
struct ImportedSubmission {
  SubmissionId id;
  bundle::BundleId bundle;
  std::string member_prefix;  // "r1-"
  std::string visit_code;
  std::string place;
  std::string kind;
  Team team;
  std::string form_id;
  std::string form_version;
  std::string instance_id;
  std::string general_xml;
  std::string restricted_xml;   // empty where there is none, or none may be read here
  std::vector<Answer> answers;  // as the caller read them from the documents
  std::vector<Flag> flags;
};

// A member as it came, kept for reading again (attachments, journals).
struct ImportedMember {
  std::size_t payload = 0;  // 0 payload.age, 1 restricted.age
  std::string name;
  std::uint64_t size_bytes = 0;
};

// Open one, let bundle::open_payload() fill it, read what came, add submissions, commit. Destroying
// it uncommitted leaves the vault as it was. One at a time; no other change of the vault meanwhile.
class ImportStage : public bundle::MemberStage {
 public:
  // Which payload the members that follow come from.
  virtual void begin_payload(std::size_t index) = 0;
  [[nodiscard]] virtual Result<std::vector<ImportedMember>> members() = 0;
  // A whole staged member; kNotFound "import.member", kInvalid "import.size" above `limit_bytes`.
  [[nodiscard]] virtual Result<Bytes> read_member(std::size_t payload, std::string_view name,
                                                  std::uint64_t limit_bytes) = 0;
  [[nodiscard]] virtual Status add_submission(const ImportedSubmission& submission) = 0;
  [[nodiscard]] virtual Status commit() = 0;
};

// kConflict "import.known": this bundle is in already (harmless: skip it); kConflict "import.fork":
// this device's sequence is there with another id, an alarm for a person.
[[nodiscard]] Result<std::unique_ptr<ImportStage>> begin_import(Vault& vault,
                                                                const ImportedBundle& bundle);

// Copies a bundle into inbox/ under its id, synced; returns the path. Copying it again is fine.
[[nodiscard]] Result<std::string> import_bundle_file(Vault& vault, ReadableFile& bundle,
                                                     const bundle::BundleId& id);

[[nodiscard]] Result<bool> known_bundle(Vault& vault, const bundle::BundleId& id);
// By device, then sequence.
[[nodiscard]] Result<std::vector<ImportedBundle>> imported_bundles(Vault& vault);

struct DeviceChain {
  crypto::minisign::PublicKey device;
  std::uint64_t last_sequence = 0;
  bundle::BundleId last;
  std::vector<std::uint64_t> missing;  // sequences below the last that have not come, at most 1000
};
[[nodiscard]] Result<std::vector<DeviceChain>> device_chains(Vault& vault);
// 0 where nothing came from this device.
[[nodiscard]] Result<std::uint64_t> last_sequence(Vault& vault,
                                                  const crypto::minisign::PublicKey& device);

// Newest first; without xml, answers and flags.
[[nodiscard]] Result<std::vector<ImportedSubmission>> submissions(Vault& vault);
[[nodiscard]] Result<ImportedSubmission> submission(
    Vault& vault, SubmissionId id);  // kNotFound "submission.absent"
// A member of an imported bundle from any offset. Borrows the vault.
[[nodiscard]] Result<std::vector<ImportedMember>> imported_members(Vault& vault,
                                                                   const bundle::BundleId& id);
[[nodiscard]] Result<std::unique_ptr<ReadableFile>> open_member(Vault& vault,
                                                                const bundle::BundleId& id,
                                                                std::size_t payload,
                                                                std::string_view name);

// What monitors flagged as a finding, over all imported submissions.
struct Finding {
  SubmissionId submission;
  std::string visit_code;
  std::string form_id;
  std::string ref;
  std::string text;
};
[[nodiscard]] Result<std::vector<Finding>> findings(Vault& vault);

// What failed is kept, never dropped, once for each content: the same file again brings its name,
// reason and time up to date. `code` and `reason` are the Error's.
struct Quarantined {
  std::int64_t id = 0;
  std::string file_name;  // as it was called where it came from
  std::string path;       // the copy in inbox/
  std::string code;
  std::string reason;
  WallTime time;
};
[[nodiscard]] Status quarantine(Vault& vault, ReadableFile& file, std::string_view file_name,
                                const Error& why);
[[nodiscard]] Result<std::vector<Quarantined>> quarantined(Vault& vault);
// After a person has dealt with it (or the bundle arrived whole).
[[nodiscard]] Status release_quarantined(Vault& vault, std::int64_t id);

}  // namespace vigil::vault
