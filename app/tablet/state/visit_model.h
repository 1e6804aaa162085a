// SPDX-License-Identifier: Apache-2.0
//
// The page of a visit with its checklists, and the page that begins one. Pure.
#pragma once

#include <string>
#include <vector>

#include "app/tablet/screens/model.h"
#include "app/tablet/state/open_visit.h"
#include "app/tablet/state/visit_about.h"
#include "app/words/words.h"

namespace vigil::tablet {

// change and the forms are the caller's.
[[nodiscard]] VisitModel visit_model(const words::Words& words, const vault::Visit& visit,
                                     const GatheredRecords& records, const RecordViews& views,
                                     const std::string& team_note);

[[nodiscard]] NewVisitModel new_visit_model(const words::Words& words, const Draft& draft,
                                            const std::vector<Place>& places,
                                            std::vector<ui::Option> forms);

}  // namespace vigil::tablet
