// SPDX-License-Identifier: Apache-2.0
//
// A kit without a window, and a finger and keys for it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <gtest/gtest.h>

#include "app/ui/fields.h"
#include "app/ui/host.h"

namespace vigil::ui {

class HandClock final : public Clock {
 public:
  WallTime now() const override { return {0}; }
  std::int64_t monotonic_ms() const override { return now_ms; }
  int utc_offset_minutes(WallTime) const override { return 0; }
  std::int64_t now_ms = 1000;
};

class KitTest : public testing::Test {
 protected:
  explicit KitTest(int width = 800, int height = 600) {
    HostOptions options;
    options.window.offscreen = true;
    options.window.width = width;
    options.window.height = height;
    auto opened = Host::open(options, clock_);
    if (!opened) ADD_FAILURE() << opened.error().message;
    host_ = std::move(*opened);
  }

  // What is drawn from now on, in every frame. It may return whether it changed something.
  template <typename Draw>
  void show(Draw draw) {
    frame_ = [draw = std::move(draw)](Kit& kit) mutable {
      if constexpr (std::is_void_v<decltype(draw(kit))>) {
        draw(kit);
        return false;
      } else {
        return draw(kit);
      }
    };
    host_->show(frame_);
  }
  // One field that keeps in `text` what it hands over.
  void show_field(std::string& text, const FieldLook& look = {}) {
    show([&text, look](Kit& kit) {
      if (const auto out = field(kit, "f", text, look); out.value) text = *out.value;
    });
  }

  void feed(const InputEvent& event) { host_->feed(event, frame_); }
  // As the program runs, until an event in SDL's queue ends it.
  Status run() {
    return host_->run(frame_, [] {});
  }
  void rest(std::int64_t ms = 0) {
    clock_.now_ms += ms;
    feed({});
  }
  void give(InputEvent::Kind kind, Point at) {
    InputEvent event;
    event.kind = kind;
    event.at = at;
    feed(event);
  }
  void key(Key key, InputEvent::Kind kind = InputEvent::Kind::kKey) {
    InputEvent event;
    event.kind = kind;
    event.key = key;
    feed(event);
  }
  void type(const std::string& text) {
    InputEvent event;
    event.kind = InputEvent::Kind::kText;
    event.text = text;
    feed(event);
  }
  void tap_at(Point at) {
    give(InputEvent::Kind::kPress, at);
    give(InputEvent::Kind::kRelease, at);
  }
  void tap(std::string_view key) {
    const Item* const item = tree().find(key);
    ASSERT_NE(item, nullptr) << key;
    tap_at(item->visible.centre());
  }
  [[nodiscard]] const Tree& tree() { return host_->kit().tree(); }

  HandClock clock_;
  std::unique_ptr<Host> host_;

 private:
  Frame frame_;
};

}  // namespace vigil::ui
