// SPDX-License-Identifier: Apache-2.0
//
// The text of the one field being edited: caret, selection, undo. Wiped when it is left. One
// thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vigil::ui {

// Overwrites the letters, then empties the text.
void wipe_text(std::string& text);

class Editing {
 public:
  Editing() = default;
  Editing(const Editing&) = delete;
  Editing& operator=(const Editing&) = delete;
  ~Editing() { stop(); }

  // Begins with `text`, caret at its end.
  void start(std::string_view key, std::string_view text);
  // Wipes text and undo steps.
  void stop();
  [[nodiscard]] const std::string& key() const { return key_; }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::size_t caret() const { return caret_; }  // a byte between letters
  [[nodiscard]] std::size_t selection_begin() const { return std::min(caret_, anchor_); }
  [[nodiscard]] std::size_t selection_end() const { return std::max(caret_, anchor_); }
  [[nodiscard]] std::string_view selected() const;

  void insert(std::string_view text);
  void erase_before();  // the selection, or the letter before the caret
  void erase_after();
  void place_caret(std::size_t at, bool select);
  void move(int letters, bool select);
  void select_all();
  // The word at a byte, or the space between two.
  void select_word(std::size_t at);
  void move_word(int words, bool select);
  [[nodiscard]] bool can_undo() const { return !undo_.empty(); }
  [[nodiscard]] bool can_redo() const { return !redo_.empty(); }
  void replace_all(std::string_view text);
  void undo();
  void redo();

  // The last change put letters in, rather than taking some away or back.
  [[nodiscard]] bool inserted() const { return inserted_; }
  // The text as it began or was handed over last.
  [[nodiscard]] const std::string& before() const { return before_; }

  // Set when the text changed, until taken(): what is not yet handed over.
  [[nodiscard]] bool changed() const { return changed_; }
  [[nodiscard]] std::int64_t changed_ms() const { return changed_ms_; }
  // When the first letter came that is not yet handed over.
  [[nodiscard]] std::int64_t waiting_since_ms() const { return waiting_since_ms_; }
  void set_time(std::int64_t now_ms) { now_ms_ = now_ms; }
  void taken();

 private:
  struct Step {
    std::string text;
    std::size_t caret = 0;
  };
  void remember();
  void drop_selection();
  void touched(bool inserted);
  static void wipe(std::vector<Step>& steps);

  std::string key_;
  std::string text_;
  std::string before_;
  std::size_t caret_ = 0;
  std::size_t anchor_ = 0;
  bool changed_ = false;
  bool inserted_ = false;
  std::int64_t changed_ms_ = 0;
  std::int64_t waiting_since_ms_ = 0;
  std::int64_t now_ms_ = 0;
  std::vector<Step> undo_;
  std::vector<Step> redo_;
};

}  // namespace vigil::ui
