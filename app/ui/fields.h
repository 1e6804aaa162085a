// SPDX-License-Identifier: Apache-2.0
//
// Where text goes in: one line or many with soft wrap, figures, digits of dates and times, and the
// passphrase, which never becomes an ordinary string. One thread, inside a frame.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/ui/kit.h"
#include "core/crypto/secret_bytes.h"

namespace vigil::ui {

enum class Filter {
  kAny,
  kInteger,  // digits, a minus in front
  kDecimal,  // also one point, shown as `decimal_mark`; a comma becomes one
  kDigits,   // digits only
};

struct FieldLook {
  std::string_view placeholder = {};
  std::string_view name = {};  // what the tree calls an empty field
  bool multiline = false;
  bool error = false;
  bool disabled = false;
  bool immediate = false;  // hands over each letter (search), not after a pause
  Filter filter = Filter::kAny;
  std::size_t most_figures = 0;  // of a field of figures; 0: any number
  char decimal_mark = '.';       // of the words around it; the text itself has a point
  // ISO 639-1, of what will be written: the on-screen keyboard follows it.
  std::string_view language = {};
  float width = 0;  // logical; 0 is the whole column
  int least_lines = 1;
  // Digits are shown in it, "00.00.0000": every 0 takes one. What is whole when the field is
  // entered is marked, so that the next digit begins anew; nothing is handed over before all digits
  // are there or the field is left, and Escape brings back what was whole before.
  std::string_view mask = {};
  std::optional<Icon> icon = {};
};

struct FieldOutcome {
  // The text as it shall be kept from now on: after a pause or a second, on leaving, on Enter.
  std::optional<std::string> value;
  bool entered = false;  // Enter in a field of one line
  bool filled = false;   // the last digit of the mask was typed
};

// Shows `value`, or what is being typed. Handed over is what differs from what was there.
FieldOutcome field(Kit& kit, std::string_view key, std::string_view value, const FieldLook& look);

// How long after the last letter a text is handed over.
inline constexpr std::int64_t kTypingPause_ms = 700;
// And at the latest, from whoever never pauses: what a cut of the power may cost of a text.
inline constexpr std::int64_t kTypingMost_ms = 1000;

struct TextActionWords {
  std::string_view undo;
  std::string_view redo;
  std::string_view copy;
  std::string_view cut;
  std::string_view paste;
  std::string_view select_all;
  std::string_view letters;  // "{0} letters"
};
// Undo, redo, copy, cut, paste and the number of letters below a field while it is being edited;
// puts nothing there otherwise.
void text_actions(Kit& kit, std::string_view field_key, const TextActionWords& words);

struct KeypadLook {
  Filter filter = Filter::kDigits;
  std::string_view mask = {};  // as the field's, as is the next
  std::size_t most_figures = 0;
  char decimal_mark = '.';
  bool minus = true;  // below nothing there is something
  bool error = false;
  std::string_view done = {};
  std::string_view next = {};  // "": no key that goes on
  // Where the field and what belongs to it (its question) begin, in pixels from the top of the
  // screen: brought into sight with the keys where they have room.
  std::optional<float> field_top = {};
  std::optional<float> top = {};
};
// The keys for a field that takes figures, drawn at the next place while it is being edited; puts
// nothing there otherwise.
void keypad(Kit& kit, std::string_view field_key, const KeypadLook& look);

// A letter was typed into a field of figures and left out: until something is taken away or the
// field is entered again.
[[nodiscard]] std::string& refused_letter(Kit& kit, std::string_view key);

// Where Enter leads: the next field of the page on which `key` is, or none where it is the last.
void go_to_next_field(Kit& kit, std::string_view key);

// A passphrase being typed. Wiped when cleared or destroyed.
class SecretText {
 public:
  static constexpr std::size_t kLimit_bytes = 1024;

  SecretText() : buffer_(kLimit_bytes) {}
  void append(std::string_view letters);  // what goes past the limit is dropped whole
  void erase_last();
  void clear();
  [[nodiscard]] bool empty() const { return length_ == 0; }
  // In constant time for texts of one length.
  [[nodiscard]] bool same_as(const SecretText& other) const;
  // All of it is marked: what is typed next stands in its place.
  void mark_all() { marked_ = length_ > 0; }
  [[nodiscard]] bool marked() const { return marked_; }
  [[nodiscard]] std::size_t letters() const;
  // Where it stands, to be drawn from there and nowhere kept.
  [[nodiscard]] std::string_view shown() const { return buffer_.text().substr(0, length_); }
  [[nodiscard]] crypto::SecretBytes copy() const;

 private:
  crypto::SecretBytes buffer_;
  std::size_t length_ = 0;
  bool marked_ = false;
};

// Dots for letters, or the letters where they shall be `shown`. True when Enter was pressed.
[[nodiscard]] bool secret_field(Kit& kit, std::string_view key, SecretText& text,
                                const FieldLook& look, bool shown = false);

}  // namespace vigil::ui
