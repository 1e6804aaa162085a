// SPDX-License-Identifier: Apache-2.0
#include "tests/app/tablet/robot.h"

#include <algorithm>

#include <SDL2/SDL.h>
#include <gtest/gtest.h>

#include "app/ui/utf8.h"

namespace vigil::test {
namespace {

// Longer than what counts as a finger that bounced.
constexpr std::int64_t kBetweenTaps_ms = 350;

}  // namespace

Robot::Robot(HandClock& clock, ui::Frame frame, int width, int height, float scale)
    : clock_(clock), frame_(std::move(frame)) {
  ui::HostOptions options;
  options.window.width = width;
  options.window.height = height;
  options.window.offscreen = true;
  options.scale = scale;
  auto host = ui::Host::open(options, clock);
  if (!host) {
    ADD_FAILURE() << host.error().message;
    std::abort();
  }
  host_ = std::move(*host);
  host_->show(frame_);
}

void Robot::rest(std::int64_t ms) {
  clock_.pass(ms);
  host_->take_pending(frame_);
}

std::string Robot::text(std::string_view key) {
  const ui::Item* const item = tree().find(key);
  return item == nullptr ? "(absent)" : item->text;
}

void Robot::push(SDL_Event& event) {
  watcher_(event);
  SDL_PushEvent(&event);
}

void Robot::mouse(std::uint32_t type, ui::Point at) {
  SDL_Event event = {};
  event.type = type;
  event.button.button = SDL_BUTTON_LEFT;
  event.button.x = static_cast<int>(at.x);
  event.button.y = static_cast<int>(at.y);
  push(event);
  host_->take_pending(frame_);
}

ui::Point Robot::bring(std::string_view key) {
  for (int turn = 0; turn < 400; ++turn) {
    const ui::Item* const item = tree().find(key);
    if (item == nullptr) break;
    // Enough of it to touch; long fields never show whole.
    const float wanted = std::min(item->rect.height, 40.0F);
    if (item->visible.height >= wanted) return item->visible.centre();
    const bool below = item->rect.y > item->visible.y + 1 || item->rect.y > 400;
    SDL_Event event = {};
    event.type = SDL_MOUSEWHEEL;
    event.wheel.preciseY = below ? -1.0F : 1.0F;
    event.wheel.mouseX = static_cast<int>(item->rect.centre().x);
    event.wheel.mouseY = host_->window().height() / 2;
    push(event);
    host_->take_pending(frame_);
  }
  ADD_FAILURE() << "Not on the screen: " << key << "\n" << tree().print();
  return {};
}

void Robot::tap(std::string_view key) {
  const ui::Point at = bring(key);
  clock_.pass(kBetweenTaps_ms);
  mouse(SDL_MOUSEBUTTONDOWN, at);
  clock_.pass(60);
  mouse(SDL_MOUSEBUTTONUP, at);
}

void Robot::hold(std::string_view key, std::int64_t ms) {
  const ui::Point at = bring(key);
  mouse(SDL_MOUSEBUTTONDOWN, at);
  rest(ms);
  mouse(SDL_MOUSEBUTTONUP, at);
}

void Robot::swipe(ui::Point from, ui::Point to) {
  constexpr int kSteps = 6;
  mouse(SDL_MOUSEBUTTONDOWN, from);
  for (int step = 1; step <= kSteps; ++step) {
    clock_.pass(16);
    const float share = static_cast<float>(step) / kSteps;
    SDL_Event event = {};
    event.type = SDL_MOUSEMOTION;
    event.motion.state = SDL_BUTTON_LMASK;
    event.motion.x = static_cast<int>(from.x + (to.x - from.x) * share);
    event.motion.y = static_cast<int>(from.y + (to.y - from.y) * share);
    push(event);
    host_->take_pending(frame_);
  }
  mouse(SDL_MOUSEBUTTONUP, to);
}

void Robot::type(std::string_view text) {
  // As an input method does it: letter by letter.
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = ui::letter_after(text, at);
    SDL_Event event = {};
    event.type = SDL_TEXTINPUT;
    std::ranges::copy(text.substr(at, next - at), event.text.text);
    push(event);
    at = next;
  }
  host_->take_pending(frame_);
}

void Robot::press_key(int sdl_key, int modifiers) {
  SDL_Event event = {};
  event.type = SDL_KEYDOWN;
  event.key.keysym.sym = sdl_key;
  event.key.keysym.mod = static_cast<Uint16>(modifiers);
  push(event);
  host_->take_pending(frame_);
}

}  // namespace vigil::test
