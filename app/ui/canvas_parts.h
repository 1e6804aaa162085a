// SPDX-License-Identifier: Apache-2.0
//
// What Canvas holds of ImGui and SDL. Internal to Canvas.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
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
  struct Image {
    SDL_Texture* texture = nullptr;
    int width = 0;
    int height = 0;
    int version = 0;
    std::int64_t seen = 0;  // the last frame it was drawn in
  };
  std::map<std::string, Image> images;
  std::int64_t frame = 0;
  int most_corners = 0;  // of triangles, in any frame since shapes were forgotten
  void drop_unseen_images();

  [[nodiscard]] ImFont* font(Style style) const { return fonts[static_cast<std::size_t>(style)]; }
};

}  // namespace vigil::ui
