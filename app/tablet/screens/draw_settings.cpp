// SPDX-License-Identifier: Apache-2.0
//
// Settings, and what this tablet and its program are.
#include <fmt/format.h>

#include "app/tablet/screens/draw.h"

namespace vigil::tablet {

using ui::Rect;
using ui::Space;
using ui::Style;

namespace {

void line(const Pen& pen, std::string_view key, std::string_view name, std::string_view value) {
  ui::paragraph(pen.kit, fmt::format("{}.name", key), name, Style::kSecondary, ui::Tone::kMuted);
  ui::paragraph(pen.kit, key, value, Style::kBody);
  pen.kit.gap(Space::kSmall);
}

void draw_safety(const Pen& pen, const SettingsModel& model) {
  ui::Kit& kit = pen.kit;
  kit.begin_card("settings.safety");
  draw_heading(pen, "settings.lock-title", pen.words("Lock after this long without a touch"));
  if (const auto time = ui::options(kit, "settings.lock", model.lock_times, false)) {
    pen.ask(command::ChooseLockTime{std::stoi(model.lock_times[*time].value)});
  }
  kit.gap(Space::kSmall);
  ui::paragraph(kit, "settings.hide-about",
                pen.words("To hide at once: swipe down from the top edge, or press F12."),
                Style::kSecondary, ui::Tone::kMuted);
  kit.gap(Space::kMedium);
  if (model.passphrase_done) {
    ui::bar(kit, "settings.passphrase-done", pen.words("The passphrase is changed."),
            ui::Tone::kOk);
    kit.gap(Space::kMedium);
  }
  if (!model.changing_passphrase) {
    if (ui::button(kit, "settings.passphrase", pen.words("Change the passphrase"))) {
      pen.ask(command::TogglePassphraseChange{});
    }
    kit.end_card();
    return;
  }
  if (draw_secret(pen, "settings.old", pen.words("Passphrase now"), *model.old_passphrase)) {
    ui::go_to_next_field(kit, "settings.old");
  }
  const bool entered =
      draw_new_secret(pen, "settings", pen.words("New passphrase"),
                      pen.words("New passphrase again"), *model.new_passphrase, *model.again);
  if (!model.passphrase_error.empty()) {
    ui::bar(kit, "settings.passphrase-error", model.passphrase_error, ui::Tone::kError);
    kit.gap(Space::kMedium);
  }
  kit.begin_row();
  ui::ButtonLook look;
  look.kind = ui::ButtonLook::Kind::kPrimary;
  look.disabled =
      model.old_passphrase->empty() || !is_good_secret(*model.new_passphrase, *model.again);
  const bool tapped =
      ui::button(kit, "settings.passphrase-change", pen.words("Change the passphrase"), look);
  if ((tapped || entered) && !look.disabled) {
    pen.ask(command::ChangePassphrase{});
  }
  if (ui::button(kit, "settings.passphrase-leave", pen.words("Leave it as it is"))) {
    pen.ask(command::TogglePassphraseChange{});
  }
  kit.end_row();
  kit.end_card();
}

void draw_keyboard_choice(const Pen& pen, const Chrome& chrome) {
  ui::Kit& kit = pen.kit;
  kit.gap(Space::kMedium);
  ui::paragraph(kit, "settings.keyboard-title", pen.words("Keyboard on the screen"),
                Style::kSecondaryBold, ui::Tone::kMuted);
  kit.gap(Space::kTiny);
  constexpr ui::KeyboardMode kModes[] = {ui::KeyboardMode::kAuto, ui::KeyboardMode::kAlways,
                                         ui::KeyboardMode::kNever};
  const ui::Option modes[] = {
      {"auto", std::string(pen.words("Until real keys are used")), chrome.keyboard == kModes[0]},
      {"always", std::string(pen.words("Always")), chrome.keyboard == kModes[1]},
      {"never", std::string(pen.words("Never")), chrome.keyboard == kModes[2]}};
  if (const auto mode = ui::options(kit, "settings.keyboard", modes, false)) {
    pen.ask(command::ChooseKeyboard{kModes[*mode]});
  }
}

void draw_limits(const Pen& pen, const SettingsModel& model) {
  ui::Kit& kit = pen.kit;
  kit.begin_card("settings.limits");
  draw_heading(pen, "settings.country-title", pen.words("Limits beside calculated values"));
  if (model.countries.empty()) {
    ui::paragraph(kit, "settings.no-limits",
                  pen.words("The kit here has no limits. They come with the office's kit."),
                  Style::kBody, ui::Tone::kMuted);
  } else {
    ui::paragraph(kit, "settings.country-about",
                  pen.words("International ones always, and those of:"), Style::kSecondary,
                  ui::Tone::kMuted);
    kit.gap(Space::kSmall);
    if (const auto country = ui::options(kit, "settings.country", model.countries, false)) {
      pen.ask(command::ChooseCountry{model.countries[*country].value});
    }
  }
  kit.end_card();
}

void draw_device(const Pen& pen, const SettingsModel& model) {
  ui::Kit& kit = pen.kit;
  kit.begin_card("settings.device");
  draw_heading(pen, "settings.device-title", pen.words("This tablet"));
  if (!model.label.empty()) line(pen, "settings.label", pen.words("Its name"), model.label);
  if (model.office.empty()) {
    ui::bar(kit, "settings.unenrolled", pen.words("Not enrolled yet"), ui::Tone::kWarning);
    kit.gap(Space::kSmall);
  } else {
    line(pen, "settings.office", pen.words("Office"), model.office);
    line(pen, "settings.roster", pen.words("Version of the roster"), model.roster);
  }
  draw_words(pen, "settings.words", pen.words("Its key, as words to compare"), model.words);
  kit.gap(Space::kMedium);
  if (ui::button(kit, "settings.enrol", pen.words("Enrolment and kits"))) {
    pen.ask(command::OpenEnrolment{});
  }
  kit.end_card();
}

void draw_about(const Pen& pen, const SettingsModel& model) {
  ui::Kit& kit = pen.kit;
  kit.begin_card("settings.about");
  draw_heading(pen, "settings.about-title", pen.words("About"));
  line(pen, "settings.version", "Vigil", model.version);
  std::string forms;
  for (const std::string& form : model.forms) forms += (forms.empty() ? "" : "\n") + form;
  if (forms.empty()) forms = pen.words("None. They come with the office's kit.");
  line(pen, "settings.forms", pen.words("Checklists"), forms);
  line(pen, "settings.licence", pen.words("Licence"),
       pen.words("Vigil is free software under the Apache License 2.0. It stands on Dear ImGui and "
                 "SDL, SQLCipher, libsodium, libcurl, libpng, pugixml, PCRE2, the letters of Noto "
                 "Sans, and others; their licences lie in /usr/share/doc."));
  kit.end_card();
}

}  // namespace

void draw_settings(const Pen& pen, const Chrome& chrome, const SettingsModel& model) {
  ui::Kit& kit = pen.kit;
  TopBar top;
  top.title = pen.words("Settings");
  top.back = true;
  begin_screen(pen, chrome, top);
  kit.begin_card("settings.look");
  draw_heading(pen, "settings.language-title", pen.words("Language of the screen"));
  std::vector<ui::Option> languages;
  for (const Chrome::Language& language : chrome.languages) {
    languages.push_back({language.code, language.label, language.chosen});
  }
  if (const auto language = ui::options(kit, "settings.language", languages, false)) {
    pen.ask(command::ChooseLanguage{languages[*language].value});
  }
  kit.gap(Space::kMedium);
  draw_display_choices(pen, chrome, "settings");
  draw_keyboard_choice(pen, chrome);
  kit.end_card();
  kit.gap(Space::kMedium);
  draw_safety(pen, model);
  kit.gap(Space::kMedium);
  draw_hub_settings(pen, model.hub);
  kit.gap(Space::kMedium);
  draw_limits(pen, model);
  kit.gap(Space::kMedium);
  draw_device(pen, model);
  kit.gap(Space::kMedium);
  draw_about(pen, model);
  if (model.panic_allowed) {
    kit.gap(Space::kHuge);
    kit.begin_card("settings.panic-card");
    draw_heading(pen, "settings.panic-title", pen.words("Erase this tablet"));
    ui::paragraph(kit, "settings.panic-about",
                  pen.words("Everything of Vigil on this tablet becomes unreadable for good: open "
                            "visits and sealed ones that were not received. Nobody can undo it."),
                  Style::kBody);
    kit.gap(Space::kMedium);
    if (ui::hold_button(kit, "settings.panic", pen.words("Press and hold to erase"), false,
                        ui::Tone::kError)) {
      pen.ask(command::Panic{});
    }
    kit.end_card();
  }
  end_screen(pen);
}

}  // namespace vigil::tablet
