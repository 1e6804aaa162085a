// SPDX-License-Identifier: Apache-2.0
#include "app/visit/photo.h"

#include <algorithm>
#include <array>

namespace vigil::visit {
namespace {

struct KnownType {
  std::string_view media_type;
  std::string_view ending;
};
constexpr std::array<KnownType, 8> kOtherTypes = {{{"audio/ogg", "ogg"},
                                                   {"audio/mp4", "m4a"},
                                                   {"audio/wav", "wav"},
                                                   {"video/mp4", "mp4"},
                                                   {"video/webm", "webm"},
                                                   {"application/pdf", "pdf"},
                                                   {"text/csv", "csv"},
                                                   {"text/plain", "txt"}}};

// JPEG markers, ITU-T T.81 table B.1.
constexpr std::uint8_t kStartOfImage = 0xd8;
constexpr std::uint8_t kEndOfImage = 0xd9;
constexpr std::uint8_t kStartOfScan = 0xda;
constexpr std::uint8_t kApplication0 = 0xe0;
constexpr std::uint8_t kApplication14 = 0xee;  // Adobe: says how colours are coded
constexpr std::uint8_t kApplication15 = 0xef;
constexpr std::uint8_t kComment = 0xfe;

constexpr std::array<std::uint8_t, 8> kPngSignature = {0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a};

std::unexpected<Error> damaged() {
  return fail(ErrorKind::kInvalid, "attachment.damaged",
              "This picture is damaged or not what its name says; take or choose it again.");
}

std::size_t big_endian_16(ByteView bytes, std::size_t at) {
  return static_cast<std::size_t>(bytes[at]) << 8 | bytes[at + 1];
}

std::size_t big_endian_32(ByteView bytes, std::size_t at) {
  return big_endian_16(bytes, at) << 16 | big_endian_16(bytes, at + 2);
}

bool is_metadata(std::uint8_t marker) {
  return marker == kComment ||
         (marker >= kApplication0 && marker <= kApplication15 && marker != kApplication14);
}

// Where the entropy-coded data that begins at `at` ends: at the next marker that is neither a
// stuffed zero nor a restart.
std::size_t end_of_scan(ByteView jpeg, std::size_t at) {
  while (at + 1 < jpeg.size()) {
    const std::uint8_t next = jpeg[at + 1];
    if (jpeg[at] == 0xff && next != 0x00 && !(next >= 0xd0 && next <= 0xd7)) return at;
    ++at;
  }
  return jpeg.size();
}

void append(Bytes& out, ByteView part) {
  out.insert(out.end(), part.begin(), part.end());
}

}  // namespace

Result<Bytes> strip_jpeg(ByteView jpeg) {
  if (jpeg.size() < 4 || jpeg[0] != 0xff || jpeg[1] != kStartOfImage) return damaged();
  Bytes out(jpeg.begin(), jpeg.begin() + 2);
  std::size_t at = 2;
  while (true) {
    while (at + 1 < jpeg.size() && jpeg[at] == 0xff && jpeg[at + 1] == 0xff) ++at;  // fill bytes
    if (at + 2 > jpeg.size() || jpeg[at] != 0xff) return damaged();
    const std::uint8_t marker = jpeg[at + 1];
    if (marker == kEndOfImage) {
      append(out, jpeg.subspan(at, 2));
      return out;  // what follows the picture is not picture
    }
    if (at + 4 > jpeg.size()) return damaged();
    const std::size_t length = big_endian_16(jpeg, at + 2);
    if (length < 2 || at + 2 + length > jpeg.size()) return damaged();
    if (!is_metadata(marker)) append(out, jpeg.subspan(at, 2 + length));
    at += 2 + length;
    if (marker == kStartOfScan) {
      const std::size_t end = end_of_scan(jpeg, at);
      append(out, jpeg.subspan(at, end - at));
      at = end;
    }
  }
}

Result<Bytes> strip_png(ByteView png) {
  if (png.size() < kPngSignature.size() ||
      !std::equal(kPngSignature.begin(), kPngSignature.end(), png.begin()))
    return damaged();
  constexpr std::array<std::string_view, 7> kKept = {"IHDR", "PLTE", "IDAT", "IEND",
                                                     "tRNS", "gAMA", "sRGB"};
  Bytes out(kPngSignature.begin(), kPngSignature.end());
  std::size_t at = kPngSignature.size();
  while (at + 12 <= png.size()) {
    const std::size_t length = big_endian_32(png, at);
    if (length > png.size() - at - 12) return damaged();
    const std::string_view type = as_text(png.subspan(at + 4, 4));
    if (std::find(kKept.begin(), kKept.end(), type) != kKept.end())
      append(out, png.subspan(at, length + 12));
    at += length + 12;
    if (type == "IEND") return out;
  }
  return damaged();
}

Result<PreparedAttachment> prepare_attachment(ByteView content, std::string_view media_type) {
  if (content.size() >= 2 && content[0] == 0xff && content[1] == kStartOfImage) {
    VIGIL_ASSIGN(auto picture, strip_jpeg(content));
    return PreparedAttachment{std::move(picture), "image/jpeg", "jpg"};
  }
  if (content.size() >= 4 && content[0] == 0x89 && as_text(content.subspan(1, 3)) == "PNG") {
    VIGIL_ASSIGN(auto picture, strip_png(content));
    return PreparedAttachment{std::move(picture), "image/png", "png"};
  }
  const auto* known = std::find_if(kOtherTypes.begin(), kOtherTypes.end(),
                                   [&](const KnownType& t) { return t.media_type == media_type; });
  if (known == kOtherTypes.end()) {
    return fail(ErrorKind::kInvalid, "attachment.type",
                "Vigil keeps JPEG and PNG pictures, OGG, M4A and WAV sound, MP4 and WebM video, "
                "PDF, CSV and plain text; convert this file first.");
  }
  return PreparedAttachment{Bytes(content.begin(), content.end()), std::string(known->media_type),
                            std::string(known->ending)};
}

}  // namespace vigil::visit
