// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as an enrolment request; and the text before a signature that is really made, so that
// the parser behind the signature is reached.
#include "core/base/check.h"
#include "core/trust/enrolment.h"
#include "core/trust/label.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vigil;
  static const auto key = crypto::minisign::SecretKey::generate();
  const std::string text(as_text({data, size}));
  CHECK(!trust::read_request(text) || trust::is_label(trust::read_request(text)->label));
  const std::string start =
      "vigil-request-1\nkey " + crypto::minisign::to_string(key.public_key()) + "\nlabel " + text;
  const std::string whole =
      start + crypto::minisign::sign(key, crypto::blake2b_512(as_bytes(start)), "vigil-request-1");
  // Only one spelling is accepted: the one that the tablet itself writes.
  if (const auto request = trust::read_request(whole))
    CHECK(whole == trust::write_request(key, request->label));
  return 0;
}
