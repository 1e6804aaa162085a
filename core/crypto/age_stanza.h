// SPDX-License-Identifier: Apache-2.0
//
// How a file key is wrapped for a recipient and unwrapped by an identity or a passphrase. Used by
// age.cpp only.
#pragma once

#include <optional>

#include "core/crypto/age.h"

namespace vigil::crypto::age {

inline constexpr std::string_view kX25519Type = "X25519";
inline constexpr std::string_view kScryptType = "scrypt";
inline constexpr std::string_view kHybridType = "mlkem768x25519";
inline constexpr std::size_t kWrappedKeyBytes = 32;  // file key 16, tag 16
inline constexpr std::size_t kScryptSaltBytes = 16;

// kInvalid "age.recipient" for a recipient that is no usable point.
[[nodiscard]] Result<Stanza> wrap_x25519(const Recipient& recipient, const SecretBytes& file_key);
// kStorage "age.memory" when the work factor's memory is not to be had.
[[nodiscard]] Result<Stanza> wrap_scrypt(const SecretBytes& passphrase, int log_n,
                                         const SecretBytes& file_key);

// The same with the secrets given, for tests against frozen files.
[[nodiscard]] Result<Stanza> wrap_x25519_with(const Recipient& recipient,
                                              const SecretBytes& file_key,
                                              const SecretBytes& ephemeral);

// Refuses a header that no reader may accept, whatever keys it has (failure class header): a stanza
// of a known type with a wrong shape, or a passphrase beside other recipients.
[[nodiscard]] Status check_stanzas(const std::vector<Stanza>& stanzas, const Keys& keys);

// The file key. Requires: check_stanzas() passed. Failure classes no_match, header, passphrase.
[[nodiscard]] Result<SecretBytes> unwrap(const std::vector<Stanza>& stanzas, const Keys& keys);

}  // namespace vigil::crypto::age
