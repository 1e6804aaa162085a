// SPDX-License-Identifier: Apache-2.0
//
// What parses as a manifest is emitted byte for byte.
#include "core/base/check.h"
#include "core/bundle/manifest.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vigil;
  const std::string_view text = as_text({data, size});
  const auto manifest = bundle::parse_manifest(text);
  if (manifest.has_value()) CHECK(bundle::emit_manifest(*manifest) == text);
  return 0;
}
