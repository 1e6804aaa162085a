// SPDX-License-Identifier: Apache-2.0
//
// The hub cannot open a bundle because it does not contain what opens one: read from the built
// program, not from the build files. And the program as a person starts it.
#include <string>

#include <gtest/gtest.h>

#include "platform/posix_files.h"
#include "tests/support/run_program.h"
#include "tests/sync/support/hub_process.h"
#include "tests/sync/support/office.h"

namespace vigil::hub {
namespace {

const std::string kProgram = std::string(VIGIL_BIN_DIR) + "/vigil-hub";

TEST(BlindHub, HoldsNoOpenerNoVaultNoFormsNoDatabase) {
  const auto symbols = test::run_program({"nm", "-C", kProgram});
  ASSERT_EQ(symbols.exit_status, 0) << symbols.errors;
  // The test can find what it looks for.
  ASSERT_NE(symbols.output.find("vigil::bundle::check_bundle"), std::string::npos);
  for (const std::string word : {"age::decrypt", "open_payload", "vigil::vault", "vigil::forms",
                                 "sqlite3", "sqlcipher", "age::encrypt", "seal_bundle"}) {
    EXPECT_EQ(symbols.output.find(word), std::string::npos) << word;
  }
}

TEST(BlindHub, LoadsNoDatabaseLibrary) {
  const auto libraries = test::run_program({"ldd", kProgram});
  ASSERT_EQ(libraries.exit_status, 0) << libraries.errors;
  ASSERT_NE(libraries.output.find("libmicrohttpd"), std::string::npos);
  for (const std::string word : {"sqlite", "sqlcipher", "SDL", "pugixml", "libcurl"}) {
    EXPECT_EQ(libraries.output.find(word), std::string::npos) << word;
  }
}

TEST(HubProgram, HelpUsageAndAMissingFolderHaveTheirExitStatus) {
  EXPECT_EQ(test::run_program({kProgram, "--help"}).exit_status, 0);
  EXPECT_EQ(test::run_program({kProgram}).exit_status, 2);
  EXPECT_EQ(test::run_program({kProgram, "--data", "x", "--listen", "nonsense"}).exit_status, 2);
  // Nothing could come in with these; without the folder the status would be 3.
  for (const std::string limit : {"--connections", "--connections-per-address", "--upload-limit"})
    for (const std::string number : {"0", "-5", "x", "99999999999999999999"})
      EXPECT_EQ(test::run_program({kProgram, "--data", "x", limit, number}).exit_status, 2)
          << limit << " " << number;
  const test::TemporaryFolder folder;
  const auto empty =
      test::run_program({kProgram, "--data", folder.path(), "--listen", "127.0.0.1:0"});
  EXPECT_EQ(empty.exit_status, 3);
  EXPECT_TRUE(empty.output.empty());
  EXPECT_NE(empty.errors.find("root.pub"), std::string::npos) << empty.errors;
}

TEST(HubProgram, SaysWhereItListensAndStopsInOrder) {
  const test::TemporaryFolder folder;
  const auto files = platform::posix_files();
  const test::TestOffice office;
  const std::string data = folder.file("hub");
  office.write_hub_folder(*files, data);
  test::HubProcess hub(data);
  EXPECT_EQ(as_text(test::read_file(data + "/listening")), hub.url() + "\n");
  const auto second =
      test::run_program({kProgram, "--data", data, "--listen", "127.0.0.1:0", "--json"});
  EXPECT_EQ(second.exit_status, 3);
  EXPECT_NE(second.errors.find("\"files.locked\""), std::string::npos) << second.errors;
  EXPECT_EQ(hub.stop(), 0);
  EXPECT_FALSE(files->exists(data + "/listening"));
}

}  // namespace
}  // namespace vigil::hub
