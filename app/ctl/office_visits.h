// SPDX-License-Identifier: Apache-2.0
//
// The visits that an office has imported, as `visit list` and `visit show` say them.
#pragma once

#include <string>

#include "app/ctl/command.h"
#include "app/office/reading.h"
#include "core/base/json.h"
#include "core/vault/vault.h"

namespace vigil::ctl {

// A line a checklist: the visit's name (app/office/visit_names.h), day, record, form, whom or what
// it is about, place.
[[nodiscard]] Status list_office_visits(vault::Vault& vault, const Outcome& outcome);
// What was signed, in `language`. kNotFound "visit.absent", "form.absent"; kUsage
// "visit.ambiguous".
[[nodiscard]] Status show_office_visit(vault::Vault& vault, const std::string& name,
                                       const std::string& language, const Outcome& outcome);

// One checklist for programs: what checklist_json() has, whose it is, how many instances each
// repeat has, and signed answers that the form has no place for. `amends`: of the visit it
// corrects.
[[nodiscard]] Json sent_json(const office::SentChecklist& sent, const std::string& amends);

}  // namespace vigil::ctl
