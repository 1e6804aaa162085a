// SPDX-License-Identifier: Apache-2.0
//
// vault.header: the database key, wrapped once per slot. Canonical JSON; whatever would not be
// written the same way is refused. docs/formats/vault.md. core/vault's own.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/crypto/passphrase.h"
#include "core/vault/slots.h"

namespace vigil::vault {

inline constexpr std::string_view kHeaderFormat = "vigil-vault-1";
inline constexpr std::size_t kHeaderLimitBytes = 64 * 1024;

struct HeaderSlot {
  std::string id;
  SlotKind kind = SlotKind::kPassphrase;
  crypto::Salt salt{};      // passphrase slots
  crypto::Argon2Cost cost;  // passphrase slots
  Bytes wrapped;            // seal_box() of the key, or an age file

  friend bool operator==(const HeaderSlot& a, const HeaderSlot& b) {
    return a.id == b.id && a.kind == b.kind && a.salt == b.salt &&
           a.cost.memory_bytes == b.cost.memory_bytes && a.cost.passes == b.cost.passes &&
           a.wrapped == b.wrapped;
  }
};

struct Header {
  std::string vault;  // 32 hex digits, random: binds the slots to this header
  std::vector<HeaderSlot> slots;
  friend bool operator==(const Header&, const Header&) = default;
};

[[nodiscard]] std::string emit_header(const Header& header);
// kInvalid "vault.header"; the cost is checked here, so nothing is allocated for a greedy one.
[[nodiscard]] Result<Header> parse_header(std::string_view text);

// kNotFound "vault.absent".
[[nodiscard]] Result<Header> read_header(Files& files, const std::string& folder);
[[nodiscard]] Status write_header(Files& files, const std::string& folder, const Header& header);

// What a passphrase slot's box is bound to.
[[nodiscard]] std::string box_context(const Header& header, std::string_view slot_id);
// A new passphrase slot, tried before it is returned. kDenied "vault.weak".
[[nodiscard]] Result<HeaderSlot> wrap_key(const Header& header, const crypto::SecretBytes& key,
                                          const crypto::SecretBytes& passphrase,
                                          const crypto::Argon2Cost& cost);
// kDenied "box.open": this slot does not open with it.
[[nodiscard]] Result<crypto::SecretBytes> unwrap_key(const Header& header, const HeaderSlot& slot,
                                                     const crypto::SecretBytes& passphrase);
// The key and slot id of the first passphrase slot that opens. kDenied "vault.passphrase".
struct UnlockedKey {
  crypto::SecretBytes key;
  std::string slot;
};
[[nodiscard]] Result<UnlockedKey> unlock_header(const Header& header,
                                                const crypto::SecretBytes& passphrase);
[[nodiscard]] std::string random_hex(std::size_t bytes);

}  // namespace vigil::vault
