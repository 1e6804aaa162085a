// SPDX-License-Identifier: Apache-2.0
//
// Pictures exact to the pixel under the software renderer. Only shapes: what fonts draw changes
// with their version, and what is written is compared as text (tests/app/tablet/screens_test.cpp).
// The triangles are ImGui's and the pixels SDL's, so the pictures hold for the versions they were
// made with (Debian 12) and the test steps aside for others. VIGIL_WRITE_SCREENS=1 writes them
// anew: look at them before keeping them.
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <SDL2/SDL_version.h>
#include <imgui.h>

#include "app/ui/controls.h"
#include "app/ui/sketch.h"
#include "tests/app/ui/kit_fixture.h"

namespace vigil::ui {
namespace {

bool made_with_these() {
  SDL_version version;
  SDL_GetVersion(&version);
  return version.major == 2 && version.minor == 26 && std::string_view(IMGUI_VERSION) == "1.86";
}

class GoldenTest : public KitTest {
 protected:
  GoldenTest() : KitTest(360, 240) {}

  void compare(const std::string& name, const Frame& frame) {
    if (!made_with_these()) GTEST_SKIP() << "made with SDL 2.26 and Dear ImGui 1.86";
    host_->show(frame);
    const auto picture = host_->window().picture();
    ASSERT_TRUE(picture);
    const std::string path = std::string(VIGIL_SOURCE_DIR) + "/tests/vectors/app/" + name + ".png";
    if (std::getenv("VIGIL_WRITE_SCREENS") != nullptr) {
      const auto png = platform::encode_png(*picture);
      ASSERT_TRUE(png);
      std::ofstream(path, std::ios::binary)
          .write(reinterpret_cast<const char*>(png->data()),
                 static_cast<std::streamsize>(png->size()));
    }
    std::stringstream kept;
    kept << std::ifstream(path, std::ios::binary).rdbuf();
    const auto golden = platform::decode_picture(as_bytes(kept.str()));
    ASSERT_TRUE(golden) << path;
    ASSERT_EQ(golden->width, picture->width);
    ASSERT_EQ(golden->height, picture->height);
    std::size_t different = 0;
    for (std::size_t at = 0; at < golden->rgba.size(); at += 4) {
      if (!std::equal(&golden->rgba[at], &golden->rgba[at] + 3, &picture->rgba[at])) ++different;
    }
    EXPECT_EQ(different, 0U) << path;
  }

  static Frame controls(const Theme& theme) {
    return [&theme](Kit& kit) {
      kit.set_theme(theme);
      kit.push_column(kit.screen().inset(12));
      kit.begin_card("card", 12);
      kit.begin_row();
      for (const bool chosen : {false, true}) {
        ButtonLook look;
        look.chosen = chosen;
        look.icon = Icon::kCheck;
        static_cast<void>(button(kit, chosen ? "chosen" : "plain", "", look));
      }
      ButtonLook disabled;
      disabled.disabled = true;
      disabled.icon = Icon::kCamera;
      static_cast<void>(button(kit, "disabled", "", disabled));
      kit.end_row();
      kit.gap(8);
      SliderLook slide;
      slide.steps = 12;
      static_cast<void>(slider(kit, "slider", 5, "", slide));
      kit.gap(8);
      progress_at(kit, "progress", kit.place({kit.column().width, 6}), 0.6F, Tone::kPrimary, "");
      kit.gap(12);
      static_cast<void>(hold_button(kit, "hold", ""));
      kit.end_card();
      kit.pop_column();
      return false;
    };
  }
};

TEST_F(GoldenTest, ControlsInLight) {
  compare("controls-light", controls(light_theme()));
}

TEST_F(GoldenTest, ControlsInDark) {
  compare("controls-dark", controls(dark_theme()));
}

TEST_F(GoldenTest, EverySign) {
  compare("signs", [](Kit& kit) {
    kit.push_column(kit.screen().inset(10));
    kit.begin_row(10);
    for (int number = 0; number <= static_cast<int>(Icon::kStop); ++number) {
      const Rect rect = kit.place({40, 40});
      kit.canvas().icon(static_cast<Icon>(number), rect, kit.theme().ink);
    }
    kit.end_row();
    kit.pop_column();
    return false;
  });
}

TEST_F(GoldenTest, ASheetThatWasDrawnOn) {
  Sketch sketch(0.6F);
  sketch.tool = {SketchMark::Kind::kLine, rgb(0xA4161A), 0.02F, {}};
  sketch.begin({0.1F, 0.1F});
  for (int step = 1; step <= 20; ++step) {
    const auto at = static_cast<float>(step);
    sketch.go_on({0.1F + 0.03F * at, 0.1F + 0.0009F * at * at});
  }
  sketch.tool = {SketchMark::Kind::kRectangle, rgb(0x000000), 0, {}};
  sketch.begin({0.5F, 0.1F});
  sketch.go_on({0.8F, 0.25F});
  compare("sheet", [&](Kit& kit) {
    sketch_at(kit, "sheet", kit.screen().inset(10), sketch, nullptr, "");
    return false;
  });
}

}  // namespace
}  // namespace vigil::ui
