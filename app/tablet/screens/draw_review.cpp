// SPDX-License-Identifier: Apache-2.0
//
// Finishing is a page: what is missing, what disagrees, who will read it, and that there is no way
// back.
#include <fmt/format.h>

#include "app/tablet/screens/draw.h"

namespace vigil::tablet {

using ui::Rect;
using ui::Space;
using ui::Style;

namespace {

void draw_list(const Pen& pen, const std::string& key, std::string_view title,
               std::string_view about, const std::vector<ReviewModel::Entry>& entries,
               ui::Tone tone) {
  if (entries.empty()) return;
  ui::Kit& kit = pen.kit;
  kit.begin_card(key + ".card");
  ui::paragraph(kit, key + ".title", fmt::format("{} · {}", title, entries.size()),
                Style::kQuestion, tone, ui::Role::kHeading);
  ui::paragraph(kit, key + ".about", about, Style::kSecondary, ui::Tone::kMuted);
  for (const ReviewModel::Entry& entry : entries) {
    kit.gap(Space::kMedium);
    ui::hairline(kit);
    kit.gap(Space::kMedium);
    const std::string entry_key = fmt::format(
        "{}.{}{}", key, entry.record > 0 ? fmt::format("{}.", entry.record) : "", entry.ref);
    const Rect row = kit.column();
    ui::ButtonLook look;
    look.least_width = 0;
    const ui::Size go = ui::button_size(kit, pen.words("Show"), look, row.width);
    const bool beside = row.width - go.width >= kit.px(300);
    const float words = beside ? row.width - go.width - kit.px(Space::kMedium) : row.width;
    kit.push_column({row.x, row.y, words, row.height});
    if (!entry.whose.empty()) {
      ui::paragraph(kit, entry_key + ".whose", entry.whose, Style::kSecondary, ui::Tone::kMuted);
    }
    ui::paragraph(kit, entry_key + ".label", entry.label, Style::kBodyBold);
    if (!entry.text.empty())
      ui::paragraph(kit, entry_key + ".text", entry.text, Style::kBody, tone);
    const float bottom = kit.pop_column();
    const Rect button = {beside ? row.right() - go.width : row.x,
                         beside ? row.y : bottom + kit.px(Space::kSmall), go.width, go.height};
    if (ui::button_at(kit, entry_key + ".show", button, pen.words("Show"), look)) {
      pen.ask(command::GoTo{entry.record, entry.ref});
    }
    kit.place({row.width, std::max(bottom, button.bottom()) - row.y});
  }
  kit.end_card();
  kit.gap(Space::kMedium);
}

void draw_seal(const Pen& pen, const ReviewModel& model) {
  ui::Kit& kit = pen.kit;
  kit.begin_card("seal.card");
  ui::paragraph(kit, "seal.title", pen.words("Seal the visit"), Style::kQuestion, ui::Tone::kPlain,
                ui::Role::kHeading);
  kit.gap(Space::kTiny);
  ui::paragraph(
      kit, "seal.about",
      pen.words("Sealed, it cannot be opened or changed on this tablet any more, with any "
                "passphrase. What it says can then be read only by:"),
      Style::kBody);
  kit.gap(Space::kSmall);
  for (std::size_t index = 0; index < model.readers.size(); ++index) {
    ui::paragraph(kit, fmt::format("seal.reader.{}", index), "– " + model.readers[index],
                  Style::kBodyBold);
  }
  if (model.readers.empty()) {
    ui::bar(kit, "seal.nobody",
            pen.words("This tablet knows no office yet, so nobody could open it. Enrol the tablet "
                      "first."),
            ui::Tone::kError);
  }
  kit.gap(Space::kMedium);
  if (!model.error.empty()) {
    ui::bar(kit, "seal.error", model.error, ui::Tone::kError);
    kit.gap(Space::kMedium);
  }
  if (!model.to_mend.empty()) {
    ui::bar(kit, "seal.unmended",
            pen.words.plural(
                "{0} answer above still breaks the form's rules. Mend it if you can; sealed as it "
                "is, the office sees it marked.",
                "{0} answers above still break the form's rules. Mend them if you can; sealed as "
                "they are, the office sees them marked.",
                model.to_mend.size()),
            ui::Tone::kWarning);
    kit.gap(Space::kMedium);
  }
  if (ui::hold_button(kit, "seal.hold", pen.words("Press and hold to seal"), !model.can_seal)) {
    pen.ask(command::Seal{});
  }
  kit.end_card();
}

}  // namespace

void draw_review(const Pen& pen, const Chrome& chrome, const ReviewModel& model) {
  ui::Kit& kit = pen.kit;
  TopBar top;
  top.title = model.place;
  std::string about(pen.words("Review before sealing"));
  if (!model.code.empty()) about += " · " + model.code;
  top.about = about;
  top.back = true;
  begin_screen(pen, chrome, top, {.scroll = kReviewScroll});
  if (!model.unread.empty()) {
    ui::bar(kit, "review.unread", model.unread, ui::Tone::kError);
    end_screen(pen);
    return;
  }
  kit.begin_card("review.card");
  const std::string answered =
      words::fill(pen.words("{0} of {1} answered"),
                  {fmt::format("{}", model.answered), fmt::format("{}", model.asked)});
  ui::paragraph(kit, "review.answered", answered, Style::kQuestion, ui::Tone::kPlain,
                ui::Role::kHeading);
  kit.gap(Space::kSmall);
  const float share =
      model.asked == 0 ? 0 : static_cast<float>(model.answered) / static_cast<float>(model.asked);
  ui::progress_at(kit, "review.progress", kit.place({kit.column().width, kit.px(6)}), share,
                  share >= 1 ? ui::Tone::kOk : ui::Tone::kPrimary, answered);
  kit.gap(Space::kSmall);
  ui::paragraph(
      kit, "review.open",
      pen.words("Questions left open stay open in the report: they never count as \"no\"."),
      Style::kSecondary, ui::Tone::kMuted);
  kit.end_card();
  kit.gap(Space::kMedium);
  draw_list(pen, "unfinished", pen.words("Typed, but not whole"),
            pen.words("This will not be sealed: it is not whole. Complete it, or clear it."),
            model.unfinished, ui::Tone::kError);
  draw_list(pen, "mend", pen.words("To mend"),
            pen.words("These answers contradict the form's own rules."), model.to_mend,
            ui::Tone::kError);
  draw_list(
      pen, "missing", pen.words("Not answered, though it should be"),
      pen.words("Answer them now if you can. If you were not let in or sent away, seal all the "
                "same."),
      model.missing, ui::Tone::kWarning);
  draw_list(
      pen, "mismatch", pen.words("Sources disagree"),
      pen.words("This is a finding, not a mistake. Check only that it was written down right."),
      model.mismatches, ui::Tone::kMismatch);
  draw_list(pen, "one-person", pen.words("Rests on one person only"),
            pen.words("Whoever runs the place could tell who spoke. Ask others too, or tell the "
                      "office that this must not be quoted."),
            model.one_person, ui::Tone::kWarning);
  draw_seal(pen, model);
  end_screen(pen);
}

void draw_sealed(const Pen& pen, const Chrome& chrome, const SealedModel& model) {
  ui::Kit& kit = pen.kit;
  TopBar top;
  top.title = pen.words("Sealed");
  begin_screen(pen, chrome, top, {.width = 600, .low = true});
  kit.begin_card("sealed.card", Space::kHuge);
  ui::paragraph(kit, "sealed.code", model.code, Style::kResult, ui::Tone::kPlain,
                ui::Role::kResult);
  kit.gap(Space::kSmall);
  ui::paragraph(kit, "sealed.about",
                pen.words("The visit is sealed. It waits here, unreadable, until the office has "
                          "received it; then it is erased."),
                Style::kBody);
  kit.gap(Space::kLarge);
  ui::ButtonLook look;
  look.kind = ui::ButtonLook::Kind::kPrimary;
  kit.begin_row();
  if (ui::button(kit, "sealed.back", pen.words("To the visits"), look)) pen.ask(command::Back{});
  if (ui::button(kit, "sealed.outbox", pen.words("Outbox"))) pen.ask(command::OpenOutbox{});
  kit.end_row();
  kit.end_card();
  end_screen(pen);
}

}  // namespace vigil::tablet
