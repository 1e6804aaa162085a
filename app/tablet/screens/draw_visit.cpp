// SPDX-License-Identifier: Apache-2.0
//
// A new visit, and the page of one visit with its checklists.
#include <fmt/format.h>

#include "app/tablet/screens/draw.h"

namespace vigil::tablet {

using ui::Rect;
using ui::Space;
using ui::Style;

namespace {

void heading(const Pen& pen, std::string_view key, std::string_view text) {
  ui::paragraph(pen.kit, key, text, Style::kQuestion, ui::Tone::kPlain, ui::Role::kHeading);
  pen.kit.gap(Space::kSmall);
}

void draw_record(const Pen& pen, const VisitModel::Record& record) {
  ui::Kit& kit = pen.kit;
  const std::string key = fmt::format("record.{}", record.record);
  kit.begin_card(key);
  heading(pen, key + ".title", record.title);
  const std::string count = ui::fill(pen.words("{0} of {1}"), {fmt::format("{}", record.answered),
                                                               fmt::format("{}", record.asked)});
  ui::paragraph(kit, key + ".count", count, Style::kSecondary, ui::Tone::kMuted);
  kit.gap(Space::kTiny);
  const float share = record.asked == 0
                          ? 0
                          : static_cast<float>(record.answered) / static_cast<float>(record.asked);
  const Rect bar = kit.place({kit.column().width, kit.px(6)});
  ui::progress_at(kit, key + ".progress", bar, share,
                  share >= 1 ? ui::Tone::kOk : ui::Tone::kPrimary, count);
  kit.gap(Space::kMedium);
  ui::ButtonLook look;
  look.kind = ui::ButtonLook::Kind::kPrimary;
  if (ui::button(kit, key + ".open", pen.words("Continue"), look)) {
    pen.ask(command::OpenRecord{record.record});
  }
  kit.end_card();
  kit.gap(Space::kMedium);
}

}  // namespace

void draw_new_visit(const Pen& pen, const Chrome& chrome, const NewVisitModel& model) {
  ui::Kit& kit = pen.kit;
  TopBar top;
  top.title = pen.words("New visit");
  top.back = true;
  const Rect page = draw_top_bar(pen, chrome, top);
  const Rect column = text_column(kit, page);
  kit.begin_scroll("page", page);
  kit.push_column({column.x, kit.column().y + kit.px(Space::kLarge), column.width, page.height});

  kit.begin_card("new.place-card");
  heading(pen, "new.place-title", pen.words("Place"));
  ui::FieldLook look;
  look.placeholder = pen.words("Name of the place, as your team calls it");
  look.name = look.placeholder;
  look.immediate = true;
  const ui::FieldOutcome place = ui::field(kit, "new.place", model.place, look);
  if (place.value) pen.ask(command::SetPlace{*place.value});
  kit.end_card();
  kit.gap(Space::kMedium);

  kit.begin_card("new.kind-card");
  heading(pen, "new.kind-title", pen.words("Kind of visit"));
  if (const auto kind = ui::options(kit, "new.kind", model.kinds, false)) {
    pen.ask(command::ChooseKind{model.kinds[*kind].value});
  }
  kit.end_card();
  kit.gap(Space::kMedium);

  kit.begin_card("new.forms-card");
  heading(pen, "new.forms-title", pen.words("Checklists"));
  if (model.forms.empty()) {
    ui::paragraph(kit, "new.no-forms",
                  pen.words("No checklist is installed. Bring the office's kit to this tablet."),
                  Style::kBody, ui::Tone::kMuted);
  } else if (const auto form = ui::options(kit, "new.form", model.forms, true)) {
    pen.ask(command::ToggleForm{model.forms[*form].value});
  }
  kit.end_card();
  kit.gap(Space::kLarge);

  ui::ButtonLook button;
  button.kind = ui::ButtonLook::Kind::kPrimary;
  button.disabled = !model.can_start;
  if (ui::button(kit, "new.start", pen.words("Start the visit"), button)) {
    pen.ask(command::CreateVisit{});
  }
  kit.gap(Space::kHuge);
  kit.close_column();
  kit.end_scroll();
}

void draw_visit(const Pen& pen, const Chrome& chrome, const VisitModel& model) {
  ui::Kit& kit = pen.kit;
  TopBar top;
  top.title = model.place;
  top.about = model.about;
  top.back = true;
  const Rect page = draw_top_bar(pen, chrome, top);
  const Rect column = text_column(kit, page);
  kit.begin_scroll("page", page);
  kit.push_column({column.x, kit.column().y + kit.px(Space::kLarge), column.width, page.height});
  for (const VisitModel::Record& record : model.records) draw_record(pen, record);
  if (model.records.empty()) {
    ui::paragraph(kit, "visit.none", pen.words("This visit has no checklist yet. Add one below."),
                  Style::kBody, ui::Tone::kMuted);
    kit.gap(Space::kMedium);
  }
  kit.begin_card("visit.add-card");
  heading(pen, "visit.add-title", pen.words("Add a checklist"));
  if (const auto form = ui::options(kit, "visit.add", model.forms, false)) {
    pen.ask(command::AddChecklist{model.forms[*form].value});
  }
  kit.end_card();
  kit.gap(Space::kLarge);
  if (ui::button(kit, "visit.review", pen.words("Review and finish"))) {
    pen.ask(command::ReviewVisit{model.visit});
  }
  kit.gap(Space::kHuge);
  kit.close_column();
  kit.end_scroll();
}

}  // namespace vigil::tablet
