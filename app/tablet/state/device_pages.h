// SPDX-License-Identifier: Apache-2.0
//
// What stands on the pages about the tablet itself between two frames.
#pragma once

#include <string>

#include "app/tablet/state/enrolment.h"
#include "app/tablet/state/hub_page.h"
#include "app/tablet/state/outbox_page.h"
#include "app/ui/fields.h"

namespace vigil::tablet {

// To change a passphrase, or to choose the first one.
struct TypedPassphrases {
  ui::SecretText before;
  ui::SecretText wanted;
  ui::SecretText again;

  [[nodiscard]] bool agree() const { return !wanted.empty() && wanted.same_as(again); }
  void clear() {
    for (ui::SecretText* text : {&before, &wanted, &again}) text->clear();
  }
};

struct PassphraseChange {
  bool open = false;
  bool done = false;
  std::string error;
};

struct DevicePages {
  TypedPassphrases typed;
  PassphraseChange change;
  HubEntry hub;
  EnrolPage enrol;
  OutboxPage outbox;

  // With the vault.
  void lock();
  // What was said of something done before stands in the language of then.
  void forget_sentences();
};

}  // namespace vigil::tablet
