// SPDX-License-Identifier: Apache-2.0
//
// Every checklist that comes with Vigil on the real tablet: offered for a new visit under its
// title, opened, each of its sections drawn at the largest letters, with no text cut off.
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/tablet/screens/commands.h"
#include "app/tablet/state/app.h"
#include "core/vault/forms_store.h"
#include "core/vault/vault.h"
#include "forms/xform/definition.h"
#include "forms/xlsform/convert.h"
#include "tests/app/tablet/scene.h"

namespace vigil::tablet {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> packs() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(std::string(VIGIL_SOURCE_DIR) + "/forms/packs")) {
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  }
  std::ranges::sort(names);
  return names;
}

Status install(vault::Vault& vault, const std::string& pack) {
  VIGIL_ASSIGN(const auto form,
               forms::convert_xlsform(std::string(VIGIL_SOURCE_DIR) + "/forms/packs/" + pack));
  VIGIL_ASSIGN(const auto loaded,
               forms::load_xform(form.xform_xml, [](std::string_view) { return std::nullopt; }));
  return vault::install_form(
      vault, {loaded->id(), loaded->version(), loaded->title(), form.xform_xml, {}});
}

class PacksTest : public Scene {
 protected:
  using Scene::Scene;

  void take_all_packs() {
    const crypto::SecretBytes passphrase =
        crypto::SecretBytes::copy_of(as_bytes(test::kPassphrase));
    const auto tablet =
        vault::open_vault({world_.files(), world_.clock()}, world_.tablet(), passphrase);
    ASSERT_TRUE(tablet) << tablet.error().message;
    for (const std::string& pack : packs()) {
      const Status installed = install(**tablet, pack);
      ASSERT_TRUE(installed) << pack << ": " << installed.error().message;
    }
  }

  void start_a_visit_with_all() {
    robot_->tap("visits.new");
    robot_->tap("new.place");
    robot_->type("A");
    robot_->tap("new.kind.comprehensive");
    for (const std::string& pack : packs()) {
      if (pack != "interview") robot_->tap("new.form." + pack);
    }
    EXPECT_EQ(robot_->tree().clipped(), "");
    robot_->tap("new.start");
    settle();
    ASSERT_NE(page(), nullptr);
    robot_->tap("visit.interview.interview");
    robot_->tap("q./data/consent/agrees.yes");
    robot_->tap("q./data/consent/agrees_notes.yes");
    settle();
  }

  // The page of the visit, from wherever a checklist was opened.
  const VisitModel* page() {
    if (!std::holds_alternative<VisitModel>(app_->model().screen)) {
      app_->apply(command::Back{}, robot_->host().kit());
    }
    settle();
    return std::get_if<VisitModel>(&app_->model().screen);
  }

  void look_at_all() {
    const VisitModel* visit = page();
    ASSERT_NE(visit, nullptr);
    std::vector<std::int64_t> records;
    for (const auto* rows : {&visit->records, &visit->interviews}) {
      for (const VisitModel::Record& row : *rows) records.push_back(row.record);
    }
    EXPECT_EQ(records.size(), packs().size());
    for (const std::int64_t record : records) {
      app_->apply(command::OpenRecord{record}, robot_->host().kit());
      settle();
      const auto* checklist = std::get_if<ChecklistModel>(&app_->model().screen);
      ASSERT_NE(checklist, nullptr);
      const std::size_t sections = checklist->sections.size();
      EXPECT_GT(sections, 0U);
      for (std::size_t section = 0; section < sections; ++section) {
        app_->apply(command::OpenSection{section}, robot_->host().kit());
        robot_->rest();
        EXPECT_EQ(robot_->tree().clipped(), "") << "record " << record << ", " << section;
      }
      ASSERT_NE(page(), nullptr);
    }
  }
};

TEST_F(PacksTest, EachIsOfferedOpenedAndShownWhole) {
  take_all_packs();
  robot_.emplace(world_.clock(), [this](ui::Kit& kit) { return app_->frame(kit); }, 1280, 3000, 2);
  unlock();
  start_a_visit_with_all();
  for (const char* language : {"ru", "kk", "tg", "tk"}) {
    SCOPED_TRACE(language);
    app_->apply(command::ChooseLanguage{language}, robot_->host().kit());
    settle();
    look_at_all();
  }
}

}  // namespace
}  // namespace vigil::tablet
