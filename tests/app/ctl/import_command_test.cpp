// SPDX-License-Identifier: Apache-2.0
//
// vigilctl import of several files: each stands for itself.
#include <filesystem>

#include <gtest/gtest.h>

#include "tests/app/ctl/office_and_tablet.h"

namespace vigil {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kForm = R"xml(<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>Round</h:title>
  <model><instance><data id="round" version="1"><code/><meta><instanceID/></meta></data></instance></model></h:head>
  <h:body><input ref="/data/code"><label>Code</label></input></h:body></h:html>)xml";

class ImportCommand : public OfficeAndTablet {
 protected:
  static void SetUpTestSuite() { make(kForm); }
};

TEST_F(ImportCommand, AFileThatIsNotThereKeepsNoOtherOut) {
  const std::string good = seal(new_visit({"round"}));
  const auto text = run({"import", "office", "gone.vigil", good, "missing.vigil"});
  EXPECT_EQ(text.exit_status, 3);
  for (const char* const part : {"gone.vigil: not read.", "missing.vigil: not read.", "imported;"})
    EXPECT_NE(text.output.find(part), std::string::npos) << part << "\n" << text.output;
  folder_->put("junk.vigil", as_bytes("junk\n"));
  const auto json = run({"--json", "import", "office", "gone.vigil", "junk.vigil", good});
  EXPECT_EQ(json.exit_status, 3) << "the worst of them";
  const auto bundles = nlohmann::json::parse(json.output)["bundles"];
  ASSERT_EQ(bundles.size(), 3U);
  EXPECT_EQ(bundles[0]["outcome"], "known");
  EXPECT_EQ(bundles[1]["outcome"], "not read");
  EXPECT_EQ(bundles[2]["outcome"], "quarantined");
  EXPECT_EQ(bundles[2]["verdict"], "") << "nobody could be asked about";
}

TEST_F(ImportCommand, ADamagedBundleStillHasItsAuthorAndIsKeptOnce) {
  Bytes bytes = folder_->get(seal(new_visit({"round"})));
  bytes[bytes.size() / 2] ^= 1;
  folder_->put("damaged.vigil", bytes);
  const auto inbox = [] {
    std::error_code absent;  // before anything was imported
    const fs::directory_iterator all(folder_->file("office/inbox"), absent);
    return absent ? 0 : std::distance(fs::begin(all), fs::end(all));
  };
  auto before = inbox();
  for (int i = 0; i < 3; ++i) {
    const auto json = run({"--json", "import", "office", "damaged.vigil"});
    EXPECT_EQ(json.exit_status, 1);
    const auto report = nlohmann::json::parse(json.output)["bundles"][0];
    EXPECT_EQ(report["code"], "bundle.digest");
    EXPECT_EQ(report["device"], "tablet-1");
    EXPECT_NE(report["verdict"], "unknown device");
    EXPECT_EQ(inbox(), before + 1);
  }
}

}  // namespace
}  // namespace vigil
