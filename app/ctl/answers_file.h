// SPDX-License-Identifier: Apache-2.0
//
// An answers file: one JSON object a line, as `vigilctl form run` takes them:
//   {"do":"set","ref":"/data/a","value":"x"}
//   {"do":"add_repeat","ref":"/data/person"}   {"do":"remove_repeat","ref":"/data/person[2]"}
//   {"do":"attach","ref":"/data/photo","file":"cell.jpg"}   (beside the answers file)
//   {"do":"note","ref":"/data/a","text":"..."}  {"do":"finding",...}  {"do":"later",...}
#pragma once

#include <string>
#include <vector>

#include "app/visit/checklist.h"
#include "core/base/error.h"

namespace vigil::ctl {

// What became of the lines. A refused answer does not stop those behind it.
struct Refusal {
  std::size_t line;  // from 1
  std::string ref;
  std::string message;  // the form's own where it has one
};
struct FillReport {
  std::size_t accepted = 0;
  std::vector<Refusal> refused;
};

// Fails only where the file cannot be read or the vault cannot store.
[[nodiscard]] Result<FillReport> fill_from_file(visit::Checklist& checklist,
                                                const std::string& path);

}  // namespace vigil::ctl
