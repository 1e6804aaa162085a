// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <png.h>

#include "platform/pictures/codecs.h"

namespace vigil::platform {

Result<Picture> decode_png(ByteView file) {
  png_image image = {};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, file.data(), file.size()) == 0) {
    return damaged_picture();
  }
  if (std::int64_t{image.width} * std::int64_t{image.height} > kMostPixels) {
    png_image_free(&image);
    return large_picture();
  }
  image.format = PNG_FORMAT_RGBA;
  Picture picture{static_cast<int>(image.width), static_cast<int>(image.height), {}};
  picture.rgba.resize(PNG_IMAGE_SIZE(image));
  if (png_image_finish_read(&image, nullptr, picture.rgba.data(), 0, nullptr) == 0) {
    return damaged_picture();
  }
  return picture;
}

Result<Bytes> encode_png(const Picture& picture) {
  png_image image = {};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(picture.width);
  image.height = static_cast<png_uint_32>(picture.height);
  image.format = PNG_FORMAT_RGBA;
  const auto refuse = [&] {
    return fail(ErrorKind::kInvalid, "picture.png",
                fmt::format("Could not make a PNG ({}).", image.message));
  };
  png_alloc_size_t size = 0;
  if (png_image_write_get_memory_size(image, size, 0, picture.rgba.data(), 0, nullptr) == 0) {
    return refuse();
  }
  Bytes bytes(size);
  if (png_image_write_to_memory(&image, bytes.data(), &size, 0, picture.rgba.data(), 0, nullptr) ==
      0) {
    return refuse();
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace vigil::platform
