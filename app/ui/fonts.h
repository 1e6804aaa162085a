// SPDX-License-Identifier: Apache-2.0
//
// The faces of the type scale in ImGui's atlas. Internal to Canvas.
#pragma once

#include <array>
#include <string>

#include "app/ui/theme.h"
#include "core/base/error.h"

struct ImFont;
struct ImFontAtlas;

namespace vigil::ui {

struct FontFiles {
  std::string regular;  // "" for the letters built into ImGui
  std::string bold;
  std::string signs;  // arrows and relations that Noto Sans lacks; empty where not installed
};
[[nodiscard]] Result<FontFiles> find_fonts();

using Fonts = std::array<ImFont*, kStyleCount>;
// Clears the atlas and fills it at `scale`. Fails kInvalid, "fonts.unreadable".
[[nodiscard]] Result<Fonts> build_fonts(ImFontAtlas& atlas, const FontFiles& files, float scale);

}  // namespace vigil::ui
