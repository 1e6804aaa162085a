// SPDX-License-Identifier: Apache-2.0
#include "app/ui/utf8.h"

#include <string>

namespace vigil::ui {
namespace {

bool continues(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

std::u32string folded_text(std::string_view text) {
  std::u32string letters;
  for (std::size_t at = 0; at < text.size();) letters += folded(next_letter(text, at));
  return letters;
}

}  // namespace

char32_t next_letter(std::string_view text, std::size_t& at) {
  const auto first = static_cast<unsigned char>(text[at++]);
  if (first < 0x80U) return first;
  const int more = first >= 0xF0U ? 3 : first >= 0xE0U ? 2 : first >= 0xC2U ? 1 : 0;
  if (more == 0 || first > 0xF4U) return 0xFFFD;
  char32_t letter = first & (0x3FU >> static_cast<unsigned>(more));
  for (int index = 0; index < more; ++index) {
    if (at >= text.size() || !continues(text[at])) return 0xFFFD;
    letter = (letter << 6U) | (static_cast<unsigned char>(text[at++]) & 0x3FU);
  }
  return letter;
}

std::size_t letter_before(std::string_view text, std::size_t at) {
  if (at == 0) return 0;
  --at;
  while (at > 0 && continues(text[at])) --at;
  return at;
}

std::size_t letter_after(std::string_view text, std::size_t at) {
  if (at >= text.size()) return text.size();
  ++at;
  while (at < text.size() && continues(text[at])) ++at;
  return at;
}

std::size_t letter_count(std::string_view text) {
  std::size_t count = 0;
  for (const char byte : text) count += continues(byte) ? 0U : 1U;
  return count;
}

char32_t folded(char32_t letter) {
  if (letter >= 'A' && letter <= 'Z') return letter + 32;
  // Latin-1 capitals, Cyrillic А-Я, Ѐ-Џ: blocks at a fixed distance.
  if ((letter >= 0xC0 && letter <= 0xDE && letter != 0xD7) ||
      (letter >= 0x410 && letter <= 0x42F)) {
    return letter + 32;
  }
  if (letter >= 0x400 && letter <= 0x40F) return letter + 80;
  if (letter == 0x4C0) return 0x4CF;
  // Pairs: capital even, small odd (Latin Extended-A's first half, Cyrillic extensions); the run
  // U+0139-0148 and U+0179-017E is the other way, and so is U+04C1-04CE.
  if ((letter >= 0x139 && letter <= 0x148) || (letter >= 0x179 && letter <= 0x17E) ||
      (letter >= 0x4C1 && letter <= 0x4CE)) {
    return letter % 2 == 1 ? letter + 1 : letter;
  }
  if ((letter >= 0x100 && letter <= 0x177) || (letter >= 0x460 && letter <= 0x52F)) {
    return letter % 2 == 0 ? letter + 1 : letter;
  }
  return letter;
}

bool holds_folded(std::string_view text, std::string_view part) {
  return folded_text(text).find(folded_text(part)) != std::u32string::npos;
}

}  // namespace vigil::ui
