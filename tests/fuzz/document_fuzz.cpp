// SPDX-License-Identifier: Apache-2.0
//
// XML into our tree and back: what was read once must come out and be read the same again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "forms/tree/tree.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vigil::forms;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const TextNodes kind : {TextNodes::kLeafValues, TextNodes::kKept}) {
    const auto document = parse_document(text, std::make_shared<NameTable>(), kind);
    if (!document.has_value()) continue;
    (void)string_value((*document)->root());
    (void)serialise(**document, (*document)->root());
  }
  return 0;
}
