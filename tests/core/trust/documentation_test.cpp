// SPDX-License-Identifier: Apache-2.0
//
// The worked examples of docs/formats/roster.md and log.md are what our code writes, byte for byte.
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>
#include <sodium.h>

#include "core/log/receipt.h"
#include "core/trust/enrolment.h"
#include "core/trust/event.h"
#include "core/trust/roster.h"

namespace vigil::trust {
namespace {

namespace minisign = crypto::minisign;

std::string read_page(const std::string& name) {
  std::ifstream stream(std::string(VIGIL_SOURCE_DIR) + "/docs/formats/" + name);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void expect_shown(const std::string& page, const std::string& example) {
  EXPECT_FALSE(example.empty());
  EXPECT_NE(page.find("```\n" + example), std::string::npos) << example;
}

// Key number and seed are one byte, repeated.
minisign::SecretKey key_of(std::uint8_t fill) {
  Bytes raw(72, fill);
  std::array<std::uint8_t, 32> seed{};
  std::array<std::uint8_t, 32> point{};
  seed.fill(fill);
  crypto_sign_seed_keypair(point.data(), raw.data() + 8, seed.data());
  return *minisign::SecretKey::from_raw(raw);
}

log::SignerKey note_key(std::string_view name, log::KeyType type, std::uint8_t fill) {
  std::array<std::uint8_t, 32> seed{};
  std::array<std::uint8_t, 64> secret{};
  log::VerifierKey key{std::string(name), type, {}};
  seed.fill(fill);
  crypto_sign_seed_keypair(key.point.data(), secret.data(), seed.data());
  Bytes body(1 + seed.size(), fill);
  body[0] = static_cast<std::uint8_t>(type);
  const std::string public_text = log::to_string(key);
  const std::string text = "PRIVATE+KEY+" + key.name + "+" +
                           public_text.substr(key.name.size() + 1, 8) + "+" + base64_encode(body);
  auto made = log::SignerKey::parse(crypto::SecretBytes::copy_of(as_bytes(text)));
  EXPECT_TRUE(made);
  return std::move(*made);
}

crypto::age::Recipient recipient(std::string_view text) {
  return crypto::age::parse_recipient(text).value();
}

TEST(Documentation, RosterExampleIsWhatWeWrite) {
  const std::string page = read_page("roster.md");
  const auto root = key_of(0x0b);
  Roster roster;
  roster.version = 3;
  roster.office = "demo";
  roster.root = root.public_key();
  roster.log = note_key("hub.example/log", log::KeyType::kLog, 1).verifier();
  roster.witnesses = {note_key("auditor-1", log::KeyType::kWitness, 3).verifier()};
  roster.devices = {{key_of(0x0d).public_key(), DeviceRole::kTablet, "tablet-1", 1, {}, {}}};
  roster.recipients = {{recipient("age1tfdq4tl67f6la7hasncflfylnwtaudtkl02em665z7x42wpymprqmedfjy"),
                        RecipientRole::kGeneral, false},
                       {recipient("age1e6ujvlqv7r0s2we5s4hk6m7tytxkrhysr4rzmu7zahjerxpav4gsn8alm3"),
                        RecipientRole::kRestricted, false},
                       {recipient("age1ehck06snfyauy0udaajcptv7wpkefw6wt065sxrlng7kd9sud4ps4gygc3"),
                        RecipientRole::kRecovery, false}};
  roster.policy = {30, 1, 1, false};
  const auto made = sign_roster(roster, root);
  ASSERT_TRUE(made) << made.error().message;
  expect_shown(page, minisign::to_string(root.public_key()) + "\n");
  expect_shown(page, made->roster_json + "```");
  expect_shown(page, made->signature_file + "```");
  expect_shown(page, write_request(key_of(0x0d), "tablet-1") + "```");
}

TEST(Documentation, LogExampleIsWhatWeWrite) {
  const std::string page = read_page("log.md");
  const auto log_key = note_key("hub.example/log", log::KeyType::kLog, 1);
  const auto witness = note_key("auditor-1", log::KeyType::kWitness, 3);
  expect_shown(page, log::to_string(log_key.verifier()) + "\n" +
                         log::to_string(witness.verifier()) + "\n```");
  const std::string note =
      log::sign_checkpoint({"hub.example/log", 42, crypto::sha256(as_bytes("root"))}, log_key);
  expect_shown(page, log::cosign_checkpoint(note, witness, 1'700'000'000).value() + "```");
  const log::Hash a = log::leaf_hash(as_bytes("a"));
  const log::Hash b = log::leaf_hash(as_bytes("b"));
  const log::Hash c = log::leaf_hash(as_bytes("c"));
  const log::Hash root = log::node_hash(log::node_hash(a, b), c);
  expect_shown(page, log::emit_receipt(
                         {1, {a, c}, log::sign_checkpoint({"hub.example/log", 3, root}, log_key)}) +
                         "```");
}

TEST(Documentation, TheEventExampleIsMadeAgain) {
  const std::string page = read_page("events.md");
  Event event;
  event.kind = EventKind::kTombstone;
  event.device = key_of(0x0d).public_key();
  event.sequence = 7;
  event.reason = "seized";
  const std::string text = write_event(event, key_of(0x0e)).value();
  expect_shown(page, text + "```");
  expect_shown(page, event_id(text) + "\n```");
}

}  // namespace
}  // namespace vigil::trust
