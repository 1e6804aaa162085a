// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/error_words.h"
#include "app/tablet/state/media_desk.h"

namespace vigil::tablet {

std::string media_error_words(const words::Words& words, const Error& error) {
  const std::string_view code = error.code;
  if (code == "camera.absent") {
    return std::string(
        words("This tablet has no camera that Vigil can use. Everything else works; a photo can "
              "also come from a stick."));
  }
  if (code == "camera.busy") {
    return std::string(
        words("The camera cannot be started: another program may be using it. Everything else "
              "works."));
  }
  if (code == "camera.lost") {
    return std::string(
        words("The camera does not answer any more. Close this page and open it again."));
  }
  if (code == "sound.absent") {
    return std::string(
        words("This tablet has no microphone that Vigil can use. Everything else works; write it "
              "down instead."));
  }
  if (code == "sound.lost") {
    return std::string(
        words("The microphone does not answer any more. What was recorded until now is here."));
  }
  if (code == "sound.silent") {
    return std::string(words("The recording cannot be heard on this tablet. It is kept as it is."));
  }
  if (code == "picture.damaged" || code == "attachment.damaged") {
    return std::string(
        words("This picture is damaged or is no JPEG or PNG. Take or choose another one."));
  }
  if (code == "picture.large" || code == "files.large") {
    return std::string(words("This file is too large. Choose a smaller one."));
  }
  return error_words(words, error);
}

}  // namespace vigil::tablet
