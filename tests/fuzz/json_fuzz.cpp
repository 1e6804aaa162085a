// SPDX-License-Identifier: Apache-2.0
//
// What parses as canonical JSON is emitted byte for byte.
#include "core/base/bytes.h"
#include "core/base/check.h"
#include "core/base/json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vigil;
  const std::string_view text = as_text({data, size});
  const auto value = parse_canonical_json(text, {});
  if (value.has_value()) CHECK(emit_json(*value) == text);
  return 0;
}
