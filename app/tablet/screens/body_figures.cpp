// SPDX-License-Identifier: Apache-2.0
//
// The figures of the body map: a plain adult seen from four sides, drawn for Vigil as a few control
// points through which a smooth line is laid. Coordinates in thousandths of the height; front and
// back are symmetrical about x = 0, the sides look to the left.
#include <algorithm>
#include <cmath>

#include "app/tablet/screens/body_map.h"

namespace vigil::tablet {
namespace {

using ui::Point;
using Line = std::vector<Point>;

// Half of the outline, from the top of the head down to the crotch.
const Line& half_outline() {
  static const Line kLine = {{0, 6},     {22, 9},    {41, 27},   {49, 62},   {46, 92},   {36, 118},
                             {26, 136},  {25, 152},  {34, 163},  {62, 173},  {92, 182},  {112, 197},
                             {122, 222}, {128, 262}, {136, 302}, {144, 340}, {153, 376}, {164, 420},
                             {172, 456}, {180, 476}, {188, 500}, {186, 522}, {176, 534}, {166, 530},
                             {160, 512}, {150, 488}, {138, 456}, {124, 412}, {113, 372}, {106, 332},
                             {98, 288},  {93, 262},  {91, 300},  {86, 340},  {84, 372},  {88, 404},
                             {96, 436},  {102, 470}, {103, 512}, {100, 560}, {95, 610},  {88, 660},
                             {85, 704},  {87, 746},  {84, 794},  {74, 846},  {66, 892},  {64, 924},
                             {72, 950},  {84, 968},  {80, 984},  {56, 990},  {36, 986},  {33, 962},
                             {38, 926},  {36, 884},  {32, 836},  {28, 788},  {30, 742},  {30, 700},
                             {26, 650},  {20, 596},  {13, 546},  {6, 508},   {0, 498}};
  return kLine;
}

// The whole outline from the side, looking left.
const Line& side_outline() {
  static const Line kLine = {
      {6, 8},     {-20, 12},  {-42, 30},  {-50, 56},  {-52, 68},  {-62, 84},  {-54, 90},
      {-53, 104}, {-48, 122}, {-28, 128}, {-20, 138}, {-22, 152}, {-34, 172}, {-52, 200},
      {-64, 236}, {-64, 268}, {-56, 304}, {-52, 344}, {-56, 388}, {-58, 430}, {-54, 466},
      {-58, 510}, {-60, 560}, {-54, 616}, {-46, 664}, {-46, 700}, {-44, 744}, {-34, 800},
      {-26, 860}, {-24, 912}, {-36, 940}, {-70, 960}, {-88, 976}, {-82, 990}, {-30, 990},
      {24, 990},  {32, 974},  {26, 950},  {24, 916},  {34, 860},  {46, 800},  {46, 752},
      {34, 706},  {40, 656},  {56, 600},  {68, 544},  {74, 500},  {72, 462},  {58, 424},
      {46, 386},  {44, 344},  {54, 300},  {62, 258},  {60, 214},  {50, 180},  {36, 158},
      {34, 138},  {44, 116},  {54, 88},   {54, 54},   {40, 24}};
  return kLine;
}

// The arm that hangs in front of the side view.
const Line& side_arm() {
  static const Line kLine = {{16, 184},  {-12, 192}, {-22, 222}, {-22, 270}, {-20, 320},
                             {-26, 372}, {-34, 424}, {-38, 462}, {-44, 492}, {-42, 524},
                             {-28, 538}, {-14, 526}, {-8, 494},  {-4, 462},  {8, 414},
                             {16, 368},  {22, 318},  {30, 262},  {34, 216},  {28, 190}};
  return kLine;
}

// A smooth line through the points (Catmull-Rom, six pieces between two).
Line smooth(const Line& points, bool closed) {
  constexpr int kPieces = 6;
  const auto count = static_cast<int>(points.size());
  const auto at = [&](int index) {
    if (closed) return points[static_cast<std::size_t>((index + count) % count)];
    return points[static_cast<std::size_t>(std::clamp(index, 0, count - 1))];
  };
  Line line;
  for (int index = 0; index < (closed ? count : count - 1); ++index) {
    const Point a = at(index - 1);
    const Point b = at(index);
    const Point c = at(index + 1);
    const Point d = at(index + 2);
    for (int piece = 0; piece < kPieces; ++piece) {
      const float t = static_cast<float>(piece) / kPieces;
      const auto through = [&](float p, float q, float r, float s) {
        return 0.5F * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t +
                       (3 * q - p - 3 * r + s) * t * t * t);
      };
      line.push_back({through(a.x, b.x, c.x, d.x), through(a.y, b.y, c.y, d.y)});
    }
  }
  line.push_back(closed ? line.front() : points.back());
  return line;
}

// From thousandths about the middle to shares of the box.
Line placed(Line line, bool mirrored) {
  for (Point& point : line) {
    const float x = mirrored ? -point.x : point.x;
    point = {0.5F + x / 1000 / kBodyShape, point.y / 1000};
  }
  return line;
}

Line both_halves() {
  Line line = half_outline();
  for (std::size_t index = half_outline().size() - 1; index-- > 1;) {
    line.push_back({-half_outline()[index].x, half_outline()[index].y});
  }
  return line;
}

void add(std::vector<Line>& lines, const Line& points, bool mirrored = false) {
  lines.push_back(placed(smooth(points, false), mirrored));
}

void add_both(std::vector<Line>& lines, const Line& points) {
  add(lines, points);
  add(lines, points, true);
}

std::vector<Line> front() {
  std::vector<Line> lines = {placed(smooth(both_halves(), true), false)};
  add_both(lines, {{10, 58}, {18, 54}, {26, 58}});            // eyes
  add(lines, {{0, 60}, {-5, 82}, {5, 84}});                   // nose
  add(lines, {{-14, 102}, {0, 106}, {14, 102}});              // mouth
  add_both(lines, {{49, 58}, {57, 62}, {54, 82}, {47, 88}});  // ears
  add_both(lines, {{10, 178}, {40, 182}, {76, 190}});         // collar bones
  add_both(lines, {{22, 272}, {44, 276}, {66, 268}});         // chest
  add(lines, {{0, 384}, {2, 388}, {0, 392}});                 // navel
  add_both(lines, {{12, 496}, {40, 478}, {72, 452}});         // groins
  add_both(lines, {{42, 704}, {56, 714}, {72, 704}});         // knees
  add_both(lines, {{166, 530}, {162, 514}, {164, 500}});      // thumbs
  return lines;
}

std::vector<Line> back() {
  std::vector<Line> lines = {placed(smooth(both_halves(), true), false)};
  add_both(lines, {{49, 58}, {57, 62}, {54, 82}, {47, 88}});
  add(lines, {{0, 180}, {0, 280}, {0, 400}, {0, 446}});                    // spine
  add_both(lines, {{30, 214}, {36, 250}, {58, 280}, {74, 254}});           // shoulder blades
  add_both(lines, {{0, 446}, {6, 490}, {22, 516}, {56, 522}, {88, 506}});  // buttocks
  add_both(lines, {{40, 700}, {56, 694}, {72, 700}});                      // hollows of the knees
  add_both(lines, {{46, 966}, {58, 972}, {70, 966}});                      // heels
  return lines;
}

std::vector<Line> side(bool mirrored) {
  std::vector<Line> lines = {placed(smooth(side_outline(), true), mirrored),
                             placed(smooth(side_arm(), true), mirrored)};
  add(lines, {{8, 62}, {20, 56}, {28, 70}, {20, 92}, {8, 96}}, mirrored);  // ear
  add(lines, {{-40, 62}, {-32, 58}, {-26, 64}}, mirrored);                 // eye
  add(lines, {{-52, 106}, {-38, 108}}, mirrored);                          // mouth
  add(lines, {{-44, 706}, {-30, 716}, {-20, 704}}, mirrored);              // knee
  return lines;
}

bool inside(const Line& outline, Point at) {
  bool in = false;
  for (std::size_t index = 0, last = outline.size() - 1; index < outline.size(); last = index++) {
    const Point a = outline[index];
    const Point b = outline[last];
    if ((a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x) {
      in = !in;
    }
  }
  return in;
}

}  // namespace

std::vector<std::vector<Point>> body_lines(BodyView view) {
  switch (view) {
    case BodyView::kFront:
      return front();
    case BodyView::kBack:
      return back();
    case BodyView::kLeft:
      return side(false);
    case BodyView::kRight:
      break;
  }
  return side(true);
}

bool is_on_body(BodyView view, Point at) {
  constexpr float kBeside = 0.02F;
  const Line outline = body_lines(view).front();
  for (const float dx : {0.0F, -kBeside, kBeside}) {
    for (const float dy : {0.0F, -kBeside, kBeside}) {
      if (inside(outline, {at.x + dx, at.y + dy * kBodyShape})) return true;
    }
  }
  return false;
}

}  // namespace vigil::tablet
