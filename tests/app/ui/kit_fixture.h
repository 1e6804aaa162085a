// SPDX-License-Identifier: Apache-2.0
//
// A kit without a window, and a finger and keys for it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

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

  void give(InputEvent::Kind kind, Point at, const Frame& frame) {
    InputEvent event;
    event.kind = kind;
    event.at = at;
    host_->feed(event, frame);
  }
  void key(Key key, const Frame& frame) {
    InputEvent event;
    event.kind = InputEvent::Kind::kKey;
    event.key = key;
    host_->feed(event, frame);
  }
  void type(const std::string& text, const Frame& frame) {
    InputEvent event;
    event.kind = InputEvent::Kind::kText;
    event.text = text;
    host_->feed(event, frame);
  }
  void tap(std::string_view key, const Frame& frame) {
    const Item* const item = host_->kit().tree().find(key);
    ASSERT_NE(item, nullptr) << key;
    const Point at = item->visible.centre();
    give(InputEvent::Kind::kPress, at, frame);
    give(InputEvent::Kind::kRelease, at, frame);
  }
  [[nodiscard]] const Tree& tree() { return host_->kit().tree(); }

  HandClock clock_;
  std::unique_ptr<Host> host_;
};

}  // namespace vigil::ui
