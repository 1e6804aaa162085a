// SPDX-License-Identifier: Apache-2.0
//
// The office's side of evidence: what a sealed visit holds that could be shown, and the pack with
// what was chosen (core/bundle/evidence.h). The bundle is opened anew each time; nothing is stored.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/bundle/evidence.h"
#include "core/vault/vault.h"

namespace vigil::office {

struct Showable {
  struct File {
    std::size_t payload = 0;
    std::string name;
    std::uint64_t size_bytes = 0;
  };
  struct Answer {
    std::size_t payload = 0;
    bundle::AnswerText text;
  };
  bundle::BundleId id;
  std::vector<File> files;
  std::vector<Answer> answers;
  bool restricted_closed = false;  // there is a restricted part that this office may not open
};

// In front of what is chosen from the restricted part.
inline constexpr std::string_view kRestrictedPrefix = "restricted:";

struct EvidenceChoice {
  // Refs as in Showable, with kRestrictedPrefix where they are restricted; one that ends in "/"
  // takes all below it.
  std::vector<std::string> answers;
  std::vector<std::string> files;
  std::string receipt;  // tlog-proof, or empty
};

// `bundle` is a path, or the id of an imported bundle. Fails as bundle::check_bundle() and
// open_payload(); kNotFound "evidence.bundle".
[[nodiscard]] Result<Showable> showable(vault::Vault& vault, Files& files,
                                        const std::string& bundle);
// The pack, checked as an auditor will. kNotFound "evidence.choice": a ref or name that the bundle
// does not have; kUsage "evidence.nothing": nothing was chosen; kInvalid "evidence.answers": it was
// sealed by a Vigil that did not hash single answers.
[[nodiscard]] Result<Bytes> make_evidence(vault::Vault& vault, Files& files,
                                          const std::string& bundle, const EvidenceChoice& choice);

}  // namespace vigil::office
