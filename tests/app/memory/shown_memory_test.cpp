// SPDX-License-Identifier: Apache-2.0
//
// What is seen and heard, not typed: a photo live, masked and small on its card, a drawing, marks
// on a body, a recording, and the shapes of letters on the screen. Once locked none of it is left,
// in no buffer of the picture libraries, the sound's, the screen's. Before locking it is found.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include <SDL2/SDL.h>
#include <imgui.h>

#include "app/ui/renderer.h"
#include "core/vault/attachments.h"
#include "core/vault/forms_store.h"
#include "core/vault/visits.h"
#include "forms/xlsform/convert.h"
#include "platform/pictures/picture.h"
#include "tests/app/memory/memory_scan.h"
#include "tests/app/tablet/scene.h"

namespace vigil::tablet {
namespace {

constexpr std::string_view kForm = R"(
| survey |
| | type | name | label | appearance |
| | text | word | A word | |
| | text | body | Body | vigil-bodymap |
| | image | photo | Photo | |
| | image | plan | Plan | draw |
| | audio | voice | Voice | |
| settings |
| | form_id | form_title |
| | shown | Shown |
)";

constexpr std::size_t kRunBytes = 64;

void put(const std::string& path, ByteView bytes) {
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
}

// The same run again and again, so that every row of a picture and every buffer of sound has it.
Bytes tiled(ByteView run, std::size_t size) {
  Bytes bytes(size);
  for (std::size_t at = 0; at < size; ++at) bytes[at] = run[at % run.size()];
  return bytes;
}

class ShownMemory : public Scene {
 protected:
  ShownMemory() : Scene("en") {
    install();
    unlock();
    start();
  }
  ~ShownMemory() override {
    ::unsetenv("VIGIL_CAMERA");
    ::unsetenv("VIGIL_MICROPHONE");
  }

  void install() {
    const auto form = forms::convert_xlsform(as_bytes(kForm), "shown.md");
    ASSERT_TRUE(form) << form.error().message;
    auto vault = open();
    const Status installed =
        vault::install_form(*vault, {"shown", "", "Shown", form->xform_xml, {}});
    ASSERT_TRUE(installed) << installed.error().message;
  }
  vault::VaultPointer open() {
    return std::move(*vault::open_vault({world_.files(), world_.clock()}, world_.tablet(),
                                        crypto::SecretBytes::copy_of(as_bytes(test::kPassphrase))));
  }
  void start() {
    robot_->tap("visits.new");
    robot_->tap("new.place");
    robot_->type("Place");
    robot_->tap("new.kind.comprehensive");
    robot_->tap("new.form.shown");
    robot_->tap("new.start");
  }

  const MediaModel& desk() { return *std::get<ChecklistModel>(app_->model().screen).media; }
  void wait_for(const std::string& key) {
    for (int attempt = 0; attempt < 500 && !robot_->sees(key); ++attempt) {
      SDL_Delay(10);
      robot_->rest(10);
    }
    ASSERT_TRUE(robot_->sees(key)) << robot_->tree().print();
  }

  [[nodiscard]] ui::ImagePointer shown_thumbnail() {
    for (const Block& block : std::get<ChecklistModel>(app_->model().screen).blocks) {
      const auto* const card = std::get_if<QuestionCard>(&block);
      if (card == nullptr) continue;
      for (const QuestionRow& row : card->rows) {
        if (row.thumbnail) return row.thumbnail;
      }
    }
    return nullptr;
  }

  // A run out of the middle, where a picture has its subject and a file no longer its header.
  void look_for_middle(const char* name, ByteView bytes) {
    ASSERT_GE(bytes.size(), 2 * kRunBytes);
    const std::size_t middle = bytes.size() / 2 / 4 * 4;
    scan_.look_for_bytes(name, bytes.subspan(middle, kRunBytes));
  }
  // What the window shows in the middle of this item.
  void look_for_shown(const char* name, std::string_view key) {
    robot_->host().paint();
    const auto picture = robot_->host().window().picture();
    ASSERT_TRUE(picture);
    const ui::Point at = robot_->tree().find(key)->visible.centre();
    const auto pixel = static_cast<std::size_t>(at.y) * static_cast<std::size_t>(picture->width) +
                       static_cast<std::size_t>(at.x);
    scan_.look_for_bytes(name, ByteView(picture->rgba).subspan(pixel * 4, kRunBytes));
  }
  // The corners of what is drawn in this item, as they go to the renderer: where letters of which
  // shape stand, or how a line runs.
  void look_for_corners(const char* name, std::string_view key) {
    const ui::Rect rect = robot_->tree().find(key)->visible;
    const ImDrawData& data = *ImGui::GetDrawData();
    constexpr int kCorners = 12;
    for (int index = 0; index < data.CmdListsCount; ++index) {
      const auto& corners = data.CmdLists[index]->VtxBuffer;
      for (int at = corners.Size - kCorners; at >= 0; --at) {
        const auto inside = [&](const ImDrawVert& corner) {
          return rect.contains({corner.pos.x, corner.pos.y});
        };
        const ImDrawVert* const first = corners.Data + at;
        if (!std::all_of(first, first + kCorners, inside)) continue;
        const auto* const bytes = reinterpret_cast<const std::uint8_t*>(first);
        return scan_.look_for_bytes(name, ByteView(bytes, kCorners * sizeof(ImDrawVert)));
      }
    }
    ADD_FAILURE() << "Nothing is drawn in " << key;
  }

  void expect_found(std::vector<std::string> names) {
    std::ranges::sort(names);
    EXPECT_EQ(scan_.names_found(), names) << "unlocked";
  }
  void expect_found_too(const std::vector<std::string>& names) {
    const auto found = scan_.names_found();
    for (const std::string& name : names) {
      EXPECT_NE(std::ranges::find(found, name), found.end()) << name << " is not found unlocked";
    }
  }
  void expect_forgotten_once_locked() {
    robot_->tap("top.lock");
    expect_forgotten();
  }
  void expect_forgotten() {
    ASSERT_TRUE(app_->locked());
    // As the end of each turn of Host::run().
    robot_->host().paint();
    const auto left = scan_.found();
    EXPECT_TRUE(left.empty()) << testing::PrintToString(left);
  }

  test::MemoryScan scan_;
};

Bytes speckled(std::size_t size) {
  Bytes run(size);
  crypto::random_fill(run);
  for (std::size_t at = 3; at < size; at += 4) run[at] = 255;
  return run;
}

TEST_F(ShownMemory, APhotoLeavesNoPixel) {
  if (test::kKeepsFreedMemory) GTEST_SKIP() << "sanitizers keep what is freed";
  ::setenv("VIGIL_CAMERA", "", 1);
  const std::string stick = plug_in("STICK");
  {
    platform::Picture picture{320, 240, tiled(speckled(kRunBytes), std::size_t{320} * 240 * 4)};
    const auto png = platform::encode_png(picture);
    put(stick + "/wall.png", *png);
  }
  robot_->tap("q./data/photo.make");
  robot_->tap("media.files");
  robot_->tap("media.file.wall.png");
  ASSERT_TRUE(robot_->sees("media.sheet")) << robot_->tree().print();
  look_for_middle("pixels to mask", desk().picture->rgba);
  look_for_shown("screen with the mask", "media.sheet");
  expect_found({"pixels to mask", "screen with the mask"});
  expect_forgotten_once_locked();

  robot_->tap("hidden");
  unlock();
  robot_->tap("q./data/photo.make");
  robot_->tap("media.files");
  robot_->tap("media.file.wall.png");
  robot_->tap("media.keep");
  ASSERT_TRUE(robot_->sees("q./data/photo.picture")) << robot_->tree().print();
  // It is read a moment after it came into sight.
  vigil::ui::ImagePointer thumbnail = shown_thumbnail();
  for (int attempt = 0; attempt < 500 && !thumbnail; ++attempt) {
    robot_->rest(10);
    thumbnail = shown_thumbnail();
  }
  ASSERT_TRUE(thumbnail);
  look_for_middle("thumbnail", thumbnail->rgba);
  thumbnail.reset();
  look_for_shown("screen with the thumbnail", "q./data/photo.picture");
  expect_found_too({"thumbnail", "screen with the thumbnail"});
  expect_forgotten_once_locked();
}

TEST_F(ShownMemory, TheCameraLeavesNoPicture) {
  if (test::kKeepsFreedMemory) GTEST_SKIP() << "sanitizers keep what is freed";
  const std::string path = world_.folder().file("camera.yuv");
  {
    // Planes of brightness and of two colours, as cameras give them.
    Bytes planes = tiled(speckled(kRunBytes), std::size_t{320} * 240 * 3 / 2);
    scan_.look_for_bytes("camera's own buffer", ByteView(planes).first(kRunBytes));
    put(path, planes);
  }
  const std::string camera = "multifilesrc loop=true location=" + path +
                             " ! rawvideoparse format=i420 width=320 height=240 framerate=30/1"
                             " ! clocksync";
  ::setenv("VIGIL_CAMERA", camera.c_str(), 1);
  robot_->tap("q./data/photo.make");
  wait_for("media.preview");
  look_for_middle("live picture", desk().picture->rgba);
  look_for_shown("screen with the live picture", "media.preview");
  expect_found({"camera's own buffer", "live picture", "screen with the live picture"});
  expect_forgotten_once_locked();

  robot_->tap("hidden");
  unlock();
  robot_->tap("q./data/photo.make");
  wait_for("media.preview");
  robot_->tap("media.take");
  robot_->host().paint();
  expect_found_too({"live picture"});
  expect_forgotten_once_locked();
}

TEST_F(ShownMemory, ADrawingLeavesNoLine) {
  if (test::kKeepsFreedMemory) GTEST_SKIP() << "sanitizers keep what is freed";
  robot_->tap("q./data/plan.make");
  const ui::Rect sheet = robot_->tree().find("media.sheet")->rect;
  for (int line = 0; line < 5; ++line) {
    const float y = sheet.y + 60 + 31.7F * static_cast<float>(line);
    robot_->swipe({sheet.x + 41.3F, y}, {sheet.right() - 57.9F, y + 23.1F});
  }
  robot_->host().paint();
  const auto& points = desk().sketch->marks()[2].points;
  ASSERT_GE(points.size() * sizeof(ui::Point), 48U);
  scan_.look_for_bytes("points of a line",
                       ByteView(reinterpret_cast<const std::uint8_t*>(points.data()), 48));
  look_for_corners("corners of a line", "media.sheet");
  expect_found_too({"points of a line", "corners of a line"});
  robot_->tap("media.keep");
  ASSERT_TRUE(robot_->sees("q./data/plan.picture")) << robot_->tree().print();
  robot_->host().paint();
  expect_forgotten_once_locked();
}

TEST_F(ShownMemory, MarksOnABodyAreForgotten) {
  if (test::kKeepsFreedMemory) GTEST_SKIP() << "sanitizers keep what is freed";
  robot_->tap("q./data/body.make");
  robot_->tap("media.body.back");
  ASSERT_EQ(desk().marks.size(), 1U);
  scan_.look_for_text("the mark as stored", text_of(desk().marks));
  const BodyMark& mark = desk().marks.front();
  scan_.look_for_bytes("the mark's place",
                       ByteView(reinterpret_cast<const std::uint8_t*>(&mark.x), 2 * sizeof(float)));
  robot_->host().paint();
  look_for_corners("corners of the figure", "media.body.back");
  expect_found_too({"the mark as stored", "the mark's place", "corners of the figure"});
  expect_forgotten_once_locked();
}

TEST_F(ShownMemory, ARecordingLeavesNoSound) {
  if (test::kKeepsFreedMemory) GTEST_SKIP() << "sanitizers keep what is freed";
  const std::string path = world_.folder().file("voice.pcm");
  {
    Bytes run(kRunBytes);
    crypto::random_fill(run);
    std::array<float, kRunBytes / 2> heard{};
    for (std::size_t at = 0; at < heard.size(); ++at) {
      std::int16_t sample = 0;
      std::memcpy(&sample, run.data() + 2 * at, 2);
      heard[at] = static_cast<float>(sample) / 32768;
    }
    scan_.look_for_bytes("sound from the microphone", run);
    scan_.look_for_bytes("sound as it is encoded",
                         ByteView(reinterpret_cast<const std::uint8_t*>(heard.data()), kRunBytes));
    put(path, tiled(run, 480'000));
    crypto::wipe(run);
    crypto::wipe({reinterpret_cast<std::uint8_t*>(heard.data()), sizeof(heard)});
  }
  const std::string microphone = "multifilesrc loop=true location=" + path +
                                 " ! rawaudioparse pcm-format=s16le sample-rate=24000"
                                 " num-channels=1 ! clocksync";
  ::setenv("VIGIL_MICROPHONE", microphone.c_str(), 1);
  robot_->tap("q./data/voice.make");
  robot_->tap("media.record");
  for (int turn = 0; turn < 10; ++turn) {
    SDL_Delay(100);
    robot_->rest(100);
  }
  expect_found({"sound from the microphone", "sound as it is encoded"});
  expect_forgotten_once_locked();

  robot_->tap("hidden");
  unlock();
  robot_->tap("q./data/voice.make");
  robot_->tap("media.record");
  for (int turn = 0; turn < 10; ++turn) {
    SDL_Delay(100);
    robot_->rest(100);
  }
  robot_->tap("media.stop");
  robot_->tap("media.keep");
  robot_->tap("top.lock");
  {
    const auto vault = open();
    const auto record = vault::records(*vault, vault::visits(*vault)->front().id)->front().id;
    const auto file =
        vault::open_attachment(*vault, vault::attachments(*vault, record)->front().id);
    Bytes content(static_cast<std::size_t>((*file)->size_bytes()));
    ASSERT_TRUE((*file)->read_at(0, content));
    look_for_middle("kept recording", content);
  }
  expect_forgotten();
  robot_->tap("hidden");
  unlock();
  robot_->tap("q./data/voice.make");
  robot_->tap("media.play");
  SDL_Delay(300);
  robot_->rest(300);
  expect_found_too({"kept recording"});
  expect_forgotten_once_locked();
}

TEST_F(ShownMemory, TheShapesOfLettersLeaveTheScreen) {
  if (test::kKeepsFreedMemory) GTEST_SKIP() << "sanitizers keep what is freed";
  type_into("q./data/word", "Ormonov");
  robot_->press_key(SDLK_ESCAPE);
  robot_->host().paint();
  look_for_corners("corners of letters", "q./data/word");
  expect_found({"corners of letters"});
  expect_forgotten_once_locked();
}

// A window's renderer collects what it shall draw; the robot's draws at once and shows less of it.
TEST(RendererQueue, IsOverwritten) {
  if (test::kKeepsFreedMemory) GTEST_SKIP() << "sanitizers keep what is freed";
  SDL_SetHint(SDL_HINT_VIDEODRIVER, "dummy");
  SDL_SetHint(SDL_HINT_RENDER_BATCHING, "1");
  ASSERT_EQ(SDL_InitSubSystem(SDL_INIT_VIDEO), 0) << SDL_GetError();
  SDL_Window* const window = SDL_CreateWindow("", 0, 0, 640, 480, 0);
  SDL_Renderer* const renderer = SDL_CreateRenderer(window, -1, SDL_RENDERER_SOFTWARE);
  ASSERT_NE(renderer, nullptr) << SDL_GetError();
  test::MemoryScan scan;
  constexpr int kLetters = 3000;
  constexpr int kCorners = 6;
  {
    std::vector<SDL_Rect> places;
    for (int letter = 0; letter < kLetters; ++letter) {
      places.push_back({letter % 600 + 7, letter / 9 + 5, 3, 4});
      places.push_back({letter % 601 + 6, letter / 8 + 9, 4, 3});
    }
    const auto* const late = reinterpret_cast<const std::uint8_t*>(&places[5800]);
    scan.look_for_bytes("places", ByteView(late, 4 * sizeof(SDL_Rect)));
    SDL_RenderFillRects(renderer, places.data(), static_cast<int>(places.size()));
    SDL_RenderPresent(renderer);
  }
  EXPECT_EQ(scan.names_found(), std::vector<std::string>{"places"});
  ui::forget_queue(renderer, kLetters * kCorners);
  EXPECT_TRUE(scan.found().empty()) << testing::PrintToString(scan.found());
  SDL_DestroyRenderer(renderer);
  SDL_DestroyWindow(window);
  SDL_QuitSubSystem(SDL_INIT_VIDEO);
}

}  // namespace
}  // namespace vigil::tablet
