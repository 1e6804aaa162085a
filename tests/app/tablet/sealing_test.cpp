// SPDX-License-Identifier: Apache-2.0
//
// Everything that a visit may carry, from the finger to the office.
#include <algorithm>
#include <filesystem>
#include <set>

#include <SDL2/SDL.h>
#include <gtest/gtest.h>

#include "app/office/import.h"
#include "app/office/setup.h"
#include "core/vault/inbox.h"
#include "core/vault/outbox.h"
#include "platform/pictures/picture.h"
#include "tests/app/tablet/controls_scene.h"

namespace vigil::tablet {
namespace {

class SealingTest : public ControlsScene {
 protected:
  void seal_here() {
    robot_->tap("page.review");
    ASSERT_TRUE(robot_->sees("seal.hold")) << robot_->tree().print();
    robot_->hold("seal.hold", ui::kHold_ms + 100);
    settle();
    ASSERT_TRUE(robot_->sees("sealed.code")) << robot_->tree().print();
    robot_->tap("sealed.back");
    lock();
  }
  // The sealed bundle, at the office. Requires: one was sealed here.
  office::ImportReport import(vault::Vault& office) {
    std::string path;
    {
      const auto tablet = open_tablet();
      path = vault::outbox(*tablet)->front().path;
    }
    auto report = office::import_bundle(office, world_.files(), path);
    if (!report) {
      ADD_FAILURE() << report.error().message;
      return {};
    }
    EXPECT_EQ(report->outcome, office::ImportOutcome::kImported)
        << report->why.code << " " << report->why.message;
    return std::move(*report);
  }
  Bytes member(vault::Vault& office, const vault::ImportedSubmission& submission,
               const std::string& name) {
    const auto file =
        vault::open_member(office, submission.bundle, 0, submission.member_prefix + name);
    if (!file) {
      ADD_FAILURE() << name << ": " << file.error().message;
      return {};
    }
    Bytes content(static_cast<std::size_t>((*file)->size_bytes()));
    EXPECT_TRUE((*file)->read_at(0, content));
    return content;
  }
};

TEST_F(SealingTest, APhotoBesideAnAnswerADrawingARecordingAndMarksArriveAtTheOffice) {
  take_photo(q("area.photo"));
  robot_->tap("media.keep");
  const std::string beside = robot_->text(q("area.note-text"));
  take_photo(q("photo.make"));
  robot_->tap("media.keep");
  draw_on(q("plan.make"));
  robot_->tap("media.keep");
  record_sound(q("voice.make"));
  robot_->tap("media.keep");
  robot_->tap(q("body.make"));
  robot_->tap("media.body.front");
  robot_->tap("media.done");
  seal_here();

  const auto office = world_.open_office();
  const office::ImportReport report = import(*office);
  EXPECT_EQ(report.device_label, "tablet-1");
  const auto all = vault::submissions(*office);
  ASSERT_TRUE(all && all->size() == 1);
  const auto submission = vault::submission(*office, all->front().id);
  ASSERT_TRUE(submission);
  const auto answer = [&](std::string_view name) {
    const std::string ref = "/data/all/" + std::string(name);
    const auto found = std::ranges::find(submission->answers, ref, &vault::Answer::ref);
    return found == submission->answers.end() ? std::string() : found->value;
  };
  for (const char* name : {"photo", "plan", "body_picture"}) {
    ASSERT_FALSE(answer(name).empty()) << name;
    const auto picture = platform::decode_picture(member(*office, *submission, answer(name)));
    EXPECT_TRUE(picture) << name;
  }
  const Bytes sound = member(*office, *submission, answer("voice"));
  EXPECT_TRUE(as_text(sound).starts_with("OggS"));
  EXPECT_TRUE(answer("body").starts_with("front ")) << answer("body");

  // The photo beside the answer: the note says which, the file is there, the answer is not.
  EXPECT_EQ(answer("area"), "");
  EXPECT_TRUE(platform::decode_picture(member(*office, *submission, beside)));
  const auto note = std::ranges::find_if(submission->flags, [](const vault::Flag& flag) {
    return flag.ref == "/data/all/area" && flag.kind == vault::FlagKind::kNote;
  });
  ASSERT_NE(note, submission->flags.end());
  EXPECT_NE(note->text.find(beside), std::string::npos) << note->text;
}

// What is on the desk but was not kept goes nowhere; what was removed or replaced neither.
TEST_F(SealingTest, OnlyWhatWasKeptIsSealed) {
  take_photo(q("photo.make"));
  robot_->tap("media.keep");
  robot_->hold(q("photo.remove"), ui::kHold_ms + 100);
  draw_on(q("plan.make"));
  robot_->tap("media.keep");
  draw_on(q("plan.make"));
  robot_->tap("media.keep");
  take_photo(q("area.photo"));
  robot_->tap("top.back");
  robot_->tap("media.leave");
  seal_here();
  const auto office = world_.open_office();
  import(*office);
  const auto all = vault::submissions(*office);
  ASSERT_TRUE(all && all->size() == 1);
  const auto members = vault::imported_members(*office, all->front().bundle);
  ASSERT_TRUE(members);
  const auto pictures = std::ranges::count_if(*members, [](const vault::ImportedMember& member) {
    return member.name.ends_with(".jpg") || member.name.ends_with(".png");
  });
  EXPECT_EQ(pictures, 1) << "the second drawing";
}

TEST_F(SealingTest, SealingSaysHowFarItIs) {
  draw_on(q("plan.make"));
  robot_->tap("media.keep");
  std::set<int> seen;
  robot_->tap("page.review");
  robot_->hold("seal.hold", ui::kHold_ms + 100);
  while (app_->busy()) {
    if (const auto* busy = std::get_if<BusyModel>(&app_->model().screen); busy && busy->percent) {
      seen.insert(*busy->percent);
    }
    SDL_Delay(1);
    robot_->rest(1);
  }
  for (const int percent : seen) {
    EXPECT_GE(percent, 0);
    EXPECT_LE(percent, 100);
  }
  EXPECT_TRUE(robot_->sees("sealed.code")) << robot_->tree().print();
}

}  // namespace
}  // namespace vigil::tablet
