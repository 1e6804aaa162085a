// SPDX-License-Identifier: Apache-2.0
//
// The tablet's camera: raw pictures in memory, no file and no metadata, because nothing has written
// any yet. One thread; opening blocks while the device starts (at most 3 s).
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/base/error.h"
#include "platform/pictures/picture.h"

namespace vigil::platform {

class Camera {
 public:
  // `source` is GStreamer's description of where pictures come from ("videotestsrc is-live=true" in
  // tests); "" takes VIGIL_CAMERA, else the first camera. Fails kNotFound "camera.absent",
  // kUnavailable "camera.busy".
  [[nodiscard]] static Result<std::unique_ptr<Camera>> open(const std::string& source);
  virtual ~Camera() = default;
  // The newest picture, once; nullopt where none came since the last call. Fails kUnavailable
  // "camera.lost" when the device is gone.
  [[nodiscard]] virtual Result<std::optional<Picture>> picture() = 0;
};

}  // namespace vigil::platform
