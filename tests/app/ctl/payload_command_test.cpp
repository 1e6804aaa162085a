// SPDX-License-Identifier: Apache-2.0
//
// vigilctl payload and vigilctl signature as a person, a script or a stock tool meets them.
#include <gtest/gtest.h>

#include "tests/support/run_program.h"
#include "tests/support/vectors.h"

namespace vigil {
namespace {

using test::ProgramResult;
using test::run_program;
using test::TemporaryFolder;

const std::string kProgram = VIGIL_BIN_DIR "/vigilctl";
const std::string kVectors = VIGIL_SOURCE_DIR "/tests/vectors";

std::string between(const std::string& text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) return "";
  return text.substr(at, text.find(to, at) - at);
}

class PayloadCommand : public testing::Test {
 protected:
  void SetUp() override {
    const auto made = run_program({"age-keygen", "-o", "key"}, {}, folder.path());
    ASSERT_EQ(made.exit_status, 0);
    recipient = between(made.errors, "age1", "\n");
    folder.put("passphrase", as_bytes("correct horse\n"));
  }
  [[nodiscard]] ProgramResult run(std::vector<std::string> arguments,
                                  std::string_view input = {}) const {
    arguments.insert(arguments.begin(), {kProgram, "payload"});
    return run_program(arguments, input, folder.path());
  }
  const TemporaryFolder folder;
  std::string recipient;
};

TEST_F(PayloadCommand, WritesFromPipeToPipeWhatTheStockToolReads) {
  const std::string text(300'000, 'v');
  for (const bool armor : {false, true}) {
    std::vector<std::string> arguments{"encrypt", "-r", recipient};
    if (armor) arguments.emplace_back("--armor");
    const auto locked = run(arguments, text);
    ASSERT_EQ(locked.exit_status, 0) << locked.errors;
    EXPECT_EQ(locked.output.starts_with("-----BEGIN"), armor);
    const auto opened = run_program({"age", "-d", "-i", "key"}, locked.output, folder.path());
    EXPECT_EQ(opened.exit_status, 0) << opened.errors;
    EXPECT_TRUE(opened.output == text);
  }
}

TEST_F(PayloadCommand, ReadsFromPipeToPipeWhatTheStockToolWrites) {
  const std::string text(300'000, 'v');
  for (const std::string option : {"-e", "-a"}) {
    const auto locked = run_program({"age", option, "-r", recipient}, text);
    ASSERT_EQ(locked.exit_status, 0) << locked.errors;
    const auto opened = run({"decrypt", "-i", "key"}, locked.output);
    EXPECT_EQ(opened.exit_status, 0) << opened.errors;
    EXPECT_TRUE(opened.output == text);
  }
}

TEST_F(PayloadCommand, FilesAndSeveralIdentitiesWork) {
  folder.put("plain", as_bytes("one file"));
  ASSERT_EQ(run_program({"age-keygen", "-o", "other"}, {}, folder.path()).exit_status, 0);
  ASSERT_EQ(run({"encrypt", "-r", recipient, "-o", "locked", "plain"}).exit_status, 0);
  const auto opened = run({"decrypt", "-i", "other", "-i", "key", "-o", "again", "locked"});
  ASSERT_EQ(opened.exit_status, 0) << opened.errors;
  EXPECT_EQ(as_text(folder.get("again")), "one file");
  const auto standard_name = run({"decrypt", "-i", "key", "-o", "-", "locked"});
  EXPECT_EQ(standard_name.output, "one file");
}

// As the stock tool is called most: the options first, the file last.
TEST_F(PayloadCommand, TheFileMayFollowARepeatableOption) {
  folder.put("plain", as_bytes("one file"));
  folder.put("recipients", as_bytes("# a comment\n" + recipient + "\n"));
  for (const std::vector<std::string>& whom :
       {std::vector<std::string>{"-r", recipient}, {"-R", "recipients"}}) {
    const auto locked = run({"encrypt", "-o", "locked", whom[0], whom[1], "plain"});
    ASSERT_EQ(locked.exit_status, 0) << locked.errors;
    const auto opened = run({"decrypt", "-i", "key", "locked"});
    EXPECT_EQ(opened.exit_status, 0) << opened.errors;
    EXPECT_EQ(opened.output, "one file");
  }
}

TEST_F(PayloadCommand, AnIdentityMayComeFromStandardInput) {
  ASSERT_EQ(run({"encrypt", "-o", "locked", "-r", recipient}, "one file").exit_status, 0);
  const Bytes key = folder.get("key");
  const auto opened = run({"decrypt", "-i", "-", "locked"}, as_text(key));
  EXPECT_EQ(opened.exit_status, 0) << opened.errors;
  EXPECT_EQ(opened.output, "one file");
  EXPECT_EQ(run({"decrypt", "-i", "-"}, as_text(key)).exit_status, 2);
  EXPECT_EQ(run({"decrypt", "-i", "-", "-i", "-", "locked"}, as_text(key)).exit_status, 2);
}

// The failures as a person makes them: files that the stock tool wrote, damaged afterwards.
TEST_F(PayloadCommand, NothingThatIsNotAuthenticComesOut) {
  const std::string text(200'000, 'v');
  folder.put("plain", as_bytes(text));
  ASSERT_EQ(
      run_program({"age", "-r", recipient, "-o", "good", "plain"}, {}, folder.path()).exit_status,
      0);
  const Bytes good = folder.get("good");
  for (const std::size_t at :
       {std::size_t{0}, std::size_t{60}, std::size_t{300}, std::size_t{70'000}, good.size() - 1}) {
    Bytes bad = good;
    bad[at] ^= 1;
    folder.put("bad", bad);
    const auto opened = run({"decrypt", "--json", "-i", "key", "bad"});
    EXPECT_EQ(opened.exit_status, 1) << at;
    EXPECT_TRUE(opened.errors.starts_with("{\"error\":{\"class\":\"")) << opened.errors;
    EXPECT_EQ(opened.output, text.substr(0, opened.output.size())) << at;
    if (at <= 300) {
      EXPECT_EQ(opened.output, "") << at;
    }
  }
}

TEST_F(PayloadCommand, PassphrasesComeFromAFile) {
  const auto locked = run({"encrypt", "--passphrase-file", "passphrase"}, "for the safe");
  ASSERT_EQ(locked.exit_status, 0) << locked.errors;
  EXPECT_NE(locked.output.find("-> scrypt "), std::string::npos);
  const auto opened = run({"decrypt", "--passphrase-file", "passphrase"}, locked.output);
  EXPECT_EQ(opened.exit_status, 0) << opened.errors;
  EXPECT_EQ(opened.output, "for the safe");
}

TEST_F(PayloadCommand, AnIdentityFileMayBeLockedItself) {
  const auto locked = run({"encrypt", "--passphrase-file", "passphrase", "-o", "key.age", "key"});
  ASSERT_EQ(locked.exit_status, 0) << locked.errors;
  const auto file = run({"encrypt", "-r", recipient}, "recovered");
  const auto opened =
      run({"decrypt", "-i", "key.age", "--passphrase-file", "passphrase"}, file.output);
  EXPECT_EQ(opened.exit_status, 0) << opened.errors;
  EXPECT_EQ(opened.output, "recovered");
}

TEST_F(PayloadCommand, AFailureNamesItsClassForPrograms) {
  for (const test::Vector& vector : test::read_vectors(kVectors + "/age")) {
    if (vector.code == "key") continue;
    std::vector<std::string> arguments{"decrypt", "--json", "-i", kVectors + "/age/identity.key"};
    folder.put("open", as_bytes("open\n"));
    if (vector.name.find("scrypt") != std::string::npos ||
        vector.name.find("passphrase") != std::string::npos) {
      arguments.insert(arguments.end(), {"--passphrase-file", "open"});
    }
    const auto result = run(arguments, as_text(vector.content));
    EXPECT_EQ(result.exit_status, vector.code == "ok" ? 0 : 1) << vector.name << result.errors;
    const std::string expected = "{\"error\":{\"class\":\"" + vector.code + "\",\"message\":\"";
    EXPECT_EQ(result.errors.starts_with(expected), vector.code != "ok")
        << vector.name << ": " << result.errors;
  }
}

TEST_F(PayloadCommand, WhatFailsLeavesNoFileBehind) {
  auto locked = run({"encrypt", "-r", recipient}, std::string(200'000, 'v')).output;
  locked.back() = static_cast<char>(locked.back() ^ 1);
  folder.put("again", as_bytes("an older file"));
  const auto opened = run({"decrypt", "-i", "key", "-o", "again"}, locked);
  EXPECT_EQ(opened.exit_status, 1);
  EXPECT_EQ(as_text(folder.get("again")), "an older file");
  const auto listed = run_program({"ls"}, {}, folder.path());
  EXPECT_EQ(listed.output, "again\nkey\npassphrase\n");
  // Standard output carries the chunks that were authentic, and no more.
  const auto piped = run({"decrypt", "-i", "key"}, locked);
  EXPECT_EQ(piped.exit_status, 1);
  EXPECT_EQ(piped.output, std::string(196'608, 'v'));
}

TEST_F(PayloadCommand, WrongUseIsTwoAndAMissingFileIsThree) {
  EXPECT_EQ(run({"encrypt"}, "x").exit_status, 2) << "for whom?";
  EXPECT_EQ(run({"encrypt", "-r", recipient, "--passphrase-file", "passphrase"}, "x").exit_status,
            2);
  EXPECT_EQ(run({"decrypt", "--no-such-option"}).exit_status, 2);
  EXPECT_EQ(run({"decrypt", "-i", "key", "absent"}).exit_status, 3);
  EXPECT_EQ(run({"decrypt", "-i", "absent"}).exit_status, 3);
  EXPECT_EQ(run({"encrypt", "-r", "age1xyz"}, "x").exit_status, 1);
}

class SignatureCommand : public testing::Test {
 protected:
  [[nodiscard]] ProgramResult run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {kProgram, "signature"});
    return run_program(arguments, {}, folder.path());
  }
  void SetUp() override {
    folder.put("m", as_bytes("what was seen"));
    const auto made = run({"generate", "-W", "-p", "k.pub", "-s", "k.sec"});
    ASSERT_EQ(made.exit_status, 0) << made.errors;
  }
  const TemporaryFolder folder;
};

TEST_F(SignatureCommand, SignsWhatTheStockToolAccepts) {
  ASSERT_EQ(run({"sign", "-s", "k.sec", "m"}).exit_status, 0);
  const auto stock = run_program({"minisign", "-VHm", "m", "-p", "k.pub"}, {}, folder.path());
  EXPECT_EQ(stock.exit_status, 0) << stock.errors;
  const auto ours = run({"verify", "-p", "k.pub", "-x", "m.minisig", "m"});
  EXPECT_EQ(ours.exit_status, 0) << ours.errors;
}

TEST_F(SignatureCommand, AcceptsWhatTheStockToolSigns) {
  const auto stock =
      run_program({"minisign", "-Sm", "m", "-s", "k.sec", "-t", "at noon"}, {}, folder.path());
  ASSERT_EQ(stock.exit_status, 0) << stock.errors;
  const auto ours = run({"verify", "--json", "-p", "k.pub", "-x", "m.minisig", "m"});
  EXPECT_EQ(ours.exit_status, 0) << ours.errors;
  EXPECT_EQ(ours.output, "{\"verified\":true,\"trusted_comment\":\"at noon\"}\n");
}

TEST_F(SignatureCommand, AChangedFileIsRefused) {
  ASSERT_EQ(run({"sign", "-s", "k.sec", "m"}).exit_status, 0);
  folder.put("m", as_bytes("what was not seen"));
  const auto refused = run({"verify", "--json", "-p", "k.pub", "-x", "m.minisig", "m"});
  EXPECT_EQ(refused.exit_status, 1);
  EXPECT_NE(refused.errors.find("\"minisign.signature\""), std::string::npos) << refused.errors;
  EXPECT_EQ(refused.output, "");
}

TEST_F(SignatureCommand, NoKeyIsOverwrittenAndAbsenceIsSaid) {
  EXPECT_EQ(run({"generate", "-W", "-p", "k.pub", "-s", "k.sec"}).exit_status, 1);
  EXPECT_EQ(run({"verify", "-p", "absent", "m"}).exit_status, 3);
  EXPECT_EQ(run({"verify", "-p", "k.pub", "m"}).exit_status, 3) << "no signature";
  EXPECT_EQ(run({"verify", "m"}).exit_status, 2);
}

}  // namespace
}  // namespace vigil
