// SPDX-License-Identifier: Apache-2.0
//
// Bech32 (BIP 173) without its length limit, as age spells keys. Data goes to SecretBytes because
// half of what is read here is secret.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/crypto/secret_bytes.h"

namespace vigil::crypto {

struct Bech32 {
  std::string prefix;  // as spelled: lower or upper case
  SecretBytes data;
};
// nullopt: mixed case, a foreign character, wrong checksum, left-over bits that are not zero.
[[nodiscard]] std::optional<Bech32> bech32_decode(std::string_view text);

// `prefix` and the result are lower case.
[[nodiscard]] SecretBytes bech32_encode(std::string_view prefix, ByteView data);

}  // namespace vigil::crypto
