// SPDX-License-Identifier: Apache-2.0
#include "app/ui/host.h"

#include <algorithm>
#include <utility>

#include <SDL2/SDL.h>

#include "core/crypto/secret_bytes.h"

namespace vigil::ui {
namespace {

// A screen that never rests is our fault, not the person's: stop and show it.
constexpr int kMostFrames = 12;

Key key_of(const SDL_Keysym& sym) {
  const bool control = (sym.mod & KMOD_CTRL) != 0;
  if (control) {
    switch (sym.sym) {
      case SDLK_a:
        return Key::kSelectAll;
      case SDLK_c:
        return Key::kCopy;
      case SDLK_x:
        return Key::kCut;
      case SDLK_v:
        return Key::kPaste;
      case SDLK_f:
        return Key::kFind;
      case SDLK_z:
        return (sym.mod & KMOD_SHIFT) != 0 ? Key::kRedo : Key::kUndo;
      case SDLK_y:
        return Key::kRedo;
      case SDLK_F12:
        return (sym.mod & KMOD_SHIFT) != 0 ? Key::kPanic : Key::kHide;
      default:
        break;
    }
  }
  switch (sym.sym) {
    case SDLK_F12:
    case SDLK_PAUSE:
    case SDLK_SLEEP:
      return Key::kHide;
    case SDLK_TAB:
      return Key::kTab;
    case SDLK_RETURN:
    case SDLK_KP_ENTER:
      return Key::kEnter;
    case SDLK_ESCAPE:
    case SDLK_AC_BACK:
      return Key::kEscape;
    case SDLK_SPACE:
      return Key::kSpace;
    case SDLK_BACKSPACE:
      return Key::kBackspace;
    case SDLK_DELETE:
      return Key::kDelete;
    case SDLK_LEFT:
      return Key::kLeft;
    case SDLK_RIGHT:
      return Key::kRight;
    case SDLK_UP:
      return Key::kUp;
    case SDLK_DOWN:
      return Key::kDown;
    case SDLK_HOME:
      return Key::kHome;
    case SDLK_END:
      return Key::kEnd;
    case SDLK_PAGEUP:
      return Key::kPageUp;
    case SDLK_PAGEDOWN:
      return Key::kPageDown;
    default:
      return Key::kNone;
  }
}

Point point(int x, int y) {
  return {static_cast<float>(x), static_cast<float>(y)};
}

}  // namespace

std::optional<InputEvent> input_of(const SDL_Event& event) {
  InputEvent input;
  switch (event.type) {
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
      if (event.button.button != SDL_BUTTON_LEFT) return std::nullopt;
      input.kind =
          event.type == SDL_MOUSEBUTTONDOWN ? InputEvent::Kind::kPress : InputEvent::Kind::kRelease;
      input.at = point(event.button.x, event.button.y);
      return input;
    case SDL_MOUSEMOTION:
      // A mouse that only hovers changes nothing: there is no hover on a tablet.
      if ((event.motion.state & SDL_BUTTON_LMASK) == 0) return std::nullopt;
      input.kind = InputEvent::Kind::kMove;
      input.at = point(event.motion.x, event.motion.y);
      return input;
    case SDL_MOUSEWHEEL:
      input.kind = InputEvent::Kind::kWheel;
      input.wheel = event.wheel.preciseY;
      input.at = point(event.wheel.mouseX, event.wheel.mouseY);
      return input;
    case SDL_TEXTINPUT:
      input.kind = InputEvent::Kind::kText;
      input.text = event.text.text;
      return input;
    case SDL_KEYDOWN:
    case SDL_KEYUP:
      input.kind = event.type == SDL_KEYDOWN ? InputEvent::Kind::kKey : InputEvent::Kind::kKeyUp;
      input.key = key_of(event.key.keysym);
      // Only what is held down by a key is let go by it.
      if (event.type == SDL_KEYUP && input.key != Key::kEnter && input.key != Key::kSpace) {
        return std::nullopt;
      }
      input.shift = (event.key.keysym.mod & KMOD_SHIFT) != 0;
      input.control = (event.key.keysym.mod & KMOD_CTRL) != 0;
      if (input.key == Key::kNone) return std::nullopt;
      return input;
    default:
      return std::nullopt;
  }
}

Host::Host(std::unique_ptr<platform::Window> window, const Clock& clock)
    : window_(std::move(window)), clock_(clock) {}

Result<std::unique_ptr<Host>> Host::open(const HostOptions& options, const Clock& clock) {
  VIGIL_ASSIGN(auto window, platform::Window::open(options.window));
  std::unique_ptr<Host> host(new Host(std::move(window), clock));
  VIGIL_ASSIGN(host->canvas_, Canvas::create(host->window_->renderer()));
  VIGIL_TRY(host->set_scale(options.scale));
  host->kit_ = std::make_unique<Kit>(*host->canvas_);
  host->kit_->set_density(host->window_->density());
  return host;
}

Status Host::set_scale(float scale) {
  user_scale_ = scale;
  if (kit_) kit_->set_density(window_->density());
  return canvas_->set_scale(scale * window_->density());
}

void Host::draw(const InputEvent& event, const Frame& frame) {
  if (wanted_scale_ > 0 && wanted_scale_ != user_scale_) {
    // Letters too large for the graphics memory: stay as it is.
    const float before = user_scale_;
    if (!set_scale(wanted_scale_)) static_cast<void>(set_scale(before));
    wanted_scale_ = 0;
  }
  const Size size = {static_cast<float>(window_->width()), static_cast<float>(window_->height())};
  kit_->begin(event, clock_.monotonic_ms(), size);
  const bool changed = frame(*kit_);
  kit_->end();
  if (changed) kit_->draw_again();
}

void Host::feed(const InputEvent& event, const Frame& frame) {
  draw(event, frame);
  for (int count = 0; kit_->wants_again() && count < kMostFrames; ++count) draw({}, frame);
}

void Host::show(const Frame& frame) {
  feed({}, frame);
  paint();
}

void Host::paint() {
  canvas_->paint(kit_->theme().background);
  window_->present();
}

void Host::take(const SDL_Event& event, const Frame& frame) {
  if (event.type == SDL_QUIT) {
    quit_ = true;
    return;
  }
  std::optional<InputEvent> input = second_finger(event);
  if (!input) input = input_of(event);
  if (!input) return;
  feed(*input, frame);
  fed_ = true;
  // It may have been a letter of the passphrase.
  crypto::wipe({reinterpret_cast<std::uint8_t*>(input->text.data()), input->text.size()});
}

// SDL makes a mouse of the first finger only. Who types with two thumbs puts the second down before
// the first is lifted: on the keyboard it counts as a press of its own.
std::optional<InputEvent> Host::second_finger(const SDL_Event& event) {
  if (event.type == SDL_FINGERUP) fingers_ = std::max(0, fingers_ - 1);
  if (event.type != SDL_FINGERDOWN) return std::nullopt;
  ++fingers_;
  if (fingers_ < 2 || !kit_->keyboard().shown) return std::nullopt;
  InputEvent input;
  input.kind = InputEvent::Kind::kPress;
  input.at = {event.tfinger.x * static_cast<float>(window_->width()),
              event.tfinger.y * static_cast<float>(window_->height())};
  return input;
}

void Host::take_pending(const Frame& frame) {
  SDL_Event event = {};
  while (!quit_ && SDL_PollEvent(&event) == 1) take(event, frame);
  // What an event led to is drawn already.
  if (!std::exchange(fed_, false) || kit_->wants_again()) feed({}, frame);
}

Status Host::run(const Frame& frame, const std::function<void()>& painted) {
  show(frame);
  painted();
  while (!quit_) {
    SDL_Event event = {};
    if (window_->wait(event, kit_->sleep_ms())) take(event, frame);
    take_pending(frame);
    paint();
    painted();
  }
  // Whoever ends the program, or the machine, does not wait for a pause in the typing.
  kit_->leave_field();
  feed({}, frame);
  return {};
}

}  // namespace vigil::ui
