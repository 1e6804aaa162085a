// SPDX-License-Identifier: Apache-2.0
//
// The page on which the camera looks for a bar code: it ends by itself when one is seen.
#include "app/tablet/screens/media_pages.h"

namespace vigil::tablet {

using ui::Rect;
using ui::Style;

void draw_code(const Pen& pen, const MediaModel& model, const Rect& page) {
  ui::Kit& kit = pen.kit;
  const MediaRooms rooms = media_rooms(pen, page);
  draw_preview(pen, model, rooms);
  begin_tools(pen, rooms);
  if (!model.error.empty()) {
    ui::bar(kit, "media.error", model.error, ui::Tone::kWarning);
    kit.gap(ui::Space::kMedium);
  }
  ui::paragraph(kit, "media.about",
                model.has_camera
                    ? pen.words("Hold the tablet so that the whole code is in the picture, from a "
                                "hand's length away. It is read by itself, and no picture is kept.")
                    : pen.words("Go back and type what stands under the code."),
                Style::kBody, ui::Tone::kMuted);
  end_tools(pen);
}

}  // namespace vigil::tablet
