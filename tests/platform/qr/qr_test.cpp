// SPDX-License-Identifier: Apache-2.0
//
// A code is right when another program reads the same text from its picture: zbar does.
#include "platform/qr/qr.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "core/trust/enrolment.h"
#include "tests/support/run_program.h"

namespace vigil::platform {
namespace {

std::string read_by_zbar(const QrCode& code, int module_pixels) {
  const auto png = qr_png(code, module_pixels);
  if (!png) return "no picture";
  const test::TemporaryFolder folder;
  const auto ran = test::run_program(
      {"zbarimg", "--quiet", "--raw", "--oneshot", "-Sbinary", folder.put("code.png", *png)});
  EXPECT_EQ(ran.exit_status, 0) << ran.errors;
  return ran.output;
}

TEST(Qr, ZbarReadsBackTheRequestOfATablet) {
  const auto device = crypto::minisign::SecretKey::generate();
  for (const std::string label : {"t", "tablet-1", "abcdefghijklmnopqrstuvwxyz-12345"}) {
    const std::string request = trust::write_request(device, label);
    const auto code = make_qr(request);
    ASSERT_TRUE(code.has_value());
    for (const int module_pixels : {2, 3, 8})
      EXPECT_EQ(read_by_zbar(*code, module_pixels), request) << label << ' ' << module_pixels;
    const auto read = trust::read_request(read_by_zbar(*code, 4));
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->device, device.public_key());
  }
}

TEST(Qr, AnyTextUpToTheLimitFits) {
  EXPECT_TRUE(make_qr("x").has_value());
  EXPECT_TRUE(make_qr(std::string(kQrLimit_bytes, 'x')).has_value());
  EXPECT_EQ(read_by_zbar(*make_qr("тест: ё"), 4), "тест: ё");
}

TEST(Qr, WhatNoCodeHoldsIsRefused) {
  for (const std::string& text :
       {std::string(), std::string(kQrLimit_bytes + 1, 'x'), std::string("a\0b", 3)}) {
    const auto code = make_qr(text);
    ASSERT_FALSE(code.has_value());
    EXPECT_EQ(code.error().code, "qr.text");
  }
}

TEST(Qr, ATerminalShowsEveryModule) {
  const auto code = make_qr("vigil");
  ASSERT_TRUE(code.has_value());
  const std::string text = qr_for_terminal(*code);
  const auto rows = std::count(text.begin(), text.end(), '\n');
  EXPECT_EQ(rows, (code->side + 2 * kQrQuietZone + 1) / 2);
  // Finder patterns: three dark 7x7 rings at fixed places.
  EXPECT_TRUE(code->is_dark(0, 0));
  EXPECT_FALSE(code->is_dark(1, 1));
  EXPECT_TRUE(code->is_dark(code->side - 1, 0));
  EXPECT_TRUE(code->is_dark(0, code->side - 1));
}

}  // namespace
}  // namespace vigil::platform
