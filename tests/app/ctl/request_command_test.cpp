// SPDX-License-Identifier: Apache-2.0
//
// vigilctl office approve: however a tablet's request reaches the office, and in whichever of the
// two languages its words are read out.
#include <gtest/gtest.h>

#include "platform/pictures/picture.h"
#include "tests/support/run_program.h"

namespace vigil {
namespace {

const std::string kProgram = VIGIL_BIN_DIR "/vigilctl";

class RequestCommand : public testing::Test {
 protected:
  void SetUp() override {
    folder_.put("known", as_bytes("nine loud geese\n"));
    for (const auto& made : {run({"office", "init", "office", "--name", "demo", "--light"}),
                             run({"device", "init", "tablet", "--label", "tablet-1", "--light"})})
      ASSERT_EQ(made.exit_status, 0) << made.errors;
    asked_ = run({"device", "request", "tablet", "-o", "request", "--qr", "request.png"});
    ASSERT_EQ(asked_.exit_status, 0) << asked_.errors;
  }
  test::ProgramResult run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), kProgram);
    arguments.insert(arguments.end(), {"--passphrase-file", "known"});
    return test::run_program(arguments, {}, folder_.path());
  }
  test::ProgramResult approve(const std::string& request) const {
    return run({"office", "approve", "office", request, "--compared"});
  }
  const test::TemporaryFolder folder_;
  test::ProgramResult asked_;
};

// Four rows in English, four in Russian.
std::string words_in(const std::string& output) {
  std::string words;
  for (std::size_t at = 0; at < output.size();) {
    const std::size_t end = output.find('\n', at);
    if (output.compare(at, 4, "    ") == 0) words += output.substr(at, end - at + 1);
    at = end + 1;
  }
  return words;
}

TEST_F(RequestCommand, BothSidesShowTheSameWordsInBothLanguages) {
  const auto approved = approve("request");
  EXPECT_EQ(approved.exit_status, 0) << approved.errors;
  const std::string words = words_in(asked_.output);
  EXPECT_EQ(std::count(words.begin(), words.end(), '\n'), 8) << words;
  EXPECT_EQ(words_in(approved.output), words);
}

TEST_F(RequestCommand, PhotoOfTheQrCodeIsARequestToo) {
  const auto approved = approve("request.png");
  EXPECT_EQ(approved.exit_status, 0) << approved.errors;
  EXPECT_EQ(words_in(approved.output), words_in(asked_.output));
}

TEST_F(RequestCommand, LineEndsThatAScannerAddsArePassedOver) {
  const Bytes request = folder_.get("request");
  const std::string text(as_text(request));
  folder_.put("longer", as_bytes(text + "x\n"));
  EXPECT_EQ(approve("longer").exit_status, 1);
  folder_.put("scanned", as_bytes(text + "\r\n\n"));
  const auto approved = approve("scanned");
  EXPECT_EQ(approved.exit_status, 0) << approved.errors;
}

TEST_F(RequestCommand, PictureWithoutACodeIsRefused) {
  platform::Picture white{.width = 64, .height = 64, .rgba = Bytes(std::size_t{64} * 64 * 4, 255)};
  const auto png = platform::encode_png(white);
  ASSERT_TRUE(png.has_value());
  folder_.put("white.png", *png);
  const auto refused = approve("white.png");
  EXPECT_EQ(refused.exit_status, 1);
  EXPECT_NE(refused.errors.find("No QR code"), std::string::npos) << refused.errors;
}

}  // namespace
}  // namespace vigil
