// SPDX-License-Identifier: Apache-2.0
//
// Where Kit draws: Dear ImGui's draw lists, fonts and tessellation behind a small face, so that
// only canvas.cpp, fonts.cpp and renderer.cpp compile against ImGui. All lengths in pixels. One
// thread.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "app/ui/geometry.h"
#include "app/ui/image.h"
#include "app/ui/theme.h"
#include "core/base/error.h"

struct SDL_Renderer;

namespace vigil::ui {

enum class Icon {
  kBack,
  kNext,
  kDown,
  kUp,
  kInformation,
  kNotEqual,
  kCheck,
  kPlus,
  kMinus,
  kBackspace,
  kShift,
  kEnter,
  kCross,
  kWarning,
  kHide,
  kSearch,
  kCamera,
  kSound,
  kFile,
  kPen,
  kRemove,
  kUndo,
  kPlace,
  kMark,
  kPlay,
  kStop,
};

class Canvas {
 public:
  // Fails kNotFound, "fonts.missing", naming the package that has the fonts.
  [[nodiscard]] static Result<std::unique_ptr<Canvas>> create(SDL_Renderer* renderer);
  // With the letters built into ImGui, for when there are no fonts: Latin ones only.
  [[nodiscard]] static std::unique_ptr<Canvas> create_plain(SDL_Renderer* renderer);
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  // Pixels for one logical unit; the fonts are made anew for it, outside of a frame only.
  [[nodiscard]] Status set_scale(float scale);
  [[nodiscard]] float scale() const { return scale_; }

  void begin(Size size);
  void end();
  // Paints what the last frame drew; not painting is fine where only its tree was wanted.
  void paint(Colour background);

  void push_clip(const Rect& rect);
  void pop_clip();
  [[nodiscard]] const Rect& clip() const { return clips_.back(); }
  [[nodiscard]] bool sees(const Rect& rect) const { return !intersection(rect, clip()).empty(); }

  // What is drawn between the two is kept above what behind() draws.
  void begin_above();
  void behind();
  void end_above();

  void fill(const Rect& rect, Colour colour, float radius = 0);
  // Ground with an edge inside the rectangle: two fills, which stay crisp without a graphics card.
  void box(const Rect& rect, Colour ground, Colour edge, float thickness, float radius);
  void outline(const Rect& rect, Colour colour, float thickness, float radius);
  void circle(Point centre, float radius, Colour colour, float thickness);
  void disc(Point centre, float radius, Colour colour);
  // Clockwise from the top; `share` of the whole, 0 to 1.
  void arc(Point centre, float radius, Colour colour, float thickness, float share);
  void line(Point from, Point to, Colour colour, float thickness);
  void stroke(std::span<const Point> points, Colour colour, float thickness, bool closed = false);
  // Fills the rectangle with the picture.
  void image(const ImageView& view, const Rect& rect);
  // Overwrites and gives back what pictures took (lock).
  void forget_images();
  // The same with where letters and lines stood, between frames. The window itself shows them until
  // the next paint().
  void forget_shapes();
  void icon(Icon icon, const Rect& box, Colour colour);

  // `at` is the top left of a line box of line_height(style).
  void text(Point at, std::string_view text, Style style, Colour colour);
  [[nodiscard]] float text_width(std::string_view text, Style style) const;
  // Of the longest part that wrap() breaks only for want of room.
  [[nodiscard]] float longest_word_width(std::string_view text, Style style) const;
  [[nodiscard]] float line_height(Style style) const;
  // Lines no wider than `width`: broken at spaces, after hyphens, and inside a word only where the
  // word alone is too wide; "\n" always breaks. Views into `text`; at least one line.
  [[nodiscard]] std::vector<std::string_view> wrap(std::string_view text, Style style,
                                                   float width) const;
  // True where every letter of the text has a picture in the font.
  [[nodiscard]] bool can_show(std::string_view text, Style style) const;

 private:
  struct Parts;
  explicit Canvas(std::unique_ptr<Parts> parts);
  static std::unique_ptr<Canvas> make(SDL_Renderer* renderer);
  std::unique_ptr<Parts> parts_;
  float scale_ = 0;
  std::vector<Rect> clips_;
};

}  // namespace vigil::ui
