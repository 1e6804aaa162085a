// SPDX-License-Identifier: Apache-2.0
//
// vigilctl office: what it says of what it was told, and what it does not take.
#include <filesystem>

#include <gtest/gtest.h>

#include "tests/app/ctl/office_and_tablet.h"

namespace vigil {
namespace {

constexpr std::string_view kForm = R"xml(<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>Round</h:title>
  <model><instance><data id="round" version="1"><code/><meta><instanceID/></meta></data></instance></model></h:head>
  <h:body><input ref="/data/code"><label>Code</label></input></h:body></h:html>)xml";

class OfficeCommand : public OfficeAndTablet {
 protected:
  static void SetUpTestSuite() { make(kForm); }
  static void refused(std::vector<std::string> arguments, int status, std::string_view said) {
    const auto done = run(std::move(arguments));
    EXPECT_EQ(done.exit_status, status) << done.output << done.errors;
    EXPECT_NE(done.errors.find(said), std::string::npos) << done.errors;
    EXPECT_LT(done.errors.size(), 600U) << "a person reads it";
  }
};

TEST_F(OfficeCommand, AKitOverPlainHttpIsCalledWhatItIs) {
  const std::vector<std::string> kit{"office", "kit", "office", "-o", "plain.kit"};
  auto plain = kit;
  plain.insert(plain.end(), {"--hub", "http://192.0.2.1:8080", "--plain-http"});
  EXPECT_NE(ok(plain).find("neither encrypted"), std::string::npos);
  const std::string later = ok(kit);
  EXPECT_NE(later.find("neither encrypted"), std::string::npos) << later;
  EXPECT_EQ(later.find("certificate"), std::string::npos) << later;
  EXPECT_EQ(ask(kit)["plain_http"], true);
  auto secure = kit;
  secure.insert(secure.end(), {"--hub", "https://hub.example.org"});
  EXPECT_NE(ok(secure).find("known by a public certificate"), std::string::npos);
}

TEST_F(OfficeCommand, WrongNumbersAreWrongUsageInAFewWords) {
  refused({"office", "revoke", "office", "tablet-1", "--after-sequence", "-1"}, 2,
          "--after-sequence");
  refused({"office", "policy", "office", "--retention-days", "-1"}, 2, "36500");
  refused({"event", "plan", "office", "--device", "tablet-1", "--up-to", "-1", "-o", "e"}, 2,
          "--up-to");
  EXPECT_EQ(ask({"office", "roster", "office"})["devices"][1]["label"], "tablet-1");
}

TEST_F(OfficeCommand, AWordThatIsNoCommandIsNamed) {
  refused({"bogus", "office"}, 2, "\"bogus\"");
  refused({"office", "bogus"}, 2, "\"bogus\"");
  const auto json = run({"--json", "bogus"});
  EXPECT_EQ(json.exit_status, 2);
  EXPECT_NE(nlohmann::json::parse(json.errors)["error"]["message"].get<std::string>().find("bogus"),
            std::string::npos);
  refused({"visit", "list"}, 2, "DIR");
}

TEST_F(OfficeCommand, DataInAnotherEncodingAreCalledThat) {
  folder_->put("places.csv", as_bytes(std::string_view("name\n\xC8\xC2\xD1\n")));
  refused({"office", "add-data", "office", "places.csv"}, 1, "UTF-8");
  refused({"office", "add-data", "office", "office.kit"}, 1, "limits.csv");
}

TEST_F(OfficeCommand, AnswersInJsonWhereJsonWasAskedFor) {
  const auto request = ask({"device", "request", "tablet", "-o", "again"});
  EXPECT_EQ(request["file"], "again");
  EXPECT_EQ(request["words_en"].size(), 16U);
  EXPECT_EQ(request["words_ru"].size(), 16U);
  const auto beat = ask({"event", "heartbeat", "tablet", "-o", "beat.event"});
  EXPECT_EQ(beat["kind"], "heartbeat");
  EXPECT_EQ(beat["id"].get<std::string>().size(), 64U);
  const auto plan =
      ask({"event", "plan", "office", "--device", "tablet-1", "--up-to", "3", "-o", "plan.event"});
  EXPECT_EQ(plan["file"], "plan.event");
}

TEST_F(OfficeCommand, APinThatIsNoneIsRefusedThoughNothingWaits) {
  refused({"push", "tablet", "--hub", "https://127.0.0.1:1", "--pin", "junk"}, 2, "sha256//");
}

TEST_F(OfficeCommand, APlaceHasAnEnd) {
  refused({"visit", "new", "tablet", "--place", std::string(100'000, 'x')}, 1, "1,000 bytes");
  EXPECT_TRUE(ask({"visit", "list", "tablet"})["visits"].empty());
}

TEST_F(OfficeCommand, ASealedVisitIsNotAskedAbout) {
  const std::string visit = new_visit({"round"});
  seal_and_import(visit);
  const auto discarded = run({"visit", "discard", "tablet", visit});
  EXPECT_EQ(discarded.exit_status, 1);
  EXPECT_EQ(discarded.errors.find("yes or no"), std::string::npos) << discarded.errors;
  const auto shown = run({"visit", "show", "office", visit, "--language", "xx"});
  EXPECT_EQ(shown.exit_status, 0);
  EXPECT_NE(shown.errors.find("no words in xx"), std::string::npos) << shown.errors;
  for (const char* const language : {"en", "ru"})
    EXPECT_TRUE(run({"visit", "show", "office", visit, "--language", language}).errors.empty());
}

}  // namespace
}  // namespace vigil
