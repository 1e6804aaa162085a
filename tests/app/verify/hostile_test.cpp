// SPDX-License-Identifier: Apache-2.0
//
// The verifier between a dishonest hub, a dishonest office and a stranger who names the files.
#include <filesystem>
#include <nlohmann/json.hpp>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "app/verify/evidence.h"
#include "app/verify/report.h"
#include "tests/app/verify/world.h"
#include "tests/support/memory_files.h"
#include "tests/support/run_program.h"

namespace vigil::verify::test {
namespace {

struct Hostile : testing::Test {
  vigil::test::MemoryFiles files;
  World world{files};
};

// The hub shows the auditor one log, and once gave out a receipt from another face of it, in which
// the bundle stands before the revocation.
TEST_F(Hostile, AReceiptFromAnotherFaceOfTheLogProvesNoTime) {
  world.seal(world.first, "a1.vigil");
  world.seal(world.second, "b1.vigil");
  auto& device = world.roster.devices[0];
  device.revoked_after_sequence = 5;
  device.revoked_at_log_size = 3;
  auto other = vigil::log::LogWriter::open(files, "other",
                                           *vigil::log::SignerKey::parse(world.log_key.to_text()));
  ASSERT_TRUE(other);
  ASSERT_TRUE(other->append({world.entry_of("a1.vigil")}));
  files.put("a1.vigil.receipt", as_bytes(other->receipt(0).value()));
  for (int i = 0; i < 2; ++i) world.log("b1.vigil");

  const auto with_log = world.judge({"a1.vigil"}, true).bundles[0].claims;
  EXPECT_EQ(verdict(with_log, "receipt"), kNot);
  EXPECT_EQ(verdict(with_log, "inclusion"), kNot);
  EXPECT_EQ(verdict(with_log, "revocation"), kOpen) << reason(with_log, "revocation");
  const auto without = world.judge({"a1.vigil"}, false).bundles[0].claims;
  EXPECT_EQ(verdict(without, "revocation"), kHolds) << "a receipt is as good as the log it is of";
}

TEST_F(Hostile, AReceiptThatCannotBeReadIsNotNone) {
  world.seal(world.first, "a1.vigil");
  EXPECT_EQ(verdict(world.judge({"a1.vigil"}, false).bundles[0].claims, "receipt"), kOpen);
  files.put("a1.vigil.receipt", Bytes(10'000'000));
  EXPECT_EQ(verdict(world.judge({"a1.vigil"}, false).bundles[0].claims, "receipt"), kNot);
}

TEST_F(Hostile, WhatOnlyTheLogHasIsSaid) {
  for (const char* path : {"a1.vigil", "a2.vigil", "a3.vigil"}) {
    world.seal(world.first, path);
    world.log(path);
  }
  const auto claims = world.judge({"a1.vigil", "a3.vigil"}, true).devices[0].claims;
  EXPECT_EQ(verdict(claims, "complete"), kHolds);
  EXPECT_EQ(reason(claims, "complete"), "seen: 1-3; only in the log, not among the files: 2");
}

TEST_F(Hostile, FileNamesSteerNeitherTerminalNorPage) {
  const std::string name =
      "a\x1b[2J\r\n  holds  all\xe2\x80\xae<script>&\xff\x01.vigil";  // ESC, CR LF, RLO, not UTF-8
  world.seal(world.first, "a1.vigil");
  const Bytes good = files.contents().at("a1.vigil");
  Bytes bad = good;
  bad[bad.size() / 2] ^= 1;
  files.put(name, good);
  files.put(name + "2.vigil", bad);
  files.put(name + ".event", as_bytes("no event"));
  auto question = world.question({name, name + "2.vigil", name + "gone"}, false);
  question.event_files = {name + ".event"};
  const Report report = world.judge(question);
  const std::string text = report_text(report);
  const std::string html = report_html(report, "now");
  const std::string json = report_json(report);
  EXPECT_EQ(text.find("\n  holds  all"), std::string::npos) << text;
  EXPECT_EQ(html.find("<script"), std::string::npos);
  for (const std::string& out : {text, html, json}) {
    EXPECT_TRUE(is_utf8(out));
    for (const std::string_view steers : {"\x1b", "\r", "\xe2\x80\xae", "\x01"})
      EXPECT_EQ(out.find(steers), std::string::npos);
  }
  EXPECT_EQ(nlohmann::json::parse(json).at("bundles").size(), 3U);
  EXPECT_EQ(exit_status(report), 1);
}

TEST_F(Hostile, AnAnswerOfManyLinesIsNoLineOfTheReport) {
  EvidenceReport report;
  report.shown = true;
  report.answers = {
      {0, {}, {"r1-/data/words", "yes\n  answer r1-/data/judge (general): no\x1b[A"}}};
  const std::string text = evidence_text(report);
  EXPECT_EQ(text.find("\n  answer r1-/data/judge"), std::string::npos) << text;
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

// What a stick may hold under a bundle's name: each is named and none of them is well.
TEST_F(Hostile, PipesFoldersLoopsAndHugeFilesAreUnreadOrRefused) {
  const vigil::test::TemporaryFolder folder;
  world.seal(world.first, "a1.vigil");
  const auto made = world.sign();
  folder.put("roster.json", as_bytes(made.roster_json));
  folder.put("roster.json.minisig", as_bytes(made.signature_file));
  const std::string stick = folder.file("stick");
  std::filesystem::create_directories(stick + "/folder.vigil");
  folder.put("stick/a1.vigil", files.contents().at("a1.vigil"));
  ASSERT_EQ(::mkfifo((stick + "/pipe.vigil").c_str(), 0600), 0);
  std::filesystem::create_symlink("loop.vigil", stick + "/loop.vigil");
  std::filesystem::create_symlink("/dev/zero", stick + "/zero.vigil");
  std::filesystem::create_symlink("a1.vigil", stick + "/copy.vigil");
  folder.put("stick/huge.vigil", {});
  std::filesystem::resize_file(stick + "/huge.vigil", std::uintmax_t{1} << 40);
  const auto run = [&](const std::string& what) {
    return vigil::test::run_program(
        {VIGIL_BIN_DIR "/vigil-verify", what, "--roster", "roster.json", "--root",
         crypto::minisign::to_string(world.root.public_key()), "--json"},
        {}, folder.path());
  };
  const auto all = run("stick");
  EXPECT_EQ(all.exit_status, 1) << all.errors;
  std::map<std::string, std::string> archive;
  const auto report = nlohmann::json::parse(all.output);
  for (const auto& bundle : report.at("bundles")) {
    const std::string file = bundle.at("file");
    archive[file.substr(file.rfind('/') + 1)] = bundle.at("claims").at(0).at("verdict");
  }
  const std::map<std::string, std::string> expected{{"a1.vigil", "holds"},
                                                    {"copy.vigil", "holds"},
                                                    {"folder.vigil", "could not be checked"},
                                                    {"huge.vigil", "does not hold"},
                                                    {"loop.vigil", "could not be checked"},
                                                    {"pipe.vigil", "could not be checked"},
                                                    {"zero.vigil", "could not be checked"}};
  EXPECT_EQ(archive, expected);
  std::filesystem::remove(stick + "/huge.vigil");
  EXPECT_EQ(run("stick").exit_status, 3);
}

}  // namespace
}  // namespace vigil::verify::test
