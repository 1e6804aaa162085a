// SPDX-License-Identifier: Apache-2.0
#include "app/ui/editing.h"

#include "app/ui/utf8.h"
#include "core/crypto/secret_bytes.h"

namespace vigil::ui {
namespace {

// Typing within this pause is one undo step, as a word is one thought.
constexpr std::int64_t kUndoPause_ms = 800;
constexpr std::size_t kUndoSteps = 100;

bool is_space(char letter) {
  return letter == ' ' || letter == '\n';
}

}  // namespace

void wipe_text(std::string& text) {
  text.resize(text.capacity());
  crypto::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  text.clear();
}

void Editing::wipe(std::vector<Step>& steps) {
  for (Step& step : steps) wipe_text(step.text);
  steps.clear();
}

void Editing::start(std::string_view key, std::string_view text) {
  stop();
  key_ = key;
  text_ = text;
  before_ = text;
  caret_ = anchor_ = text_.size();
}

void Editing::taken() {
  changed_ = false;
  wipe_text(before_);
  before_ = text_;
}

void Editing::stop() {
  wipe_text(text_);
  wipe_text(before_);
  wipe(undo_);
  wipe(redo_);
  key_.clear();
  caret_ = anchor_ = 0;
  changed_ = inserted_ = false;
}

std::string_view Editing::selected() const {
  return std::string_view(text_).substr(selection_begin(), selection_end() - selection_begin());
}

void Editing::remember() {
  if (undo_.empty() || now_ms_ - changed_ms_ > kUndoPause_ms) {
    if (undo_.size() >= kUndoSteps) {
      wipe_text(undo_.front().text);
      undo_.erase(undo_.begin());
    }
    undo_.push_back({text_, caret_});
  }
  wipe(redo_);
}

void Editing::touched(bool inserted) {
  if (!changed_) waiting_since_ms_ = now_ms_;
  changed_ = true;
  inserted_ = inserted;
  changed_ms_ = now_ms_;
}

void Editing::drop_selection() {
  const std::size_t begin = selection_begin();
  text_.erase(begin, selection_end() - begin);
  caret_ = anchor_ = begin;
}

void Editing::insert(std::string_view text) {
  remember();
  drop_selection();
  text_.insert(caret_, text);
  caret_ = anchor_ = caret_ + text.size();
  touched(true);
}

void Editing::erase_before() {
  if (caret_ == anchor_ && caret_ == 0) return;
  remember();
  if (caret_ == anchor_) anchor_ = letter_before(text_, caret_);
  drop_selection();
  touched(false);
}

void Editing::erase_after() {
  if (caret_ == anchor_ && caret_ == text_.size()) return;
  remember();
  if (caret_ == anchor_) anchor_ = letter_after(text_, caret_);
  drop_selection();
  touched(false);
}

void Editing::place_caret(std::size_t at, bool select) {
  caret_ = std::min(at, text_.size());
  if (!select) anchor_ = caret_;
}

void Editing::move(int letters, bool select) {
  if (!select && caret_ != anchor_) {
    place_caret(letters < 0 ? selection_begin() : selection_end(), false);
    return;
  }
  place_caret(letters < 0 ? letter_before(text_, caret_) : letter_after(text_, caret_), select);
}

void Editing::select_all() {
  anchor_ = 0;
  caret_ = text_.size();
}

void Editing::select_word(std::size_t at) {
  at = std::min(at, text_.size());
  std::size_t begin = at;
  while (begin > 0 && !is_space(text_[begin - 1])) --begin;
  std::size_t end = at;
  while (end < text_.size() && !is_space(text_[end])) ++end;
  anchor_ = begin;
  caret_ = end;
}

void Editing::move_word(int words, bool select) {
  std::size_t at = caret_;
  if (words < 0) {
    while (at > 0 && is_space(text_[at - 1])) --at;
    while (at > 0 && !is_space(text_[at - 1])) --at;
  } else {
    while (at < text_.size() && is_space(text_[at])) ++at;
    while (at < text_.size() && !is_space(text_[at])) ++at;
  }
  place_caret(at, select);
}

void Editing::replace_all(std::string_view text) {
  if (text == text_) return;
  remember();
  text_ = text;
  caret_ = anchor_ = text_.size();
  touched(false);
}

void Editing::undo() {
  if (undo_.empty()) return;
  redo_.push_back({text_, caret_});
  text_ = undo_.back().text;
  caret_ = anchor_ = std::min(undo_.back().caret, text_.size());
  wipe_text(undo_.back().text);
  undo_.pop_back();
  touched(false);
}

void Editing::redo() {
  if (redo_.empty()) return;
  undo_.push_back({text_, caret_});
  text_ = redo_.back().text;
  caret_ = anchor_ = std::min(redo_.back().caret, text_.size());
  wipe_text(redo_.back().text);
  redo_.pop_back();
  touched(false);
}

}  // namespace vigil::ui
