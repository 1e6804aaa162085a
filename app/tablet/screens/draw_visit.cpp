// SPDX-License-Identifier: Apache-2.0
//
// A new visit, and the page of one visit: its checklists, its private interviews, what was found.
#include <fmt/format.h>

#include "app/tablet/screens/draw.h"

namespace vigil::tablet {

using ui::Rect;
using ui::Space;
using ui::Style;

namespace {

// Place, kind, team and tasks; `page` begins the keys, as the new visit and the visit's page both
// have them.
void draw_place(const Pen& pen, const std::string& page, const VisitAboutModel& model) {
  ui::Kit& kit = pen.kit;
  kit.begin_card(page + ".place-card");
  draw_heading(pen, page + ".place-title", pen.words("Place"));
  ui::FieldLook look;
  look.placeholder = pen.words("Name of the place, as your team calls it");
  look.name = look.placeholder;
  look.immediate = true;
  const ui::FieldOutcome place = ui::field(kit, page + ".place", model.place, look);
  if (place.value) pen.ask(command::SetPlace{*place.value});
  if (!model.places.empty()) {
    kit.gap(Space::kSmall);
    ui::paragraph(kit, page + ".places-about", pen.words("From the office's list of places:"),
                  Style::kSecondary, ui::Tone::kMuted);
    kit.gap(Space::kTiny);
    if (const auto chosen = ui::options(kit, page + ".places", model.places, false)) {
      pen.ask(command::ChoosePlace{model.places[*chosen].value});
    }
    if (model.more_places) {
      kit.gap(Space::kSmall);
      ui::paragraph(kit, page + ".places-more",
                    pen.words("There are more: type a part of the name."), Style::kSecondary,
                    ui::Tone::kMuted);
    }
  }
  kit.end_card();
  kit.gap(Space::kMedium);
}

void draw_kind(const Pen& pen, const std::string& page, const VisitAboutModel& model) {
  ui::Kit& kit = pen.kit;
  kit.begin_card(page + ".kind-card");
  draw_heading(pen, page + ".kind-title", pen.words("Kind of visit"));
  if (const auto kind = ui::options(kit, page + ".kind", model.kinds, false)) {
    pen.ask(command::ChooseKind{model.kinds[*kind].value});
  }
  kit.end_card();
  kit.gap(Space::kMedium);
}

void draw_team(const Pen& pen, const std::string& page, const VisitAboutModel& model) {
  ui::Kit& kit = pen.kit;
  kit.begin_card(page + ".team-card");
  draw_heading(pen, page + ".team-title", pen.words("Team"));
  ui::paragraph(kit, page + ".team-about", pen.words("How many are you? No names."),
                Style::kSecondary, ui::Tone::kMuted);
  kit.gap(Space::kTiny);
  if (const auto team = ui::options(kit, page + ".team", model.team, false)) {
    pen.ask(command::ChooseTeam{std::stoi(model.team[*team].value)});
  }
  kit.gap(Space::kMedium);
  ui::paragraph(kit, page + ".task-about", pen.words("What is done with this tablet?"),
                Style::kSecondary, ui::Tone::kMuted);
  kit.gap(Space::kTiny);
  if (const auto task = ui::options(kit, page + ".task", model.tasks, true)) {
    pen.ask(command::ToggleTask{model.tasks[*task].value});
  }
  kit.end_card();
  kit.gap(Space::kMedium);
}

void draw_about_line(const Pen& pen, std::string_view key, std::string_view name,
                     const std::string& value) {
  if (value.empty()) return;
  ui::paragraph(pen.kit, fmt::format("{}.name", key), name, Style::kSecondary, ui::Tone::kMuted);
  ui::paragraph(pen.kit, key, value, Style::kBody);
  pen.kit.gap(Space::kSmall);
}

// What was said of the visit when it began, and the way to say it otherwise.
void draw_about(const Pen& pen, const VisitModel& model) {
  ui::Kit& kit = pen.kit;
  if (model.change) {
    draw_place(pen, "visit", *model.change);
    draw_kind(pen, "visit", *model.change);
    draw_team(pen, "visit", *model.change);
    ui::ButtonLook look;
    look.kind = ui::ButtonLook::Kind::kPrimary;
    if (ui::button(kit, "visit.changed", pen.words("Done"), look)) {
      pen.ask(command::ToggleVisitChange{});
    }
    kit.gap(Space::kMedium);
    return;
  }
  kit.begin_card("visit.about-card");
  draw_heading(pen, "visit.about-title", pen.words("This visit"));
  draw_about_line(pen, "visit.kind-said", pen.words("Kind of visit"), model.kind);
  draw_about_line(pen, "visit.team-said", pen.words("Team"),
                  model.team.empty() ? model.team_note : model.team);
  draw_about_line(pen, "visit.tasks-said", pen.words("What is done with this tablet"), model.tasks);
  if (ui::button(kit, "visit.change", pen.words("Change place, kind or team"))) {
    pen.ask(command::ToggleVisitChange{});
  }
  kit.end_card();
  kit.gap(Space::kMedium);
}

// "2 to mend · 3 missing · 1 where sources disagree"
void draw_state(const Pen& pen, const std::string& key, const VisitModel::Record& record) {
  const auto say = [&](const char* name, int count, const std::string& text, ui::Tone tone) {
    if (count == 0) return;
    pen.kit.gap(Space::kTiny);
    ui::paragraph(pen.kit, fmt::format("{}.{}", key, name), text, Style::kSecondaryBold, tone);
  };
  const auto number = [](int count) { return static_cast<unsigned long>(count); };
  say("mend", record.to_mend,
      pen.words.plural("{0} answer to mend", "{0} answers to mend", number(record.to_mend)),
      ui::Tone::kError);
  say("missing", record.missing,
      pen.words.plural("{0} required answer missing", "{0} required answers missing",
                       number(record.missing)),
      ui::Tone::kWarning);
  say("mismatches", record.mismatches,
      pen.words.plural("Sources disagree in {0} question", "Sources disagree in {0} questions",
                       number(record.mismatches)),
      ui::Tone::kMismatch);
}

void draw_record(const Pen& pen, const VisitModel::Record& record) {
  ui::Kit& kit = pen.kit;
  const std::string key = fmt::format("record.{}", record.record);
  kit.begin_card(key);
  const Rect inside = kit.column();
  ui::ButtonLook look;
  look.kind = ui::ButtonLook::Kind::kPrimary;
  const std::string_view word = record.answered == 0 ? pen.words("Open") : pen.words("Continue");
  const ui::Size button = ui::button_size(kit, word, look, inside.width);
  const bool wide = inside.width - button.width >= kit.px(420);
  const float words_width =
      wide ? inside.width - button.width - kit.px(Space::kLarge) : inside.width;
  kit.push_column({inside.x, inside.y, words_width, inside.height});
  draw_heading(pen, key + ".title", record.title);
  draw_progress_line(pen, key, record.answered, record.asked);
  draw_state(pen, key, record);
  const float bottom = kit.pop_column();
  const float top = wide ? inside.y : bottom + kit.px(Space::kMedium);
  const Rect rect = {wide ? inside.right() - button.width : inside.x, top, button.width,
                     button.height};
  if (ui::button_at(kit, key + ".open", rect, word, look)) {
    pen.ask(command::OpenRecord{record.record});
  }
  kit.place({inside.width, std::max(bottom, rect.bottom()) - inside.y});
  kit.end_card();
  kit.gap(Space::kMedium);
}

void draw_findings(const Pen& pen, const VisitModel& model) {
  ui::Kit& kit = pen.kit;
  kit.begin_card("visit.findings");
  draw_heading(pen, "visit.findings-title", pen.words("Findings so far"));
  if (model.findings.empty() && !model.gathering) {
    ui::paragraph(kit, "visit.no-findings",
                  pen.words("Nothing yet. \"In findings\" under a question puts it here, and so "
                            "does every disagreement of sources."),
                  Style::kBody, ui::Tone::kMuted);
  }
  for (std::size_t index = 0; index < model.findings.size(); ++index) {
    const VisitModel::Finding& finding = model.findings[index];
    const std::string key = fmt::format("finding.{}.{}", finding.record, finding.ref);
    if (index > 0) {
      kit.gap(Space::kMedium);
      ui::hairline(kit);
      kit.gap(Space::kMedium);
    }
    if (finding.urgent) {
      ui::bar(kit, key + ".is-urgent", pen.words("Urgent: to be said in the final talk"),
              ui::Tone::kWarning);
      kit.gap(Space::kSmall);
    }
    ui::paragraph(kit, key + ".label", finding.label, Style::kBodyBold);
    if (!finding.text.empty()) {
      ui::paragraph(kit, key + ".text", finding.text, Style::kBody,
                    finding.mismatch ? ui::Tone::kMismatch : ui::Tone::kMuted);
    }
    kit.gap(Space::kSmall);
    kit.begin_row();
    if (ui::button(kit, key + ".show", pen.words("Show"))) {
      pen.ask(command::GoTo{finding.record, finding.ref});
    }
    ui::ButtonLook look;
    look.chosen = finding.urgent;
    if (!finding.mismatch && ui::button(kit, key + ".urgent", pen.words("Urgent"), look)) {
      pen.ask(command::ToggleUrgent{finding.record, finding.ref});
    }
    kit.end_row();
  }
  kit.end_card();
  kit.gap(Space::kMedium);
}

void draw_interviews(const Pen& pen, const VisitModel& model) {
  if (model.interviews.empty() && model.interview_forms.empty()) return;
  ui::Kit& kit = pen.kit;
  draw_heading(pen, "visit.interviews-title", pen.words("Private interviews"));
  ui::paragraph(kit, "visit.interviews-about",
                pen.words("One person each, out of sight and hearing. By code only, and never one "
                          "person alone where staff could tell who spoke."),
                Style::kSecondary, ui::Tone::kMuted);
  kit.gap(Space::kSmall);
  for (const VisitModel::Record& record : model.interviews) draw_record(pen, record);
  for (const ui::Option& form : model.interview_forms) {
    ui::ButtonLook look;
    look.icon = ui::Icon::kPlus;
    look.bold = true;
    if (ui::button(kit, "visit.interview." + form.value,
                   words::fill(pen.words("New: {0}"), {form.label}), look)) {
      pen.ask(command::StartInterview{form.value});
    }
    kit.gap(Space::kMedium);
  }
}

}  // namespace

void draw_new_visit(const Pen& pen, const Chrome& chrome, const NewVisitModel& model) {
  ui::Kit& kit = pen.kit;
  TopBar top;
  top.title = pen.words("New visit");
  top.back = true;
  begin_screen(pen, chrome, top);
  draw_place(pen, "new", model.about);
  draw_kind(pen, "new", model.about);
  draw_team(pen, "new", model.about);

  kit.begin_card("new.forms-card");
  draw_heading(pen, "new.forms-title", pen.words("Checklists"));
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
  // Its room stays when it goes: nothing moves under the finger.
  kit.gap(Space::kSmall);
  const std::string_view wanting = pen.words("A place, a kind and a checklist are needed.");
  if (!model.can_start) {
    ui::paragraph(kit, "new.wanting", wanting, Style::kSecondary, ui::Tone::kMuted);
  } else {
    const auto lines = kit.canvas().wrap(wanting, Style::kSecondary, kit.column().width);
    static_cast<void>(kit.place({kit.column().width, kit.canvas().line_height(Style::kSecondary) *
                                                         static_cast<float>(lines.size())}));
  }
  end_screen(pen);
}

void draw_visit(const Pen& pen, const Chrome& chrome, const VisitModel& model) {
  ui::Kit& kit = pen.kit;
  TopBar top;
  top.title = model.place;
  top.about = model.about;
  top.back = true;
  begin_screen(pen, chrome, top);
  if (!model.unread.empty()) {
    ui::bar(kit, "visit.unread", model.unread, ui::Tone::kError);
    end_screen(pen);
    return;
  }
  for (const VisitModel::Record& record : model.records) draw_record(pen, record);
  if (model.records.empty()) {
    ui::paragraph(kit, "visit.none", pen.words("This visit has no checklist yet. Add one below."),
                  Style::kBody, ui::Tone::kMuted);
    kit.gap(Space::kMedium);
  }
  draw_interviews(pen, model);
  draw_findings(pen, model);
  draw_about(pen, model);
  kit.begin_card("visit.add-card");
  draw_heading(pen, "visit.add-title", pen.words("Add a checklist"));
  if (const auto form = ui::options(kit, "visit.add", model.forms, false)) {
    pen.ask(command::AddChecklist{model.forms[*form].value});
  }
  kit.end_card();
  kit.gap(Space::kLarge);
  ui::ButtonLook look;
  look.kind = ui::ButtonLook::Kind::kPrimary;
  if (ui::button(kit, "visit.review", pen.words("Review and finish"), look)) {
    pen.ask(command::ReviewVisit{model.visit});
  }
  // Far from what is meant to be pressed.
  kit.gap(3 * Space::kHuge);
  if (ui::hold_button(kit, "visit.discard", pen.words("Hold to discard the visit"), false,
                      ui::Tone::kMuted)) {
    pen.ask(command::DiscardVisit{model.visit});
  }
  end_screen(pen);
}

}  // namespace vigil::tablet
