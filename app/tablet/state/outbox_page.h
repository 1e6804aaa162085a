// SPDX-License-Identifier: Apache-2.0
//
// What waits to be sent, and how the last try went: by network, or by a stick and back.
#pragma once

#include <string>
#include <vector>

#include "app/tablet/screens/device_model.h"
#include "app/words/words.h"
#include "core/base/clock.h"
#include "core/base/files.h"
#include "core/vault/outbox.h"
#include "core/vault/visits.h"
#include "sync/push.h"

namespace vigil::tablet {

struct Outcome {
  std::string text;
  bool bad = false;
  bool nothing = false;  // neither good nor bad: nothing happened
};
struct OutboxPage {
  Outcome outcome;    // of the last try
  std::string stick;  // the folder it is about; "" the network
};

// `sticks`: the folders of those that are there; the screen may show one taken away since.
[[nodiscard]] Outcome carry_out(const words::Words& words, vault::Vault& vault, Files& files,
                                const std::vector<std::string>& sticks, const std::string& folder);
[[nodiscard]] Outcome carry_in(const words::Words& words, vault::Vault& vault, Files& files,
                               const std::string& folder);
[[nodiscard]] Outcome sent(const words::Words& words, const sync::PushReport& report);

struct OutboxInput {
  const std::vector<vault::OutboxEntry>& entries;
  const std::vector<vault::Visit>& visits;
  const OutboxPage& page;
  bool enrolled = true;
  bool sending = false;
};
// hub and sticks are the caller's.
[[nodiscard]] OutboxModel outbox_model(const words::Words& words, const Clock& clock,
                                       const OutboxInput& input);

}  // namespace vigil::tablet
