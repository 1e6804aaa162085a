// SPDX-License-Identifier: Apache-2.0
#include "app/ui/keyboard.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "app/ui/controls.h"
#include "app/ui/keyboard_layouts.h"
#include "app/ui/kit.h"

namespace vigil::ui {
namespace {

constexpr float kWidestKey = 94;  // with the gap beside it, as the drawing has it
constexpr float kKeyGap = 6;
constexpr float kKeyHeight = 58;
constexpr float kEdge = 10;  // around all keys
constexpr int kRowCount = 5;
// With the figures on top it may take so much of the screen; else they stay behind their key.
constexpr float kMostWithFigures = 0.55F;
constexpr std::int64_t kRepeatAfter_ms = 450;
constexpr std::int64_t kRepeatEach_ms = 60;

using Shift = KeyboardState::Shift;

std::vector<std::string_view> split(std::string_view row) {
  std::vector<std::string_view> keys;
  while (!row.empty()) {
    const auto space = row.find(' ');
    keys.push_back(row.substr(0, space));
    row.remove_prefix(space == std::string_view::npos ? row.size() : space + 1);
  }
  return keys;
}

float pixels(const Kit& kit, float units) {
  return std::round(units * kit.density());
}

float height_of(const Kit& kit, int rows) {
  const auto count = static_cast<float>(rows);
  const float between = (count - 1) * pixels(kit, kKeyGap) + 2 * pixels(kit, kEdge);
  const float most = std::floor((kit.whole_screen().height * 0.5F - between) / count);
  const float least = pixels(kit, kFinger);
  return count * std::max(least, std::min(kit.px(kKeyHeight), most)) + between;
}

// The letters that a language lacks elsewhere stand where English has its figures.
bool shows_figures(const Kit& kit, const KeyboardState& state) {
  return state.figures && !state.symbols && state.layout != "en" &&
         height_of(kit, kRowCount + 1) <= kit.whole_screen().height * kMostWithFigures;
}

// What a key looks like and does.
struct Cap {
  std::string name;  // behind "keyboard."
  std::string_view text = {};
  std::optional<Icon> icon = {};
  std::string_view called = {};  // in the tree, where only a sign is shown
  float width = 1;
  enum class Look { kPlain, kExtra, kDull, kOn } look = Look::kPlain;
};

class Board {
 public:
  Board(Kit& kit, const KeyboardWords& words) : kit_(kit), state_(kit.keyboard()), words_(words) {
    const Rect whole = kit.whole_screen();
    const float height = keyboard_height(kit);
    ground_ = {0, whole.height - height, whole.width, height};
    gap_ = pixels(kit, kKeyGap);
    figures_ = shows_figures(kit, state_);
    const auto rows = static_cast<float>(kRowCount + (figures_ ? 1 : 0));
    row_height_ = (height - 2 * pixels(kit, kEdge) - (rows - 1) * gap_) / rows;
    y_ = ground_.y + pixels(kit, kEdge);
  }

  void draw() {
    // Between the keys nothing happens: the field keeps the focus.
    static_cast<void>(
        kit_.add({.key = "keyboard", .role = Role::kCard, .rect = ground_}, {.keeps_focus = true}));
    kit_.canvas().fill(ground_, kit_.theme().sunken);
    kit_.canvas().fill({0, ground_.y, ground_.width, std::max(1.0F, pixels(kit_, 1))},
                       kit_.theme().hairline);
    const KeyboardLayout& layout = keyboard_layout(state_.layout);
    const auto& rows = state_.symbols ? keyboard_symbols() : layout.rows;
    // As many as the longest row has, with erase or enter at its end.
    columns_ = static_cast<float>(split(rows[0].small).size() + 1);
    if (!state_.symbols) {
      columns_ = std::max(columns_, static_cast<float>(split(layout.extra.small).size() + 1));
    }
    unit_ = std::min(pixels(kit_, kWidestKey),
                     (ground_.width - 2 * pixels(kit_, kKeyGap) + gap_) / columns_);
    if (figures_) {
      std::vector<Cap> caps;
      add_letters(caps, keyboard_layout("en").extra, Cap::Look::kPlain);
      draw_row(caps);
    }
    draw_top(layout);
    draw_rows(rows);
    draw_bottom(layout);
  }

 private:
  void add_letters(std::vector<Cap>& caps, const KeyRow& row, Cap::Look look) const {
    const auto small = split(row.small);
    const auto shown = split(state_.shift == Shift::kOff ? row.small : row.large);
    for (std::size_t index = 0; index < small.size(); ++index) {
      caps.push_back({.name = std::string(small[index]), .text = shown[index], .look = look});
    }
  }

  void draw_top(const KeyboardLayout& layout) {
    std::vector<Cap> caps;
    if (state_.symbols) {
      for (const KeyboardLayout& other : keyboard_layouts()) {
        caps.push_back({.name = "layout." + std::string(other.id),
                        .text = other.badge,
                        .look = &other == &layout ? Cap::Look::kOn : Cap::Look::kDull});
      }
    } else {
      const bool figures = layout.id == "en";
      add_letters(caps, layout.extra, figures ? Cap::Look::kPlain : Cap::Look::kExtra);
    }
    const auto taken = static_cast<float>(caps.size());
    Cap other{.name = "symbols", .look = Cap::Look::kDull};
    other.width = std::clamp(columns_ - taken, 1.0F, 1.8F);
    other.text = state_.symbols ? "АБВ abc" : "1 2 3 ? !";
    if (kit_.canvas().text_width(other.text, Style::kSecondary) > other.width * unit_ - gap_) {
      other.text = state_.symbols ? "АБВ" : "12?";
    }
    caps.push_back(other);
    draw_row(caps);
  }

  void draw_rows(const std::array<KeyRow, 3>& rows) {
    std::vector<Cap> caps;
    add_letters(caps, rows[0], Cap::Look::kPlain);
    const Cap erase{.name = "erase",
                    .icon = Icon::kBackspace,
                    .called = words_.erase,
                    .look = Cap::Look::kDull};
    caps.push_back(erase);
    draw_row(caps);

    caps.clear();
    add_letters(caps, rows[1], Cap::Look::kPlain);
    Cap enter{
        .name = "enter", .icon = Icon::kEnter, .called = words_.enter, .look = Cap::Look::kDull};
    enter.width = std::max(1.0F, columns_ - static_cast<float>(caps.size()));
    if (enter.width > 2.5F) enter.width = 2;
    caps.push_back(enter);
    draw_row(caps);

    caps.clear();
    const Cap::Look look = state_.shift == Shift::kLocked ? Cap::Look::kOn
                           : state_.shift == Shift::kOnce ? Cap::Look::kExtra
                                                          : Cap::Look::kDull;
    Cap shift{.name = "shift", .icon = Icon::kShift, .called = words_.shift, .look = look};
    if (!state_.symbols) caps.push_back(shift);
    add_letters(caps, rows[2], Cap::Look::kPlain);
    caps.push_back({.name = ".", .text = "."});
    if (!state_.symbols) {
      shift.name = "shift-right";
      const auto taken = static_cast<float>(caps.size() - 1);
      shift.width = caps.front().width = std::clamp((columns_ - taken) / 2, 1.0F, 2.0F);
      caps.push_back(shift);
    }
    draw_row(caps);
  }

  void draw_bottom(const KeyboardLayout& layout) {
    const std::string next(keyboard_layout(next_layout()).badge);
    const std::string badge = std::string(layout.badge) + " · " + next;
    std::vector<Cap> caps;
    caps.push_back({.name = "layout",
                    .text = badge,
                    .called = words_.layout,
                    .width = 1.3F,
                    .look = Cap::Look::kDull});
    caps.push_back({.name = ",", .text = ","});
    caps.push_back({.name = "space",
                    .called = words_.space,
                    .width = std::max(3.0F, std::min(6.0F, columns_ - 4.3F))});
    caps.push_back({.name = "-", .text = "-"});
    caps.push_back({.name = "put-away",
                    .icon = Icon::kDown,
                    .called = words_.put_away,
                    .look = Cap::Look::kDull});
    draw_row(caps);
  }

  void draw_row(const std::vector<Cap>& caps) {
    float width = -gap_;
    for (const Cap& cap : caps) width += cap.width * unit_;
    width += gap_;
    float x = ground_.x + std::round((ground_.width - width + gap_) / 2);
    for (const Cap& cap : caps) {
      draw_key(cap, {x, y_, std::round(cap.width * unit_ - gap_), row_height_});
      x += cap.width * unit_;
    }
    y_ += row_height_ + gap_;
  }

  void draw_key(const Cap& cap, const Rect& rect) {
    Canvas& canvas = kit_.canvas();
    const Theme& theme = kit_.theme();
    const std::string key = "keyboard." + cap.name;
    const std::string_view called = cap.called.empty() ? cap.text : cap.called;
    const Interaction touch = kit_.add({.key = key,
                                        .role = Role::kKey,
                                        .text = std::string(called),
                                        .rect = rect,
                                        .chosen = cap.look == Cap::Look::kOn},
                                       {.keeps_focus = true,
                                        .drags = true,
                                        .reach = kKeyGap / 2 / (canvas.scale() / kit_.density())});
    Colour ground = theme.surface;
    Colour ink = theme.ink;
    Colour edge = theme.hairline;
    if (cap.look == Cap::Look::kDull) ground = theme.hairline;
    if (cap.look == Cap::Look::kExtra) ground = theme.tint, ink = edge = theme.primary;
    if (cap.look == Cap::Look::kOn) ground = edge = theme.primary, ink = theme.on_primary;
    if (touch.pressed && cap.look != Cap::Look::kOn) ground = theme.tint, edge = theme.primary;
    canvas.box(rect, ground, edge, std::max(1.0F, pixels(kit_, 1)), pixels(kit_, kControlRadius));
    if (cap.icon) {
      const float size = std::min(rect.height * 0.6F, kit_.px(24));
      canvas.icon(*cap.icon, {rect.centre().x - size / 2, rect.centre().y - size / 2, size, size},
                  ink);
    } else if (cap.name != "space") {
      draw_letters(cap, rect, ink);
    }
    const bool now = touch.pressed && kit_.event().kind == InputEvent::Kind::kPress;
    if (now) act(cap, key);
    repeat(cap, key, touch);
  }

  void draw_letters(const Cap& cap, const Rect& rect, Colour ink) {
    Canvas& canvas = kit_.canvas();
    Style style = cap.look == Cap::Look::kDull ? Style::kBody : Style::kLetter;
    if (canvas.text_width(cap.text, style) > rect.width - 2 ||
        canvas.line_height(style) > rect.height + 8) {
      style = Style::kSecondary;
    }
    const float width = canvas.text_width(cap.text, style);
    if (width > rect.width) kit_.last_item().clipped = true;
    canvas.text(
        {rect.x + (rect.width - width) / 2, rect.y + (rect.height - canvas.line_height(style)) / 2},
        cap.text, style, ink);
  }

  // Typed when the finger comes down: who types fast puts the next one down before it lifts this.
  void act(const Cap& cap, const std::string& key) {
    if (cap.name.starts_with("shift")) {
      state_.shift = state_.shift == Shift::kOff    ? Shift::kOnce
                     : state_.shift == Shift::kOnce ? Shift::kLocked
                                                    : Shift::kOff;
    } else if (cap.name == "symbols") {
      state_.symbols = !state_.symbols;
      state_.shift = Shift::kOff;
    } else if (cap.name.starts_with("layout.")) {
      state_.layout = cap.name.substr(7);
      state_.symbols = false;
    } else if (cap.name == "layout") {
      state_.layout = next_layout();
    } else if (cap.name == "put-away") {
      kit_.leave_field();
    } else {
      type(cap);
      state_.held = key;
      state_.repeat_ms = kit_.now_ms() + kRepeatAfter_ms;
    }
    kit_.draw_again();
  }

  void type(const Cap& cap) {
    if (cap.name == "erase") return kit_.type(Key::kBackspace);
    if (cap.name == "enter") return kit_.type(Key::kEnter);
    kit_.type(cap.name == "space" ? std::string_view(" ") : cap.text);
    if (state_.shift == Shift::kOnce) state_.shift = Shift::kOff;
  }

  void repeat(const Cap& cap, const std::string& key, const Interaction& touch) {
    if (state_.held != key) return;
    if (!touch.pressed) {
      state_.held.clear();
      return;
    }
    const bool repeats = cap.name == "erase" || cap.name == "space";
    if (!repeats) return;
    if (kit_.now_ms() >= state_.repeat_ms) {
      type(cap);
      state_.repeat_ms = kit_.now_ms() + kRepeatEach_ms;
    }
    kit_.wake_in(static_cast<int>(std::max<std::int64_t>(1, state_.repeat_ms - kit_.now_ms())));
  }

  [[nodiscard]] std::string next_layout() const {
    const auto here = std::ranges::find(state_.nearby, state_.layout);
    if (state_.nearby.empty()) return "ru";
    if (here == state_.nearby.end() || here + 1 == state_.nearby.end()) {
      return state_.nearby.front();
    }
    return *(here + 1);
  }

  Kit& kit_;
  KeyboardState& state_;
  const KeyboardWords& words_;
  bool figures_ = false;
  Rect ground_;
  float gap_ = 0;
  float row_height_ = 0;
  float unit_ = 0;
  float columns_ = 0;
  float y_ = 0;
};

}  // namespace

void offer_layouts(KeyboardState& state, std::string_view interface_language,
                   std::string_view form_language) {
  state.nearby.clear();
  for (const std::string_view language :
       {form_language, interface_language, std::string_view("ru"), std::string_view("en")}) {
    if (language.empty()) continue;
    for (const KeyboardLayout& layout : keyboard_layouts()) {
      if (layout.language != language.substr(0, 2)) continue;
      if (std::ranges::find(state.nearby, layout.id) == state.nearby.end()) {
        state.nearby.emplace_back(layout.id);
      }
    }
  }
}

void follow_language(KeyboardState& state, std::string_view language) {
  if (language.empty() || state.language == language) return;
  state.language = language;
  state.layout = keyboard_layout(language).id;
}

float keyboard_height(Kit& kit) {
  return height_of(kit, kRowCount + (shows_figures(kit, kit.keyboard()) ? 1 : 0));
}

void draw_keyboard(Kit& kit, const KeyboardWords& words) {
  if (!kit.keyboard().shown) return;
  Board(kit, words).draw();
}

}  // namespace vigil::ui
