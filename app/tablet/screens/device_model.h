// SPDX-License-Identifier: Apache-2.0
//
// What the screens about the tablet itself show: unlocking, waiting, sending, settings, enrolment.
// As model.h: plain values, words already in the person's language.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/ui/controls.h"
#include "app/ui/fields.h"

namespace vigil::tablet {

struct UnlockModel {
  ui::SecretText* passphrase = nullptr;  // Requires: set; outlives the frame
  bool busy = false;                     // the key is being derived
  std::string busy_text;                 // or something else still goes on: what
  std::string error;
  std::string wait;     // until the next try after wrong passphrases; "" none
  bool absent = false;  // there is no vault yet
};

enum class SealedState { kQueued, kUploading, kRefused, kAcknowledged, kErased };

// Something long goes on; the screen lives.
struct BusyModel {
  std::string title;
  std::string text;
  std::optional<int> percent;  // absent where nobody can say
  std::string since;           // how long it takes already
};

// Where sealed visits go. The office's kit may name the hub; what is typed here wins, and is shown
// as what it is.
struct HubModel {
  std::string office;     // the address the kit names; empty: it names none
  int office_pins = 0;    // by how many keys the office says that hub is known
  std::string typed;      // the address typed on this tablet
  std::string typed_pin;  // of its TLS key; empty: the certificate counts
  std::string pin_error;
  bool typing = false;  // another one than the office's is being typed

  [[nodiscard]] const std::string& in_use() const { return typed.empty() ? office : typed; }
  [[nodiscard]] bool against_office() const { return !office.empty() && !typed.empty(); }
};

struct OutboxModel {
  struct Entry {
    std::string code;
    std::string day;
    std::string size;
    SealedState state = SealedState::kQueued;
    int sent_percent = 0;
    std::string note;  // the hub's refusal, or what the receipt says
  };
  std::vector<Entry> entries;
  int waiting = 0;
  std::string waiting_size;
  HubModel hub;
  bool sending = false;
  std::string sending_text;
  std::string unread;   // why the vault cannot say what waits; empty: it can
  std::string outcome;  // of the last try
  bool outcome_is_bad = false;
  bool outcome_is_nothing = false;  // neither a success nor a failure
  std::string outcome_stick;        // the folder it is about; "" the network
  std::vector<ui::Option> sticks;   // value: folder
  bool enrolled = true;
};

struct SettingsModel {
  std::vector<ui::Option> lock_times;
  std::vector<ui::Option> countries;  // of the kit's limits
  HubModel hub;
  bool changing_passphrase = false;
  ui::SecretText* old_passphrase = nullptr;
  ui::SecretText* new_passphrase = nullptr;
  ui::SecretText* again = nullptr;
  std::string passphrase_error;
  bool passphrase_done = false;
  std::string label;               // of the device
  std::vector<std::string> words;  // of its key, four a row
  std::string office;              // empty: not enrolled
  std::string roster;              // version
  std::vector<std::string> forms;  // titles with versions
  std::string version;             // of Vigil
  bool panic_allowed = false;
};

struct EnrolModel {
  // Without a vault: the first step is to make one.
  bool make_vault = false;
  std::string label;
  ui::SecretText* new_passphrase = nullptr;
  ui::SecretText* again = nullptr;
  std::string error;  // about the step before the kit
  // With one: the request, for the office to scan or to carry.
  int qr_side = 0;
  std::vector<bool> qr;            // dark modules, row by row
  std::vector<std::string> words;  // of this tablet's key, four a row
  std::vector<ui::Option> sticks;  // to save the request to
  std::string saved;               // where it was saved
  // The office's answer.
  std::string kit_error;
  std::vector<ui::Option> kits;           // found on sticks; value: path
  std::vector<std::string> office_words;  // of the kit's root, to be compared; empty: none read
  std::string enrolled;                   // what a kit just accepted brought
  std::string office;                     // whose kit is here, and its version
};

}  // namespace vigil::tablet
