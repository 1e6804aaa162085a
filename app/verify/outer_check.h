// SPDX-License-Identifier: Apache-2.0
//
// What one file says by itself: archive, signature, manifest, digests, recipients, and the receipt
// beside it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/verify/judge.h"
#include "core/bundle/check.h"
#include "core/log/receipt.h"

namespace vigil::verify {

struct OuterCheck {
  std::string file;
  std::optional<Error> failure;                         // of bundle::check_bundle()
  std::optional<bundle::SignedManifest> manifest;       // where the signature holds
  std::optional<Result<log::VerifiedReceipt>> receipt;  // where one lies beside the file
  [[nodiscard]] bool unreadable() const;
};

// FILE.receipt, or FILE with .receipt in the place of .vigil.
[[nodiscard]] std::vector<OuterCheck> check_files(Files& files,
                                                  const std::vector<std::string>& paths,
                                                  const trust::Roster& roster,
                                                  const Progress& progress);

}  // namespace vigil::verify
