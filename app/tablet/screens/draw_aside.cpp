// SPDX-License-Identifier: Apache-2.0
//
// On a wide screen, beside the questions: what follows from this section's answers and is not
// settled. A tap brings the question up.
#include "app/tablet/screens/draw_aside.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "app/tablet/screens/question_parts.h"

namespace vigil::tablet {

using ui::Rect;
using ui::Space;
using ui::Style;

namespace {

enum class Open { kToMend, kMissing, kMismatch, kLimit, kLater };
constexpr std::array kAll = {Open::kToMend, Open::kMissing, Open::kMismatch, Open::kLimit,
                             Open::kLater};

bool is_answered(const QuestionRow& row) {
  return !row.value.empty() || std::ranges::any_of(row.options, &ui::Option::chosen);
}

// What is said of a question under this heading; nothing where it does not belong there.
std::optional<std::string> said_of(const QuestionCard& card, Open kind) {
  switch (kind) {
    case Open::kToMend: {
      const auto wrong = std::ranges::find_if(
          card.rows, [](const QuestionRow& row) { return !row.error.empty(); });
      if (wrong == card.rows.end()) return std::nullopt;
      return wrong->error;
    }
    case Open::kMissing:
      if (!card.required || std::ranges::any_of(card.rows, is_answered)) return std::nullopt;
      return std::string();
    case Open::kMismatch:
      if (card.mismatch.empty()) return std::nullopt;
      return std::string();
    case Open::kLimit:
      if (!card.limit_exceeded) return std::nullopt;
      return std::string();
    case Open::kLater:
      if (!card.later) return std::nullopt;
      return std::string();
  }
  return std::nullopt;
}

struct Heading {
  std::string_view key;
  std::string_view words;
  ui::Tone tone;
};

Heading heading_of(const Pen& pen, Open kind) {
  switch (kind) {
    case Open::kToMend:
      return {"mend", pen.words("To mend"), ui::Tone::kError};
    case Open::kMissing:
      return {"missing", pen.words("Not answered, though it should be"), ui::Tone::kWarning};
    case Open::kMismatch:
      return {"mismatch", pen.words("Sources disagree"), ui::Tone::kMismatch};
    case Open::kLimit:
      return {"limit", pen.words("Outside of a limit"), ui::Tone::kWarning};
    case Open::kLater:
      return {"later", pen.words("Come back later"), ui::Tone::kPlain};
  }
  return {};
}

void draw_entry(const Pen& pen, const std::string& key, const QuestionCard& card,
                std::string_view said, ui::Tone tone) {
  ui::Kit& kit = pen.kit;
  ui::Canvas& canvas = kit.canvas();
  const float side = kit.px(Space::kMedium);
  const float width = kit.column().width - 2 * side;
  const auto label = canvas.wrap(card.label, Style::kBody, width);
  const auto reason =
      said.empty() ? std::vector<std::string_view>() : canvas.wrap(said, Style::kSecondary, width);
  const float label_line = canvas.line_height(Style::kBody);
  const float reason_line = canvas.line_height(Style::kSecondary);
  const float words = label_line * static_cast<float>(label.size()) +
                      reason_line * static_cast<float>(reason.size());
  const float height = std::max(kit.px(ui::kFinger), words + 2 * kit.px(Space::kSmall));
  const Rect rect = kit.place({kit.column().width, height});
  std::string text = card.label;
  if (!said.empty()) text += ". " + std::string(said);
  const ui::Interaction touch =
      kit.add({.key = key, .role = ui::Role::kButton, .text = std::move(text), .rect = rect});
  if (touch.pressed) canvas.fill(rect, kit.theme().tint, kit.px(ui::kControlRadius));
  float y = rect.y + std::round((height - words) / 2);
  for (const std::string_view line : label) {
    canvas.text({rect.x + side, y}, line, Style::kBody, kit.theme().ink);
    y += label_line;
  }
  for (const std::string_view line : reason) {
    canvas.text({rect.x + side, y}, line, Style::kSecondary, ui::tone_colour(kit.theme(), tone));
    y += reason_line;
  }
  if (touch.focused && kit.focus_is_visible()) {
    canvas.outline(rect.inset(kit.px(3)), kit.theme().primary, kit.px(2),
                   kit.px(ui::kControlRadius));
  }
  if (touch.tapped) kit.reveal(key_of(card.ref) + ".card");
}

// True where there was something to say.
bool draw_kind(const Pen& pen, const ChecklistModel& model, Open kind) {
  ui::Kit& kit = pen.kit;
  const Heading heading = heading_of(pen, kind);
  const std::string key = fmt::format("aside.{}", heading.key);
  bool any = false;
  for (std::size_t index = 0; index < model.blocks.size(); ++index) {
    const auto* const card = std::get_if<QuestionCard>(&model.blocks[index]);
    if (card == nullptr) continue;
    const auto said = said_of(*card, kind);
    if (!said) continue;
    if (!any) {
      kit.begin_card(key + ".card", Space::kSmall);
      const Rect inside = kit.column();
      const float side = kit.px(Space::kMedium);
      kit.push_column({inside.x + side, inside.y + kit.px(Space::kSmall), inside.width - 2 * side,
                       inside.height});
      ui::paragraph(kit, key, heading.words, Style::kBodyBold, heading.tone, ui::Role::kHeading);
      kit.close_column();
    }
    any = true;
    const std::string entry = fmt::format("{}.{}", key, card->ref);
    const bool counted = index < model.revisions.size();
    if (counted && !kit.begin_part("part." + entry, model.revisions[index])) continue;
    draw_entry(pen, entry, *card, *said, heading.tone);
    if (counted) kit.end_part();
  }
  if (any) {
    kit.end_card();
    kit.gap(Space::kMedium);
  }
  return any;
}

}  // namespace

void draw_aside(const Pen& pen, const ChecklistModel& model, const Rect& room) {
  ui::Kit& kit = pen.kit;
  // Room for the ring of the focus.
  const float around = kit.px(Space::kSmall);
  kit.begin_scroll("aside", {room.x - around, room.y, room.width + 2 * around, room.height});
  kit.push_column({room.x, kit.column().y + kit.px(Space::kLarge - 2), room.width, room.height});
  bool any = false;
  for (const Open kind : kAll) any = draw_kind(pen, model, kind) || any;
  if (!any) {
    kit.gap(Space::kMedium);
    ui::paragraph(kit, "aside.nothing",
                  pen.words("Nothing here is left to mend, to check or to come back to."),
                  Style::kSecondary, ui::Tone::kMuted);
  }
  kit.gap(Space::kLarge);
  kit.close_column();
  kit.end_scroll();
}

}  // namespace vigil::tablet
