// SPDX-License-Identifier: Apache-2.0
#include "app/visit/photo.h"

#include <gtest/gtest.h>

namespace vigil::visit {
namespace {

Bytes segment(std::uint8_t marker, std::string_view content) {
  Bytes bytes;
  bytes.push_back(0xff);
  bytes.push_back(marker);
  bytes.push_back(static_cast<std::uint8_t>((content.size() + 2) >> 8));
  bytes.push_back(static_cast<std::uint8_t>(content.size() + 2));
  for (const char c : content) bytes.push_back(static_cast<std::uint8_t>(c));
  return bytes;
}

void append(Bytes& out, const Bytes& part) {
  out.insert(out.end(), part.begin(), part.end());
}

// The smallest thing that has a JPEG's shape: tables, a scan with stuffing and a restart, end.
Bytes jpeg(const std::vector<Bytes>& extra, std::string_view behind = "") {
  Bytes bytes = {0xff, 0xd8};
  for (const Bytes& part : extra) append(bytes, part);
  append(bytes, segment(0xdb, "quantisation"));
  append(bytes, segment(0xc0, "frame"));
  append(bytes, segment(0xda, "scan header"));
  append(bytes, {0x11, 0xff, 0x00, 0x22, 0xff, 0xd0, 0x33});
  append(bytes, {0xff, 0xd9});
  append(bytes, to_bytes(behind));
  return bytes;
}

bool holds(const Bytes& bytes, std::string_view text) {
  return as_text(bytes).find(text) != std::string_view::npos;
}

TEST(StripJpeg, PlaceCameraAndCommentsGo) {
  const Bytes picture = jpeg({segment(0xe0, "JFIF"), segment(0xe1, "Exif GPS 42.87"),
                              segment(0xed, "Photoshop"), segment(0xfe, "a comment")},
                             "hidden behind the end");
  const auto stripped = strip_jpeg(picture);
  ASSERT_TRUE(stripped.has_value());
  for (const char* word : {"GPS", "Photoshop", "comment", "hidden", "JFIF"})
    EXPECT_FALSE(holds(*stripped, word)) << word;
  for (const char* word : {"quantisation", "frame", "scan header"})
    EXPECT_TRUE(holds(*stripped, word)) << word;
}

TEST(StripJpeg, APictureWithoutMetadataStaysAsItIs) {
  const Bytes picture = jpeg({});
  const auto stripped = strip_jpeg(picture);
  ASSERT_TRUE(stripped.has_value());
  EXPECT_EQ(*stripped, picture);
}

TEST(StripJpeg, EveryCutIsRefused) {
  const Bytes picture = jpeg({segment(0xe1, "Exif")});
  for (std::size_t size = 0; size < picture.size(); ++size) {
    const auto stripped = strip_jpeg(ByteView(picture).first(size));
    ASSERT_FALSE(stripped.has_value()) << size;
    EXPECT_EQ(stripped.error().code, "attachment.damaged");
  }
}

Bytes chunk(std::string_view type, std::string_view content) {
  Bytes bytes(3, 0);
  bytes.push_back(static_cast<std::uint8_t>(content.size()));
  append(bytes, to_bytes(type));
  append(bytes, to_bytes(content));
  append(bytes, to_bytes("crc."));
  return bytes;
}

TEST(StripPng, TextChunksGoAndThePictureStays) {
  Bytes picture = {0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a};
  append(picture, chunk("IHDR", "header"));
  append(picture, chunk("tEXt", "Author: somebody"));
  append(picture, chunk("eXIf", "GPS"));
  append(picture, chunk("IDAT", "pixels"));
  append(picture, chunk("IEND", ""));
  append(picture, to_bytes("hidden"));
  const auto stripped = strip_png(picture);
  ASSERT_TRUE(stripped.has_value());
  EXPECT_FALSE(holds(*stripped, "somebody"));
  EXPECT_FALSE(holds(*stripped, "GPS"));
  EXPECT_FALSE(holds(*stripped, "hidden"));
  EXPECT_TRUE(holds(*stripped, "pixels"));
  for (std::size_t size = 0; size + 6 < picture.size(); ++size)
    EXPECT_FALSE(strip_png(ByteView(picture).first(size)).has_value()) << size;
}

TEST(PrepareAttachment, ContentDecidesNotTheName) {
  const auto prepared = prepare_attachment(jpeg({}), "text/plain");
  ASSERT_TRUE(prepared.has_value());
  EXPECT_EQ(prepared->media_type, "image/jpeg");
  EXPECT_EQ(prepared->ending, "jpg");
}

TEST(PrepareAttachment, AnUnknownTypeIsRefused) {
  const auto prepared = prepare_attachment(as_bytes("MZ..."), "application/x-dosexec");
  ASSERT_FALSE(prepared.has_value());
  EXPECT_EQ(prepared.error().code, "attachment.type");
}

}  // namespace
}  // namespace vigil::visit
