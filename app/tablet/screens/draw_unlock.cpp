// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/screens/draw.h"

namespace vigil::tablet {

using ui::Rect;
using ui::Space;
using ui::Style;

namespace {

// A tablet that nobody has set up yet: nothing is wrong, and there is one thing to do.
void draw_welcome(const Pen& pen) {
  ui::Kit& kit = pen.kit;
  kit.begin_card("unlock", Space::kHuge);
  ui::paragraph(kit, "unlock.title", pen.words("Welcome"), Style::kQuestion, ui::Tone::kPlain,
                ui::Role::kHeading);
  kit.gap(Space::kTiny);
  ui::paragraph(kit, "unlock.about",
                pen.words("Nothing is kept on this tablet yet. It gets a name and a passphrase "
                          "first, then the office's kit."),
                Style::kBody, ui::Tone::kMuted);
  kit.gap(Space::kLarge);
  ui::ButtonLook button;
  button.kind = ui::ButtonLook::Kind::kPrimary;
  if (ui::button(kit, "unlock.enrol", pen.words("Set up this tablet"), button)) {
    pen.ask(command::OpenEnrolment{});
  }
  kit.end_card();
}

}  // namespace

void draw_unlock(const Pen& pen, const Chrome& chrome, const UnlockModel& model) {
  ui::Kit& kit = pen.kit;
  TopBar top;
  top.title = "Vigil";
  top.lock = false;
  begin_screen(pen, chrome, top, {.width = 480, .low = true});
  if (model.absent) {
    draw_welcome(pen);
    return end_screen(pen);
  }
  kit.begin_card("unlock", Space::kHuge);
  ui::paragraph(kit, "unlock.title", pen.words("Unlock"), Style::kQuestion, ui::Tone::kPlain,
                ui::Role::kHeading);
  kit.gap(Space::kTiny);
  ui::paragraph(kit, "unlock.about",
                pen.words("Visits that are not finished open with your passphrase. Finished visits "
                          "cannot be opened on this tablet at all."),
                Style::kSecondary, ui::Tone::kMuted);
  kit.gap(Space::kMedium);
  ui::FieldLook look;
  look.placeholder = pen.words("Passphrase");
  look.name = pen.words("Passphrase");
  look.error = !model.error.empty();
  look.disabled = model.busy;
  // The only field: whoever comes here wants to type. Once, so that it can be left.
  if (std::string& begun = kit.kept("unlock.begun"); begun.empty() && !look.disabled) {
    begun = "1";
    kit.focus("unlock.passphrase");
  }
  ui::ButtonLook button;
  button.kind = ui::ButtonLook::Kind::kPrimary;
  button.disabled = model.busy || !model.wait.empty() || model.passphrase->empty();
  const std::string_view word = model.busy ? pen.words("Opening…") : pen.words("Open");
  const ui::Size size = ui::button_size(kit, word, button, kit.column().width);
  // On a low screen the keyboard leaves room for one line: what is typed, and its button.
  constexpr float kLow = 300;
  const bool low = kit.keyboard().shown && kit.screen().height < kit.px(kLow);
  bool tapped = false;
  if (low) {
    const float left = kit.column().width - size.width - kit.px(ui::kControlGap);
    look.width = left / kit.canvas().scale();
    kit.begin_row();
  }
  const bool entered = ui::secret_field(kit, "unlock.passphrase", *model.passphrase, look);
  if (low) {
    tapped = ui::button_at(kit, "unlock.open", kit.place(size), word, button);
    kit.end_row();
  }
  std::string& raised = kit.kept("unlock.raised");
  if (low && raised.empty()) {
    kit.reveal("unlock.passphrase");
  }
  raised = low ? "1" : "";
  kit.gap(Space::kMedium);
  if (!model.error.empty()) {
    ui::bar(kit, "unlock.error", model.error, ui::Tone::kError);
    kit.gap(Space::kMedium);
  }
  if (!model.wait.empty()) {
    ui::bar(kit, "unlock.wait", model.wait, ui::Tone::kWarning);
    kit.gap(Space::kMedium);
  }
  if (!model.busy_text.empty()) {
    ui::bar(kit, "unlock.busy", model.busy_text, ui::Tone::kWarning);
    kit.gap(Space::kMedium);
  }
  if (!low) {
    const Rect rect = kit.place({kit.column().width, size.height});
    tapped = ui::button_at(kit, "unlock.open", rect, word, button);
  }
  if ((tapped || entered) && !button.disabled) pen.ask(command::Unlock{});
  kit.end_card();
  kit.gap(Space::kLarge);
  ui::paragraph(kit, "unlock.honest",
                pen.words("A passphrase given under force opens unfinished visits. Finish a visit "
                          "before you leave the place: then nobody can read it here."),
                Style::kSecondary, ui::Tone::kMuted);
  end_screen(pen);
}

void draw_hidden(const Pen& pen, const HiddenModel& model) {
  ui::Kit& kit = pen.kit;
  const Rect screen = kit.screen();
  // Any touch or key leads back; nothing says where.
  const ui::Interaction touch =
      kit.add({.key = "hidden", .role = ui::Role::kButton, .text = model.clock, .rect = screen});
  kit.canvas().fill(screen, kit.theme().background);
  const float height = kit.canvas().line_height(Style::kResult);
  const float width = kit.canvas().text_width(model.clock, Style::kResult);
  kit.canvas().text({(screen.width - width) / 2, (screen.height - height) / 2}, model.clock,
                    Style::kResult, kit.theme().muted);
  using Kind = ui::InputEvent::Kind;
  ui::InputEvent& event = kit.event();
  const bool ours = event.key == ui::Key::kHide || event.key == ui::Key::kPanic;
  const bool by_key = event.kind == Kind::kText || (event.kind == Kind::kKey && !ours);
  if (by_key) {
    // It wakes, and does nothing else.
    ui::wipe_text(event.text);
    event.key = ui::Key::kNone;
  }
  if (touch.tapped || by_key) pen.ask(command::ShowUnlock{});
}

}  // namespace vigil::tablet
