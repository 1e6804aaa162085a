// SPDX-License-Identifier: Apache-2.0
//
// Where sealed visits go: as the office's kit says, or as somebody typed it on this tablet, which
// is never shown without saying so.
#include <fmt/format.h>

#include "app/tablet/screens/draw.h"

namespace vigil::tablet {

using ui::Space;
using ui::Style;

namespace {

void draw_other_hub(const Pen& pen, std::string_view page, const HubModel& hub, bool sending) {
  ui::Kit& kit = pen.kit;
  ui::bar(
      kit, fmt::format("{}.hub-warning", page),
      words::fill(pen.words("Visits go to {0}: somebody typed that on this tablet. The office's "
                            "hub is {1}."),
                  {hub.typed, hub.office}),
      ui::Tone::kWarning);
  kit.gap(Space::kMedium);
  ui::ButtonLook look;
  look.disabled = sending;
  if (ui::button(kit, fmt::format("{}.hub-back", page), pen.words("Use the office's hub"), look)) {
    pen.ask(command::UseOfficeHub{});
  }
  kit.gap(Space::kMedium);
}

// By which sign the office says its hub is known.
std::string office_hub_sign(const Pen& pen, const HubModel& hub) {
  if (hub.office.starts_with("http://")) {
    return std::string(
        pen.words("Not encrypted on the way, and whoever has the network can pose as it."));
  }
  if (hub.office_pins == 0) return std::string(pen.words("Known by a public certificate."));
  return pen.words.plural("Known by {0} key that the office names.",
                          "Known by {0} keys that the office names.",
                          static_cast<unsigned long>(hub.office_pins));
}

void draw_fields(const Pen& pen, const HubModel& model) {
  ui::Kit& kit = pen.kit;
  ui::FieldLook look;
  look.placeholder = pen.words("Address of the hub, https://…");
  look.name = look.placeholder;
  const ui::FieldOutcome hub = ui::field(kit, "settings.hub", model.typed, look);
  if (hub.value) pen.ask(command::SetHub{*hub.value});
  kit.gap(Space::kMedium);
  look.placeholder = pen.words("Pin of its key, sha256//…");
  look.name = look.placeholder;
  look.error = !model.pin_error.empty();
  const ui::FieldOutcome pin = ui::field(kit, "settings.hub-pin", model.typed_pin, look);
  if (pin.value) pen.ask(command::SetHubPin{*pin.value});
  kit.gap(Space::kSmall);
  if (look.error) {
    ui::bar(kit, "settings.hub-pin-error", model.pin_error, ui::Tone::kError);
    kit.gap(Space::kSmall);
  }
  ui::paragraph(kit, "settings.hub-about",
                pen.words("With a pin only that key counts, whoever signed the certificate and "
                          "whatever day the tablet believes it is. The office gives it; without "
                          "one the certificate must be a public one."),
                Style::kSecondary, ui::Tone::kMuted);
}

}  // namespace

void draw_hub_settings(const Pen& pen, const HubModel& model) {
  ui::Kit& kit = pen.kit;
  kit.begin_card("settings.hub-card");
  draw_heading(pen, "settings.hub-title", pen.words("Hub"));
  const bool as_office_says = !model.office.empty() && model.typed.empty();
  if (model.against_office()) draw_other_hub(pen, "settings", model, false);
  if (as_office_says) {
    ui::paragraph(kit, "settings.hub-office", model.office, Style::kBodyBold);
    ui::paragraph(
        kit, "settings.hub-sign",
        fmt::format("{} {}", pen.words("Named by the office's kit."), office_hub_sign(pen, model)),
        Style::kSecondary, ui::Tone::kMuted);
    kit.gap(Space::kMedium);
  }
  if (as_office_says && !model.typing) {
    if (ui::button(kit, "settings.hub-other", pen.words("Type another hub"))) {
      pen.ask(command::TypeAnotherHub{});
    }
  } else {
    draw_fields(pen, model);
  }
  kit.end_card();
}

void draw_hub_to_send_to(const Pen& pen, const HubModel& model, bool sending) {
  ui::Kit& kit = pen.kit;
  if (model.against_office()) return draw_other_hub(pen, "outbox", model, sending);
  if (!model.office.empty()) {
    ui::paragraph(kit, "outbox.hub-office",
                  words::fill(pen.words("To {0}, as the office's kit says."), {model.office}),
                  Style::kBody);
  } else {
    ui::FieldLook look;
    look.placeholder = pen.words("Address of the hub, https://…");
    look.name = look.placeholder;
    look.disabled = sending;
    const ui::FieldOutcome hub = ui::field(kit, "outbox.hub", model.typed, look);
    if (hub.value) pen.ask(command::SetHub{*hub.value});
  }
  kit.gap(Space::kMedium);
}

}  // namespace vigil::tablet
