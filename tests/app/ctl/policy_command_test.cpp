// SPDX-License-Identifier: Apache-2.0
//
// vigilctl office policy: what tablets may do is signed in the roster, and changes its version.
#include <gtest/gtest.h>

#include "tests/support/run_program.h"

namespace vigil {
namespace {

const std::string kProgram = VIGIL_BIN_DIR "/vigilctl";

class PolicyCommand : public testing::Test {
 protected:
  void SetUp() override {
    folder_.put("known", as_bytes("nine loud geese\n"));
    const auto made = run({"office", "init", "office", "--name", "demo", "--light"});
    ASSERT_EQ(made.exit_status, 0) << made.errors;
  }
  test::ProgramResult run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), kProgram);
    arguments.insert(arguments.end(), {"--passphrase-file", "known"});
    return test::run_program(arguments, {}, folder_.path());
  }
  test::ProgramResult policy(std::vector<std::string> more) const {
    more.insert(more.begin(), {"--json", "office", "policy", "office"});
    return run(more);
  }
  const test::TemporaryFolder folder_;
};

TEST_F(PolicyCommand, ChangesTheNextRosterAndOnlyThen) {
  EXPECT_EQ(policy({}).output, "{\"roster_version\":1,\"retention_days\":0,\"panic\":false}\n");
  const std::string changed = "{\"roster_version\":2,\"retention_days\":30,\"panic\":true}\n";
  const auto done = policy({"--panic", "on", "--retention-days", "30"});
  EXPECT_EQ(done.output, changed) << done.errors;
  EXPECT_EQ(policy({"--panic", "on"}).output, changed) << "nothing changed";
  EXPECT_EQ(policy({"--panic", "off"}).output,
            "{\"roster_version\":3,\"retention_days\":30,\"panic\":false}\n");
  const Bytes roster = folder_.get("office/roster.json");
  EXPECT_NE(as_text(roster).find("\"retention_days\":30"), std::string_view::npos);
}

TEST_F(PolicyCommand, WrongWordsAreWrongUsage) {
  EXPECT_EQ(policy({"--panic", "maybe"}).exit_status, 2);
  EXPECT_EQ(policy({"--retention-days", "-3"}).exit_status, 2);
  EXPECT_EQ(policy({"--retention-days", "99999"}).exit_status, 2);
}

}  // namespace
}  // namespace vigil
