// SPDX-License-Identifier: Apache-2.0
//
// What waits to leave the tablet, and the page shown while something long goes on.
#include <fmt/format.h>

#include "app/tablet/screens/draw.h"

namespace vigil::tablet {

using ui::Rect;
using ui::Space;
using ui::Style;

namespace {

void draw_entry(const Pen& pen, const OutboxModel::Entry& entry, bool last) {
  ui::Kit& kit = pen.kit;
  const std::string key = "outbox." + entry.code;
  kit.gap(Space::kMedium);
  const StateWords state = state_words(pen, entry.state, entry.sent_percent);
  ui::paragraph(kit, key, fmt::format("{} · {} · {}", entry.code, entry.day, entry.size),
                Style::kBodyBold);
  ui::paragraph(kit, key + ".state", state.text, Style::kBody, state.tone, ui::Role::kStatus);
  if (!entry.note.empty()) {
    ui::paragraph(kit, key + ".note", entry.note, Style::kSecondary, ui::Tone::kMuted);
  }
  kit.gap(Space::kMedium);
  if (!last) ui::hairline(kit);
}

// Where the button stands that led to it.
void draw_outcome(const Pen& pen, const OutboxModel& model) {
  pen.kit.gap(Space::kMedium);
  ui::bar(pen.kit, "outbox.outcome", model.outcome,
          model.outcome_is_bad       ? ui::Tone::kError
          : model.outcome_is_nothing ? ui::Tone::kWarning
                                     : ui::Tone::kOk);
}

void draw_network(const Pen& pen, const OutboxModel& model) {
  ui::Kit& kit = pen.kit;
  kit.begin_card("outbox.network");
  draw_heading(pen, "outbox.network-title", pen.words("Over the network"));
  draw_hub_to_send_to(pen, model.hub, model.sending);
  if (model.sending) {
    ui::bar(kit, "outbox.sending", model.sending_text, ui::Tone::kPrimary);
    kit.gap(Space::kMedium);
    if (ui::button(kit, "outbox.stop", pen.words("Stop"))) pen.ask(command::StopSending{});
  } else {
    ui::ButtonLook button;
    button.kind = ui::ButtonLook::Kind::kPrimary;
    button.disabled = model.waiting == 0 || model.hub.in_use().empty() || !model.enrolled;
    if (ui::button(kit, "outbox.send", pen.words("Send"), button)) pen.ask(command::Send{});
  }
  if (!model.outcome.empty() && model.outcome_stick.empty()) draw_outcome(pen, model);
  kit.end_card();
  kit.gap(Space::kMedium);
}

void draw_stick(const Pen& pen, const OutboxModel& model) {
  ui::Kit& kit = pen.kit;
  kit.begin_card("outbox.stick");
  draw_heading(pen, "outbox.stick-title", pen.words("By stick"));
  ui::paragraph(kit, "outbox.stick-about",
                pen.words("Sealed visits are copied and stay here too. The office puts the "
                          "receipts on the same stick; taken in, they let this tablet erase."),
                Style::kSecondary, ui::Tone::kMuted);
  kit.gap(Space::kMedium);
  if (model.sticks.empty()) {
    ui::paragraph(kit, "outbox.no-stick",
                  pen.words("No stick is plugged in. Plug one in and look again."), Style::kBody,
                  ui::Tone::kMuted);
    kit.gap(Space::kSmall);
  }
  bool told = model.outcome.empty() || model.outcome_stick.empty();
  for (const ui::Option& stick : model.sticks) {
    const std::string key = "outbox.stick." + stick.label;
    ui::paragraph(kit, key, words::fill(pen.words("Stick {0}"), {stick.label}), Style::kBodyBold);
    kit.gap(Space::kTiny);
    kit.begin_row();
    ui::ButtonLook look;
    look.disabled = model.waiting == 0;
    if (ui::button(kit, key + ".out", words::fill(pen.words("Copy to {0}"), {stick.label}), look)) {
      pen.ask(command::CarryOut{stick.value});
    }
    if (ui::button(kit, key + ".in",
                   words::fill(pen.words("Take receipts from {0}"), {stick.label}), look)) {
      pen.ask(command::CarryIn{stick.value});
    }
    kit.end_row();
    if (!told && stick.value == model.outcome_stick) {
      draw_outcome(pen, model);
      told = true;
    }
    kit.gap(Space::kSmall);
  }
  if (!told) {  // its stick is gone
    draw_outcome(pen, model);
    kit.gap(Space::kSmall);
  }
  if (ui::button(kit, "outbox.look", pen.words("Look again"))) {
    pen.ask(command::LookForSticks{});
  }
  kit.end_card();
}

}  // namespace

void draw_outbox(const Pen& pen, const Chrome& chrome, const OutboxModel& model) {
  ui::Kit& kit = pen.kit;
  TopBar top;
  top.title = pen.words("Outbox");
  top.back = true;
  begin_screen(pen, chrome, top);
  if (!model.unread.empty()) {
    ui::bar(kit, "outbox.unread", model.unread, ui::Tone::kError);
    end_screen(pen);
    return;
  }
  kit.begin_card("outbox.list");
  std::string waiting = pen.words.plural("{0} visit waits to be sent", "{0} visits wait to be sent",
                                         static_cast<unsigned long>(model.waiting));
  if (model.waiting > 0) waiting += " · " + model.waiting_size;
  draw_heading(pen, "outbox.waiting", waiting);
  if (model.entries.empty()) {
    ui::paragraph(kit, "outbox.none",
                  pen.words("Nothing was sealed on this tablet yet. What you seal waits here until "
                            "the office has it."),
                  Style::kBody, ui::Tone::kMuted);
  }
  for (std::size_t index = 0; index < model.entries.size(); ++index) {
    draw_entry(pen, model.entries[index], index + 1 == model.entries.size());
  }
  kit.end_card();
  kit.gap(Space::kMedium);
  draw_network(pen, model);
  draw_stick(pen, model);
  end_screen(pen);
}

void draw_busy(const Pen& pen, const Chrome& chrome, const BusyModel& model) {
  ui::Kit& kit = pen.kit;
  TopBar top;
  top.title = model.title;
  top.lock_is_hide = true;
  begin_screen(pen, chrome, top, {.width = 600, .low = true});
  kit.begin_card("busy.card", Space::kHuge);
  draw_heading(pen, "busy.title", model.title);
  if (!model.text.empty()) ui::paragraph(kit, "busy.text", model.text, Style::kBody);
  if (model.percent) {
    kit.gap(Space::kMedium);
    ui::progress_at(kit, "busy.progress", kit.place({kit.column().width, kit.px(6)}),
                    static_cast<float>(*model.percent) / 100, ui::Tone::kPrimary,
                    fmt::format("{} %", *model.percent));
  }
  std::string said = model.percent ? fmt::format("{} %", *model.percent) : std::string();
  if (!model.since.empty()) said += (said.empty() ? "" : " · ") + model.since;
  if (!said.empty()) {
    kit.gap(Space::kMedium);
    ui::paragraph(kit, "busy.since", said, Style::kSecondary, ui::Tone::kMuted);
  }
  kit.end_card();
  end_screen(pen);
}

}  // namespace vigil::tablet
