// SPDX-License-Identifier: Apache-2.0
#include "core/base/check.h"
#include "core/vault/journal.h"

// What is accepted is written the same way again, and folding it ends.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto events = vigil::vault::parse_journal({data, size});
  if (!events.has_value()) return 0;
  std::string again;
  for (const auto& event : *events) again += vigil::vault::emit_event(event) + "\n";
  CHECK(again == vigil::as_text({data, size}));
  (void)vigil::vault::fold_journal(*events);
  return 0;
}
