// SPDX-License-Identifier: Apache-2.0
//
// What bad input gets, from the programs themselves: one clear sentence, the exit status of the
// design, nothing lost and nothing half-done.
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/run_program.h"

namespace vigil {
namespace {

namespace fs = std::filesystem;

const std::string kBin = VIGIL_BIN_DIR;
const std::string kPack = VIGIL_SOURCE_DIR "/forms/packs/police-custody";

void write(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

std::string read(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// One office and one enrolled tablet with a sealed bundle, made once for all tests here by the
// programs themselves.
class BadInput : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    root_ = fs::temp_directory_path() / ("vigil-bad-input-" + std::to_string(::getpid()));
    fs::create_directories(root_);
    fs::permissions(root_, fs::perms::owner_all);
    write(path("pass"), "river stone seven lamps\n");
    write(path("other-pass"), "quite another one\n");
    fs::permissions(path("pass"), fs::perms::owner_read | fs::perms::owner_write);
    fs::permissions(path("other-pass"), fs::perms::owner_read | fs::perms::owner_write);
    ctl({"office", "init", path("office"), "--name", "demo", "--light"});
    ctl({"device", "init", path("tablet"), "--light"});
    ctl({"device", "request", path("tablet"), "-o", path("request")});
    ctl({"office", "approve", path("office"), path("request"), "--compared"});
    ctl({"office", "add-form", path("office"), kPack});
    ctl({"office", "kit", path("office"), "-o", path("kit")});
    ctl({"device", "accept", path("tablet"), path("kit"), "--root", path("office/root.pub")});
    visit_ = new_visit();
    ctl({"visit", "finalise", path("tablet"), visit_, "--allow-missing"});
    for (const auto& entry : fs::directory_iterator(path("tablet/outbox")))
      if (entry.path().extension() == ".vigil") bundle_ = entry.path();
  }
  static void TearDownTestSuite() { fs::remove_all(root_); }

  static std::string path(const std::string& name) { return root_ / name; }

  static test::ProgramResult try_ctl(std::vector<std::string> arguments,
                                     const std::string& pass = "pass") {
    if (!pass.empty()) {
      arguments.push_back("--passphrase-file");
      arguments.push_back(path(pass));
    }
    arguments.insert(arguments.begin(), kBin + "/vigilctl");
    return test::run_program(arguments);
  }
  static std::string ctl(const std::vector<std::string>& arguments) {
    const auto result = try_ctl(arguments);
    EXPECT_EQ(result.exit_status, 0)
        << arguments[0] << " " << arguments[1] << ": " << result.errors;
    return result.output;
  }
  static std::string new_visit() {
    const std::string text =
        ctl({"visit", "new", path("tablet"), "--place", "x", "--form", "police-custody", "--json"});
    const std::string key = "\"visit\":\"";
    const std::size_t start = text.find(key) + key.size();
    return text.substr(start, text.find('"', start) - start);
  }
  static std::string copy_tablet(const std::string& name) {
    fs::copy(path("tablet"), path(name), fs::copy_options::recursive);
    return path(name);
  }
  static std::string changed_bundle(const std::string& name, std::string content) {
    write(path(name), content);
    return path(name);
  }

  // One sentence on standard error, with this exit status, that holds no secret.
  static void expect_refusal(const test::ProgramResult& result, int status,
                             const std::string& word) {
    EXPECT_EQ(result.exit_status, status) << result.output << result.errors;
    const std::string text = result.errors + result.output;
    EXPECT_NE(text.find(word), std::string::npos) << text;
    EXPECT_EQ(text.find("river stone"), std::string::npos);
    EXPECT_EQ(std::count(result.errors.begin(), result.errors.end(), '\n'),
              result.errors.empty() ? 0 : 1)
        << "more than one line: " << result.errors;
  }

  static fs::path root_;
  static std::string visit_;
  static std::string bundle_;
};
fs::path BadInput::root_;
std::string BadInput::visit_;
std::string BadInput::bundle_;

TEST_F(BadInput, WrongPassphraseIsRefusedAndTheRightOneStillOpens) {
  expect_refusal(try_ctl({"visit", "list", path("tablet")}, "other-pass"), 1, "passphrase");
  EXPECT_EQ(try_ctl({"visit", "list", path("tablet")}).exit_status, 0);
}

TEST_F(BadInput, AFolderWithoutAVaultIsNotMadeIntoOne) {
  expect_refusal(try_ctl({"visit", "list", path("nowhere")}), 3, "no vault");
  EXPECT_FALSE(fs::exists(path("nowhere")));
}

TEST_F(BadInput, AnEmptyDatabaseIsRefusedAndStaysEmpty) {
  const std::string folder = copy_tablet("empty");
  write(folder + "/vault.db", "");
  fs::remove(folder + "/vault.db-wal");
  expect_refusal(try_ctl({"visit", "list", folder}), 1, "vault.db");
  EXPECT_EQ(fs::file_size(folder + "/vault.db"), 0U);
}

TEST_F(BadInput, APlaintextDatabaseIsRefusedAndNotTouched) {
  const std::string folder = copy_tablet("plaintext");
  const std::string plain = std::string("SQLite format 3\0", 16) + std::string(4080, '\0');
  write(folder + "/vault.db", plain);
  fs::remove(folder + "/vault.db-wal");
  expect_refusal(try_ctl({"visit", "list", folder}), 1, "encrypted");
  EXPECT_EQ(read(folder + "/vault.db"), plain);
}

TEST_F(BadInput, AForeignDatabaseIsRefusedAndNotTouched) {
  const std::string folder = copy_tablet("foreign");
  fs::copy_file(path("office/vault.db"), folder + "/vault.db",
                fs::copy_options::overwrite_existing);
  fs::remove(folder + "/vault.db-wal");
  const std::string before = read(folder + "/vault.db");
  expect_refusal(try_ctl({"visit", "list", folder}), 1, "vault");
  EXPECT_EQ(read(folder + "/vault.db"), before);
}

TEST_F(BadInput, AFormWithMistakesNamesSheetRowAndColumn) {
  fs::create_directories(path("form"));
  write(path("form/survey.csv"),
        "type,name,label,relevant\nintegr,age,Age,\ntext,b,B,${agee} > 3\n");
  const auto result = try_ctl({"form", "check", path("form")}, "");
  EXPECT_EQ(result.exit_status, 1);
  for (const char* word : {"survey", "2", "3", "type", "relevant", "integer", "age"})
    EXPECT_NE(result.errors.find(word), std::string::npos) << word << " in: " << result.errors;
}

TEST_F(BadInput, AFormThatIsNotThereCouldNotBeRead) {
  expect_refusal(try_ctl({"form", "check", path("no-such.xlsx")}, ""), 3, "no-such.xlsx");
}

TEST_F(BadInput, ACutBundleIsKeptAsideWithItsReason) {
  const std::string whole = read(bundle_);
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{511}, whole.size() / 2, whole.size() - 1}) {
    const auto result =
        try_ctl({"import", path("office"), changed_bundle("cut.vigil", whole.substr(0, size))});
    EXPECT_EQ(result.exit_status, 1) << size;
    EXPECT_NE(result.output.find("kept aside"), std::string::npos) << result.output;
  }
}

TEST_F(BadInput, AChangedBundleIsRefusedByOfficeAndAuditor) {
  std::string content = read(bundle_);
  content[content.size() / 2] = static_cast<char>(content[content.size() / 2] ^ 1);
  const std::string changed = changed_bundle("changed.vigil", content);
  EXPECT_EQ(try_ctl({"import", path("office"), changed}).exit_status, 1);
  const auto verdict =
      test::run_program({kBin + "/vigil-verify", changed, "--roster", path("office/roster.json"),
                         "--root", path("office/root.pub")});
  EXPECT_EQ(verdict.exit_status, 1) << verdict.output << verdict.errors;
}

TEST_F(BadInput, ABundleOfAStrangerOrForAnotherOfficeIsNotImported) {
  // Another office with another tablet: its bundle is a stranger's here, and ours is one there.
  ctl({"office", "init", path("office-b"), "--name", "other", "--light"});
  const auto there = try_ctl({"import", path("office-b"), bundle_});
  EXPECT_EQ(there.exit_status, 1);
  EXPECT_NE(there.output.find("kept aside"), std::string::npos) << there.output;
  const auto verdict =
      test::run_program({kBin + "/vigil-verify", bundle_, "--roster", path("office-b/roster.json"),
                         "--root", path("office-b/root.pub")});
  EXPECT_EQ(verdict.exit_status, 1);
  const auto list = try_ctl({"visit", "list", path("office-b"), "--json"});
  EXPECT_NE(list.output.find("\"visits\":[]"), std::string::npos) << list.output;
}

TEST_F(BadInput, ABundleThatIsInAlreadyChangesNothing) {
  EXPECT_EQ(try_ctl({"import", path("office"), bundle_}).exit_status, 0);
  const auto again = try_ctl({"import", path("office"), bundle_});
  EXPECT_EQ(again.exit_status, 0);
  EXPECT_NE(again.output.find("already"), std::string::npos) << again.output;
}

TEST_F(BadInput, AHubThatIsNotThereLosesNothing) {
  const auto result =
      try_ctl({"push", path("tablet"), "--hub", "http://127.0.0.1:9"});  // discard: nobody listens
  expect_refusal(result, 3, "hub");
  EXPECT_TRUE(fs::exists(bundle_));
}

TEST_F(BadInput, ASealedVisitIsNotShownFilledOrSealedAgain) {
  write(path("answers"), "{\"do\":\"set\",\"ref\":\"/data/closing/overall\",\"value\":\"x\"}\n");
  expect_refusal(try_ctl({"visit", "show", path("tablet"), visit_}), 1, "sealed");
  expect_refusal(try_ctl({"visit", "fill", path("tablet"), visit_, "--answers", path("answers")}),
                 1, "sealed");
  expect_refusal(try_ctl({"visit", "finalise", path("tablet"), visit_}), 1, "sealed");
}

// An answer becomes wrong when another one changes. Who was sent away seals it all the same; nobody
// at the office takes it for a checked one.
TEST_F(BadInput, AnAnswerThatBreaksARuleIsSealedOnlyWhereAskedAndMarkedAtTheOffice) {
  const std::string open = new_visit();
  const std::string group = "/data/registration/";
  write(path("answers"), "{\"do\":\"set\",\"ref\":\"" + group + "reg_sample\",\"value\":\"10\"}\n" +
                             "{\"do\":\"set\",\"ref\":\"" + group +
                             "reg_in_time\",\"value\":\"8\"}\n" + "{\"do\":\"set\",\"ref\":\"" +
                             group + "reg_sample\",\"value\":\"5\"}\n");
  ctl({"visit", "fill", path("tablet"), open, "--answers", path("answers")});
  expect_refusal(try_ctl({"visit", "finalise", path("tablet"), open, "--allow-missing"}), 1,
                 "does not allow");
  const std::string shown = ctl({"visit", "show", path("tablet"), open});
  EXPECT_NE(shown.find("contradict the form's own rules"), std::string::npos) << shown;
  ctl({"visit", "finalise", path("tablet"), open, "--allow-missing", "--allow-wrong"});
  for (const auto& entry : fs::directory_iterator(path("tablet/outbox")))
    if (entry.path().extension() == ".vigil") ctl({"import", path("office"), entry.path()});
  const std::string office = ctl({"visit", "show", path("office"), open});
  EXPECT_NE(office.find("contradict the form's own rules"), std::string::npos) << office;
  EXPECT_NE(office.find("More than the entries"), std::string::npos) << office;
  const std::string json = ctl({"visit", "show", path("office"), open, "--json"});
  EXPECT_NE(json.find("\"wrong\":[{\"ref\":\"" + group + "reg_in_time"), std::string::npos) << json;
}

TEST_F(BadInput, AVisitWithARequiredGapIsNotSealedUnlessAsked) {
  const std::string open = new_visit();
  expect_refusal(try_ctl({"visit", "finalise", path("tablet"), open}), 1, "required");
  const auto list = try_ctl({"visit", "list", path("tablet"), "--json"});
  EXPECT_NE(list.output.find("\"visit\":\"" + open + "\""), std::string::npos);
  EXPECT_EQ(try_ctl({"visit", "show", path("tablet"), open}).exit_status, 0);
}

TEST_F(BadInput, ARolledBackKitIsRefused) {
  fs::copy_file(path("kit"), path("old-kit"), fs::copy_options::overwrite_existing);
  ctl({"device", "init", path("tablet-2"), "--label", "tablet-2", "--light"});
  ctl({"device", "request", path("tablet-2"), "-o", path("request-2")});
  ctl({"office", "approve", path("office"), path("request-2"), "--compared"});
  ctl({"office", "kit", path("office"), "-o", path("new-kit")});
  ctl({"device", "accept", path("tablet"), path("new-kit")});
  expect_refusal(try_ctl({"device", "accept", path("tablet"), path("old-kit")}), 1, "older");
}

TEST_F(BadInput, AKitOfAnotherOfficeIsRefused) {
  ctl({"office", "init", path("office-c"), "--name", "third", "--light"});
  ctl({"office", "kit", path("office-c"), "-o", path("kit-c")});
  expect_refusal(try_ctl({"device", "accept", path("tablet"), path("kit-c")}), 1, "");
}

TEST_F(BadInput, WhatXmlCannotHoldIsRefusedAndTheRestIsStored) {
  const std::string open = new_visit();
  write(path("control"),
        "{\"do\":\"set\",\"ref\":\"/data/closing/overall\",\"value\":\"a\\u0000b\"}\n"
        "{\"do\":\"set\",\"ref\":\"/data/closing/overall\",\"value\":\"\\u001b[2J\"}\n"
        "{\"do\":\"set\",\"ref\":\"/data/closing/overall\",\"value\":\"\\ud800\"}\n"
        "not json\n"
        "{\"do\":\"set\",\"ref\":\"/data/closing/overall\",\"value\":\"kept\"}\n");
  const auto result =
      try_ctl({"visit", "fill", path("tablet"), open, "--answers", path("control"), "--json"});
  EXPECT_EQ(result.exit_status, 1);
  EXPECT_NE(result.output.find("\"accepted\":1,"), std::string::npos) << result.output;
  EXPECT_NE(result.output.find("\"line\":4"), std::string::npos) << result.output;
  EXPECT_EQ(try_ctl({"visit", "new", path("tablet"), "--place", "a\nFORGED-01 sealed"}).exit_status,
            2);
}

TEST_F(BadInput, ALabelThatCannotStandInARosterIsRefusedBeforeAnythingIsMade) {
  expect_refusal(try_ctl({"device", "init", path("named"), "--label", "Планшет два"}), 2, "label");
  EXPECT_FALSE(fs::exists(path("named")));
  expect_refusal(try_ctl({"office", "init", path("named"), "--name", "Кыргыз НПМ"}), 2, "name");
  EXPECT_FALSE(fs::exists(path("named")));
}

TEST_F(BadInput, ARevocationIsNeitherTheOfficesOwnNorTakenBack) {
  ctl({"device", "init", path("tablet-3"), "--label", "tablet-3", "--light"});
  ctl({"device", "request", path("tablet-3"), "-o", path("request-3")});
  ctl({"office", "approve", path("office"), path("request-3"), "--compared"});
  expect_refusal(try_ctl({"office", "revoke", path("office"), "office", "--after-sequence", "0"}),
                 2, "own key");
  ctl({"office", "revoke", path("office"), "tablet-3", "--after-sequence", "1"});
  expect_refusal(try_ctl({"office", "revoke", path("office"), "tablet-3", "--after-sequence", "5"}),
                 1, "already");
  expect_refusal(try_ctl({"office", "approve", path("office"), path("request-3"), "--compared"}), 1,
                 "revoked");
}

TEST_F(BadInput, WrongUsageExitsWithTwo) {
  EXPECT_EQ(try_ctl({"visit"}, "").exit_status, 2);
  EXPECT_EQ(try_ctl({"no-such-command"}, "").exit_status, 2);
  EXPECT_EQ(try_ctl({"visit", "list"}, "").exit_status, 2);
  for (const char* program : {"/vigilctl", "/vigil-hub", "/vigil-verify", "/vigil"}) {
    const auto help = test::run_program({kBin + program, "--help"});
    EXPECT_EQ(help.exit_status, 0) << program;
    EXPECT_GT(help.output.size(), 100U) << program;
    EXPECT_EQ(test::run_program({kBin + program, "--no-such-option"}).exit_status, 2) << program;
  }
}

TEST_F(BadInput, ErrorsAreJsonWhereJsonWasAskedFor) {
  const auto result = try_ctl({"--json", "visit", "list", path("nowhere")});
  EXPECT_EQ(result.exit_status, 3);
  EXPECT_TRUE(result.errors.starts_with("{\"error\":{\"code\":\"vault.absent\"")) << result.errors;
}

}  // namespace
}  // namespace vigil
