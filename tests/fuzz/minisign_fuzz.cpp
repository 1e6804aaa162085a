// SPDX-License-Identifier: Apache-2.0
//
// No text verifies but the one that the key made; keys that parse are spelled in one way.
#include "core/base/check.h"
#include "core/crypto/minisign.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vigil;
  using namespace vigil::crypto;
  const std::string_view text = as_text({data, size});
  static const minisign::SecretKey kKey = minisign::SecretKey::generate();
  CHECK(
      !minisign::verify(kKey.public_key(), blake2b_512({}), text, minisign::UntrustedComment::kAny)
           .has_value());
  (void)minisign::signer_of(text);
  if (const auto key = minisign::parse_public_key(text); key.has_value())
    CHECK(minisign::to_string(*key) == text);
  (void)minisign::parse_public_key_file({data, size});
  return 0;
}
