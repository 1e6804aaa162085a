// SPDX-License-Identifier: Apache-2.0
//
// The receipt: a C2SP tlog-proof that an entry is in the log. A tablet erases a sealed bundle only
// after this holds with the roster's log key; never on a status code. docs/formats/log.md.
#pragma once

#include <string>
#include <string_view>

#include "core/log/note.h"

namespace vigil::log {

inline constexpr std::size_t kReceiptLimitBytes = kNoteLimitBytes + 4096;

struct Receipt {
  std::uint64_t index = 0;
  Proof proof;
  std::string checkpoint;  // the signed note, verbatim
};
[[nodiscard]] std::string emit_receipt(const Receipt& receipt);
// Strict: what parses is emitted again to the same bytes; `extra` lines, which nobody signs, are
// refused. kInvalid "receipt.format".
[[nodiscard]] Result<Receipt> parse_receipt(std::string_view text);

// `entry` is what the log holds (bundle::log_entry). kInvalid "receipt.format",
// "receipt.checkpoint", "receipt.proof" (it is a receipt for something else).
struct VerifiedReceipt {
  std::uint64_t index = 0;
  VerifiedCheckpoint checkpoint;
};
[[nodiscard]] Result<VerifiedReceipt> verify_receipt(std::string_view receipt, ByteView entry,
                                                     const VerifierKey& log,
                                                     const std::vector<VerifierKey>& witnesses,
                                                     std::size_t quorum);

}  // namespace vigil::log
