// SPDX-License-Identifier: Apache-2.0
#include "core/base/check.h"
#include "core/vault/header.h"

// What is accepted is written the same way again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = vigil::as_text({data, size});
  const auto header = vigil::vault::parse_header(text);
  if (header.has_value()) CHECK(vigil::vault::emit_header(*header) == text);
  return 0;
}
