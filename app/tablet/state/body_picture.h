// SPDX-License-Identifier: Apache-2.0
//
// The body map as a picture, for readers without Vigil. Pure.
#pragma once

#include <span>

#include "app/tablet/screens/body_map.h"
#include "platform/pictures/picture.h"

namespace vigil::tablet {

// The four figures side by side on white, a red dot for each mark.
[[nodiscard]] platform::Picture body_picture(std::span<const BodyMark> marks);

}  // namespace vigil::tablet
