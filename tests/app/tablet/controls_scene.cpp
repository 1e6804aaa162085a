// SPDX-License-Identifier: Apache-2.0
#include "tests/app/tablet/controls_scene.h"

#include <cstdlib>

#include <SDL2/SDL.h>

#include "core/vault/forms_store.h"
#include "core/vault/visits.h"
#include "forms/xlsform/convert.h"

namespace vigil::tablet {
namespace {

constexpr std::string_view kForm = R"(
| survey |
| | type | name | label | appearance | parameters | choice_filter | constraint | constraint_message |
| | begin_group | all | All | | | | | |
| | select_one region | region | Region | | | | | |
| | select_one town | town | Town | minimal | | region=${region} | | |
| | rank need | first | First needs | | | | | |
| | range | pain | Pain | | start=0 end=10 step=1 | | | |
| | range | heat | Heat | | start=0 end=40 step=0.5 | | | |
| | geopoint | place | Place | | | | | |
| | geoshape | yard | Yard | | | | | |
| | barcode | code | Code | | | | | |
| | text | story | Story | multiline | | | | |
| | text | body | Body | vigil-bodymap | | | | |
| | image | body_picture | Picture of the body | | | | | |
| | image | photo | Photo | | | | | |
| | image | plan | Plan | draw | | | | |
| | audio | voice | Voice | | | | | |
| | acknowledge | read | Read | | | | | |
| | decimal | area | Area | | | | . < 100 | Too large. |
| | integer | count | Count | | | | | |
| | end_group | | | | | | | |
| choices |
| | list_name | name | label | region |
| | region | r1 | Region 1 | |
| | region | r2 | Region 2 | |
| | region | r3 | Region 3 | |
| | region | r4 | Region 4 | |
| | region | r5 | Region 5 | |
| | region | r6 | Region 6 | |
| | region | r7 | Region 7 | |
| | region | r8 | Region 8 | |
| | region | r9 | Region 9 | |
| | region | r10 | Region 10 | |
| | region | north | Far North | |
| | town | t1 | Town 1 | r1 |
| | town | t2 | Town 2 | r2 |
| | need | light | Light | |
| | need | water | Water | |
| | need | doctor | Doctor | |
| settings |
| | form_id | form_title |
| | controls | Controls |
)";

}  // namespace

ControlsScene::ControlsScene() : Scene("en") {
  ::setenv("VIGIL_CAMERA",
           "videotestsrc is-live=true pattern=red ! video/x-raw,width=320,height=240", 1);
  ::setenv("VIGIL_MICROPHONE", "audiotestsrc is-live=true", 1);
  install();
  unlock();
  robot_->tap("visits.new");
  robot_->tap("new.place");
  robot_->type("Place");
  robot_->tap("new.kind.comprehensive");
  robot_->tap("new.form.controls");
  robot_->tap("new.start");
}

ControlsScene::~ControlsScene() {
  ::unsetenv("VIGIL_CAMERA");
  ::unsetenv("VIGIL_MICROPHONE");
}

void ControlsScene::install() {
  const auto form = forms::convert_xlsform(as_bytes(kForm), "controls.md");
  ASSERT_TRUE(form) << form.error().message;
  ASSERT_TRUE(form->accepted) << form->errors.front().message;
  const auto vault = open_tablet();
  const Status installed =
      vault::install_form(*vault, {"controls", "", "Controls", form->xform_xml, {}});
  ASSERT_TRUE(installed) << installed.error().message;
}

vault::VaultPointer ControlsScene::open_tablet() {
  auto vault = vault::open_vault({world_.files(), world_.clock()}, world_.tablet(),
                                 crypto::SecretBytes::copy_of(as_bytes(test::kPassphrase)));
  if (!vault) {
    ADD_FAILURE() << vault.error().message;
    std::abort();
  }
  return std::move(*vault);
}

std::string ControlsScene::stored(std::string_view name) {
  const auto vault = open_tablet();
  const auto visits = vault::visits(*vault);
  const auto records = vault::records(*vault, visits->front().id);
  const auto answers = vault::answers(*vault, records->front().id);
  for (const auto& answer : *answers) {
    if (answer.ref == "/data/all/" + std::string(name)) return answer.value;
  }
  return {};
}

std::vector<vault::Attachment> ControlsScene::files_of(std::string_view name) {
  const auto vault = open_tablet();
  const auto visits = vault::visits(*vault);
  const auto records = vault::records(*vault, visits->front().id);
  auto all = *vault::attachments(*vault, records->front().id);
  std::erase_if(all,
                [&](const auto& file) { return file.ref != "/data/all/" + std::string(name); });
  return all;
}

std::string ControlsScene::photo_beside(std::string_view name) {
  const auto* const checklist = std::get_if<ChecklistModel>(&app_->model().screen);
  if (checklist == nullptr) return "";
  for (const Block& block : checklist->blocks) {
    const auto* const card = std::get_if<QuestionCard>(&block);
    if (card == nullptr || card->photos.empty()) continue;
    if (card->ref == "/data/all/" + std::string(name)) return card->photos.front().name;
  }
  return "";
}

void ControlsScene::wait_for(const std::string& key) {
  for (int attempt = 0; attempt < 500 && !robot_->sees(key); ++attempt) {
    SDL_Delay(10);
    robot_->rest(10);
  }
  ASSERT_TRUE(robot_->sees(key)) << robot_->tree().print();
}

void ControlsScene::take_photo(const std::string& opener) {
  robot_->tap(opener);
  wait_for("media.preview");
  robot_->tap("media.take");
  ASSERT_TRUE(robot_->sees("media.sheet")) << robot_->tree().print();
}

void ControlsScene::draw_on(const std::string& opener) {
  robot_->tap(opener);
  ASSERT_TRUE(robot_->sees("media.sheet")) << robot_->tree().print();
  const ui::Rect sheet = robot_->tree().find("media.sheet")->rect;
  robot_->swipe({sheet.x + 50, sheet.y + 60}, {sheet.x + 300, sheet.y + 200});
}

void ControlsScene::record_sound(const std::string& opener) {
  robot_->tap(opener);
  robot_->tap("media.record");
  ASSERT_TRUE(robot_->sees("media.stop")) << robot_->tree().print();
  for (int count = 0; count < 30; ++count) {
    SDL_Delay(20);
    robot_->rest(20);
  }
  robot_->tap("media.stop");
}

}  // namespace vigil::tablet
