// SPDX-License-Identifier: Apache-2.0
//
// The pages of media_model.h: a bar with what is asked, a large sheet, the tools beside it.
#include <fmt/format.h>

#include "app/tablet/screens/draw.h"
#include "app/tablet/screens/media_pages.h"
#include "app/tablet/screens/question_parts.h"

namespace vigil::tablet {

using ui::Rect;
using ui::Space;
using ui::Style;

namespace {

constexpr float kToolsWidth = 340;
// Large letters take no more of the page than this share, unless a word would not fit.
constexpr float kToolsShare = 0.4F;
constexpr float kToolsLeast = 220;
// Wider than high by so much, a page has the sheet beside the tools.
constexpr float kBeside = 1.15F;

constexpr ui::Colour kInks[] = {ui::rgb(0x1B1F23), ui::rgb(0xA4161A), ui::rgb(0x0B5C63)};

bool tool_button(const Pen& pen, std::string_view key, std::string_view text,
                 std::optional<ui::Icon> icon, bool chosen = false, bool disabled = false) {
  ui::Kit& kit = pen.kit;
  ui::ButtonLook look;
  look.icon = icon;
  look.chosen = chosen;
  look.disabled = disabled;
  const ui::Size size = ui::button_size(kit, text, look, kit.column().width);
  const Rect rect = kit.place({kit.column().width, size.height});
  const bool tapped = ui::button_at(kit, fmt::format("media.{}", key), rect, text, look);
  kit.gap(Space::kSmall);
  return tapped;
}

void say_error(const Pen& pen, const MediaModel& model) {
  if (model.leaving) {
    ui::bar(pen.kit, "media.leaving", pen.words("This is not kept yet."), ui::Tone::kWarning);
    pen.kit.gap(Space::kMedium);
    if (tool_button(pen, "stay", pen.words("Go on with it"), std::nullopt)) {
      pen.ask(command::OnMedia{media::Stay{}});
    }
    if (tool_button(pen, "leave", pen.words("Leave without keeping"), std::nullopt)) {
      pen.ask(command::OnMedia{media::Close{}});
    }
    pen.kit.gap(Space::kLarge);
  }
  if (model.error.empty()) return;
  ui::bar(pen.kit, "media.error", model.error, ui::Tone::kWarning);
  pen.kit.gap(Space::kMedium);
}

void ask_for_file(const Pen& pen, const MediaModel& model) {
  if (model.can_use_file && tool_button(pen, "files", pen.words("From a stick"), ui::Icon::kFile)) {
    pen.ask(command::OnMedia{media::Open{model.ref, true}});
  }
}

void draw_camera(const Pen& pen, const MediaModel& model, MediaRooms rooms) {
  ui::Kit& kit = pen.kit;
  draw_preview(pen, model, rooms);
  const bool ready = model.picture != nullptr;
  if (main_tool(pen, rooms, "take", pen.words("Take the photo"), ui::Icon::kCamera, !ready)) {
    pen.ask(command::OnMedia{media::Take{}});
  }
  begin_tools(pen, rooms);
  say_error(pen, model);
  ask_for_file(pen, model);
  ui::paragraph(kit, "media.about",
                pen.words("Faces, numbers and tattoos can be covered before the photo is kept. "
                          "Place and time are not stored in it."),
                Style::kSecondary, ui::Tone::kMuted);
  end_tools(pen);
}

// Covering comes first: a photo is kept only after somebody has looked at what it shows.
void draw_mask(const Pen& pen, const MediaModel& model, MediaRooms rooms) {
  ui::Kit& kit = pen.kit;
  ui::Sketch& sketch = *model.sketch;
  const ui::ImageView ground = model.picture->view();
  ui::sketch_at(kit, "media.sheet", rooms.sheet, sketch, &ground,
                pen.words("The photo: draw over what must not be seen"));
  if (main_tool(pen, rooms, "keep", pen.words("Keep the photo"), ui::Icon::kCheck)) {
    pen.ask(command::OnMedia{media::Keep{}});
  }
  begin_tools(pen, rooms);
  say_error(pen, model);
  const bool rectangle = sketch.tool.kind == ui::SketchMark::Kind::kRectangle;
  const auto choose = [&](ui::SketchMark::Kind kind, float width, ui::Colour colour) {
    sketch.tool = {kind, colour, width, {}};
    kit.draw_again();
  };
  const bool covers = sketch.tool.colour == ui::rgb(0x000000);
  if (tool_button(pen, "mask.rectangle", pen.words("Cover a rectangle"), std::nullopt,
                  rectangle && covers)) {
    choose(ui::SketchMark::Kind::kRectangle, 0, ui::rgb(0x000000));
  }
  if (tool_button(pen, "mask.brush", pen.words("Cover with the finger"), std::nullopt,
                  !rectangle && covers)) {
    choose(ui::SketchMark::Kind::kLine, 0.05F, ui::rgb(0x000000));
  }
  if (model.file == FileKind::kAnnotation &&
      tool_button(pen, "pen", pen.words("Draw on it"), ui::Icon::kPen, !covers)) {
    choose(ui::SketchMark::Kind::kLine, 0.006F, ui::rgb(0xD01A20));
  }
  if (tool_button(pen, "undo", pen.words("Undo"), ui::Icon::kUndo, false, sketch.empty())) {
    sketch.undo();
    kit.draw_again();
  }
  if (model.has_camera &&
      tool_button(pen, "retake", pen.words("Take another photo"), ui::Icon::kCamera)) {
    pen.ask(command::OnMedia{media::Retake{}});
  }
  ui::paragraph(kit, "media.about",
                pen.words("What is covered is gone for good once the photo is kept."),
                Style::kSecondary, ui::Tone::kMuted);
  end_tools(pen);
}

void draw_drawing(const Pen& pen, const MediaModel& model, MediaRooms rooms) {
  ui::Kit& kit = pen.kit;
  ui::Sketch& sketch = *model.sketch;
  const bool signature = model.file == FileKind::kSignature;
  ui::sketch_at(
      kit, "media.sheet", rooms.sheet, sketch, nullptr,
      signature ? pen.words("Sign here with a finger") : pen.words("Draw here with a finger"));
  if (main_tool(pen, rooms, "keep", pen.words("Keep"), ui::Icon::kCheck, sketch.empty())) {
    pen.ask(command::OnMedia{media::Keep{}});
  }
  begin_tools(pen, rooms);
  say_error(pen, model);
  if (!signature) {
    const std::string_view names[] = {pen.words("Black"), pen.words("Red"), pen.words("Green")};
    for (std::size_t index = 0; index < std::size(kInks); ++index) {
      if (tool_button(pen, fmt::format("ink.{}", index), names[index], ui::Icon::kPen,
                      sketch.tool.colour == kInks[index])) {
        sketch.tool.colour = kInks[index];
        kit.draw_again();
      }
    }
    if (tool_button(pen, "thick", pen.words("Thick line"), std::nullopt,
                    sketch.tool.width > 0.008F)) {
      sketch.tool.width = sketch.tool.width > 0.008F ? 0.005F : 0.015F;
      kit.draw_again();
    }
  }
  if (tool_button(pen, "undo", pen.words("Undo"), ui::Icon::kUndo, false, sketch.empty())) {
    sketch.undo();
    kit.draw_again();
  }
  end_tools(pen);
}

void draw_sound(const Pen& pen, const MediaModel& model, MediaRooms rooms) {
  ui::Kit& kit = pen.kit;
  kit.canvas().fill(rooms.sheet, kit.theme().sunken, kit.px(ui::kCardRadius));
  const Rect top = {rooms.sheet.x, rooms.sheet.y, rooms.sheet.width, rooms.sheet.height / 2};
  ui::line_at(kit, "media.length", {top.x, top.bottom() - kit.px(60), top.width, kit.px(60)},
              model.length, Style::kResult, model.recording ? ui::Tone::kError : ui::Tone::kPlain,
              ui::Align::kCentre, ui::Role::kResult);
  const std::string_view state = model.recording  ? pen.words("Recording")
                                 : model.playing  ? pen.words("Playing")
                                 : model.recorded ? pen.words("Recorded, not kept yet")
                                                  : pen.words("Nothing is recorded yet.");
  kit.push_column(Rect{top.x, top.bottom(), top.width, top.height}.inset(kit.px(Space::kSmall)));
  ui::paragraph(kit, "media.state", state, Style::kBody, ui::Tone::kMuted, ui::Role::kStatus,
                ui::Align::kCentre);
  kit.pop_column();
  // What comes next stands where the thumb is: record, stop, keep.
  if (model.recording) {
    if (main_tool(pen, rooms, "stop", pen.words("Stop"), ui::Icon::kStop)) {
      pen.ask(command::OnMedia{media::StopRecording{}});
    }
  } else if (model.recorded) {
    if (main_tool(pen, rooms, "keep", pen.words("Keep"), ui::Icon::kCheck)) {
      pen.ask(command::OnMedia{media::Keep{}});
    }
  } else if (main_tool(pen, rooms, "record", pen.words("Record"), ui::Icon::kSound)) {
    pen.ask(command::OnMedia{media::Record{}});
  }
  begin_tools(pen, rooms);
  say_error(pen, model);
  if (model.recorded && !model.recording) {
    if (tool_button(pen, "record", pen.words("Record anew"), ui::Icon::kSound)) {
      pen.ask(command::OnMedia{media::Record{}});
    }
    if (tool_button(pen, "play", pen.words("Listen"), ui::Icon::kPlay)) {
      pen.ask(command::OnMedia{media::Play{}});
    }
  }
  if (!model.recording) ask_for_file(pen, model);
  ui::paragraph(kit, "media.about",
                pen.words("Record only with consent: a voice tells who speaks."), Style::kSecondary,
                ui::Tone::kMuted);
  end_tools(pen);
}

void draw_chosen_files(const Pen& pen, const MediaModel& model, const Rect& page) {
  ui::Kit& kit = pen.kit;
  const Rect column = text_column(kit, page);
  kit.begin_scroll("media.page", page);
  kit.push_column({column.x, kit.column().y + kit.px(Space::kLarge), column.width, page.height});
  say_error(pen, model);
  if (model.folders.empty()) {
    ui::paragraph(
        kit, "media.none",
        pen.words("No stick or card is plugged in. Plug one in and open this page again."),
        Style::kBody, ui::Tone::kMuted);
  }
  if (const auto folder = ui::options(kit, "media.folder", model.folders, false)) {
    pen.ask(command::OnMedia{media::ChooseFolder{model.folders[*folder].value}});
  }
  kit.gap(Space::kMedium);
  if (!model.folders.empty() && model.files.empty()) {
    ui::paragraph(kit, "media.empty", pen.words("There is no file here that this question takes."),
                  Style::kBody, ui::Tone::kMuted);
  }
  if (!model.files.empty()) kit.begin_card("media.list", Space::kSmall);
  for (std::size_t index = 0; index < model.files.size(); ++index) {
    const MediaModel::File& file = model.files[index];
    if (ui::rail_entry(kit, fmt::format("media.file.{}", file.name), file.name, file.about, false,
                       ui::Tone::kPlain)) {
      pen.ask(command::OnMedia{media::ChooseFile{file.path}});
    }
  }
  if (!model.files.empty()) kit.end_card();
  kit.gap(Space::kHuge);
  kit.close_column();
  kit.end_scroll();
}

}  // namespace

bool main_tool(const Pen& pen, MediaRooms& rooms, std::string_view key, std::string_view text,
               ui::Icon icon, bool disabled) {
  ui::Kit& kit = pen.kit;
  ui::ButtonLook look;
  look.icon = icon;
  look.disabled = disabled;
  look.kind = ui::ButtonLook::Kind::kPrimary;
  const Rect tools = rooms.tools;
  const float height = ui::button_size(kit, text, look, tools.width).height;
  rooms.tools.height -= height + kit.px(Space::kMedium);
  return ui::button_at(kit, fmt::format("media.{}", key),
                       {tools.x, tools.bottom() - height, tools.width, height}, text, look);
}

// The tools scroll where the letters are large.
void draw_preview(const Pen& pen, const MediaModel& model, const MediaRooms& rooms) {
  ui::Kit& kit = pen.kit;
  if (model.picture != nullptr) {
    const Rect inside = ui::fitted(rooms.sheet, static_cast<float>(model.picture->width),
                                   static_cast<float>(model.picture->height));
    kit.canvas().image(model.picture->view(), inside);
    kit.add_still({.key = "media.preview",
                   .role = ui::Role::kCanvas,
                   .text = std::string(pen.words("What the camera sees")),
                   .rect = inside});
  } else {
    kit.canvas().fill(rooms.sheet, kit.theme().sunken, kit.px(ui::kCardRadius));
    const std::string_view words =
        model.has_camera ? pen.words("The camera is starting…") : pen.words("There is no camera.");
    const float side = kit.px(Space::kLarge);
    kit.push_column({rooms.sheet.x + side, std::round(rooms.sheet.centre().y),
                     rooms.sheet.width - 2 * side, rooms.sheet.height / 2});
    ui::paragraph(kit, "media.waiting", words, Style::kBody, ui::Tone::kMuted, ui::Role::kText,
                  ui::Align::kCentre);
    kit.pop_column();
  }
}

void begin_tools(const Pen& pen, const MediaRooms& rooms) {
  ui::Kit& kit = pen.kit;
  const float around = kit.px(Space::kSmall);
  kit.begin_scroll("media.tools",
                   {rooms.tools.x - around, rooms.tools.y - around, rooms.tools.width + 2 * around,
                    rooms.tools.height + 2 * around});
  kit.push_column({rooms.tools.x, kit.column().y + around, rooms.tools.width, rooms.tools.height});
}

void end_tools(const Pen& pen) {
  pen.kit.gap(Space::kSmall);
  pen.kit.close_column();
  pen.kit.end_scroll();
}

MediaRooms media_rooms(const Pen& pen, const Rect& page) {
  ui::Kit& kit = pen.kit;
  const Rect inside = page.inset(kit.px(Space::kLarge));
  const float tools = std::min(kit.px(kToolsWidth), std::round(inside.width * kToolsShare));
  const float gap = kit.px(Space::kLarge);
  if (page.width >= page.height * kBeside && tools >= kit.px(kToolsLeast)) {
    return {{inside.x, inside.y, inside.width - tools - gap, inside.height},
            {inside.right() - tools, inside.y, tools, inside.height}};
  }
  const float sheet = std::round(inside.height * 0.5F);
  return {{inside.x, inside.y, inside.width, sheet},
          {inside.x, inside.y + sheet + gap, inside.width, inside.height - sheet - gap}};
}

void draw_media(const Pen& pen, const Chrome& chrome, const MediaModel& model) {
  TopBar top;
  top.title = model.title;
  top.back = true;
  top.lock_is_hide = true;
  const Rect page = draw_top_bar(pen, chrome, top);
  if (model.page == MediaPage::kFiles) return draw_chosen_files(pen, model, page);
  if (model.page == MediaPage::kBodyMap) return draw_marking(pen, model, page);
  if (model.page == MediaPage::kCode) return draw_code(pen, model, page);
  const MediaRooms rooms = media_rooms(pen, page);
  switch (model.page) {
    case MediaPage::kCamera:
      return draw_camera(pen, model, rooms);
    case MediaPage::kMask:
      return draw_mask(pen, model, rooms);
    case MediaPage::kDrawing:
      return draw_drawing(pen, model, rooms);
    case MediaPage::kSound:
      return draw_sound(pen, model, rooms);
    case MediaPage::kBodyMap:
    case MediaPage::kFiles:
    case MediaPage::kCode:
      return;
  }
}

}  // namespace vigil::tablet
