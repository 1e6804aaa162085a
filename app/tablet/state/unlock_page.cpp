// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/unlock_page.h"

#include "app/tablet/state/error_words.h"

namespace vigil::tablet {

std::string unlock_error_words(const words::Words& words, const Error& error) {
  if (error.code == "vault.backoff") return {};
  // Nothing can be sealed or sent while it is locked.
  if (error.code == "vault.full" || error.code == "files.full") {
    return std::string(
        words("The tablet's storage is so full that the vault cannot be opened. Nothing is lost: "
              "hand the tablet to the office, which can make room."));
  }
  const bool readonly = error.code == "vault.readonly" || error.code == "files.read_only" ||
                        error.code == "files.permission";
  return readonly ? std::string(words("The tablet's storage cannot be written to. Hand "
                                      "the tablet to the office."))
                  : error_words(words, error);
}

UnlockModel unlock_model(const words::Words& words, UnlockPage& page, std::int64_t now_ms,
                         bool working, bool absent) {
  UnlockModel model;
  model.passphrase = &page.passphrase;
  model.busy = working;
  if (working && !page.deriving) {
    model.busy_text = words("The last step is still being finished; then you can unlock.");
  }
  model.error = page.error;
  model.absent = absent;
  const std::int64_t left_ms = page.wait_until_ms - now_ms;
  if (page.wait_until_ms == 0 || left_ms <= 0) return model;
  const auto seconds = static_cast<unsigned long>((left_ms + 999) / 1000);
  const std::string left = seconds < 120
                               ? words.plural("{0} second", "{0} seconds", seconds)
                               : words.plural("{0} minute", "{0} minutes", (seconds + 59) / 60);
  model.wait = words::fill(words("Too many wrong passphrases. Until the next try: {0}."), {left});
  return model;
}

BusyModel busy_model(const words::Words& words, const BusyPage& page, std::int64_t now_ms,
                     const Work::Progress& progress) {
  BusyModel model;
  model.title = page.title;
  model.text = page.text;
  const std::uint64_t total = progress.total;
  if (total > 0) model.percent = static_cast<int>(progress.done * 100 / total);
  const std::int64_t seconds = (now_ms - page.since_ms) / 1000;
  if (seconds >= 2) {
    model.since = words.plural("{0} second so far", "{0} seconds so far",
                               static_cast<unsigned long>(seconds));
  }
  return model;
}

}  // namespace vigil::tablet
