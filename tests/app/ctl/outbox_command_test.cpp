// SPDX-License-Identifier: Apache-2.0
//
// What vigilctl says and does where the outbox of a tablet is not as its vault has it.
#include <filesystem>

#include <gtest/gtest.h>

#include "tests/app/ctl/office_and_tablet.h"

namespace vigil {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kForm = R"xml(<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>Round</h:title>
  <model><instance><data id="round" version="1"><code/><meta><instanceID/></meta></data></instance></model></h:head>
  <h:body><input ref="/data/code"><label>Code</label></input></h:body></h:html>)xml";

class OutboxCommand : public OfficeAndTablet {
 protected:
  static void SetUpTestSuite() { make(kForm); }
};

TEST_F(OutboxCommand, ABundleBesideTheChainIsKeptAndSaid) {
  const fs::path database = folder_->file("tablet/vault.db");
  const fs::path older = folder_->file("older.db");
  fs::copy_file(database, older);
  const fs::path lost = folder_->file(seal(new_visit({"round"})));
  fs::rename(lost, folder_->file("away"));
  fs::copy_file(older, database, fs::copy_options::overwrite_existing);
  seal(new_visit({"round"}));
  fs::rename(folder_->file("away"), lost);
  folder_->put("tablet/outbox/letter.txt", as_bytes("dear all\n"));

  const auto listed = ask({"visit", "list", "tablet"});
  ASSERT_EQ(listed["unknown_bundles"].size(), 1U);
  EXPECT_EQ(listed["unknown_bundles"][0], lost.filename().string());
  EXPECT_NE(ok({"visit", "list", "tablet"}).find("Unknown bundle, kept: "), std::string::npos);
  EXPECT_EQ(ask({"device", "status", "tablet"})["unknown_bundles"].size(), 1U);
  EXPECT_NE(ok({"device", "status", "tablet"}).find("Unknown bundle, kept: "), std::string::npos);
  EXPECT_TRUE(fs::exists(lost));
  EXPECT_TRUE(fs::exists(folder_->file("tablet/outbox/letter.txt")));
}

TEST_F(OutboxCommand, CopiesTheRestAndNamesWhatItCannot) {
  fs::create_directory(folder_->file("stick"));
  const fs::path gone = folder_->file(seal(new_visit({"round"})));
  const fs::path good = folder_->file(seal(new_visit({"round"})));
  fs::rename(gone, folder_->file("away"));
  const auto copied = run({"--json", "stick", "copy", "tablet", "stick"});
  fs::rename(folder_->file("away"), gone);
  EXPECT_EQ(copied.exit_status, 1) << copied.errors;
  const auto answer = nlohmann::json::parse(copied.output);
  EXPECT_EQ(answer["copied"].back(), good.stem().string());
  ASSERT_EQ(answer["left"].size(), 1U);
  EXPECT_EQ(answer["left"][0]["id"], gone.stem().string());
  EXPECT_EQ(answer["left"][0]["code"], "sync.missing");
  EXPECT_TRUE(fs::exists(folder_->file("stick") / good.filename()));
}

}  // namespace
}  // namespace vigil
