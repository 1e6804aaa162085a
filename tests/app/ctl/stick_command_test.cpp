// SPDX-License-Identifier: Apache-2.0
//
// vigilctl stick, and what import says to a stick: no tablet erases anything without a receipt.
#include <filesystem>

#include <gtest/gtest.h>

#include "tests/app/ctl/office_and_tablet.h"

namespace vigil {
namespace {

constexpr std::string_view kForm = R"xml(<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>Round</h:title>
  <model><instance><data id="round" version="1"><code/><meta><instanceID/></meta></data></instance></model></h:head>
  <h:body><input ref="/data/code"><label>Code</label></input></h:body></h:html>)xml";

class StickCommand : public OfficeAndTablet {
 protected:
  static void SetUpTestSuite() {
    make(kForm);
    std::filesystem::create_directory(folder_->file("stick"));
    std::filesystem::create_directory(folder_->file("office/fetched"));
  }
};

TEST_F(StickCommand, CarriesOutAndTakesOnlyReceiptsThatHold) {
  const std::string sealed = seal(new_visit({"round"}));
  const std::string name = sealed.substr(sealed.rfind('/') + 1);
  const std::string id = name.substr(0, name.size() - 6);
  EXPECT_EQ(ask({"stick", "copy", "tablet", "stick"})["copied"][0], id);
  EXPECT_EQ(folder_->get("stick/" + name), folder_->get("tablet/outbox/" + name));

  EXPECT_TRUE(ask({"stick", "receipts", "tablet", "stick"})["received"].empty());
  folder_->put("stick/" + id + ".receipt", as_bytes("no receipt\n"));
  const auto bad = run({"stick", "receipts", "tablet", "stick"});
  EXPECT_EQ(bad.exit_status, 1);
  EXPECT_NE(bad.output.find("not right"), std::string::npos) << bad.output;
  EXPECT_FALSE(folder_->get("tablet/outbox/" + name).empty()) << "nothing is erased for it";
}

TEST_F(StickCommand, ImportLaysTheReceiptThatPullBroughtBesideTheBundle) {
  const std::string sealed = seal(new_visit({"round"}));
  const std::string name = sealed.substr(sealed.rfind('/') + 1);
  const std::string receipt = name.substr(0, name.size() - 6) + ".receipt";
  folder_->put("stick/" + name, folder_->get("tablet/outbox/" + name));
  const std::string path = "stick/" + name;
  const std::string told = ok({"import", "office", path});
  EXPECT_NE(told.find("vigilctl stick send office STICK"), std::string::npos) << told;
  EXPECT_EQ(ask({"import", "office", path})["bundles"][0]["receipt"], "none");
  folder_->put("office/fetched/" + receipt, as_bytes("from the log\n"));
  EXPECT_EQ(ask({"import", "office", path})["bundles"][0]["receipt"], "written");
  EXPECT_EQ(folder_->get("stick/" + receipt), folder_->get("office/fetched/" + receipt));
  EXPECT_EQ(ask({"import", "office", path})["bundles"][0]["receipt"], "beside");
}

TEST_F(StickCommand, NamesWhatItPassesOverAndThatNothingWasSent) {
  const std::string hub = "http://127.0.0.1:1";
  std::filesystem::create_directories(folder_->file("other/visits"));
  const auto empty = run({"stick", "send", "office", "other", "--hub", hub});
  EXPECT_EQ(empty.exit_status, 0) << empty.errors;
  EXPECT_NE(empty.output.find("There is no bundle on this stick."), std::string::npos);
  folder_->put("other/junk.vigil", as_bytes("junk\n"));
  folder_->put("other/visits/a.vigil", as_bytes("a\n"));
  const auto sent = run({"stick", "send", "office", "other", "--hub", hub});
  EXPECT_EQ(sent.exit_status, 1) << sent.errors;
  for (const char* const part : {"Passed over: junk.vigil, which is no whole bundle",
                                 "Passed over: visits/a.vigil, in a folder of the stick",
                                 "There was nothing on this stick that could be sent."})
    EXPECT_NE(sent.output.find(part), std::string::npos) << part << "\n" << sent.output;
  const auto json = run({"--json", "stick", "send", "office", "other", "--hub", hub});
  EXPECT_EQ(json.exit_status, 1);
  EXPECT_EQ(nlohmann::json::parse(json.output)["passed_over"],
            (nlohmann::json{"junk.vigil", "visits/a.vigil"}));
}

TEST_F(StickCommand, SaysThatTheStickIsGone) {
  for (const char* const doing : {"copy", "send", "receipts"}) {
    const auto gone = run({"stick", doing, "tablet", "no-stick"});
    EXPECT_EQ(gone.exit_status, 3) << doing;
    EXPECT_NE(gone.errors.find("no longer there"), std::string::npos) << gone.errors;
  }
}

}  // namespace
}  // namespace vigil
