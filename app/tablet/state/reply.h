// SPDX-License-Identifier: Apache-2.0
//
// What a command inside a checklist answers: the checklist knows neither the screen nor its toast.
#pragma once

#include <optional>
#include <string>

#include "app/ui/kit.h"

namespace vigil::tablet {

struct Undo {
  std::string ref;
  std::string value;
};

struct Reply {
  std::string said;               // for a few seconds; "" nothing
  std::optional<Undo> undo;       // what takes it back
  bool answered = false;          // what could be taken back before cannot any more
  std::optional<std::string> at;  // the card somebody is at now, to be kept
  std::string reveal;             // to be brought into sight; "" nothing
  ui::Reveal where = ui::Reveal::kAnywhere;
};

}  // namespace vigil::tablet
