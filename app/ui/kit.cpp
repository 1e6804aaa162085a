// SPDX-License-Identifier: Apache-2.0
//
// Frames, places and items.
#include "app/ui/kit.h"

#include <cmath>
#include <utility>

#include "core/base/check.h"
#include "core/crypto/secret_bytes.h"
#include "platform/window/window.h"

namespace vigil::ui {

// Gives the memory back: a cleared vector or string keeps what it held.
void Kit::release() {
  forgotten_ = false;
  tree_ = {};
  building_ = {};
  touches_ = {};
  building_touches_ = {};
  parts_ = {};
  building_parts_ = {};
  for (std::string* text : {&active_, &tapped_, &dragged_, &focus_, &reveal_}) {
    std::string().swap(*text);
  }
  canvas_.forget_shapes();
  crypto::wipe_dead_stack();
}

void Kit::begin(const InputEvent& event, std::int64_t now_ms, Size size) {
  // Not before: a frame may be under way when it is told to forget, and goes on to its end.
  if (forgotten_) release();
  screen_ = whole_screen_ = {0, 0, size.width, size.height};
  now_ms_ = now_ms;
  editing_.set_time(now_ms);
  event_ = event;
  again_ = false;
  sleep_ms_ = -1;
  tapped_.clear();
  building_.items.clear();
  building_touches_.clear();
  columns_.clear();
  canvas_.begin(size);
  using Kind = InputEvent::Kind;
  if (event.kind == Kind::kText || event.kind == Kind::kKey) keyboard_.real_keys = true;
  if (event.kind == Kind::kNone && !typed_.empty()) {
    std::swap(event_, typed_.front());
    typed_.erase(typed_.begin());
  } else if (event.kind == Kind::kNone && !tap_after_.empty()) {
    tapped_ = std::exchange(tap_after_, {});
  }
  take(event_);
  raise_keyboard();
  glide();
  find_engaged();
  push_column(screen_);
}

void Kit::take(const InputEvent& event) {
  switch (event.kind) {
    case InputEvent::Kind::kPress:
      return press(event);
    case InputEvent::Kind::kMove:
      return move(event);
    case InputEvent::Kind::kRelease:
      return release(event);
    case InputEvent::Kind::kWheel:
      if (const Item* part = scroll_at(event.at)) {
        scroll_by(part->key, -event.wheel * px(Space::kHuge * 2));
      }
      return;
    case InputEvent::Kind::kKey:
      return press_key(event.key, event.shift);
    case InputEvent::Kind::kKeyUp:
      return release_key();
    case InputEvent::Kind::kText:
    case InputEvent::Kind::kNone:
      return;
  }
}

void Kit::end() {
  CHECK(columns_.size() == 1 && open_scrolls_.empty() && open_cards_.empty());
  canvas_.end();
  std::swap(tree_, building_);
  std::swap(touches_, building_touches_);
  std::swap(parts_, building_parts_);
  building_parts_.clear();
  if (reveal_frames_ > 0 && --reveal_frames_ == 0) reveal_.clear();
  if (!reveal_.empty()) again_ = true;
  // Once more to see what the touch led to; where that moved the anchor, hold_anchor() asks again.
  if (anchor_.frames > 0 && --anchor_.frames > 0) again_ = true;
  // Something may be filling under the finger.
  if (!active_.empty() && (down_ || key_down_)) wake_in(16);
  if (!typed_.empty() || !tap_after_.empty()) again_ = true;
  if (editing_.changed()) wake_in(100);
}

void Kit::wake_in(int ms) {
  sleep_ms_ = sleep_ms_ < 0 ? ms : std::min(sleep_ms_, ms);
}

float Kit::px(float logical) const {
  return std::round(logical * canvas_.scale());
}

void Kit::push_column(const Rect& rect) {
  columns_.push_back({rect, rect.y});
}

float Kit::pop_column() {
  end_row();
  const float y = columns_.back().y;
  columns_.pop_back();
  return y;
}

void Kit::close_column() {
  const float bottom = pop_column();
  columns_.back().y = std::max(columns_.back().y, bottom);
}

Rect Kit::column() const {
  const Column& column = columns_.back();
  return {column.rect.x, column.y, column.rect.width, column.rect.bottom() - column.y};
}

void Kit::gap(float logical) {
  end_row();
  columns_.back().y += px(logical);
}

void Kit::begin_row(float gap) {
  end_row();
  Column& column = columns_.back();
  column.in_row = true;
  column.row_x = column.rect.x;
  column.row_height = 0;
  column.row_gap = px(gap);
}

void Kit::end_row() {
  Column& column = columns_.back();
  if (!column.in_row) return;
  column.in_row = false;
  column.y += column.row_height;
}

Rect Kit::place(Size size) {
  Column& column = columns_.back();
  if (!column.in_row) {
    const Rect rect = {column.rect.x, column.y, size.width, size.height};
    column.y += size.height;
    return rect;
  }
  if (column.row_x > column.rect.x && column.row_x + size.width > column.rect.right() + 0.5F) {
    column.y += column.row_height + column.row_gap;
    column.row_x = column.rect.x;
    column.row_height = 0;
  }
  const Rect rect = {column.row_x, column.y, size.width, size.height};
  column.row_x += size.width + column.row_gap;
  column.row_height = std::max(column.row_height, size.height);
  return rect;
}

void Kit::begin_card(std::string_view key, float padding) {
  end_row();
  const Rect outer = column();
  const float inside = px(padding);
  open_cards_.push_back({std::string(key), outer, inside, building_.items.size()});
  add_still({.key = std::string(key), .role = Role::kCard, .rect = outer});
  canvas_.begin_above();
  push_column({outer.x + inside, outer.y + inside, outer.width - 2 * inside, outer.height});
}

void Kit::end_card() {
  const float bottom = pop_column();
  const OpenCard card = std::move(open_cards_.back());
  open_cards_.pop_back();
  Rect rect = card.rect;
  rect.height = bottom + card.padding - rect.y;
  canvas_.behind();
  canvas_.box(rect, theme_->surface, theme_->hairline, std::max(1.0F, px(1)), px(kCardRadius));
  canvas_.end_above();
  Item& item = building_.items[card.item];
  item.rect = rect;
  item.visible = intersection(rect, canvas_.clip());
  columns_.back().y = rect.bottom();
}

bool Kit::begin_overlay(std::string_view key, bool dimmed) {
  canvas_.fill(screen_, with_alpha(rgb(0x000000), dimmed ? 120 : 1));
  Item scrim{.key = std::string(key), .role = Role::kScrim, .rect = screen_};
  return add(std::move(scrim)).tapped;
}

Interaction Kit::add(Item item, const Touch& touch) {
  const float reach = px(touch.reach);
  const Rect touched = item.rect.inset(-reach);
  const Rect clip = canvas_.clip();
  item.visible = intersection(reach > 0 ? touched : item.rect, clip);
  item.takes_taps = touch.takes_taps && !item.disabled;
  item.focused = item.takes_taps && focus_ == item.key;
  // Sideways nothing scrolls; outside of a scrolling part nothing may hang over the edge either.
  const bool sideways = item.rect.x < clip.x - 1 || item.rect.right() > clip.right() + 1;
  const bool below = open_scrolls_.empty() && item.rect.bottom() > clip.bottom() + 1;
  if ((sideways || below) && item.role != Role::kCard && item.role != Role::kScroll) {
    item.clipped = true;
  }
  Interaction interaction;
  if (item.takes_taps) {
    interaction.pressed = (down_ || key_down_) && active_ == item.key;
    interaction.tapped = tapped_ == item.key;
    interaction.focused = item.focused;
    if (interaction.pressed) interaction.held_ms = now_ms_ - pressed_ms_;
  }
  building_.items.push_back(std::move(item));
  building_touches_.push_back(touch);
  return interaction;
}

void Kit::add_still(Item item) {
  add(std::move(item), Touch{.takes_taps = false});
}

void Kit::focus(std::string_view key) {
  if (focus_ == key) return;
  leave_field();
  focus_ = key;
  again_ = true;
}

void Kit::type(std::string_view text) {
  typed_.push_back({.kind = InputEvent::Kind::kText, .text = std::string(text)});
}

void Kit::type(Key key) {
  typed_.push_back({.kind = InputEvent::Kind::kKey, .key = key});
}

void Kit::set_clipboard(std::string_view text) {
  wipe_text(clipboard_);
  clipboard_ = text;
}

void Kit::leave_field() {
  // A field whose key is no longer focused hands over its text when it is drawn next (fields.cpp).
  focus_.clear();
  if (!editing_.key().empty()) again_ = true;
}

void Kit::forget() {
  editing_.stop();
  scrolls_.clear();
  focus_.clear();
  active_.clear();
  tapped_.clear();
  reveal_.clear();
  anchor_ = {};
  down_ = dragging_ = false;
  for (Item& item : tree_.items) wipe_text(item.text);
  tree_.items.clear();
  touches_.clear();
  parts_.clear();
  canvas_.forget_images();
  for (auto& [key, text] : kept_) wipe_text(text);
  kept_.clear();
  wipe_text(clipboard_);
  for (InputEvent& event : typed_) wipe_text(event.text);
  typed_.clear();
  tap_after_.clear();
  key_down_ = false;
  wipe_text(event_.text);
  event_ = {};
  // This frame may go on with the keyboard over half of it; the next one is without.
  keyboard_.shown = false;
  again_ = true;
  forgotten_ = true;
  platform::Window::forget_typed();
}

}  // namespace vigil::ui
