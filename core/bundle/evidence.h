// SPDX-License-Identifier: Apache-2.0
//
// The evidence pack: chosen files and answers of one sealed visit with what proves them, for a
// court that holds no key and shall not see the rest. One canonical archive. Made by the office,
// judged by vigil-verify or with b2sum, minisign and tar. docs/formats/evidence.md. Thread: pure
// functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/bundle/answers.h"
#include "core/bundle/manifest.h"
#include "core/bundle/payload.h"

namespace vigil::bundle {

inline constexpr std::string_view kEvidenceFormat = "vigil-evidence-1";
inline constexpr std::uint64_t kEvidenceLimitBytes = std::uint64_t{1} << 30;

// A file of a payload that is shown; `payload` is the payload's number.
struct ShownFile {
  std::size_t payload = 0;
  std::string name;
  MemberSalt salt{};
  Bytes content;
};
struct ShownAnswer {
  std::size_t payload = 0;
  AnswerSalt salt{};
  AnswerText answer;
};

// Everything in a pack, as it stands there; nothing is checked yet but its form.
struct EvidencePack {
  std::string manifest_json;
  std::string signature_file;
  std::string roster_json;
  std::string roster_signature_file;
  std::string receipt;  // tlog-proof; empty where the office has none
  // One a payload; empty where the office may not open it, or there is none.
  std::array<std::string, 2> members_json;
  std::vector<ShownFile> files;  // answers.json of a payload whose answers are shown, too
  std::vector<ShownAnswer> answers;
};

// kInvalid "evidence.format": more than the format can carry.
[[nodiscard]] Result<Bytes> write_evidence(const EvidencePack& pack);
// What parses is written again to the same bytes. kInvalid "evidence.format".
[[nodiscard]] Result<EvidencePack> read_evidence(ByteView archive);

// What is shown and what is not, counted.
struct EvidenceCount {
  std::uint64_t files_shown = 0;     // without answers.json
  std::uint64_t files_withheld = 0;  // with answers.salt, which is never shown
  std::uint64_t answers_shown = 0;
  std::uint64_t answers_withheld = 0;   // in payloads whose answers.json is shown
  std::uint64_t payloads_unlisted = 0;  // of which the pack has not even the list of files
};
// Whether files and answers are those that `manifest` (whose signature was checked elsewhere)
// commits to. kInvalid "evidence.members": a members.json is not the signed one; "evidence.file":
// a file is not in it, or twice; "evidence.answer": an answer is not in answers.json, or twice.
[[nodiscard]] Result<EvidenceCount> check_evidence(const EvidencePack& pack,
                                                   const Manifest& manifest);

}  // namespace vigil::bundle
