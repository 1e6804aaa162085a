// SPDX-License-Identifier: Apache-2.0
//
// docs/verify-with-stock-tools.sh, which uses tar, minisign, b2sum and jq alone, must reach the
// verdict that we reach, bundle set by bundle set.
#include <fstream>
#include <functional>

#include <gtest/gtest.h>

#include "core/bundle/archive.h"
#include "core/bundle/check.h"
#include "tests/app/verify/world.h"
#include "tests/support/memory_files.h"
#include "tests/support/run_program.h"

namespace vigil::verify::test {
namespace {

using Set = std::vector<std::pair<std::string, Bytes>>;  // file name, content

struct StockTools : testing::Test {
  vigil::test::MemoryFiles files;
  World world{files};

  void SetUp() override {
    for (const char* path : {"a1.vigil", "a2.vigil", "a3.vigil"}) world.seal(world.first, path);
    world.seal(world.second, "b1.vigil");
  }
  Bytes bytes(const std::string& name) { return files.contents().at(name); }
  Bytes changed(const std::string& name, const std::function<void(Bytes&)>& change) {
    Bytes content = bytes(name);
    change(content);
    return content;
  }
  // Takes a bundle apart, lets the test change its members, and packs it again.
  Bytes repacked(const std::string& name,
                 const std::function<void(std::vector<bundle::Member>&)>& change) {
    auto members = bundle::read_archive(bytes(name));
    EXPECT_TRUE(members);
    change(*members);
    return *bundle::write_archive(*members);
  }
  // The same with a manifest that the device really signs: what a bad device could do.
  Bytes resigned(const std::string& name, const std::function<void(std::string&)>& change) {
    return repacked(name, [&](std::vector<bundle::Member>& members) {
      std::string manifest(as_text(members[0].content));
      const std::string before = manifest;
      change(manifest);
      EXPECT_NE(manifest, before);
      members[0].content = to_bytes(manifest);
      members[1].content = to_bytes(crypto::minisign::sign(
          world.first.key, crypto::blake2b_512(members[0].content), bundle::kFormat));
    });
  }
  Bytes signature_changed(const std::function<void(std::string&)>& change) {
    return repacked("a1.vigil", [&](std::vector<bundle::Member>& members) {
      std::string text(as_text(members[1].content));
      change(text);
      members[1].content = to_bytes(text);
    });
  }

  int our_verdict(const Set& set) {
    std::vector<std::string> paths;
    for (const auto& [name, content] : set) {
      files.put("set/" + name, content);
      paths.push_back("set/" + name);
    }
    return exit_status(world.judge(paths, false));
  }
  // 0 or 1; what the script printed goes to `said`.
  int stock_verdict(const Set& set, std::string& said) {
    const vigil::test::TemporaryFolder folder;
    const auto made = world.sign();
    folder.put("roster.json", as_bytes(made.roster_json));
    folder.put("roster.json.minisig", as_bytes(made.signature_file));
    folder.put("root.pub",
               as_bytes(crypto::minisign::public_key_file(world.root.public_key(), "root")));
    std::vector<std::string> arguments{VIGIL_SOURCE_DIR "/docs/verify-with-stock-tools.sh",
                                       folder.file("roster.json"), folder.file("root.pub")};
    for (const auto& [name, content] : set) arguments.push_back(folder.put(name, content));
    const auto result = vigil::test::run_program(arguments);
    said = result.output + result.errors;
    return result.exit_status;
  }
  void expect_same(const std::string& name, const Set& set, int expected) {
    std::string said;
    EXPECT_EQ(our_verdict(set), expected) << name;
    EXPECT_EQ(stock_verdict(set, said), expected) << name << "\n" << said;
  }
  Set one(Bytes content) { return {{"x.vigil", std::move(content)}}; }
};

TEST_F(StockTools, AgreeOnWhatIsWell) {
  expect_same("one", one(bytes("a1.vigil")), 0);
  expect_same("a chain, another device, a copy",
              {{"1.vigil", bytes("a1.vigil")},
               {"2.vigil", bytes("a2.vigil")},
               {"3.vigil", bytes("a3.vigil")},
               {"3-copy.vigil", bytes("a3.vigil")},
               {"4.vigil", bytes("b1.vigil")}},
              0);
  world.roster.devices[0].revoked_after_sequence = 3;
  expect_same("unproven time", one(bytes("a1.vigil")), 0);
}

TEST_F(StockTools, AgreeOnDamage) {
  const std::size_t size = bytes("a1.vigil").size();
  const auto flip = [&](std::size_t at) {
    return one(changed("a1.vigil", [at](Bytes& content) { content[at] ^= 1; }));
  };
  expect_same("member name", flip(3), 1);
  expect_same("header mode", flip(104), 1);
  expect_same("header time", flip(140), 1);
  expect_same("header type", flip(156), 1);
  expect_same("header prefix", flip(400), 1);
  expect_same("manifest", flip(600), 1);
  expect_same("payload header", flip(5 * 512 + 40), 1);
  expect_same("payload end", flip(size - 10240 / 2), 1);
  expect_same("final padding", flip(size - 1), 1);
  expect_same("cut", one(changed("a1.vigil", [](Bytes& c) { c.resize(c.size() - 512); })), 1);
  expect_same("longer", one(changed("a1.vigil", [](Bytes& c) { c.resize(c.size() + 10240); })), 1);
  expect_same("two in one",
              one(changed("a1.vigil",
                          [&](Bytes& c) {
                            const Bytes more = bytes("a2.vigil");
                            c.insert(c.end(), more.begin(), more.end());
                          })),
              1);
  expect_same("empty", one({}), 1);
  expect_same("not an archive", one(to_bytes("hello")), 1);
}

TEST_F(StockTools, AgreeOnOtherMembers) {
  expect_same("added", one(repacked("a1.vigil", [](auto& m) { m.push_back({"more", {}}); })), 1);
  expect_same("left out", one(repacked("a1.vigil", [](auto& m) { m.pop_back(); })), 1);
  expect_same("renamed", one(repacked("a1.vigil", [](auto& m) { m[2].name = "payload.bin"; })), 1);
  expect_same("order", one(repacked("a1.vigil", [](auto& m) { std::swap(m[0], m[1]); })), 1);
  expect_same("another's payload",
              one(repacked("a1.vigil",
                           [&](auto& m) {
                             m[2].content =
                                 bundle::read_archive(bytes("a2.vigil")).value()[2].content;
                           })),
              1);
  expect_same("another's signature",
              one(repacked("a1.vigil",
                           [&](auto& m) {
                             m[1].content =
                                 bundle::read_archive(bytes("a2.vigil")).value()[1].content;
                           })),
              1);
  expect_same(
      "payload posed as restricted",
      one(repacked("a1.vigil", [](auto& m) { m.push_back({"restricted.age", m[2].content}); })), 1);
}

TEST_F(StockTools, AgreeOnSignatureFiles) {
  const auto with = [&](const std::string& name, const std::function<void(std::string&)>& change) {
    expect_same(name, one(signature_changed(change)), 1);
  };
  with("untrusted comment", [](std::string& s) { s.replace(s.find("Vigil"), 5, "Other"); });
  with("trusted comment", [](std::string& s) { s.replace(s.find("bundle-1"), 8, "bundle-2"); });
  with("CRLF", [](std::string& s) {
    for (std::size_t i = 0; (i = s.find('\n', i)) != std::string::npos; i += 2) s.insert(i, "\r");
  });
  with("a line more", [](std::string& s) { s += "more\n"; });
  with("twice", [](std::string& s) { s += s; });
  with("no final newline", [](std::string& s) { s.pop_back(); });
  with("legacy algorithm", [](std::string& s) { s[s.find('\n') + 2] = 'W'; });
  with("space at the end of the comment",
       [](std::string& s) { s.insert(s.find("\n", s.find("trusted comment: vigil")), " "); });
  Tablet stranger;
  world.seal(stranger, "s.vigil");
  expect_same("stranger", one(bytes("s.vigil")), 1);
}

TEST_F(StockTools, AgreeOnWhatABadDeviceSigns) {
  const auto with = [&](const std::string& name, std::string_view from, std::string_view to) {
    expect_same(name,
                one(resigned("a1.vigil",
                             [&](std::string& m) { m.replace(m.find(from), from.size(), to); })),
                1);
  };
  with("space", "\"sequence\":", "\"sequence\": ");
  with("other format", "vigil-bundle-1", "vigil-bundle-2");
  with("unknown member", "\"sequence\"", "\"place\":\"x\",\"sequence\"");
  with("member twice", "\"sequence\":1", "\"sequence\":1,\"sequence\":1");
  with("float", "\"sequence\":1", "\"sequence\":1.5");
  with("first with a previous one", "\"previous\":\"0", "\"previous\":\"1");
  with("size", "\"size_bytes\":", "\"size_bytes\":1");
  with("digest", "\"digest\":\"", "\"digest\":\"00");
  const auto other = crypto::age::Identity::generate().recipient();
  const auto mine = world.general.recipient();
  with("recipient outside the roster", crypto::age::to_string(mine), crypto::age::to_string(other));
  world.roster.recipients.push_back({other, trust::RecipientRole::kRecovery, false});
  with("a recipient without a stanza", "\"" + crypto::age::to_string(mine) + "\"",
       "\"" + crypto::age::to_string(mine) + "\",\"" + crypto::age::to_string(other) + "\"");
  expect_same("another device's key",
              one(resigned("a1.vigil",
                           [&](std::string& m) {
                             const auto key =
                                 crypto::minisign::to_string(world.first.key.public_key());
                             m.replace(m.find(key), key.size(),
                                       crypto::minisign::to_string(world.second.key.public_key()));
                           })),
              1);
}

TEST_F(StockTools, AgreeOnChainsAndRosters) {
  expect_same("gap", {{"1.vigil", bytes("a1.vigil")}, {"3.vigil", bytes("a3.vigil")}}, 1);
  world.first.sequence = 2;
  world.seal(world.first, "fork.vigil");  // number 3 after number 3
  expect_same("fork", {{"3.vigil", bytes("a3.vigil")}, {"f.vigil", bytes("fork.vigil")}}, 1);
  world.first.sequence = 1;
  world.first.previous.value.fill(7);
  world.seal(world.first, "splice.vigil");
  expect_same("splice", {{"1.vigil", bytes("a1.vigil")}, {"2.vigil", bytes("splice.vigil")}}, 1);
  world.roster.devices[0].revoked_after_sequence = 1;
  expect_same("revoked", one(bytes("a2.vigil")), 1);
  world.roster.devices[0].revoked_after_sequence.reset();
  world.roster.devices[0].from_sequence = 3;
  expect_same("before enrolment", one(bytes("a2.vigil")), 1);
}

TEST(StockToolsScript, HasAtMostFiftyLines) {
  std::ifstream script(VIGIL_SOURCE_DIR "/docs/verify-with-stock-tools.sh");
  std::size_t lines = 0;
  for (std::string line; std::getline(script, line);) ++lines;
  EXPECT_GT(lines, 0U);
  EXPECT_LE(lines, 50U);
}

TEST(StockToolsScript, RefusesARosterByAStranger) {
  vigil::test::MemoryFiles files;
  World world(files);
  const vigil::test::TemporaryFolder folder;
  const auto made = world.sign();
  folder.put("roster.json", as_bytes(made.roster_json));
  folder.put("roster.json.minisig", as_bytes(made.signature_file));
  const auto stranger = crypto::minisign::SecretKey::generate().public_key();
  folder.put("root.pub", as_bytes(crypto::minisign::public_key_file(stranger, "root")));
  world.seal(world.first, "a1.vigil");
  const auto result = vigil::test::run_program(
      {VIGIL_SOURCE_DIR "/docs/verify-with-stock-tools.sh", folder.file("roster.json"),
       folder.file("root.pub"), folder.put("a1.vigil", files.contents().at("a1.vigil"))});
  EXPECT_EQ(result.exit_status, 1) << result.output << result.errors;
}

}  // namespace
}  // namespace vigil::verify::test
