// SPDX-License-Identifier: Apache-2.0
//
// The office's root key hands over to another: a line of canonical JSON that names the new one,
// signed by the old one. Kits carry all of them as files handover-1, handover-2, ... so that a
// tablet that knows any earlier root follows. docs/formats/roster.md. Thread: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/crypto/minisign.h"
#include "core/trust/kit.h"

namespace vigil::trust {

inline constexpr std::string_view kHandoverFormat = "vigil-handover-1";
inline constexpr std::string_view kHandoverPrefix = "handover-";  // of names in kits
inline constexpr std::size_t kHandoverLimitBytes = 4096;

[[nodiscard]] std::string write_handover(const crypto::minisign::SecretKey& old_root,
                                         const crypto::minisign::PublicKey& new_root);
// Whom `old_root` handed over to. kInvalid "handover.format", "handover.signature".
[[nodiscard]] Result<crypto::minisign::PublicKey> read_handover(
    std::string_view text, const crypto::minisign::PublicKey& old_root);

// The root with which to read this kit, by one who trusts `known`: `known` itself, or the one that
// the handovers in the kit lead to. They are read before the kit is verified, and each holds by
// itself. Codes of claimed_root(); kInvalid "kit.signature": the kit is another office's.
[[nodiscard]] Result<crypto::minisign::PublicKey> follow_handovers(
    ByteView archive, const crypto::minisign::PublicKey& known);

}  // namespace vigil::trust
