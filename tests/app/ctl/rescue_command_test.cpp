// SPDX-License-Identifier: Apache-2.0
//
// vigilctl device rescue: an enrolled tablet, a forgotten passphrase, the office's recovery file.
#include <gtest/gtest.h>

#include "tests/support/run_program.h"

namespace vigil {
namespace {

const std::string kProgram = VIGIL_BIN_DIR "/vigilctl";

class RescueCommand : public testing::Test {
 protected:
  void SetUp() override {
    folder_.put("known", as_bytes("nine loud geese\n"));
    folder_.put("forgotten", as_bytes("violet tractors hum\n"));
    folder_.put("fresh", as_bytes("bread on the window\n"));
    folder_.put("short", as_bytes("geese\n"));
    run({"office", "init", "office", "--name", "demo", "--passphrase-file", "known", "--light"});
    run({"device", "init", "tablet", "--passphrase-file", "forgotten", "--light"});
    run({"device", "request", "tablet", "-o", "request", "--passphrase-file", "forgotten"});
    run({"office", "approve", "office", "request", "--compared", "--passphrase-file", "known"});
    run({"office", "kit", "office", "-o", "kit", "--passphrase-file", "known"});
    run({"device", "accept", "tablet", "kit", "--root", "office/root.pub", "--passphrase-file",
         "forgotten"});
    run({"visit", "new", "tablet", "--place", "Station nine", "--passphrase-file", "forgotten"});
  }

  test::ProgramResult attempt(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), kProgram);
    return test::run_program(arguments, {}, folder_.path());
  }
  void run(const std::vector<std::string>& arguments) const {
    const auto done = attempt(arguments);
    ASSERT_EQ(done.exit_status, 0) << arguments[0] << " " << arguments[1] << ": " << done.errors;
  }
  test::ProgramResult rescue(const std::string& identity, const std::string& passphrase) const {
    return attempt({"device", "rescue", "tablet", "-i", identity, "--passphrase-file", "known",
                    "--new-passphrase-file", passphrase, "--light"});
  }

  const test::TemporaryFolder folder_;
};

TEST_F(RescueCommand, OpensWhatWasForgottenAndSetsANewPassphrase) {
  const auto weak = rescue("office/recovery-identity.age", "short");
  EXPECT_EQ(weak.exit_status, 1) << weak.output;
  EXPECT_NE(weak.errors.find("at least 8 characters"), std::string::npos) << weak.errors;

  const auto done = rescue("office/recovery-identity.age", "fresh");
  ASSERT_EQ(done.exit_status, 0) << done.errors;
  EXPECT_NE(done.output.find("1 open visit(s)"), std::string::npos) << done.output;
  const auto listed = attempt({"visit", "list", "tablet", "--passphrase-file", "fresh"});
  EXPECT_NE(listed.output.find("Station nine"), std::string::npos) << listed.errors;
  EXPECT_EQ(attempt({"visit", "list", "tablet", "--passphrase-file", "forgotten"}).exit_status, 1);
}

TEST_F(RescueCommand, AnotherOfficesIdentityRescuesNothing) {
  const auto made = test::run_program({"age-keygen", "-o", "other"}, {}, folder_.path());
  if (made.exit_status == 127) GTEST_SKIP() << "no age-keygen";
  const auto refused = rescue("other", "fresh");
  EXPECT_EQ(refused.exit_status, 1);
  EXPECT_NE(refused.errors.find("another office's"), std::string::npos) << refused.errors;
  EXPECT_EQ(attempt({"visit", "list", "tablet", "--passphrase-file", "forgotten"}).exit_status, 0);
}

}  // namespace
}  // namespace vigil
