// SPDX-License-Identifier: Apache-2.0
//
// Bar codes and square codes in a picture. Whoever prints a code chooses what it says: it is text
// from a stranger.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "platform/pictures/picture.h"

namespace vigil::platform {

// The text of the first code that is whole (its check digits hold): UTF-8 without control
// characters, never empty; nullopt where there is none. Pure; any thread; up to 0.1 s for a
// camera's picture.
[[nodiscard]] std::optional<std::string> read_code(const Picture& picture);

// The same with whatever characters the code holds: for texts that are checked by whoever asked,
// such as an enrolment request, whose lines are signed.
[[nodiscard]] std::optional<std::string> read_code_as_is(const Picture& picture);

// Reads on a thread of its own, one picture at a time.
class CodeReader {
 public:
  [[nodiscard]] static std::unique_ptr<CodeReader> start();
  virtual ~CodeReader() = default;  // waits for the picture that is being looked at
  // Copies the picture; does nothing while another is being looked at. Pictures are overwritten
  // when they are done with.
  virtual void offer(const Picture& picture) = 0;
  // The first code found since; once.
  [[nodiscard]] virtual std::optional<std::string> take() = 0;
};

}  // namespace vigil::platform
