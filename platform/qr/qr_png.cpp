// SPDX-License-Identifier: Apache-2.0
#include <png.h>

#include "platform/qr/qr.h"

namespace vigil::platform {

Result<Bytes> qr_png(const QrCode& code, int module_pixels) {
  const int margin = kQrQuietZone * module_pixels;
  const int side = code.side * module_pixels + 2 * margin;
  std::vector<std::uint8_t> grey(static_cast<std::size_t>(side) * static_cast<std::size_t>(side),
                                 0xff);
  for (int y = margin; y < side - margin; ++y) {
    for (int x = margin; x < side - margin; ++x) {
      if (code.is_dark((x - margin) / module_pixels, (y - margin) / module_pixels))
        grey[static_cast<std::size_t>(y) * static_cast<std::size_t>(side) +
             static_cast<std::size_t>(x)] = 0;
    }
  }
  png_image image = {};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(side);
  image.height = static_cast<png_uint_32>(side);
  image.format = PNG_FORMAT_GRAY;
  png_alloc_size_t size = 0;
  Bytes bytes;
  if (png_image_write_get_memory_size(image, size, 0, grey.data(), 0, nullptr) != 0) {
    bytes.resize(size);
    if (png_image_write_to_memory(&image, bytes.data(), &size, 0, grey.data(), 0, nullptr) != 0) {
      bytes.resize(size);
      return bytes;
    }
  }
  return fail(ErrorKind::kUnavailable, "qr.picture", "The picture of the code could not be made.");
}

}  // namespace vigil::platform
