// SPDX-License-Identifier: Apache-2.0
//
// Models made of values alone: no vault, no window.
#include <gtest/gtest.h>

#include "app/tablet/state/block_revisions.h"
#include "app/tablet/state/outbox_page.h"
#include "app/tablet/state/unlock_page.h"
#include "app/tablet/state/visits_model.h"
#include "tests/app/tablet/robot.h"

namespace vigil::tablet {
namespace {

ChecklistModel headings(std::initializer_list<std::string> labels) {
  ChecklistModel model;
  for (const std::string& label : labels) model.blocks.emplace_back(GroupHeading{"/a", label});
  return model;
}

TEST(BlockRevisions, OnlyWhatLooksOtherwiseGetsANewNumber) {
  BlockRevisions revisions;
  ChecklistModel first = headings({"Cell", "Food"});
  revisions.count(nullptr, first);
  ChecklistModel next = headings({"Cell", "Water"});
  revisions.count(&first, next);
  EXPECT_EQ(next.revisions[0], first.revisions[0]);
  EXPECT_GT(next.revisions[1], first.revisions[1]);
}

TEST(BlockRevisions, OtherWordsAndOtherChecklistsShareNone) {
  BlockRevisions revisions;
  ChecklistModel first = headings({"Cell"});
  revisions.count(nullptr, first);
  ChecklistModel other = headings({"Cell"});
  revisions.count(nullptr, other);
  EXPECT_GT(other.revisions[0], first.revisions[0]);
  revisions.change_words();
  ChecklistModel in_other_words = headings({"Cell"});
  revisions.count(&other, in_other_words);
  EXPECT_GT(in_other_words.revisions[0], other.revisions[0]);
}

TEST(UnlockModel, SaysTheWaitUntilItIsOver) {
  UnlockPage page;
  page.wait_until_ms = 10'000;
  const words::Words words;
  EXPECT_NE(unlock_model(words, page, 8'001, false, false).wait.find("2 seconds"),
            std::string::npos);
  EXPECT_EQ(unlock_model(words, page, 10'000, false, false).wait, "");
}

TEST(UnlockModel, AFullStorageAdvisesNothingThatALockedTabletCannotDo) {
  const words::Words words;
  const Error full{ErrorKind::kUnavailable, "vault.full", "full"};
  EXPECT_EQ(unlock_error_words(words, full).find("Seal"), std::string::npos);
  EXPECT_NE(unlock_error_words(words, full).find("office"), std::string::npos);
}

TEST(VisitsModel, AClockBehindWhatWasWrittenIsSaid) {
  const words::Words words;
  test::HandClock clock;
  StoredVisits stored;
  EXPECT_EQ(visits_model(words, clock, stored, "").clock, "");
  stored.visits.emplace_back();
  stored.visits.back().visit.created = clock.now();
  EXPECT_EQ(visits_model(words, clock, stored, "").clock, "");
  clock.pass(-2 * 86'400'000LL);
  EXPECT_NE(visits_model(words, clock, stored, "").clock.find("20.11.2026, 12:00"),
            std::string::npos);
  stored.visits.clear();
  EXPECT_EQ(visits_model(words, clock, stored, "").clock, "");
  clock.now_ms = 0;
  EXPECT_NE(visits_model(words, clock, stored, "").clock.find("01.01.1970"), std::string::npos);
}

TEST(OutboxPage, WhatIsLostHereIsNotSaidOfTheHub) {
  sync::PushReport report;
  report.refused.emplace_back();
  report.refused.back().reason = {ErrorKind::kNotFound, "sync.missing", "missing"};
  const Outcome outcome = sent(words::Words(), report);
  EXPECT_TRUE(outcome.bad);
  EXPECT_EQ(outcome.text.find("hub"), std::string::npos) << outcome.text;
}

TEST(OutboxPage, AnAlarmIsSaidBeforeTheReceipt) {
  sync::PushReport report;
  report.delivered.emplace_back();
  EXPECT_FALSE(sent(words::Words(), report).bad);
  report.delivered.back().alarm = "fork";
  const Outcome outcome = sent(words::Words(), report);
  EXPECT_TRUE(outcome.bad);
  EXPECT_NE(outcome.text.find("fork"), std::string::npos);
}

}  // namespace
}  // namespace vigil::tablet
