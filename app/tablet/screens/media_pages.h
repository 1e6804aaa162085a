// SPDX-License-Identifier: Apache-2.0
//
// What the pages of draw_media.cpp share. Internal to screens/.
#pragma once

#include "app/tablet/screens/draw.h"
#include "app/tablet/screens/media_model.h"

namespace vigil::tablet {

// The sheet and the tools: side by side where there is room, else one below the other.
struct MediaRooms {
  ui::Rect sheet;
  ui::Rect tools;
};
[[nodiscard]] MediaRooms media_rooms(const Pen& pen, const ui::Rect& page);
// What the page is there for, at the lower end of the tools, which give it the room: always in the
// same place and in reach of the thumb. True where it was tapped.
[[nodiscard]] bool main_tool(const Pen& pen, MediaRooms& rooms, std::string_view key,
                             std::string_view text, ui::Icon icon, bool disabled = false);
// What the camera sees, or why nothing is to be seen, on the sheet.
void draw_preview(const Pen& pen, const MediaModel& model, const MediaRooms& rooms);
void begin_tools(const Pen& pen, const MediaRooms& rooms);
void end_tools(const Pen& pen);

// draw_code.cpp: the camera that looks for a bar code.
void draw_code(const Pen& pen, const MediaModel& model, const ui::Rect& page);
// draw_marking.cpp: the body map.
void draw_marking(const Pen& pen, const MediaModel& model, const ui::Rect& page);

}  // namespace vigil::tablet
