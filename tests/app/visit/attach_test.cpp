// SPDX-License-Identifier: Apache-2.0
//
// Files of a checklist: what is kept, and what a crash or a refusal leaves.
#include <gtest/gtest.h>

#include "app/visit/checklist.h"
#include "core/vault/forms_store.h"
#include "forms/xlsform/convert.h"
#include "platform/posix_files.h"
#include "platform/system_clock.h"
#include "tests/support/run_program.h"

namespace vigil::visit {
namespace {

constexpr std::string_view kForm = R"(
| survey |
| | type | name | label |
| | text | place | Place |
| | file | paper | Paper |
| settings |
| | form_id | form_title |
| | files | Files |
)";

class Attach : public testing::Test {
 protected:
  void SetUp() override {
    auto vault = vault::create_vault({*files_, *clock_}, folder_.file("vault"),
                                     crypto::SecretBytes::copy_of(as_bytes("two grey cranes")), {});
    ASSERT_TRUE(vault);
    vault_ = std::move(*vault);
    const auto form = forms::convert_xlsform(as_bytes(kForm), "files.md");
    ASSERT_TRUE(form && form->accepted);
    ASSERT_TRUE(vault::install_form(*vault_, {"files", "1", "Files", form->xform_xml, {}}));
    visit_ = *vault::new_visit(*vault_, {"place", "police", std::nullopt});
    auto checklist = Checklist::start(*vault_, *clock_, visit_.id, "files");
    ASSERT_TRUE(checklist) << checklist.error().message;
    checklist_ = std::move(*checklist);
  }
  std::vector<vault::Attachment> files() {
    return vault::attachments(*vault_, checklist_->record())
        .value_or(std::vector<vault::Attachment>());
  }

  vigil::test::TemporaryFolder folder_;
  std::unique_ptr<Files> files_ = platform::posix_files();
  std::unique_ptr<Clock> clock_ = platform::system_clock();
  vault::VaultPointer vault_;
  vault::Visit visit_;
  std::unique_ptr<Checklist> checklist_;
};

TEST_F(Attach, WhatACrashLeftIsGoneWhenTheChecklistIsResumedBeforeItIsSealed) {
  ASSERT_TRUE(checklist_->attach("/data/paper", as_bytes("%PDF-1.4 kept"), "application/pdf"));
  {
    auto torn = vault::begin_attachment(*vault_, checklist_->record(), "/data/paper", "torn.pdf",
                                        "application/pdf");
    ASSERT_TRUE(torn);
    ASSERT_TRUE((*torn)->append(Bytes(2 * vault::kAttachmentChunkBytes, 7)));
    // Stored whole, but the answer never came to name it.
    auto unnamed = vault::begin_attachment(*vault_, checklist_->record(), "/data/paper",
                                           "unnamed.pdf", "application/pdf");
    ASSERT_TRUE(unnamed);
    ASSERT_TRUE((*unnamed)->append(as_bytes("%PDF-1.4")));
    ASSERT_TRUE((*unnamed)->commit());
  }
  ASSERT_TRUE(
      checklist_->attach_beside("/data/place", as_bytes("%PDF-1.4 beside"), "application/pdf"));
  ASSERT_EQ(files().size(), 4U);
  const vault::RecordId record = checklist_->record();
  checklist_.reset();
  auto again = Checklist::resume(*vault_, *clock_, record);
  ASSERT_TRUE(again) << again.error().message;
  checklist_ = std::move(*again);
  ASSERT_EQ(files().size(), 2U);
  EXPECT_EQ(files()[0].name, checklist_->session().node("/data/paper")->value);
  EXPECT_TRUE(files()[1].name.starts_with("beside-")) << files()[1].name;
}

TEST_F(Attach, AFileOfAWrongTypeLeavesNothing) {
  EXPECT_FALSE(checklist_->attach("/data/paper", as_bytes("MZ"), "application/x-dosexec"));
  EXPECT_FALSE(checklist_->attach("/data/place", as_bytes("%PDF-1.4"), "application/pdf"));
  EXPECT_FALSE(checklist_->attach_beside("/data/nowhere", as_bytes("%PDF-1.4"), "application/pdf"));
  EXPECT_TRUE(files().empty());
  EXPECT_EQ(checklist_->session().node("/data/paper")->value, "");
}

}  // namespace
}  // namespace vigil::visit
