// SPDX-License-Identifier: Apache-2.0
//
// On the card: what is attached, and the ways to attach something.
#include <cmath>

#include "app/tablet/screens/question_parts.h"

namespace vigil::tablet {

using ui::Rect;
using ui::Space;
using ui::Style;

namespace {

struct Way {
  std::string_view word;
  ui::Icon icon;
};

// How such an answer is made here; a video only comes from a stick.
std::optional<Way> way_of(const Pen& pen, FileKind kind, bool again) {
  switch (kind) {
    case FileKind::kPhoto:
      return Way{again ? pen.words("Take another photo") : pen.words("Take a photo"),
                 ui::Icon::kCamera};
    case FileKind::kAnnotation:
      return Way{again ? pen.words("Take another photo") : pen.words("Take a photo and draw on it"),
                 ui::Icon::kCamera};
    case FileKind::kDrawing:
      return Way{again ? pen.words("Draw anew") : pen.words("Draw"), ui::Icon::kPen};
    case FileKind::kSignature:
      return Way{again ? pen.words("Sign anew") : pen.words("Sign"), ui::Icon::kPen};
    case FileKind::kSound:
      return Way{again ? pen.words("Record anew") : pen.words("Record"), ui::Icon::kSound};
    case FileKind::kVideo:
    case FileKind::kAny:
      break;
  }
  return std::nullopt;
}

void draw_attached(const Pen& pen, const QuestionRow& row) {
  ui::Kit& kit = pen.kit;
  const std::string key = key_of(row.ref);
  if (row.value.empty()) {
    ui::paragraph(kit, key, pen.words("Nothing is attached."), Style::kBody, ui::Tone::kMuted);
    return;
  }
  if (row.thumbnail != nullptr || row.thumbnail_waits) {
    const float height = kit.px(160);
    const auto [wide, high] = thumbnail_size(row.thumbnail);
    const float width = std::min(kit.column().width, height * wide / std::max(1.0F, high));
    const Rect rect = kit.place({width, height});
    const Rect inside = ui::fitted(rect, wide, high);
    draw_thumbnail(pen, row.thumbnail, row.value, inside);
    kit.canvas().outline(inside, kit.theme().hairline, std::max(1.0F, kit.px(1)), 0);
    kit.add_still(
        {.key = key + ".picture", .role = ui::Role::kCanvas, .text = row.attached, .rect = rect});
    kit.gap(Space::kTiny);
  }
  ui::paragraph(kit, key, row.attached, Style::kBody, ui::Tone::kPlain, ui::Role::kStatus);
}

}  // namespace

ui::Size thumbnail_size(const ui::ImagePointer& thumbnail) {
  if (thumbnail == nullptr) return {4, 3};
  return {static_cast<float>(thumbnail->width), static_cast<float>(thumbnail->height)};
}

void draw_thumbnail(const Pen& pen, const ui::ImagePointer& thumbnail, std::string_view name,
                    const Rect& rect) {
  ui::Canvas& canvas = pen.kit.canvas();
  if (thumbnail != nullptr) return canvas.image(thumbnail->view(), rect);
  canvas.fill(rect, pen.kit.theme().sunken);
  if (canvas.sees(rect)) pen.ask(command::OnMedia{media::Show{std::string(name)}});
}

void draw_file(const Pen& pen, const QuestionCard& card, const QuestionRow& row) {
  ui::Kit& kit = pen.kit;
  const std::string key = key_of(row.ref);
  draw_attached(pen, row);
  if (card.readonly) return;
  kit.gap(Space::kSmall);
  kit.begin_row();
  if (const auto way = way_of(pen, card.file, !row.value.empty())) {
    ui::ButtonLook look;
    look.icon = way->icon;
    if (ui::button(kit, key + ".make", way->word, look)) {
      pen.ask(command::OnMedia{media::Open{row.ref, false}});
    }
  }
  if (card.file == FileKind::kSound && !row.value.empty()) {
    ui::ButtonLook look;
    look.icon = ui::Icon::kPlay;
    if (ui::button(kit, key + ".listen", pen.words("Listen"), look)) {
      pen.ask(command::OnMedia{media::Open{row.ref, false}});
    }
  }
  const bool by_hand = card.file == FileKind::kDrawing || card.file == FileKind::kSignature;
  if (!by_hand) {
    ui::ButtonLook look;
    look.icon = ui::Icon::kFile;
    if (ui::button(kit, key + ".choose", pen.words("From a stick"), look)) {
      pen.ask(command::OnMedia{media::Open{row.ref, true}});
    }
  }
  // Held, not tapped: a photo does not come back.
  if (!row.value.empty() &&
      ui::hold_button(kit, key + ".remove", pen.words("Hold to remove"), false, ui::Tone::kMuted)) {
    pen.ask(command::OnMedia{media::Remove{row.ref}});
  }
  kit.end_row();
}

void draw_body_map(const Pen& pen, const QuestionCard& card, const QuestionRow& row) {
  ui::Kit& kit = pen.kit;
  const std::string key = key_of(row.ref);
  const auto marks = marks_of(row.value);
  if (!marks) {
    // Typed elsewhere, by another program: shown, never overwritten unasked.
    ui::paragraph(kit, key, row.value, Style::kBody);
  } else {
    const float width = std::min(kit.column().width, kit.px(560));
    const Rect room = kit.place({width, std::round(width * 0.5F)});
    static_cast<void>(draw_figures(pen, key + ".figures", room, *marks, kMostMarks, false));
    kit.gap(Space::kSmall);
    if (marks->empty()) {
      ui::paragraph(kit, key, pen.words("No marks."), Style::kBody, ui::Tone::kMuted);
    }
    std::size_t number = 0;
    for (const BodyMark& mark : *marks) {
      ++number;
      const std::string text = std::to_string(number) + ". " + mark_words(pen, mark) + " · " +
                               std::string(view_word(pen, mark.view));
      ui::paragraph(kit, key + ".mark." + std::to_string(number), text, Style::kBody,
                    mark.type == kNoMarkType ? ui::Tone::kWarning : ui::Tone::kPlain);
    }
  }
  if (card.readonly) return;
  kit.gap(Space::kSmall);
  ui::ButtonLook look;
  look.icon = ui::Icon::kMark;
  const std::string_view word =
      row.value.empty() ? pen.words("Mark on the body") : pen.words("Change the marks");
  if (ui::button(kit, key + ".make", word, look)) {
    pen.ask(command::OnMedia{media::Open{row.ref, false}});
  }
}

}  // namespace vigil::tablet
