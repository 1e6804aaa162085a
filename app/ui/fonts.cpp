// SPDX-License-Identifier: Apache-2.0
#include "app/ui/fonts.h"

#include <algorithm>
#include <cmath>

#include <imgui.h>
#include <imgui_freetype.h>

#include "platform/paths.h"

namespace vigil::ui {
namespace {

// Latin with the letters of Uzbek and Turkmen, the modifier letters U+02BB and U+02BC, all of
// Cyrillic and its supplement (Kazakh, Kyrgyz, Tajik, Uzbek), punctuation, signs of limits.
constexpr ImWchar kTextRanges[] = {0x0020, 0x017F, 0x02BB, 0x02BC, 0x0300, 0x030C, 0x0400,
                                   0x052F, 0x2010, 0x2044, 0x20AC, 0x20BF, 0x2116, 0x2116,
                                   0x2122, 0x2122, 0xFFFD, 0xFFFD, 0};
// Signs that authors write in questions.
constexpr ImWchar kSignRanges[] = {0x2190, 0x2193, 0x2212, 0x2212, 0x2248, 0x2248,
                                   0x2260, 0x2260, 0x2264, 0x2265, 0};
// Results are figures, units and words about them: the alphabets of the interface, no more.
constexpr ImWchar kResultRanges[] = {0x0020, 0x007E, 0x00A0, 0x00FF, 0x0147, 0x0148, 0x015E, 0x015F,
                                     0x017D, 0x017E, 0x02BB, 0x02BC, 0x0400, 0x045F, 0x0492, 0x0493,
                                     0x049A, 0x049B, 0x04A2, 0x04A3, 0x04AE, 0x04B3, 0x04B6, 0x04B7,
                                     0x04BA, 0x04BB, 0x04D8, 0x04D9, 0x04E2, 0x04E3, 0x04E8, 0x04E9,
                                     0x04EE, 0x04EF, 0x2010, 0x2026, 0x2260, 0x2265, 0};

// ImGui's own letters are pixels on a grid of 13: larger by whole numbers, or they blur.
ImFont* add_built_in(ImFontAtlas& atlas, float size) {
  constexpr float kGrid = 13;
  ImFontConfig config;
  config.SizePixels = kGrid * std::max(1.0F, std::round(size / kGrid));
  config.PixelSnapH = true;
  config.OversampleH = 1;
  return atlas.AddFontDefault(&config);
}

}  // namespace

Result<FontFiles> find_fonts() {
  VIGIL_ASSIGN(std::string regular, platform::font_path("NotoSans-Regular.ttf"));
  // fonts-noto-core has no SemiBold on Debian 12; Bold is what the drawings show.
  VIGIL_ASSIGN(std::string bold, platform::font_path("NotoSans-Bold.ttf"));
  std::string signs = platform::font_path("NotoSansMath-Regular.ttf").value_or("");
  return FontFiles{std::move(regular), std::move(bold), std::move(signs)};
}

Result<Fonts> build_fonts(ImFontAtlas& atlas, const FontFiles& files, float scale) {
  atlas.Clear();
  atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  atlas.Flags |= ImFontAtlasFlags_NoMouseCursors;
  Fonts fonts = {};
  for (int index = 0; index < kStyleCount; ++index) {
    const auto style = static_cast<Style>(index);
    if (files.regular.empty()) {
      fonts[static_cast<std::size_t>(index)] = add_built_in(atlas, style_size(style) * scale);
      continue;
    }
    ImFontConfig config;
    config.PixelSnapH = true;
    config.OversampleH = 1;
    config.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
    const std::string& file = style_is_bold(style) ? files.bold : files.regular;
    // Noto's line box is 1.362 em; ImGui's "size" is the line box, ours is the em.
    constexpr float kNotoLineBox = 1.362F;
    ImFont* const font =
        atlas.AddFontFromFileTTF(file.c_str(), style_size(style) * scale * kNotoLineBox, &config,
                                 style == Style::kResult ? kResultRanges : kTextRanges);
    if (font == nullptr) {
      return fail(ErrorKind::kInvalid, "fonts.unreadable",
                  "The font " + file + " cannot be read; install fonts-noto-core again.");
    }
    if (!files.signs.empty()) {
      config.MergeMode = true;
      // The mathematical face has a taller line box; its letters are drawn at the same em.
      constexpr float kMathLineBox = 1.492F;
      atlas.AddFontFromFileTTF(files.signs.c_str(), style_size(style) * scale * kMathLineBox,
                               &config, kSignRanges);
    }
    fonts[static_cast<std::size_t>(index)] = font;
  }
  if (!atlas.Build()) {
    return fail(ErrorKind::kInvalid, "fonts.unreadable",
                "The fonts cannot be drawn; install fonts-noto-core again.");
  }
  return fonts;
}

}  // namespace vigil::ui
