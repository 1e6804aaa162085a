// SPDX-License-Identifier: Apache-2.0
//
// A scripted finger: finds items by key, in any language, and touches them through SDL's own
// events.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "app/ui/host.h"
#include "core/base/clock.h"

namespace vigil::test {

// Noon of a day, until a test moves it.
class HandClock final : public Clock {
 public:
  // Workers read it while the test moves it.
  WallTime now() const override { return {now_ms.load()}; }
  std::int64_t monotonic_ms() const override { return monotonic.load(); }
  int utc_offset_minutes(WallTime) const override { return 6 * 60; }
  void pass(std::int64_t ms) {
    now_ms += ms;
    monotonic += ms;
  }
  std::atomic<std::int64_t> now_ms = 1'795'327'200'000;  // 2026-11-22T06:00:00Z
  std::atomic<std::int64_t> monotonic = 1'000'000;
};

class Robot {
 public:
  Robot(HandClock& clock, ui::Frame frame, int width = 1280, int height = 800, float scale = 1);

  [[nodiscard]] const ui::Tree& tree() { return host_->kit().tree(); }
  [[nodiscard]] ui::Host& host() { return *host_; }
  [[nodiscard]] bool sees(std::string_view key) { return tree().find(key) != nullptr; }
  // The item's text; "(absent)" where there is none.
  [[nodiscard]] std::string text(std::string_view key);
  // Scrolls until the item can be touched, then taps it. Fails the test where there is none.
  void tap(std::string_view key);
  // Holds it for so long.
  void hold(std::string_view key, std::int64_t ms);
  void type(std::string_view text);
  void press_key(int sdl_key, int modifiers = 0);
  // A finger that comes down from one place and is lifted at another.
  void swipe(ui::Point from, ui::Point to);
  // From now on told of each event before it is handled here: whoever does the same elsewhere.
  void tell(std::function<void(const SDL_Event&)> watcher) { watcher_ = std::move(watcher); }
  // What happens without input.
  void rest(std::int64_t ms = 0);

 private:
  void push(SDL_Event& event);
  void mouse(std::uint32_t type, ui::Point at);
  [[nodiscard]] ui::Point bring(std::string_view key);
  HandClock& clock_;
  ui::Frame frame_;
  std::unique_ptr<ui::Host> host_;
  std::function<void(const SDL_Event&)> watcher_ = [](const SDL_Event&) {};
};

}  // namespace vigil::test
