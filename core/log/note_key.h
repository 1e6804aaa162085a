// SPDX-License-Identifier: Apache-2.0
//
// The Ed25519 side of signed notes (C2SP signed-note.md, tlog-cosignature.md): key ids, signing,
// verifying. Internal to core/log.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/base/bytes.h"
#include "core/log/note.h"

namespace vigil::log {

inline constexpr std::size_t kKeyNameLimitBytes = 128;

using KeyId = std::array<std::uint8_t, 4>;
using Signature = std::array<std::uint8_t, 64>;

[[nodiscard]] bool is_key_name(std::string_view name);
// SHA-256(name || "\n" || type || point), first four bytes: a label, never an identifier of trust.
[[nodiscard]] KeyId key_id(const VerifierKey& key);
[[nodiscard]] Signature sign_with(const SignerKey& key, ByteView message);
// Requires: 64 bytes of signature.
[[nodiscard]] bool signature_holds(const VerifierKey& key, ByteView message, ByteView signature);

}  // namespace vigil::log
