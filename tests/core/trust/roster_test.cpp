// SPDX-License-Identifier: Apache-2.0
#include "core/trust/roster.h"

#include <gtest/gtest.h>

namespace vigil::trust {
namespace {

namespace minisign = crypto::minisign;

struct World {
  minisign::SecretKey root = minisign::SecretKey::generate();
  minisign::SecretKey tablet = minisign::SecretKey::generate();
  crypto::age::Identity general = crypto::age::Identity::generate();
  crypto::age::Identity restricted = crypto::age::Identity::generate();
  log::SignerKey log = log::SignerKey::generate("hub.example/log", log::KeyType::kLog);
  log::SignerKey witness = log::SignerKey::generate("auditor", log::KeyType::kWitness);

  [[nodiscard]] Roster roster() const {
    Roster roster;
    roster.version = 3;
    roster.office = "demo";
    roster.root = root.public_key();
    roster.log = log.verifier();
    roster.witnesses = {witness.verifier()};
    Device device;
    device.key = tablet.public_key();
    device.label = "tablet-1";
    roster.devices = {device};
    roster.recipients = {{general.recipient(), RecipientRole::kGeneral, false},
                         {restricted.recipient(), RecipientRole::kRestricted, false}};
    roster.policy.retention_days = 30;
    return roster;
  }
  [[nodiscard]] std::string verdict(const Roster& roster) const {
    const auto made = sign_roster(roster, root);
    return made ? "ok" : made.error().code;
  }
};

std::string code_of(const Status& status) {
  return status ? "ok" : status.error().code;
}

// Signs any text as if it were a roster: what a root that went wrong could do.
SignedRoster sign_text(const minisign::SecretKey& root, std::string text,
                       std::string_view comment = "vigil-roster-1 version 3") {
  return {text, minisign::sign(root, crypto::blake2b_512(as_bytes(text)), comment)};
}

TEST(Roster, SignedIsVerifiedAndEmitsTheSameText) {
  const World w;
  Roster roster = w.roster();
  roster.devices[0].revoked_after_sequence = 41;
  roster.devices[0].revoked_at_log_size = 1000;
  roster.recipients[0].retired = true;
  const auto made = sign_roster(roster, w.root);
  ASSERT_TRUE(made) << made.error().message;
  const auto read = verify_roster(*made, w.root.public_key());
  ASSERT_TRUE(read);
  EXPECT_EQ(emit_roster(*read), made->roster_json);
  EXPECT_EQ(read->version, 3U);
  EXPECT_EQ(read->devices[0].revoked_after_sequence, 41U);
  EXPECT_EQ(read->devices[0].revoked_at_log_size, 1000U);
  EXPECT_TRUE(read->recipients[0].retired);
}

TEST(Roster, EveryChangedByteIsRefused) {
  const World w;
  const auto made = sign_roster(w.roster(), w.root);
  ASSERT_TRUE(made);
  for (std::size_t i = 0; i < made->roster_json.size(); ++i) {
    SignedRoster damaged = *made;
    damaged.roster_json[i] = static_cast<char>(damaged.roster_json[i] ^ 1);
    EXPECT_EQ(verify_roster(damaged, w.root.public_key()).error().code, "roster.signature");
  }
  for (std::size_t i = 0; i < made->signature_file.size(); ++i) {
    SignedRoster damaged = *made;
    damaged.signature_file[i] = static_cast<char>(damaged.signature_file[i] ^ 1);
    EXPECT_FALSE(verify_roster(damaged, w.root.public_key())) << i;
  }
}

TEST(Roster, SignedByAStrangerIsRefused) {
  const World w;
  const auto made = sign_roster(w.roster(), w.root);
  ASSERT_TRUE(made);
  const auto stranger = minisign::SecretKey::generate();
  EXPECT_EQ(verify_roster(*made, stranger.public_key()).error().code, "roster.signature");
  EXPECT_EQ(sign_roster(w.roster(), stranger).error().code, "roster.root");
}

TEST(Roster, AnyOtherSpellingOfTheSameIsRefused) {
  const World w;
  const std::string text = emit_roster(w.roster());
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string changed = text;
    const auto at = changed.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    changed.replace(at, from.size(), to);
    const auto result = verify_roster(sign_text(w.root, changed), w.root.public_key());
    return result ? std::string("ok") : result.error().code;
  };
  EXPECT_EQ(with("\"version\":3", "\"version\":3"), "ok");
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"{\"format\"", "{ \"format\""},
           {"vigil-roster-1", "vigil-roster-2"},
           {"\"version\":3", "\"version\":3.0"},
           {"\"version\":3", "\"version\":0"},
           {"\"version\":3", "\"version\":3,\"version\":3"},
           {"\"office\":\"demo\"", "\"office\":\"Demo Office\""},
           {"\"role\":\"tablet\"", "\"role\":\"phone\""},
           {"\"role\":\"general\"", "\"role\":\"\""},
           {"\"label\":\"tablet-1\"", "\"label\":\"Anna\""},
           {"\"from_sequence\":1", "\"from_sequence\":0"},
           {"\"from_sequence\":1", "\"from_sequence\":1,\"revoked_at_log_size\":1"},
           {"\"panic_allowed\":false", "\"panic_allowed\":0"},
           {"\"panic_allowed\":false", "\"panic_allowed\":false,\"more\":1"},
           {"\"witness_quorum\":0", "\"witness_quorum\":2"},
           {"age1", "agf1"}}) {
    EXPECT_EQ(with(from, to), "roster.format") << from << " " << to;
  }
}

TEST(Roster, ASignatureMadeForAnotherPurposeIsRefused) {
  const World w;
  const std::string text = emit_roster(w.roster());
  for (const char* comment : {"vigil-roster-1 version 4", "vigil-kit-1", "vigil-roster-1", ""}) {
    const auto result = verify_roster(sign_text(w.root, text, comment), w.root.public_key());
    ASSERT_FALSE(result) << comment;
    EXPECT_EQ(result.error().code, "roster.signature");
  }
}

TEST(Roster, OneKeyInTwoPurposesIsRefused) {
  const World w;
  EXPECT_EQ(w.verdict(w.roster()), "ok");
  Roster roster = w.roster();
  roster.devices[0].key = w.root.public_key();
  EXPECT_EQ(w.verdict(roster), "roster.key_reuse");
  roster = w.roster();
  roster.devices[0].key.point = w.log.verifier().point;
  EXPECT_EQ(w.verdict(roster), "roster.key_reuse");
  roster = w.roster();
  roster.witnesses[0].point = w.log.verifier().point;
  EXPECT_EQ(w.verdict(roster), "roster.key_reuse");
  roster = w.roster();
  roster.recipients[1].recipient = roster.recipients[0].recipient;
  EXPECT_EQ(w.verdict(roster), "roster.key_reuse");
  roster = w.roster();
  roster.devices.push_back(roster.devices[0]);
  roster.devices[1].label = "tablet-2";
  roster.devices[1].key.key_number[0] ^= 1;
  EXPECT_EQ(w.verdict(roster), "roster.key_reuse");
}

TEST(Roster, SharedNamesAndWrongKeyTypesAreRefused) {
  const World w;
  Roster roster = w.roster();
  roster.devices.push_back(roster.devices[0]);
  roster.devices[1].key = minisign::SecretKey::generate().public_key();
  EXPECT_EQ(w.verdict(roster), "roster.format");
  roster = w.roster();
  roster.log.type = log::KeyType::kWitness;
  EXPECT_EQ(w.verdict(roster), "roster.format");
  roster = w.roster();
  roster.witnesses[0].type = log::KeyType::kLog;
  EXPECT_EQ(w.verdict(roster), "roster.format");
  roster = w.roster();
  roster.witnesses[0].name = roster.log.name;
  EXPECT_EQ(w.verdict(roster), "roster.format");
}

TEST(Succession, NewerIsTakenOlderIsARollback) {
  const World w;
  const auto signed_with = [&](std::uint64_t version, std::int64_t days) {
    Roster roster = w.roster();
    roster.version = version;
    roster.policy.retention_days = days;
    return std::pair(*sign_roster(roster, w.root), roster);
  };
  const auto [current_signed, current] = signed_with(3, 30);
  const auto judge = [&](const std::pair<SignedRoster, Roster>& next) {
    return code_of(check_succession(current_signed, current, next.first, next.second));
  };
  EXPECT_EQ(judge(signed_with(4, 30)), "ok");
  EXPECT_EQ(judge(signed_with(3, 30)), "ok");
  EXPECT_EQ(judge(signed_with(3, 31)), "roster.rollback");
  EXPECT_EQ(judge(signed_with(2, 30)), "roster.rollback");
  const World other;
  const auto foreign = sign_roster(other.roster(), other.root);
  ASSERT_TRUE(foreign);
  EXPECT_EQ(code_of(check_succession(current_signed, current, *foreign, other.roster())),
            "roster.root");
}

TEST(Author, VerdictFollowsEnrolmentAndRevocation) {
  const World w;
  Roster roster = w.roster();
  roster.devices[0].from_sequence = 5;
  bundle::Manifest manifest;
  manifest.device = w.tablet.public_key();
  const auto judge = [&](std::uint64_t sequence, bool logged) {
    manifest.sequence = sequence;
    return judge_author(roster, manifest, logged);
  };
  EXPECT_EQ(judge(4, false), AuthorVerdict::kBeforeEnrolment);
  EXPECT_EQ(judge(5, false), AuthorVerdict::kValid);
  roster.devices[0].revoked_after_sequence = 9;
  EXPECT_EQ(judge(9, false), AuthorVerdict::kUnprovenTime);
  EXPECT_EQ(judge(9, true), AuthorVerdict::kValid);
  EXPECT_EQ(judge(10, true), AuthorVerdict::kRevoked);
  manifest.device = minisign::SecretKey::generate().public_key();
  EXPECT_EQ(judge(9, true), AuthorVerdict::kUnknown);
}

TEST(Author, OnlyTheOfficesWordMakesALogEntryEarlier) {
  Device device;
  EXPECT_FALSE(logged_before_revocation(device, 0));
  device.revoked_after_sequence = 9;
  EXPECT_FALSE(logged_before_revocation(device, 0));
  device.revoked_at_log_size = 100;
  EXPECT_TRUE(logged_before_revocation(device, 99));
  EXPECT_FALSE(logged_before_revocation(device, 100));
}

TEST(Recipients, MustBeOfTheRosterAndOfTheRightRole) {
  const World w;
  Roster roster = w.roster();
  bundle::Manifest manifest;
  manifest.payloads = {{"payload.age", 1, {}, {}, {w.general.recipient()}},
                       {"restricted.age", 1, {}, {}, {w.restricted.recipient()}}};
  EXPECT_EQ(code_of(check_recipients(roster, manifest)), "ok");
  manifest.payloads[1].recipients.push_back(w.general.recipient());
  EXPECT_EQ(code_of(check_recipients(roster, manifest)), "roster.recipients");
  manifest.payloads[1].recipients = {crypto::age::Identity::generate().recipient()};
  EXPECT_EQ(code_of(check_recipients(roster, manifest)), "roster.recipients");
  manifest.payloads.pop_back();
  roster.recipients[0].retired = true;
  EXPECT_EQ(code_of(check_recipients(roster, manifest)), "ok");
  EXPECT_TRUE(roster.recipients_for(RecipientRole::kGeneral).empty());
  EXPECT_EQ(roster.recipients_for(RecipientRole::kRestricted).size(), 1U);
}

}  // namespace
}  // namespace vigil::trust
