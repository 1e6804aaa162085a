// SPDX-License-Identifier: Apache-2.0
#include "app/ui/keyboard_layouts.h"

#include <algorithm>

namespace vigil::ui {
namespace {

constexpr std::array<KeyRow, 3> kCyrillic = {{{"й ц у к е н г ш щ з х", "Й Ц У К Е Н Г Ш Щ З Х"},
                                              {"ф ы в а п р о л д ж э", "Ф Ы В А П Р О Л Д Ж Э"},
                                              {"я ч с м и т ь б ю", "Я Ч С М И Т Ь Б Ю"}}};
constexpr std::array<KeyRow, 3> kLatin = {{{"q w e r t y u i o p", "Q W E R T Y U I O P"},
                                           {"a s d f g h j k l", "A S D F G H J K L"},
                                           {"z x c v b n m", "Z X C V B N M"}}};
constexpr KeyRow kFigures = {"1 2 3 4 5 6 7 8 9 0", "1 2 3 4 5 6 7 8 9 0"};

constexpr std::array<KeyboardLayout, 8> kLayouts = {{
    {"en", "en", "EN", kFigures, kLatin},
    {"ru", "ru", "RU", {"ё ъ", "Ё Ъ"}, kCyrillic},
    {"ky", "ky", "KY", {"ң ө ү ё ъ", "Ң Ө Ү Ё Ъ"}, kCyrillic},
    {"kk", "kk", "KK", {"ә і ң ғ ү ұ қ ө һ ё ъ", "Ә І Ң Ғ Ү Ұ Қ Ө Һ Ё Ъ"}, kCyrillic},
    {"tg", "tg", "TG", {"ғ ӣ қ ӯ ҳ ҷ ё ъ", "Ғ Ӣ Қ Ӯ Ҳ Ҷ Ё Ъ"}, kCyrillic},
    {"uz", "uz", "UZ", {"oʻ gʻ ʼ sh ch", "Oʻ Gʻ ʼ Sh Ch"}, kLatin},
    {"uz-Cyrl", "uz", "ЎЗ", {"ў қ ғ ҳ ё ъ", "Ў Қ Ғ Ҳ Ё Ъ"}, kCyrillic},
    {"tk", "tk", "TK", {"ä ç ň ö ş ü ý ž", "Ä Ç Ň Ö Ş Ü Ý Ž"}, kLatin},
}};

constexpr std::array<KeyRow, 3> kSymbols = {{{"1 2 3 4 5 6 7 8 9 0", "1 2 3 4 5 6 7 8 9 0"},
                                             {"? ! : ; ( ) « » № %", "? ! : ; ( ) « » № %"},
                                             {"+ = / – — … ° ≥ ≤ '", "+ = / – — … ° ≥ ≤ '"}}};

}  // namespace

std::span<const KeyboardLayout> keyboard_layouts() {
  return kLayouts;
}

const KeyboardLayout& keyboard_layout(std::string_view id_or_language) {
  const auto by_id = std::ranges::find(kLayouts, id_or_language, &KeyboardLayout::id);
  if (by_id != kLayouts.end()) return *by_id;
  const auto by_language =
      std::ranges::find(kLayouts, id_or_language.substr(0, 2), &KeyboardLayout::language);
  return by_language == kLayouts.end() ? kLayouts.front() : *by_language;
}

const std::array<KeyRow, 3>& keyboard_symbols() {
  return kSymbols;
}

}  // namespace vigil::ui
