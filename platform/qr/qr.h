// SPDX-License-Identifier: Apache-2.0
//
// A text as a QR code: a square of dark and light modules for a screen to draw, for a terminal to
// print, or for a picture file. Free functions; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace vigil::platform {

// The light margin that readers need round the code, in modules (ISO/IEC 18004).
inline constexpr int kQrQuietZone = 4;
// Version 40 at error correction level L holds this many bytes.
inline constexpr std::size_t kQrLimit_bytes = 2953;

struct QrCode {
  int side = 0;            // modules per side, without the quiet zone
  std::vector<bool> dark;  // side * side, row by row from the top left

  [[nodiscard]] bool is_dark(int x, int y) const {
    return dark[static_cast<std::size_t>(y) * static_cast<std::size_t>(side) +
                static_cast<std::size_t>(x)];
  }
};

// The smallest code that holds `text` byte for byte, at error correction level M where it fits,
// else L: a screen is not torn or stained, and fewer modules are larger ones. kInvalid "qr.text":
// empty, longer than kQrLimit_bytes, or with a zero byte.
[[nodiscard]] Result<QrCode> make_qr(std::string_view text);

// For a dark or light terminal alike: black on white by ANSI colours, two modules a character
// high, quiet zone included, each row ended by a newline.
[[nodiscard]] std::string qr_for_terminal(const QrCode& code);

// A grey PNG with the quiet zone, each module a square of `module_pixels` (at least 1).
// kUnavailable "qr.picture": no memory.
[[nodiscard]] Result<Bytes> qr_png(const QrCode& code, int module_pixels = 4);

}  // namespace vigil::platform
