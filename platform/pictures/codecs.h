// SPDX-License-Identifier: Apache-2.0
//
// The two decoders behind decode_picture(). Internal to platform/pictures.
#pragma once

#include "platform/pictures/picture.h"

namespace vigil::platform {

[[nodiscard]] Result<Picture> decode_png(ByteView file);
// `side` as decode_small() has it; 0: as large as it is.
[[nodiscard]] Result<Picture> decode_jpeg(ByteView file, int side);
[[nodiscard]] std::unexpected<Error> damaged_picture();
[[nodiscard]] std::unexpected<Error> large_picture();

}  // namespace vigil::platform
