// SPDX-License-Identifier: Apache-2.0
#include "app/ui/canvas.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <SDL2/SDL.h>
#include <imgui.h>

#include "app/ui/canvas_parts.h"

namespace vigil::ui {
namespace {

ImU32 packed(Colour colour) {
  return IM_COL32(colour.red, colour.green, colour.blue, colour.alpha);
}
ImVec2 vec(Point point) {
  return {point.x, point.y};
}

}  // namespace

Canvas::Canvas(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Result<std::unique_ptr<Canvas>> Canvas::create(SDL_Renderer* renderer) {
  VIGIL_ASSIGN(FontFiles files, find_fonts());
  auto canvas = make(renderer);
  canvas->parts_->files = std::move(files);
  return canvas;
}

std::unique_ptr<Canvas> Canvas::create_plain(SDL_Renderer* renderer) {
  return make(renderer);
}

std::unique_ptr<Canvas> Canvas::make(SDL_Renderer* renderer) {
  auto parts = std::make_unique<Parts>();
  parts->renderer = renderer;
  parts->context = ImGui::CreateContext();
  ImGui::SetCurrentContext(parts->context);
  ImGuiIO& io = ImGui::GetIO();
  // ImGui must leave no file behind and keep no text of its own.
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  // Lines as triangles: the texture they could come from is sampled without smoothing.
  ImGui::GetStyle().AntiAliasedLinesUseTex = false;
  io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
  return std::unique_ptr<Canvas>(new Canvas(std::move(parts)));
}

Canvas::~Canvas() {
  forget_images();
  if (parts_->texture != nullptr) SDL_DestroyTexture(parts_->texture);
  ImGui::DestroyContext(parts_->context);
}

Status Canvas::set_scale(float scale) {
  if (scale == scale_) return {};
  ImGui::SetCurrentContext(parts_->context);
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  VIGIL_ASSIGN(parts_->fonts, build_fonts(atlas, parts_->files, scale));
  VIGIL_ASSIGN(parts_->texture, upload_fonts(parts_->renderer, atlas, parts_->texture));
  scale_ = scale;
  return {};
}

void Canvas::begin(Size size) {
  ImGui::SetCurrentContext(parts_->context);
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {size.width, size.height};
  io.DeltaTime = 1.0F / 60;  // nothing of ImGui's own moves
  ImGui::NewFrame();
  parts_->drop_unseen_images();
  parts_->list = ImGui::GetBackgroundDrawList();
  clips_.assign(1, Rect{0, 0, size.width, size.height});
}

void Canvas::end() {
  ImGui::Render();
  parts_->list = nullptr;
}

void Canvas::paint(Colour background) {
  SDL_SetRenderDrawColor(parts_->renderer, background.red, background.green, background.blue, 255);
  SDL_RenderClear(parts_->renderer);
  const ImDrawData& data = *ImGui::GetDrawData();
  parts_->most_corners = std::max(parts_->most_corners, data.TotalIdxCount);
  vigil::ui::paint(parts_->renderer, data);
}

// Both keep the room that the fullest frame took, and what stood in it: which letter of the font
// was copied where is the text.
void Canvas::forget_shapes() {
  ImGui::SetCurrentContext(parts_->context);
  ImGui::GetBackgroundDrawList()->_ClearFreeMemory();
  forget_queue(parts_->renderer, std::exchange(parts_->most_corners, 0));
}

void Canvas::push_clip(const Rect& rect) {
  clips_.push_back(intersection(rect, clips_.back()));
  const Rect& clip = clips_.back();
  parts_->list->PushClipRect({clip.x, clip.y}, {clip.right(), clip.bottom()}, false);
}

void Canvas::pop_clip() {
  clips_.pop_back();
  parts_->list->PopClipRect();
}

void Canvas::begin_above() {
  parts_->splitters.emplace_back(std::make_unique<ImDrawListSplitter>());
  parts_->splitters.back()->Split(parts_->list, 2);
  parts_->splitters.back()->SetCurrentChannel(parts_->list, 1);
}

void Canvas::behind() {
  parts_->splitters.back()->SetCurrentChannel(parts_->list, 0);
}

void Canvas::end_above() {
  parts_->splitters.back()->Merge(parts_->list);
  parts_->splitters.pop_back();
}

void Canvas::fill(const Rect& rect, Colour colour, float radius) {
  if (!sees(rect)) return;
  ImDrawList& list = *parts_->list;
  const ImU32 ink = packed(colour);
  const float round = std::min(radius, std::min(rect.width, rect.height) / 2);
  if (round < 1) {
    list.AddRectFilled({rect.x, rect.y}, {rect.right(), rect.bottom()}, ink, radius);
    return;
  }
  // Rectangles alone, a row of pixels each in the corners: without a graphics card a polygon costs
  // some thirty times as much. What the arc cuts of a pixel is how much of the colour it gets.
  const float in = std::ceil(round);
  const float left = std::round(rect.x);
  const float top = std::round(rect.y);
  const float right = std::round(rect.right());
  const float bottom = std::round(rect.bottom());
  if (bottom - top > 2 * in) list.AddRectFilled({left, top + in}, {right, bottom - in}, ink);
  for (float row = 0; row < in; ++row) {
    float column = 0;
    for (; column < in; ++column) {
      const float distance = std::hypot(round - row - 0.5F, round - column - 0.5F);
      const float share = std::clamp(round + 0.5F - distance, 0.0F, 1.0F);
      if (share >= 1) break;
      if (share <= 0) continue;
      const ImU32 faint = packed(
          with_alpha(colour, static_cast<std::uint8_t>(share * static_cast<float>(colour.alpha))));
      for (const float x : {left + column, right - column - 1}) {
        for (const float y : {top + row, bottom - row - 1}) {
          list.AddRectFilled({x, y}, {x + 1, y + 1}, faint);
        }
      }
    }
    if (right - left <= 2 * column) continue;
    list.AddRectFilled({left + column, top + row}, {right - column, top + row + 1}, ink);
    list.AddRectFilled({left + column, bottom - row - 1}, {right - column, bottom - row}, ink);
  }
}

void Canvas::box(const Rect& rect, Colour ground, Colour edge, float thickness, float radius) {
  fill(rect, edge, radius);
  fill(rect.inset(thickness), ground, std::max(0.0F, radius - thickness));
}

void Canvas::outline(const Rect& rect, Colour colour, float thickness, float radius) {
  if (!sees(rect)) return;
  if (radius <= 0) {
    fill({rect.x, rect.y, rect.width, thickness}, colour);
    fill({rect.x, rect.bottom() - thickness, rect.width, thickness}, colour);
    fill({rect.x, rect.y, thickness, rect.height}, colour);
    fill({rect.right() - thickness, rect.y, thickness, rect.height}, colour);
    return;
  }
  // Inside the rectangle, so that a thicker outline takes no more room.
  const float half = thickness / 2;
  parts_->list->AddRect({rect.x + half, rect.y + half}, {rect.right() - half, rect.bottom() - half},
                        packed(colour), std::max(0.0F, radius - half), 0, thickness);
}

void Canvas::circle(Point centre, float radius, Colour colour, float thickness) {
  parts_->list->AddCircle(vec(centre), radius, packed(colour), 0, thickness);
}

void Canvas::disc(Point centre, float radius, Colour colour) {
  parts_->list->AddCircleFilled(vec(centre), radius, packed(colour));
}

void Canvas::arc(Point centre, float radius, Colour colour, float thickness, float share) {
  if (share <= 0) return;
  constexpr float kTurn = 6.2831853F;
  const float top = -kTurn / 4;
  parts_->list->PathArcTo(vec(centre), radius, top, top + kTurn * std::min(share, 1.0F), 48);
  parts_->list->PathStroke(packed(colour), 0, thickness);
}

void Canvas::line(Point from, Point to, Colour colour, float thickness) {
  parts_->list->AddLine(vec(from), vec(to), packed(colour), thickness);
}

void Canvas::text(Point at, std::string_view text, Style style, Colour colour) {
  const float height = line_height(style);
  if (text.empty() || !sees({at.x, at.y, 100'000, height})) return;
  ImFont* const font = parts_->font(style);
  const ImVec2 position(std::round(at.x), std::round(at.y + (height - font->FontSize) / 2));
  parts_->list->AddText(font, font->FontSize, position, packed(colour), text.data(),
                        text.data() + text.size());
}

float Canvas::line_height(Style style) const {
  return std::round(style_size(style) * scale_ * kLineHeight);
}

}  // namespace vigil::ui
