// SPDX-License-Identifier: Apache-2.0
//
// Everything that a visit may carry, from the finger to the office.
#include <algorithm>
#include <filesystem>
#include <vector>

#include <SDL2/SDL.h>
#include <gtest/gtest.h>

#include "app/office/import.h"
#include "app/office/setup.h"
#include "app/visit/finalise.h"
#include "core/vault/inbox.h"
#include "core/vault/outbox.h"
#include "core/vault/visits.h"
#include "platform/pictures/picture.h"
#include "tests/app/tablet/controls_scene.h"
#include "tests/app/tablet/gated_files.h"

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
  const std::string beside = photo_beside("area");
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

// Sealing on a disk that takes a piece whenever the screen was drawn, of a visit with some
// megabytes.
class SlowSealingTest : public SealingTest {
 protected:
  SlowSealingTest() : gate_(world_.files()) {
    lock();
    {
      const auto vault = open_tablet();
      const auto visit = vault::visits(*vault)->front().id;
      const auto record = vault::records(*vault, visit)->front().id;
      const auto checklist = visit::Checklist::resume(*vault, world_.clock(), record);
      Bytes sound(3'000'000);
      for (std::size_t at = 0; at < sound.size(); ++at) {
        sound[at] = static_cast<std::uint8_t>(at * 2654435761U >> 13);
      }
      EXPECT_TRUE((*checklist)->attach("/data/all/voice", sound, "audio/ogg"));
    }
    world_.put_in_front(gate_);
    start_again();
    unlock();
    if (!robot_->sees("page.review")) robot_->tap(visit_key());
    robot_->tap("page.review");
    gate_.close();
    robot_->hold("seal.hold", ui::kHold_ms + 100);
  }
  ~SlowSealingTest() override { gate_.open_wide(); }
  [[nodiscard]] std::string visit_key() {
    return "visit." + std::get<VisitsModel>(app_->model().screen).open.front().code + ".open";
  }
  // One more piece, and the screen after it.
  void go_on() {
    for (int wait = 0; wait < 5000 && app_->busy() && !gate_.waiting(); ++wait) SDL_Delay(1);
    gate_.let_one_through();
    robot_->rest(100);
  }

  test::GatedFiles gate_;
};

TEST_F(SlowSealingTest, SaysHowFarItIsAndMovesToTheEnd) {
  std::vector<int> seen;
  while (app_->busy()) {
    if (const auto* busy = std::get_if<BusyModel>(&app_->model().screen); busy && busy->percent) {
      if (seen.empty() || seen.back() != *busy->percent) seen.push_back(*busy->percent);
      EXPECT_TRUE(robot_->sees("busy.progress")) << robot_->tree().print();
    }
    go_on();
  }
  settle();
  ASSERT_GE(seen.size(), 10U) << "it moves";
  EXPECT_TRUE(std::ranges::is_sorted(seen)) << "it never goes back";
  EXPECT_LE(seen.front(), 20);
  EXPECT_GE(seen.back(), 90);
  EXPECT_LE(seen.back(), 100);
  EXPECT_TRUE(robot_->sees("sealed.code")) << robot_->tree().print();
}

// The tablet is hidden in the middle: at once on the screen, the keys go when the bundle is whole.
TEST_F(SlowSealingTest, LockingInTheMiddleHidesAtOnceAndSealsWhole) {
  for (int pieces = 0; pieces < 8; ++pieces) go_on();
  ASSERT_TRUE(app_->busy());
  robot_->press_key(SDLK_F12);
  EXPECT_TRUE(robot_->sees("hidden"));
  EXPECT_EQ(robot_->tree().items.size(), 1U) << robot_->tree().print();
  EXPECT_TRUE(app_->busy());
  robot_->tap("hidden");
  EXPECT_TRUE(robot_->sees("unlock.busy")) << robot_->tree().print();
  gate_.open_wide();
  settle();
  EXPECT_TRUE(app_->locked());
  const auto tablet = open_tablet();
  EXPECT_EQ(vault::visits(*tablet)->front().state, vault::VisitState::kSealed);
  const auto outbox = vault::outbox(*tablet);
  ASSERT_EQ(outbox->size(), 1U);
  EXPECT_EQ(std::filesystem::file_size(outbox->front().path), outbox->front().size_bytes);
}

// The power goes in the middle: what is on the disk then has the visit open, and seals again.
TEST_F(SlowSealingTest, APowerCutInTheMiddleLeavesTheVisitOpen) {
  for (int pieces = 0; pieces < 8; ++pieces) go_on();
  ASSERT_TRUE(app_->busy());
  ASSERT_TRUE(gate_.waiting());
  const std::string disk = world_.folder().file("cut");
  std::filesystem::copy(world_.tablet(), disk, std::filesystem::copy_options::recursive);
  gate_.open_wide();
  settle();
  const auto vault = vault::open_vault({world_.files(), world_.clock()}, disk,
                                       crypto::SecretBytes::copy_of(as_bytes(test::kPassphrase)));
  ASSERT_TRUE(vault) << vault.error().message;
  const auto visit = vault::visits(**vault)->front();
  EXPECT_EQ(visit.state, vault::VisitState::kOpen);
  EXPECT_TRUE(vault::outbox(**vault)->empty());
  const auto record = vault::records(**vault, visit.id)->front().id;
  EXPECT_EQ(vault::attachments(**vault, record)->size(), 1U);
  EXPECT_TRUE(visit::finalise_visit(**vault, world_.clock(), visit.id, {.missing = true}));
}

}  // namespace
}  // namespace vigil::tablet
