// SPDX-License-Identifier: Apache-2.0
//
// What comes into an office: in which order, and what is set aside.
#include "app/office/import.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "app/office/reading.h"
#include "app/office/roster_keeping.h"
#include "app/office/setup.h"
#include "app/office/visit_names.h"
#include "app/visit/finalise.h"
#include "app/visit/instance.h"
#include "app/visit/roster_store.h"
#include "core/bundle/answers.h"
#include "core/bundle/seal/seal.h"
#include "platform/posix_files.h"
#include "platform/system_clock.h"
#include "tests/support/run_program.h"

namespace vigil::office {
namespace {

struct Tablet {
  crypto::minisign::SecretKey key = crypto::minisign::SecretKey::generate();
  std::uint64_t sequence = 0;
  bundle::BundleId last;
};

struct Import : testing::Test {
  test::TemporaryFolder folder;
  std::unique_ptr<Files> files = platform::posix_files();
  std::unique_ptr<Clock> clock = platform::system_clock();
  vault::VaultPointer vault;
  Tablet first;
  Tablet second;

  void SetUp() override {
    auto made = vault::create_vault({*files, *clock}, folder.file("office"),
                                    crypto::SecretBytes::copy_of(as_bytes("seven lamps")),
                                    crypto::Argon2Cost{});
    ASSERT_TRUE(made) << made.error().message;
    vault = std::move(*made);
    ASSERT_TRUE(set_up(*vault, *files, {"demo", folder.file("recovery.age")},
                       crypto::SecretBytes::copy_of(as_bytes("seven lamps"))));
    auto roster = visit::current_roster(*vault).value().roster;
    for (const auto& [tablet, label] : {std::pair(&first, "tablet-1"), {&second, "tablet-2"}}) {
      trust::Device device;
      device.key = tablet->key.public_key();
      device.label = label;
      roster.devices.push_back(device);
    }
    ASSERT_TRUE(next_roster(*vault, *files, roster));
  }

  // The visit as sealed says `answer`; the hashes for a court commit to `committed`.
  std::string seal(Tablet& tablet, const std::string& name, const std::string& answer = "no",
                   const std::string& committed = "no") {
    const std::string prefix = "r1-";
    const auto document = [](const std::string& text) {
      return visit::instance_from_answers("custody", "1", {{"/data/lawyer", text}});
    };
    const visit::VisitFile visit{
        "RIVER-08", "IVS", "interim", {}, 1, 2, {{"custody", "1", prefix, "uuid:1"}}, std::nullopt};
    std::vector<bundle::AnswerText> answers;
    EXPECT_TRUE(visit::append_answer_texts(prefix, document(committed), answers));
    visit::append_visit_texts(visit, answers);
    const bundle::AnswerFiles hashes = bundle::make_answer_files(answers);
    bundle::BundleDraft draft;
    draft.sequence = ++tablet.sequence;
    draft.previous = tablet.last;
    draft.payload.recipients =
        visit::current_roster(*vault).value().roster.recipients_for(trust::RecipientRole::kGeneral);
    const std::vector<std::pair<std::string, std::string>> members{
        {std::string(visit::kVisitFileName), visit::emit_visit_file(visit)},
        {prefix + std::string(visit::kSubmissionName), document(answer)},
        {prefix + "journal.jsonl", ""},
        {std::string(bundle::kAnswersName), hashes.answers_json},
        {std::string(bundle::kAnswersSaltName), hashes.salt_text}};
    std::vector<Bytes> contents;
    contents.reserve(members.size());
    for (const auto& [member, text] : members) {
      const Bytes& content = contents.emplace_back(to_bytes(text));
      draft.payload.members.push_back(
          {member, content.size(), [&content]() -> Result<std::unique_ptr<crypto::Source>> {
             return std::make_unique<crypto::BytesSource>(content);
           }});
    }
    const auto sealed = bundle::seal_bundle(draft, tablet.key, *files, folder.file(name));
    EXPECT_TRUE(sealed) << sealed.error().message;
    tablet.last = sealed->id;
    return folder.file(name);
  }
  ImportReport take_in(const std::string& path) {
    return import_bundle(*vault, *files, path).value();
  }
};

TEST_F(Import, GoesByDeviceAndNumberWhateverTheFilesAreCalled) {
  const std::string one = seal(first, "z.vigil");
  const std::string two = seal(first, "m.vigil");
  const std::string other = seal(second, "b.vigil");
  const std::string three = seal(first, "a.vigil");
  const std::string broken = folder.put("0.vigil", as_bytes("no bundle"));
  const auto order =
      in_chain_order(*vault, *files, {broken, three, other, two, folder.file("gone.vigil"), one})
          .value();
  ASSERT_EQ(order.size(), 6U);
  EXPECT_EQ(order[4], broken);
  EXPECT_EQ(order[5], folder.file("gone.vigil"));
  const auto at = [&](const std::string& path) { return std::ranges::find(order, path); };
  EXPECT_LT(at(one), at(two));
  EXPECT_LT(at(two), at(three));
  EXPECT_EQ(at(three) - at(one), 2) << "another device's lie before or after";
  for (const std::string& path : {order[0], order[1], order[2], order[3]}) {
    const ImportReport report = take_in(path);
    EXPECT_EQ(report.outcome, ImportOutcome::kImported) << report.why.message;
    EXPECT_EQ(report.missing_before, 0U) << path;
  }
  (void)seal(first, "never-comes.vigil");
  EXPECT_EQ(take_in(seal(first, "five.vigil")).missing_before, 1U);
}

TEST_F(Import, SetsAsideWhatCommitsToOtherAnswersThanItHolds) {
  const ImportReport report = take_in(seal(first, "a.vigil", "no", "yes"));
  EXPECT_EQ(report.outcome, ImportOutcome::kQuarantined);
  EXPECT_EQ(report.why.code, "answers.differ");
  EXPECT_TRUE(vault::imported_bundles(*vault).value().empty());
  EXPECT_TRUE(vault::submissions(*vault).value().empty());
  EXPECT_EQ(take_in(seal(second, "b.vigil")).outcome, ImportOutcome::kImported);
  EXPECT_EQ(vault::submissions(*vault).value().size(), 1U);
}

TEST_F(Import, TwoVisitsWithOneCodeAreNamedApart) {
  EXPECT_TRUE(take_in(seal(first, "a.vigil")).namesakes.empty());
  EXPECT_EQ(find_visit(sealed_visits(*vault).value(), "RIVER-08")->name, "RIVER-08");
  const ImportReport report = take_in(seal(second, "b.vigil"));
  EXPECT_EQ(report.namesakes, std::vector<std::string>{"RIVER-08@tablet-1"});
  auto visits = sealed_visits(*vault).value();
  const auto ambiguous = find_visit(visits, "RIVER-08");
  ASSERT_FALSE(ambiguous);
  EXPECT_EQ(ambiguous.error().code, "visit.ambiguous");
  EXPECT_NE(ambiguous.error().message.find("RIVER-08@tablet-1, RIVER-08@tablet-2"),
            std::string::npos)
      << ambiguous.error().message;
  EXPECT_EQ(find_visit(visits, "RIVER-08@tablet-2")->bundle, second.last);
  EXPECT_EQ(submissions_of(*vault, "RIVER-08@tablet-2")->size(), 1U);

  // A tablet that began anew has its code twice.
  (void)take_in(seal(second, "c.vigil"));
  visits = sealed_visits(*vault).value();
  EXPECT_EQ(find_visit(visits, "RIVER-08@tablet-2").error().code, "visit.ambiguous");
  EXPECT_EQ(find_visit(visits, "RIVER-08@tablet-2/2")->bundle, second.last);
  EXPECT_EQ(find_visit(visits, bundle::to_string(first.last))->name, "RIVER-08@tablet-1");
  EXPECT_EQ(find_visit(visits, "RIVER-09").error().code, "visit.absent");
}

}  // namespace
}  // namespace vigil::office
