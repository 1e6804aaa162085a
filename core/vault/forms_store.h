// SPDX-License-Identifier: Apache-2.0
//
// The checklists installed in this vault, as XForm text with their media. The vault does not read
// them. A form is named by id and version together: a record stays with the version it began with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/vault/vault.h"

namespace vigil::vault {

struct FormMedia {
  std::string name;
  Bytes content;
};

struct InstalledForm {
  std::string id;
  std::string version;
  std::string title;
  std::string xform;  // XML
  std::vector<FormMedia> media;
};

struct FormSummary {
  std::string id;
  std::string version;
  std::string title;
  bool current = false;  // the version installed last: offered for new records
};

// Installs, or marks current again what is there already. kConflict "form.changed": the same id and
// version with another text is refused, as records already made with it would change their meaning.
[[nodiscard]] Status install_form(Vault& vault, const InstalledForm& form);
// By title, then version as installed.
[[nodiscard]] Result<std::vector<FormSummary>> installed_forms(Vault& vault);
// kNotFound "form.absent".
[[nodiscard]] Result<InstalledForm> installed_form(Vault& vault, std::string_view id,
                                                   std::string_view version);
// The version that is current.
[[nodiscard]] Result<InstalledForm> current_form(Vault& vault, std::string_view id);

}  // namespace vigil::vault
