// SPDX-License-Identifier: Apache-2.0
//
// Characters of a UTF-8 text. Not for other folders.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace vigil::forms {

// Bytes of the character that starts at `at`; at least 1, even where the text is not UTF-8.
[[nodiscard]] inline std::size_t character_length(std::string_view text, std::size_t at) {
  std::size_t length = 1;
  while (at + length < text.size() &&
         (static_cast<unsigned char>(text[at + length]) & 0xC0U) == 0x80U) {
    ++length;
  }
  return length;
}

[[nodiscard]] inline std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += character_length(text, at)) ++count;
  return count;
}

[[nodiscard]] inline std::vector<std::string_view> characters_of(std::string_view text) {
  std::vector<std::string_view> all;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = character_length(text, at);
    all.push_back(text.substr(at, length));
    at += length;
  }
  return all;
}

}  // namespace vigil::forms
