// SPDX-License-Identifier: Apache-2.0
//
// Measuring and breaking text.
#include <algorithm>
#include <cmath>
#include <utility>

#include "app/ui/canvas_parts.h"
#include "app/ui/utf8.h"

namespace vigil::ui {
namespace {

// The line box must not creep wider than asked by rounding.
constexpr float kSlack = 0.5F;

bool breaks_after(char32_t letter) {
  return letter == ' ' || letter == '-' || letter == '/' || letter == 0x2010 || letter == 0x2013 ||
         letter == 0x2014;
}

}  // namespace

float Canvas::text_width(std::string_view text, Style style) const {
  const ImFont* const font = parts_->font(style);
  float width = 0;
  for (std::size_t at = 0; at < text.size();) {
    width += font->GetCharAdvance(static_cast<ImWchar>(next_letter(text, at)));
  }
  return std::ceil(width);
}

float Canvas::longest_word_width(std::string_view text, Style style) const {
  const ImFont* const font = parts_->font(style);
  float width = 0;
  float longest = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t letter = next_letter(text, at);
    const bool hangs_over = letter == ' ' || letter == '\n';
    if (!hangs_over) width += font->GetCharAdvance(static_cast<ImWchar>(letter));
    longest = std::max(longest, width);
    if (hangs_over || breaks_after(letter)) width = 0;
  }
  return std::ceil(longest);
}

std::vector<std::string_view> Canvas::wrap(std::string_view text, Style style, float width) const {
  const ImFont* const font = parts_->font(style);
  std::vector<std::string_view> lines;
  std::size_t begin = 0;     // of the line
  std::size_t break_at = 0;  // where the line may end; `begin` where nowhere yet
  float used = 0;
  float used_after_break = 0;  // of what stands behind break_at
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t letter_at = at;
    const char32_t letter = next_letter(text, at);
    if (letter == '\n') {
      lines.push_back(text.substr(begin, letter_at - begin));
      begin = break_at = at;
      used = used_after_break = 0;
      continue;
    }
    const float advance = font->GetCharAdvance(static_cast<ImWchar>(letter));
    // A space at the end of a line may hang over.
    if (letter != ' ' && used + advance > width + kSlack && letter_at > begin) {
      if (break_at > begin) {
        lines.push_back(text.substr(begin, break_at - begin));
        begin = break_at;
        used = used_after_break;
      } else {
        lines.push_back(text.substr(begin, letter_at - begin));
        begin = letter_at;
        used = 0;
      }
      break_at = begin;
      used_after_break = used;
    }
    used += advance;
    used_after_break += advance;
    if (breaks_after(letter)) {
      break_at = at;
      used_after_break = 0;
    }
  }
  lines.push_back(text.substr(begin));
  return lines;
}

bool Canvas::can_show(std::string_view text, Style style) const {
  const ImFont* const font = parts_->font(style);
  for (std::size_t at = 0; at < text.size();) {
    const char32_t letter = next_letter(text, at);
    if (letter != '\n' && font->FindGlyphNoFallback(static_cast<ImWchar>(letter)) == nullptr) {
      return false;
    }
  }
  return true;
}

}  // namespace vigil::ui
