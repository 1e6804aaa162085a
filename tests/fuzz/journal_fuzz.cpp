// SPDX-License-Identifier: Apache-2.0
#include "core/base/check.h"
#include "core/vault/journal.h"

namespace {

using namespace vigil;

// Few mutations keep the chain of hashes whole: lines that are events by themselves are folded too,
// so that folding meets what the chain would have kept from it.
void fold_without_chain(std::string_view text) {
  std::vector<vault::Event> events;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    auto event = vault::parse_event(text.substr(0, end));
    if (event.has_value()) {
      event->sequence = events.size() + 1;
      events.push_back(std::move(*event));
    }
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  const auto folded = vault::fold_journal(events);
  if (folded.has_value()) CHECK(folded->values.size() <= events.size());
}

}  // namespace

// What is accepted is written the same way again, and folding it ends.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fold_without_chain(as_text({data, size}));
  const auto events = vault::parse_journal({data, size});
  if (!events.has_value()) return 0;
  std::string again;
  for (const auto& event : *events) again += vault::emit_event(event) + "\n";
  CHECK(again == as_text({data, size}));
  (void)vault::fold_journal(*events);
  return 0;
}
