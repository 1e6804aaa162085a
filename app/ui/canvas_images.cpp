// SPDX-License-Identifier: Apache-2.0
//
// Pictures as textures, made when they are first shown and kept while they are.
#include <SDL2/SDL.h>

#include "app/ui/canvas_parts.h"

namespace vigil::ui {
namespace {

// Pictures that were not shown for so many frames give their memory back.
constexpr int kUnseenFrames = 120;

void destroy(SDL_Texture* texture) {
  // Without a graphics card the pixels lie in our own memory.
  int width = 0;
  int height = 0;
  SDL_QueryTexture(texture, nullptr, nullptr, &width, &height);
  const std::vector<std::uint8_t> nothing(static_cast<std::size_t>(width) *
                                          static_cast<std::size_t>(height) * 4);
  SDL_UpdateTexture(texture, nullptr, nothing.data(), width * 4);
  SDL_DestroyTexture(texture);
}

}  // namespace

void Canvas::Parts::drop_unseen_images() {
  ++frame;
  std::erase_if(images, [&](auto& entry) {
    if (frame - entry.second.seen < kUnseenFrames) return false;
    destroy(entry.second.texture);
    return true;
  });
}

void Canvas::forget_images() {
  for (auto& [key, image] : parts_->images) destroy(image.texture);
  parts_->images.clear();
}

void Canvas::image(const ImageView& view, const Rect& rect) {
  if (!sees(rect) || view.width <= 0 || view.height <= 0) return;
  Parts::Image& image = parts_->images[std::string(view.key)];
  if (image.texture == nullptr || image.width != view.width || image.height != view.height) {
    if (image.texture != nullptr) destroy(image.texture);
    image.texture = SDL_CreateTexture(parts_->renderer, SDL_PIXELFORMAT_RGBA32,
                                      SDL_TEXTUREACCESS_STATIC, view.width, view.height);
    image.width = view.width;
    image.height = view.height;
    image.version = view.version - 1;
    if (image.texture == nullptr) {
      parts_->images.erase(std::string(view.key));
      return;
    }
    SDL_SetTextureBlendMode(image.texture, SDL_BLENDMODE_BLEND);
    SDL_SetTextureScaleMode(image.texture, SDL_ScaleModeLinear);
  }
  if (image.version != view.version) {
    SDL_UpdateTexture(image.texture, nullptr, view.rgba.data(), view.width * 4);
    image.version = view.version;
  }
  image.seen = parts_->frame;
  parts_->list->AddImage(image.texture, {rect.x, rect.y}, {rect.right(), rect.bottom()});
}

void Canvas::stroke(std::span<const Point> points, Colour colour, float thickness, bool closed) {
  if (points.size() < 2) {
    if (!points.empty()) disc(points.front(), thickness / 2, colour);
    return;
  }
  for (const Point point : points) parts_->list->PathLineTo({point.x, point.y});
  parts_->list->PathStroke(IM_COL32(colour.red, colour.green, colour.blue, colour.alpha),
                           closed ? ImDrawFlags_Closed : 0, thickness);
}

}  // namespace vigil::ui
