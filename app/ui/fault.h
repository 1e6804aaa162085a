// SPDX-License-Identifier: Apache-2.0
//
// When the app cannot come up, its screen must not stay dark: one sentence in a window of its own,
// in the letters that are built into ImGui (Latin ones only), for whoever mends it.
#pragma once

#include <string_view>

#include "app/ui/canvas.h"
#include "core/base/error.h"
#include "platform/window/window.h"

namespace vigil::ui {

// Shows it until a key, a tap, the window's closing or SIGTERM. Fails as Window::open() does.
[[nodiscard]] Status show_fault(const platform::WindowOptions& options, std::string_view sentence);

// One picture of it. Requires: a canvas with a scale.
void draw_fault(Canvas& canvas, Size size, std::string_view sentence);

}  // namespace vigil::ui
