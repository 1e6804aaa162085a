// SPDX-License-Identifier: Apache-2.0
#include "core/trust/kit.h"

#include <gtest/gtest.h>

namespace vigil::trust {
namespace {

namespace minisign = crypto::minisign;

struct World {
  minisign::SecretKey root = minisign::SecretKey::generate();
  Kit kit;

  World() {
    Roster roster;
    roster.version = 7;
    roster.office = "demo";
    roster.root = root.public_key();
    roster.log = log::SignerKey::generate("hub/log", log::KeyType::kLog).verifier();
    roster.recipients = {
        {crypto::age::Identity::generate().recipient(), RecipientRole::kGeneral, false}};
    kit.roster = sign_roster(roster, root).value();
    kit.files = {{"form-custody.xml", to_bytes("<form/>")}, {"limits.csv", to_bytes("id,value\n")}};
  }
  [[nodiscard]] std::string verdict(ByteView archive) const {
    const auto result = read_kit(archive, root.public_key());
    return result ? "ok" : result.error().code;
  }
};

TEST(Kit, ReadsBackWhatTheOfficeWrote) {
  const World w;
  const auto archive = write_kit(w.kit, w.root);
  ASSERT_TRUE(archive);
  const auto read = read_kit(*archive, w.root.public_key());
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->roster.version, 7U);
  EXPECT_EQ(read->kit.roster.roster_json, w.kit.roster.roster_json);
  ASSERT_EQ(read->kit.files.size(), 2U);
  EXPECT_EQ(read->kit.files[0].name, "form-custody.xml");
  EXPECT_EQ(as_text(read->kit.files[0].content), "<form/>");
  EXPECT_EQ(claimed_root(*archive).value(), w.root.public_key());
}

HubAddress hub_with_pins() {
  const auto pin = [](std::uint8_t byte) { return "sha256//" + base64_encode(Bytes(32, byte)); };
  return {"https://hub.example.org:8443", {pin(1), pin(2)}};
}

TEST(Kit, CarriesWhereTheHubIsAndWithoutItStaysOfTheFirstFormat) {
  World w;
  const auto list_of = [](ByteView archive) {
    return std::string(as_text(bundle::read_archive(archive).value()[0].content));
  };
  const auto plain = write_kit(w.kit, w.root);
  ASSERT_TRUE(plain);
  EXPECT_TRUE(list_of(*plain).starts_with("{\"format\":\"vigil-kit-1\",\"root\""));
  EXPECT_FALSE(read_kit(*plain, w.root.public_key())->kit.hub);
  w.kit.hub = hub_with_pins();
  const auto archive = write_kit(w.kit, w.root);
  ASSERT_TRUE(archive) << archive.error().message;
  EXPECT_TRUE(list_of(*archive).starts_with("{\"format\":\"vigil-kit-2\",\"root\""));
  const auto read = read_kit(*archive, w.root.public_key());
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->kit.hub, w.kit.hub);
  EXPECT_EQ(claimed_root(*archive).value(), w.root.public_key());
}

TEST(Kit, IsNotWrittenWithAHubThatTabletsWouldRefuse) {
  World w;
  w.kit.hub = hub_with_pins();
  w.kit.hub->url += "/path";
  EXPECT_EQ(write_kit(w.kit, w.root).error().code, "kit.hub");
}

TEST(HubAddress, ALineOfPinsIsTakenApartAsItWasPutTogether) {
  const HubAddress hub = hub_with_pins();
  EXPECT_EQ(split_pin_line(pin_line(hub.pins)), hub.pins);
  EXPECT_TRUE(split_pin_line("").empty());
  EXPECT_EQ(check_hub({"ftp://hub.example.org", {}}).error().code, "hub.url");
  EXPECT_EQ(check_hub({hub.url, {"sha256//"}}).error().code, "hub.pin");
}

TEST(Kit, EveryChangedByteIsRefused) {
  World w;
  w.kit.hub = hub_with_pins();
  const auto archive = write_kit(w.kit, w.root);
  ASSERT_TRUE(archive);
  for (std::size_t i = 0; i < archive->size(); ++i) {
    Bytes damaged = *archive;
    damaged[i] ^= 1;
    EXPECT_NE(w.verdict(damaged), "ok") << i;
  }
}

TEST(Kit, CutOrLengthenedIsRefused) {
  const World w;
  const auto archive = write_kit(w.kit, w.root);
  ASSERT_TRUE(archive);
  for (std::size_t size = 0; size < archive->size(); size += 256)
    EXPECT_EQ(w.verdict(ByteView(*archive).first(size)), "kit.archive") << size;
  Bytes longer = *archive;
  longer.resize(longer.size() + 512);
  EXPECT_EQ(w.verdict(longer), "kit.archive");
}

TEST(Kit, OfAnotherOfficeIsRefused) {
  const World w;
  const World other;
  const auto archive = write_kit(other.kit, other.root);
  ASSERT_TRUE(archive);
  EXPECT_EQ(w.verdict(*archive), "kit.signature");
  EXPECT_EQ(write_kit(w.kit, other.root).error().code, "roster.signature");
}

TEST(Kit, AReplacedAddedOrLeftOutFileIsRefused) {
  const World w;
  const auto archive = write_kit(w.kit, w.root);
  ASSERT_TRUE(archive);
  const auto members = bundle::read_archive(*archive);
  ASSERT_TRUE(members);
  auto changed = *members;
  changed[4].content = to_bytes("<fork/>");
  EXPECT_EQ(w.verdict(bundle::write_archive(changed).value()), "kit.files");
  changed = *members;
  changed.push_back({"places.csv", to_bytes("x")});
  EXPECT_EQ(w.verdict(bundle::write_archive(changed).value()), "kit.files");
  changed = *members;
  changed.pop_back();
  EXPECT_EQ(w.verdict(bundle::write_archive(changed).value()), "kit.files");
  std::swap(changed[0], changed[2]);
  EXPECT_EQ(w.verdict(bundle::write_archive(changed).value()), "kit.archive");
}

TEST(Kit, FilesMustBeInOrderAndNotPoseAsItsOwn) {
  const World w;
  Kit kit = w.kit;
  std::swap(kit.files[0], kit.files[1]);
  EXPECT_EQ(write_kit(kit, w.root).error().code, "kit.files");
  kit = w.kit;
  kit.files.push_back({"roster.json", {}});
  EXPECT_EQ(write_kit(kit, w.root).error().code, "kit.files");
  kit.files.back().name = "../x";
  EXPECT_EQ(write_kit(kit, w.root).error().code, "kit.files");
}

TEST(Kit, ARosterSwappedForAnotherOneOfTheSameOfficeIsRefused) {
  const World w;
  const auto archive = write_kit(w.kit, w.root);
  ASSERT_TRUE(archive);
  Roster older = verify_roster(w.kit.roster, w.root.public_key()).value();
  older.version = 6;
  const auto older_signed = sign_roster(older, w.root);
  ASSERT_TRUE(older_signed);
  auto members = bundle::read_archive(*archive).value();
  members[2].content = to_bytes(older_signed->roster_json);
  members[3].content = to_bytes(older_signed->signature_file);
  EXPECT_EQ(w.verdict(bundle::write_archive(members).value()), "kit.files");
}

}  // namespace
}  // namespace vigil::trust
