// SPDX-License-Identifier: Apache-2.0
//
// The window, the canvas and the kit together: turns SDL's events into frames, sleeps when nothing
// happens, paints when something did. One thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "app/ui/kit.h"
#include "core/base/clock.h"
#include "platform/window/window.h"

union SDL_Event;

namespace vigil::ui {

// Draws one frame and applies its commands. True where that changed what is to be drawn.
using Frame = std::function<bool(Kit&)>;

struct HostOptions {
  platform::WindowOptions window;
  float scale = 1;  // the user's, 1 to 2; the display's density is put on top
};

class Host {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Host>> open(const HostOptions& options,
                                                          const Clock& clock);

  [[nodiscard]] Kit& kit() { return *kit_; }
  [[nodiscard]] platform::Window& window() { return *window_; }
  [[nodiscard]] Status set_scale(float scale);
  [[nodiscard]] float scale() const { return user_scale_; }
  // From inside a frame: takes effect before the next one.
  void rescale_later(float scale) { wanted_scale_ = scale; }

  // Draws until the screen rests, then paints.
  void show(const Frame& frame);
  // Gives one event to the frame, and draws until the screen rests, without painting.
  void feed(const InputEvent& event, const Frame& frame);
  // Runs until the window is closed or quit() is called. Each event is one frame; only the last of
  // a burst is painted. `painted` is called when that is on its way to the screen.
  [[nodiscard]] Status run(const Frame& frame, const std::function<void()>& painted = [] {});
  // Handles what is in SDL's queue now, as run() does, and draws until the screen rests, without
  // painting.
  void take_pending(const Frame& frame);
  void quit() { quit_ = true; }
  [[nodiscard]] bool quitting() const { return quit_; }

  // What the last frame drew, to the window: the end of each turn of run().
  void paint();

 private:
  Host(std::unique_ptr<platform::Window> window, const Clock& clock);
  void draw(const InputEvent& event, const Frame& frame);
  void take(const SDL_Event& event, const Frame& frame);
  [[nodiscard]] std::optional<InputEvent> second_finger(const SDL_Event& event);

  std::unique_ptr<platform::Window> window_;
  std::unique_ptr<Canvas> canvas_;
  std::unique_ptr<Kit> kit_;
  const Clock& clock_;
  float user_scale_ = 1;
  float wanted_scale_ = 0;
  bool quit_ = false;
  bool fed_ = false;  // an event, in this turn
  int fingers_ = 0;   // on the screen now
};

// What SDL's event means to the kit; nullopt for what the kit does not know.
[[nodiscard]] std::optional<InputEvent> input_of(const SDL_Event& event);

}  // namespace vigil::ui
