// SPDX-License-Identifier: Apache-2.0
//
// The core of the widget kit: frames, places, touch, focus, scrolling, and the record of what is on
// the screen. Controls (controls.h, fields.h) are plain functions over it. It is immediate: nothing
// is kept of a control but what the finger is doing to it. Lengths that callers give are logical
// units (theme.h) unless they come in a Rect or Size, which are pixels. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/canvas.h"
#include "app/ui/editing.h"
#include "app/ui/input.h"
#include "app/ui/keyboard.h"
#include "app/ui/part.h"
#include "app/ui/theme.h"
#include "app/ui/tree.h"

namespace vigil::ui {

// What the person is doing to one item in this frame.
struct Interaction {
  bool pressed = false;  // the finger is on it
  bool tapped = false;   // it was let go on it, or Enter came while it had the focus
  bool focused = false;
  std::int64_t held_ms = 0;  // how long it is pressed
};

// How an item takes part in touch and focus.
struct Touch {
  bool takes_taps = true;
  bool is_field = false;       // keeps the focus while text goes into it
  bool keeps_focus = false;    // a key of a keypad: a press leaves the focus where it is
  bool takes_letters = false;  // the on-screen keyboard comes up for it
  bool holds = false;          // Enter and space hold it down rather than tap it
  bool takes_arrows = false;   // the arrow keys are its own while it has the focus
  bool drags = false;          // a finger on it draws or slides, and scrolls nothing
  bool repeats = false;        // tapped in quick succession on purpose: one step more each time
  float reach = 0;  // logical units by which the touched area is larger than what is seen
};

// How much an item that comes into view is moved: as little as does, or to the top of the page.
enum class Reveal { kAnywhere, kAtTop };

class Kit {
 public:
  explicit Kit(Canvas& canvas) : canvas_(canvas) {}
  Kit(const Kit&) = delete;
  Kit& operator=(const Kit&) = delete;

  // --- frames -----------------------------------------------------------------------------------
  void set_theme(const Theme& theme) { theme_ = &theme; }
  [[nodiscard]] const Theme& theme() const { return *theme_; }
  // One event a frame: an event is judged by what the frame before showed.
  void begin(const InputEvent& event, std::int64_t now_ms, Size size);
  void end();
  // After end(): the frame moved something, so draw once more before showing it.
  [[nodiscard]] bool wants_again() const { return again_; }
  void draw_again() { again_ = true; }
  // After end(): how long to sleep without input, -1 for ever.
  [[nodiscard]] int sleep_ms() const { return sleep_ms_; }
  void wake_in(int ms);
  // Types into the focused field, from the next frame on, as real keys would.
  void type(std::string_view text);
  void type(Key key);
  [[nodiscard]] const Tree& tree() const { return tree_; }
  [[nodiscard]] std::int64_t now_ms() const { return now_ms_; }
  // A key that no field took ("kEscape" goes back); each is answered once.
  [[nodiscard]] bool key_pressed(Key key);
  // Ends editing: the field hands over its text in the next frame it is drawn.
  void leave_field();
  // The finger stays down, but what it pressed is over: nothing more comes of this press.
  void let_go() { active_.clear(); }
  // Presses at the same place in quick succession, with this one.
  [[nodiscard]] int press_count() const { return press_count_; }
  // Forgets everything: texts being edited are wiped, focus and scrolling start anew (lock).
  void forget();
  // What was copied or cut. It never leaves the program, and is wiped by forget().
  [[nodiscard]] const std::string& clipboard() const { return clipboard_; }
  void set_clipboard(std::string_view text);

  // --- measures ---------------------------------------------------------------------------------
  [[nodiscard]] float px(float logical) const;  // whole pixels
  // Without what the on-screen keyboard covers.
  [[nodiscard]] Rect screen() const { return screen_; }
  [[nodiscard]] Rect whole_screen() const { return whole_screen_; }
  // Pixels for one logical unit at the user's scale of 1: a finger does not grow with the letters.
  void set_density(float density) { density_ = density; }
  [[nodiscard]] float density() const { return density_; }
  // The screen's width in logical units: what decides between layouts.
  [[nodiscard]] float logical_width() const { return screen_.width / canvas_.scale(); }
  [[nodiscard]] Canvas& canvas() { return canvas_; }

  // --- places: columns fill downwards, rows fill a column's width and break
  // ------------------------
  void push_column(const Rect& rect);
  float pop_column();                 // where it ended, in pixels
  void close_column();                // the same, and the column around it goes on below
  [[nodiscard]] Rect column() const;  // what is left of it
  void gap(float logical);
  void begin_row(float gap = kControlGap);
  void end_row();
  // The next place of this size, in the row where there is one.
  Rect place(Size size);

  // A part that scrolls vertically inside `rect`; what is drawn in it goes into a column as wide.
  void begin_scroll(std::string_view key, const Rect& rect, float padding = 0);
  void end_scroll();
  // Scrolls so that the item can be seen, now or as soon as it is drawn.
  void reveal(std::string_view key, Reveal where = Reveal::kAnywhere);
  // The part that scrolls begins at its top again: another page stands in it.
  void to_top(std::string_view scroll_key);
  // Scrolls the page that is being drawn as little as brings this part of it into view.
  void keep_in_sight(const Rect& rect) { sight_ = rect; }
  void begin_card(std::string_view key, float padding = Space::kLarge);
  void end_card();
  // What stands between may be left out where it is out of sight and looks as it did in the frame
  // before: the same `print`, width and scale. False then: its items are recorded again where they
  // belong now, and nothing shall be drawn. What a finger, a key or an editor is in is never left
  // out.
  [[nodiscard]] bool begin_part(std::string_view key, std::uint64_t print);
  void end_part();
  // Covers everything drawn before. True where the cover itself was tapped: close.
  [[nodiscard]] bool begin_overlay(std::string_view key, bool dimmed);

  // --- items
  // -------------------------------------------------------------------------------------- Records
  // the item and says what is done to it; `item.key`, `.role`, `.rect` given.
  Interaction add(Item item, const Touch& touch = {});
  void add_still(Item item);  // the same for what takes no taps
  [[nodiscard]] Item& last_item() { return building_.items.back(); }
  [[nodiscard]] bool focus_is_visible() const { return focus_visible_; }
  void focus(std::string_view key);
  [[nodiscard]] const std::string& focused() const { return focus_; }
  // The text being edited and the event, for fields.h.
  [[nodiscard]] Editing& editing() { return editing_; }
  [[nodiscard]] InputEvent& event() { return event_; }
  [[nodiscard]] KeyboardState& keyboard() { return keyboard_; }
  // A small thing a control remembers while the screen is open: what a list is searched for,
  // whether it is unfolded. Wiped by forget().
  [[nodiscard]] std::string& kept(std::string_view key) { return kept_[std::string(key)]; }

 private:
  struct Column {
    Rect rect;
    float y = 0;
    bool in_row = false;
    float row_x = 0;
    float row_height = 0;
    float row_gap = 0;
  };
  struct Scroll {
    float offset = 0;
    float content = 0;
    float view = 0;
    float velocity = 0;  // pixels a second
  };
  struct OpenScroll {
    std::string key;
    Rect rect;
    float padding = 0;
    std::size_t first_item = 0;
  };
  struct OpenCard {
    std::string key;
    Rect rect;
    float padding = 0;
    std::size_t item = 0;
  };
  struct Anchor {
    std::string key;
    float y = 0;
    int frames = 0;
  };

  void release();
  void find_engaged();
  [[nodiscard]] bool is_engaged(const Part& part) const;
  void take_over(const Part& part, float moved);
  void press(const InputEvent& event);
  void move(const InputEvent& event);
  void release(const InputEvent& event);
  void tap(Point at);
  [[nodiscard]] bool bounces(Point at) const;
  void take(const InputEvent& event);
  void press_key(Key key, bool shift);
  void release_key();
  void move_focus(int direction);
  void move_focus_towards(Key direction);
  void focus_by_key(const std::string& key);
  void scroll_by_key(Key key);
  [[nodiscard]] std::vector<const Item*> stops() const;
  void raise_keyboard();
  void scroll_by(std::string_view key, float pixels);
  void glide();
  void hold_anchor(const OpenScroll& open);
  void do_reveal(const OpenScroll& open);
  void bring_into_sight(const OpenScroll& open);
  [[nodiscard]] const Item* hit(Point at) const;
  [[nodiscard]] const Item* scroll_at(Point at) const;
  [[nodiscard]] const Touch& touch_of(const Item& item) const;

  Canvas& canvas_;
  const Theme* theme_ = &light_theme();
  Rect screen_;
  Rect whole_screen_;
  float density_ = 1;
  std::int64_t now_ms_ = 0;
  InputEvent event_;
  bool again_ = false;
  bool forgotten_ = false;
  int sleep_ms_ = -1;

  Tree tree_;      // of the last whole frame
  Tree building_;  // of this frame
  std::vector<Touch> touches_;
  std::vector<Touch> building_touches_;

  Parts parts_;           // with numbers of items in tree_
  Parts building_parts_;  // the same in building_
  Parts::iterator open_part_;
  std::vector<std::size_t> engaged_;  // numbers of items in tree_

  std::vector<Column> columns_;
  std::vector<OpenScroll> open_scrolls_;
  std::vector<OpenCard> open_cards_;
  std::map<std::string, Scroll, std::less<>> scrolls_;

  bool down_ = false;
  bool key_down_ = false;  // Enter or space holds active_
  Point pressed_at_;
  int press_count_ = 0;
  Rect pressed_rect_;  // where the item was then: it may move before the finger is lifted
  Point last_at_;
  std::int64_t pressed_ms_ = 0;
  Point last_tap_at_;
  std::int64_t last_tap_ms_ = -1'000'000;  // no tap yet
  bool catching_ = false;                  // this touch stopped a gliding page
  std::int64_t last_move_ms_ = 0;
  std::string active_;     // the item under the finger
  std::string tapped_;     // this frame
  std::string tap_after_;  // the next frame: first the field that is left hands over its text
  std::string dragged_;    // the scrolling part under the finger
  bool dragging_ = false;
  std::string focus_;
  bool focus_visible_ = false;
  std::string reveal_;
  Reveal reveal_where_ = Reveal::kAnywhere;
  std::optional<Rect> sight_;
  int reveal_frames_ = 0;
  Anchor anchor_;
  Editing editing_;
  std::vector<InputEvent> typed_;  // by the on-screen keyboard, not yet given to a field
  KeyboardState keyboard_;
  std::string clipboard_;
  std::map<std::string, std::string, std::less<>> kept_;
};

}  // namespace vigil::ui
