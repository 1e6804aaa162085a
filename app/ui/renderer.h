// SPDX-License-Identifier: Apache-2.0
//
// ImGui's triangles given to SDL_Renderer, which runs on OpenGL, OpenGL ES, Direct3D and in pure
// software. Internal to Canvas.
#pragma once

#include "core/base/error.h"

struct ImDrawData;
struct ImFontAtlas;
struct SDL_Renderer;
struct SDL_Texture;

namespace vigil::ui {

// Makes the atlas a texture and tells the atlas; `old` (may be nullptr) is destroyed.
[[nodiscard]] Result<SDL_Texture*> upload_fonts(SDL_Renderer* renderer, ImFontAtlas& atlas,
                                                SDL_Texture* old);
void paint(SDL_Renderer* renderer, const ImDrawData& data);

// SDL keeps the room of its longest queue, and what stood in it. Overwrites as much as frames with
// so many corners of triangles took, with rectangles of no size.
void forget_queue(SDL_Renderer* renderer, int corners);

}  // namespace vigil::ui
