// SPDX-License-Identifier: Apache-2.0
//
// What several screens are made of.
#include <fmt/format.h>

#include "app/tablet/screens/draw.h"

namespace vigil::tablet {

using ui::Rect;
using ui::Space;
using ui::Style;

Rect text_column(ui::Kit& kit, const Rect& page, float most_width) {
  const float side = kit.px(Space::kLarge);
  const float width = std::min(page.width - 2 * side, kit.px(most_width));
  return {page.x + std::round((page.width - width) / 2), page.y, width, page.height};
}

void begin_screen(const Pen& pen, const Chrome& chrome, const TopBar& bar, const PageLook& look) {
  ui::Kit& kit = pen.kit;
  const Rect page = draw_top_bar(pen, chrome, bar);
  const Rect column = text_column(kit, page, look.width);
  // Large letters and the keyboard need the room more than the eye does.
  constexpr float kRoomToLower = 560;
  const bool low = look.low && page.height >= kit.px(kRoomToLower);
  const float top = low ? std::round(page.height * 0.14F) : kit.px(Space::kLarge);
  kit.begin_scroll(look.scroll, page);
  kit.push_column({column.x, kit.column().y + top, column.width, page.height});
}

void end_screen(const Pen& pen) {
  pen.kit.gap(Space::kHuge);
  pen.kit.close_column();
  pen.kit.end_scroll();
}

void draw_heading(const Pen& pen, std::string_view key, std::string_view text) {
  ui::paragraph(pen.kit, key, text, Style::kQuestion, ui::Tone::kPlain, ui::Role::kHeading);
  pen.kit.gap(Space::kSmall);
}

bool draw_secret(const Pen& pen, std::string_view key, std::string_view name,
                 ui::SecretText& text) {
  ui::Kit& kit = pen.kit;
  ui::paragraph(kit, fmt::format("{}.name", key), name, Style::kSecondary, ui::Tone::kMuted);
  kit.gap(Space::kTiny);
  std::string& shown = kit.kept(fmt::format("{}.shown", key));
  const bool was_shown = !shown.empty();
  if (kit.focused() != key) shown.clear();
  const std::string_view word = shown.empty() ? pen.words("Show") : pen.words("Hide letters");
  ui::ButtonLook button;
  // One width whatever it says: nothing moves beside it.
  const float whole = kit.column().width;
  ui::Size size = ui::button_size(kit, pen.words("Show"), button, whole / 2);
  const ui::Size other = ui::button_size(kit, pen.words("Hide letters"), button, whole / 2);
  size = {std::max(size.width, other.width), std::max(size.height, other.height)};
  ui::FieldLook look;
  look.name = name;
  look.width = (whole - size.width - kit.px(ui::kControlGap)) / kit.canvas().scale();
  kit.begin_row();
  const bool entered = ui::secret_field(kit, key, text, look, !shown.empty());
  if (ui::button_at(kit, fmt::format("{}.show", key), kit.place(size), word, button)) {
    shown = was_shown ? "" : "1";
    kit.focus(key);
    kit.draw_again();
  }
  kit.end_row();
  kit.gap(Space::kMedium);
  return entered;
}

namespace {

// As the vault has it (kLeastPassphraseLetters in core/vault/slots.h).
constexpr std::size_t kLeastLetters = 8;

}  // namespace

bool is_good_secret(const ui::SecretText& text, const ui::SecretText& again) {
  return text.letters() >= kLeastLetters && text.same_as(again);
}

bool draw_new_secret(const Pen& pen, const std::string& page, std::string_view name,
                     std::string_view again_name, ui::SecretText& text, ui::SecretText& again) {
  const std::string key = page + ".new";
  if (draw_secret(pen, key, name, text)) ui::go_to_next_field(pen.kit, key);
  pen.kit.gap(-Space::kSmall);
  const bool short_one = !text.empty() && text.letters() < kLeastLetters && !again.empty();
  ui::paragraph(pen.kit, page + ".least", pen.words("At least eight characters."),
                Style::kSecondary, short_one ? ui::Tone::kWarning : ui::Tone::kMuted);
  pen.kit.gap(Space::kMedium);
  const bool entered = draw_secret(pen, page + ".again", again_name, again);
  draw_same(pen, page + ".differ", text, again);
  return entered;
}

void draw_same(const Pen& pen, std::string_view key, const ui::SecretText& text,
               const ui::SecretText& again) {
  if (again.empty() || text.same_as(again)) return;
  ui::paragraph(pen.kit, key, pen.words("The two are not the same yet."), Style::kBody,
                ui::Tone::kWarning, ui::Role::kMessage);
  pen.kit.gap(Space::kMedium);
}

void draw_words(const Pen& pen, std::string_view key, std::string_view about,
                const std::vector<std::string>& words) {
  ui::Kit& kit = pen.kit;
  constexpr std::size_t kRow = 4;
  ui::paragraph(kit, fmt::format("{}.about", key), about, Style::kBody, ui::Tone::kMuted);
  kit.gap(Space::kSmall);
  for (std::size_t index = 0; index < words.size(); index += kRow) {
    std::string row;
    for (std::size_t next = index; next < std::min(index + kRow, words.size()); ++next) {
      row += (row.empty() ? "" : "   ") + words[next];
    }
    ui::paragraph(kit, fmt::format("{}.{}", key, index / kRow), row, Style::kQuestion);
  }
}

void draw_display_choices(const Pen& pen, const Chrome& chrome, std::string_view key) {
  ui::Kit& kit = pen.kit;
  ui::paragraph(kit, fmt::format("{}.display", key), pen.words("Display"), Style::kSecondaryBold,
                ui::Tone::kMuted);
  kit.gap(Space::kTiny);
  const ui::Option shades[] = {{"light", std::string(pen.words("Light")), !chrome.dark},
                               {"dark", std::string(pen.words("Dark")), chrome.dark}};
  if (const auto shade = ui::options(kit, fmt::format("{}.theme", key), shades, false)) {
    pen.ask(command::ChooseTheme{*shade == 1});
  }
  kit.gap(Space::kSmall);
  std::vector<ui::Option> sizes;
  constexpr int kScales[] = {100, 125, 150, 200};
  for (const int percent : kScales) {
    sizes.push_back({fmt::format("{}", percent), fmt::format("{} %", percent),
                     chrome.scale_percent == percent});
  }
  if (const auto size = ui::options(kit, fmt::format("{}.scale", key), sizes, false)) {
    pen.ask(command::ChooseScale{kScales[*size]});
  }
}

StateWords state_words(const Pen& pen, SealedState state, int sent_percent) {
  switch (state) {
    case SealedState::kQueued:
      return {std::string(pen.words("Waits for network")), ui::Tone::kWarning};
    case SealedState::kUploading:
      return {words::fill(pen.words("Sending, {0} %"), {fmt::format("{}", sent_percent)}),
              ui::Tone::kPrimary};
    case SealedState::kRefused:
      return {std::string(pen.words("Refused by the hub: tell the office")), ui::Tone::kError};
    case SealedState::kAcknowledged:
      return {std::string(pen.words("Received by the office")), ui::Tone::kOk};
    case SealedState::kErased:
      return {std::string(pen.words("Received by the office · erased here")), ui::Tone::kOk};
  }
  return {"", ui::Tone::kMuted};
}

void draw_progress_line(const Pen& pen, std::string_view key, int answered, int asked) {
  ui::Kit& kit = pen.kit;
  const std::string count =
      words::fill(pen.words("{0} of {1}"), {fmt::format("{}", answered), fmt::format("{}", asked)});
  ui::paragraph(kit, fmt::format("{}.count", key), count, Style::kSecondary, ui::Tone::kMuted);
  kit.gap(Space::kTiny);
  const float share = asked == 0 ? 0 : static_cast<float>(answered) / static_cast<float>(asked);
  ui::progress_at(kit, fmt::format("{}.progress", key), kit.place({kit.column().width, kit.px(6)}),
                  share, share >= 1 ? ui::Tone::kOk : ui::Tone::kPrimary, count);
}

}  // namespace vigil::tablet
