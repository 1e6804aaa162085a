// SPDX-License-Identifier: Apache-2.0
//
// One SDL window (or, off the screen, one picture in memory) with its renderer. One thread: the one
// that opened it.
#pragma once

#include <memory>
#include <string>

#include "core/base/error.h"
#include "platform/pictures/picture.h"

struct SDL_Window;
struct SDL_Renderer;
struct SDL_Surface;
union SDL_Event;

namespace vigil::platform {

struct WindowOptions {
  std::string title;
  int width = 1280;  // pixels
  int height = 800;
  // No display: SDL's dummy driver and its software renderer, which draw the same pixels anywhere.
  bool offscreen = false;
  bool fullscreen = false;
};

// How many times finer a display is than the 150 dpi that control sizes are meant for: what is
// drawn so many times larger is never smaller than meant. In steps of a twentieth, upwards; at
// least 1, at most 3; 1 where the display does not say (0 or no number).
[[nodiscard]] float density_of(float dpi);

class Window {
 public:
  // Fails kUnavailable, "window.display", where there is no display or no renderer works.
  [[nodiscard]] static Result<std::unique_ptr<Window>> open(const WindowOptions& options);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  [[nodiscard]] SDL_Renderer* renderer() const { return renderer_; }
  [[nodiscard]] int width() const;
  [[nodiscard]] int height() const;
  // density_of() the display that the window is on.
  [[nodiscard]] float density() const;

  // Waits for the next event, at most `timeout_ms` (negative: for ever); false when none came.
  [[nodiscard]] bool wait(SDL_Event& event, int timeout_ms);
  // Ends a wait() from any thread.
  static void wake();
  // Empties the clipboard and overwrites what the queue of events still holds of typing; waiting
  // keys and touches are dropped (locking).
  static void forget_typed();

  void present();
  // What was drawn, before present().
  [[nodiscard]] Result<Picture> picture() const;

 private:
  Window() = default;
  Status start(const WindowOptions& options);

  bool started_ = false;
  SDL_Window* window_ = nullptr;
  SDL_Renderer* renderer_ = nullptr;
  SDL_Surface* surface_ = nullptr;
};

}  // namespace vigil::platform
