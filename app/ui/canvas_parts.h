// SPDX-License-Identifier: Apache-2.0
//
// What Canvas holds of ImGui and SDL. Internal to Canvas.
#pragma once

#include <memory>
#include <vector>

#include <imgui.h>

#include "app/ui/canvas.h"
#include "app/ui/fonts.h"
#include "app/ui/renderer.h"

namespace vigil::ui {

struct Canvas::Parts {
  SDL_Renderer* renderer = nullptr;
  ImGuiContext* context = nullptr;
  ImDrawList* list = nullptr;  // during a frame
  FontFiles files;
  Fonts fonts = {};
  SDL_Texture* texture = nullptr;
  std::vector<std::unique_ptr<ImDrawListSplitter>> splitters;

  [[nodiscard]] ImFont* font(Style style) const { return fonts[static_cast<std::size_t>(style)]; }
};

}  // namespace vigil::ui
