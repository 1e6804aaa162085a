// SPDX-License-Identifier: Apache-2.0
//
// Forms that were read once: a definition never changes, so all checklists of a visit that use the
// same form share one. No answer is in it. Thread: the vault's.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/vault/vault.h"
#include "forms/session/session.h"

namespace vigil::visit {

class OpenForms {
 public:
  // As load_form().
  [[nodiscard]] Result<forms::FormPointer> load(vault::Vault& vault, const std::string& form_id,
                                                const std::string& form_version);
  // Before other forms are installed, and with the vault.
  void clear() { forms_.clear(); }

 private:
  std::map<std::pair<std::string, std::string>, forms::FormPointer> forms_;  // by id and version
};

}  // namespace vigil::visit
