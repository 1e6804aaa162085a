// SPDX-License-Identifier: Apache-2.0
//
// The text header of an age file: grammar, MAC, and what the stanzas of known types must look like.
// Used by age.cpp only; docs/formats/age.md has the grammar.
#pragma once

#include "core/crypto/age.h"

namespace vigil::crypto::age {

inline constexpr std::string_view kVersionLine = "age-encryption.org/v1\n";
inline constexpr std::size_t kFileKeyBytes = 16;
inline constexpr std::size_t kMacBytes = 32;
inline constexpr std::size_t kBodyColumns = 64;

// A header with what its MAC covers; views into the text it was read from.
struct AuthenticatedHeader {
  Header header;
  ByteView covered;  // up to and including "---"
  std::array<std::uint8_t, kMacBytes> mac{};
};
[[nodiscard]] Result<AuthenticatedHeader> parse_authenticated_header(ByteView start);

// The header text of these stanzas, with its MAC. parse -> write gives the same bytes.
[[nodiscard]] Bytes write_header(const std::vector<Stanza>& stanzas, const SecretBytes& file_key);
[[nodiscard]] bool mac_holds(const AuthenticatedHeader& header, const SecretBytes& file_key);

[[nodiscard]] std::unexpected<Error> fail_as(Failure failure, std::string message);

}  // namespace vigil::crypto::age
