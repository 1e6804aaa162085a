// SPDX-License-Identifier: Apache-2.0
#include "forms/xlsform/dynamic_default.h"

#include <algorithm>
#include <array>

#include "forms/xlsform/text.h"

namespace vigil::forms::xlsform {
namespace {

constexpr std::array<std::string_view, 6> kTypesWithHyphens{"date",     "dateTime", "time",
                                                            "geopoint", "geotrace", "geoshape"};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The length of a date, a time or both at the start of `text`; 0 where there is none.
std::size_t date_or_time_length(std::string_view text) {
  const auto fits = [&](std::size_t at, std::string_view pattern) {
    if (text.size() < at + pattern.size()) return false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      const char c = text[at + i];
      if (pattern[i] == '0' ? !is_digit(c) : c != pattern[i]) return false;
    }
    return true;
  };
  std::size_t length = fits(0, "0000-00-00") ? 10 : 0;
  std::size_t time = length;
  if (length > 0 && text.size() > length && (text[length] == 'T' || text[length] == ' ')) ++time;
  if ((length == 0 || time > length) && fits(time, "00:00:00")) {
    length = time + 8;
    if (length < text.size() && text[length] == '.') {
      ++length;
      while (length < text.size() && is_digit(text[length])) ++length;
    }
    if (length < text.size() && text[length] == 'Z') return length + 1;
    if (length < text.size() && (text[length] == '+' || text[length] == '-') &&
        fits(length + 1, "00:00")) {
      return length + 6;
    }
  }
  return length;
}

std::size_t number_length(std::string_view text) {
  std::size_t at = text.front() == '-' ? 1 : 0;
  bool digits = false;
  while (at < text.size() && (is_digit(text[at]) || text[at] == '.')) {
    digits = digits || is_digit(text[at]);
    ++at;
  }
  return digits ? at : 0;
}

}  // namespace

bool is_dynamic_default(std::string_view text, std::string_view type) {
  const bool hyphens = std::ranges::find(kTypesWithHyphens, type) != kTypesWithHyphens.end();
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    const char c = rest.front();
    if (c == '"' || c == '\'') {
      const std::size_t end = text.find(c, at + 1);
      at = end == std::string_view::npos ? at + 1 : end + 1;
    } else if (const std::size_t length = date_or_time_length(rest); length > 0) {
      at += length;
    } else if (const std::size_t number = number_length(rest); number > 0) {
      at += number;
    } else if (c == '-') {
      return !hyphens;
    } else if (c == '*' || c == '+' || c == '|') {
      return true;
    } else if (rest.starts_with(" mod ") || rest.starts_with(" div ")) {
      return true;
    } else if (rest.starts_with("${")) {
      return rest.find('}') != std::string_view::npos;
    } else if (is_name_start(c)) {
      std::size_t end = at;
      while (end < text.size() && is_name_character(text[end])) ++end;
      if (text.substr(end).starts_with("://")) {
        at = end + 3;  // an address; the slashes are no path
        continue;
      }
      // A namespace prefix: jr:choice-name(...)
      if (end + 1 < text.size() && text[end] == ':' && is_name_start(text[end + 1])) ++end;
      while (end < text.size() && is_name_character(text[end])) ++end;
      if (end < text.size() && (text[end] == '(' || text[end] == '[')) return true;
      at = end;
    } else {
      ++at;
    }
  }
  return false;
}

}  // namespace vigil::forms::xlsform
