// SPDX-License-Identifier: Apache-2.0
//
// Before the vault is open, and while a worker has it.
#pragma once

#include <cstdint>
#include <string>

#include "app/tablet/screens/device_model.h"
#include "app/tablet/state/work.h"
#include "app/words/words.h"
#include "core/base/error.h"

namespace vigil::tablet {

struct UnlockPage {
  ui::SecretText passphrase;
  std::string error;
  std::int64_t wait_until_ms = 0;  // after wrong passphrases; 0: none
  bool deriving = false;           // a worker tries the passphrase
};
// What is said of a try that failed; "" where the wait says all there is to say.
[[nodiscard]] std::string unlock_error_words(const words::Words& words, const Error& error);
// `working`: a worker does this or something else; `absent`: there is no vault yet.
[[nodiscard]] UnlockModel unlock_model(const words::Words& words, UnlockPage& page,
                                       std::int64_t now_ms, bool working, bool absent);

struct BusyPage {
  std::string title;
  std::string text;
  std::int64_t since_ms = 0;
};
[[nodiscard]] BusyModel busy_model(const words::Words& words, const BusyPage& page,
                                   std::int64_t now_ms, const Work::Progress& progress);

}  // namespace vigil::tablet
