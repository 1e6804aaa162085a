// SPDX-License-Identifier: Apache-2.0
#include "platform/pictures/picture.h"

#include <gtest/gtest.h>

#include "platform/pictures/paint.h"

namespace vigil::platform {
namespace {

Picture ramp(int width, int height) {
  Picture picture = blank_picture(width, height, {});
  for (std::size_t at = 0; at < picture.rgba.size(); at += 4) {
    picture.rgba[at] = static_cast<std::uint8_t>(at / 4 % static_cast<std::size_t>(width) * 3);
  }
  return picture;
}

TEST(Picture, APngComesBackAsItWas) {
  const Picture picture = ramp(40, 30);
  const auto png = encode_png(picture);
  ASSERT_TRUE(png);
  const auto again = decode_picture(*png);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->width, 40);
  EXPECT_EQ(again->rgba, picture.rgba);
}

TEST(Picture, AJpegComesBackNearlyAndCarriesNothingBeside) {
  const Picture picture = ramp(64, 48);
  const auto jpeg = encode_jpeg(picture, 95);
  ASSERT_TRUE(jpeg) << jpeg.error().message;
  const auto again = decode_picture(*jpeg);
  ASSERT_TRUE(again);
  ASSERT_EQ(again->rgba.size(), picture.rgba.size());
  for (std::size_t at = 0; at < picture.rgba.size(); ++at) {
    EXPECT_NEAR(again->rgba[at], picture.rgba[at], 24);
  }
  // No application segment (JFIF, EXIF, Adobe) and no comment.
  for (std::size_t at = 0; at + 1 < jpeg->size(); ++at) {
    if ((*jpeg)[at] != 0xff) continue;
    EXPECT_FALSE((*jpeg)[at + 1] >= 0xe0 && (*jpeg)[at + 1] <= 0xef) << at;
    EXPECT_NE((*jpeg)[at + 1], 0xfe) << at;
  }
}

TEST(Picture, WhatIsCutShortOrNoPictureIsRefused) {
  const auto jpeg = encode_jpeg(ramp(64, 48), 90);
  const auto png = encode_png(ramp(64, 48));
  ASSERT_TRUE(jpeg && png);
  for (const Bytes& file :
       {Bytes(png->begin(), png->begin() + 60), Bytes(jpeg->begin(), jpeg->begin() + 20), Bytes{},
        Bytes{0x89, 'P', 'N', 'G'}, Bytes{'G', 'I', 'F', '8', '9', 'a'}}) {
    const auto picture = decode_picture(file);
    ASSERT_FALSE(picture);
    EXPECT_EQ(picture.error().code, "picture.damaged");
  }
}

TEST(Picture, MorePixelsThanAnyCameraHasAreRefusedUnread) {
  auto png = encode_png(ramp(8, 8));
  ASSERT_TRUE(png);
  auto jpeg = encode_jpeg(ramp(8, 8), 90);
  ASSERT_TRUE(jpeg);
  // The start-of-frame segment: length, precision, height, width.
  for (std::size_t at = 0; at + 9 < jpeg->size(); ++at) {
    if ((*jpeg)[at] == 0xff && (*jpeg)[at + 1] == 0xc0) {
      (*jpeg)[at + 5] = (*jpeg)[at + 7] = 0xff;
      break;
    }
  }
  const auto large = decode_picture(*jpeg);
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().code, "picture.large");
}

TEST(Picture, ShrinkingKeepsShapeAndMeanColour) {
  const Picture small = shrunk(ramp(80, 40), 20);
  EXPECT_EQ(small.width, 20);
  EXPECT_EQ(small.height, 10);
  EXPECT_EQ(small.rgba[0], (0 + 3 + 6 + 9) / 4);
  EXPECT_EQ(shrunk(ramp(10, 10), 20).width, 10);
}

TEST(Paint, AMaskLeavesNothingOfWhatItCovers) {
  Picture picture = blank_picture(20, 20, {200, 100, 50});
  paint_rectangle(picture, {12.4F, 15.2F}, {3.6F, 4.9F}, {0, 0, 0});
  for (int y = 0; y < 20; ++y) {
    for (int x = 0; x < 20; ++x) {
      const std::size_t at = static_cast<std::size_t>(y * 20 + x) * 4;
      const bool covered = x >= 3 && x <= 12 && y >= 4 && y <= 15;
      EXPECT_EQ(picture.rgba[at], covered ? 0 : 200) << x << " " << y;
    }
  }
  paint_rectangle(picture, {-50, -50}, {500, 500}, {1, 2, 3});
  EXPECT_EQ(picture.rgba[0], 1);
}

TEST(Paint, AStrokeIsRoundAndAsWideAsAsked) {
  Picture picture = blank_picture(40, 40, {255, 255, 255});
  const Dot dots[] = {{10, 20}, {30, 20}};
  paint_stroke(picture, dots, 5, {0, 0, 0});
  const auto red = [&](int x, int y) {
    return picture.rgba[static_cast<std::size_t>(y * 40 + x) * 4];
  };
  EXPECT_EQ(red(20, 20), 0);
  EXPECT_EQ(red(20, 16), 0);
  EXPECT_EQ(red(20, 12), 255);
  EXPECT_EQ(red(6, 20), 0);
  EXPECT_EQ(red(6, 15), 255) << "a corner";
}

}  // namespace
}  // namespace vigil::platform
