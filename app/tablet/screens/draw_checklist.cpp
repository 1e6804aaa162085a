// SPDX-License-Identifier: Apache-2.0
//
// The page where people spend their day: sections at the side, one long page of questions.
#include <fmt/format.h>

#include "app/tablet/screens/draw.h"
#include "app/tablet/screens/draw_aside.h"
#include "app/tablet/screens/draw_rail.h"

namespace vigil::tablet {

using ui::Rect;
using ui::Space;
using ui::Style;

namespace {

// Below this many logical units the rail would leave no room to answer.
constexpr float kRailBesidePage = 960;
// Lower than this, a bar below would leave too little of the page.
constexpr float kBarBelow = 560;
// What follows from the section stands beside its questions where it has so much.
constexpr float kAsideLeast = 320;
constexpr float kAsideMost = 420;

template <typename... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};

void draw_repeat_heading(const Pen& pen, const RepeatHeading& heading) {
  ui::Kit& kit = pen.kit;
  kit.gap(Space::kSmall);
  kit.begin_row(Space::kMedium);
  // Held, not tapped: the answers of an instance do not come back.
  const std::string_view word = pen.words("Hold to remove");
  const ui::Size remove =
      heading.can_remove ? ui::hold_button_size(kit, word, kit.column().width) : ui::Size{};
  const float width =
      std::max(kit.px(200), kit.column().width - remove.width - kit.px(Space::kMedium));
  const auto lines = kit.canvas().wrap(heading.label, Style::kQuestion, width);
  const float height =
      std::max(std::max(kit.px(ui::kControlHeight), remove.height),
               kit.canvas().line_height(Style::kQuestion) * static_cast<float>(lines.size()));
  const Rect rect = kit.place({std::min(width, kit.column().width), height});
  const float words = kit.canvas().line_height(Style::kQuestion) * static_cast<float>(lines.size());
  kit.push_column({rect.x, rect.y + (rect.height - words) / 2, rect.width, words});
  ui::paragraph(kit, "repeat." + heading.ref, heading.label, Style::kQuestion, ui::Tone::kPlain,
                ui::Role::kHeading);
  kit.pop_column();
  if (heading.can_remove &&
      ui::hold_button(kit, "remove." + heading.ref, word, false, ui::Tone::kMuted)) {
    pen.ask(command::RemoveRepeat{heading.ref});
  }
  kit.end_row();
  kit.gap(Space::kTiny);
}

void draw_repeat_index(const Pen& pen, const RepeatIndex& index) {
  ui::Kit& kit = pen.kit;
  constexpr int kMostNumbers = 120;
  const int step = (index.instances + kMostNumbers - 1) / kMostNumbers;
  ui::paragraph(kit, "index." + index.ref, index.label, Style::kSecondaryBold, ui::Tone::kMuted);
  kit.gap(Space::kTiny);
  kit.begin_row(Space::kSmall);
  const auto number = [&](int instance) {
    const std::string ref = fmt::format("{}[{}]", index.ref, instance);
    ui::ButtonLook look;
    look.least_width = ui::kControlHeight;
    if (ui::button(kit, "to." + ref, fmt::format("{}", instance), look)) {
      pen.ask(command::ShowRepeat{ref});
    }
  };
  int shown = 1;
  for (int instance = 1; instance <= index.instances; instance += step) number(shown = instance);
  if (shown != index.instances) number(index.instances);
  kit.end_row();
  kit.gap(Space::kMedium);
}

void draw_repeat_add(const Pen& pen, const RepeatAdd& add) {
  ui::Kit& kit = pen.kit;
  ui::ButtonLook look;
  look.icon = ui::Icon::kPlus;
  look.bold = true;
  kit.begin_row(Space::kSmall);
  if (ui::button(kit, "add." + add.ref, add.label, look)) pen.ask(command::AddRepeat{add.ref});
  if (!add.like_last.empty() && ui::button(kit, "duplicate." + add.ref, add.like_last)) {
    pen.ask(command::DuplicateRepeat{add.ref});
  }
  kit.end_row();
  kit.gap(Space::kMedium);
}

void draw_block(const Pen& pen, const Block& block) {
  ui::Kit& kit = pen.kit;
  std::visit(Overloaded{[&](const QuestionCard& card) { draw_question(pen, card); },
                        [&](const GroupHeading& heading) {
                          kit.gap(Space::kSmall);
                          ui::paragraph(kit, "group." + heading.ref, heading.label,
                                        Style::kBodyBold, ui::Tone::kMuted, ui::Role::kHeading);
                          kit.gap(Space::kSmall);
                        },
                        [&](const RepeatIndex& index) { draw_repeat_index(pen, index); },
                        [&](const RepeatHeading& heading) { draw_repeat_heading(pen, heading); },
                        [&](const RepeatAdd& add) { draw_repeat_add(pen, add); }},
             block);
}

// Whatever is out of sight and as it was is left out.
void draw_block_in_sight(const Pen& pen, const ChecklistModel& model, std::size_t index) {
  const Block& block = model.blocks[index];
  const auto* const card = std::get_if<QuestionCard>(&block);
  if (card == nullptr || index >= model.revisions.size()) return draw_block(pen, block);
  if (!pen.kit.begin_part("part." + card->ref, model.revisions[index])) return;
  draw_block(pen, block);
  pen.kit.end_part();
}

std::string page_of(const ChecklistModel::Section& section) {
  return "page." + section.key;
}

// At its first question, wherever it was left; from the rail one goes back to where one was.
void open_next(const Pen& pen, const ChecklistModel& model) {
  pen.ask(command::OpenSection{model.section + 1});
  pen.kit.to_top(page_of(model.sections[model.section + 1]));
}

void draw_page_end(const Pen& pen, const ChecklistModel& model) {
  ui::Kit& kit = pen.kit;
  kit.gap(Space::kSmall);
  if (!model.last_section) {
    const std::string next =
        words::fill(pen.words("Next: {0}"), {model.sections[model.section + 1].title});
    ui::ButtonLook look;
    look.bold = true;
    if (ui::button(kit, "page.next", next, look)) open_next(pen, model);
  } else {
    ui::ButtonLook look;
    look.kind = ui::ButtonLook::Kind::kPrimary;
    if (model.interview) {
      // The review shows what others said, with this person beside the screen.
      if (ui::button(kit, "page.close", pen.words("Close the interview"), look)) {
        pen.ask(command::Back{});
      }
    } else if (ui::button(kit, "page.review", pen.words("Review and finish"), look)) {
      pen.ask(command::ReviewVisit{0});
    }
  }
  // Room so that the last question can be brought up to where the eye is.
  kit.gap(120);
}

std::string section_words(const ChecklistModel& model) {
  const ChecklistModel::Section& section = model.sections[model.section];
  return fmt::format("{} · {}", section.title, answered_of(section.answered, section.asked));
}

// Where the rail has no room beside the questions, and the screen is low: at their head.
void draw_section_button(const Pen& pen, const ChecklistModel& model) {
  ui::ButtonLook look;
  look.icon = ui::Icon::kDown;
  if (ui::button(pen.kit, "rail.open", section_words(model), look)) pen.ask(command::ToggleRail{});
  pen.kit.gap(Space::kMedium);
}

// Else at the lower edge, where a thumb is that holds the tablet: the sections, and the next one.
// Returns what it leaves of the page.
Rect draw_section_bar(const Pen& pen, const ChecklistModel& model, const Rect& page) {
  ui::Kit& kit = pen.kit;
  const float side = kit.px(Space::kLarge);
  const float around = kit.px(Space::kTiny);
  const float next = model.last_section ? 0 : kit.px(ui::kControlHeight);
  ui::ButtonLook look;
  look.icon = ui::Icon::kUp;
  look.least_width = 0;
  const std::string words = section_words(model);
  const float room = page.width - 2 * side - (next > 0 ? next + kit.px(Space::kMedium) : 0);
  const ui::Size button = ui::button_size(kit, words, look, room);
  const float height = button.height + 2 * around;
  const Rect bar = {page.x, page.bottom() - height, page.width, height};
  kit.canvas().fill(bar, kit.theme().surface);
  const float line = std::max(1.0F, kit.px(1));
  kit.canvas().fill({bar.x, bar.y, bar.width, line}, kit.theme().hairline);
  if (ui::button_at(kit, "rail.open", {bar.x + side, bar.y + around, button.width, button.height},
                    words, look)) {
    pen.ask(command::ToggleRail{});
  }
  if (next > 0) {
    const std::string name =
        words::fill(pen.words("Next: {0}"), {model.sections[model.section + 1].title});
    const Rect rect = {bar.right() - side - next, bar.y + around, next, button.height};
    if (ui::icon_button_at(kit, "bar.next", rect, ui::Icon::kNext, name)) open_next(pen, model);
  }
  return {page.x, page.y, page.width, page.height - height};
}

}  // namespace

void draw_checklist(const Pen& pen, const Chrome& chrome, const ChecklistModel& model) {
  if (model.media) return draw_media(pen, chrome, *model.media);
  ui::Kit& kit = pen.kit;
  TopBar top;
  top.title = model.place;
  top.about = model.about;
  top.back = true;
  top.lock_is_hide = true;
  top.status = model.unsaved             ? pen.words("Not saved")
               : kit.editing().changed() ? pen.words("Saving…")
                                         : pen.words("Saved");
  if (model.unsaved) top.status_tone = ui::Tone::kError;
  Rect page = draw_top_bar(pen, chrome, top);
  const bool rail_beside = kit.logical_width() >= kRailBesidePage;
  if (kit.key_pressed(ui::Key::kFind)) {
    if (!rail_beside && !model.rail_open) pen.ask(command::ToggleRail{});
    kit.focus(kQuestionSearch);
  }
  if (rail_beside) {
    const Rect rail = {page.x, page.y, kit.px(ui::kRailWidth), page.height};
    draw_rail(pen, model, rail);
    page = {rail.right(), page.y, page.width - rail.width, page.height};
  }
  const bool sections_below =
      !rail_beside && !model.sections.empty() && kit.whole_screen().height >= kit.px(kBarBelow);
  if (sections_below && !kit.keyboard().shown) page = draw_section_bar(pen, model, page);
  Rect column = text_column(kit, page);
  const float gap = kit.px(Space::kHuge);
  const float spare = page.width - column.width - 3 * gap;
  const bool aside = rail_beside && !model.sections.empty() && spare >= kit.px(kAsideLeast);
  const float aside_width = std::min(spare, kit.px(kAsideMost));
  if (aside) {
    // Both together in the middle of what the rail leaves.
    column.x = page.x + std::round((page.width - column.width - gap - aside_width) / 2);
    page.width = column.right() + gap / 2 - page.x;
  }
  const std::string section_key =
      model.sections.empty() ? "page" : page_of(model.sections[model.section]);
  kit.begin_scroll(section_key, page);
  kit.push_column(
      {column.x, kit.column().y + kit.px(Space::kLarge - 2), column.width, page.height});
  if (!rail_beside && !sections_below && !model.sections.empty()) draw_section_button(pen, model);
  for (std::size_t index = 0; index < model.blocks.size(); ++index) {
    draw_block_in_sight(pen, model, index);
  }
  if (!model.sections.empty()) draw_page_end(pen, model);
  kit.close_column();
  kit.end_scroll();
  if (aside) {
    draw_aside(pen, model, {column.right() + gap, page.y, aside_width, page.height});
  }
  if (!rail_beside && model.rail_open) {
    if (kit.begin_overlay("rail.cover", true)) pen.ask(command::ToggleRail{});
    const Rect screen = kit.screen();
    draw_rail(pen, model,
              {0, 0, std::min(kit.px(ui::kRailWidth + 40), screen.width * 0.9F), screen.height});
  }
}

}  // namespace vigil::tablet
