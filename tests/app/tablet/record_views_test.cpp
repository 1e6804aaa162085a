// SPDX-License-Identifier: Apache-2.0
//
// What a visit's page and its review say without opening the checklists is what they would say had
// they opened them.
#include "app/tablet/state/record_views.h"

#include <array>
#include <cstdlib>
#include <random>

#include <gtest/gtest.h>

#include "core/vault/visits.h"
#include "tests/app/tablet/controls_scene.h"

namespace vigil::tablet {
namespace {

// All that the two screens show of these checklists, in words.
std::string said(const RecordViewList& views) {
  const words::Words words;
  std::string text;
  VisitModel page;
  add_records(page, views, words);
  for (const auto* rows : {&page.records, &page.interviews}) {
    for (const VisitModel::Record& row : *rows) {
      text += row.title + "|" + std::to_string(row.answered) + "/" + std::to_string(row.asked);
      text += "|" + std::to_string(row.missing) + "|" + std::to_string(row.to_mend);
      text += "|" + std::to_string(row.mismatches) + "\n";
    }
  }
  for (const VisitModel::Finding& finding : page.findings) {
    text += std::to_string(finding.record) + finding.ref + "|" + finding.label + "|" +
            finding.text + (finding.mismatch ? "|m" : "") + (finding.urgent ? "|u" : "") + "\n";
  }
  for (const ReviewModel::Entry& entry : one_person_entries(views, words)) {
    text += "one: " + std::to_string(entry.record) + entry.ref + "|" + entry.label + "\n";
  }
  const visit::Review review = review_of(views);
  for (const visit::ToMend& entry : review.to_mend) {
    text += "mend: " + std::to_string(entry.record.value) + entry.ref + "|" + entry.label + "|" +
            entry.message + "\n";
  }
  for (const visit::Mismatch& mismatch : review.mismatches) {
    text += "differ: " + mismatch.ref + "|" + mismatch.label;
    for (const auto& answer : mismatch.answers) {
      text += "|" + answer.source_label + "=" + answer.value_label;
    }
    text += "\n";
  }
  return text + std::to_string(review.answered) + "/" + std::to_string(review.asked);
}

class RecordViewsTest : public ControlsScene {
 protected:
  RecordViewsTest() {
    lock();
    vault_ = open_tablet();
    visit_ = vault::visits(*vault_)->front().id;
    for (const char* form : {"police-custody", "police-custody", "interview"}) {
      const auto added = visit::Checklist::start(*vault_, world_.clock(), visit_, form);
      EXPECT_TRUE(added) << added.error().message;
    }
  }
  std::vector<vault::Record> records() { return *vault::records(*vault_, visit_); }
  std::string from_scratch(std::string_view language) {
    std::vector<RecordView> views;
    for (const vault::Record& record : records()) {
      auto view = view_record(*vault_, world_.clock(), record, language);
      EXPECT_TRUE(view) << view.error().message;
      if (view) views.push_back(std::move(*view));
    }
    RecordViewList list;
    for (const RecordView& view : views) list.push_back(&view);
    return said(list);
  }
  std::string from_views(std::string_view language) {
    const auto whole = views_.gather(*vault_, world_.clock(), forms_, records(), language, 0);
    EXPECT_TRUE(whole && *whole);
    return said(views_.list(records()));
  }
  // As the program does it: who opens a checklist forgets its view.
  void edit(std::mt19937& random) {
    const auto all = records();
    const vault::RecordId id = all[random() % all.size()].id;
    views_.forget(id);
    const auto checklist = visit::Checklist::resume(*vault_, world_.clock(), id, &forms_);
    ASSERT_TRUE(checklist) << checklist.error().message;
    for (int edits = 0; edits < 8; ++edits) {
      const auto nodes = (*checklist)->session().state();
      const forms::NodeState& node = nodes[random() % nodes.size()];
      if (node.type == forms::NodeType::kRepeatRange) {
        static_cast<void>((*checklist)->add_repeat(node.ref));
      } else if (node.type == forms::NodeType::kRepeatInstance) {
        static_cast<void>((*checklist)->remove_repeat(node.ref));
      } else if (node.type == forms::NodeType::kQuestion && !node.choices.empty()) {
        static_cast<void>(
            (*checklist)->set(node.ref, node.choices[random() % node.choices.size()].value));
      } else if (node.type == forms::NodeType::kQuestion) {
        constexpr std::array kValues = {"", "7", "170", "2026-11-22", "words"};
        static_cast<void>((*checklist)->set(node.ref, kValues[random() % kValues.size()]));
      }
      if (random() % 4 == 0) {
        const std::string text = random() % 2 == 0 ? std::string(kUrgent) : "";
        EXPECT_TRUE((*checklist)->set_flag({node.ref, vault::FlagKind::kFinding, text}));
      }
    }
    EXPECT_TRUE((*checklist)->keep_progress());
  }

  vault::VaultPointer vault_;
  vault::VisitId visit_;
  visit::OpenForms forms_;
  RecordViews views_;
};

TEST_F(RecordViewsTest, SayWhatTheChecklistsSayAfterAnyEdits) {
  const char* const seed_text = std::getenv("VIGIL_SEED");
  std::mt19937 random(seed_text == nullptr ? 1U : static_cast<unsigned>(std::atoi(seed_text)));
  for (int turn = 0; turn < 40; ++turn) {
    edit(random);
    const char* const language = turn % 10 == 9 ? "ru" : "en";
    ASSERT_EQ(from_views(language), from_scratch(language)) << "turn " << turn;
  }
  EXPECT_NE(from_scratch("en").find("mend: "), std::string::npos) << "the edits were too tame";
  EXPECT_NE(from_scratch("en").find("differ: "), std::string::npos) << "the edits were too tame";
}

TEST_F(RecordViewsTest, AMarkOfUrgencyIsSeenWithoutOpeningTheChecklist) {
  const vault::RecordId id = records()[1].id;
  const std::string ref = "/data/case/code";
  EXPECT_TRUE(vault::set_flag(*vault_, id, {ref, vault::FlagKind::kFinding, ""}));
  const std::string before = from_views("en");
  EXPECT_TRUE(vault::set_flag(*vault_, id, {ref, vault::FlagKind::kFinding, std::string(kUrgent)}));
  EXPECT_NE(from_views("en"), before);
  EXPECT_EQ(from_views("en"), from_scratch("en"));
}

// A slow tablet shows the page before it has read all.
TEST_F(RecordViewsTest, ComeOneByOneWhereTimeIsShort) {
  class Slow final : public Clock {
   public:
    WallTime now() const override { return {1'795'327'200'000}; }
    std::int64_t monotonic_ms() const override { return monotonic += 30; }
    int utc_offset_minutes(WallTime) const override { return 0; }
    mutable std::int64_t monotonic = 0;
  };
  const Slow clock;
  int turns = 1;
  while (true) {
    const auto whole = views_.gather(*vault_, clock, forms_, records(), "en", 20);
    ASSERT_TRUE(whole) << whole.error().message;
    if (*whole) break;
    EXPECT_EQ(views_.list(records()).size(), static_cast<std::size_t>(turns));
    ++turns;
  }
  EXPECT_EQ(turns, 4);
}

using ReviewTest = RecordViewsTest;

// Two checklists of one form: the sources disagree in the second, and there "Show" leads.
TEST_F(ReviewTest, AMismatchLeadsToItsOwnChecklist) {
  const vault::RecordId first = records()[1].id;
  const vault::RecordId second = records()[2].id;
  const std::string ref = "/data/lawyer/law_told";
  {
    const auto checklist = visit::Checklist::resume(*vault_, world_.clock(), second);
    ASSERT_TRUE((*checklist)->set(ref + "/staff", "yes"));
    ASSERT_TRUE((*checklist)->set(ref + "/detainee", "no"));
  }
  vault_.reset();
  robot_->tap("hidden");
  unlock();
  robot_->tap("top.back");
  robot_->tap("visit.review");
  const std::string mine = std::to_string(second.value) + "." + ref + ".show";
  std::string key;
  for (const ui::Item& item : robot_->tree().items) {
    EXPECT_FALSE(item.key.ends_with(std::to_string(first.value) + "." + ref + ".show"));
    if (item.key.ends_with(mine)) key = item.key;
  }
  ASSERT_NE(key, "") << robot_->tree().print();
  robot_->tap(key);
  EXPECT_TRUE(app_->position().starts_with(std::to_string(visit_.value) + " " +
                                           std::to_string(second.value) + " "))
      << app_->position();
  EXPECT_TRUE(robot_->sees("q." + ref + "/staff.yes")) << robot_->tree().print();
}

}  // namespace
}  // namespace vigil::tablet
