// SPDX-License-Identifier: Apache-2.0
#include "app/ui/theme.h"

#include <algorithm>
#include <cmath>

namespace vigil::ui {
namespace {

constexpr Theme kLight = {
    .dark = false,
    .background = rgb(0xF6F5F2),
    .surface = rgb(0xFFFFFF),
    .sunken = rgb(0xECEAE4),
    .ink = rgb(0x1B1F23),
    .muted = rgb(0x57606A),
    .edge = rgb(0x86898D),
    .hairline = rgb(0xDAD7D0),
    .primary = rgb(0x0B5C63),
    .on_primary = rgb(0xFFFFFF),
    .tint = rgb(0xDCEEEF),
    .ok = rgb(0x1E6B3A),
    .warning = rgb(0x8A5A00),
    .warning_ground = rgb(0xFFF4D6),
    .error = rgb(0xA4161A),
    .error_ground = rgb(0xFDE8E8),
    .mismatch = rgb(0x5B2A86),
    .mismatch_ground = rgb(0xF0E7F8),
};

constexpr Theme kDark = {
    .dark = true,
    .background = rgb(0x14171A),
    .surface = rgb(0x1D2125),
    .sunken = rgb(0x0F1214),
    .ink = rgb(0xECEFF1),
    .muted = rgb(0xA6B0BA),
    .edge = rgb(0x6B757E),
    .hairline = rgb(0x343B42),
    .primary = rgb(0x5CC6CE),
    .on_primary = rgb(0x0F1214),
    .tint = rgb(0x17363A),
    .ok = rgb(0x6FCF97),
    .warning = rgb(0xF2C14E),
    .warning_ground = rgb(0x3A2F12),
    .error = rgb(0xFF8A80),
    .error_ground = rgb(0x3B1A1A),
    .mismatch = rgb(0xC9A3EC),
    .mismatch_ground = rgb(0x2E2140),
};

// WCAG 2.1, "relative luminance".
double luminance(Colour colour) {
  const auto linear = [](std::uint8_t channel) {
    const double value = channel / 255.0;
    return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

}  // namespace

const Theme& light_theme() {
  return kLight;
}
const Theme& dark_theme() {
  return kDark;
}

double contrast(Colour a, Colour b) {
  const double one = luminance(a);
  const double other = luminance(b);
  const double darker = std::min(one, other);
  const double lighter = std::max(one, other);
  return (lighter + 0.05) / (darker + 0.05);
}

float style_size(Style style) {
  switch (style) {
    case Style::kSecondary:
    case Style::kSecondaryBold:
      return 14;
    case Style::kBody:
    case Style::kBodyBold:
      return 17;
    case Style::kQuestion:
      return 19;
    case Style::kResult:
      return 30;
    case Style::kLetter:
      return 22;
  }
  return 17;
}

bool style_is_bold(Style style) {
  return style != Style::kSecondary && style != Style::kBody && style != Style::kLetter;
}

}  // namespace vigil::ui
