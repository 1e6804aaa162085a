// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "app/tablet/screens/draw.h"

namespace vigil::tablet {

using ui::Rect;
using ui::Space;
using ui::Style;

namespace {

constexpr float kPageWidth = 1200;
constexpr float kProgressWidth = 220;
// Narrower than this, what stood beside each other stands below.
constexpr float kWide = 760;

void draw_search(const Pen& pen, const VisitsModel& model) {
  ui::Kit& kit = pen.kit;
  ui::ButtonLook look;
  look.kind = ui::ButtonLook::Kind::kPrimary;
  look.icon = ui::Icon::kPlus;
  const float whole = kit.column().width;
  const ui::Size button = ui::button_size(kit, pen.words("New visit"), look, whole);
  const bool wide = model.enrolled && whole >= kit.px(kWide);
  if (!model.enrolled) {
    ui::bar(kit, "visits.unenrolled",
            pen.words("This tablet is not enrolled yet. Take its request to the office and accept "
                      "the office's kit."),
            ui::Tone::kWarning);
    kit.gap(Space::kMedium);
  }
  ui::FieldLook field;
  field.placeholder = pen.words("Search by code, place or date");
  field.name = field.placeholder;
  field.immediate = true;
  field.icon = ui::Icon::kSearch;
  kit.begin_row(Space::kMedium);
  if (wide) {
    field.width = (whole - button.width - kit.px(Space::kMedium)) / kit.canvas().scale();
  }
  const ui::FieldOutcome search = ui::field(kit, "visits.search", model.search, field);
  if (search.value) pen.ask(command::Search{*search.value});
  if (model.enrolled) {
    const Rect rect = kit.place(wide ? button : ui::Size{whole, button.height});
    if (ui::button_at(kit, "visits.new", rect, pen.words("New visit"), look)) {
      pen.ask(command::NewVisit{});
    }
  }
  kit.end_row();
}

std::string progress_words(const Pen& pen, const VisitsModel::Open& visit) {
  if (visit.unread) return std::string(pen.words("Damaged"));
  std::string words = words::fill(
      pen.words("{0} of {1}"), {fmt::format("{}", visit.answered), fmt::format("{}", visit.asked)});
  if (visit.answered == visit.asked && visit.asked > 0) {
    words += fmt::format(" · {}", pen.words("can be finished"));
  }
  return words;
}

void draw_progress(const Pen& pen, const VisitsModel::Open& visit, const std::string& key,
                   const Rect& room) {
  ui::Kit& kit = pen.kit;
  const float line = kit.canvas().line_height(Style::kSecondary);
  const float height = line + kit.px(Space::kTiny) + kit.px(6);
  const float y = room.y + std::round((room.height - height) / 2);
  const std::string words = progress_words(pen, visit);
  ui::line_at(kit, key + ".count", {room.x, y, room.width, line}, words, Style::kSecondary,
              ui::Tone::kMuted);
  const float share =
      visit.asked == 0 ? 0 : static_cast<float>(visit.answered) / static_cast<float>(visit.asked);
  ui::progress_at(kit, key + ".progress",
                  {room.x, y + line + kit.px(Space::kTiny), room.width, kit.px(6)}, share,
                  share >= 1 ? ui::Tone::kOk : ui::Tone::kPrimary, words);
}

void draw_open_visit(const Pen& pen, const VisitsModel::Open& visit) {
  ui::Kit& kit = pen.kit;
  ui::Canvas& canvas = kit.canvas();
  const std::string key = fmt::format("visit.{}", visit.code);
  kit.begin_card(key);
  const Rect inside = kit.column();
  const bool done = visit.asked > 0 && visit.answered == visit.asked;
  ui::ButtonLook look;
  look.kind = done ? ui::ButtonLook::Kind::kPlain : ui::ButtonLook::Kind::kPrimary;
  const std::string_view word = done                  ? pen.words("Check")
                                : visit.answered == 0 ? pen.words("Open")
                                                      : pen.words("Continue");
  ui::Size button = ui::button_size(kit, word, look, inside.width);
  // One width whatever it says, so that the bars of all visits end at one line.
  ui::ButtonLook widest;
  widest.kind = ui::ButtonLook::Kind::kPrimary;
  for (const std::string_view other :
       {pen.words("Check"), pen.words("Open"), pen.words("Continue")}) {
    button.width = std::max(button.width, ui::button_size(kit, other, widest, inside.width).width);
  }
  const float progress_width = std::max(
      kit.px(kProgressWidth), canvas.text_width(progress_words(pen, visit), Style::kSecondary) + 2);
  const float gap = kit.px(Space::kLarge);
  const bool wide = inside.width - button.width - progress_width - 2 * gap >= kit.px(260);
  const float words_width =
      wide ? inside.width - button.width - progress_width - 2 * gap : inside.width;
  kit.push_column({inside.x, inside.y, words_width, inside.height});
  ui::paragraph(kit, key + ".place", visit.place, Style::kQuestion, ui::Tone::kPlain,
                ui::Role::kHeading);
  ui::paragraph(kit, key + ".about", visit.about, Style::kBody, ui::Tone::kMuted);
  float bottom = kit.pop_column();
  if (!wide) bottom += kit.px(Space::kMedium);
  const float y = wide ? inside.y : bottom;
  const float height = wide ? std::max(bottom - inside.y, button.height) : button.height;
  const float button_x = inside.right() - button.width;
  const float progress_x = wide ? button_x - gap - progress_width : inside.x;
  const float progress_room =
      wide ? progress_width : std::max(kit.px(80), button_x - gap - inside.x);
  const bool stacked = !wide && progress_room < progress_width;
  draw_progress(pen, visit, key, {progress_x, y, stacked ? inside.width : progress_room, height});
  const float button_y = stacked ? y + height : y + (height - button.height) / 2;
  const Rect button_rect = {stacked ? inside.x : button_x, button_y,
                            stacked ? inside.width : button.width, button.height};
  if (ui::button_at(kit, key + ".open", button_rect, word, look)) {
    if (done) {
      pen.ask(command::ReviewVisit{visit.visit});
    } else {
      pen.ask(command::OpenVisit{visit.visit});
    }
  }
  kit.place({inside.width, std::max(button_rect.bottom(), y + height) - inside.y});
  kit.end_card();
  kit.gap(Space::kMedium);
}

void draw_sealed_visit(const Pen& pen, const VisitsModel::Sealed& visit, bool last) {
  ui::Kit& kit = pen.kit;
  ui::Canvas& canvas = kit.canvas();
  const std::string key = fmt::format("sealed.{}", visit.code);
  const StateWords state = state_words(pen, visit.state, visit.sent_percent);
  const Rect row = kit.column();
  const float line = canvas.line_height(Style::kBody);
  const float code_width =
      std::max(kit.px(140), canvas.text_width(visit.code, Style::kBodyBold) + 2);
  const float day_width = canvas.text_width(visit.day, Style::kBody) + 2;
  const float state_width = canvas.text_width(state.text, Style::kBody) + 2;
  const float gap = kit.px(Space::kMedium);
  const bool beside = code_width + gap + day_width + gap + state_width <= row.width;
  const float top = row.y + kit.px(Space::kMedium);
  ui::line_at(kit, key + ".code", {row.x, top, code_width, line}, visit.code, Style::kBodyBold);
  ui::line_at(kit, key + ".day", {row.x + code_width + gap, top, day_width, line}, visit.day,
              Style::kBody, ui::Tone::kMuted);
  float bottom = top + line;
  if (beside) {
    ui::line_at(kit, key + ".state", {row.right() - state_width, top, state_width, line},
                state.text, Style::kBody, state.tone, ui::Align::kRight, ui::Role::kStatus);
  } else {
    kit.push_column({row.x, bottom, row.width, line});
    ui::paragraph(kit, key + ".state", state.text, Style::kBody, state.tone, ui::Role::kStatus);
    bottom = kit.pop_column();
  }
  kit.place({row.width, bottom - row.y + kit.px(Space::kMedium)});
  if (!last) ui::hairline(kit);
}

void draw_empty(const Pen& pen, const VisitsModel& model) {
  ui::Kit& kit = pen.kit;
  kit.begin_card("visits.empty");
  if (model.filtered) {
    ui::paragraph(kit, "visits.none", pen.words("No visit matches."), Style::kQuestion,
                  ui::Tone::kPlain, ui::Role::kHeading);
    ui::paragraph(kit, "visits.what", pen.words("Search for another code, place or date."),
                  Style::kBody, ui::Tone::kMuted);
  } else {
    ui::paragraph(kit, "visits.none", pen.words("There are no visits on this tablet."),
                  Style::kQuestion, ui::Tone::kPlain, ui::Role::kHeading);
    if (model.enrolled) {
      ui::paragraph(kit, "visits.what",
                    pen.words("Start one when you arrive; what you answer is kept at once."),
                    Style::kBody, ui::Tone::kMuted);
    }
  }
  kit.end_card();
}

void draw_part(const Pen& pen, std::string_view key, std::string_view text) {
  pen.kit.gap(Space::kMedium);
  ui::paragraph(pen.kit, key, text, Style::kBodyBold, ui::Tone::kMuted, ui::Role::kHeading);
  pen.kit.gap(Space::kSmall);
}

void draw_ways(const Pen& pen, const VisitsModel& model) {
  ui::Kit& kit = pen.kit;
  kit.gap(Space::kLarge);
  kit.begin_row();
  std::string outbox(pen.words("Outbox"));
  if (model.waiting > 0) outbox += fmt::format(" · {}", model.waiting);
  if (ui::button(kit, "visits.outbox", outbox)) pen.ask(command::OpenOutbox{});
  if (ui::button(kit, "visits.settings", pen.words("Settings"))) {
    pen.ask(command::OpenSettings{});
  }
  if (!model.enrolled) {
    ui::ButtonLook look;
    look.kind = ui::ButtonLook::Kind::kPrimary;
    if (ui::button(kit, "visits.enrol", pen.words("Enrol this tablet"), look)) {
      pen.ask(command::OpenEnrolment{});
    }
  }
  kit.end_row();
}

}  // namespace

void draw_visits(const Pen& pen, const Chrome& chrome, const VisitsModel& model) {
  ui::Kit& kit = pen.kit;
  TopBar top;
  top.title = pen.words("Visits");
  std::string status;
  if (model.waiting > 0) {
    status = pen.words.plural("{0} waits to be sent", "{0} wait to be sent",
                              static_cast<unsigned long>(model.waiting));
    top.status = status;
  }
  if (!model.sending.empty()) {
    top.status = model.sending;
    top.status_tone = ui::Tone::kPrimary;
  }
  begin_screen(pen, chrome, top, {.width = kPageWidth});
  if (!model.clock.empty()) {
    ui::bar(kit, "visits.clock", model.clock, ui::Tone::kWarning);
    kit.gap(Space::kMedium);
  }
  if (!model.unread.empty()) {
    ui::bar(kit, "visits.unread", model.unread, ui::Tone::kError);
    draw_ways(pen, model);
    end_screen(pen);
    return;
  }
  draw_search(pen, model);
  if (!model.open.empty()) draw_part(pen, "visits.open", pen.words("In progress"));
  for (const VisitsModel::Open& visit : model.open) draw_open_visit(pen, visit);
  if (!model.sealed.empty()) {
    if (!model.open.empty()) kit.gap(-Space::kSmall);
    draw_part(pen, "visits.sealed",
              pen.words("Sealed: they cannot be opened on this tablet any more"));
    kit.begin_card("visits.sealed-list", Space::kTiny);
    const Rect inside = kit.column();
    const float side = kit.px(Space::kLarge - Space::kTiny);
    kit.push_column({inside.x + side, inside.y, inside.width - 2 * side, inside.height});
    for (std::size_t index = 0; index < model.sealed.size(); ++index) {
      draw_sealed_visit(pen, model.sealed[index], index + 1 == model.sealed.size());
    }
    kit.close_column();
    kit.end_card();
  }
  if (model.open.empty() && model.sealed.empty()) {
    kit.gap(Space::kLarge);
    draw_empty(pen, model);
  }
  draw_ways(pen, model);
  end_screen(pen);
}

}  // namespace vigil::tablet
