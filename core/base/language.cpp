// SPDX-License-Identifier: Apache-2.0
#include "core/base/language.h"

#include <algorithm>
#include <array>

namespace vigil {
namespace {

constexpr std::array<std::string_view, 46> kWriteComma = {
    "af", "az", "be", "bg", "bs", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr", "gl",
    "hr", "hu", "hy", "id", "is", "it", "ka", "kk", "ky", "lt", "lv", "mk", "nb", "nl", "nn", "no",
    "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "tg", "tk", "tr", "uk", "uz"};

bool is_digit(char sign) {
  return sign >= '0' && sign <= '9';
}

}  // namespace

std::string_view language_code(std::string_view name) {
  const auto open = name.rfind('(');
  const auto close = name.rfind(')');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
    return name;
  }
  return name.substr(open + 1, close - open - 1);
}

char decimal_mark(std::string_view language) {
  // "uz-Latn" and "uz_UZ" are "uz".
  language = language.substr(0, language.find_first_of("-_"));
  return std::ranges::find(kWriteComma, language) == kWriteComma.end() ? '.' : ',';
}

bool has_fraction(std::string_view number) {
  if (number.starts_with('-')) number.remove_prefix(1);
  const auto point = number.find('.');
  if (point == std::string_view::npos || point == 0 || point + 1 == number.size()) return false;
  return std::ranges::all_of(number.substr(0, point), is_digit) &&
         std::ranges::all_of(number.substr(point + 1), is_digit);
}

std::string written_number(std::string_view number, char mark) {
  std::string text(number);
  if (has_fraction(number)) text[number.find('.')] = mark;
  return text;
}

}  // namespace vigil
