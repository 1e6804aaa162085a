// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/screens/draw.h"

#include <fmt/format.h>

#include "core/base/language.h"

namespace vigil::tablet {

using ui::Rect;
using ui::Space;
using ui::Style;

namespace {

template <typename... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};

// Title and what it is about: side by side where there is room, else one above the other.
constexpr float kNarrowBar = 480;

float title_height(ui::Kit& kit, const TopBar& bar, float width, bool beside) {
  ui::Canvas& canvas = kit.canvas();
  float height = 0;
  const auto add = [&](std::string_view text, Style style) {
    if (!text.empty()) {
      height +=
          canvas.line_height(style) * static_cast<float>(canvas.wrap(text, style, width).size());
    }
  };
  if (beside) return canvas.line_height(Style::kBodyBold);
  add(bar.title, Style::kBodyBold);
  add(bar.about, Style::kSecondary);
  return height;
}

void draw_title(const Pen& pen, const TopBar& bar, const Rect& room, bool beside, float about_x) {
  ui::Kit& kit = pen.kit;
  if (beside) {
    ui::line_at(kit, "top.title", {room.x, room.y, about_x, room.height}, bar.title,
                Style::kBodyBold, ui::Tone::kPlain, ui::Align::kLeft, ui::Role::kHeading);
    if (!bar.about.empty()) {
      const float x = about_x + kit.px(Space::kMedium);
      ui::line_at(kit, "top.about", {room.x + x, room.y, room.width - x, room.height}, bar.about,
                  Style::kBody, ui::Tone::kMuted);
    }
    return;
  }
  const float height = title_height(kit, bar, room.width, false);
  kit.push_column({room.x, room.y + (room.height - height) / 2, room.width, height});
  ui::paragraph(kit, "top.title", bar.title, Style::kBodyBold, ui::Tone::kPlain,
                ui::Role::kHeading);
  if (!bar.about.empty()) {
    ui::paragraph(kit, "top.about", bar.about, Style::kSecondary, ui::Tone::kMuted);
  }
  kit.pop_column();
}

}  // namespace

Rect draw_top_bar(const Pen& pen, const Chrome& chrome, const TopBar& bar) {
  ui::Kit& kit = pen.kit;
  ui::Canvas& canvas = kit.canvas();
  const Rect screen = kit.screen();
  const float side = kit.px(Space::kLarge);
  const float gap = kit.px(Space::kMedium);

  // From the right: Hide, language, state.
  ui::ButtonLook lock_look;
  lock_look.least_width = 0;
  lock_look.reach = Space::kTiny;  // touched over the whole height of the bar
  // The shorter word where the title needs the room.
  const bool short_word = bar.lock_is_hide || kit.logical_width() < kNarrowBar;
  const std::string_view lock_word = short_word ? pen.words("Hide") : pen.words("Lock");
  const ui::Size lock = ui::button_size(kit, lock_word, lock_look, screen.width * 0.4F);
  const float lock_height = lock.height - kit.px(6);
  const ui::Size language = ui::pill_size(kit, chrome.language_badge, true);
  const ui::Size status = bar.status.empty() ? ui::Size{} : ui::pill_size(kit, bar.status, false);
  float right = screen.right() - side;
  const float lock_x = bar.lock ? right - lock.width : right;
  const float language_x = lock_x - (bar.lock ? gap : 0) - language.width;
  float x = side;
  if (bar.back) x = kit.px(Space::kTiny) + kit.px(ui::kControlHeight);

  // The state gives way first: it is also said where it matters.
  const float title_width = canvas.text_width(bar.title, Style::kBodyBold) + 2;
  const float about_width =
      bar.about.empty() ? 0 : canvas.text_width(bar.about, Style::kBody) + gap + 2;
  float words_end = language_x - gap;
  const bool show_status = !bar.status.empty() && words_end - status.width - gap - x >= kit.px(180);
  const float status_x = words_end - status.width;
  if (show_status) words_end = status_x - gap;
  const float room = words_end - x;
  const bool beside = title_width + about_width <= room;
  const float words_height = title_height(kit, bar, room, beside);
  const float height = std::max(kit.px(ui::kTopBarHeight), words_height + 2 * kit.px(Space::kTiny));

  const Rect ground = {0, 0, screen.width, height};
  canvas.fill(ground, kit.theme().surface);
  canvas.fill({0, height - std::max(1.0F, kit.px(1)), screen.width, std::max(1.0F, kit.px(1))},
              kit.theme().hairline);
  if (bar.back) {
    const Rect back = {0, 0, kit.px(ui::kControlHeight), height};
    if (ui::icon_button_at(kit, "top.back", back, ui::Icon::kBack, pen.words("Back"))) {
      pen.ask(command::Back{});
    }
  }
  draw_title(pen, bar, {x, 0, room, height}, beside, title_width);
  if (show_status) {
    ui::pill_at(kit, "top.status",
                {status_x, (height - status.height) / 2, status.width, status.height}, bar.status,
                bar.status_tone);
  }
  if (ui::pill_button_at(
          kit, "top.language",
          {language_x, (height - language.height) / 2, language.width, language.height},
          chrome.language_badge)) {
    pen.ask(command::ToggleMenu{});
  }
  if (bar.lock) {
    const float most = height - 2 * kit.px(Space::kTiny);
    const float tall = std::min(std::max(most, lock_height), lock.height);
    if (ui::button_at(kit, "top.lock", {lock_x, (height - tall) / 2, lock.width, tall}, lock_word,
                      lock_look)) {
      pen.ask(command::Lock{});
    }
  }
  return {0, height, screen.width, screen.height - height};
}

namespace {

void draw_languages(const Pen& pen, std::string_view key, const std::vector<Chrome::Language>& list,
                    bool of_form) {
  ui::Kit& kit = pen.kit;
  for (const Chrome::Language& language : list) {
    ui::ButtonLook look;
    look.chosen = language.chosen;
    look.role = ui::Role::kChoice;
    const Rect rect = kit.place({kit.column().width, kit.px(ui::kControlHeight)});
    if (ui::button_at(kit, fmt::format("{}.{}", key, language.code), rect, language.label, look)) {
      if (of_form) {
        pen.ask(command::ChooseFormLanguage{language.code});
      } else {
        pen.ask(command::ChooseLanguage{language.code});
      }
    }
    kit.gap(Space::kSmall);
  }
}

void draw_menu(const Pen& pen, const Chrome& chrome) {
  ui::Kit& kit = pen.kit;
  if (kit.begin_overlay("menu", true)) pen.ask(command::ToggleMenu{});
  if (kit.key_pressed(ui::Key::kEscape)) pen.ask(command::ToggleMenu{});
  const Rect screen = kit.screen();
  const float width = std::min(kit.px(456), screen.width - 2 * kit.px(Space::kMedium));
  const Rect room = {screen.width - width - kit.px(Space::kMedium), kit.px(Space::kMedium), width,
                     screen.height - 2 * kit.px(Space::kMedium)};
  kit.begin_scroll("menu.scroll", room);
  kit.begin_card("menu.card");
  ui::paragraph(kit, "menu.interface", pen.words("Language of the screen"), Style::kSecondaryBold,
                ui::Tone::kMuted);
  kit.gap(Space::kTiny);
  draw_languages(pen, "menu.language", chrome.languages, false);
  if (!chrome.form_languages.empty()) {
    ui::paragraph(kit, "menu.form", pen.words("Language of the checklist"), Style::kSecondaryBold,
                  ui::Tone::kMuted);
    kit.gap(Space::kTiny);
    draw_languages(pen, "menu.form-language", chrome.form_languages, true);
  }
  draw_display_choices(pen, chrome, "menu");
  kit.end_card();
  kit.end_scroll();
}

void draw_toast(const Pen& pen, const Chrome& chrome) {
  ui::Kit& kit = pen.kit;
  ui::Canvas& canvas = kit.canvas();
  const Rect screen = kit.screen();
  const float side = kit.px(Space::kLarge);
  ui::ButtonLook look;
  look.kind = ui::ButtonLook::Kind::kPrimary;
  const ui::Size undo = chrome.can_undo
                            ? ui::button_size(kit, pen.words("Undo"), look, screen.width / 3)
                            : ui::Size{};
  const float most = std::min(screen.width - 2 * side, kit.px(720)) - undo.width - 3 * side;
  const auto lines = canvas.wrap(chrome.toast, Style::kBody, most);
  float words = 0;
  for (const auto line : lines) words = std::max(words, canvas.text_width(line, Style::kBody));
  const float inner =
      std::max(undo.height, canvas.line_height(Style::kBody) * static_cast<float>(lines.size()));
  const float width = words + undo.width + 2 * side + (chrome.can_undo ? side : 0);
  const float height = inner + 2 * kit.px(Space::kSmall);
  const Rect rect = {std::round((screen.width - width) / 2), screen.height - height - side, width,
                     height};
  canvas.box(rect, kit.theme().surface, kit.theme().edge, std::max(1.0F, kit.px(1)),
             kit.px(ui::kCardRadius));
  const float text_height = canvas.line_height(Style::kBody) * static_cast<float>(lines.size());
  kit.push_column(
      {rect.x + side, rect.y + std::round((height - text_height) / 2), words + 1, text_height});
  ui::paragraph(kit, "toast", chrome.toast, Style::kBody, ui::Tone::kPlain, ui::Role::kMessage);
  kit.pop_column();
  if (chrome.can_undo &&
      ui::button_at(kit, "toast.undo",
                    {rect.right() - side - undo.width, rect.y + (height - undo.height) / 2,
                     undo.width, undo.height},
                    pen.words("Undo"), look)) {
    pen.ask(command::Undo{});
  }
}

}  // namespace

namespace {

std::string_view chosen_form_language(const Chrome& chrome) {
  for (const Chrome::Language& language : chrome.form_languages) {
    if (language.chosen) return language_code(language.code);
  }
  return {};
}

void prepare_keyboard(const Pen& pen, const Chrome& chrome) {
  ui::KeyboardState& keyboard = pen.kit.keyboard();
  keyboard.mode = chrome.keyboard;
  for (const Chrome::Language& language : chrome.languages) {
    if (!language.chosen) continue;
    ui::offer_layouts(keyboard, language.code, pen.form_language);
    // Until a field says which language it takes.
    ui::follow_language(keyboard, keyboard.language.empty() ? language.code : std::string_view());
  }
}

void draw_keys(const Pen& pen) {
  ui::draw_keyboard(pen.kit, {.shift = pen.words("Capital letters"),
                              .erase = pen.words("Erase"),
                              .enter = pen.words("New line"),
                              .space = pen.words("Space"),
                              .put_away = pen.words("Put the keyboard away"),
                              .layout = pen.words("Letters of another language")});
}

}  // namespace

void draw_above(const Pen& pen, const Chrome& chrome) {
  if (!chrome.toast.empty()) draw_toast(pen, chrome);
  if (chrome.menu_open) draw_menu(pen, chrome);
}

namespace {

// What is open on the page goes first, then the page.
void close_nearest(const Pen& pen, const ScreenModel& screen) {
  if (const auto* const checklist = std::get_if<ChecklistModel>(&screen)) {
    if (!checklist->search.empty()) return pen.ask(command::FindQuestion{});
    if (checklist->rail_open) return pen.ask(command::ToggleRail{});
  }
  if (const auto* const visit = std::get_if<VisitModel>(&screen);
      visit != nullptr && visit->change) {
    return pen.ask(command::ToggleVisitChange{});
  }
  const auto* const settings = std::get_if<SettingsModel>(&screen);
  if (settings != nullptr && settings->changing_passphrase) {
    return pen.ask(command::TogglePassphraseChange{});
  }
  pen.ask(command::Back{});
}

}  // namespace

void draw(const Pen& given, const Model& model) {
  const Chrome& chrome = model.chrome;
  const std::string_view form_language = chosen_form_language(chrome);
  const char mark =
      form_language.empty() ? given.words.decimal_mark() : decimal_mark(form_language);
  const Pen pen{given.kit, given.words, given.commands, form_language, mark};
  prepare_keyboard(pen, chrome);
  std::visit(Overloaded{[&](const UnlockModel& screen) { draw_unlock(pen, chrome, screen); },
                        [&](const VisitsModel& screen) { draw_visits(pen, chrome, screen); },
                        [&](const NewVisitModel& screen) { draw_new_visit(pen, chrome, screen); },
                        [&](const VisitModel& screen) { draw_visit(pen, chrome, screen); },
                        [&](const ChecklistModel& screen) { draw_checklist(pen, chrome, screen); },
                        [&](const ReviewModel& screen) { draw_review(pen, chrome, screen); },
                        [&](const SealedModel& screen) { draw_sealed(pen, chrome, screen); },
                        [&](const HiddenModel& screen) { draw_hidden(pen, screen); },
                        [&](const BusyModel& screen) { draw_busy(pen, chrome, screen); },
                        [&](const OutboxModel& screen) { draw_outbox(pen, chrome, screen); },
                        [&](const SettingsModel& screen) { draw_settings(pen, chrome, screen); },
                        [&](const EnrolModel& screen) { draw_enrol(pen, chrome, screen); }},
             model.screen);
  draw_above(pen, chrome);
  draw_keys(pen);
  // What no control took.
  if (pen.kit.key_pressed(ui::Key::kEscape)) close_nearest(pen, model.screen);
}

}  // namespace vigil::tablet
