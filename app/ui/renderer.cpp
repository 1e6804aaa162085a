// SPDX-License-Identifier: Apache-2.0
#include "app/ui/renderer.h"

#include <cstddef>

#include <SDL2/SDL.h>
#include <imgui.h>

namespace vigil::ui {
namespace {

// SDL reads colours as bytes R, G, B, A; ImGui packs them so on little-endian machines.
static_assert(SDL_BYTEORDER == SDL_LIL_ENDIAN);
static_assert(sizeof(SDL_Color) == sizeof(ImU32));

template <typename T>
const T* at_offset(const ImDrawVert* vertex, std::size_t offset) {
  return reinterpret_cast<const T*>(reinterpret_cast<const std::byte*>(vertex) + offset);
}

void paint_command(SDL_Renderer* renderer, const ImDrawList& list, const ImDrawCmd& command) {
  const SDL_Rect clip = {static_cast<int>(command.ClipRect.x), static_cast<int>(command.ClipRect.y),
                         static_cast<int>(command.ClipRect.z - command.ClipRect.x),
                         static_cast<int>(command.ClipRect.w - command.ClipRect.y)};
  if (clip.w <= 0 || clip.h <= 0) return;
  SDL_RenderSetClipRect(renderer, &clip);
  const ImDrawVert* const vertices = list.VtxBuffer.Data + command.VtxOffset;
  constexpr int kStride = sizeof(ImDrawVert);
  SDL_RenderGeometryRaw(renderer, static_cast<SDL_Texture*>(command.GetTexID()),
                        at_offset<float>(vertices, offsetof(ImDrawVert, pos)), kStride,
                        at_offset<SDL_Color>(vertices, offsetof(ImDrawVert, col)), kStride,
                        at_offset<float>(vertices, offsetof(ImDrawVert, uv)), kStride,
                        list.VtxBuffer.Size - static_cast<int>(command.VtxOffset),
                        list.IdxBuffer.Data + command.IdxOffset,
                        static_cast<int>(command.ElemCount), sizeof(ImDrawIdx));
}

}  // namespace

Result<SDL_Texture*> upload_fonts(SDL_Renderer* renderer, ImFontAtlas& atlas, SDL_Texture* old) {
  unsigned char* pixels = nullptr;
  int width = 0;
  int height = 0;
  atlas.GetTexDataAsRGBA32(&pixels, &width, &height);
  if (old != nullptr) SDL_DestroyTexture(old);
  SDL_Texture* const texture =
      SDL_CreateTexture(renderer, SDL_PIXELFORMAT_RGBA32, SDL_TEXTUREACCESS_STATIC, width, height);
  if (texture == nullptr || SDL_UpdateTexture(texture, nullptr, pixels, width * 4) != 0) {
    return fail(ErrorKind::kUnavailable, "fonts.texture",
                std::string("The letters do not fit the graphics memory (") + SDL_GetError() +
                    "); choose a smaller text size.");
  }
  SDL_SetTextureBlendMode(texture, SDL_BLENDMODE_BLEND);
  // Glyphs are drawn pixel for pixel; the solid corner of the atlas must not bleed.
  SDL_SetTextureScaleMode(texture, SDL_ScaleModeNearest);
  atlas.SetTexID(texture);
  atlas.ClearTexData();
  return texture;
}

void paint(SDL_Renderer* renderer, const ImDrawData& data) {
  for (int index = 0; index < data.CmdListsCount; ++index) {
    const ImDrawList& list = *data.CmdLists[index];
    for (const ImDrawCmd& command : list.CmdBuffer) {
      if (command.UserCallback == nullptr) paint_command(renderer, list, command);
    }
  }
  SDL_RenderSetClipRect(renderer, nullptr);
}

}  // namespace vigil::ui
