// SPDX-License-Identifier: Apache-2.0
//
// Signs drawn as strokes, so that no font has to have them.
#include <array>
#include <cmath>

#include "app/ui/canvas_parts.h"

namespace vigil::ui {
namespace {

// Strokes on a 24 x 24 field, as the drawings have them.
class Pen {
 public:
  Pen(ImDrawList& list, const Rect& box, Colour colour, float thickness)
      : list_(list),
        origin_{box.x, box.y},
        unit_(std::min(box.width, box.height) / 24),
        colour_(IM_COL32(colour.red, colour.green, colour.blue, colour.alpha)),
        thickness_(thickness) {}

  void stroke(std::initializer_list<ImVec2> points, bool closed = false) {
    for (const ImVec2& point : points) list_.PathLineTo(at(point));
    list_.PathStroke(colour_, closed ? ImDrawFlags_Closed : 0, thickness_);
  }
  void ring(ImVec2 centre, float radius) {
    list_.AddCircle(at(centre), radius * unit_, colour_, 0, thickness_);
  }
  void dot(ImVec2 centre, float radius) {
    list_.AddCircleFilled(at(centre), radius * unit_, colour_);
  }

 private:
  [[nodiscard]] ImVec2 at(ImVec2 point) const {
    return {origin_.x + point.x * unit_, origin_.y + point.y * unit_};
  }
  ImDrawList& list_;
  ImVec2 origin_;
  float unit_;
  ImU32 colour_;
  float thickness_;
};

void draw_sign(Pen& pen, Icon icon) {
  switch (icon) {
    case Icon::kBack:
      return pen.stroke({{14.5F, 6}, {8.5F, 12}, {14.5F, 18}});
    case Icon::kNext:
      return pen.stroke({{9.5F, 6}, {15.5F, 12}, {9.5F, 18}});
    case Icon::kDown:
      return pen.stroke({{6.5F, 9.5F}, {12, 15}, {17.5F, 9.5F}});
    case Icon::kUp:
      return pen.stroke({{6.5F, 14.5F}, {12, 9}, {17.5F, 14.5F}});
    case Icon::kInformation:
      pen.ring({12, 12}, 8.5F);
      pen.dot({12, 8.2F}, 1.1F);
      return pen.stroke({{12, 11}, {12, 16.5F}});
    case Icon::kNotEqual:
      pen.stroke({{5, 9.5F}, {19, 9.5F}});
      pen.stroke({{5, 14.5F}, {19, 14.5F}});
      return pen.stroke({{15.5F, 5}, {8.5F, 19}});
    case Icon::kCheck:
      return pen.stroke({{5.5F, 12.5F}, {10, 17}, {18.5F, 7.5F}});
    case Icon::kPlus:
      pen.stroke({{12, 5.5F}, {12, 18.5F}});
      return pen.stroke({{5.5F, 12}, {18.5F, 12}});
    case Icon::kMinus:
      return pen.stroke({{5.5F, 12}, {18.5F, 12}});
    case Icon::kBackspace:
      pen.stroke({{9, 6}, {20.5F, 6}, {20.5F, 18}, {9, 18}, {3.5F, 12}}, true);
      pen.stroke({{12, 9.5F}, {17, 14.5F}});
      return pen.stroke({{17, 9.5F}, {12, 14.5F}});
    case Icon::kShift:
      return pen.stroke(
          {{12, 4.5F}, {19, 12}, {15.5F, 12}, {15.5F, 19}, {8.5F, 19}, {8.5F, 12}, {5, 12}}, true);
    case Icon::kEnter:
      pen.stroke({{18.5F, 6}, {18.5F, 13.5F}, {6, 13.5F}});
      return pen.stroke({{10, 9.5F}, {6, 13.5F}, {10, 17.5F}});
    case Icon::kCross:
      pen.stroke({{6.5F, 6.5F}, {17.5F, 17.5F}});
      return pen.stroke({{17.5F, 6.5F}, {6.5F, 17.5F}});
    case Icon::kWarning:
      pen.stroke({{12, 4}, {21, 19.5F}, {3, 19.5F}}, true);
      pen.stroke({{12, 10}, {12, 14}});
      return pen.dot({12, 16.8F}, 1.0F);
    case Icon::kHide:
      pen.stroke(
          {{4, 12}, {8, 8.2F}, {12, 7}, {16, 8.2F}, {20, 12}, {16, 15.8F}, {12, 17}, {8, 15.8F}},
          true);
      return pen.stroke({{5.5F, 18.5F}, {18.5F, 5.5F}});
    case Icon::kSearch:
      pen.ring({10.5F, 10.5F}, 5.5F);
      return pen.stroke({{14.7F, 14.7F}, {19.5F, 19.5F}});
    case Icon::kCamera:
      pen.stroke({{3.5F, 7.5F},
                  {8, 7.5F},
                  {9.5F, 5},
                  {14.5F, 5},
                  {16, 7.5F},
                  {20.5F, 7.5F},
                  {20.5F, 19},
                  {3.5F, 19}},
                 true);
      return pen.ring({12, 13}, 3.6F);
    case Icon::kSound:
      pen.stroke({{9.5F, 5.5F}, {14.5F, 5.5F}, {14.5F, 12.5F}, {9.5F, 12.5F}}, true);
      pen.stroke({{6, 11}, {6.8F, 14.5F}, {12, 16.5F}, {17.2F, 14.5F}, {18, 11}});
      return pen.stroke({{12, 16.5F}, {12, 20}});
    case Icon::kFile:
      pen.stroke({{6, 4}, {14, 4}, {18.5F, 8.5F}, {18.5F, 20}, {6, 20}}, true);
      return pen.stroke({{14, 4}, {14, 8.5F}, {18.5F, 8.5F}});
    case Icon::kPen:
      pen.stroke({{5, 19}, {6, 14.5F}, {15.5F, 5}, {19, 8.5F}, {9.5F, 18}}, true);
      return pen.stroke({{13, 7.5F}, {16.5F, 11}});
    case Icon::kRemove:
      pen.stroke({{4.5F, 7}, {19.5F, 7}});
      pen.stroke({{6.5F, 7}, {7.5F, 20}, {16.5F, 20}, {17.5F, 7}});
      return pen.stroke({{9.5F, 7}, {9.5F, 4}, {14.5F, 4}, {14.5F, 7}});
    case Icon::kUndo:
      pen.stroke({{9, 5}, {4.5F, 9.5F}, {9, 14}});
      return pen.stroke({{4.5F, 9.5F}, {14, 9.5F}, {18, 11}, {19.5F, 14.5F}, {18, 18}, {14, 19}});
    case Icon::kPlace:
      pen.stroke({{12, 21},
                  {6.5F, 13},
                  {5.8F, 9.5F},
                  {7.5F, 5.5F},
                  {12, 3.5F},
                  {16.5F, 5.5F},
                  {18.2F, 9.5F},
                  {17.5F, 13}},
                 true);
      return pen.ring({12, 9.8F}, 2.4F);
    case Icon::kMark:
      pen.stroke({{12, 4}, {12, 20}});
      pen.stroke({{4, 12}, {20, 12}});
      return pen.ring({12, 12}, 4.5F);
    case Icon::kPlay:
      return pen.stroke({{8, 5}, {19, 12}, {8, 19}}, true);
    case Icon::kStop:
      return pen.stroke({{6.5F, 6.5F}, {17.5F, 6.5F}, {17.5F, 17.5F}, {6.5F, 17.5F}}, true);
  }
}

}  // namespace

void Canvas::icon(Icon icon, const Rect& box, Colour colour) {
  if (!sees(box)) return;
  Pen pen(*parts_->list, box, colour, std::max(1.5F, std::min(box.width, box.height) / 12));
  draw_sign(pen, icon);
}

}  // namespace vigil::ui
