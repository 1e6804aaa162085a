// SPDX-License-Identifier: Apache-2.0
//
// Codes of other hands: square ones by platform/qr, bars drawn here by the tables of EAN-13.
#include "platform/barcode/barcode.h"

#include <array>
#include <chrono>
#include <random>
#include <string_view>
#include <thread>

#include <gtest/gtest.h>

#include "platform/qr/qr.h"

namespace vigil::platform {
namespace {

Picture white(int width, int height) {
  return {width, height,
          Bytes(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4, 0xFF)};
}

void darken(Picture& picture, int x, int y, int width, int height) {
  for (int row = y; row < y + height; ++row) {
    for (int column = x; column < x + width; ++column) {
      const auto at = static_cast<std::size_t>(row * picture.width + column) * 4;
      picture.rgba[at] = picture.rgba[at + 1] = picture.rgba[at + 2] = 0;
    }
  }
}

Picture qr_picture(std::string_view text, int module = 4) {
  const auto code = make_qr(text);
  EXPECT_TRUE(code);
  const int side = (code->side + 2 * kQrQuietZone) * module;
  Picture picture = white(side, side);
  for (int y = 0; y < code->side; ++y) {
    for (int x = 0; x < code->side; ++x) {
      if (!code->is_dark(x, y)) continue;
      darken(picture, (x + kQrQuietZone) * module, (y + kQrQuietZone) * module, module, module);
    }
  }
  return picture;
}

// ISO/IEC 15420: thirteen digits, the first told by which of the next six are of set B.
Picture ean_picture(std::string_view digits) {
  constexpr std::array<std::string_view, 10> kSetA = {"0001101", "0011001", "0010011", "0111101",
                                                      "0100011", "0110001", "0101111", "0111011",
                                                      "0110111", "0001011"};
  constexpr std::array<std::string_view, 10> kFirst = {"AAAAAA", "AABABB", "AABBAB", "AABBBA",
                                                       "ABAABB", "ABBAAB", "ABBBAA", "ABABAB",
                                                       "ABABBA", "ABBABA"};
  const auto digit = [&](std::size_t at) { return static_cast<std::size_t>(digits[at] - '0'); };
  const auto turned = [](std::string_view pattern) {
    std::string other;
    for (const char bar : pattern) other += bar == '1' ? '0' : '1';
    return other;
  };
  std::string bars = "101";
  for (std::size_t at = 1; at <= 6; ++at) {
    const std::string right = turned(kSetA[digit(at)]);
    bars += kFirst[digit(0)][at - 1] == 'A' ? std::string(kSetA[digit(at)])
                                            : std::string(right.rbegin(), right.rend());
  }
  bars += "01010";
  for (std::size_t at = 7; at <= 12; ++at) bars += turned(kSetA[digit(at)]);
  bars += "101";
  Picture picture = white(640, 240);
  for (std::size_t at = 0; at < bars.size(); ++at) {
    if (bars[at] == '1') darken(picture, 60 + static_cast<int>(at) * 5, 40, 5, 160);
  }
  return picture;
}

TEST(Barcode, ReadsSquaresAndBars) {
  EXPECT_EQ(read_code(qr_picture("ИВС-7 · дверь 3")), "ИВС-7 · дверь 3");
  EXPECT_EQ(read_code(ean_picture("4006381333931")), "4006381333931");
}

TEST(Barcode, NothingInNoiseInWhiteAndInAWrongCheckDigit) {
  EXPECT_EQ(read_code({}), std::nullopt);
  EXPECT_EQ(read_code(white(640, 480)), std::nullopt);
  EXPECT_EQ(read_code(ean_picture("4006381333932")), std::nullopt);
  std::minstd_rand dice(6);
  for (int turn = 0; turn < 5; ++turn) {
    Picture noise = white(640, 480);
    for (std::uint8_t& value : noise.rgba) value = static_cast<std::uint8_t>(dice() >> 8);
    EXPECT_EQ(read_code(noise), std::nullopt) << turn;
  }
}

TEST(Barcode, ControlCharactersOfACodeAreLeftOut) {
  EXPECT_EQ(read_code(qr_picture("a\nb\x1b[31mc\x7f\xc2\x85"
                                 "d")),
            "ab[31mcd");
  EXPECT_EQ(read_code(qr_picture("\r\n\t")), std::nullopt);
}

TEST(CodeReader, FindsOnItsOwnThreadAndTellsOnce) {
  const auto reader = CodeReader::start();
  EXPECT_EQ(reader->take(), std::nullopt);
  std::optional<std::string> found;
  for (int turn = 0; turn < 1000 && !found; ++turn) {
    reader->offer(turn == 0 ? white(320, 240) : qr_picture("K-47"));
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    found = reader->take();
  }
  EXPECT_EQ(found, "K-47");
}

}  // namespace
}  // namespace vigil::platform
