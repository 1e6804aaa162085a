// SPDX-License-Identifier: Apache-2.0
//
// Judges an evidence pack: whether what it shows is what a device of the office's roster sealed,
// and how much it does not show. Pure.
#pragma once

#include <string>
#include <vector>

#include "app/verify/claim.h"
#include "core/bundle/evidence.h"
#include "core/crypto/minisign.h"

namespace vigil::verify {

struct EvidenceReport {
  std::string office;  // these four are empty where the roster cannot be believed
  std::uint64_t roster_version = 0;
  std::string device;
  std::string id;
  std::string root_key;
  std::string root_words;
  std::uint64_t sequence = 0;
  std::vector<Claim> claims;
  // Only where every claim about it holds.
  bool shown = false;
  std::vector<bundle::ShownAnswer> answers;
  std::vector<bundle::ShownFile> files;  // without answers.json
  bundle::EvidenceCount count;
};

// Fails only where the file is no pack (codes of bundle::read_evidence()).
[[nodiscard]] Result<EvidenceReport> judge_evidence(ByteView archive,
                                                    const crypto::minisign::PublicKey& root);

[[nodiscard]] std::string evidence_text(const EvidenceReport& report);
[[nodiscard]] std::string evidence_json(const EvidenceReport& report);
[[nodiscard]] std::string evidence_html(const EvidenceReport& report, const std::string& made_at);

}  // namespace vigil::verify
