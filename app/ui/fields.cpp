// SPDX-License-Identifier: Apache-2.0
#include "app/ui/fields.h"

#include <algorithm>
#include <cmath>

#include "app/ui/field_parts.h"
#include "app/ui/utf8.h"

namespace vigil::ui {

std::size_t digits_of(std::string_view mask) {
  return static_cast<std::size_t>(std::ranges::count(mask, '0'));
}

std::string admitted_letters(const Editing& editing, std::string_view typed,
                             const FieldLook& look) {
  if (look.filter == Filter::kAny && look.mask.empty()) {
    std::string text(typed);
    if (!look.multiline) std::erase(text, '\n');
    std::erase(text, '\r');
    return text;
  }
  std::string text;
  for (char letter : typed) {
    if (letter == ',' && look.filter == Filter::kDecimal) letter = '.';
    const bool digit = letter >= '0' && letter <= '9';
    const bool minus = letter == '-' && look.filter != Filter::kDigits && look.mask.empty() &&
                       editing.selection_begin() == 0 && text.empty() &&
                       !editing.text().starts_with('-');
    const bool point = letter == '.' && look.filter == Filter::kDecimal &&
                       editing.text().find('.') == std::string::npos &&
                       text.find('.') == std::string::npos;
    if (digit || minus || point) text += letter;
  }
  const std::size_t most = look.mask.empty() ? look.most_figures : digits_of(look.mask);
  if (most > 0) {
    const std::size_t kept = editing.text().size() - editing.selected().size();
    text.resize(std::min(text.size(), most - std::min(most, kept)));
  }
  return text;
}

bool put_letters(Editing& editing, std::string_view typed, const FieldLook& look) {
  const bool figures = look.filter != Filter::kAny || !look.mask.empty();
  if (figures && typed.find_first_not_of("0123456789.,:/-+ \t\r\n") != std::string_view::npos) {
    return false;
  }
  const bool whole = !look.mask.empty() && editing.text().size() == digits_of(look.mask);
  if (whole && look.error) editing.select_all();
  const std::string letters = admitted_letters(editing, typed, look);
  if (!letters.empty()) editing.insert(letters);
  return true;
}

std::string& refused_letter(Kit& kit, std::string_view key) {
  return kit.kept(std::string(key) + ".refused");
}

namespace {

constexpr std::int64_t kBlink_ms = 530;
constexpr std::int64_t kLongPress_ms = 500;

// "1210" in "00.00" is "12.10"; shorter stops where the digits do.
std::string masked(std::string_view digits, std::string_view mask) {
  std::string shown;
  std::size_t next = 0;
  for (const char place : mask) {
    if (next >= digits.size()) break;
    shown += place == '0' ? digits[next++] : place;
  }
  return shown;
}

// The lines of a text with where each begins.
struct Lines {
  std::vector<std::string_view> lines;
  std::string_view text;
  [[nodiscard]] std::size_t begin(std::size_t line) const {
    return static_cast<std::size_t>(lines[line].data() - text.data());
  }
  [[nodiscard]] std::size_t line_of(std::size_t at) const {
    std::size_t line = 0;
    while (line + 1 < lines.size() && begin(line + 1) <= at) ++line;
    return line;
  }
};

std::size_t offset_at(Kit& kit, const Lines& lines, std::size_t line, float x) {
  const std::string_view text = lines.lines[line];
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t next = letter_after(text, at);
    const float before = kit.canvas().text_width(text.substr(0, at), Style::kBody);
    const float after = kit.canvas().text_width(text.substr(0, next), Style::kBody);
    if (x < (before + after) / 2) break;
    at = next;
  }
  return lines.begin(line) + at;
}

void paste(Kit& kit, const FieldLook& look) {
  if (!put_letters(kit.editing(), kit.clipboard(), look)) {
    refused_letter(kit, kit.editing().key()) = "1";
  }
}

bool is_whole(std::string_view digits, const FieldLook& look) {
  return !look.mask.empty() && digits.size() == digits_of(look.mask);
}

// The caret of a mask stays behind the last digit.
Key key_in_mask(Key key) {
  switch (key) {
    case Key::kLeft:
    case Key::kRight:
    case Key::kUp:
    case Key::kDown:
    case Key::kHome:
      return Key::kEnd;
    default:
      return key;
  }
}

void move_line(Kit& kit, const Lines& lines, int direction, bool select) {
  Editing& editing = kit.editing();
  const std::size_t line = lines.line_of(editing.caret());
  if (direction < 0 && line == 0) return editing.place_caret(0, select);
  if (direction > 0 && line + 1 >= lines.lines.size()) {
    return editing.place_caret(editing.text().size(), select);
  }
  const std::size_t begin = lines.begin(line);
  const float x = kit.canvas().text_width(
      std::string_view(editing.text()).substr(begin, editing.caret() - begin), Style::kBody);
  const std::size_t target = direction < 0 ? line - 1 : line + 1;
  editing.place_caret(offset_at(kit, lines, target, x), select);
}

// What a key does to the text; true for Enter that ends a one-line field.
bool apply_key(Kit& kit, const Lines& lines, const FieldLook& look) {
  Editing& editing = kit.editing();
  const bool select = kit.event().shift && look.mask.empty();
  const Key key = look.mask.empty() ? kit.event().key : key_in_mask(kit.event().key);
  // Those are nobody's but the program's.
  if (key != Key::kHide && key != Key::kPanic && key != Key::kFind) kit.event().key = Key::kNone;
  switch (key) {
    case Key::kBackspace:
      editing.erase_before();
      break;
    case Key::kDelete:
      editing.erase_after();
      break;
    case Key::kLeft:
      kit.event().control ? editing.move_word(-1, select) : editing.move(-1, select);
      break;
    case Key::kRight:
      kit.event().control ? editing.move_word(1, select) : editing.move(1, select);
      break;
    case Key::kUp:
      move_line(kit, lines, -1, select);
      break;
    case Key::kDown:
      move_line(kit, lines, 1, select);
      break;
    case Key::kHome:
      editing.place_caret(lines.begin(lines.line_of(editing.caret())), select);
      break;
    case Key::kEnd: {
      if (!look.mask.empty()) {
        editing.place_caret(editing.text().size(), false);
        break;
      }
      const std::size_t line = lines.line_of(editing.caret());
      editing.place_caret(lines.begin(line) + lines.lines[line].size(), select);
      break;
    }
    case Key::kSelectAll:
      editing.select_all();
      break;
    case Key::kCopy:
      kit.set_clipboard(editing.selected());
      break;
    case Key::kCut:
      kit.set_clipboard(editing.selected());
      if (!editing.selected().empty()) editing.erase_before();
      break;
    case Key::kPaste:
      paste(kit, look);
      break;
    case Key::kUndo:
      editing.undo();
      break;
    case Key::kRedo:
      editing.redo();
      break;
    case Key::kEnter:
      if (!look.multiline) return true;
      editing.insert("\n");
      break;
    case Key::kEscape:
      if (is_whole(editing.before(), look) && !is_whole(editing.text(), look)) {
        editing.replace_all(editing.before());
        editing.taken();
      }
      kit.leave_field();
      break;
    case Key::kNone:
    case Key::kTab:
    case Key::kSpace:
    case Key::kPageUp:
    case Key::kPageDown:
    case Key::kFind:
    case Key::kHide:
    case Key::kPanic:
      break;
  }
  return false;
}

void draw_selection(Kit& kit, const Lines& lines, const Rect& words) {
  const Editing& editing = kit.editing();
  const std::size_t from = editing.selection_begin();
  const std::size_t to = editing.selection_end();
  if (from == to) return;
  Canvas& canvas = kit.canvas();
  const float height = canvas.line_height(Style::kBody);
  for (std::size_t line = 0; line < lines.lines.size(); ++line) {
    const std::size_t begin = lines.begin(line);
    const std::size_t end = begin + lines.lines[line].size();
    const std::size_t a = std::max(from, begin);
    const std::size_t b = std::min(to, end);
    if (a >= b) continue;
    const float x = canvas.text_width(lines.lines[line].substr(0, a - begin), Style::kBody);
    const float width = canvas.text_width(lines.lines[line].substr(a - begin, b - a), Style::kBody);
    canvas.fill({words.x + x, words.y + height * static_cast<float>(line), width, height},
                kit.theme().tint);
  }
}

Rect caret_rect(Kit& kit, const Lines& lines, std::size_t caret, const Rect& words) {
  Canvas& canvas = kit.canvas();
  const std::size_t line = lines.line_of(caret);
  const std::size_t begin = lines.begin(line);
  const float x = canvas.text_width(
      lines.lines[line].substr(0, std::min(caret - begin, lines.lines[line].size())), Style::kBody);
  const float height = canvas.line_height(Style::kBody);
  return {words.x + x, words.y + height * static_cast<float>(line) + kit.px(2), kit.px(2),
          height - kit.px(4)};
}

void draw_caret(Kit& kit, const Rect& caret) {
  const InputEvent::Kind kind = kit.event().kind;
  // A long text grows past the page's end: what is being written stays in view.
  if (kind == InputEvent::Kind::kText || kind == InputEvent::Kind::kKey) kit.keep_in_sight(caret);
  // Blinking wakes the program twice a second, only while somebody writes.
  const std::int64_t since = kit.now_ms() - kit.editing().changed_ms();
  kit.wake_in(static_cast<int>(kBlink_ms - since % kBlink_ms));
  if (since / kBlink_ms % 2 == 0) kit.canvas().fill(caret, kit.theme().primary);
}

// A tap puts the caret, a drag sideways selects; held still or tapped twice, the word is selected.
void follow_finger(Kit& kit, const Interaction& touch, const Lines& lines, const Rect& words,
                   bool fresh) {
  Editing& editing = kit.editing();
  using Kind = InputEvent::Kind;
  const Kind kind = kit.event().kind;
  const float line = kit.canvas().line_height(Style::kBody);
  const auto place = [&] {
    const float row = std::max(0.0F, (kit.event().at.y - words.y) / line);
    const auto on = std::min(static_cast<std::size_t>(row), lines.lines.size() - 1);
    return offset_at(kit, lines, on, kit.event().at.x - words.x);
  };
  if (touch.pressed && kind == Kind::kPress) {
    editing.place_caret(place(), false);
    if (kit.press_count() == 2) editing.select_word(editing.caret());
    if (kit.press_count() == 3) editing.select_all();
  } else if (touch.pressed && kind == Kind::kMove && kit.press_count() == 1) {
    editing.place_caret(place(), true);
  } else if (touch.tapped && fresh && kind == Kind::kRelease) {
    editing.place_caret(place(), false);
  } else if (touch.pressed && touch.held_ms >= kLongPress_ms && editing.selected().empty()) {
    editing.select_word(editing.caret());
  }
}

// Hands over what was typed where it is time.
std::optional<std::string> take(Kit& kit, const FieldLook& look, bool leaving) {
  Editing& editing = kit.editing();
  if (!editing.changed()) return std::nullopt;
  const bool paused = kit.now_ms() - editing.changed_ms() >= kTypingPause_ms;
  const bool at_once = look.immediate || (is_whole(editing.text(), look) && editing.inserted());
  if (!leaving && !look.mask.empty() && !is_whole(editing.text(), look)) return std::nullopt;
  // Words are worth keeping before they are whole; half a number would only be called wrong.
  const bool words = look.filter == Filter::kAny && look.mask.empty();
  const bool long_enough = words && kit.now_ms() - editing.waiting_since_ms() >= kTypingMost_ms;
  if (!leaving && !paused && !long_enough && !at_once) return std::nullopt;
  editing.taken();
  return editing.text();
}

}  // namespace

void draw_field_frame(Kit& kit, const Rect& rect, const FieldLook& look, bool focused) {
  const Theme& theme = kit.theme();
  const float radius = kit.px(kControlRadius);
  const bool strong = focused || look.error;
  const Colour edge = look.error ? theme.error : focused ? theme.primary : theme.edge;
  kit.canvas().box(rect, look.disabled ? theme.sunken : theme.surface, edge,
                   strong ? kit.px(2) : std::max(1.0F, kit.px(1)), radius);
}

FieldOutcome field(Kit& kit, std::string_view key, std::string_view value, const FieldLook& look) {
  Canvas& canvas = kit.canvas();
  Editing& editing = kit.editing();
  FieldOutcome outcome;
  const bool wants_focus = kit.focused() == key && !look.disabled;
  if (editing.key() == key && !wants_focus) {
    outcome.value = take(kit, look, true);
    editing.stop();
  }
  // The field left before must hand over first; it does so in this very frame.
  const bool fresh = wants_focus && editing.key().empty();
  if (fresh) editing.start(key, value);
  if (fresh && is_whole(value, look)) editing.select_all();
  if (fresh && look.filter != Filter::kAny) refused_letter(kit, key).clear();
  if (wants_focus && editing.key() != key) kit.draw_again();
  const bool live = wants_focus && editing.key() == key;
  const bool letters_wanted = look.filter == Filter::kAny && look.mask.empty();
  const bool wraps = look.multiline || (letters_wanted && !look.immediate);
  if (live && letters_wanted) follow_language(kit.keyboard(), look.language);
  if (live && std::exchange(kit.keyboard().figures, false)) kit.draw_again();

  if (live && kit.event().kind == InputEvent::Kind::kText) {
    if (!put_letters(editing, std::exchange(kit.event().text, {}), look)) {
      refused_letter(kit, key) = "1";
      kit.draw_again();
    }
  }
  const float width =
      look.width > 0 ? std::min(kit.px(look.width), kit.column().width) : kit.column().width;
  const float side = kit.px(kFieldSides);
  const float sign = look.icon ? kit.px(22 + Space::kSmall) : 0;
  const auto shown_text = [&] {
    const std::string_view raw = live ? std::string_view(editing.text()) : value;
    if (!look.mask.empty()) return masked(raw, look.mask);
    std::string text(raw);
    if (look.filter == Filter::kDecimal) std::ranges::replace(text, '.', look.decimal_mark);
    return text;
  };
  std::string shown = shown_text();
  const auto break_lines = [&](const std::string& text) {
    return Lines{wraps ? canvas.wrap(text, Style::kBody, width - 2 * side - sign)
                       : std::vector<std::string_view>{text},
                 text};
  };
  if (live && kit.event().kind == InputEvent::Kind::kKey) {
    const std::size_t before = editing.text().size();
    outcome.entered = apply_key(kit, break_lines(shown), look);
    if (!letters_wanted && editing.text().size() < before) refused_letter(kit, key).clear();
    shown = shown_text();
  }
  const Lines lines = break_lines(shown);
  const float line = canvas.line_height(Style::kBody);
  const auto rows = static_cast<float>(
      std::max<std::size_t>(lines.lines.size(), static_cast<std::size_t>(look.least_lines)));
  const Rect rect = kit.place(
      {width, std::max(kit.px(kControlHeight), rows * line + 2 * kit.px(Space::kMedium))});
  Item item{.key = std::string(key),
            .role = Role::kField,
            .text = shown.empty() ? std::string(look.name) : shown,
            .rect = rect,
            .disabled = look.disabled,
            .error = look.error};
  const Interaction touch =
      kit.add(std::move(item), {.is_field = true, .takes_letters = letters_wanted});
  draw_field_frame(kit, rect, look, touch.focused);
  const float top = rows > 1 ? kit.px(Space::kMedium) : std::round((rect.height - line) / 2);
  const Rect words = {rect.x + side + sign, rect.y + top, rect.width - 2 * side - sign,
                      rect.height};
  if (look.icon) {
    const float size = kit.px(22);
    canvas.icon(*look.icon, {rect.x + side, rect.y + (rect.height - size) / 2, size, size},
                kit.theme().muted);
  }
  if (live && look.mask.empty()) follow_finger(kit, touch, lines, words, fresh);
  canvas.push_clip(rect.inset(kit.px(2)));
  if (shown.empty() && !live) {
    canvas.text({words.x, words.y}, look.placeholder, Style::kBody, kit.theme().muted);
  }
  if (live && look.mask.empty()) draw_selection(kit, lines, words);
  if (live && !look.mask.empty() && !editing.selected().empty()) {
    canvas.fill({words.x, words.y, canvas.text_width(shown, Style::kBody), line}, kit.theme().tint);
  }
  for (std::size_t index = 0; index < lines.lines.size(); ++index) {
    canvas.text({words.x, words.y + line * static_cast<float>(index)}, lines.lines[index],
                Style::kBody, look.disabled ? kit.theme().muted : kit.theme().ink);
  }
  if (live) {
    const std::size_t caret = look.mask.empty() ? editing.caret() : shown.size();
    draw_caret(kit, caret_rect(kit, lines, caret, words));
  }
  canvas.pop_clip();
  outcome.filled =
      live && editing.changed() && editing.inserted() && is_whole(editing.text(), look);
  if (live && !outcome.value) outcome.value = take(kit, look, outcome.entered);
  if (live && editing.changed() && !look.immediate) {
    kit.wake_in(static_cast<int>(kTypingPause_ms));
  }
  return outcome;
}

void go_to_next_field(Kit& kit, std::string_view key) {
  const auto& items = kit.tree().items;
  auto next = std::ranges::find(items, key, &Item::key);
  if (next != items.end()) ++next;
  while (next != items.end() && next->role != Role::kScroll &&
         !(next->role == Role::kField && next->takes_taps)) {
    ++next;
  }
  if (next == items.end() || next->role == Role::kScroll) return kit.leave_field();
  const std::string there = next->key;
  kit.focus(there);
  kit.reveal(there);
}

}  // namespace vigil::ui
