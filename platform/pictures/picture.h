// SPDX-License-Identifier: Apache-2.0
//
// A picture in memory, and the two formats it comes and goes in. Pure functions, any thread.
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace vigil::platform {

// Red, green, blue, alpha; rows from the top without gaps.
struct Picture {
  int width = 0;
  int height = 0;
  Bytes rgba;
};

// A photo of 50 megapixels is beyond every camera we know of in a tablet; a picture that says it
// has more is refused before memory is taken for it.
inline constexpr std::int64_t kMostPixels = 50'000'000;

// PNG, or JPEG as it comes from cameras. kInvalid "picture.damaged", "picture.large".
[[nodiscard]] Result<Picture> decode_picture(ByteView file);
// The same for a picture that will be shown small: a JPEG is read at an eighth, a quarter or half
// of its size, in a fraction of the time, as long as its longer side keeps at least `side`.
[[nodiscard]] Result<Picture> decode_small(ByteView file, int side);
[[nodiscard]] Result<Bytes> encode_png(const Picture& picture);
// Without any metadata; alpha is left out. `quality` 1 to 100.
[[nodiscard]] Result<Bytes> encode_jpeg(const Picture& picture, int quality);
// Averaged down so that neither side is longer than `side`; as it is where it is small enough.
[[nodiscard]] Picture shrunk(const Picture& picture, int side);
// Overwrites the pixels.
void wipe(Picture& picture);

}  // namespace vigil::platform
