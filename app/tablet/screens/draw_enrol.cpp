// SPDX-License-Identifier: Apache-2.0
//
// Enrolment, face to face: the tablet's request as a picture to scan or a file to carry, words read
// aloud by both sides, the office's kit.
#include <fmt/format.h>

#include "app/tablet/screens/draw.h"

namespace vigil::tablet {

using ui::Rect;
using ui::Space;
using ui::Style;

namespace {

constexpr int kQuietZone = 4;  // modules around a QR code (ISO/IEC 18004)
constexpr float kQrSide = 380;

void draw_make_vault(const Pen& pen, const EnrolModel& model) {
  ui::Kit& kit = pen.kit;
  kit.begin_card("enrol.make");
  draw_heading(pen, "enrol.make-title", pen.words("A new tablet"));
  ui::paragraph(kit, "enrol.make-about",
                pen.words("Its vault is locked with a passphrase. Six words or more that you can "
                          "remember are a good one. Nobody can tell you a forgotten passphrase."),
                Style::kBody, ui::Tone::kMuted);
  kit.gap(Space::kMedium);
  ui::FieldLook look;
  look.name = pen.words("Name of the tablet, such as tablet-1; never a person's");
  look.placeholder = look.name;
  ui::paragraph(kit, "enrol.label-name", look.name, Style::kSecondary, ui::Tone::kMuted);
  kit.gap(Space::kTiny);
  const ui::FieldOutcome label = ui::field(kit, "enrol.label", model.label, look);
  if (label.value) pen.ask(command::SetLabel{*label.value});
  kit.gap(Space::kMedium);
  if (label.entered) ui::go_to_next_field(kit, "enrol.label");
  const bool entered =
      draw_new_secret(pen, "enrol", pen.words("Passphrase"), pen.words("Passphrase again"),
                      *model.new_passphrase, *model.again);
  ui::ButtonLook button;
  button.kind = ui::ButtonLook::Kind::kPrimary;
  if (!model.error.empty()) {
    ui::bar(kit, "enrol.error", model.error, ui::Tone::kError);
    kit.gap(Space::kMedium);
  }
  button.disabled = !is_good_secret(*model.new_passphrase, *model.again);
  const bool tapped = ui::button(kit, "enrol.make-vault", pen.words("Make the vault"), button);
  if ((tapped || entered) && !button.disabled) {
    pen.ask(command::MakeVault{});
  }
  kit.end_card();
}

void draw_qr(const Pen& pen, const EnrolModel& model) {
  ui::Kit& kit = pen.kit;
  const int modules = model.qr_side + 2 * kQuietZone;
  // All of it at once on the screen, however large the letters are.
  const float height = kit.screen().height - kit.px(ui::kTopBarHeight + 2 * Space::kLarge);
  // Whole pixels for each module: readers want straight edges.
  const float room = std::min({kit.column().width, height, kit.px(kQrSide)});
  const float module = std::max(1.0F, std::floor(room / static_cast<float>(modules)));
  const float side = module * static_cast<float>(modules);
  const Rect rect = kit.place({side, side});
  kit.add_still({.key = "enrol.qr",
                 .role = ui::Role::kText,
                 .text = std::string(pen.words("The request as a QR code")),
                 .rect = rect});
  // Dark on light in both themes: that is what readers know.
  kit.canvas().fill(rect, ui::light_theme().surface);
  for (int y = 0; y < model.qr_side; ++y) {
    for (int x = 0; x < model.qr_side;) {
      const auto dark = [&](int at) {
        return at < model.qr_side && model.qr[static_cast<std::size_t>(y * model.qr_side + at)];
      };
      int end = x;
      while (dark(end)) ++end;
      if (end > x) {
        kit.canvas().fill({rect.x + module * static_cast<float>(x + kQuietZone),
                           rect.y + module * static_cast<float>(y + kQuietZone),
                           module * static_cast<float>(end - x), module},
                          ui::light_theme().ink);
      }
      x = std::max(end, x + 1);
    }
  }
}

void draw_request(const Pen& pen, const EnrolModel& model) {
  ui::Kit& kit = pen.kit;
  kit.begin_card("enrol.request");
  draw_heading(pen, "enrol.request-title", pen.words("1. The request"));
  ui::paragraph(kit, "enrol.request-about",
                pen.words("The office scans this picture, or takes the file from a stick."),
                Style::kBody, ui::Tone::kMuted);
  kit.gap(Space::kMedium);
  if (model.qr_side > 0) draw_qr(pen, model);
  kit.gap(Space::kMedium);
  for (const ui::Option& stick : model.sticks) {
    ui::paragraph(kit, "enrol.stick." + stick.label,
                  words::fill(pen.words("Stick {0}"), {stick.label}), Style::kBodyBold);
    kit.gap(Space::kTiny);
    if (ui::button(kit, "enrol.save." + stick.label,
                   words::fill(pen.words("Save to {0}"), {stick.label}))) {
      pen.ask(command::SaveRequest{stick.value});
    }
    kit.gap(Space::kSmall);
  }
  if (!model.saved.empty()) {
    ui::bar(kit, "enrol.saved", model.saved, ui::Tone::kOk);
    kit.gap(Space::kSmall);
  }
  if (!model.error.empty()) {
    ui::bar(kit, "enrol.error", model.error, ui::Tone::kError);
    kit.gap(Space::kSmall);
  }
  kit.end_card();
  kit.gap(Space::kMedium);
  kit.begin_card("enrol.words-card");
  draw_heading(pen, "enrol.words-title", pen.words("2. The words"));
  draw_words(pen, "enrol.words",
             pen.words("Read them aloud. The office's screen must show the same ones."),
             model.words);
  kit.end_card();
}

void draw_kits(const Pen& pen, const EnrolModel& model) {
  ui::Kit& kit = pen.kit;
  kit.begin_card("enrol.kit");
  draw_heading(pen, "enrol.kit-title", pen.words("3. The office's kit"));
  if (!model.office.empty()) {
    ui::paragraph(kit, "enrol.office", model.office, Style::kBodyBold);
    kit.gap(Space::kSmall);
  }
  if (!model.enrolled.empty()) {
    ui::bar(kit, "enrol.done", model.enrolled, ui::Tone::kOk);
    kit.gap(Space::kMedium);
    ui::ButtonLook look;
    look.kind = ui::ButtonLook::Kind::kPrimary;
    if (ui::button(kit, "enrol.go-on", pen.words("To the visits"), look)) {
      pen.ask(command::Back{});
    }
    kit.gap(Space::kLarge);
  }
  if (!model.office_words.empty()) {
    draw_words(pen, "enrol.office-words",
               pen.words("The key of the office that made this kit, as words. The office reads its "
                         "own aloud: are they the same?"),
               model.office_words);
    kit.gap(Space::kMedium);
    kit.begin_row();
    ui::ButtonLook look;
    look.kind = ui::ButtonLook::Kind::kPrimary;
    if (ui::button(kit, "enrol.same", pen.words("They are the same"), look)) {
      pen.ask(command::AcceptKit{});
    }
    if (ui::button(kit, "enrol.differ", pen.words("They differ"))) pen.ask(command::RefuseKit{});
    kit.end_row();
    kit.end_card();
    return;
  }
  if (model.kits.empty()) {
    ui::paragraph(kit, "enrol.no-kit",
                  pen.words("No kit was found. Plug in the office's stick and look again."),
                  Style::kBody, ui::Tone::kMuted);
    kit.gap(Space::kSmall);
  }
  for (const ui::Option& found : model.kits) {
    const bool only = model.kits.size() == 1;
    if (ui::button(kit, "enrol.kit." + found.label,
                   only ? std::string(pen.words("Take the kit"))
                        : words::fill(pen.words("Take the kit {0}"), {found.label}))) {
      pen.ask(command::ReadKit{found.value});
    }
    kit.gap(Space::kSmall);
  }
  if (!model.kit_error.empty()) {
    ui::bar(kit, "enrol.kit-error", model.kit_error, ui::Tone::kError);
    kit.gap(Space::kSmall);
  }
  if (ui::button(kit, "enrol.look", pen.words("Look again"))) {
    pen.ask(command::LookForSticks{});
  }
  kit.end_card();
}

}  // namespace

void draw_enrol(const Pen& pen, const Chrome& chrome, const EnrolModel& model) {
  ui::Kit& kit = pen.kit;
  TopBar top;
  top.title = pen.words("Enrolment");
  top.about = model.make_vault ? std::string_view() : std::string_view(model.label);
  top.back = true;
  top.lock = !model.make_vault;
  begin_screen(pen, chrome, top);
  if (model.make_vault) {
    draw_make_vault(pen, model);
  } else {
    draw_request(pen, model);
    kit.gap(Space::kMedium);
    draw_kits(pen, model);
  }
  end_screen(pen);
}

}  // namespace vigil::tablet
