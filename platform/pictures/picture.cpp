// SPDX-License-Identifier: Apache-2.0
#include "platform/pictures/picture.h"

#include <algorithm>

#include "core/crypto/secret_bytes.h"

namespace vigil::platform {

Picture shrunk(const Picture& picture, int side) {
  const int longest = std::max(picture.width, picture.height);
  if (longest <= side) return picture;
  Picture small;
  small.width = std::max(1, picture.width * side / longest);
  small.height = std::max(1, picture.height * side / longest);
  small.rgba.resize(static_cast<std::size_t>(small.width) * static_cast<std::size_t>(small.height) *
                    4);
  std::size_t out = 0;
  for (int y = 0; y < small.height; ++y) {
    const int top = y * picture.height / small.height;
    const int bottom = std::max(top + 1, (y + 1) * picture.height / small.height);
    for (int x = 0; x < small.width; ++x) {
      const int left = x * picture.width / small.width;
      const int right = std::max(left + 1, (x + 1) * picture.width / small.width);
      std::uint32_t sum[4] = {};
      for (int row = top; row < bottom; ++row) {
        const std::uint8_t* pixel =
            picture.rgba.data() +
            (static_cast<std::size_t>(row) * static_cast<std::size_t>(picture.width) +
             static_cast<std::size_t>(left)) *
                4;
        for (int column = left; column < right; ++column, pixel += 4) {
          for (int part = 0; part < 4; ++part) sum[part] += pixel[part];
        }
      }
      const auto count = static_cast<std::uint32_t>((bottom - top) * (right - left));
      for (const std::uint32_t part : sum) {
        small.rgba[out++] = static_cast<std::uint8_t>(part / count);
      }
    }
  }
  return small;
}

void wipe(Picture& picture) {
  crypto::wipe(picture.rgba);
  picture = {};
}

}  // namespace vigil::platform
