// SPDX-License-Identifier: Apache-2.0
//
// Bech32 (BIP 173) without its length limit, as age spells keys. Works in the caller's memory,
// which is a SecretBytes where the key is secret. Thread: pure functions.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/bytes.h"

namespace vigil::crypto {

struct Bech32 {
  std::string prefix;      // as spelled: all lower or all upper case
  std::size_t size_bytes;  // how much of `out` was filled
};
// nullopt: mixed case, a foreign character, wrong checksum, left-over bits that are not zero, or
// more data than `out` holds.
[[nodiscard]] std::optional<Bech32> bech32_decode(std::string_view text,
                                                  std::span<std::uint8_t> out);

// Length of the text for so much data.
[[nodiscard]] std::size_t bech32_size(std::string_view prefix, std::size_t data_bytes);
// Writes the text to `out`, which is that long. `prefix` and the result are lower case.
void bech32_encode(std::string_view prefix, ByteView data, std::span<std::uint8_t> out);

}  // namespace vigil::crypto
