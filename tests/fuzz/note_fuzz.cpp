// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a signed note: no crash, and what is accepted says one thing only.
#include "core/base/check.h"
#include "core/log/note.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vigil;
  static const log::SignerKey key = log::SignerKey::generate("hub.example/log", log::KeyType::kLog);
  const std::string_view text = as_text({data, size});
  if (const auto parsed = log::parse_verifier_key(text)) CHECK(log::to_string(*parsed) == text);
  CHECK(!log::verify_checkpoint(text, key.verifier(), {}, 0));  // nobody can forge by chance
  const auto read = log::read_checkpoint_unverified(text);
  if (!read) return 0;
  // Signed afresh it must be read back, and its text must be a prefix of what was given.
  const std::string again = log::sign_checkpoint(*read, key);
  const std::string_view body = std::string_view(again).substr(0, again.find("\n\n") + 1);
  CHECK(text.starts_with(body));
  CHECK(log::read_checkpoint_unverified(again) == *read);
  return 0;
}
