// SPDX-License-Identifier: Apache-2.0
//
// docs/verify-with-stock-tools.sh and vigil-verify over every frozen bundle and every roster that
// is not the office's: the same exit status. And over what the script alone could stumble on.
#include <algorithm>
#include <filesystem>

#include <gtest/gtest.h>

#include "core/bundle/archive.h"
#include "core/bundle/check.h"
#include "tests/app/verify/world.h"
#include "tests/support/memory_files.h"
#include "tests/support/run_program.h"
#include "tests/support/vector_file.h"
#include "tests/support/vectors.h"

namespace vigil::verify::test {
namespace {

using vigil::test::ProgramResult;
using vigil::test::run_program;

const std::string kVectors = VIGIL_SOURCE_DIR "/tests/vectors/bundle";

struct StockFrozen : testing::Test {
  vigil::test::MemoryFiles files;
  World world{files};
  vigil::test::TemporaryFolder folder;

  void put_roster() {
    const auto made = world.sign();
    put_roster(made.roster_json, made.signature_file, world.root.public_key());
  }
  void put_roster(const std::string& json, const std::string& signature,
                  const crypto::minisign::PublicKey& root) {
    folder.put("roster.json", as_bytes(json));
    folder.put("roster.json.minisig", as_bytes(signature));
    folder.put("root.pub", as_bytes(crypto::minisign::public_key_file(root, "root")));
  }
  [[nodiscard]] ProgramResult ours(const std::string& file) const {
    return run_program(
        {VIGIL_BIN_DIR "/vigil-verify", file, "--roster", "roster.json", "--root", "root.pub"}, {},
        folder.path());
  }
  [[nodiscard]] ProgramResult stock(std::vector<std::string> bundles) const {
    std::vector<std::string> command{VIGIL_SOURCE_DIR "/docs/verify-with-stock-tools.sh",
                                     "roster.json", "root.pub"};
    command.insert(command.end(), bundles.begin(), bundles.end());
    return run_program(command, {}, folder.path());
  }
  void expect_same(const std::string& name, int expected) {
    const ProgramResult our = ours("x.vigil");
    const ProgramResult their = stock({"x.vigil"});
    EXPECT_EQ(our.exit_status, expected) << name << "\n" << our.output << our.errors;
    EXPECT_EQ(their.exit_status, expected) << name << "\n" << their.output << their.errors;
  }
};

// A roster under which nothing but the fault itself is wrong: the device that signed them, and
// everybody whom a manifest names.
TEST_F(StockFrozen, AgreeOnEveryFrozenBundle) {
  const auto device =
      crypto::minisign::parse_public_key_file(vigil::test::read_file(kVectors + "/device.pub.key"));
  ASSERT_TRUE(device);
  world.roster.devices[0].key = *device;
  world.roster.recipients.clear();
  const auto vectors = vigil::test::read_vectors(kVectors);
  for (const auto& vector : vectors) {
    const auto members = bundle::read_archive(vector.content);
    if (!members) continue;
    const auto manifest = bundle::parse_manifest(as_text(members->front().content));
    if (!manifest) continue;
    for (const bundle::PayloadEntry& payload : manifest->payloads)
      for (const auto& recipient : payload.recipients)
        if (std::ranges::find(world.roster.recipients, recipient,
                              &trust::RosterRecipient::recipient) == world.roster.recipients.end())
          world.roster.recipients.push_back({recipient, trust::RecipientRole::kGeneral, false});
  }
  put_roster();
  std::size_t refused = 0;
  std::size_t accepted = 0;
  for (const auto& vector : vectors) {
    if (vector.code == "key") continue;
    folder.put("x.vigil", vector.content);
    // What only an opener sees ("open. ...") is well from outside.
    const bool outer = vector.code.starts_with("bundle.");
    expect_same(vector.name, outer ? 1 : 0);
    ++(outer ? refused : accepted);
  }
  EXPECT_GE(refused, 28U);
  EXPECT_GE(accepted, 15U);
}

TEST_F(StockFrozen, AgreeOnRostersThatAreNotTheOffices) {
  world.seal(world.first, "a1.vigil");
  folder.put("x.vigil", files.contents().at("a1.vigil"));
  put_roster();
  expect_same("ours", 0);
  std::size_t refused = 0;
  for (const auto& vector : vigil::test::read_vectors(VIGIL_SOURCE_DIR, "trust/roster")) {
    if (vector.value("expect") != "roster.signature") continue;
    const std::size_t size = std::stoul(vector.value("roster_bytes"));
    put_roster(vector.body.substr(0, size), vector.body.substr(size),
               crypto::minisign::parse_public_key(vector.value("root")).value());
    expect_same(vector.name, 1);
    EXPECT_NE(stock({"x.vigil"}).output.find("WRONG  roster: has a bad signature"),
              std::string::npos)
        << vector.name;
    ++refused;
  }
  EXPECT_GE(refused, 8U);
}

// A device that signs two payloads and packs one, with a link for the other: unpacked, all is
// there.
TEST_F(StockFrozen, AgreeOnLinksThatUnpackIntoTheRightFiles) {
  world.seal(world.first, "a1.vigil");
  auto members = bundle::read_archive(files.contents().at("a1.vigil")).value();
  auto manifest = bundle::parse_manifest(as_text(members[0].content)).value();
  manifest.payloads.push_back(manifest.payloads[0]);
  manifest.payloads[1].name = bundle::kRestrictedName;
  const std::string text = bundle::emit_manifest(manifest);
  const std::string signature =
      crypto::minisign::sign(world.first.key, crypto::blake2b_512(as_bytes(text)), bundle::kFormat);
  put_roster();
  for (const std::string kind : {"copy", "hard link", "symbolic link"}) {
    const vigil::test::TemporaryFolder inside;
    inside.put("manifest.json", as_bytes(text));
    inside.put("manifest.json.minisig", as_bytes(signature));
    const std::string payload = inside.put("payload.age", members[2].content);
    const std::filesystem::path other(inside.file("restricted.age"));
    if (kind == "copy") inside.put("restricted.age", members[2].content);
    if (kind == "hard link") std::filesystem::create_hard_link(payload, other);
    if (kind == "symbolic link") std::filesystem::create_symlink("payload.age", other);
    const auto packed =
        run_program({"tar", "--format=ustar", "--mtime=@0", "--owner=0", "--group=0",
                     "--numeric-owner", "--mode=0644", "-cf", folder.file("x.vigil"),
                     "manifest.json", "manifest.json.minisig", "payload.age", "restricted.age"},
                    {}, inside.path());
    ASSERT_EQ(packed.exit_status, 0) << packed.errors;
    expect_same(kind, kind == "copy" ? 0 : 1);
  }
}

TEST_F(StockFrozen, FileNamesAreNoCommandsAndNothingIsNeverWell) {
  world.seal(world.first, "a1.vigil");
  const Bytes good = files.contents().at("a1.vigil");
  put_roster();
  for (const std::string name : {"host:a.vigil", "with space.vigil", "$(touch b).vigil",
                                 "a;b.vigil", "*.vigil", "./-x.vigil"}) {
    folder.put(name, good);
    const auto said = stock({name});
    EXPECT_EQ(said.exit_status, 0) << name << said.output << said.errors;
    EXPECT_EQ(said.errors, "") << name;
    EXPECT_FALSE(std::filesystem::exists(folder.file("b")));
  }
  EXPECT_NE(stock({}).exit_status, 0) << "no bundle at all";
  EXPECT_NE(stock({"gone.vigil"}).exit_status, 0);
  EXPECT_NE(ours("gone.vigil").exit_status, 0);
}

}  // namespace
}  // namespace vigil::verify::test
