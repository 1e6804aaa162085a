// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/screens/draw_rail.h"

#include <fmt/format.h>

namespace vigil::tablet {

using ui::Rect;
using ui::Space;
using ui::Style;

namespace {

void draw_jump(const Pen& pen, std::string_view key, std::string_view text, int count,
               ui::Tone tone, command::Jump::To to) {
  if (ui::rail_entry(pen.kit, key, text, fmt::format("{}", count), false,
                     count > 0 ? tone : ui::Tone::kMuted) &&
      count > 0) {
    pen.ask(command::Jump{to});
  }
}

void draw_progress(const Pen& pen, const ChecklistModel& model) {
  ui::Kit& kit = pen.kit;
  const std::string filled =
      words::fill(pen.words("{0} of {1} answered"),
                  {fmt::format("{}", model.answered), fmt::format("{}", model.asked)});
  ui::paragraph(kit, "rail.progress-text", filled, Style::kSecondary, ui::Tone::kMuted);
  kit.gap(Space::kTiny);
  const float share =
      model.asked == 0 ? 0 : static_cast<float>(model.answered) / static_cast<float>(model.asked);
  ui::progress_at(kit, "rail.progress", kit.place({kit.column().width, kit.px(6)}), share,
                  share >= 1 ? ui::Tone::kOk : ui::Tone::kPrimary, filled);
  kit.gap(Space::kMedium);
}

void draw_search(const Pen& pen, const ChecklistModel& model) {
  ui::FieldLook look;
  look.placeholder = pen.words("Find a question");
  look.name = look.placeholder;
  look.immediate = true;
  look.icon = ui::Icon::kSearch;
  look.language = pen.form_language;
  const ui::FieldOutcome typed = ui::field(pen.kit, kQuestionSearch, model.search, look);
  if (typed.value) pen.ask(command::FindQuestion{*typed.value});
  pen.kit.gap(Space::kSmall);
}

void draw_found(const Pen& pen, const ChecklistModel& model) {
  ui::Kit& kit = pen.kit;
  if (ui::rail_entry(kit, "found.end", pen.words("All sections"), "", false, ui::Tone::kPrimary)) {
    pen.ask(command::FindQuestion{});
  }
  std::string_view section;
  const auto say = [&](std::string_view key, std::string_view text) {
    const Rect whole = kit.column();
    const float side = kit.px(Space::kLarge);
    kit.gap(Space::kSmall);
    kit.push_column({whole.x + side, kit.column().y, whole.width - 2 * side, whole.height});
    ui::paragraph(kit, key, text, Style::kSecondaryBold, ui::Tone::kMuted);
    kit.close_column();
  };
  for (const ChecklistModel::Found& found : model.found) {
    if (found.section != section) {
      section = found.section;
      say("found.section." + found.ref, section);
    }
    if (ui::rail_entry(kit, "found." + found.ref, found.label, "", false, ui::Tone::kPlain)) {
      pen.ask(command::ShowQuestion{found.ref});
    }
  }
  if (model.found.empty()) say("found.none", pen.words("No question has these words."));
  if (model.more_found) say("found.more", pen.words("There are more: add a word."));
}

void draw_sections(const Pen& pen, const ChecklistModel& model) {
  ui::Kit& kit = pen.kit;
  for (std::size_t index = 0; index < model.sections.size(); ++index) {
    const ChecklistModel::Section& section = model.sections[index];
    if (ui::rail_entry(kit, fmt::format("section.{}", section.key), section.title,
                       answered_of(section.answered, section.asked), index == model.section,
                       section.to_mend ? ui::Tone::kError : ui::Tone::kPlain)) {
      pen.ask(command::OpenSection{index});
    }
  }
  kit.gap(Space::kHuge);
  draw_jump(pen, "jump.mend", pen.words("To mend"), model.to_mend, ui::Tone::kError,
            command::Jump::To::kToMend);
  draw_jump(pen, "jump.mismatch", pen.words("Sources disagree"), model.mismatches,
            ui::Tone::kMismatch, command::Jump::To::kMismatch);
  draw_jump(pen, "jump.later", pen.words("Come back later"), model.later, ui::Tone::kPlain,
            command::Jump::To::kLater);
}

}  // namespace

std::string answered_of(int answered, int asked) {
  return fmt::format("{}/{}", answered, asked);
}

void draw_rail(const Pen& pen, const ChecklistModel& model, const Rect& rail) {
  ui::Kit& kit = pen.kit;
  kit.canvas().fill(rail, kit.theme().sunken);
  kit.begin_scroll("rail", rail);
  const float side = kit.px(Space::kLarge);
  const Rect whole = kit.column();
  kit.push_column(
      {whole.x + side, whole.y + kit.px(Space::kLarge), whole.width - 2 * side, whole.height});
  draw_progress(pen, model);
  draw_search(pen, model);
  kit.close_column();
  if (model.search.empty()) {
    draw_sections(pen, model);
  } else {
    draw_found(pen, model);
  }
  kit.gap(Space::kLarge);
  kit.end_scroll();
}

}  // namespace vigil::tablet
