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

std::vector<std::string> key_words(bool russian) {
  if (russian) {
    return {"остров", "лампа", "чайник", "берег", "якорь",  "мост", "ручей", "птица",
            "север",  "книга", "дождь",  "сахар", "ворона", "снег", "парус", "звезда"};
  }
  return {"island", "lamp",  "kitchen", "ribbon", "anchor", "forest", "river-bank", "parrot",
          "north",  "sugar", "rainbow", "sailor", "raven",  "summer", "silver",     "galaxy"};
}

OutboxModel outbox(bool russian) {
  const auto say = [&](const char* english, const char* other) {
    return russian ? other : english;
  };
  OutboxModel model;
  model.entries = {
      {"POPLAR-61", "19.11.2026", say("2 MB", "2 МБ"), SealedState::kQueued, 0, ""},
      {"RIVER-08", "18.11.2026", say("48 MB", "48 МБ"), SealedState::kUploading, 64, ""},
      {"STONE-35", "14.11.2026", say("1 MB", "1 МБ"), SealedState::kErased, 100,
       say("The receipt is kept and verified.", "Квитанция проверена и хранится.")}};
  model.waiting = 2;
  model.waiting_size = say("50 MB", "50 МБ");
  model.hub.office = "https://hub.example.org";
  model.hub.office_pins = 2;
  model.sticks = {{"/media/vigil/KINGSTON", "KINGSTON", false}};
  return model;
}

SettingsModel settings(bool russian, SampleTexts& texts) {
  const auto say = [&](const char* english, const char* other) {
    return russian ? other : english;
  };
  SettingsModel model;
  model.lock_times = {{"30", say("30 seconds", "30 секунд"), false},
                      {"60", say("1 minute", "1 минута"), false},
                      {"120", say("2 minutes", "2 минуты"), true},
                      {"300", say("5 minutes", "5 минут"), false}};
  model.countries = {{"", say("All", "Все"), false},
                     {"KZ", say("Kazakhstan", "Казахстан"), true},
                     {"KG", say("Kyrgyzstan", "Кыргызстан"), false}};
  model.old_passphrase = &texts[0];
  model.new_passphrase = &texts[1];
  model.again = &texts[2];
  model.hub.office = "https://hub.example.org";
  model.hub.office_pins = 2;
  model.label = "tablet-1";
  model.words = key_words(russian);
  model.office = "office";
  model.roster = "3";
  model.forms = {
      say("Police custody: the first hours · 2026112201", "Полиция: первые часы · 2026112201")};
  model.version = "0.1.0";
  return model;
}

EnrolModel enrol(bool russian, SampleTexts& texts) {
  EnrolModel model;
  model.label = "tablet-1";
  model.new_passphrase = &texts[1];
  model.again = &texts[2];
  model.qr_side = kQrSide;
  model.qr = pattern();
  model.words = key_words(russian);
  model.sticks = {{"/media/vigil/KINGSTON", "KINGSTON", false}};
  model.kits = {{"/media/vigil/KINGSTON/office.kit", "office.kit", false}};
  return model;
}

}  // namespace

std::vector<std::pair<std::string, ScreenModel>> sample_device_screens(bool russian,
                                                                       SampleTexts& texts) {
  const auto say = [&](const char* english, const char* other) {
    return russian ? other : english;
  };
  OutboxModel sending = outbox(russian);
  sending.sending = true;
  sending.sending_text = say("RIVER-08: 64 % sent", "RIVER-08: отправлено 64 %");
  OutboxModel failed = outbox(russian);
  failed.sticks.clear();
  failed.hub.typed = "https://192.0.2.7:8443";
  failed.outcome_is_bad = true;
  failed.outcome =
      say("There is no way to the hub: no network, or a wrong address. Nothing is lost; send again "
          "when "
          "there is a network, or copy to a stick.",
          "До хаба не добраться: нет сети или неверный адрес. Ничего не потеряно; отправьте, когда "
          "будет сеть, или скопируйте на флешку.");
  SettingsModel passphrase = settings(russian, texts);
  passphrase.changing_passphrase = true;
  passphrase.passphrase_error =
      say("The passphrase now in use was not right.", "Нынешняя парольная фраза введена неверно.");
  passphrase.panic_allowed = true;
  passphrase.hub.typed = "https://192.0.2.7:8443";
  passphrase.hub.typed_pin = "sha256//short";
  passphrase.hub.pin_error = say("A pin is sha256// and 44 more characters, as the office gave it.",
                                 "Отпечаток — это sha256// и ещё 44 знака, как дал офис.");
  EnrolModel make;
  make.make_vault = true;
  make.label = "tablet-1";
  make.new_passphrase = &texts[1];
  make.again = &texts[2];
  EnrolModel compare = enrol(russian, texts);
  compare.office_words = key_words(russian);
  BusyModel busy;
  busy.title = say("Sealing", "Запечатывание");
  busy.text =
      say("The visit is encrypted to the office. It is either sealed whole or still open; a "
          "power cut changes nothing of that.",
          "Посещение шифруется для офиса. Оно либо запечатано целиком, либо ещё открыто; "
          "обрыв питания этого не меняет.");
  busy.percent = 40;
  busy.since = say("12 seconds so far", "Уже 12 секунд");
  return {{"outbox", outbox(russian)},
          {"outbox-sending", sending},
          {"outbox-failed", failed},
          {"outbox-empty", OutboxModel{}},
          {"settings", settings(russian, texts)},
          {"settings-passphrase", passphrase},
          {"enrol", enrol(russian, texts)},
          {"enrol-new", make},
          {"enrol-compare", compare},
          {"busy", busy}};
}

}  // namespace vigil::tablet
