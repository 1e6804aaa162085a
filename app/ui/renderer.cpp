// SPDX-License-Identifier: Apache-2.0
#include "app/ui/renderer.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

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

void paint_triangles(SDL_Renderer* renderer, SDL_Texture* texture, const ImDrawVert* vertices,
                     int vertex_count, const ImDrawIdx* indices, int count) {
  if (count == 0) return;
  constexpr int kStride = sizeof(ImDrawVert);
  SDL_RenderGeometryRaw(renderer, texture, at_offset<float>(vertices, offsetof(ImDrawVert, pos)),
                        kStride, at_offset<SDL_Color>(vertices, offsetof(ImDrawVert, col)), kStride,
                        at_offset<float>(vertices, offsetof(ImDrawVert, uv)), kStride, vertex_count,
                        indices, count, sizeof(ImDrawIdx));
}

bool whole(float number) {
  return number == std::floor(number);
}

// SDL's software renderer fills triangles pixel by pixel, some thirty times as slowly as it fills
// and copies rectangles: what is a rectangle on whole pixels is handed over as one. The pixels are
// the same.
class Rectangles {
 public:
  Rectangles(SDL_Renderer* renderer, SDL_Texture* texture)
      : renderer_(renderer), texture_(texture) {
    SDL_QueryTexture(texture, nullptr, nullptr, &width_, &height_);
  }
  ~Rectangles() {
    SDL_SetTextureColorMod(texture_, 255, 255, 255);
    SDL_SetTextureAlphaMod(texture_, 255);
  }
  Rectangles(const Rectangles&) = delete;
  Rectangles& operator=(const Rectangles&) = delete;

  // Two triangles as ImGui lays out a rectangle; false where they are something else.
  [[nodiscard]] bool paint(const ImDrawVert* vertices, const ImDrawIdx* i) const {
    if (i[3] != i[0] || i[4] != i[2]) return false;
    const ImDrawVert& a = vertices[i[0]];
    const ImDrawVert& b = vertices[i[1]];
    const ImDrawVert& c = vertices[i[2]];
    const ImDrawVert& d = vertices[i[5]];
    if (a.pos.y != b.pos.y || b.pos.x != c.pos.x || c.pos.y != d.pos.y || d.pos.x != a.pos.x) {
      return false;
    }
    if (a.col != b.col || a.col != c.col || a.col != d.col) return false;
    if (!whole(a.pos.x) || !whole(a.pos.y) || !whole(c.pos.x) || !whole(c.pos.y)) return false;
    const SDL_Rect target = {static_cast<int>(a.pos.x), static_cast<int>(a.pos.y),
                             static_cast<int>(c.pos.x - a.pos.x),
                             static_cast<int>(c.pos.y - a.pos.y)};
    if (target.w <= 0 || target.h <= 0) return false;
    const auto part = [&](int shift) { return static_cast<std::uint8_t>(a.col >> shift & 0xFFU); };
    if (a.uv.x == c.uv.x && a.uv.y == c.uv.y) {
      SDL_SetRenderDrawColor(renderer_, part(IM_COL32_R_SHIFT), part(IM_COL32_G_SHIFT),
                             part(IM_COL32_B_SHIFT), part(IM_COL32_A_SHIFT));
      SDL_SetRenderDrawBlendMode(
          renderer_, part(IM_COL32_A_SHIFT) == 255 ? SDL_BLENDMODE_NONE : SDL_BLENDMODE_BLEND);
      return SDL_RenderFillRect(renderer_, &target) == 0;
    }
    const float left = std::round(a.uv.x * static_cast<float>(width_));
    const float top = std::round(a.uv.y * static_cast<float>(height_));
    const SDL_Rect source = {
        static_cast<int>(left), static_cast<int>(top),
        static_cast<int>(std::round(c.uv.x * static_cast<float>(width_)) - left),
        static_cast<int>(std::round(c.uv.y * static_cast<float>(height_)) - top)};
    // A picture that is stretched, or a letter between pixels, is not the same by copying.
    if (source.w != target.w || source.h != target.h) return false;
    SDL_SetTextureColorMod(texture_, part(IM_COL32_R_SHIFT), part(IM_COL32_G_SHIFT),
                           part(IM_COL32_B_SHIFT));
    SDL_SetTextureAlphaMod(texture_, part(IM_COL32_A_SHIFT));
    return SDL_RenderCopy(renderer_, texture_, &source, &target) == 0;
  }

 private:
  SDL_Renderer* renderer_;
  SDL_Texture* texture_;
  int width_ = 0;
  int height_ = 0;
};

// `triangles`: the list's vertices as they go into triangles.
void paint_command(SDL_Renderer* renderer, const ImDrawList& list, const ImDrawCmd& command,
                   const ImDrawVert* triangles, bool in_software) {
  const SDL_Rect clip = {static_cast<int>(command.ClipRect.x), static_cast<int>(command.ClipRect.y),
                         static_cast<int>(command.ClipRect.z - command.ClipRect.x),
                         static_cast<int>(command.ClipRect.w - command.ClipRect.y)};
  if (clip.w <= 0 || clip.h <= 0) return;
  SDL_RenderSetClipRect(renderer, &clip);
  auto* const texture = static_cast<SDL_Texture*>(command.GetTexID());
  const ImDrawVert* const vertices = list.VtxBuffer.Data + command.VtxOffset;
  const ImDrawVert* const soft = triangles + command.VtxOffset;
  const int vertex_count = list.VtxBuffer.Size - static_cast<int>(command.VtxOffset);
  const ImDrawIdx* const indices = list.IdxBuffer.Data + command.IdxOffset;
  const int count = static_cast<int>(command.ElemCount);
  constexpr int kRectangle = 6;
  int begin = 0;  // of the triangles that wait
  if (in_software && texture != nullptr) {
    const Rectangles rectangles(renderer, texture);
    for (int at = 0; at + kRectangle <= count;) {
      // Whatever lies before is painted first, or it would come to lie above.
      const bool fits = indices[at + 3] == indices[at] && indices[at + 4] == indices[at + 2];
      if (fits) {
        paint_triangles(renderer, texture, soft, vertex_count, indices + begin, at - begin);
        begin = at;
        if (rectangles.paint(vertices, indices + at)) {
          at += kRectangle;
          begin = at;
          continue;
        }
      }
      at += 3;
    }
  }
  paint_triangles(renderer, texture, soft, vertex_count, indices + begin, count - begin);
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
  SDL_RendererInfo info = {};
  const bool in_software =
      SDL_GetRendererInfo(renderer, &info) == 0 && (info.flags & SDL_RENDERER_SOFTWARE) != 0;
  // SDL's software renderer looks at the lower right corner of a pixel, not at its middle: unmoved,
  // every soft edge would be smeared over two pixels.
  constexpr float kHalfPixel = 0.5F;
  std::vector<ImDrawVert> moved;
  for (int index = 0; index < data.CmdListsCount; ++index) {
    const ImDrawList& list = *data.CmdLists[index];
    const ImDrawVert* triangles = list.VtxBuffer.Data;
    if (in_software) {
      moved.assign(triangles, triangles + list.VtxBuffer.Size);
      for (ImDrawVert& vertex : moved) {
        vertex.pos.x += kHalfPixel;
        vertex.pos.y += kHalfPixel;
      }
      triangles = moved.data();
    }
    for (const ImDrawCmd& command : list.CmdBuffer) {
      if (command.UserCallback == nullptr)
        paint_command(renderer, list, command, triangles, in_software);
    }
  }
  SDL_RenderSetClipRect(renderer, nullptr);
}

void forget_queue(SDL_Renderer* renderer, int corners) {
  if (corners <= 0) return;
  // A corner takes 32 bytes at most (place, colour, place in the texture), a rectangle 16 at least.
  const std::vector<SDL_Rect> nothing(static_cast<std::size_t>(corners) * 2);
  SDL_RenderFillRects(renderer, nothing.data(), static_cast<int>(nothing.size()));
  SDL_RenderFlush(renderer);
}

}  // namespace vigil::ui
