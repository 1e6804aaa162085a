// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/screens/sample_device.h"

namespace vigil::tablet {
namespace {

constexpr int kQrSide = 33;

// Looks like a code; nobody can read it.
std::vector<bool> pattern() {
  std::vector<bool> dark;
  unsigned state = 1;
  for (int module = 0; module < kQrSide * kQrSide; ++module) {
    state = state * 1'103'515'245U + 12'345U;
    dark.push_back((state >> 16U) % 2 == 1);
  }
  return dark;
}

// As the program has them: there are no lists of words beyond these two.
std::vector<std::string> key_words(const SampleWords& say) {
  if (say.language() != "en") {
    return {"остров", "лампа", "чайник", "берег", "якорь",  "мост", "ручей", "птица",
            "север",  "книга", "дождь",  "сахар", "ворона", "снег", "парус", "звезда"};
  }
  return {"island", "lamp",  "kitchen", "ribbon", "anchor", "forest", "river-bank", "parrot",
          "north",  "sugar", "rainbow", "sailor", "raven",  "summer", "silver",     "galaxy"};
}

OutboxModel outbox(const SampleWords& say) {
  OutboxModel model;
  model.entries = {
      {"POPLAR-61", "19.11.2026", say("{0} MB", {"2"}), SealedState::kQueued, 0, ""},
      {"RIVER-08", "18.11.2026", say("{0} MB", {"48"}), SealedState::kUploading, 64, ""},
      {"STONE-35", "14.11.2026", say("{0} MB", {"1"}), SealedState::kErased, 100,
       say.own("The receipt is kept and verified.")}};
  model.waiting = 2;
  model.waiting_size = say("{0} MB", {"50"});
  model.hub.office = "https://hub.example.org";
  model.hub.office_pins = 2;
  model.sticks = {{"/media/vigil/KINGSTON", "KINGSTON", false}};
  return model;
}

SettingsModel settings(const SampleWords& say, SampleTexts& texts) {
  SettingsModel model;
  model.lock_times = {{"30", say.plural("{0} second", "{0} seconds", 30), false},
                      {"60", say.plural("{0} minute", "{0} minutes", 1), false},
                      {"120", say.plural("{0} minute", "{0} minutes", 2), true},
                      {"300", say.plural("{0} minute", "{0} minutes", 5), false}};
  model.countries = {
      {"", say("All"), false}, {"KZ", say("Kazakhstan"), true}, {"KG", say("Kyrgyzstan"), false}};
  model.old_passphrase = &texts[0];
  model.new_passphrase = &texts[1];
  model.again = &texts[2];
  model.hub.office = "https://hub.example.org";
  model.hub.office_pins = 2;
  model.label = "tablet-1";
  model.words = key_words(say);
  model.office = "office";
  model.roster = "3";
  model.forms = {say("Police custody: the first hours") + " · 2026112201"};
  model.version = "0.1.0";
  return model;
}

EnrolModel enrol(const SampleWords& say, SampleTexts& texts) {
  EnrolModel model;
  model.label = "tablet-1";
  model.new_passphrase = &texts[1];
  model.again = &texts[2];
  model.qr_side = kQrSide;
  model.qr = pattern();
  model.words = key_words(say);
  model.sticks = {{"/media/vigil/KINGSTON", "KINGSTON", false}};
  model.kits = {{"/media/vigil/KINGSTON/office.kit", "office.kit", false}};
  return model;
}

}  // namespace

std::vector<std::pair<std::string, ScreenModel>> sample_device_screens(const SampleWords& say,
                                                                       SampleTexts& texts) {
  OutboxModel sending = outbox(say);
  sending.sending = true;
  sending.sending_text = say("{0}: {1} % sent", {"RIVER-08", "64"});
  OutboxModel failed = outbox(say);
  failed.sticks.clear();
  failed.hub.typed = "https://192.0.2.7:8443";
  failed.outcome_is_bad = true;
  failed.outcome = say.own(
      "There is no way to the hub: no network, or a wrong address. Nothing is lost; send again "
      "when there is a network, or copy to a stick.");
  SettingsModel passphrase = settings(say, texts);
  passphrase.changing_passphrase = true;
  passphrase.passphrase_error = say("The passphrase now in use was not right.");
  passphrase.panic_allowed = true;
  passphrase.hub.typed = "https://192.0.2.7:8443";
  passphrase.hub.typed_pin = "sha256//short";
  passphrase.hub.pin_error =
      say("A pin is sha256// and 44 more characters, as the office gave it.");
  EnrolModel make;
  make.make_vault = true;
  make.label = "tablet-1";
  make.new_passphrase = &texts[1];
  make.again = &texts[2];
  EnrolModel compare = enrol(say, texts);
  compare.office_words = key_words(say);
  BusyModel busy;
  busy.title = say("Sealing");
  busy.text = say.own(
      "The visit is encrypted to the office. It is either sealed whole or still open; a power cut "
      "changes nothing of that.");
  busy.percent = 40;
  busy.since = say("12 seconds so far");
  return {{"outbox", outbox(say)},
          {"outbox-sending", sending},
          {"outbox-failed", failed},
          {"outbox-empty", OutboxModel{}},
          {"settings", settings(say, texts)},
          {"settings-passphrase", passphrase},
          {"enrol", enrol(say, texts)},
          {"enrol-new", make},
          {"enrol-compare", compare},
          {"busy", busy}};
}

}  // namespace vigil::tablet
