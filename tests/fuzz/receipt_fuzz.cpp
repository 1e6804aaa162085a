// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a receipt: no crash; what parses is emitted again to the same bytes.
#include "core/base/check.h"
#include "core/log/receipt.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vigil;
  static const log::SignerKey key = log::SignerKey::generate("hub.example/log", log::KeyType::kLog);
  const std::string_view text = as_text({data, size});
  if (const auto receipt = log::parse_receipt(text)) CHECK(log::emit_receipt(*receipt) == text);
  CHECK(!log::verify_receipt(text, as_bytes("entry"), key.verifier(), {}, 0));
  return 0;
}
