// SPDX-License-Identifier: Apache-2.0
#include "platform/qr/qr.h"

#include <memory>

#include <qrencode.h>

namespace vigil::platform {
namespace {

struct FreeCode {
  void operator()(QRcode* code) const { QRcode_free(code); }
};
using Encoded = std::unique_ptr<QRcode, FreeCode>;

Encoded encode(std::string_view text, QRecLevel level) {
  constexpr int kSmallestVersion = 0;  // libqrencode chooses
  return Encoded(QRcode_encodeData(static_cast<int>(text.size()),
                                   reinterpret_cast<const unsigned char*>(text.data()),
                                   kSmallestVersion, level));
}

}  // namespace

Result<QrCode> make_qr(std::string_view text) {
  if (text.empty() || text.size() > kQrLimit_bytes || text.find('\0') != std::string_view::npos) {
    return fail(ErrorKind::kInvalid, "qr.text",
                "This does not fit into a QR code; hand it over as a file.");
  }
  Encoded encoded = encode(text, QR_ECLEVEL_M);
  if (!encoded) encoded = encode(text, QR_ECLEVEL_L);
  if (!encoded) {
    return fail(ErrorKind::kInvalid, "qr.text",
                "This could not be made into a QR code; hand it over as a file.");
  }
  QrCode code;
  code.side = encoded->width;
  const auto side = static_cast<std::size_t>(encoded->width);
  code.dark.reserve(side * side);
  for (std::size_t i = 0; i < side * side; ++i) code.dark.push_back((encoded->data[i] & 1U) != 0);
  return code;
}

std::string qr_for_terminal(const QrCode& code) {
  const auto dark = [&](int x, int y) {
    return x >= 0 && y >= 0 && x < code.side && y < code.side && code.is_dark(x, y);
  };
  std::string text;
  for (int y = -kQrQuietZone; y < code.side + kQrQuietZone; y += 2) {
    text += "\x1b[30;107m";
    for (int x = -kQrQuietZone; x < code.side + kQrQuietZone; ++x) {
      const bool upper = dark(x, y);
      const bool lower = dark(x, y + 1);
      text += upper && lower ? "█" : upper ? "▀" : lower ? "▄" : " ";
    }
    text += "\x1b[0m\n";
  }
  return text;
}

}  // namespace vigil::platform
