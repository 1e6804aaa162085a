// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/screens/body_map.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace vigil::tablet {
namespace {

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const auto end = text.find(at);
    const std::string_view part = text.substr(0, end);
    if (!part.empty()) parts.push_back(part);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return parts;
}

std::optional<int> whole(std::string_view text, int most) {
  int value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (value < 0 || value > most) return std::nullopt;
  return value;
}

// "0.412", "1.000"
std::optional<float> share(std::string_view text) {
  if (text.size() != 5 || text[1] != '.') return std::nullopt;
  const auto whole_part = whole(text.substr(0, 1), 1);
  const auto thousandths = whole(text.substr(2), 999);
  if (!whole_part || !thousandths) return std::nullopt;
  const int value = *whole_part * 1000 + *thousandths;
  if (value > 1000) return std::nullopt;
  return static_cast<float>(value) / 1000;
}

std::optional<int> measure(std::string_view text) {
  return text == "?" ? 0 : whole(text, kMostMark_mm);
}

std::string measure_text(int measure_mm) {
  return measure_mm > 0 ? fmt::format("{}", measure_mm) : "?";
}

std::optional<BodyMark> mark_of(std::string_view text) {
  const auto parts = split(text, ' ');
  if (parts.size() != 4 && parts.size() != 5) return std::nullopt;
  BodyMark mark;
  const auto view =
      std::ranges::find(kBodyViews, parts[0], [](BodyView v) { return to_string(v); });
  const bool known =
      parts[3] == kNoMarkType || std::ranges::find(kMarkTypes, parts[3]) != kMarkTypes.end();
  const auto x = share(parts[1]);
  const auto y = share(parts[2]);
  if (view == kBodyViews.end() || !known || !x || !y) return std::nullopt;
  mark.view = *view;
  mark.x = *x;
  mark.y = *y;
  mark.type = parts[3];
  if (parts.size() == 5) {
    const auto by = parts[4].find('x');
    if (by == std::string_view::npos) return std::nullopt;
    const auto length = measure(parts[4].substr(0, by));
    const auto width = measure(parts[4].substr(by + 1));
    if (!length || !width) return std::nullopt;
    mark.length_mm = *length;
    mark.width_mm = *width;
  }
  return mark;
}

}  // namespace

std::string_view to_string(BodyView view) {
  switch (view) {
    case BodyView::kFront:
      return "front";
    case BodyView::kBack:
      return "back";
    case BodyView::kLeft:
      return "left";
    case BodyView::kRight:
      return "right";
  }
  return "front";
}

std::string text_of(std::span<const BodyMark> marks) {
  std::string text;
  for (const BodyMark& mark : marks) {
    if (!text.empty()) text += "; ";
    text += fmt::format("{} {:.3f} {:.3f} {}", to_string(mark.view), mark.x, mark.y, mark.type);
    if (mark.length_mm > 0 || mark.width_mm > 0) {
      text += fmt::format(" {}x{}", measure_text(mark.length_mm), measure_text(mark.width_mm));
    }
  }
  return text;
}

std::optional<std::vector<BodyMark>> marks_of(std::string_view text) {
  std::vector<BodyMark> marks;
  for (const std::string_view part : split(text, ';')) {
    auto mark = mark_of(part);
    if (!mark || marks.size() >= kMostMarks) return std::nullopt;
    marks.push_back(std::move(*mark));
  }
  return marks;
}

}  // namespace vigil::tablet
