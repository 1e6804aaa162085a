// SPDX-License-Identifier: Apache-2.0
//
// One more like the last: what is copied, what is not, and that it is stored.
#include "app/visit/duplicate.h"

#include <gtest/gtest.h>

#include "app/visit/checklist.h"
#include "core/vault/forms_store.h"
#include "forms/xlsform/convert.h"
#include "platform/pictures/picture.h"
#include "platform/posix_files.h"
#include "platform/system_clock.h"
#include "tests/support/run_program.h"

namespace vigil::visit {
namespace {

constexpr std::string_view kForm = R"(
| survey |
| | type | name | label | calculation | repeat_count | relevant |
| | begin_repeat | cell | Cell | | | |
| | text | number | Number | | | |
| | decimal | area | Area | | | |
| | integer | people | People | | | |
| | calculate | each | | ${area} div ${people} | | |
| | select_one yn | bell | Bell | | | |
| | select_multiple yn | works | Works | | | ${bell} = 'yes' |
| | image | photo | Photo | | | |
| | begin_repeat | bed | Bed | | | |
| | integer | width | Width | | | |
| | end_repeat | | | | | |
| | end_repeat | | | | | |
| | begin_group | yard | Yard | | | |
| | begin_repeat | walk | Walk | | | |
| | integer | minutes | Minutes | | | |
| | end_repeat | | | | | |
| | end_group | | | | | |
| | begin_repeat | fixed | Fixed | | 2 | |
| | integer | n | N | | | |
| | end_repeat | | | | | |
| choices |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
| settings |
| | form_id | form_title |
| | cells | Cells |
)";

class Duplicate : public testing::Test {
 protected:
  void SetUp() override {
    auto vault = vault::create_vault({*files_, *clock_}, folder_.file("vault"),
                                     crypto::SecretBytes::copy_of(as_bytes("two grey cranes")), {});
    ASSERT_TRUE(vault);
    vault_ = std::move(*vault);
    const auto form = forms::convert_xlsform(as_bytes(kForm), "cells.md");
    ASSERT_TRUE(form && form->accepted);
    ASSERT_TRUE(vault::install_form(*vault_, {"cells", "1", "Cells", form->xform_xml, {}}));
    const auto visit = vault::new_visit(*vault_, {"place", "police", std::nullopt});
    auto checklist = Checklist::start(*vault_, *clock_, visit->id, "cells");
    ASSERT_TRUE(checklist) << checklist.error().message;
    checklist_ = std::move(*checklist);
    // An instance of its own is there from the start.
    for (const auto& [name, value] :
         {std::pair{"number", "12"}, std::pair{"area", "8"}, std::pair{"people", "4"},
          std::pair{"bell", "yes"}, std::pair{"works", "no"}})
      EXPECT_TRUE(checklist_->set(std::string("/data/cell[1]/") + name, value)) << name;
    attach_photo();
    while (checklist_->session().node("/data/cell[1]/bed")->instances < 3)
      ASSERT_TRUE(checklist_->add_repeat("/data/cell[1]/bed"));
    EXPECT_TRUE(checklist_->set("/data/cell[1]/bed[3]/width", "70"));
  }
  void attach_photo() {
    const platform::Picture picture{.width = 8, .height = 8, .rgba = Bytes(8 * 8 * 4, 200)};
    const auto photo = platform::encode_jpeg(picture, 80);
    ASSERT_TRUE(photo);
    const auto kept = checklist_->attach("/data/cell[1]/photo", *photo, "image/jpeg");
    ASSERT_TRUE(kept) << kept.error().message;
  }
  std::string value(const std::string& ref) {
    const auto node = checklist_->session().node(ref);
    return node ? node->value : "(absent)";
  }

  vigil::test::TemporaryFolder folder_;
  std::unique_ptr<Files> files_ = platform::posix_files();
  std::unique_ptr<Clock> clock_ = platform::system_clock();
  vault::VaultPointer vault_;
  std::unique_ptr<Checklist> checklist_;
};

TEST_F(Duplicate, HasTheMeasuresAndChoicesOfTheLastAndNotItsWordsAndFiles) {
  const auto change = checklist_->duplicate_repeat("/data/cell");
  ASSERT_TRUE(change) << change.error().message;
  const vault::RecordId record = checklist_->record();
  // As stored, not as it happens to stand in memory.
  checklist_.reset();
  auto again = Checklist::resume(*vault_, *clock_, record);
  ASSERT_TRUE(again) << again.error().message;
  checklist_ = std::move(*again);
  EXPECT_EQ(checklist_->session().node("/data/cell")->instances, 2);
  EXPECT_EQ(value("/data/cell[2]/area"), value("/data/cell[1]/area"));
  EXPECT_EQ(value("/data/cell[2]/people"), "4");
  EXPECT_EQ(value("/data/cell[2]/each"), "2");
  EXPECT_EQ(value("/data/cell[2]/bell"), "yes");
  EXPECT_EQ(value("/data/cell[2]/works"), "no");
  EXPECT_EQ(value("/data/cell[2]/bed[3]/width"), "70");
  EXPECT_EQ(value("/data/cell[2]/number"), "");
  EXPECT_EQ(value("/data/cell[2]/photo"), "");
  EXPECT_EQ(value("/data/cell[1]/number"), "12");
}

TEST_F(Duplicate, ChangesEachNodeOnce) {
  const auto change = checklist_->duplicate_repeat("/data/cell");
  ASSERT_TRUE(change);
  std::set<std::string> seen;
  for (const forms::NodeState& node : change->changed)
    EXPECT_TRUE(seen.insert(node.ref).second) << node.ref;
}

TEST_F(Duplicate, OfNothingOrOfWhatTheFormCountsIsRefusedAndChangesNothing) {
  EXPECT_EQ(checklist_->duplicate_repeat("/data/fixed").error().code, "session.repeat_fixed");
  EXPECT_EQ(checklist_->duplicate_repeat("/data/cell[1]/area").error().code,
            "visit.nothing_to_copy");
  ASSERT_TRUE(checklist_->remove_repeat("/data/cell[1]"));
  EXPECT_EQ(checklist_->duplicate_repeat("/data/cell").error().code, "visit.nothing_to_copy");
  EXPECT_EQ(checklist_->session().node("/data/cell")->instances, 0);
  EXPECT_EQ(checklist_->session().node("/data/fixed")->instances, 2);
}

// A group of which nothing is left in the vault: a fresh one would begin with an instance.
TEST_F(Duplicate, WhatWasRemovedStaysRemovedWhenTheChecklistOpensAgain) {
  ASSERT_TRUE(checklist_->remove_repeat("/data/yard/walk[1]"));
  const vault::RecordId record = checklist_->record();
  checklist_.reset();
  auto again = Checklist::resume(*vault_, *clock_, record);
  ASSERT_TRUE(again) << again.error().message;
  checklist_ = std::move(*again);
  EXPECT_EQ(checklist_->session().node("/data/yard/walk")->instances, 0);
  ASSERT_TRUE(checklist_->add_repeat("/data/yard/walk"));
  const auto set = checklist_->set("/data/yard/walk[1]/minutes", "60");
  ASSERT_TRUE(set) << set.error().message;
}

}  // namespace
}  // namespace vigil::visit
