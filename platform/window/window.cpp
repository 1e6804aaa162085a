// SPDX-License-Identifier: Apache-2.0
#include "platform/window/window.h"

#include <algorithm>
#include <cmath>

#include <SDL2/SDL.h>
#include <fmt/format.h>

namespace vigil::platform {
namespace {

std::unexpected<Error> no_window(std::string_view doing) {
  return fail(ErrorKind::kUnavailable, "window.display",
              fmt::format("Could not {} ({}); start it where there is a display, or write pictures "
                          "with --screens.",
                          doing, SDL_GetError()));
}

// SDL falls back to drivers that show nothing: a program that nobody can see would run for ever.
bool is_unasked_invisible() {
  const char* const asked = SDL_GetHint(SDL_HINT_VIDEODRIVER);
  if (asked != nullptr && *asked != '\0') return false;
  const char* const driver = SDL_GetCurrentVideoDriver();
  const std::string_view name = driver == nullptr ? "" : driver;
  return name == "offscreen" || name == "dummy" || name == "evdev";
}

// Xlib ends the program at the first request the display refuses, and SDL 2.26 makes such ones by
// itself: it wakes its own window over a second connection, which may come when that window is
// gone. A refused request is never worth a visit: it is passed over. Before SDL's own handler,
// which hands on to this one and puts it back before it closes its connections.
void pass_over_refused_requests() {
  const char* const asked = SDL_GetHint(SDL_HINT_VIDEODRIVER);
  const std::string_view drivers = asked == nullptr ? "" : asked;
  if (!drivers.empty() && drivers.find("x11") == std::string_view::npos) return;
  using Handler = int (*)(void* display, void* error);
  using SetHandler = Handler (*)(Handler);
  // SDL loads the same one; it stays loaded until the program ends, as the handler does.
  void* const xlib = SDL_LoadObject("libX11.so.6");
  if (xlib == nullptr) return;  // then SDL has no x11 either
  const auto set = reinterpret_cast<SetHandler>(SDL_LoadFunction(xlib, "XSetErrorHandler"));
  if (set != nullptr) set([](void* /*display*/, void* /*error*/) { return 0; });
}

}  // namespace

float density_of(float dpi) {
  constexpr float kMeantDpi = 150;
  constexpr float kSteps = 20;
  if (!std::isfinite(dpi)) return 1;
  return std::clamp(std::ceil(dpi / kMeantDpi * kSteps) / kSteps, 1.0F, 3.0F);
}

Result<std::unique_ptr<Window>> Window::open(const WindowOptions& options) {
  std::unique_ptr<Window> window(new Window);
  VIGIL_TRY(window->start(options));
  return window;
}

Status Window::start(const WindowOptions& options) {
  if (options.offscreen) SDL_SetHint(SDL_HINT_VIDEODRIVER, "dummy");
  SDL_SetHint(SDL_HINT_RENDER_BATCHING, "1");
  SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "1");
  // A tap that also brings the window to the front is a tap all the same.
  SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
  // What is being read aloud in a cell must not be dimmed away.
  SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
  SDL_SetHint(SDL_HINT_IME_SHOW_UI, "1");
  // Without a graphics card pixels go to the display as they are. Otherwise SDL would carry them
  // there through OpenGL in software: slower, and 110 MB more with Mesa's.
  SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
  if (!options.offscreen) pass_over_refused_requests();
  if (SDL_Init(SDL_INIT_VIDEO) != 0) return no_window("open a window");
  started_ = true;
  if (!options.offscreen && is_unasked_invisible()) {
    SDL_SetError("this machine offers none");
    return no_window("open a window");
  }
  if (options.offscreen) {
    surface_ = SDL_CreateRGBSurfaceWithFormat(0, options.width, options.height, 32,
                                              SDL_PIXELFORMAT_ABGR8888);
    if (surface_ != nullptr) renderer_ = SDL_CreateSoftwareRenderer(surface_);
    if (renderer_ == nullptr) return no_window("draw off the screen");
    return {};
  }
  Uint32 flags = SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI;
  if (options.fullscreen) flags |= SDL_WINDOW_FULLSCREEN_DESKTOP;
  window_ = SDL_CreateWindow(options.title.c_str(), SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
                             options.width, options.height, flags);
  if (window_ == nullptr) return no_window("open a window");
  renderer_ = SDL_CreateRenderer(window_, -1, SDL_RENDERER_PRESENTVSYNC);
  if (renderer_ == nullptr) renderer_ = SDL_CreateRenderer(window_, -1, SDL_RENDERER_SOFTWARE);
  if (renderer_ == nullptr) return no_window("draw in the window");
  SDL_SetWindowMinimumSize(window_, 640, 480);
  SDL_StartTextInput();
  return {};
}

Window::~Window() {
  if (renderer_ != nullptr) SDL_DestroyRenderer(renderer_);
  if (surface_ != nullptr) SDL_FreeSurface(surface_);
  if (window_ != nullptr) SDL_DestroyWindow(window_);
  if (started_) SDL_QuitSubSystem(SDL_INIT_VIDEO);
}

int Window::width() const {
  int width = 0;
  SDL_GetRendererOutputSize(renderer_, &width, nullptr);
  return width;
}

int Window::height() const {
  int height = 0;
  SDL_GetRendererOutputSize(renderer_, nullptr, &height);
  return height;
}

float Window::density() const {
  if (window_ == nullptr) return 1;
  float dpi = 0;
  const int display = SDL_GetWindowDisplayIndex(window_);
  if (display < 0 || SDL_GetDisplayDPI(display, nullptr, &dpi, nullptr) != 0) return 1;
  return density_of(dpi);
}

bool Window::wait(SDL_Event& event, int timeout_ms) {
  if (timeout_ms < 0) return SDL_WaitEvent(&event) == 1;
  return SDL_WaitEventTimeout(&event, timeout_ms) == 1;
}

void Window::wake() {
  SDL_Event event = {};
  event.type = SDL_USEREVENT;
  SDL_PushEvent(&event);
}

void Window::present() {
  SDL_RenderPresent(renderer_);
}

Result<Picture> Window::picture() const {
  Picture picture{width(), height(), {}};
  picture.rgba.resize(static_cast<std::size_t>(picture.width) *
                      static_cast<std::size_t>(picture.height) * 4);
  // ABGR8888 is R, G, B, A in memory on little-endian machines, RGBA32 says so on any.
  if (SDL_RenderReadPixels(renderer_, nullptr, SDL_PIXELFORMAT_RGBA32, picture.rgba.data(),
                           picture.width * 4) != 0) {
    return fail(ErrorKind::kUnavailable, "window.picture",
                fmt::format("Could not read the picture back ({}); try the software renderer with "
                            "SDL_RENDER_DRIVER=software.",
                            SDL_GetError()));
  }
  return picture;
}

}  // namespace vigil::platform
