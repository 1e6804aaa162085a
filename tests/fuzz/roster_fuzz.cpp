// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as roster.json under a signature that is really made, so that the parser behind it is
// reached: no crash; what is accepted is emitted again to the same bytes.
#include "core/base/check.h"
#include "core/trust/roster.h"

namespace {

// The trusted comment repeats the version; taken from the text so that it does not stop us.
std::string comment_for(const std::string& text) {
  const auto at = text.find("\"version\":");
  std::string digits;
  for (std::size_t i = at == std::string::npos ? text.size() : at + 10;
       i < text.size() && text[i] >= '0' && text[i] <= '9' && digits.size() < 20; ++i)
    digits.push_back(text[i]);
  return std::string(vigil::trust::kRosterFormat) + " version " + digits;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vigil;
  static const auto key = crypto::minisign::SecretKey::generate();
  std::string text(as_text({data, size}));
  // "ROOT" in the input stands for the key that signs.
  if (const auto at = text.find("\"root\":\"ROOT\""); at != std::string::npos)
    text.replace(at + 8, 4, crypto::minisign::to_string(key.public_key()));
  const trust::SignedRoster made{
      text, crypto::minisign::sign(key, crypto::blake2b_512(as_bytes(text)), comment_for(text))};
  const auto roster = trust::verify_roster(made, key.public_key());
  if (roster) CHECK(trust::emit_roster(*roster) == text);
  return 0;
}
