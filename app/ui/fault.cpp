// SPDX-License-Identifier: Apache-2.0
#include "app/ui/fault.h"

#include <algorithm>
#include <array>

#include <SDL2/SDL.h>

namespace vigil::ui {
namespace {

constexpr float kMargin = 40;
constexpr float kWidest = 900;

// True for what ends the page.
bool ends(const SDL_Event& event) {
  constexpr std::array<Uint32, 4> kEnding = {SDL_QUIT, SDL_KEYDOWN, SDL_MOUSEBUTTONDOWN,
                                             SDL_FINGERDOWN};
  return std::ranges::find(kEnding, event.type) != kEnding.end();
}

}  // namespace

void draw_fault(Canvas& canvas, Size size, std::string_view sentence) {
  const Theme& theme = light_theme();
  canvas.begin(size);
  const float width = std::min(kWidest * canvas.scale(), size.width - 2 * kMargin * canvas.scale());
  const auto lines = canvas.wrap(sentence, Style::kLetter, width);
  const float line = canvas.line_height(Style::kLetter);
  const float x = (size.width - width) / 2;
  float y = std::max(0.0F, (size.height - line * static_cast<float>(lines.size() + 3)) / 2);
  canvas.text({x, y}, "Vigil cannot start", Style::kResult, theme.error);
  y += 2 * canvas.line_height(Style::kResult);
  for (const std::string_view part : lines) {
    canvas.text({x, y}, part, Style::kLetter, theme.ink);
    y += line;
  }
  canvas.end();
  canvas.paint(theme.background);
}

Status show_fault(const platform::WindowOptions& options, std::string_view sentence) {
  VIGIL_ASSIGN(const auto window, platform::Window::open(options));
  const auto canvas = Canvas::create_plain(window->renderer());
  VIGIL_TRY(canvas->set_scale(window->density()));
  while (true) {
    draw_fault(*canvas, {static_cast<float>(window->width()), static_cast<float>(window->height())},
               sentence);
    window->present();
    SDL_Event event = {};
    if (window->wait(event, -1) && ends(event)) return {};
  }
}

}  // namespace vigil::ui
