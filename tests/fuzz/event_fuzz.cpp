// SPDX-License-Identifier: Apache-2.0
//
// Any line as an event under a signature that is really made, and as a root handover: no crash;
// what is accepted is written again to the same bytes.
#include "core/base/check.h"
#include "core/crypto/hash.h"
#include "core/trust/event.h"
#include "core/trust/handover.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vigil;
  static const auto key = crypto::minisign::SecretKey::generate();
  std::string line(as_text({data, size}));
  // "KEY" in the input stands for the key that signs.
  for (auto at = line.find("\"KEY\""); at != std::string::npos; at = line.find("\"KEY\""))
    line.replace(at + 1, 3, crypto::minisign::to_string(key.public_key()));
  const auto digest = crypto::blake2b_512(as_bytes(line));
  const std::string event_text = line + crypto::minisign::sign(key, digest, trust::kEventFormat);
  if (const auto event = trust::read_event(event_text))
    CHECK(trust::write_event(*event, key).value() == event_text);
  const std::string handover = line + crypto::minisign::sign(key, digest, trust::kHandoverFormat);
  if (const auto next = trust::read_handover(handover, key.public_key()))
    CHECK(trust::write_handover(key, *next) == handover);
  (void)trust::read_event(line);
  return 0;
}
