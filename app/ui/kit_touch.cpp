// SPDX-License-Identifier: Apache-2.0
//
// Fingers, keys and scrolling.
#include <cmath>
#include <utility>

#include "app/ui/kit.h"

namespace vigil::ui {
namespace {

// A gloved finger trembles: less than this is still a tap.
constexpr float kSlop = 12;
// A glide loses this share of its speed each second (e^-4 is left).
constexpr float kFriction = 4;
constexpr float kStillSpeed = 20;  // logical units a second
constexpr float kFastestSpeed = 6000;
constexpr int kFrame_ms = 16;
constexpr std::int64_t kDoubleTap_ms = 400;
// A glove bounces: a second tap at the same place so soon after the first is none, whatever stands
// there by then. Nobody reads a new page in that time.
constexpr std::int64_t kBounce_ms = 300;

}  // namespace

const Touch& Kit::touch_of(const Item& item) const {
  return touches_[static_cast<std::size_t>(&item - tree_.items.data())];
}

const Item* Kit::hit(Point at) const {
  for (std::size_t index = tree_.items.size(); index-- > 0;) {
    const Item& item = tree_.items[index];
    if (item.takes_taps && item.visible.contains(at)) return &item;
  }
  return nullptr;
}

const Item* Kit::scroll_at(Point at) const {
  for (std::size_t index = tree_.items.size(); index-- > 0;) {
    const Item& item = tree_.items[index];
    if (item.role == Role::kScrim) return nullptr;
    if (item.role == Role::kScroll && item.visible.contains(at)) return &item;
  }
  return nullptr;
}

void Kit::press(const InputEvent& event) {
  down_ = true;
  key_down_ = false;
  dragging_ = false;
  const bool again = now_ms_ - pressed_ms_ <= kDoubleTap_ms &&
                     std::abs(event.at.x - pressed_at_.x) < px(2 * kSlop) &&
                     std::abs(event.at.y - pressed_at_.y) < px(2 * kSlop);
  press_count_ = again ? press_count_ + 1 : 1;
  pressed_at_ = last_at_ = event.at;
  pressed_ms_ = last_move_ms_ = now_ms_;
  focus_visible_ = false;
  const Item* const part = scroll_at(event.at);
  dragged_ = part == nullptr ? "" : part->key;
  // The touch that stops a gliding page was aimed at nothing on it.
  catching_ = part != nullptr && std::exchange(scrolls_[dragged_].velocity, 0.0F) != 0;
  const Item* const item = catching_ || bounces(event.at) ? nullptr : hit(event.at);
  active_ = item == nullptr ? "" : item->key;
  pressed_rect_ = item == nullptr ? Rect{} : item->visible;
  if (item != nullptr && touch_of(*item).drags) dragged_.clear();
  if (item != nullptr) anchor_ = {item->key, item->rect.y, 2};
}

// A key, a step or a stroke is meant each time; a field takes a second tap for a word, and what is
// held cannot be meant too briefly.
bool Kit::bounces(Point at) const {
  if (now_ms_ - last_tap_ms_ > kBounce_ms) return false;
  if (std::abs(at.x - last_tap_at_.x) >= px(2 * kSlop)) return false;
  if (std::abs(at.y - last_tap_at_.y) >= px(2 * kSlop)) return false;
  const Item* const item = hit(at);
  if (item == nullptr) return false;
  const Touch& touch = touch_of(*item);
  return !touch.keeps_focus && !touch.is_field && !touch.drags && !touch.holds && !touch.repeats;
}

void Kit::move(const InputEvent& event) {
  if (!down_) return;
  const float moved = event.at.y - last_at_.y;
  if (!dragging_ && !dragged_.empty() && std::abs(event.at.y - pressed_at_.y) > px(kSlop)) {
    dragging_ = true;
    active_.clear();
  }
  if (dragging_) {
    scroll_by(dragged_, -moved);
    const auto passed_ms = static_cast<float>(std::max<std::int64_t>(1, now_ms_ - last_move_ms_));
    const float speed = -moved * 1000 / passed_ms;
    float& velocity = scrolls_[dragged_].velocity;
    velocity = std::clamp(velocity * 0.4F + speed * 0.6F, -px(kFastestSpeed), px(kFastestSpeed));
  }
  last_at_ = event.at;
  last_move_ms_ = now_ms_;
}

void Kit::release(const InputEvent& event) {
  if (!down_) return;
  down_ = false;
  if (dragging_) {
    dragging_ = false;
    // Held still before it was let go: the person wants it to stay there.
    if (now_ms_ - last_move_ms_ > 80) scrolls_[dragged_].velocity = 0;
    return;
  }
  if (!std::exchange(catching_, false)) tap(event.at);
  active_.clear();
}

// A tap beside everything ends editing; so does one on anything else, but only the frame after the
// field has handed over its text: what is asked for then knows it.
void Kit::tap(Point at) {
  const Item* const item = active_.empty() ? nullptr : tree_.find(active_);
  const bool on_it = item != nullptr && item->takes_taps &&
                     (item->visible.contains(at) || pressed_rect_.contains(at));
  if (!on_it) {
    if (active_.empty()) leave_field();
    return;
  }
  anchor_ = {active_, item->rect.y, 2};
  last_tap_ms_ = now_ms_;
  last_tap_at_ = at;
  const Touch& touch = touch_of(*item);
  if (touch.is_field) {
    if (touch.takes_letters && focus_ == active_) keyboard_.real_keys = false;
    tapped_ = active_;
    focus(active_);
  } else if (touch.keeps_focus || editing_.key().empty()) {
    tapped_ = active_;
    if (!touch.keeps_focus) focus_.clear();
  } else {
    leave_field();
    tap_after_ = active_;
  }
}

void Kit::press_key(Key key, bool shift) {
  if (key == Key::kTab) {
    move_focus(shift ? -1 : 1);
    event_.key = Key::kNone;
    return;
  }
  const Item* const item = focus_.empty() ? nullptr : tree_.find(focus_);
  if (item != nullptr && touch_of(*item).is_field) return;
  switch (key) {
    case Key::kEnter:
    case Key::kSpace:
      if (item == nullptr || !item->takes_taps) return;
      if (touch_of(*item).holds) {
        // Keys repeat while they are held down.
        if (!key_down_) pressed_ms_ = now_ms_;
        key_down_ = true;
        active_ = focus_;
      } else {
        tapped_ = focus_;
        anchor_ = {focus_, item->rect.y, 2};
      }
      break;
    case Key::kLeft:
    case Key::kRight:
    case Key::kUp:
    case Key::kDown:
      if (item != nullptr && touch_of(*item).takes_arrows) return;
      move_focus_towards(key);
      break;
    case Key::kPageUp:
    case Key::kPageDown:
    case Key::kHome:
    case Key::kEnd:
      scroll_by_key(key);
      break;
    default:
      return;
  }
  event_.key = Key::kNone;
}

void Kit::release_key() {
  if (!key_down_) return;
  key_down_ = false;
  active_.clear();
}

bool Kit::key_pressed(Key key) {
  if (event_.kind != InputEvent::Kind::kKey || event_.key != key) return false;
  event_.key = Key::kNone;
  return true;
}

std::vector<const Item*> Kit::stops() const {
  std::size_t first = 0;  // nothing under an overlay is reached
  for (std::size_t index = 0; index < tree_.items.size(); ++index) {
    if (tree_.items[index].role == Role::kScrim) first = index + 1;
  }
  std::vector<const Item*> stops;
  for (std::size_t index = first; index < tree_.items.size(); ++index) {
    const Item& item = tree_.items[index];
    if (item.takes_taps && !touch_of(item).keeps_focus) stops.push_back(&item);
  }
  return stops;
}

void Kit::focus_by_key(const std::string& key) {
  focus(key);
  focus_visible_ = true;
  const Item* const item = tree_.find(key);
  if (item != nullptr && item->visible.height < item->rect.height) reveal(key);
}

void Kit::move_focus(int direction) {
  const std::vector<const Item*> stops = this->stops();
  if (stops.empty()) return;
  const auto current = std::ranges::find(stops, focus_, &Item::key);
  std::size_t next = direction > 0 ? 0 : stops.size() - 1;
  if (current != stops.end()) {
    const auto at = static_cast<std::size_t>(current - stops.begin());
    next = (at + (direction > 0 ? 1 : stops.size() - 1)) % stops.size();
  }
  focus_by_key(stops[next]->key);
}

// The nearest one in that direction; sideways distance counts double, so that a column is kept.
void Kit::move_focus_towards(Key direction) {
  const std::vector<const Item*> stops = this->stops();
  const auto current = std::ranges::find(stops, focus_, &Item::key);
  if (current == stops.end()) {
    if (direction == Key::kDown || direction == Key::kRight) move_focus(1);
    if (direction == Key::kUp || direction == Key::kLeft) move_focus(-1);
    return;
  }
  const Rect from = (*current)->rect;
  const bool vertical = direction == Key::kUp || direction == Key::kDown;
  const float sign = direction == Key::kDown || direction == Key::kRight ? 1 : -1;
  const Item* best = nullptr;
  float best_distance = 0;
  for (const Item* item : stops) {
    const Point to = item->rect.centre();
    const float ahead = sign * (vertical ? to.y - from.centre().y : to.x - from.centre().x);
    // Something beside it in the same row is not above or below it.
    const float least = (vertical ? from.height : from.width) / 2;
    if (item == *current || ahead < least) continue;
    const float aside = std::abs(vertical ? to.x - from.centre().x : to.y - from.centre().y);
    const float distance = ahead + 2 * aside;
    if (best != nullptr && distance >= best_distance) continue;
    best = item;
    best_distance = distance;
  }
  if (best != nullptr) focus_by_key(best->key);
}

// Of the largest part that can be seen and is not covered.
void Kit::scroll_by_key(Key key) {
  const Item* part = nullptr;
  for (const Item& item : tree_.items) {
    if (item.role == Role::kScrim) part = nullptr;
    const bool larger = part == nullptr || item.visible.width * item.visible.height >
                                               part->visible.width * part->visible.height;
    if (item.role == Role::kScroll && larger) part = &item;
  }
  if (part == nullptr) return;
  constexpr float kEverything = 10'000'000;
  const float page = part->visible.height * 0.85F;
  const float by = key == Key::kPageUp     ? -page
                   : key == Key::kPageDown ? page
                   : key == Key::kHome     ? -kEverything
                                           : kEverything;
  scroll_by(part->key, by);
}

void Kit::raise_keyboard() {
  const Item* const item = focus_.empty() ? nullptr : tree_.find(focus_);
  const bool wanted = item != nullptr && touch_of(*item).takes_letters;
  const bool may = keyboard_.mode == KeyboardMode::kAlways ||
                   (keyboard_.mode == KeyboardMode::kAuto && !keyboard_.real_keys);
  const bool before = keyboard_.shown;
  keyboard_.shown = wanted && may;
  if (!keyboard_.shown) {
    keyboard_.shift = KeyboardState::Shift::kOff;
    keyboard_.symbols = false;
    return;
  }
  screen_.height -= keyboard_height(*this);
  if (!before) reveal(focus_);
}

void Kit::scroll_by(std::string_view key, float pixels) {
  const auto found = scrolls_.find(key);
  if (found == scrolls_.end()) return;
  Scroll& scroll = found->second;
  const float most = std::max(0.0F, scroll.content - scroll.view);
  scroll.offset = std::clamp(scroll.offset + pixels, 0.0F, most);
}

void Kit::glide() {
  const float slow = px(kStillSpeed);
  for (auto& [key, scroll] : scrolls_) {
    if (scroll.velocity == 0 || (dragging_ && dragged_ == key)) continue;
    const float before = scroll.offset;
    scroll_by(key, scroll.velocity * kFrame_ms / 1000);
    scroll.velocity *= std::exp(-kFriction * kFrame_ms / 1000);
    if (std::abs(scroll.velocity) < slow || scroll.offset == before) scroll.velocity = 0;
    if (scroll.velocity != 0) wake_in(kFrame_ms);
  }
}

void Kit::begin_scroll(std::string_view key, const Rect& rect, float padding) {
  const float inside = px(padding);
  open_scrolls_.push_back({std::string(key), rect, inside, building_.items.size()});
  add_still({.key = std::string(key), .role = Role::kScroll, .rect = rect});
  canvas_.push_clip(rect);
  Scroll& scroll = scrolls_[std::string(key)];
  scroll.view = rect.height;
  const float most = std::max(0.0F, scroll.content - scroll.view);
  scroll.offset = std::round(std::clamp(scroll.offset, 0.0F, most));
  push_column(
      {rect.x + inside, rect.y + inside - scroll.offset, rect.width - 2 * inside, 1'000'000});
}

void Kit::end_scroll() {
  const float bottom = pop_column();
  const OpenScroll open = std::move(open_scrolls_.back());
  open_scrolls_.pop_back();
  Scroll& scroll = scrolls_[open.key];
  const float content = bottom + open.padding - (open.rect.y - scroll.offset);
  if (std::abs(content - scroll.content) > 0.5F) {
    scroll.content = content;
    if (scroll.offset > std::max(0.0F, content - scroll.view)) again_ = true;
  }
  hold_anchor(open);
  do_reveal(open);
  bring_into_sight(open);
  if (scroll.content > scroll.view + 1) {
    // A sign of where one is, not a thing to grab.
    const float height = std::max(px(32), scroll.view * scroll.view / scroll.content);
    const float share = scroll.offset / (scroll.content - scroll.view);
    canvas_.fill(
        {open.rect.right() - px(6), open.rect.y + share * (scroll.view - height), px(4), height},
        with_alpha(theme_->edge, 120), px(2));
  }
  canvas_.pop_clip();
}

void Kit::hold_anchor(const OpenScroll& open) {
  if (anchor_.frames == 0) return;
  for (std::size_t index = open.first_item; index < building_.items.size(); ++index) {
    const Item& item = building_.items[index];
    if (item.key != anchor_.key) continue;
    const float moved = item.rect.y - anchor_.y;
    if (std::abs(moved) >= 1) {
      scroll_by(open.key, moved);
      again_ = true;
    }
    return;
  }
}

void Kit::to_top(std::string_view scroll_key) {
  // Where it was never drawn it begins at its top anyway, unless something is held in its place.
  anchor_ = {};
  again_ = true;
  const auto found = scrolls_.find(scroll_key);
  if (found != scrolls_.end()) found->second.offset = found->second.velocity = 0;
}

void Kit::reveal(std::string_view key, Reveal where) {
  reveal_ = key;
  reveal_where_ = where;
  reveal_frames_ = 3;
  again_ = true;
  anchor_ = {};
}

void Kit::bring_into_sight(const OpenScroll& open) {
  if (!sight_) return;
  const float margin = px(Space::kSmall);
  const float above = sight_->y - margin - open.rect.y;
  const float below = sight_->bottom() + margin - open.rect.bottom();
  sight_.reset();
  if (above >= 0 && below <= 0) return;
  scroll_by(open.key, above < 0 ? above : below);
  again_ = true;
}

void Kit::do_reveal(const OpenScroll& open) {
  if (reveal_.empty()) return;
  for (std::size_t index = open.first_item; index < building_.items.size(); ++index) {
    const Item& item = building_.items[index];
    if (item.key != reveal_) continue;
    const float margin = px(Space::kMedium);
    const float above = item.rect.y - margin - open.rect.y;
    const float below = item.rect.bottom() + margin - open.rect.bottom();
    if (above < 0 || below > above || reveal_where_ == Reveal::kAtTop) {
      scroll_by(open.key, above);
    } else if (below > 0) {
      scroll_by(open.key, below);
    }
    return;
  }
}

}  // namespace vigil::ui
