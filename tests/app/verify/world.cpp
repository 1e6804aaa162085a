// SPDX-License-Identifier: Apache-2.0
#include "tests/app/verify/world.h"

#include <gtest/gtest.h>

#include "core/bundle/check.h"
#include "core/bundle/seal/seal.h"

namespace vigil::verify::test {

World::World(Files& disk) : files(disk) {
  roster.version = 1;
  roster.office = "demo";
  roster.root = root.public_key();
  roster.log = log_key.verifier();
  roster.witnesses = {witness_key.verifier()};
  for (const auto& [tablet, label] : {std::pair(&first, "tablet-1"), {&second, "tablet-2"}}) {
    trust::Device device;
    device.key = tablet->key.public_key();
    device.label = label;
    roster.devices.push_back(device);
  }
  roster.recipients = {{general.recipient(), trust::RecipientRole::kGeneral, false}};
  auto key = vigil::log::SignerKey::parse(log_key.to_text());
  auto opened = vigil::log::LogWriter::open(files, "log", std::move(*key));
  EXPECT_TRUE(opened);
  writer = std::make_unique<vigil::log::LogWriter>(std::move(*opened));
}

void World::seal_and_forget(Tablet& tablet, const std::string& path) {
  const Tablet before{tablet.key.clone(), tablet.sequence, tablet.previous};
  seal(tablet, path);
  tablet.sequence = before.sequence;
  tablet.previous = before.previous;
}

void World::seal(Tablet& tablet, const std::string& path) {
  bundle::BundleDraft draft;
  draft.sequence = tablet.sequence + 1;
  draft.previous = tablet.previous;
  draft.payload.recipients = {general.recipient()};
  bundle::PayloadMember member;
  static const Bytes kAnswers = to_bytes("<data/>");
  member.name = "submission.xml";
  member.size_bytes = kAnswers.size();
  member.open = []() -> Result<std::unique_ptr<crypto::Source>> {
    return std::make_unique<crypto::BytesSource>(kAnswers);
  };
  draft.payload.members.push_back(std::move(member));
  const auto sealed = bundle::seal_bundle(draft, tablet.key, files, path);
  ASSERT_TRUE(sealed) << sealed.error().message;
  tablet.sequence = draft.sequence;
  tablet.previous = sealed->id;
}

Bytes World::entry_of(const std::string& path) {
  const auto file = files.open(path);
  EXPECT_TRUE(file);
  const auto checked = bundle::check_bundle(**file, roster.device_keys());
  EXPECT_TRUE(checked);
  return bundle::log_entry(checked->manifest_json, checked->signature_file);
}

void World::log(const std::string& path, bool receipt) {
  const Bytes entry = entry_of(path);
  const auto index = writer->append({entry});
  ASSERT_TRUE(index);
  if (!receipt) return;
  const auto text = writer->receipt(*index);
  ASSERT_TRUE(text);
  ASSERT_TRUE(files.write_atomically(path + ".receipt", as_bytes(*text), false));
}

std::string World::checkpoint() const {
  return writer->signed_checkpoint();
}

trust::SignedRoster World::sign() const {
  auto made = trust::sign_roster(roster, root);
  EXPECT_TRUE(made) << made.error().message;
  return std::move(*made);
}

Question World::question(std::vector<std::string> paths, bool with_log) {
  Question question;
  question.bundle_files = std::move(paths);
  question.signed_roster = sign();
  question.root = root.public_key();
  if (with_log) {
    question.log_files = &files;
    question.log_folder = "log";
  }
  return question;
}

Report World::judge(const Question& question) {
  auto report =
      verify::judge(files, question, [](std::string_view, std::uint64_t, std::uint64_t) {});
  EXPECT_TRUE(report);
  return std::move(*report);
}

Report World::judge(std::vector<std::string> paths, bool with_log) {
  return judge(question(std::move(paths), with_log));
}

std::string verdict(const std::vector<Claim>& claims, std::string_view claim) {
  for (const Claim& one : claims) {
    if (one.claim == claim) return std::string(to_string(one.verdict));
  }
  return "absent";
}

std::string reason(const std::vector<Claim>& claims, std::string_view claim) {
  for (const Claim& one : claims) {
    if (one.claim == claim) return one.reason;
  }
  return "absent";
}

}  // namespace vigil::verify::test
