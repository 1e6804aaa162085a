// SPDX-License-Identifier: Apache-2.0
//
// The tablet's microphone and loudspeaker: Ogg Vorbis in memory, no file. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace vigil::platform {

class Recorder {
 public:
  // Records from now on. `source` as Camera::open() has it; "" takes VIGIL_MICROPHONE, else the
  // system's. Fails kUnavailable "sound.absent".
  [[nodiscard]] static Result<std::unique_ptr<Recorder>> start(const std::string& source);
  virtual ~Recorder() = default;  // what was recorded is overwritten
  // Takes in what came since; call it a few times a second. Fails kUnavailable "sound.lost".
  [[nodiscard]] virtual Status poll() = 0;
  // Of what is recorded so far.
  [[nodiscard]] virtual std::uint64_t size_bytes() const = 0;
  // Ends it: a whole Ogg file (audio/ogg).
  [[nodiscard]] virtual Result<Bytes> finish() = 0;
};

// Plays while it lives. Fails kUnavailable "sound.silent" where nothing can be heard.
class Player {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Player>> play(ByteView ogg);
  virtual ~Player() = default;
  [[nodiscard]] virtual bool done() = 0;
};

}  // namespace vigil::platform
