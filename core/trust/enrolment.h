// SPDX-License-Identifier: Apache-2.0
//
// Enrolment is face to face: a tablet's request, a fingerprint read aloud as words, the office's
// approval in a new roster. docs/formats/roster.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/crypto/minisign.h"

namespace vigil::trust {

// A request of the longest label has 330 bytes.
inline constexpr std::size_t kRequestLimitBytes = 1024;

struct EnrolmentRequest {
  crypto::minisign::PublicKey device;
  std::string label;  // what the tablet calls itself: [a-z0-9-]{1,32}, never a person's name
};
// A small text file (fits a QR code), signed by the device as proof that it holds the key.
// Requires: a label as above (core/trust/label.h).
[[nodiscard]] std::string write_request(const crypto::minisign::SecretKey& device,
                                        std::string_view label);
// kInvalid "request.format", "request.signature".
[[nodiscard]] Result<EnrolmentRequest> read_request(std::string_view text);

enum class WordLanguage { kEnglish, kRussian };
// 128 bits of BLAKE2b over the key and its purpose, as 16 words of a list of 256: both sides see
// the same words, a swapped key shows others.
inline constexpr std::size_t kFingerprintWords = 16;
[[nodiscard]] std::vector<std::string> fingerprint_words(const crypto::minisign::PublicKey& key,
                                                         WordLanguage language);
// The words in four rows of four, each row ended by a newline.
[[nodiscard]] std::string fingerprint_text(const crypto::minisign::PublicKey& key,
                                           WordLanguage language);

}  // namespace vigil::trust
