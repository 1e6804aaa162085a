// SPDX-License-Identifier: Apache-2.0
//
// How an office device proves itself to the hub; both sides use this text. docs/formats/hub.md.
// Thread: pure.
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/crypto/minisign.h"

namespace vigil::sync {

// What is signed: the purpose first, so that no signature made for anything else fits (a manifest
// begins with "{"), then the very request, so that a nonce serves no other.
[[nodiscard]] std::string authorization_text(std::string_view method, std::string_view target,
                                             std::string_view nonce);

// The header's value: `Vigil key=<base64>, nonce=<hex>, signature=<base64 of the four lines>`.
[[nodiscard]] std::string authorization_header(const crypto::minisign::SecretKey& key,
                                               std::string_view method, std::string_view target,
                                               std::string_view nonce);

struct Authorization {
  crypto::minisign::PublicKey key;
  std::string nonce;
  std::string signature_file;
};
// kDenied "hub.auth": not of that form.
[[nodiscard]] Result<Authorization> parse_authorization(std::string_view header);
// kDenied "hub.auth": the signature does not hold for this request.
[[nodiscard]] Status verify_authorization(const Authorization& authorization,
                                          std::string_view method, std::string_view target);

}  // namespace vigil::sync
